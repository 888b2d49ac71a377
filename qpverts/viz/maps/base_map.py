"""The folium side of the map: a base map that never changes, and the small order that repaints it.

streamlit-folium identifies a map by its script: as long as :func:`base_map` gives the same script, the
iframe lives on with its zoom and its centre, and a change costs a few kilobytes.
"""

from __future__ import annotations

import json
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from qpverts.domain.themes import Vocabulary
from qpverts.viz.maps.addresses import STYLES, layer_url, links, map_script_url
from qpverts.viz.palette import GRID_RAMP, GRID_UNKNOWN, OTHER_MARK, THEME_MARKS
from qpverts.viz.words.labels import grid_labels

LAYERS = (
    "terre",
    "communes",
    "arrondissements",
    "etiquettes",
    "quartiers",
    "anneaux",
    "espaces",
    "actions",
    "maille",
)
CENTRE = (43.45, 5.25)
#: From this zoom on, outlines and places; before it, one dot per district.
NEAR_ZOOM = 12.5
ATTRIBUTION = "ANCT, IGN, INSEE (Licence Ouverte) · Natural Earth · © contributeurs OpenStreetMap (ODbL)"
_WMTS = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=normal&TILEMATRIXSET=PM"
    "&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&LAYER={layer}&FORMAT={format}"
)
TILES = {
    "plan": {
        "name": "plan",
        "url": _WMTS.format(layer="GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2", format="image/png"),
        "attribution": "Plan IGN – Géoplateforme",
    },
    "photo": {
        "name": "photo",
        "url": _WMTS.format(layer="ORTHOIMAGERY.ORTHOPHOTOS", format="image/jpeg"),
        "attribution": "Photographies aériennes IGN – Géoplateforme",
    },
}


def to_script(value: object) -> str:
    """Serialise for a script that is evaluated: no character can end it or open markup."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("{{", "{ {")


class _Start(MacroElement):
    """Create the layers in the browser, once."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "qpverts.start({{ this._parent.get_name() }}, {{ this.config }});"
        "{% endmacro %}"
    )

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types here
        self._name = "Start"
        self.config = to_script(config)


class _Order(MacroElement):
    """Repaint the layers."""

    _template = Template("{% macro script(this, kwargs) %}qpverts.paint({{ this.order }});{% endmacro %}")

    def __init__(self, order: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types here
        self._name = "Order"
        self.order = to_script(order)


def base_map(data_version: str, vocabulary: Vocabulary) -> folium.Map:
    """Build the base map: the same script for the same data; never cache the object itself."""
    built = folium.Map(
        location=CENTRE,
        zoom_start=10,
        tiles=None,
        zoom_snap=0.5,
        max_bounds=True,
        min_lat=42.2,
        max_lat=44.6,
        min_lon=3.0,
        max_lon=7.6,
    )
    # folium hands its own min_zoom and max_zoom to tile layers only, and there is none here.
    built.options |= {"minZoom": 8, "maxZoom": 18}
    built.default_js = [("carte", map_script_url())]
    built.default_css = links(STYLES)
    themes = {}
    for theme in vocabulary.themes:
        mark = THEME_MARKS.get(theme.id, OTHER_MARK)
        themes[theme.id] = {"label": theme.label, "colour": mark.colour, "path": mark.path}
    urls = {layer: layer_url(data_version, layer) for layer in LAYERS}
    built.add_child(
        _Start(
            {
                "urls": urls,
                "themes": themes,
                "tiles": TILES,
                "attribution": ATTRIBUTION,
                "near": NEAR_ZOOM,
                "grid": {
                    "title": "Végétation par carreau de 200 m, part du sol connu",
                    "ramp": list(GRID_RAMP),
                    "labels": grid_labels(),
                    "unknown": GRID_UNKNOWN,
                    "missing": "moins d'un quart du carreau connu",
                },
            }
        )
    )
    return built


def paint_group(order: dict[str, Any]) -> folium.FeatureGroup:
    """Wrap a paint order (:mod:`qpverts.viz.maps.paint`) in what streamlit-folium sends at each change."""
    group = folium.FeatureGroup(name="peinture")
    group.add_child(_Order(order))
    return group
