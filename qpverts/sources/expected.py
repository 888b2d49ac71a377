"""What the data are known to hold (``attendus.toml``): counts that ``seal`` keeps, and what a person judged.

Counts are information: they tell the person who changes the data what the change moved. Judgements are
written by hand; while the data are those that were sealed, the tool must answer as the person did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import tomlkit

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.indicators import evaluate
from qpverts.domain.transfer.answers import RULES, assess
from qpverts.domain.transfer.conclusion import Assessment, Outcome, Verdict
from qpverts.domain.transfer.context import context
from qpverts.errors import DataError, Fault
from qpverts.sources.district_facts import measure, published_access
from qpverts.sources.files import replace_file
from qpverts.sources.load import grades_of
from qpverts.sources.reading.toml import Place, read_toml
from qpverts.sources.rules import Content
from qpverts.sources.tallies import TOTAL, Counts, Known, contradicted, count

EXPECTED = "attendus"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person who read the sheets concluded of an inspiration in a district.

    ``answers`` holds the verdict on each criterion, and ``weakest`` the criterion to look at first; it is
    empty where every answer is favourable.
    """

    district: str
    inspiration: str
    outcome: Outcome
    answers: Mapping[str, Verdict]
    weakest: str = ""

    @property
    def name(self) -> str:
        """Name it, in messages and in the list of those to review."""
        return f"{self.district} {self.inspiration}"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What ``seal`` noted: the data it saw, and the judgements that these data no longer bear out."""

    data: str = ""
    to_review: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """The content of the file."""

    counts: Counts = field(default_factory=dict)
    known: tuple[Known, ...] = ()
    judgement: tuple[Judgement, ...] = ()
    sealed: Sealed = field(default_factory=Sealed)


@dataclass(frozen=True, slots=True)
class Found:
    """What the data hold today beside what is expected of them.

    ``contradicted`` says in French which figures are not those that a person knows from elsewhere.
    ``differences`` says, by name of judgement, where the tool does not answer as the person did; ``data``
    names the data that were looked at.
    """

    expected: Expected
    counts: Counts
    contradicted: tuple[str, ...]
    differences: Mapping[str, str]
    data: str

    @property
    def moved(self) -> tuple[str, ...]:
        """Say in French each count that is not the expected one."""
        return tuple(line for _, line, gap in _compared(self.expected.counts, self.counts) if gap)

    @property
    def told(self) -> tuple[str, ...]:
        """Say in French the totals, the other counts that moved, and what a person is to review."""
        lines = _compared(self.expected.counts, self.counts)
        counts = (line for group, line, gap in lines if gap or group == TOTAL)
        judged = len(self.expected.judgement)
        held = f"jugements retrouvés : {judged - len(self.differences)} sur {judged}"
        return (*counts, *self.contradicted, held, *self.review)

    @property
    def review(self) -> tuple[str, ...]:
        """Say in French which judgements the data may no longer bear out."""
        return tuple(
            f"jugement à revoir, {name} : {told}"
            for name, told in self.differences.items()
            if not self._binds(name)
        )

    @property
    def broken(self) -> Mapping[str, str]:
        """Give the judgements that the data still bear out, and the tool does not: the code is at fault."""
        return {name: told for name, told in self.differences.items() if self._binds(name)}

    def _binds(self, name: str) -> bool:
        return self.data == self.expected.sealed.data and name not in self.expected.sealed.to_review


def read_expected(catalogue: Catalogue) -> Expected:
    """Read what is expected; DataError with everything that is missing, unknown or of the wrong kind."""
    shown = catalogue.get(EXPECTED).path
    return read_toml(catalogue.read(EXPECTED), Expected, shown, "attendus", place=_place, strict=True)


def _place(at: Place) -> str:
    return ", ".join(map(str, at))


def find(catalogue: Catalogue, content: Content) -> Found:
    """Set a content that breaks no rule beside what is expected of it.

    Raises
    ------
    DataError
        When the file is badly formed, or judges what does not exist.
    """
    expected = read_expected(catalogue)
    if faults := [
        Fault(catalogue.get(EXPECTED).path, "attendus", f"jugement nº {rank} : {message}")
        for rank, one in enumerate(expected.judgement, start=1)
        for message in _unknown(one, content)
    ]:
        raise DataError(faults)
    return Found(
        expected,
        count(content),
        tuple(contradicted(expected.known, content)),
        _differences(expected.judgement, catalogue, content),
        _data(catalogue),
    )


def keep(catalogue: Catalogue, found: Found, *, counts: bool) -> None:
    """Write what was found into the file, its comments kept: the counts when they are meant.

    What was judged is never written; where the data have changed, the judgements to review are listed.
    """
    path = catalogue.path(EXPECTED)
    document = cast("dict[str, Any]", tomlkit.parse(catalogue.read(EXPECTED).decode("utf-8")))
    if counts:
        groups = document.setdefault("counts", tomlkit.table())
        for group, amounts in found.counts.items():
            table = groups.setdefault(group, tomlkit.table())
            for gone in [key for key in table if key not in amounts]:
                del table[gone]
            table.update({key: amount for key, amount in amounts.items() if table.get(key) != amount})
    sealed = found.expected.sealed
    changed = sealed.data != found.data
    review = [name for name in found.differences if changed or name in sealed.to_review]
    if changed or review != list(sealed.to_review):
        document.setdefault("sealed", tomlkit.table()).update({"data": found.data, "to_review": review})
    replace_file(path, tomlkit.dumps(document).encode())


def _compared(expected: Counts, found: Counts) -> Iterator[tuple[str, str, int]]:
    """Give each count with its group, its line in French, and how much it moved."""
    for group in {**found, **expected}:
        before, now = expected.get(group, {}), found.get(group, {})
        for name in {**now, **before}:
            amount = now.get(name, 0)
            gap = amount - before.get(name, 0)
            title = name if group == TOTAL else f"{group}, {name}"
            moved = f" ({_number(gap, '+')} depuis le scellé)" if gap else ""
            yield group, f"{title} : {_number(amount)}{moved}", gap


def _number(amount: int, sign: str = "") -> str:
    return f"{amount:{sign},}".replace(",", "\u202f").replace("-", "\N{MINUS SIGN}")


def _unknown(one: Judgement, content: Content) -> Iterator[str]:
    if one.district not in {qpv.code for qpv in content.qpvs}:
        yield f"le quartier « {one.district} » n'existe pas"
    if one.inspiration not in {row.id for row in content.inspirations.rows}:
        yield f"l'inspiration « {one.inspiration} » n'existe pas"
    if one.weakest and one.weakest not in RULES:
        yield f"weakest : le critère « {one.weakest} » n'existe pas"
    if sorted(one.answers) != sorted(RULES):
        yield f"answers : répondez une fois à chaque critère ({', '.join(RULES)})"


def _differences(judgements: Iterable[Judgement], catalogue: Catalogue, content: Content) -> dict[str, str]:
    """Say, by judgement, where the tool does not answer as the person did; for these districts only."""
    judgements = tuple(judgements)
    judged = {one.district for one in judgements}
    qpvs = tuple(qpv for qpv in content.qpvs if qpv.code in judged)
    facts = measure(replace(content, qpvs=qpvs), published_access(catalogue, content))
    contexts = {
        qpv.code: context(
            qpv,
            facts[qpv.code],
            indicators={spec.id: evaluate(spec, [facts[qpv.code]]) for spec in content.specs.indicators},
            grades=grades_of(content, qpv.code),
            actions=content.actions.rows,
            method=content.transfer,
        )
        for qpv in qpvs
    }
    sheets = {row.id: row for row in content.inspirations.rows}
    told = {
        one.name: _difference(one, assess(sheets[one.inspiration], contexts[one.district], content.transfer))
        for one in judgements
    }
    return {name: said for name, said in told.items() if said}


def _difference(one: Judgement, found: Assessment) -> str:
    """Say where an assessment is not what a person judged; empty where they agree."""
    pairs = [
        ("conclusion", found.outcome.value, one.outcome.value),
        ("critère le plus faible", found.weakest.id if found.weakest else "", one.weakest),
        *(
            (answer.criterion, answer.verdict.value, one.answers[answer.criterion].value)
            for answer in found.answers
        ),
    ]
    return " ; ".join(f"{what} « {now} », jugé « {then} »" for what, now, then in pairs if now != then)


def _data(catalogue: Catalogue) -> str:
    """Name the data that judgements rest on: all files but this one."""
    digest = hashlib.sha256()
    for dataset in catalogue.embedded:
        if dataset.id != EXPECTED:
            digest.update(catalogue.read(dataset.id))
    return digest.hexdigest()[:12]
