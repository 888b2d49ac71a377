"""Choosing among the actions from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qpverts.domain.model import Carrier, Inspiration

#: The value that asks for the sheets that do not say.
NOT_TOLD = "inconnu"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an inspiration; ``None`` or false asks nothing.

    ``cost`` is a level from "1" to "3", or :data:`NOT_TOLD`; ``popular`` is "oui", "non" or :data:`NOT_TOLD`;
    ``results`` and ``limits`` ask that the sheet tells some.
    """

    theme: str | None = None
    field: str | None = None
    cost: str | None = None
    land: str | None = None
    carrier: Carrier | None = None
    scale: str | None = None
    popular: str | None = None
    country: str | None = None
    results: bool = False
    limits: bool = False

    def takes(self, one: Inspiration) -> bool:
        """Tell whether an inspiration answers the request."""
        cost = NOT_TOLD if one.cost_level is None else str(one.cost_level)
        return (
            (self.theme is None or self.theme in one.themes)
            and (self.field is None or self.field in one.fields)
            and self.cost in {None, cost}
            and self.land in {None, one.land}
            and self.carrier in {None, one.carrier_kind}
            and self.scale in {None, one.scale}
            and self.popular in {None, one.in_working_class_district}
            and self.country in {None, one.country}
            and not (self.results and not one.results)
            and not (self.limits and not one.limits)
        )


def select(inspirations: Iterable[Inspiration], wanted: Wanted) -> tuple[Inspiration, ...]:
    """Keep the inspirations that answer the request, in their order."""
    return tuple(one for one in inspirations if wanted.takes(one))
