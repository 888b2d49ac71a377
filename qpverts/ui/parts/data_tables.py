"""Tables: the same content as the maps, as real HTML for reading, printing and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import Action, GreenSpace
from qpverts.ui.parts.components import safe
from qpverts.viz.words import labels
from qpverts.viz.words.labels import typeset


def draw(rows: Iterable[Mapping[str, str]]) -> None:
    """Draw rows of Markdown cells, the first column as the heading of its row."""
    table = pd.DataFrame(list(rows)).rename(columns=typeset)
    st.table(table.set_index(table.columns[0]))


def districts(atlas: Atlas, indicator_id: str, shown: Sequence[str], actions: Sequence[Action]) -> None:
    """Offer the districts on the map as a table, made only when asked for: the map comes first."""
    if not st.toggle("Voir la carte en tableau", key="en_tableau"):
        return
    spec = atlas.specs.by_id[indicator_id]
    draw(
        {
            "Quartier": safe(atlas.qpvs[code].name),
            "Commune": safe(atlas.qpvs[code].commune_names),
            "Code": code,
            safe(spec.label): safe(labels.value_text(atlas.indicators[code][indicator_id])),
            "Fourchette": safe(labels.range_text(atlas.indicators[code][indicator_id])),
            "Actions affichées": str(sum(code in action.qpv_codes for action in actions)),
        }
        for code in shown
    )


def green_spaces(atlas: Atlas, code: str) -> None:
    """List the located green spaces by distance, then those that nobody could place."""
    near = atlas.green_near.get(code, ())
    if near:
        draw(
            {
                "Espace vert": safe(atlas.spaces[row.id].name),
                "Distance": "dans le quartier ou à son bord"
                if row.inside
                else labels.distance(row.distance_m),
                **_space(atlas.spaces[row.id]),
            }
            for row in near
        )
        st.caption(
            typeset("Distances à vol d'oiseau jusqu'au bord d'un disque de même surface, jusqu'à 3 km.")
        )
    else:
        st.markdown(
            typeset(
                "Parmi les espaces verts publics que nous avons pu placer sur la carte, aucun n'est à moins "
                "de 3 km. Cela ne veut pas dire qu'il n'y en a pas."
            )
        )
    communes = {commune.code for commune in atlas.qpvs[code].communes}
    loose = [s for s in atlas.spaces.values() if s.commune_code in communes and not s.is_drawn]
    if loose:
        title = labels.plural(len(loose), "espace de la commune reste", "espaces de la commune restent")
        with st.expander(f"{title} à placer ou à mesurer"):
            draw({"Espace vert": safe(s.name), **_space(s), "Accès": labels.ACCESS[s.access]} for s in loose)


def _space(space: GreenSpace) -> dict[str, str]:
    return {
        "Nature": labels.GREEN_KIND[space.kind],
        "Surface": labels.area_ha(space.area_ha),
        "Source": f"[{safe(space.source.title)}](<{space.source.url}>)",
    }
