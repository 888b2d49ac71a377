"""The indicators of *Comparer*: a row each, what separates the sides, and where every figure comes from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.difference import spread
from qpverts.domain.figures.indicators import Indicator, IndicatorSpec
from qpverts.domain.territory import Territory
from qpverts.domain.text import capital
from qpverts.ui.pages.comparer import compare_state
from qpverts.ui.parts import components, data_tables, territory_names
from qpverts.ui.parts.components import safe
from qpverts.viz.words import difference_texts, labels, level_texts

_HOW = (
    "Un écart tient compte des fourchettes ; entre deux pourcentages, il est en points. « Pas d'écart "
    "certain » : les fourchettes se recouvrent, nous ne pouvons pas dire qui a le plus."
)
_GAP, _WIDEST = "Écart", "Plus grand écart"


def show(atlas: Atlas, sides: Sequence[Territory]) -> None:
    """Set the indicators side by side, family by family; what is not known, or not comparable, says why."""
    st.header("Les chiffres côte à côte")
    notes = [_HOW]
    if len(sides) > len(compare_state.DEFAULT_SIDES):
        notes.append("Le plus grand écart est cherché entre les territoires qui se comparent.")
    if len({len(side.codes) for side in sides}) > 1:
        notes.append("Nombres et surfaces s'additionnent : plusieurs quartiers en ont plus qu'un seul.")
    st.caption(safe(" ".join(notes)))
    for family, members in atlas.specs.families.items():
        _family(atlas, sides, family, members)


def _family(atlas: Atlas, sides: Sequence[Territory], family: str, members: Sequence[IndicatorSpec]) -> None:
    st.subheader(family)
    found = {spec.id: [atlas.indicator(spec, side) for side in sides] for spec in members}
    names = [territory_names.said_name(side) for side in sides]
    apart = len({side.key for side in sides}) > 1  # a territory beside itself has nothing to subtract
    title = _GAP if len(sides) == len(compare_state.DEFAULT_SIDES) else _WIDEST
    rows, caveats = [], []
    for spec in members:
        row = {"Indicateur": safe(spec.label)}
        row |= {
            safe(name): safe(labels.full_text(one))
            for name, one in zip(territory_names.headings(sides), found[spec.id], strict=True)
        }
        if apart:
            same_vintage = atlas.have_one_vintage(spec, sides)
            gap = spread(found[spec.id], same_vintage=same_vintage)
            row[title] = safe(difference_texts.text(gap, found[spec.id], names, same_vintage=same_vintage))
            caveats.append(difference_texts.caveat(spec, gap))
        rows.append(row)
    with st.container(key=f"tableau_compare_{members[0].id}"):
        data_tables.draw(rows)
    if notes := [*_notes(sides, members, found), *dict.fromkeys(filter(None, caveats))]:
        st.caption("  \n".join(map(safe, notes)))
    first = [found[spec.id][0] for spec in members]
    components.folded(
        "Définitions et sources de ces chiffres",
        f"definitions_{members[0].id}",
        partial(_definitions, atlas, first),
    )


def _definitions(atlas: Atlas, found: Sequence[Indicator]) -> None:
    st.markdown("\n\n".join(components.definition(one, atlas.catalogue) for one in found))


def _notes(
    sides: Sequence[Territory], members: Sequence[IndicatorSpec], found: dict[str, list[Indicator]]
) -> list[str]:
    """Say what the figures of each side rest on, and why some are not there."""
    notes = []
    for rank, side in enumerate(sides):
        if text := _rests_on([found[spec.id][rank] for spec in members]):
            notes.append(f"{territory_names.heading(side)} : {text}.")
    missing = {one.state for row in found.values() for one in row if one.value is None}
    notes += [
        f"{capital(labels.STATE[why])} : {text[:1].lower()}{text[1:]}"
        for why, text in labels.WHY_MISSING.items()
        if why in missing
    ]
    if any(spec.unit == "actions" for spec in members):
        notes.append(level_texts.WARNING)
    return notes


def _rests_on(found: Sequence[Indicator]) -> str:
    """Say, once each, what the figures of one side rest on: districts by figure, then green spaces."""
    notes: dict[str, None] = {}  # an ordered set
    for indicator in (one for one in found if one.value is not None):
        text = labels.coverage_text(indicator)
        is_green = indicator.coverage_pct is not None
        notes[text if is_green or not text else f"{indicator.spec.label} {text}"] = None
    return " ; ".join(filter(None, notes))
