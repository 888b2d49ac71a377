"""An action and a green space, in words ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import Action, Citation, GreenSpace, Status
from qpverts.viz.words import labels, tangible

UNKNOWN_WHO = "nous ne savons pas"
_ORDER = (Status.RUNNING, Status.DONE, Status.UNKNOWN, Status.STOPPED, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Where something was read: ``origin`` tells who speaks, and when."""

    title: str
    url: str
    origin: str


@dataclass(frozen=True, slots=True)
class ActionCard:
    """An action in words; empty where there is nothing to say. ``themes`` are pairs of id and label."""

    id: str
    title: str
    summary: str
    themes: tuple[tuple[str, str], ...]
    status: str
    state: str
    when: str
    who: str
    partners: str
    where: str
    size: str
    note: str
    source: CitedSource
    districts: tuple[str, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class SpaceCard:
    """A green space in words; ``where`` is its distance, ``size`` its area and what that looks like."""

    id: str
    name: str
    what: str
    size: str
    where: str
    note: str
    source: CitedSource
    is_placed: bool


@dataclass(frozen=True, slots=True)
class ThemeActions:
    """Actions under their main theme."""

    theme: str
    label: str
    actions: tuple[ActionCard, ...]


def by_theme(known: Atlas, actions: Sequence[Action]) -> tuple[ThemeActions, ...]:
    """Sort actions under their main theme, in the order of the approach, those under way first."""
    ordered = sorted(actions, key=lambda action: _ORDER.index(action.status))
    found = (
        ThemeActions(
            theme.id,
            theme.label,
            tuple(action_card(known, action) for action in ordered if action.themes[0] == theme.id),
        )
        for theme in known.vocabulary.themes
    )
    return tuple(group for group in found if group.actions)


def action_card(known: Atlas, action: Action, where: str = "") -> ActionCard:
    """Put an action in words; what is not known is said to be."""
    return ActionCard(
        id=action.id,
        title=action.title,
        summary=action.summary,
        themes=tuple((theme, known.vocabulary.theme(theme).label) for theme in action.themes),
        status=action.status.value,
        state=labels.STATUS[action.status],
        when=labels.years(action),
        who=action.carrier or UNKNOWN_WHO,
        partners=", ".join(action.partners),
        where=where or f"{action.place} ({labels.PRECISION[action.precision]})",
        size=_size(action.area_m2 / 10_000) if action.area_m2 else "",
        note=action.note,
        source=_source(action.source),
        districts=action.qpv_codes,
        is_exact=action.is_exact,
    )


def space_card(space: GreenSpace, where: str) -> SpaceCard:
    """Put a green space in words."""
    return SpaceCard(
        id=space.id,
        name=space.name,
        what=f"{labels.GREEN_KIND[space.kind]}, {labels.access_text(space)}",
        size=_size(space.area_ha),
        where=where,
        note=space.note,
        source=_source(space.source),
        is_placed=space.is_located,
    )


def _size(hectares: float | None) -> str:
    if hectares is None:
        return labels.area_ha(None)
    return f"{labels.area_ha(hectares)}, {tangible.pitches(hectares)}"


def _source(citation: Citation) -> CitedSource:
    origin = f"{labels.RELIABILITY[citation.reliability]}, {labels.source_date(citation.date)}"
    return CitedSource(citation.title, citation.url, origin)


def away(metres: float) -> str:
    """Write a distance from the edge of a district; what rounds to nothing is at its edge."""
    text = labels.distance(metres)
    return "dans le quartier ou à son bord" if text == labels.distance(0) else f"à {text}"
