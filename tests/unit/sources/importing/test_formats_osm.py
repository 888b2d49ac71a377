"""OpenStreetMap's PBF, from an extract written here byte by byte."""

import struct

import pytest
import shapely

from qpverts.errors import DataError
from qpverts.sources.importing.formats import read_vector


def varint(value):
    """An integer as Protocol Buffers write it."""
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        out += bytes([low | (0x80 if value else 0)])
        if not value:
            return out


def field(number, value):
    """A field of a Protocol Buffers message: an integer, or bytes with their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def zigzag(value):
    """A signed integer folded into a positive one."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def blob(kind, content):
    """A block of an OpenStreetMap PBF file."""
    body = field(1, content)
    head = field(1, kind) + field(3, len(body))
    return struct.pack(">I", len(head)) + head + body


@pytest.fixture
def extract(tmp_path):
    """A PBF extract of one square way, tagged as a park with a name."""
    corners = [(5.40, 43.30), (5.41, 43.30), (5.41, 43.31), (5.40, 43.31)]
    strings = b"".join(
        field(1, text) for text in (b"", b"leisure", b"park", b"name", "Parc de l'Été".encode())
    )
    nodes = b"".join(
        field(
            1,
            field(1, zigzag(rank)) + field(8, zigzag(round(lat * 1e7))) + field(9, zigzag(round(lon * 1e7))),
        )
        for rank, (lon, lat) in enumerate(corners, start=1)
    )
    steps = b"".join(varint(zigzag(step)) for step in (1, 1, 1, 1, -3))
    way = field(1, 7) + field(2, b"\x01\x03") + field(3, b"\x02\x04") + field(8, steps)
    block = field(1, strings) + field(2, nodes) + field(2, field(3, way))
    path = tmp_path / "extrait.osm.pbf"
    path.write_bytes(blob(b"OSMHeader", field(4, b"OsmSchema-V0.6")) + blob(b"OSMData", block))
    return path


def test_openstreetmap_pbf(extract):
    """A closed way tagged as a park gives one polygon with its name, known by the number of the way."""
    found = read_vector(extract)
    assert (found.report.driver, found.report.kept) == ("OpenStreetMap PBF", 1)
    assert found.frame["name"].tolist() == ["Parc de l'Été"]
    assert shapely.get_num_coordinates(found.frame.geometry.iloc[0]) == 5
    assert found.frame.geometry.iloc[0].bounds == pytest.approx((5.40, 43.30, 5.41, 43.31))
    assert read_vector(extract, bbox=(0, 0, 1, 1)).report.set_aside[0].code == "7"


def test_openstreetmap_pbf_cut_short(extract):
    """A PBF cut short is refused, whatever the layer."""
    extract.write_bytes(extract.read_bytes()[:-5])
    for layer in (None, "points"):
        with pytest.raises(DataError, match="incomplet"):
            read_vector(extract, layer=layer)
