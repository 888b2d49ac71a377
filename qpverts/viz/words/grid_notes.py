"""What a file of the grid says of itself: the day of its data, what was chosen, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qpverts.domain.grading.levels import Level
from qpverts.domain.grading.reading_grid import Row, Size, Sort, Total
from qpverts.domain.model import Action
from qpverts.viz.words import labels, level_texts


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen on screen, in the words of the screen; ``None`` where nothing was.

    ``weights`` are by the label of their column; ``total`` is the number of districts before any choice.
    """

    by_field: bool
    commune: str | None
    size: Size | None
    least: Level | None
    column: str | None
    sort: Sort
    weights: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A grid as it is shown, with what goes with it out of the application.

    ``columns`` are headings by id; ``actions`` those of each cell, by district and column, stopped ones
    included; ``day`` is when the last of the data files entered the project, ``None`` when none says so;
    ``version`` is the fingerprint of the data; ``sources`` are their attributions.
    """

    rows: Sequence[Row]
    columns: Mapping[str, str]
    scale: Sequence[Level]
    totals: Sequence[Total]
    actions: Mapping[tuple[str, str], Sequence[Action]]
    choices: Choices
    day: date | None
    version: str
    sources: Sequence[str]

    @property
    def by_field(self) -> bool:
        """Tell whether columns are fields of intervention."""
        return self.choices.by_field


def data_text(shown: Shown) -> str:
    """Say which data were read."""
    day = f"Données au {labels.source_date(shown.day.isoformat())}" if shown.day else "Données sans date"
    return f"{day} (version {shown.version})."


def choices_text(shown: Shown) -> str:
    """Say in one line what was chosen, so that a grid is not taken for another."""
    chosen = shown.choices
    by = "par champ d'intervention" if chosen.by_field else "par thématique"
    count = len(shown.rows)
    districts = labels.plural(count, "quartier", "quartiers")
    if count < chosen.total:
        districts += f" sur {labels.number(chosen.total)}"
    parts = [f"Lecture {by}", chosen.commune or "toutes les communes", districts]
    if chosen.size:
        parts.append(f"{level_texts.size_text(chosen.size)} habitants")
    if chosen.least:
        one = "au moins un champ" if chosen.by_field else "au moins une thématique"
        parts.append(f"au moins « {chosen.least.label} » sur {chosen.column or one}")
    parts.append(f"tri par {level_texts.SORT[chosen.sort]}")
    if len(set(chosen.weights.values())) > 1:
        weights = " ; ".join(f"{label} {weight}" for label, weight in chosen.weights.items())
        parts.append(f"poids : {weights}")
    return " · ".join(parts)
