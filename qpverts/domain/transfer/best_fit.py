"""The inspirations that fit a district best on a theme: explained, deterministic, never one mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qpverts.domain.model import Inspiration
from qpverts.domain.transfer.answers import assess
from qpverts.domain.transfer.conclusion import Answer, Assessment, Verdict
from qpverts.domain.transfer.context import Context
from qpverts.domain.transfer.method import Method


@dataclass(frozen=True, slots=True)
class Idea:
    """An inspiration and what is said of it in a district."""

    inspiration: Inspiration
    assessment: Assessment

    def answers(self, *verdicts: Verdict) -> tuple[Answer, ...]:
        """Give the answers of some kinds, in the order of the method."""
        return tuple(answer for answer in self.assessment.answers if answer.verdict in verdicts)


def ideas(
    theme: str, inspirations: Iterable[Inspiration], context: Context, method: Method
) -> tuple[Idea, ...]:
    """Judge the inspirations of a theme in a district, the best fit first.

    At the same fit, those whose main theme it is come first, then by id: the order of the file is nothing.
    """
    found = [Idea(one, assess(one, context, method)) for one in inspirations if theme in one.themes]
    return tuple(
        sorted(
            found,
            key=lambda idea: (
                idea.assessment.order,
                idea.inspiration.themes[0] != theme,
                idea.inspiration.id,
            ),
        )
    )
