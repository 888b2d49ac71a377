"""Build the whole map at each run and hand it to ``st_folium``, as most examples do.

Same districts, green spaces, values, colours and choice of indicator as *Carte*; with ``?couches=toutes``
the same map: land, communes, names, rings and clustered actions too. Data are read once, which is usual.
The page has no filter, card or table, which favours it.
"""

from __future__ import annotations

import html
import json
import math

import folium
import folium.plugins
import streamlit as st
from streamlit_folium import st_folium

from qpverts.sources import load as atlases
from qpverts.ui.parts.choices import indicator_options
from qpverts.viz.maps.addresses import SCRIPTS, STYLES, links
from qpverts.viz.palette import MISSING, RAMP, THEME_MARKS, class_of
from qpverts.viz.words import labels

st.set_page_config(layout="wide")
atlas = atlases.current()
options = indicator_options(atlas)
chosen = st.selectbox(
    "Colorer les quartiers selon", list(options), format_func=lambda key: options[key], key="indicateur"
)

with_all = st.query_params.get("couches") == "toutes"
# folium's map and GeoJSON ask a CDN for these, which would fail offline and be unfair online.
folium.Map.default_js = links([pair for pair in SCRIPTS if pair[0] in {"leaflet", "jquery"}])
folium.plugins.MarkerCluster.default_js = links(
    [pair for pair in SCRIPTS if pair[0] == "leaflet_markercluster"]
)
folium.plugins.MarkerCluster.default_css = links(
    [pair for pair in STYLES if pair[0] == "leaflet_markercluster"]
)
folium.Map.default_css = links([pair for pair in STYLES if pair[0] == "leaflet"])
built = folium.Map(location=(43.45, 5.25), zoom_start=10, tiles=None)

if with_all:
    for dataset in ("terre_voisine", "communes", "arrondissements"):
        folium.GeoJson(
            json.loads(atlas.catalogue.read(dataset)),
            style_function=lambda _: {"color": "#c9c5b8", "weight": 0.8, "fillColor": "#faf8f3"},
        ).add_to(built)
    for label in json.loads(atlas.catalogue.read("etiquettes"))["features"]:
        lon, lat = label["geometry"]["coordinates"]
        icon = folium.DivIcon(html=f'<span class="nom">{html.escape(label["properties"]["nom"])}</span>')
        folium.Marker((lat, lon), icon=icon).add_to(built)
    rings = atlas.perimeters.buffer(300).to_crs(4326)
    folium.GeoJson(rings, style_function=lambda _: {"fill": False, "opacity": 0}).add_to(built)

shapes = atlas.perimeters.to_crs(4326).to_frame("geometry").reset_index(names="code")
shapes["nom"] = [atlas.qpvs[code].name for code in shapes["code"]]
shapes["valeur"] = [labels.value_text(atlas.indicators[code][chosen]) for code in shapes["code"]]
ranks = [class_of(atlas.indicators[code][chosen]) for code in shapes["code"]]
shapes["couleur"] = ["#b5b5b5" if rank == MISSING else RAMP[rank] for rank in ranks]
folium.GeoJson(
    shapes,
    style_function=lambda feature: {
        "fillColor": feature["properties"]["couleur"],
        "fillOpacity": 0.85,
        "color": "#3b3355",
        "weight": 1.2,
    },
    tooltip=folium.GeoJsonTooltip(["nom", "valeur"]),
).add_to(built)
for space in atlas.spaces.values():
    if space.is_located and space.area_ha:
        radius_m = math.sqrt(space.area_ha * 10_000 / math.pi)
        folium.Circle(
            (space.lat, space.lon), radius=radius_m, color="#14532d", fill=True, fill_color="#2e9e5b",
            tooltip=space.name,
        ).add_to(built)  # fmt: skip
if with_all:
    cluster = folium.plugins.MarkerCluster().add_to(built)
    for action in atlas.actions.values():
        if action.is_exact:
            mark = THEME_MARKS[action.themes[0]]
            icon = folium.DivIcon(
                html=f'<svg viewBox="0 0 24 24"><path d="{mark.path}" fill="{mark.colour}"/></svg>'
            )
            title = html.escape(action.title)
            folium.Marker((action.lat, action.lon), icon=icon, tooltip=title).add_to(cluster)
st_folium(built, key="carte", height=620, use_container_width=True, returned_objects=["last_object_clicked"])
