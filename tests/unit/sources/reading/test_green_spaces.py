"""Green spaces: those located by OpenStreetMap take their point from its own file, and no other does."""

import pytest

from qpverts.domain.model import PlaceSource
from qpverts.errors import DataError
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.green_spaces import read_green_spaces

SPACES, POINTS = "geo/espaces_verts.csv", "geo/espaces_verts_osm.csv"


@pytest.fixture
def faults(small_copy):
    """A function that replaces text in the file of points, and gives the faults."""

    def run(old, new):
        path = small_copy / POINTS
        content = path.read_text("utf-8")
        assert old in content
        path.write_text(content.replace(old, new), "utf-8")
        with pytest.raises(DataError) as caught:
            read_green_spaces(catalogues.load(small_copy))
        return [(fault.file, fault.line, fault.column, fault.message) for fault in caught.value.faults]

    return run


def test_points_are_joined(data_dir):
    """Each of the 34 spaces located by OpenStreetMap has its point; the file of points keeps its own rows."""
    spaces = read_green_spaces(catalogues.load(data_dir)).rows
    placed = [space for space in spaces if space.place_source is PlaceSource.OPENSTREETMAP]
    assert len(placed) == 34
    assert all(space.is_located for space in placed)
    chanot = next(space for space in spaces if space.id == "marseille-jardin-amable-chanot")
    assert (chanot.lon, chanot.lat) == (5.39353, 43.27075)


def test_a_point_for_nothing_and_a_space_without_point(faults):
    """A point that no space expects, and the space that it leaves without, are both named."""
    found = faults("marseille-jardin-amable-chanot", "marseille-jardin-inconnu")
    assert [(file, column) for file, _, column, _ in found] == [(POINTS, "id"), (SPACES, "id")]
    assert found[0][1] == 2
    assert "« marseille-jardin-inconnu » n'est pas attendu" in found[0][3]
    assert "« marseille-jardin-amable-chanot » n'a pas son point" in found[1][3]


def test_a_bad_point(faults):
    """A point that is not a number is named by line and column."""
    ((file, line, column, message),) = faults("5.39353", "nan")
    assert (file, line, column) == (POINTS, 2, "lon")
    assert "nombre fini" in message
