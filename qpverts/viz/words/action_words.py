"""An action in words, and where it was read: said here once, laid out by cards, pages and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qpverts.domain.model import Action, Citation
from qpverts.viz.words import labels, tangible


class Register(StrEnum):
    """To whom an action is told: the value is what is said of a carrier that nobody named."""

    RECORD = "porteur inconnu"
    RESIDENT = "nous ne savons pas"


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Where something was read: who speaks, and when."""

    title: str
    url: str
    speaker: str
    day: str

    @property
    def origin(self) -> str:
        """Tell who speaks, and when."""
        return f"{self.speaker}, {self.day}"


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action in words; empty where there is nothing to say.

    ``status`` is the id of its ``state``; ``carrier`` is empty where ``who`` says that it is not known;
    ``districts`` are codes.
    """

    id: str
    title: str
    headline: str
    summary: str
    status: str
    state: str
    when: str
    carrier: str
    who: str
    partners: str
    where: str
    size: str
    budget: str
    note: str
    source: SourceWords
    districts: tuple[str, ...]
    is_exact: bool

    @property
    def uncertain(self) -> str:
        """Say what remains uncertain."""
        return f"Ce qui reste incertain : {self.note}" if self.note else ""


def headline(action: Action) -> str:
    """Give the title with how far the action is: a project must not read as a fact."""
    return f"{action.title} · {labels.STATUS[action.status]}"


def action_words(action: Action, register: Register = Register.RECORD, where: str = "") -> ActionWords:
    """Put an action in words; what is not known is said to be.

    ``where`` takes the place of the one that the action tells, where something better is known.
    """
    return ActionWords(
        id=action.id,
        title=action.title,
        headline=headline(action),
        summary=action.summary,
        status=action.status.value,
        state=labels.STATUS[action.status],
        when=labels.years(action),
        carrier=action.carrier,
        who=action.carrier or register.value,
        partners=", ".join(action.partners),
        where=where or f"{action.place} ({labels.PRECISION[action.precision]})",
        size=size_words(action.area_m2 / 10_000, register) if action.area_m2 else "",
        budget=f"{labels.number(action.budget_eur)}{labels.NBSP}€" if action.budget_eur else "",
        note=action.note,
        source=source_words(action.source),
        districts=action.qpv_codes,
        is_exact=action.is_exact,
    )


def size_words(hectares: float | None, register: Register = Register.RECORD) -> str:
    """Write an area; for residents, with what it looks like."""
    area = labels.area_ha(hectares)
    if hectares is None or register is Register.RECORD:
        return area
    return f"{area}, {tangible.pitches(hectares)}"


def source_words(source: Citation) -> SourceWords:
    """Put in words where something was read."""
    return SourceWords(
        source.title, source.url, labels.RELIABILITY[source.reliability], labels.source_date(source.date)
    )
