"""What is around one point: the cell it stands in, found without asking each cell."""

from qpverts.atlas import surroundings
from qpverts.geo.inspire_grid import cell_at


def test_the_cell_of_a_point_is_looked_up_once(atlas, monkeypatch):
    """A point in Air Bel has its cell; which one is computed once, not for each of thousands."""
    asked = []
    monkeypatch.setattr(surroundings, "cell_at", lambda *place: asked.append(place) or cell_at(*place))
    found = surroundings.around(atlas, 43.287, 5.436)
    assert found.cell
    assert found.cell.id == cell_at(5.436, 43.287)
    assert asked == [(5.436, 43.287)]
