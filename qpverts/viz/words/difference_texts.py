"""What is said of the difference between territories on an indicator: how much, how surely, or why not."""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.domain.figures.difference import Difference, Spread
from qpverts.domain.figures.indicators import Indicator, IndicatorSpec
from qpverts.domain.text import capital, is_plural
from qpverts.viz.words import labels

#: Distances are written to the ten metres: under half of that, nothing can be told.
_LEAST_M = 10.0
_BOTH = 2


def text(found: Spread, sides: Sequence[Indicator], names: Sequence[str], *, same_vintage: bool) -> str:
    """Write the difference of two territories, or the widest of more, always with its bounds or a reason."""
    if found.difference is None or found.more is None or found.less is None:
        return f"non comparable : {_why_not(sides, names, same_vintage=same_vintage)}"
    more, less = capital(names[found.more]), names[found.less]
    shown = _as_shown(found.difference, sides[found.more], sides[found.less])
    if len(sides) == _BOTH:
        return _difference_text(found.difference, shown, sides[0].spec, more)
    told = _difference_text(found.difference, shown, sides[0].spec, more, f" que pour {less}")
    alone = [names[rank] for rank in found.alone]
    return f"{told} ; hors {labels.listed(alone)}" if alone else told


def caveat(spec: IndicatorSpec, found: Spread) -> str:
    """Say what could still change a difference that was found; empty when nothing but its inputs could."""
    if spec.more is None or found.difference is None:
        return ""
    return "Ces écarts sont ceux de ce que nous connaissons : ce qui n'est pas recensé peut les changer."


def _difference_text(
    one: Difference, shown: tuple[float, float, float], spec: IndicatorSpec, more: str, than: str = ""
) -> str:
    """Write a gap as it is shown; whether there is one is decided on the exact figures."""
    if not one.value and not one.low and not one.high:
        return "aucun écart connu" if spec.more else "aucun écart"
    low, value, high = shown
    if not one.is_apart:
        least, most = amount(spec, -low), amount(spec, high)
        return f"pas d'écart certain : {more} entre {least} de moins et {most} de plus{than}"
    least_shown = _step(spec) / 2
    if min(value, one.value or 0.0) < least_shown:
        return f"presque aucun écart (moins de {_quantity(spec, _step(spec))})"
    told = f"{more} : {amount(spec, value)} de plus{than}"
    least, most = amount(spec, max(low, least_shown / 2)), amount(spec, high)  # apart: not zero, if little
    if least == most:
        return told
    number, _, unit = least.partition(labels.NBSP)
    return f"{told} (entre {number if unit == most.partition(labels.NBSP)[2] else least} et {most})"


def _as_shown(one: Difference, more: Indicator, less: Indicator) -> tuple[float, float, float]:
    """Give low, value and high between the figures as they are written, since people subtract those.

    Figures written in different units are subtracted as they are.
    """

    def gap(first: float | None, second: float | None, exact: float | None) -> float:
        unit, minuend = labels.written(more.spec, (more.value if first is None else first) or 0.0)
        other, subtrahend = labels.written(less.spec, (less.value if second is None else second) or 0.0)
        return minuend - subtrahend if unit == other else exact or 0.0

    value = gap(more.value, less.value, one.value)
    return (
        min(value, gap(more.low, less.high, one.low)),
        value,
        max(value, gap(more.high, less.low, one.high)),
    )


def amount(spec: IndicatorSpec, value: float) -> str:
    """Write a positive difference: points between percentages, and never a false zero."""
    if 0 < value < _step(spec) / 2:
        return f"moins de {_quantity(spec, _step(spec))}"
    return _quantity(spec, value)


def _step(spec: IndicatorSpec) -> float:
    """Give the least that is written of an indicator, in its unit."""
    return _LEAST_M if spec.unit == "m" else 10.0**-spec.decimals


def _quantity(spec: IndicatorSpec, value: float) -> str:
    if not spec.unit.startswith("%"):
        return labels.quantity(spec, value)
    points = "points" if is_plural(value) else "point"
    return f"{labels.number(value, spec.decimals)}{labels.NBSP}{points}"


def _why_not(sides: Sequence[Indicator], names: Sequence[str], *, same_vintage: bool) -> str:
    """Say why some pair has no difference: which side is unknown, or what the figures do not share."""
    named = list(zip(sides, names, strict=True))
    states: dict[str, list[str]] = {}
    for side, name in named:
        if side.value is None:
            states.setdefault(labels.STATE[side.state], []).append(name)
    reasons = []
    for state, whom in states.items():
        everyone = "des deux côtés" if len(sides) == _BOTH else "partout"
        reasons.append(f"{state} {everyone if len(whom) == len(sides) else f'({labels.listed(whom)})'}")
    reasons += [
        f"ne porte que sur {side.known} quartiers sur {side.total} ({name})"
        for side, name in named
        if side.value is not None and side.known < side.total
    ]
    if reasons:
        return ", ".join(reasons)
    if not same_vintage:
        return "les chiffres n'ont pas la même date"
    return "connu à " + ", à ".join(
        f"{labels.number(side.coverage_pct)}{labels.NBSP}% pour {name}"
        for side, name in named
        if side.coverage_pct is not None
    )
