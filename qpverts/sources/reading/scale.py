"""Reading the scale of levels (``niveaux.toml``) and the surveys (``releves.csv``)."""

from __future__ import annotations

from typing import Any

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.grading.levels import Level, Survey
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.columns import Column, Declaration
from qpverts.sources.reading.tables import Table, read_table
from qpverts.sources.reading.toml import Place, dotted, read_toml, renamed

SCALE = "niveaux"
#: The thresholds, French in the file.
_FIELDS = {"recensees": "recorded", "engagees": "active", "realisees": "done", "porteurs": "carriers"}
SURVEYS = Declaration(
    "releves",
    Survey,
    (
        Column("code_qp", "code_qp", "Code du quartier prioritaire, génération 2024."),
        Column("thematique", "theme", "Identifiant de la thématique."),
        Column("date", "date", "Date du relevé, aussi précise que connue."),
        Column("par", "who", "Qui l'a fait."),
        Column("source", "source", "Où il est gardé."),
        Column("note", "note", "Ce qui reste incertain."),
    ),
)


def read_scale(catalogue: Catalogue) -> tuple[Level, ...]:
    """Read the levels, from the lowest to the highest; DataError names what is missing or unknown."""
    content, shown = catalogue.read(SCALE), catalogue.get(SCALE).path
    levels = read_toml(
        content, tuple[Level, ...], shown, "niveaux", arrange=_entries, place=_named, strict=True
    )
    if not levels:
        raise DataError([Fault(shown, "niveaux", "aucun niveau n'est déclaré")])
    return levels


def _entries(tables: dict[str, Any]) -> tuple[object, ...]:
    """Give the entries of the file, with the names of the code."""
    found = tables.get("level")
    entries = found if isinstance(found, list) else []
    return tuple(renamed(entry, _FIELDS) if isinstance(entry, dict) else entry for entry in entries)


def _named(place: Place) -> str:
    """Name a level by its rank from 1, and the field at fault as the file does."""
    rank, *fields = place
    back = {field: word for word, field in _FIELDS.items()}
    return f"niveau nº {int(rank) + 1}, {dotted(tuple(back.get(str(part), part) for part in fields))}"


def read_surveys(catalogue: Catalogue) -> Table[Survey]:
    """Read the surveys; DataError with every faulty line."""
    return read_table(catalogue, SURVEYS)
