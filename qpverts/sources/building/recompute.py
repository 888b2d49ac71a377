"""The check of the numbers: each published figure computed again, from what it is said to rest on.

Three answers: OK, ÉCART (the figure is not what its inputs give), NON VÉRIFIABLE (the inputs are not here:
a layer that was not fetched, a column whose source file is not declared).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.facts import GreenAccess
from qpverts.domain.figures.published import MEASURES, Cell, NatureRow
from qpverts.errors import DataError
from qpverts.geo.engine import Engine
from qpverts.sources.building.build import Means, Say, measure_again
from qpverts.sources.district_facts import access_of
from qpverts.sources.files import replace_file
from qpverts.sources.published.green_access import ACCESS, AccessRow, read_access, rows_of
from qpverts.sources.published.nature_rows import indicator_rows
from qpverts.sources.published.nature_tables import DECIMALS, GRID, TABLE, read_nature

_RESULT = "controle_nombres.json"
#: Two writings of one figure differ by their rounding, and by no more than a millionth.
_ROUNDING = 1.01 * 10**-DECIMALS
_RELATIVE = 1e-6
_GRID_ROUNDING_M2 = 1.01
_NO_LAYER = (
    "la couche n'est pas sur cette machine : apportez-la par « python -m qpverts sync --from DOSSIER »"
)


class ControlAnswer(StrEnum):
    """What the control of a figure says."""

    OK = "OK"
    GAP = "ÉCART"
    UNVERIFIABLE = "NON VÉRIFIABLE"


@dataclass(frozen=True, slots=True)
class Control:
    """The control of one kind of figure over all districts.

    ``figures`` were computed again, and ``blanks`` found to be unknown again; ``gaps`` names those that
    differ; ``reason`` says what is missing when nothing could be computed.
    """

    indicator: str
    label: str
    answer: ControlAnswer
    figures: int
    blanks: int = 0
    gaps: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole control: its day, the fingerprint of the table that was looked at, and the answers.

    ``day`` is empty when no layer was asked for.
    """

    day: str
    table: str
    controls: tuple[Control, ...]


def control(atlas: Atlas, var_dir: Path, engine: Engine, say: Say) -> Report:
    """Compute again every published figure of nature, on the layers that are in ``var_dir``.

    Raises
    ------
    DataError
        When a fetched layer cannot be read.
    """
    rows = read_nature(atlas.catalogue).rows
    qpvs, spaces = tuple(atlas.qpvs.values()), tuple(atlas.spaces.values())
    again = measure_again(atlas.catalogue, qpvs, atlas.perimeters, spaces, Means(var_dir, engine, say))
    controls = [
        *_measures(rows, again.rows),
        _grid(atlas.cells, again.cells),
        *_from_green_spaces(rows, atlas),
        *_insee(atlas),
    ]
    return Report(date.today().isoformat(), atlas.catalogue.get(TABLE).sha256, tuple(controls))  # noqa: DTZ011


def kept(atlas: Atlas, var_dir: Path) -> Report | None:
    """Give the last control kept, ``None`` when there is none, or of another table than the published one."""
    try:
        report = TypeAdapter(Report).validate_json((var_dir / _RESULT).read_bytes())
    except (OSError, ValidationError):
        return None
    return report if report.table == atlas.catalogue.get(TABLE).sha256 else None


def without_layers(atlas: Atlas) -> Report:
    """Check what can be without any layer; always the same for the same data."""
    rows = read_nature(atlas.catalogue).rows
    controls = [*_measures(rows, ()), _grid((), None), *_from_green_spaces(rows, atlas), *_insee(atlas)]
    return Report("", atlas.catalogue.get(TABLE).sha256, tuple(controls))


def save(report: Report, var_dir: Path) -> None:
    """Keep a control for the page *Méthode*."""
    replace_file(var_dir / _RESULT, json.dumps(asdict(report), ensure_ascii=False, indent=1).encode())


def _measures(rows: Iterable[NatureRow], renewed: Sequence[NatureRow]) -> Iterator[Control]:
    """Compare what was measured on layers with the same layers, measured again."""
    for measure in MEASURES:
        old = {row.code_qp: row for row in rows if row.indicator == measure.id}
        new = {row.code_qp: row for row in renewed if row.indicator == measure.id}
        if not new:
            yield Control(measure.id, measure.label, ControlAnswer.UNVERIFIABLE, 0, reason=_NO_LAYER)
        else:
            yield _compared(measure.id, measure.label, old, new)


def _from_green_spaces(rows: Iterable[NatureRow], atlas: Atlas) -> Iterator[Control]:
    """Measure the access to green spaces again, and hold what was published and the indicators against it."""
    accesses = access_of(tuple(atlas.qpvs.values()), atlas.perimeters, tuple(atlas.spaces.values()))
    yield _access(_published_access(atlas), accesses)
    again = [
        row
        for code, facts in atlas.facts.items()
        for row in indicator_rows(code, replace(facts, green=accesses.get(code)), atlas.specs.nature)
    ]
    for spec in atlas.specs.nature:
        old = {row.code_qp: row for row in rows if row.indicator == spec.id}
        new = {row.code_qp: row for row in again if row.indicator == spec.id}
        yield _compared(spec.id, spec.label, old, new)


def _published_access(atlas: Atlas) -> Mapping[str, GreenAccess]:
    """Read the published access; one that cannot be read says nothing of any district."""
    try:
        return read_access(atlas.catalogue)
    except DataError:
        return {}


def _access(old: Mapping[str, GreenAccess], new: Mapping[str, GreenAccess]) -> Control:
    """Hold the published access of each district against the one just measured."""
    known, again = (
        {code: tuple(rows_of({code: found})) for code, found in accesses.items()} for accesses in (old, new)
    )
    gaps = [
        code
        for code in sorted(known.keys() | again.keys())
        if not _equal(known.get(code, ()), again.get(code, ()))
    ]
    figures = sum(map(len, again.values()))
    label = "Accès aux espaces verts publics, avant tout arrondi"
    return Control(ACCESS, label, ControlAnswer.GAP if gaps else ControlAnswer.OK, figures, gaps=tuple(gaps))


def _equal(old: Sequence[AccessRow], new: Sequence[AccessRow]) -> bool:
    """Tell whether two writings of an access say the same of the same spaces and points."""
    return len(old) == len(new) and all(
        (one.measure, one.space_id) == (other.measure, other.space_id)
        and all(_close(a, b, _ROUNDING) for a, b in zip(one.figures, other.figures, strict=True))
        for one, other in zip(old, new, strict=True)
    )


def _insee(atlas: Atlas) -> Iterator[Control]:
    """Say that the figures of INSEE cannot be compared with their source file, which is not declared."""
    for spec in atlas.specs.indicators:
        if spec.datasets == ("insee_qpv",):
            reason = "l'adresse du fichier de l'INSEE est à retrouver"
            yield Control(spec.id, spec.label, ControlAnswer.UNVERIFIABLE, 0, reason=reason)


def _compared(
    indicator: str, label: str, old: Mapping[str, NatureRow], new: Mapping[str, NatureRow]
) -> Control:
    gaps = [code for code in sorted(old.keys() | new.keys()) if not _same(old.get(code), new.get(code))]
    figures = sum(row.value is not None for row in new.values())
    answer = ControlAnswer.GAP if gaps else ControlAnswer.OK
    return Control(indicator, label, answer, figures, len(new) - figures, tuple(gaps))


def _same(old: NatureRow | None, new: NatureRow | None) -> bool:
    if old is None or new is None:
        return False
    pairs = (
        (old.value, new.value),
        (old.low, new.low),
        (old.high, new.high),
        (old.coverage_pct, new.coverage_pct),
    )
    return all(_close(a, b, _ROUNDING) for a, b in pairs)


def _close(a: float | None, b: float | None, rounding: float) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=_RELATIVE, abs_tol=rounding)


def _grid(old: Iterable[Cell], new: Sequence[Cell] | None) -> Control:
    label = "Végétation par carreau de 200 m"
    if new is None:
        return Control(GRID, label, ControlAnswer.UNVERIFIABLE, 0, reason=_NO_LAYER)
    known, again = {cell.id: cell for cell in old}, {cell.id: cell for cell in new}
    gaps = [
        cell
        for cell in sorted(known.keys() | again.keys())
        if cell not in known
        or cell not in again
        or not all(
            _close(getattr(known[cell], part), getattr(again[cell], part), _GRID_ROUNDING_M2)
            for part in ("known_m2", "low_m2", "value_m2", "high_m2")
        )
    ]
    return Control(GRID, label, ControlAnswer.GAP if gaps else ControlAnswer.OK, len(again), gaps=tuple(gaps))
