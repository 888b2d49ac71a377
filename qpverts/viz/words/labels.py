"""Everything said in French on screen: numbers, units, states, words of the data files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from babel.dates import format_date
from babel.numbers import format_decimal

from qpverts.domain.figures.indicators import Indicator, IndicatorSpec, State
from qpverts.domain.model import (
    Access,
    Action,
    Carrier,
    GreenKind,
    GreenSpace,
    Precision,
    Reliability,
    Status,
)
from qpverts.domain.text import is_plural
from qpverts.viz.palette import GRID_BREAKS, class_bounds

STATUS = {
    Status.PLANNED: "en projet",
    Status.RUNNING: "en cours",
    Status.DONE: "réalisée",
    Status.STOPPED: "arrêtée",
    Status.UNKNOWN: "état inconnu",
}
PRECISION = {
    Precision.ADDRESS: "adresse exacte",
    Precision.PLACE: "lieu connu",
    Precision.DISTRICT: "dans le quartier, lieu exact inconnu",
    Precision.COMMUNE: "dans la commune, lieu exact inconnu",
}
RELIABILITY = {
    Reliability.OFFICIAL: "source officielle",
    Reliability.ASSOCIATION: "source associative",
    Reliability.PRESS: "presse",
    Reliability.SCIENTIFIC: "source scientifique",
    Reliability.OTHER: "autre source",
}
CARRIER = {
    Carrier.ASSOCIATION: "association",
    Carrier.AUTHORITY: "collectivité",
    Carrier.LANDLORD: "bailleur",
    Carrier.COMPANY: "entreprise",
    Carrier.RESIDENTS: "habitants",
    Carrier.INSTITUTION: "établissement",
    Carrier.MIXED: "porteurs de plusieurs sortes",
}
#: The same where one action is told, not a sort of actions.
CARRIER_TOGETHER = {**CARRIER, Carrier.MIXED: "plusieurs ensemble"}
GREEN_KIND = {
    GreenKind.PARK: "parc",
    GreenKind.GARDEN: "jardin",
    GreenKind.SQUARE: "square",
    GreenKind.NATURAL: "espace naturel",
    GreenKind.BEACH: "plage",
    GreenKind.OTHER: "autre",
}
ACCESS = {
    Access.PUBLIC: "ouvert à tous",
    Access.RESTRICTED: "accès restreint",
    Access.PLANNED: "en projet",
    None: "accès inconnu",
}
STATE = {
    State.NOT_COVERED: "non couvert",
    State.VEGETATION_UNKNOWN: "non couvert",
    State.STREETS_UNKNOWN: "non couvert",
    State.NOT_PUBLISHED: "non publié",
    State.NOT_ADDITIVE: "non calculable pour un groupe",
}
WHY_MISSING = {
    State.NOT_COVERED: "Aucun espace vert public de cette commune n'a pu être placé sur la carte avec sa "
    "surface : nous ne savons pas, ce qui ne veut pas dire zéro.",
    State.VEGETATION_UNKNOWN: "La végétation n'est connue que sur une trop petite part du sol, "
    "ou pas du tout : nous ne savons pas, ce qui ne veut pas dire zéro.",
    State.STREETS_UNKNOWN: "Les rues autour de ce quartier ne sont pas dans nos données, ou aucun "
    "espace vert public n'y est connu : nous ne savons pas.",
    State.NOT_PUBLISHED: "L'INSEE ne publie pas cette valeur pour ce quartier.",
    State.NOT_ADDITIVE: "Cette valeur ne se calcule pas pour plusieurs quartiers ensemble.",
}
NBSP = "\u00a0"
_TOGETHER = re.compile(
    r"(?<=\d) (?=(?:m²?|km|ha|%|[kM]?€|MW)(?!\w))| (?=[:;?!»%])|(?<=«) |(?<=\b[nN]°) (?=\d)"
)
_THOUSANDS = re.compile(r"(?<![\d,.])(\d{1,3}) (?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
#: What a zero means where only listed green spaces count.
NONE_KNOWN = "aucun connu"
#: Which way a space that is not listed would push a figure, by what its spec says of more.
OR_ELSE = {True: "ou plus", False: "ou moins", None: ""}
_KILOMETRE = 1000
_COUNTS = {"actions", "espaces"}


@lru_cache(maxsize=4096)  # a page writes hundreds, the same from one run to the next
def number(value: float, decimals: int = 0) -> str:
    """Write a number the French way, with a narrow no-break space between thousands.

    >>> number(1234.56, 1)
    '1\u202f234,6'
    """
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(round(value, decimals) + 0.0, format=pattern, locale="fr_FR"))


def distance(metres: float) -> str:
    """Write a distance: to 10 m under a kilometre, to 100 m above; never finer than the data."""
    if metres >= _KILOMETRE - 5:
        return f"{number(metres / _KILOMETRE, 1)}\u00a0km"
    return f"{number(round(metres, -1))}\u00a0m"


def written(spec: IndicatorSpec, value: float) -> tuple[str, float]:
    """Give the unit that a value is written in, and the value rounded so, in the unit of the spec."""
    if spec.unit != "m":
        return spec.unit, round(value, spec.decimals)
    if value >= _KILOMETRE - 5:
        return "km", round(value / _KILOMETRE, 1) * _KILOMETRE
    return "m", round(value, -1)


def quantity(spec: IndicatorSpec, value: float) -> str:
    """Write a value with its unit."""
    if spec.unit == "m":
        return distance(value)
    text = number(value, spec.decimals)
    if spec.unit.startswith("%"):
        return f"{text}\u00a0%"
    return f"{text}\u00a0{_agreed(spec.unit, value)}" if spec.unit else text


def _agreed(unit: str, value: float) -> str:
    """Put a counted unit in the singular where French does: below two."""
    return unit.removesuffix("s") if not is_plural(abs(value)) and unit in {*_COUNTS, "habitants"} else unit


def value_text(indicator: Indicator) -> str:
    """Write the value, or why there is none; a zero that rests on a list is never a plain zero."""
    if indicator.value is None:
        return STATE.get(indicator.state, "non renseigné")
    if indicator.value == 0 and indicator.spec.more:
        return NONE_KNOWN
    return quantity(indicator.spec, indicator.value)


def range_text(indicator: Indicator) -> str:
    """Write the bounds that the shape of parks allows, and which way an unlisted park would push."""
    spec = indicator.spec
    if indicator.value is None or indicator.low is None or indicator.high is None:
        return ""
    low, high = quantity(spec, indicator.low), quantity(spec, indicator.high)
    if low == high:
        return "" if spec.more and not indicator.value else OR_ELSE[spec.more]
    if not indicator.value and spec.more:
        return f"jusqu'à {high}, {OR_ELSE[spec.more]}"
    amount, _, unit = low.partition(NBSP)
    text = f"entre {amount if high.partition(NBSP)[2] == unit else low} et {high}"
    return text if spec.more is None else f"{text}, {OR_ELSE[spec.more]}"


def reserve(indicator: Indicator) -> str:
    """Say in a word what a space that is not listed would change; empty when nothing, or without a value."""
    if indicator.value is None:
        return ""
    return NONE_KNOWN if indicator.spec.more and not indicator.value else OR_ELSE[indicator.spec.more]


def listed(names: Sequence[str]) -> str:
    """Join names as one says them; none gives nothing.

    >>> listed(["Habiter", "Circuler", "Travailler"])
    'Habiter, Circuler et Travailler'
    """
    return " et ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def full_text(indicator: Indicator) -> str:
    """Write the value with its bounds in brackets, or why there is none."""
    text, bounds = value_text(indicator), range_text(indicator)
    return f"{text} ({bounds})" if bounds else text


def coverage_text(indicator: Indicator) -> str:
    """Write what the figure rests on: districts, then green spaces."""
    parts = []
    if 0 < indicator.known < indicator.total:
        parts.append(f"calculé sur {indicator.known} quartiers sur {indicator.total}")
    if indicator.coverage_pct is not None:
        share = f"{number(indicator.coverage_pct)}\u00a0%"
        parts.append(indicator.spec.coverage_text.format(share=share, where=_where(indicator)))
    return " ; ".join(parts)


def _where(indicator: Indicator) -> str:
    return "dans les communes concernées" if indicator.total > 1 else "dans la commune"


def legend_labels(spec: IndicatorSpec) -> list[str]:
    """Name each class of the map, whole numbers for counts, percentages with their sign."""
    is_count = spec.unit in _COUNTS
    decimals = 0 if is_count else _decimals(spec)
    sign = "\u00a0%" if spec.unit.startswith("%") else ""
    names = []
    for low, high in class_bounds(spec):
        if high is None:
            names.append(f"plus de {number(low or 0, decimals)}{sign}")
        elif high == 0:
            names.append(NONE_KNOWN if spec.more else "0")
        elif is_count and low is not None:
            first = number(low + 1)
            names.append(first if high - low == 1 else f"{first} à {number(high)}")
        elif not low:
            names.append(f"jusqu'à {number(high, decimals)}{sign}")
        else:
            names.append(f"{number(low, decimals)} à {number(high, decimals)}{sign}")
    return names


def grid_labels() -> list[str]:
    """Name each class of the vegetation grid."""
    bounds = [number(bound) for bound in GRID_BREAKS]
    between = [f"{low} à {high}{NBSP}%" for low, high in pairwise(bounds)]
    return [f"jusqu'à {bounds[0]}{NBSP}%", *between, f"plus de {bounds[-1]}{NBSP}%"]


def _decimals(spec: IndicatorSpec) -> int:
    return 0 if all(bound == int(bound) for bound in spec.breaks) else 1


def missing_label(spec: IndicatorSpec) -> str:
    """Name the class of what is not known."""
    return STATE[spec.missing]


def years(action: Action) -> str:
    """Write when an action takes place, as far as it is known."""
    start, end = action.start_year, action.end_year
    if start and end and start != end:
        return f"{start} – {end}"
    if start:
        return f"depuis {start}" if action.status is Status.RUNNING and not end else f"{start}"
    if end is None:
        return "année inconnue"
    if action.status in {Status.PLANNED, Status.RUNNING}:
        return f"annoncée pour {end}"
    return f"achevée en {end}" if action.status is Status.DONE else f"jusqu'en {end}"


def source_date(text: str) -> str:
    """Write the date of a source, as precise as it is: a year, a month, a day.

    >>> source_date("2024-07")
    'juillet 2024'
    """
    try:
        match len(text):
            case 10:
                return str(format_date(date.fromisoformat(text), "d MMMM y", locale="fr_FR"))
            case 7:
                return str(format_date(date.fromisoformat(f"{text}-01"), "MMMM y", locale="fr_FR"))
    except ValueError:
        pass
    return text or "sans date"


def statuses(actions: Sequence[Action]) -> str:
    """Sum up how far some actions are: "5 réalisées, 12 d'état inconnu"."""
    counts = Counter(action.status for action in actions)
    words = {
        Status.DONE: ("réalisée", "réalisées"),
        Status.RUNNING: ("en cours", "en cours"),
        Status.PLANNED: ("en projet", "en projet"),
        Status.STOPPED: ("arrêtée", "arrêtées"),
        Status.UNKNOWN: ("d'état inconnu", "d'état inconnu"),
    }
    return ", ".join(plural(counts[status], *words[status]) for status in words if counts[status])


def area_ha(hectares: float | None) -> str:
    """Write an area, small ones in square metres."""
    if hectares is None:
        return "surface inconnue"
    if hectares < 1:
        return f"{number(hectares * 10_000)}\u00a0m²"
    return f"{number(hectares, 0 if hectares == int(hectares) else 1)}\u00a0ha"


def access_text(space: GreenSpace) -> str:
    """Say who may enter a green space; a beach is feminine."""
    text = ACCESS[space.access]
    is_beach = space.kind is GreenKind.BEACH
    return f"ouverte{text.removeprefix('ouvert')}" if is_beach and text.startswith("ouvert ") else text


def space_line(space: GreenSpace) -> str:
    """Write what a green space is, in a few words."""
    return f"{GREEN_KIND[space.kind]}, {area_ha(space.area_ha)}, {access_text(space)}"


def typeset(text: str) -> str:
    """Set a text the French way: apostrophes curved, and kept together what a line must not part.

    That is a number and its unit, its groups of thousands, "n°" and its number, a French sign and its word.

    >>> typeset("à 300 m : « oui »").count(NBSP)
    4
    >>> typeset("l'été")
    'l’été'
    """
    text = _APOSTROPHE.sub("’", text)
    return _TOGETHER.sub(NBSP, _THOUSANDS.sub(rf"\1{NBSP}", text))


def plainly_spaced(text: str) -> str:
    """Give a text with ordinary spaces, which are eight times shorter once inside a script."""
    return text.replace(NBSP, " ").replace("\u202f", " ")


def plural(count: int, one: str, many: str) -> str:
    r"""Write a count with its noun, French plural from two.

    >>> plural(1, "action", "actions")
    '1\xa0action'
    """
    return f"{number(count)}\u00a0{many if is_plural(count) else one}"
