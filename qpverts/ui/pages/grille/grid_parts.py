"""The parts of *Grille*: choices, weights, the open cell, the grid, its totals and its file."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.grading import reading_grid as rules
from qpverts.domain.grading.levels import Grade, grades_by_field
from qpverts.domain.grading.reading_grid import Row, Sort
from qpverts.ui.address import navigation, query, state
from qpverts.ui.pages.grille import grid_clicks, grid_files
from qpverts.ui.pages.grille import grid_state as chosen
from qpverts.ui.pages.grille.grid_state import GridState
from qpverts.ui.parts import cards
from qpverts.ui.parts import weights as weighing
from qpverts.ui.parts.components import safe
from qpverts.viz.files import grid_table
from qpverts.viz.words import labels, level_texts
from qpverts.viz.words.labels import typeset

_BY = {chosen.BY_THEME: "par thématique", chosen.BY_FIELD: "par champ"}
#: More actions than these scroll in a list of this height, in pixels, so that the grid stays in sight.
_LISTED, _LIST_HEIGHT = 6, 330


def rows_of(atlas: Atlas, current: GridState) -> list[Row]:
    """Make the rows of all districts, so that ranks are among all of them."""
    grades = atlas.grades
    if current.by_field:
        grades = {
            code: grades_by_field(atlas.actions_of(code), list(current.columns), atlas.scale)
            for code in atlas.qpvs
        }
    return rules.build(
        list(atlas.qpvs.values()),
        grades,
        current.weights,
        {code: facts.figures.population for code, facts in atlas.facts.items()},
        {code: len(facts.action_ids) for code, facts in atlas.facts.items()},
    )


def shown(atlas: Atlas, current: GridState, rows: list[Row]) -> list[Row]:
    """Keep and sort the rows that were asked for."""
    codes = set(atlas.index.codes_in(current.commune))
    kept = rules.reaching((row for row in rows if row.qpv.code in codes), current.least, current.column)
    return rules.ordered(rules.sized(kept, rules.SIZES.get(current.size or "")), current.sort)


def choosers(atlas: Atlas, current: GridState) -> None:
    """Draw the choices in one row, which wraps on a narrow screen."""
    by, commune, size, level, column, sort = st.columns([4, 4, 4, 4, 5, 5], vertical_alignment="bottom")
    with by:
        now = chosen.BY_FIELD if current.by_field else chosen.BY_THEME
        query.select("Lire", chosen.BY, _BY, now, default=chosen.BY_THEME, also=_forget_columns)
    with commune:
        communes = {t.key: t.name for t in atlas.index.all_communes}
        query.select("Commune", state.COMMUNE, communes, current.commune, every="Toutes")
    with size:
        sizes = {name: level_texts.size_text(one) for name, one in rules.SIZES.items()}
        query.select("Population", chosen.SIZE, sizes, current.size, every="Toutes")
    with level:
        steps = {step.id: level_texts.name(step) for step in atlas.scale if step.score is not None}
        query.select(
            "Au moins", chosen.LEVEL, steps, current.least.id if current.least else None, every="Tout niveau"
        )
    with column:
        what = "un champ" if current.by_field else "une thématique"
        query.select("Sur", current.column_param, current.columns, current.column, every=f"Au moins {what}")
    with sort:
        query.select(
            "Trier par", chosen.SORT, dict(level_texts.SORT.items()), current.sort, default=Sort.NAME
        )


def _forget_columns() -> None:
    """Drop the choices that speak of the other columns."""
    query.clear((state.THEME, state.FIELD, chosen.CELL, weighing.PARAM, state.DISTRICT))


def weights(current: GridState) -> None:
    """Draw a slider for each column, that writes all weights to the address."""
    equal = weighing.written(current.weights) is None
    with st.expander("Changer les poids du niveau global", icon=":material/tune:", key="poids"):
        st.caption(
            typeset(
                "Le niveau global est la moyenne des niveaux connus, poids "
                f"{'égaux' if equal else 'choisis'}. 0 : la colonne ne compte pas."
            )
        )
        weighing.sliders(current.columns, current.weights)


def cell(atlas: Atlas, current: GridState, rows: list[Row]) -> None:
    """Draw the open cell: its level and why, what the next would take, and its actions."""
    place = st.container()
    if current.cell is None:
        grid_clicks.listen(current, "")
        return
    code, column = current.cell
    title = f"{atlas.qpvs[code].name} · {current.columns[column]}"
    found = next(row for row in rows if row.qpv.code == code).grades[column]
    listed = [
        action
        for action in atlas.actions_of(code)
        if column in (action.fields if current.by_field else action.themes)
    ]
    with place.container(border=True, key="case"):
        st.html(grid_table.open_mark(chosen.cell_id(code, column)))
        st.markdown(f"## {safe(title)}")
        why, actions = st.columns([4, 6])
        with why:
            _why(atlas, current, found, len(listed))
        is_long = len(listed) > _LISTED
        with actions:
            if is_long:
                st.caption(typeset(f"{labels.plural(len(listed), 'action', 'actions')}, à faire défiler :"))
            with st.container(height=_LIST_HEIGHT if is_long else "content", border=False):
                for action in listed:
                    cards.unfolded(atlas, action, "case")
        also = () if current.least else (current.column_param,)
        cards.close(state.DISTRICT, chosen.CELL, *also)
    grid_clicks.listen(current, title)


def _why(atlas: Atlas, current: GridState, found: Grade, listed: int) -> None:
    """Tell what a level means, what it rests on, and what the next would take."""
    st.html(grid_table.legend([found.level]))
    counts = level_texts.counts_text(found.evidence, stopped=listed - found.evidence.recorded)
    st.markdown(f"{safe(found.level.sentence)} {safe(counts)}")
    st.markdown(safe(level_texts.next_text(found, atlas.scale)))
    surveys = [one for one in atlas.surveys if (one.code_qp, one.theme) == current.cell]
    st.markdown(safe(level_texts.survey_line(surveys, by_field=current.by_field)))
    if current.cell:
        code = current.cell[0]
        label = f"Fiche du quartier {safe(atlas.qpvs[code].name)}"
        navigation.link_about("quartier", label, code, icon=":material/arrow_forward:")


def table(atlas: Atlas, current: GridState, rows: list[Row]) -> None:
    """Draw the grid, what its colours mean, and how far its order may be trusted."""
    st.html(grid_table.legend(atlas.scale))
    if not rows:
        st.markdown(
            typeset("Aucun quartier ne répond à ces choix. Cela ne veut pas dire qu'il ne s'y passe rien.")
        )
        names = (state.COMMUNE, chosen.SIZE, chosen.LEVEL, current.column_param)
        st.button("Effacer les filtres", on_click=query.clear, args=(names,), type="primary")
        return
    params = query.read()
    links = {
        (row.qpv.code, column): (
            chosen.cell_id(row.qpv.code, column),
            chosen.cell_link(params, current, row.qpv.code, column),
        )
        for row in rows
        for column in current.columns
    }
    st.html(grid_table.table(rows, current.columns, links, by_field=current.by_field))


def order(current: GridState, rows: list[Row]) -> None:
    """Say whether the order of all districts would change."""
    st.markdown(safe(level_texts.order_text([row.rank for row in rows], by_field=current.by_field)))


def totals(atlas: Atlas, current: GridState, rows: list[Row]) -> None:
    """Count the districts shown at each level, say where most and fewest act, and offer the files."""
    found = rules.totals(rows, current.columns, atlas.scale)
    st.header("Où le plus de quartiers ont une action connue, et le moins")
    st.markdown(safe(level_texts.totals_text(found, current.columns, len(rows))))
    st.html(grid_table.totals_table(found, current.columns, atlas.scale))
    st.caption(safe(level_texts.WARNING))
    st.caption(safe(level_texts.how_ranked(by_field=current.by_field)))
    grid_files.draw(atlas, current, rows, found)
