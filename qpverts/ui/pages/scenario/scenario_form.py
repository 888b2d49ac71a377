"""The parts of *Scénarios*: what is added, where, and what it would change, before and after."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import partial

import geopandas as gpd
import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting import scenario as rules
from qpverts.domain.acting.scenario import LEAST_HA, MOST, MOST_HA, AddedAction, AddedSpace, Scenario
from qpverts.domain.figures import specs
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.figures.indicators import Indicator, evaluate
from qpverts.domain.grading.levels import Grade
from qpverts.domain.model import Status
from qpverts.geo import access
from qpverts.geo import added_green as geo
from qpverts.ui.address import query, state
from qpverts.ui.pages.scenario.scenario_state import ACTIVE, SCENARIOS, ScenarioState
from qpverts.ui.parts import choices, data_tables, map_view
from qpverts.ui.parts.cached import per_atlas
from qpverts.ui.parts.components import safe
from qpverts.viz.maps.paint import Added, Scene, View, bounds_of
from qpverts.viz.words import labels
from qpverts.viz.words.acting import scenario_texts
from qpverts.viz.words.labels import typeset

_AREA = "surface_ajout"
_START_HA = 1.0
_THEME, _STATUS, _NEW = "ajout_theme", "ajout_etat", "ajout_porteur"


def choosers(atlas: Atlas, current: ScenarioState) -> None:
    """Draw the choice of the district, and of the scenario that clicks change."""
    district, active = st.columns([5, 5], vertical_alignment="bottom")
    with district:
        options = choices.district_options(atlas)
        query.select("Quartier", state.DISTRICT, options, current.code)
    with active:
        names = {name: scenario_texts.name(rank) for rank, name in enumerate(SCENARIOS)}
        query.select("Scénario à composer", ACTIVE, names, current.active, default=SCENARIOS[0])


def compose(atlas: Atlas, current: ScenarioState) -> None:
    """Draw the map where a click places a green space, and beside it what the scenario holds."""
    left, right = st.columns([6, 4])
    with right:
        _parts(atlas, current)
    with left:
        code = current.code
        scene = Scene(
            specs.DEFAULT,
            [code],
            View(code, bounds_of(atlas.boxes, [code], margin_m=500)),
            selected=code,
            ring=code,
            added=[_drawn(space) for space in current.current.spaces],
        )
        map_view.pick(atlas, "scenario", scene, atlas.actions_around(code), partial(_placed, current))
        st.caption(
            typeset(
                "Un clic sur la carte place un espace vert de la surface choisie. Trait en tirets : à 300 m."
            )
        )


def _drawn(space: AddedSpace) -> Added:
    radius_m = round(math.sqrt(space.area_ha * 10_000 / math.pi), 1)
    return Added(space.lat, space.lon, radius_m, ("Espace vert imaginé", labels.area_ha(space.area_ha)))


def _placed(current: ScenarioState, lat: float, lon: float) -> None:
    area_ha = float(st.session_state.get(_AREA, _START_HA))
    _write(current, current.current.with_space(AddedSpace(lat, lon, area_ha)))


def _write(current: ScenarioState, changed: Scenario) -> None:
    query.write(**{current.active: rules.written(changed) or None})


def _parts(atlas: Atlas, current: ScenarioState) -> None:
    """Draw what can be added, then what is, each with the way to take it away."""
    made = current.current
    with st.container(border=True, key="fiche"):
        st.markdown("## Si on ajoutait…")
        st.number_input(
            "Un espace vert public de (hectares), puis cliquez sur la carte",
            min_value=LEAST_HA,
            max_value=MOST_HA,
            value=_START_HA,
            step=0.5,
            key=_AREA,
        )
        with st.expander("Une action", icon=":material/add:", key="ajout_action"):
            _action_form(atlas, current)
        if made.is_empty:
            st.markdown(typeset("*Rien pour l'instant.*"))
        themes = atlas.vocabulary.theme_labels
        for rank, text in enumerate(scenario_texts.parts(made, themes)):
            words, button = st.columns([8, 2], vertical_alignment="center")
            words.markdown(safe(text))
            button.button(
                "", key=f"oter_{rank}", icon=":material/close:", help="Retirer", on_click=_write,
                args=(current, made.without(rank)),
            )  # fmt: skip
        if max(len(made.spaces), len(made.actions)) >= MOST:
            st.caption(f"Un scénario porte au plus {MOST} espaces verts et {MOST} actions.")


def _action_form(atlas: Atlas, current: ScenarioState) -> None:
    themes = atlas.vocabulary.theme_labels
    st.selectbox("Thématique", list(themes), key=_THEME, format_func=themes.__getitem__)
    st.selectbox(
        "État",
        list(rules.STATUSES),
        key=_STATUS,
        index=1,
        format_func=lambda s: labels.STATUS[s].capitalize(),
    )
    st.checkbox("Par un porteur qui ne fait encore rien ici sur cette thématique", value=True, key=_NEW)
    st.button(
        typeset("Ajouter l'action"),
        on_click=_acted,
        args=(current,),
        disabled=len(current.current.actions) >= MOST,
    )


def _acted(current: ScenarioState) -> None:
    chosen = st.session_state
    action = AddedAction(chosen[_THEME], Status(chosen[_STATUS]), bool(chosen[_NEW]))
    _write(current, current.current.with_action(action))


def results(atlas: Atlas, current: ScenarioState) -> None:
    """Set today beside each scenario that holds something: figures that move, then levels that do."""
    made = {
        name: one for name, one in current.scenarios.items() if not one.is_empty or name == current.active
    }
    facts = {name: _facts(atlas, current.code, one.spaces) for name, one in made.items()}
    st.header("Ce que cela changerait")
    _figures(atlas, current.code, facts)
    _levels(atlas, current.code, made)
    for sentence in _warnings(atlas, current, facts):
        st.caption(safe(sentence))


@per_atlas(max_entries=50)
def _facts(atlas: Atlas, code: str, spaces: tuple[AddedSpace, ...]) -> DistrictFacts:
    """Measure a district as if these green spaces were open; those of the other scenarios are not again."""
    return geo.facts_with(atlas.facts[code], atlas.perimeters.loc[code], _located(atlas), spaces)


@per_atlas(max_entries=2)
def _located(atlas: Atlas) -> gpd.GeoDataFrame:
    """Put the real green spaces on the plane."""
    return access.locate(atlas.spaces.values())


def _figures(atlas: Atlas, code: str, facts: Mapping[str, DistrictFacts]) -> None:
    before = atlas.indicators[code]
    after = {
        name: {spec.id: evaluate(spec, [found]) for spec in atlas.specs.indicators}
        for name, found in facts.items()
    }
    moving = [
        spec
        for spec in atlas.specs.indicators
        if any(rules.moved(before[spec.id], found[spec.id]) for found in after.values())
    ]
    if not moving:
        st.markdown(typeset("Aucun indicateur ne bouge : placez un espace vert sur la carte."))
        return
    data_tables.draw(
        {"Indicateur": safe(spec.label), "Aujourd'hui": safe(labels.full_text(before[spec.id]))}
        | {_heading(name): _after(before[spec.id], found[spec.id]) for name, found in after.items()}
        for spec in moving
    )
    st.caption("En gras, ce qui bouge.")


def _after(before: Indicator, after: Indicator) -> str:
    text = safe(labels.full_text(after))
    return f"**{text}**" if rules.moved(before, after) else text


def _levels(atlas: Atlas, code: str, made: Mapping[str, Scenario]) -> None:
    before = atlas.grades[code]
    after = {name: rules.grades_with(before, one.actions, atlas.scale) for name, one in made.items()}
    moving = [theme for theme in atlas.vocabulary.themes if _moves(theme.id, before, after.values())]
    if not moving:
        return
    data_tables.draw(
        {"Thématique": safe(theme.label), "Aujourd'hui": safe(scenario_texts.grade(before[theme.id]))}
        | {_heading(name): safe(scenario_texts.grade(found[theme.id])) for name, found in after.items()}
        for theme in moving
    )


def _moves(theme: str, before: Mapping[str, Grade], after: Iterable[Mapping[str, Grade]]) -> bool:
    return any(found[theme] != before[theme] for found in after)


def _heading(name: str) -> str:
    return safe(scenario_texts.name(SCENARIOS.index(name)))


def _warnings(atlas: Atlas, current: ScenarioState, facts: Mapping[str, DistrictFacts]) -> list[str]:
    """Say what the figures do not tell."""
    located = _located(atlas)
    under = {
        atlas.spaces[space].name
        for one in current.scenarios.values()
        for space in geo.overlapped(located, one.spaces)
    }
    said = [scenario_texts.LIMITS]
    if under:
        said.insert(0, scenario_texts.overlap(sorted(under)))
    if atlas.facts[current.code].green is None and any(found.green for found in facts.values()):
        said.insert(0, scenario_texts.NOT_COVERED)
    return said
