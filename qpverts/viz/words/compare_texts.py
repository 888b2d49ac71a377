"""What a comparison of two to four territories says aloud, and never beyond what is recorded of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from qpverts.domain.grading.profile import Profile, Standing, standings
from qpverts.domain.territory import Territory
from qpverts.domain.text import capital
from qpverts.viz.words import labels

#: A gap of levels that rests on so few actions is said to.
FEW = 2
_BOTH = 2
_COUNTED = {2: "deux", 3: "trois", 4: "quatre"}


def sentences(profiles: Sequence[Profile], themes: Mapping[str, str]) -> tuple[str, str, str]:
    """Compare territories in three sentences that can be said aloud.

    Who has the higher level, where all are known; the widest gap, with its counts; what is not known.
    ``themes`` are the names by id.
    """
    found = standings(profiles)
    return (
        _higher_text(found, profiles, themes),
        _widest_text(found, profiles, themes),
        _unknown_text(found, profiles, themes),
    )


def _higher_text(found: Sequence[Standing], profiles: Sequence[Profile], themes: Mapping[str, str]) -> str:
    names = [one.name for one in profiles]
    sides = f"des {_COUNTED[len(names)]} côtés"
    known = [one for one in found if len(one.known) == len(names)]
    if not known:
        return (
            f"Aucune thématique n'est connue {sides} : nous ne pouvons pas comparer {labels.listed(names)}."
        )
    count = len(known)
    where = "Sur la seule thématique connue" if count == 1 else f"Sur les {count} thématiques connues"
    leaders: dict[tuple[int, ...], list[str]] = {}
    for one in known:
        leaders.setdefault(one.top, []).append(themes[one.theme])
    everyone = tuple(range(len(names)))
    equal = leaders.pop(everyone, [])
    if not leaders:
        return f"{where} {sides}, le niveau est le même : {labels.listed(equal)}."
    parts = []
    for top in sorted(leaders, key=lambda ranks: (len(ranks), ranks)):
        who = labels.listed([names[rank] for rank in top]) + (", à égalité," if len(top) > 1 else "")
        parts.append(f"pour {who} sur {labels.listed(leaders[top])}")
    if equal:
        parts.append(f"il est le même sur {labels.listed(equal)}")
    higher = "plus élevé" if len(names) == _BOTH else "le plus élevé"
    return f"{where} {sides}, le niveau est {higher} {' ; '.join(parts)}."


def _widest_text(found: Sequence[Standing], profiles: Sequence[Profile], themes: Mapping[str, str]) -> str:
    compared = [one for one in found if len(one.known) > 1]
    widest = max(compared, key=lambda one: one.gap, default=None)
    if widest is None or not widest.gap:
        names = [one.name for one in profiles]
        if not any(one.recorded for one in profiles):
            return f"Aucune action n'est recensée, ni pour {' ni pour '.join(names)}."
        counts = ", ".join(f"{_recorded(one.recorded)} pour {one.name}" for one in profiles)
        if compared:
            return f"Aucun écart de niveau n'apparaît : {counts}."
        return f"Ce que nous avons trouvé, {counts}, dit d'abord ce que nous savons de chacun."
    high, low = profiles[widest.top[0]], profiles[widest.bottom[0]]
    top, bottom = high.grades[widest.theme], low.grades[widest.theme]
    more = top.evidence.recorded - bottom.evidence.recorded
    text = (
        f"L'écart le plus grand est sur {themes[widest.theme]} : « {top.level.label} » pour {high.name} "
        f"({_recorded(top.evidence.recorded)}), « {bottom.level.label} » pour {low.name} "
        f"({_recorded(bottom.evidence.recorded)})"
    )
    if more <= 0:
        return f"{text} ; il vient de l'avancement des actions ou de leurs porteurs, pas de leur nombre."
    if more <= FEW:
        return f"{text} ; la différence n'est que de {_recorded(more)}."
    return f"{text}."


def _unknown_text(found: Sequence[Standing], profiles: Sequence[Profile], themes: Mapping[str, str]) -> str:
    missing: dict[str, list[str]] = {one.name: [] for one in profiles}
    nowhere = []
    for one in found:
        if not one.known:
            nowhere.append(themes[one.theme])
            continue
        for rank, side in enumerate(profiles):
            if rank not in one.known:
                missing[side.name].append(themes[one.theme])
    all_of_them = f"les {_COUNTED[len(profiles)]}"
    parts = [f"sur {labels.listed(names)} pour {who}" for who, names in missing.items() if names]
    parts += [f"sur {labels.listed(nowhere)} pour {all_of_them}"] if nowhere else []
    if not parts:
        return (
            f"Les {len(found)} thématiques sont renseignées des {_COUNTED[len(profiles)]} côtés, mais il "
            "peut y avoir d'autres actions que celles que nous connaissons."
        )
    return f"Nous ne savons rien {', ni '.join(parts)} : cela ne veut pas dire qu'il ne s'y passe rien."


def perimeters_text(sides: Sequence[Territory], names: Sequence[str]) -> str:
    """Say what is counted on two sides at once, and that several districts add up; empty when nothing is."""
    told = []
    for (left, one), (right, other) in combinations(enumerate(sides), 2):
        common = set(one.codes) & set(other.codes)
        if one.key == other.key or not common:
            continue
        if len(common) in {len(one.codes), len(other.codes)}:
            inner, outer = (left, right) if len(common) == len(one.codes) else (right, left)
            told.append(f"{capital(names[outer])} comprend {names[inner]} : compté des deux côtés.")
        else:
            count = labels.plural(len(common), "quartier", "quartiers")
            told.append(
                f"{capital(names[left])} et {names[right]} ont {count} en commun : compté des deux côtés."
            )
    if len({len(side.codes) for side in sides}) > 1:
        told.append(
            "Un territoire de plusieurs quartiers additionne leurs actions : il atteint plus vite un niveau "
            "élevé qu'un quartier seul."
        )
    return " ".join(told)


def _recorded(count: int) -> str:
    return labels.plural(count, "action recensée", "actions recensées") if count else "aucune action recensée"
