"""What is chosen on *Grille*, read from its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.grading.levels import Level
from qpverts.domain.grading.reading_grid import SIZES, Sort
from qpverts.domain.territory import Kind
from qpverts.ui.address.state import COMMUNE, DISTRICT, FIELD, THEME, Reader
from qpverts.ui.parts import weights

BY, LEVEL, SORT, CELL, SIZE = "par", "niveau", "tri", "case", "population"
BY_THEME, BY_FIELD = "thematiques", "champs"
#: Between the district and the column of a cell, in what a click sends.
CELL_MARK = ":"


@dataclass(frozen=True, slots=True)
class GridState:
    """What is chosen on *Grille*.

    ``columns`` are the headings by id, of themes or of fields; ``column`` and ``least`` ask for a least level
    (on any column when none is named); ``size`` is a key of ``SIZES``; ``cell`` is the open one, district and
    column; ``weights`` go from 0 to 3, by column.
    """

    by_field: bool
    columns: Mapping[str, str]
    commune: str | None
    column: str | None
    least: Level | None
    size: str | None
    sort: Sort
    cell: tuple[str, str] | None
    weights: Mapping[str, int]
    notices: tuple[str, ...]

    @property
    def column_param(self) -> str:
        """Name the parameter of the column."""
        return FIELD if self.by_field else THEME

    @property
    def cell_param(self) -> str:
        """Name the parameter that holds the column of the open cell."""
        return CELL if self.least else self.column_param


def grid_state(params: Mapping[str, str], atlas: Atlas) -> GridState:
    """Read the query string of *Grille*.

    ``q`` with a theme opens a cell. Where a least level is asked on that theme, ``case`` names the column of
    the cell, so that opening one does not change what is listed.
    """
    read = Reader(params)
    by = read.one_of(BY, {BY_THEME, BY_FIELD}, "une lecture (thematiques ou champs)")
    by_field = by == BY_FIELD
    words = atlas.vocabulary.fields if by_field else atlas.vocabulary.themes
    columns = {word.id: word.label for word in words}
    what = "un champ d'intervention" if by_field else "une thématique"
    steps = {level.id: level for level in atlas.scale if level.score is not None}
    commune = read.one_of(COMMUNE, atlas.index.communes, "une commune qui a un quartier prioritaire")
    column = read.one_of(FIELD if by_field else THEME, columns, what)
    least = read.one_of(LEVEL, steps, "un niveau")
    sort = read.one_of(SORT, {one.value for one in Sort}, "un tri")
    cell_column = read.one_of(CELL, columns, what) or column
    return GridState(
        by_field=by_field,
        columns=columns,
        commune=commune,
        column=column,
        least=steps[least] if least else None,
        size=read.one_of(SIZE, SIZES, "une population (petite, moyenne ou grande)"),
        sort=Sort(sort) if sort else Sort.NAME,
        cell=_cell(read, atlas, cell_column, what),
        weights=weights.read(read, columns),
        notices=tuple(read.notices),
    )


def _cell(read: Reader, atlas: Atlas, column: str | None, what: str) -> tuple[str, str] | None:
    """Read the open cell, which takes a district and a column."""
    territory = read.district(DISTRICT, atlas)
    if territory is None:
        return None
    if territory.kind is not Kind.QPV:
        read.refuse(read.params[DISTRICT], "un quartier")
        return None
    if column is None:
        read.notices.append(f"Pour ouvrir une case, l'adresse doit nommer un quartier et {what}.")
        return None
    return territory.codes[0], column


def cell_link(params: Mapping[str, str], current: GridState, code: str, column: str) -> dict[str, str]:
    """Give the query string that opens a cell, all other choices kept; the same whatever cell is open."""
    dropped = {DISTRICT, CELL, current.cell_param}
    kept = {name: value for name, value in params.items() if name not in dropped}
    return kept | {DISTRICT: code, current.cell_param: column}


def cell_id(code: str, column: str) -> str:
    """Name a cell in one word, as a click on it does."""
    return f"{code}{CELL_MARK}{column}"
