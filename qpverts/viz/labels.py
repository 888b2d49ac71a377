"""Everything said in French on screen: numbers, units, states, words of the data files."""

from __future__ import annotations

from babel.numbers import format_decimal

from qpverts.domain.indicators import Indicator, IndicatorSpec, State
from qpverts.domain.model import Access, Action, GreenKind, GreenSpace, Precision, Reliability, Status
from qpverts.viz.palette import class_bounds

STATUS = {
    Status.PLANNED: "en projet",
    Status.RUNNING: "en cours",
    Status.DONE: "réalisée",
    Status.STOPPED: "arrêtée",
    Status.UNKNOWN: "état inconnu",
}
PRECISION = {
    Precision.ADDRESS: "à l'adresse",
    Precision.PLACE: "lieu connu",
    Precision.DISTRICT: "au quartier, sans lieu exact",
    Precision.COMMUNE: "à la commune, sans lieu exact",
}
RELIABILITY = {
    Reliability.OFFICIAL: "source officielle",
    Reliability.ASSOCIATION: "source associative",
    Reliability.PRESS: "presse",
    Reliability.SCIENTIFIC: "source scientifique",
    Reliability.OTHER: "autre source",
}
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
    State.NOT_PUBLISHED: "non publié",
    State.NOT_ADDITIVE: "non calculable pour un groupe",
}
WHY_MISSING = {
    State.NOT_COVERED: "Aucun espace vert public de cette commune n'a pu être situé avec sa surface : "
    "nous ne savons pas, ce qui ne veut pas dire zéro.",
    State.NOT_PUBLISHED: "L'INSEE ne publie pas cette valeur pour ce quartier.",
    State.NOT_ADDITIVE: "Un taux ne se calcule pas pour un groupe sans les effectifs de chaque quartier.",
}
_KILOMETRE = 1000
_COUNTS = {"actions", "espaces"}


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
    return unit.removesuffix("s") if abs(value) < 2 and unit in {*_COUNTS, "habitants"} else unit  # noqa: PLR2004


def value_text(indicator: Indicator) -> str:
    """Write the value, or why there is none."""
    if indicator.value is None:
        return STATE.get(indicator.state, "non renseigné")
    return quantity(indicator.spec, indicator.value)


def range_text(indicator: Indicator) -> str:
    """Write the bounds where they say something, else nothing."""
    if indicator.value is None or indicator.low is None or indicator.high is None:
        return ""
    low, high = quantity(indicator.spec, indicator.low), quantity(indicator.spec, indicator.high)
    return "" if low == high else f"entre {low} et {high}"


def coverage_text(indicator: Indicator) -> str:
    """Write what the figure rests on: districts, then green spaces."""
    parts = []
    if 0 < indicator.known < indicator.total:
        parts.append(f"calculé sur {indicator.known} quartiers sur {indicator.total}")
    if indicator.coverage_pct is not None:
        share = f"{number(indicator.coverage_pct)}\u00a0%"
        where = "dans les communes concernées" if indicator.total > 1 else "dans la commune"
        parts.append(
            f"{share} des espaces verts publics recensés {where} ont pu être situés avec leur surface"
        )
    return " ; ".join(parts)


def legend_labels(spec: IndicatorSpec) -> list[str]:
    """Name each class of the map, whole numbers for counts."""
    is_count = spec.unit in _COUNTS
    decimals = 0 if is_count else _decimals(spec)
    labels = []
    for low, high in class_bounds(spec):
        if high is None:
            labels.append(f"plus de {number(low or 0, decimals)}")
        elif high == 0:
            labels.append("0")
        elif low is None:
            labels.append(f"jusqu'à {number(high, decimals)}")
        elif is_count and high - low == 1:
            labels.append(number(high))
        else:
            first = low + 1 if is_count else low
            labels.append(f"{number(first, decimals)} à {number(high, decimals)}")
    return labels


def _decimals(spec: IndicatorSpec) -> int:
    return 0 if all(bound == int(bound) for bound in spec.breaks) else 1


def missing_label(spec: IndicatorSpec) -> str:
    """Name the class of what is not known."""
    return STATE[spec.missing]


def years(action: Action) -> str:
    """Write the years of an action as far as they are known."""
    if action.start_year and action.end_year and action.start_year != action.end_year:
        return f"{action.start_year} – {action.end_year}"
    if action.start_year:
        return f"depuis {action.start_year}" if action.status is Status.RUNNING else f"{action.start_year}"
    return f"jusqu'en {action.end_year}" if action.end_year else "année inconnue"


def area_ha(hectares: float | None) -> str:
    """Write an area, small ones in square metres."""
    if hectares is None:
        return "surface inconnue"
    if hectares < 1:
        return f"{number(hectares * 10_000)}\u00a0m²"
    return f"{number(hectares, 0 if hectares == int(hectares) else 1)}\u00a0ha"


def space_line(space: GreenSpace) -> str:
    """Write what a green space is, in a few words."""
    return f"{GREEN_KIND[space.kind]}, {area_ha(space.area_ha)}, {ACCESS[space.access]}"


def plural(count: int, one: str, many: str) -> str:
    """Write a count with its noun, French plural from two.

    >>> plural(1, "action", "actions")
    '1 action'
    """
    return f"{number(count)} {many if count >= 2 else one}"  # noqa: PLR2004
