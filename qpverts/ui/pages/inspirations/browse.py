"""The parts of *Inspirations*: filters, maps and cards; a sheet has a module of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.atlas.transfer_contexts import context_of
from qpverts.domain.actions.inspiration_filter import Wanted, select
from qpverts.domain.model import Inspiration
from qpverts.domain.text import capital
from qpverts.domain.transfer.answers import assess
from qpverts.domain.transfer.conclusion import Assessment
from qpverts.ui.address import query, state
from qpverts.ui.pages.inspirations import inspiration_state as chosen
from qpverts.ui.pages.inspirations.inspiration_state import InspirationState
from qpverts.ui.parts import cards, plotly_charts
from qpverts.ui.parts.cached import per_atlas
from qpverts.ui.parts.choices import district_options
from qpverts.ui.parts.components import acting_fold, safe
from qpverts.viz.maps import inspiration_map
from qpverts.viz.maps.inspiration_map import Window
from qpverts.viz.words import labels
from qpverts.viz.words.acting import idea_texts
from qpverts.viz.words.acting import inspiration_texts as texts
from qpverts.viz.words.labels import typeset

_PER_ROW = 3
_FIRST = 12


def filters(atlas: Atlas, current: InspirationState) -> None:
    """Draw the choices, the first ones in sight, the others in a panel."""
    wanted, words = current.wanted, atlas.vocabulary
    theme, district, more = st.columns([4, 5, 3], vertical_alignment="bottom")
    with theme:
        themes = words.theme_labels
        query.select("Thématique", state.THEME, themes, wanted.theme, every="Toutes")
    with district:
        choose_district(atlas, current, "Pour quel quartier ?", every="Aucun en particulier")
    count = sum(bool(getattr(wanted, name)) for name in Wanted.__slots__ if name != "theme")
    with more, st.popover(f"Filtres ({count})" if count else "Filtres", icon=":material/filter_alt:"):
        st.button("Tout effacer", on_click=query.clear, args=(chosen.FILTERS,), icon=":material/close:")
        fields = words.field_labels
        carrier = wanted.carrier.value if wanted.carrier else None
        carriers = {one.value: capital(label) for one, label in labels.CARRIER_TOGETHER.items()}
        every_country = texts.countries(atlas.inspirations.values())
        for label, param, options, now in (
            ("Champ d'intervention", state.FIELD, fields, wanted.field),
            ("Coût", chosen.COST, texts.COST, wanted.cost),
            ("Terrain demandé", chosen.LAND, texts.LAND, wanted.land),
            ("Porté par", chosen.CARRIER, carriers, carrier),
            ("Échelle", chosen.SCALE, texts.SCALE, wanted.scale),
            ("En quartier populaire", chosen.POPULAR, texts.POPULAR, wanted.popular),
            ("Pays", chosen.COUNTRY, every_country, wanted.country),
        ):
            query.select(label, param, options, now, every="Sans choisir")
        query.switch("Avec des résultats", chosen.RESULTS, on=wanted.results)
        query.switch("Avec des limites dites", chosen.LIMITS, on=wanted.limits)


def choose_district(atlas: Atlas, current: InspirationState, label: str, *, every: str) -> None:
    """Draw the choice of a district; what people answered for another one is dropped."""
    options = district_options(atlas)
    forget = partial(query.clear, (state.OPINIONS,))
    query.select(label, state.DISTRICT, options, current.code, every=every, also=forget)


def browse(atlas: Atlas, current: InspirationState) -> None:
    """Draw the maps and the cards of what the filters keep, the best fit first for a chosen district."""
    shown = select(atlas.inspirations.values(), current.wanted)
    st.markdown(f"**{safe(texts.counted(shown, len(atlas.inspirations)))}.**")
    if not shown:
        st.markdown(
            "Aucune inspiration ne répond à ces choix. Cela ne veut pas dire que personne ne le fait."
        )
        st.button("Effacer les filtres", on_click=query.clear, args=(chosen.FILTERS,), type="primary")
        return
    _maps(atlas, shown)
    fits: dict[str, Assessment] = {}
    if current.code:
        here = context_of(atlas, current.code)
        fits = {one.id: assess(one, here, atlas.transfer) for one in shown}
        shown = tuple(sorted(shown, key=lambda one: (fits[one.id].order, one.id)))
        name = safe(atlas.qpvs[current.code].name)
        st.markdown(typeset(f"Pour **{name}**, de ce qui s'y prête le mieux à ce qui s'y prête le moins."))
    _cards(atlas, shown[:_FIRST], fits)
    if rest := shown[_FIRST:]:
        acting_fold(f"{len(rest)} autres inspirations", "autres", partial(_cards, atlas, rest, fits))


def _maps(atlas: Atlas, shown: Sequence[Inspiration]) -> None:
    placed = inspiration_map.sorted_by_window(shown)
    for column, window in zip(st.columns([4, 4, 6]), inspiration_map.WINDOWS, strict=True):
        here = placed[window.id]
        with column:
            key = f"carte_{window.id}"
            st.plotly_chart(
                _chart(atlas, window, tuple(one.id for one in here)),
                key=key,
                theme=None,
                config=plotly_charts.CONFIG,
                selection_mode="points",
                on_select=partial(_touched, key),
                alt=f"Carte, {window.label} : une marque par inspiration, comme les fiches qui suivent.",
            )
            st.caption(f"{window.label} ({len(here)})")
    st.caption(
        typeset(
            "Touchez une marque, qui dit la thématique principale, pour ouvrir sa fiche. Celles d'une même "
            "ville ou de villes proches sont espacées sur la carte pour rester toutes visibles. Contours : "
            "Natural Earth."
        )
    )
    with st.container(horizontal=True, gap="small", key="legende_inspirations"):
        for theme in atlas.vocabulary.themes:
            cards.theme_title(theme.id, theme.label)


@per_atlas(max_entries=60)
def _chart(atlas: Atlas, window: Window, shown: tuple[str, ...]) -> go.Figure:
    """Draw some inspirations, once for each choice of filters."""
    outlines = atlas.backgrounds.world
    lands = (outlines.neighbours, outlines.france) if window == inspiration_map.FRANCE else (outlines.world,)
    names = atlas.vocabulary.theme_labels
    return inspiration_map.chart(window, [atlas.inspirations[one] for one in shown], lands, names)


def _touched(key: str) -> None:
    """Write what was touched to the address, where it is checked as anything typed there."""
    points = st.session_state[key]["selection"]["points"]
    if points and (data := points[0].get("customdata")):
        query.write(**{chosen.SHEET: str(data[0])})


def _cards(atlas: Atlas, shown: Sequence[Inspiration], fits: dict[str, Assessment]) -> None:
    for start in range(0, len(shown), _PER_ROW):
        for column, one in zip(st.columns(_PER_ROW), shown[start : start + _PER_ROW], strict=False):
            with column, st.container(border=True, height="stretch", key=f"inspiration_{one.id}"):
                _card(atlas, one, fits.get(one.id))


def _card(atlas: Atlas, one: Inspiration, fit: Assessment | None) -> None:
    st.markdown(f"**{safe(one.title)}**  \n{safe(idea_texts.where(one))}")
    cards.theme_title(one.themes[0], atlas.vocabulary.theme(one.themes[0]).label)
    if fit:
        first = f"À regarder d'abord : {fit.weakest.label.lower()}." if fit.weakest else ""
        st.markdown(f"**{safe(idea_texts.OUTCOME[fit.outcome])}.** {safe(first)}")
    st.caption(safe(texts.short(one)))
    st.button(
        "Ouvrir la fiche", key=f"fiche_{one.id}", on_click=query.write, kwargs={chosen.SHEET: one.id},
        icon=":material/arrow_forward:",
    )  # fmt: skip
