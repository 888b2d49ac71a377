"""Taking *Grille* away: a table, a workbook, a picture; each is made only when asked for."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date

import streamlit as st

from qpverts import browser
from qpverts.atlas.atlas import Atlas
from qpverts.domain.grading.reading_grid import SIZES, Row, Total
from qpverts.ui.pages.grille.grid_state import GridState
from qpverts.viz.files import grid_image, grid_table, grid_workbook
from qpverts.viz.words import labels
from qpverts.viz.words.grid_notes import Choices, Shown

#: The datasets that the grid is made of.
DATASETS = ("qpv_2024", "insee_qpv", "actions", "releves", "niveaux")
_KEY = "grille_copie"
_ASKED = "grille_image"
_TEXTS = {
    "busy": "L'image se prépare…",
    "done": "Image copiée : collez-la dans un document ou un diaporama.",
    "refused": "Ce navigateur ne permet pas de copier une image ici. Téléchargez-la avec « Image (PNG) ».",
}
_copier = st.components.v2.component(
    "qpverts_copie",
    html='<div class="bouton"><button type="button">Copier l\'image</button>'
    '<span role="status"></span></div>',
    css=browser.read("pages/button.css"),
    js=browser.read("pages/copy.mjs"),
)


def shown(atlas: Atlas, current: GridState, rows: Sequence[Row], totals: Sequence[Total]) -> Shown:
    """Gather what the files hold: the rows listed, in their order, and where they come from."""
    sets = [atlas.catalogue.get(name) for name in DATASETS]
    days: list[date] = [one.retrieved for one in sets if one.retrieved]
    return Shown(
        rows=rows,
        columns=current.columns,
        scale=atlas.scale,
        totals=totals,
        actions={
            (row.qpv.code, column): [
                action
                for action in atlas.actions_of(row.qpv.code)
                if column in (action.fields if current.by_field else action.themes)
            ]
            for row in rows
            for column in current.columns
        },
        choices=Choices(
            by_field=current.by_field,
            commune=atlas.index.communes[current.commune].name if current.commune else None,
            size=SIZES.get(current.size or ""),
            least=current.least,
            column=current.columns[current.column] if current.column else None,
            sort=current.sort,
            weights={current.columns[column]: weight for column, weight in current.weights.items()},
            total=len(atlas.qpvs),
        ),
        day=max(days, default=None),
        version=atlas.version,
        sources=tuple(dict.fromkeys(one.attribution for one in sets)),
    )


def draw(atlas: Atlas, current: GridState, rows: Sequence[Row], totals: Sequence[Total]) -> None:
    """Draw the buttons; none where no district is listed."""
    if not rows:
        return

    def gather() -> Shown:
        return shown(atlas, current, rows, totals)

    st.markdown(f"**Emporter la grille affichée** ({labels.plural(len(rows), 'quartier', 'quartiers')})")
    with st.container(horizontal=True, vertical_alignment="center", key="grille_fichiers"):
        st.download_button(
            "Tableau (CSV)",
            lambda: grid_table.to_csv(rows, current.columns, by_field=current.by_field),
            "grille.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Classeur (XLSX)",
            lambda: grid_workbook.workbook(gather()),
            "grille.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Image (PNG)",
            lambda: grid_image.picture(gather()),
            "grille.png",
            "image/png",
            on_click="ignore",
            icon=":material/image:",
        )
        asked = st.session_state.pop(_ASKED, False)
        image = base64.b64encode(grid_image.picture(gather())).decode() if asked else None
        _copier(key=_KEY, data={"png": image, **_TEXTS}, width="content", on_copie_change=_ask)


def _ask() -> None:
    """Remember, for the drawing that follows, that the picture is wanted."""
    st.session_state[_ASKED] = True
