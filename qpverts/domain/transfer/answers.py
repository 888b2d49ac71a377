"""The eight answers that the tool proposes, each from an inspiration and what is known of a district.

An answer that data cannot give is *inconnu*, and its sentence says what is missing. Sentences are French and
shown as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from qpverts.domain.model import Action, Carrier, Inspiration, Land, Reply
from qpverts.domain.transfer.conclusion import Answer, Assessment, Override, Verdict, conclude, overridden
from qpverts.domain.transfer.context import Bodies, Context
from qpverts.domain.transfer.method import Climate, Method, says

#: A verdict with the sentence behind it.
Said = tuple[Verdict, str]
Rule = Callable[[Inspiration, Context, Method], Said]

_NAMED = 3
_DIGIT = re.compile(r"\d")


def assess(
    inspiration: Inspiration, context: Context, method: Method, overrides: Iterable[Override] = ()
) -> Assessment:
    """Judge one inspiration in one district, what people decided put over what the tool proposes."""
    answers = overridden(propose(inspiration, context, method), overrides)
    return conclude(answers, method.criteria, method.readings, method.rules)


def propose(inspiration: Inspiration, context: Context, method: Method) -> tuple[Answer, ...]:
    """Give the tool's answer to each criterion, in the order of the method."""
    blocking = blocked(inspiration, method)
    answers = []
    for criterion in method.criteria:
        verdict, sentence = blocking.get(criterion.id) or RULES[criterion.id](inspiration, context, method)
        lift = "" if verdict is Verdict.FAVOURABLE else criterion.lift
        answers.append(Answer(criterion.id, verdict, sentence, criterion.source, lift))
    return tuple(answers)


def blocked(inspiration: Inspiration, method: Method) -> Mapping[str, Said]:
    """Give what the sheet itself says cannot be done here, by criterion."""
    told = _told(inspiration)
    return {
        block.criterion: (Verdict.BLOCKING, block.label) for block in method.blocks if says(told, block.words)
    }


def _told(inspiration: Inspiration) -> str:
    return f"{inspiration.conditions} {inspiration.limits} {inspiration.note}"


def land(inspiration: Inspiration, context: Context, method: Method) -> Said:
    """Set the ground that it takes beside the ground that is known; whose it is, and how clean, is not."""
    if inspiration.land == Land.NONE:
        return Verdict.FAVOURABLE, "L'action ne demande pas de terrain."
    small = inspiration.land == Land.SMALL
    wanted_m2 = method.thresholds.small_land_m2 if small else method.thresholds.large_land_m2
    asked = f"L'action demande un {'petit' if small else 'grand'} terrain ({_area(wanted_m2)} ou plus)."
    if context.parks_m2 and context.parks_m2.low >= wanted_m2:
        kind, found_m2 = "d'espaces verts publics", context.parks_m2.low
    elif context.vegetated_m2 and context.vegetated_m2.low >= wanted_m2:
        kind, found_m2 = "de sol végétalisé, public ou privé", context.vegetated_m2.low
    else:
        return Verdict.UNKNOWN, f"{asked} {_no_ground(context)}"
    return Verdict.OBSTACLE, (
        f"{asked} Le quartier a au moins {_area(found_m2)} {kind} ; nos données ne disent pas s'il y a une "
        "place libre, à qui est le sol, s'il est sain, ni pour combien de temps."
    )


def _no_ground(context: Context) -> str:
    if context.vegetated_m2 is None:
        return (
            f"La végétation n'est connue que sur {context.known_pct:.0f} % du sol du quartier : nous ne "
            "savons pas s'il y a la place."
        )
    return (
        f"Sur le sol connu ({context.known_pct:.0f} % du quartier), nous ne trouvons que "
        f"{_area(context.vegetated_m2.low)} de végétation : nous ne savons pas s'il y a la place ailleurs."
    )


def decision(inspiration: Inspiration, context: Context, method: Method) -> Said:
    """Look for a body here that decides at the scale of the action."""
    scale = method.scale(inspiration.scale)
    if scale is None:
        return (
            Verdict.UNKNOWN,
            "L'échelle de l'action n'est pas connue : nous ne savons pas qui doit décider.",
        )
    deciders = " ou ".join(method.kind_label(kind) for kind in scale.deciders)
    asked = f"Ailleurs, l'action se fait à l'échelle d'{scale.label} : {deciders} en décide."
    here = _named(context.here, scale.deciders)
    around = _named(context.around, scale.deciders)
    if here and not scale.beyond:
        return Verdict.FAVOURABLE, f"{asked} Déjà présent dans une action d'ici : {here}."
    if here or around:
        where = "Présent dans une action d'ici" if here else "Présent ailleurs dans la commune"
        more = " Un quartier ne décide pas seul à cette échelle." if scale.beyond else ""
        return Verdict.OBSTACLE, f"{asked} {where} : {here or around}.{more}"
    if scale.deciders == (Carrier.LANDLORD,) and context.social_dwellings == 0:
        return Verdict.BLOCKING, f"{asked} Le quartier n'a aucun logement social."
    if Carrier.LANDLORD in scale.deciders and context.social_dwellings:
        return Verdict.OBSTACLE, (
            f"{asked} Le quartier a {_count(context.social_dwellings)} logements sociaux : un bailleur "
            "décide ici, mais aucune action recensée ne dit lequel."
        )
    return Verdict.UNKNOWN, f"{asked} Aucune action recensée n'en montre un ici ni dans la commune."


def climate(inspiration: Inspiration, context: Context, method: Method) -> Said:  # noqa: ARG001  # one shape for all
    """Propose what the sheet, the city or the country says of dry and hot summers."""
    told = _told(inspiration)
    for one in method.climates:
        if says(told, one.words):
            return one.answer, one.label
    sensitive = inspiration.land != Land.NONE or bool({*inspiration.themes} & {*method.sensitive_themes})
    for one in method.climates:
        if _comes_from(one, inspiration) and (sensitive or not one.sensitive_only):
            return one.answer, f"{one.label.removesuffix('.')} ({inspiration.city}, {inspiration.country})."
    return Verdict.UNKNOWN, (
        f"La fiche ne dit rien des étés secs et chauds ({inspiration.city}, {inspiration.country}) : c'est "
        "aux personnes d'ici de le dire."
    )


def _comes_from(one: Climate, inspiration: Inspiration) -> bool:
    return inspiration.city in one.cities or inspiration.country in one.countries


def carrier(inspiration: Inspiration, context: Context, method: Method) -> Said:
    """Look for a body of the same kind here; several kinds for what several carry together."""
    if inspiration.carrier_kind is Carrier.MIXED:
        kinds = [kind for kind in context.here if kind is not Carrier.MIXED]
        named = " ; ".join(f"{method.kind_label(kind)} ({_names(context.here[kind], 1)})" for kind in kinds)
        asked = "Ailleurs, plusieurs porteurs agissent ensemble."
        if len(kinds) > 1:
            return Verdict.FAVOURABLE, f"{asked} Ici, les actions recensées en réunissent déjà : {named}."
        if kinds:
            return (
                Verdict.OBSTACLE,
                f"{asked} Ici, les actions recensées n'en montrent qu'un genre : {named}.",
            )
        return Verdict.UNKNOWN, f"{asked} Aucune action recensée ne dit qui pourrait le faire ici."
    wanted = (inspiration.carrier_kind,)
    label = method.kind_label(inspiration.carrier_kind)
    asked = f"Ailleurs, {label} porte l'action."
    if here := _named(context.here, wanted):
        return Verdict.FAVOURABLE, f"{asked} Du même genre, déjà ici : {here}."
    if around := _named(context.around, wanted):
        return (
            Verdict.OBSTACLE,
            f"{asked} Aucun recensé dans le quartier ; ailleurs dans la commune : {around}.",
        )
    return Verdict.UNKNOWN, f"{asked} Aucun de ce genre dans les actions recensées ; il peut y en avoir."


def cost(inspiration: Inspiration, context: Context, method: Method) -> Said:
    """Say how much it takes, beside the largest budget known here; who pays after year 3 is never known."""
    level = inspiration.cost_level
    told = f" La fiche dit : {inspiration.cost}." if inspiration.cost else ""
    if level is None:
        return Verdict.UNKNOWN, f"Le coût d'ensemble n'est pas renseigné.{told}"
    if level <= method.thresholds.low_cost:
        return Verdict.FAVOURABLE, f"Coût faible : il se porte sans grand financeur.{told}"
    size = "moyen" if level == method.thresholds.low_cost + 1 else "élevé"
    return Verdict.OBSTACLE, (
        f"Coût {size} : rien ne dit qui paierait après la troisième année.{told} {_budget(context.budgeted)}"
    )


def _budget(action: Action | None) -> str:
    if action is None or action.budget_eur is None:
        return "Aucun budget d'action n'est connu ici."
    return f"Le plus gros budget connu d'ici : {_count(action.budget_eur)} € ({action.title})."


def actors(inspiration: Inspiration, context: Context, method: Method) -> Said:
    """Propose what delays and known bodies say of trust and time, which only residents know."""
    limits = method.thresholds
    relays = (
        f"Relais possibles, vus dans les actions d'ici : {_names(context.relays)}."
        if context.relays
        else "Aucun relais n'est nommé dans les actions d'ici."
    )
    months = inspiration.delay_months
    if months is None:
        return Verdict.UNKNOWN, f"Le temps qu'il a fallu n'est pas renseigné. {relays}"
    took = f"Ailleurs, il a fallu {months} mois."
    if months > limits.short_months:
        return Verdict.OBSTACLE, f"{took} C'est long : il faut le dire dès le début. {relays}"
    if len(context.relays) >= limits.relays:
        return Verdict.FAVOURABLE, f"{took} {relays} La confiance, elle, se demande aux habitants."
    return Verdict.UNKNOWN, f"{took} {relays}"


def need(inspiration: Inspiration, context: Context, method: Method) -> Said:
    """Look for a need in the gaps of the grid and in published figures, then at whom the action reaches."""
    shown = [reason for theme in inspiration.themes for reason in _needs(theme, context, method)]
    scores = [context.grades[theme].level.score for theme in inspiration.themes if theme in context.grades]
    known = [score for score in scores if score is not None]
    if not shown and known and min(known) >= method.thresholds.covered_score:
        return (
            Verdict.OBSTACLE,
            "Les actions recensées couvrent déjà bien ces thématiques : un besoin reste à voir.",
        )
    if not shown:
        return Verdict.UNKNOWN, (
            "Ni la grille ni les chiffres publiés ne montrent un besoin ici : "
            + ("une partie n'a pas été relevée." if len(known) < len(scores) else "demandez aux habitants.")
        )
    reasons = f"Ce qui laisse penser à un besoin ici : {' ; '.join(dict.fromkeys(shown))}."
    match inspiration.in_working_class_district:
        case Reply.YES:
            return Verdict.FAVOURABLE, f"{reasons} Ailleurs, l'action s'est faite en quartier populaire."
        case Reply.NO:
            return (
                Verdict.OBSTACLE,
                f"{reasons} Mais ailleurs, l'action ne s'est pas faite en quartier populaire.",
            )
        case _:
            return (
                Verdict.OBSTACLE,
                f"{reasons} Mais on ne sait pas si, ailleurs, elle touche les plus pauvres.",
            )


def _needs(theme: str, context: Context, method: Method) -> list[str]:
    """Say in French what shows a need on a theme."""
    found = []
    grade = context.grades.get(theme)
    if grade and grade.level.score is not None and grade.level.score <= method.thresholds.gap_score:
        found.append(f"niveau « {grade.level.label} » sur une thématique de l'action")
    for rule in method.needs:
        indicator = context.indicators.get(rule.indicator)
        if rule.theme != theme or indicator is None or indicator.value is None:
            continue
        if rule.shown_by(indicator.value):
            value = f"{indicator.value:.{indicator.spec.decimals}f}".replace(".", ",")
            found.append(f"{indicator.spec.label.lower()} de {value} {indicator.spec.unit}")
    return found


def proof(inspiration: Inspiration, context: Context, method: Method) -> Said:  # noqa: ARG001  # one shape for all
    """Check whether the results are figures, from someone independent, with their limits stated."""
    if not inspiration.results:
        return Verdict.UNKNOWN, "Aucun résultat n'est renseigné."
    rules = method.proof
    first = inspiration.results.split(";", 1)[0]
    measured = bool(_DIGIT.search(inspiration.results)) and not says(first, rules.announced)
    told = f"{inspiration.source.title} {inspiration.results} {inspiration.note}"
    independent = inspiration.source.reliability in rules.independent or says(told, rules.evaluated)
    missing = [
        word
        for word, there in (
            ("les résultats sont annoncés ou sans chiffre", measured),
            ("aucune évaluation indépendante n'est citée", independent),
            ("les limites ne sont pas dites", bool(inspiration.limits)),
        )
        if not there
    ]
    if missing:
        return Verdict.OBSTACLE, f"Des résultats sont donnés, mais {' ; '.join(missing)}."
    return Verdict.FAVOURABLE, "Des résultats chiffrés, une évaluation citée, et des limites dites."


#: One rule for each criterion of the method, by its id.
RULES: Mapping[str, Rule] = {
    "foncier": land,
    "decision": decision,
    "climat": climate,
    "portage": carrier,
    "cout": cost,
    "acteurs": actors,
    "besoin": need,
    "preuve": proof,
}


def _named(bodies: Bodies, kinds: Iterable[Carrier]) -> str:
    """Name the bodies of some kinds; empty when there is none."""
    return _names(name for kind in kinds for name in bodies.get(kind, ()))


def _names(names: Iterable[str], most: int = _NAMED) -> str:
    """List names, ``most`` of them; those that their source does not give come last."""
    every = sorted(dict.fromkeys(names), key=lambda name: not name)
    shown = [name or "un porteur que la source ne nomme pas" for name in every[:most]]
    more = len(every) - len(shown)
    return ", ".join(shown) + (f" et {more} autre{'s' if more > 1 else ''}" if more else "")


def _count(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f")


def _area(square_metres: float) -> str:
    """Write an area, never finer than the data: to 100 m² above a thousand."""
    return f"{_count(square_metres if square_metres < 1000 else round(square_metres, -2))} m²"  # noqa: PLR2004
