"""What many tests make by hand: districts by name, an action, a square of ground, the scale of levels."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from qpverts.domain.grading.levels import NONE, UNKNOWN, Level
from qpverts.domain.model import Action, Citation, Precision, Reliability, Status
from qpverts.geo.crs import LAMBERT_93

AIR_BEL = "QN01338I"  # in Marseille: the most actions
FRAIS_VALLON = "QN01344M"
ESCOURTINES = "QN01341I"  # on two communes, Marseille and La Penne-sur-Huveaune
CANOURGUES, MONAQUE = "QN01327I", "QN01328I"  # neighbours: all the districts of Salon-de-Provence
CAPELETTE = "QN01308I"  # in Marseille: no action

#: The lower left corner of districts made by hand, near Marseille, in metres (EPSG:2154).
CORNER = (900_000, 6_250_000)

PRESS = Citation("Un article", "https://exemple.fr/", "2024", Reliability.PRESS)

#: The levels as the mission declared them, from the lowest to the highest; a test holds the data to them.
SCALE = (
    Level(UNKNOWN, "non renseigné", "?", "Aucune action trouvée."),
    Level(NONE, "aucune action", "○", "Un relevé n'en a pas trouvé.", 0),
    Level("emergent", "émergent", "◔", "Au moins une action.", 25, recorded=1),
    Level("engage", "engagé", "◑", "Au moins une engagée.", 50, recorded=1, active=1),
    Level("installe", "installé", "◕", "Au moins trois.", 75, recorded=3, active=3, carriers=2),
    Level(
        "demonstrateur", "démonstrateur", "●", "Au moins cinq.", 100, recorded=5, active=5, done=2, carriers=3
    ),
)


def action(name="ici", **changes):
    """Make a local action, as bare as can be but for the changes."""
    bare = Action(
        id=name, title="", summary="", themes=("habiter",), fields=(), axis="operationnel", qpv_codes=(),
        commune_code="13055", place="", lon=None, lat=None, precision=Precision.DISTRICT,
        status=Status.RUNNING, start_year=None, end_year=None, carrier="", carrier_kind=None, partners=(),
        area_m2=None, budget_eur=None, source=PRESS, note="",
    )  # fmt: skip
    return replace(bare, **changes)


def square(x, y, width=100, height=100):
    """Draw a rectangle (EPSG:2154) whose lower left corner is given in metres from ``CORNER``."""
    left, bottom = CORNER[0] + x, CORNER[1] + y
    return shapely.box(left, bottom, left + width, bottom + height)


def parcel_layer(*known, crs=LAMBERT_93):
    """Make a layer of ground from outlines and their vegetated m², named p0, p1 and so on."""
    return gpd.GeoDataFrame(
        {
            "id": [f"p{rank}" for rank in range(len(known))],
            "vegetated_m2": np.array([vegetated for _, vegetated in known], dtype=float),
        },
        geometry=gpd.GeoSeries([shape for shape, _ in known], crs=crs),
        crs=crs,
    )


def plain(text):
    """Give a text with ordinary spaces: no-break ones are typography."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
