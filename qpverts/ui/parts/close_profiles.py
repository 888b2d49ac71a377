"""The districts of a close profile on a sheet: why they are close, and where what they have goes further."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting.close_profiles import CRITERIA, Close, closest, further, traits
from qpverts.domain.model import Status
from qpverts.ui.address import query, state
from qpverts.ui.parts import data_tables
from qpverts.ui.parts.cached import per_atlas
from qpverts.ui.parts.components import acting_fold, safe
from qpverts.viz.words import labels
from qpverts.viz.words.acting import close_profile_texts
from qpverts.viz.words.action_words import headline


def of_district(atlas: Atlas, code: str) -> None:
    """Draw the section: the close districts with their figures, then, by theme, those that go further."""
    st.header("Quartiers au profil proche")
    near = closest_of(atlas, code)
    if not near:
        st.markdown(safe(close_profile_texts.NOBODY))
        return
    st.markdown(safe(close_profile_texts.RULE))
    data_tables.draw([_row(atlas, code, "ce quartier"), *(_close(atlas, one) for one in near)])
    with st.container(horizontal=True, gap="medium", key="profils_proches"):
        for one in near:
            _opens(atlas.qpvs[one.code].name, f"proche_{one.code}", one.code)
    here = atlas.grades[code]
    found = further(here, [one.code for one in near], atlas.grades)
    if not found:
        st.markdown(safe(close_profile_texts.NOTHING_FURTHER))
        return
    st.markdown(safe(close_profile_texts.MORE_RECORDED))
    for theme, codes in found.items():
        label = close_profile_texts.theme_text(atlas.vocabulary.theme(theme).label, here[theme], len(codes))
        acting_fold(safe(label), f"proches_{theme}", partial(_there, atlas, codes, theme))


def closest_of(atlas: Atlas, code: str) -> tuple[Close, ...]:
    """Give the districts of the closest profiles to one, the closest first."""
    return _closest(atlas)[code]


@per_atlas(max_entries=2)
def _closest(atlas: Atlas) -> Mapping[str, tuple[Close, ...]]:
    """Find the close districts of all."""
    return closest({code: traits(found) for code, found in atlas.indicators.items()})


def _close(atlas: Atlas, one: Close) -> dict[str, str]:
    return _row(atlas, one.code, close_profile_texts.shared_text(one))


def _row(atlas: Atlas, code: str, compared: str) -> dict[str, str]:
    qpv = atlas.qpvs[code]
    return (
        {"Quartier": safe(qpv.name), "Commune": safe(qpv.commune_names)}
        | {
            safe(atlas.specs.by_id[one.indicator].label): safe(
                labels.value_text(atlas.indicators[code][one.indicator])
            )
            for one in CRITERIA
        }
        | {"Comparé sur": safe(compared)}
    )


def _there(atlas: Atlas, codes: Iterable[str], theme: str) -> None:
    """Lead to each district that goes further, and to each of its actions on the theme."""
    for code in codes:
        text = close_profile_texts.there_text(atlas.qpvs[code].name, atlas.grades[code][theme])
        _opens(text, f"proche_{theme}_{code}", code)
        for action in atlas.actions_of(code):
            if theme in action.themes and action.status is not Status.STOPPED:
                key = f"proche_{theme}_{code}_{action.id}"
                _opens(headline(action), key, code, action.id)


def _opens(label: str, key: str, code: str, action: str | None = None) -> None:
    """Lead to a sheet; a link from a page to itself would leave the address as it was."""
    st.button(
        safe(label),
        key=key,
        type="tertiary",
        icon=None if action else ":material/location_city:",
        on_click=query.write,
        kwargs={state.DISTRICT: code, state.ACTION: action, state.SPACE: None},
    )
