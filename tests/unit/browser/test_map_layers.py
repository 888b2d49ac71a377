"""The layers of the map have the same names where they are listed, made and drawn."""

import re

from qpverts import browser
from qpverts.viz.maps.base_map import LAYERS
from qpverts.web.map_layers import _MAKERS

SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in browser.files("map") if path.suffix == ".js")


def test_every_layer_listed_is_made():
    """The list that gives a map its addresses, and the makers that answer there, know the same layers."""
    assert set(_MAKERS) == set(LAYERS)
    assert len(LAYERS) == len(set(LAYERS))


def test_every_layer_listed_is_drawn():
    """The scripts ask for each layer of the list, and for no other."""
    asked = re.findall(r"""(?:fetchLayer|background)\("(\w+)""", SCRIPTS)
    assert sorted(asked) == sorted(LAYERS)
