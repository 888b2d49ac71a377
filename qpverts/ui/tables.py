"""Tables: the same content as the maps, for reading, sorting and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from qpverts.domain import specs
from qpverts.domain.model import Action
from qpverts.sources.atlas import Atlas
from qpverts.viz import labels


def districts(atlas: Atlas, indicator_id: str, shown: Sequence[str], actions: Sequence[Action]) -> None:
    """Offer the districts on the map as a table, made only when asked for: the map comes first."""
    if not st.toggle("Voir la carte en tableau", key="en_tableau"):
        return
    spec = specs.spec_of(indicator_id)
    rows = []
    for code in shown:
        value = atlas.indicators[code][indicator_id]
        rows.append(
            {
                "Quartier": atlas.qpvs[code].name,
                "Commune": atlas.qpvs[code].commune_names,
                "Code": code,
                spec.label: labels.value_text(value),
                "Fourchette": labels.range_text(value),
                "Actions affichées": sum(code in action.qpv_codes for action in actions),
            }
        )
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def green_spaces(atlas: Atlas, code: str) -> None:
    """List the located green spaces by distance, then those that nobody could place."""
    near = atlas.green_near.get(code, ())
    if not near:
        st.markdown("Aucun espace vert public situé à moins de 3 km.")
    else:
        rows = [
            {
                "Espace vert": atlas.spaces[row.id].name,
                "Distance": "dans le quartier ou à son bord"
                if row.inside
                else labels.distance(row.distance_m),
                "Nature": labels.GREEN_KIND[atlas.spaces[row.id].kind],
                "Surface": labels.area_ha(atlas.spaces[row.id].area_ha),
                "Source": atlas.spaces[row.id].source.url,
            }
            for row in near
        ]
        source = st.column_config.LinkColumn("Source", display_text="ouvrir")
        st.dataframe(pd.DataFrame(rows), hide_index=True, column_config={"Source": source})
        st.caption("Distances à vol d'oiseau jusqu'au bord d'un disque de même surface, jusqu'à 3 km.")
    communes = {commune.code for commune in atlas.qpvs[code].communes}
    loose = [s for s in atlas.spaces.values() if s.commune_code in communes and not s.is_drawn]
    if loose:
        title = labels.plural(len(loose), "espace de la commune reste", "espaces de la commune restent")
        with st.expander(f"{title} à situer ou à mesurer"):
            listed = [
                {
                    "Espace vert": space.name,
                    "Nature": labels.GREEN_KIND[space.kind],
                    "Surface": labels.area_ha(space.area_ha),
                    "Accès": labels.ACCESS[space.access],
                    "Source": space.source.url,
                }
                for space in loose
            ]
            source = st.column_config.LinkColumn("Source", display_text="ouvrir")
            st.dataframe(pd.DataFrame(listed), hide_index=True, column_config={"Source": source})
