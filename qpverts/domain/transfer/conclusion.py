"""Whether an inspiration can be applied in a district: eight answers, three readings, one conclusion.

The method is declared in ``data/actions/transfert.toml``. Every answer is *favorable*, *à lever*, *bloquant*
or *inconnu*, with the sentence and the source behind it. Nothing is added up into one mark: a condition (⚠)
that blocks cannot be made up for, and what is not known is never favourable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What an answer says of one criterion."""

    FAVOURABLE = "favorable"
    OBSTACLE = "a_lever"
    BLOCKING = "bloquant"
    UNKNOWN = "inconnu"


class Outcome(StrEnum):
    """What the eight answers come to."""

    NO = "non_transposable"
    CHECK_FIRST = "a_verifier"
    ADAPT = "a_adapter"
    YES = "transposable"


#: From what needs most to what needs least: which criterion is the weakest.
_WEAKEST = (Verdict.BLOCKING, Verdict.OBSTACLE, Verdict.UNKNOWN, Verdict.FAVOURABLE)
#: From the best outcome to the worst.
_BEST = (Outcome.YES, Outcome.ADAPT, Outcome.CHECK_FIRST, Outcome.NO)
FEASIBILITY = "faisabilite"
#: Longest reason that a person may give, in characters.
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the eight questions; texts in French are shown as they are.

    ``condition`` marks what nothing else can make up for; ``by_people`` what is to be answered with
    residents. ``source`` says where an answer comes from, ``lesson`` the case that taught it, ``lift`` what
    would lift an obstacle.
    """

    id: str
    label: str
    question: str
    reading: str
    condition: bool
    by_people: bool
    source: str
    lesson: str
    lift: str


@dataclass(frozen=True, slots=True)
class ReadingName:
    """One of the three readings."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Rules:
    """When too many answers are unknown to conclude, and how many favourable ones are enough."""

    unknown_first: int
    favourable_enough: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one criterion; ``lift`` is empty where there is nothing to lift.

    ``proposed`` is what the tool had answered, where a person decided otherwise: ``sentence`` is then their
    reason, and nothing of the first answer is lost.
    """

    criterion: str
    verdict: Verdict
    sentence: str
    source: str
    lift: str = ""
    proposed: Answer | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """What a person answers in place of the tool, and why."""

    criterion: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class TransferReading:
    """The answers of one reading, in the order of the criteria."""

    id: str
    label: str
    answers: tuple[Answer, ...]

    def count(self, verdict: Verdict) -> int:
        """Count the answers of one kind."""
        return sum(answer.verdict is verdict for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that is said of one inspiration in one district.

    ``weakest`` is the criterion to look at first; ``None`` where every answer is favourable.
    """

    answers: tuple[Answer, ...]
    readings: tuple[TransferReading, ...]
    outcome: Outcome
    weakest: Criterion | None

    def answer(self, criterion: str) -> Answer:
        """Give the answer to a criterion; KeyError when it does not exist."""
        return {answer.criterion: answer for answer in self.answers}[criterion]

    def count(self, verdict: Verdict) -> int:
        """Count the answers of one kind among the eight."""
        return sum(answer.verdict is verdict for answer in self.answers)

    @property
    def order(self) -> tuple[int, ...]:
        """Give what sorts assessments, the best first: a worse answer never comes out smaller."""
        return (
            _BEST.index(self.outcome),
            self.count(Verdict.BLOCKING),
            self.count(Verdict.OBSTACLE) + self.count(Verdict.UNKNOWN),
            self.count(Verdict.OBSTACLE),
        )


def overridden(answers: Iterable[Answer], overrides: Iterable[Override]) -> tuple[Answer, ...]:
    """Put what a person decided in place of what the tool proposed, which stays in ``proposed``.

    Decisions on criteria that no answer is about are left out; of two on the same one, the last counts.
    """
    decided = {one.criterion: one for one in overrides}
    return tuple(
        _decided(answer, decided[answer.criterion]) if answer.criterion in decided else answer
        for answer in answers
    )


def _decided(answer: Answer, override: Override) -> Answer:
    proposed = answer.proposed or answer
    return Answer(
        answer.criterion,
        override.verdict,
        override.reason[:LONGEST_REASON],
        "avis d'une personne",
        "" if override.verdict is Verdict.FAVOURABLE else proposed.lift,
        proposed,
    )


def conclude(
    answers: Sequence[Answer], criteria: Sequence[Criterion], names: Sequence[ReadingName], rules: Rules
) -> Assessment:
    """Sort answers into the three readings and conclude, in the order that the method declares.

    The order in which answers come does not matter.

    Raises
    ------
    KeyError
        When a criterion has no answer.
    """
    by_criterion = {answer.criterion: answer for answer in answers}
    ordered = tuple(by_criterion[criterion.id] for criterion in criteria)
    readings = tuple(
        TransferReading(
            name.id, name.label, tuple(by_criterion[c.id] for c in criteria if c.reading == name.id)
        )
        for name in names
    )
    return Assessment(
        ordered, readings, _outcome(by_criterion, criteria, rules), _weakest(by_criterion, criteria)
    )


def _outcome(answers: Mapping[str, Answer], criteria: Sequence[Criterion], rules: Rules) -> Outcome:
    found = [(criterion, answers[criterion.id].verdict) for criterion in criteria]
    if any(criterion.condition and verdict is Verdict.BLOCKING for criterion, verdict in found):
        return Outcome.NO
    if sum(verdict is Verdict.UNKNOWN for _, verdict in found) >= rules.unknown_first:
        return Outcome.CHECK_FIRST
    favourable = sum(
        criterion.reading == FEASIBILITY and verdict is Verdict.FAVOURABLE for criterion, verdict in found
    )
    blocked = any(verdict is Verdict.BLOCKING for _, verdict in found)
    return Outcome.YES if favourable >= rules.favourable_enough and not blocked else Outcome.ADAPT


def _weakest(answers: Mapping[str, Answer], criteria: Sequence[Criterion]) -> Criterion | None:
    """Give the criterion to look at first: what blocks, then what is to lift; conditions first."""
    weak = [c for c in criteria if answers[c.id].verdict is not Verdict.FAVOURABLE]
    if not weak:
        return None
    return min(weak, key=lambda c: (_WEAKEST.index(answers[c.id].verdict), not c.condition))
