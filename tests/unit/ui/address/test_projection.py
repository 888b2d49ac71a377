"""Projection: what goes along from page to page."""

from qpverts.ui.address import projection
from tests.builders import AIR_BEL


def test_district_goes_along_and_so_does_the_other_side():
    """From *Quartier* to *Comparer* the district is the first side, the second is kept; and back again."""
    shown = {"q": AIR_BEL, "b": "13103", "mesure": "actions", "projection": "1"}
    compared = projection.onward("comparer", shown)
    assert compared == {"projection": "1", "a": AIR_BEL, "b": "13103"}
    assert projection.onward("quartier", compared) == {"projection": "1", "q": AIR_BEL, "b": "13103"}
    # On the grid, a district alone would be half of a cell.
    assert "q" not in projection.onward("grille", shown)
