"""Reading the scale of levels (``niveaux.toml``) and the surveys (``releves.csv``)."""

from __future__ import annotations

from pydantic import ConfigDict, TypeAdapter, ValidationError

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.grading.levels import Level, Survey
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.catalogue import parse_toml
from qpverts.sources.reading.messages import explain
from qpverts.sources.reading.tables import Table, read_table

SCALE, SURVEYS = "niveaux", "releves"
#: A threshold misspelt would else be no threshold. Pydantic hands this on to dataclasses only from outside.
_STRICT = ConfigDict(extra="forbid")
#: The thresholds, French in the file.
_FIELDS = {"recensees": "recorded", "engagees": "active", "realisees": "done", "porteurs": "carriers"}
_SURVEY_COLUMNS = {
    "code_qp": "code_qp",
    "thematique": "theme",
    "date": "date",
    "par": "who",
    "source": "source",
    "note": "note",
}


def read_scale(catalogue: Catalogue) -> tuple[Level, ...]:
    """Read the levels, from the lowest to the highest; DataError names what is missing or unknown."""
    shown = catalogue.get(SCALE).path
    found = parse_toml(catalogue.read(SCALE), shown).get("level")
    entries = found if isinstance(found, list) else []
    adapter = TypeAdapter(tuple[Level], config=_STRICT)
    levels: list[Level] = []
    faults: list[Fault] = []
    for rank, entry in enumerate(entries, start=1):
        try:
            levels += adapter.validate_python((_named(entry),))
        except ValidationError as error:
            faults += [
                Fault(shown, "niveaux", f"niveau nº {rank}, {_field(e['loc'])} : {explain(e)}")
                for e in error.errors()
            ]
    if not entries:
        faults.append(Fault(shown, "niveaux", "aucun niveau n'est déclaré"))
    if faults:
        raise DataError(faults)
    return tuple(levels)


def _field(loc: tuple[int | str, ...]) -> str:
    """Name the field at fault as the file does; ``loc`` begins with a place in a tuple of ours."""
    back = {field: word for word, field in _FIELDS.items()}
    return ".".join(back.get(str(part), str(part)) for part in loc[1:])


def _named(entry: object) -> object:
    """Give an entry of the file the names of the code."""
    if not isinstance(entry, dict):
        return entry
    return {_FIELDS.get(key, key): value for key, value in entry.items()}


def read_surveys(catalogue: Catalogue) -> Table[Survey]:
    """Read the surveys; DataError with every faulty line."""
    return read_table(catalogue, SURVEYS, Survey, _SURVEY_COLUMNS)
