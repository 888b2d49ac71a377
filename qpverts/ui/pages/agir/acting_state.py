"""What is chosen on *Agir*, read from its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting import shortlist
from qpverts.domain.acting.priorities import CRITERIA
from qpverts.domain.acting.shortlist import Shortlist
from qpverts.domain.territory import Kind
from qpverts.ui.address.state import COMMUNE, DISTRICT, LIST, NOTE, THEME, Reader
from qpverts.ui.parts import weights


@dataclass(frozen=True, slots=True)
class ActingState:
    """What is chosen on *Agir*: a district, or a commune whose districts are set in order, or neither.

    ``theme`` is the gap to look at; ``weights`` go from 0 to 3, by criterion of priority.
    """

    code: str | None
    commune: str | None
    theme: str | None
    weights: Mapping[str, int]
    shortlist: Shortlist
    notices: tuple[str, ...]


def acting_state(params: Mapping[str, str], atlas: Atlas) -> ActingState:
    """Read the query string of *Agir*."""
    read = Reader(params)
    territory = read.district(DISTRICT, atlas)
    code, commune = (
        None,
        read.one_of(COMMUNE, atlas.index.communes, "une commune qui a un quartier prioritaire"),
    )
    if territory and territory.kind is Kind.QPV:
        code = territory.key
    elif territory and territory.kind is Kind.COMMUNE:
        commune = territory.key
    elif territory and territory.kind is Kind.GROUP:
        read.notices.append("Cette page traite un quartier à la fois : le groupe demandé est ignoré.")
    themes = {theme.id for theme in atlas.vocabulary.themes}
    kept, refused = shortlist.read(
        params.get(LIST, ""), _notes(params), {*atlas.inspirations, *atlas.actions}
    )
    for item in refused:
        read.refuse(item, f"une idée que l'on puisse garder ({shortlist.MOST} au plus)")
    return ActingState(
        code=code,
        commune=commune,
        theme=read.one_of(THEME, themes, "une thématique"),
        weights=weights.read(read, [criterion.id for criterion in CRITERIA]),
        shortlist=kept,
        notices=tuple(read.notices),
    )


def list_params(kept: Shortlist, params: Mapping[str, str]) -> dict[str, str | None]:
    """Give the parameters that carry a shortlist, those of older notes being taken away."""
    old: dict[str, str | None] = {name: None for name in params if name.startswith(NOTE)}
    notes = {f"{NOTE}{item}": note for item, note in kept.notes.items()}
    return old | {LIST: shortlist.written(kept) or None} | notes


def _notes(params: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(NOTE): note for name, note in params.items() if name.startswith(NOTE)}
