"""What a figure means, how it was computed, from what, how complete that is: the same on every page."""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.domain.figures.indicators import Indicator
from qpverts.viz.words import labels


def definition_lines(indicator: Indicator, sources: Sequence[str]) -> list[tuple[str, str]]:
    """Give each line as its name, empty where the text needs none, and its text; ``sources`` are cited."""
    spec = indicator.spec
    found = [("", spec.definition), ("Calcul", spec.formula), ("Millésime", spec.vintage)]
    found += [("Source", source) for source in sources]
    if coverage := labels.coverage_text(indicator):
        found.append(("Couverture", coverage))
    if indicator.value is None and indicator.state in labels.WHY_MISSING:
        found.append(("", labels.WHY_MISSING[indicator.state]))
    return found
