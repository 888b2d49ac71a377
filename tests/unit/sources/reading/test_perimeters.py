"""Layers: a file that is not a layer, or lacks the official fields, is reported before any measure."""

import json

import pytest

from qpverts.errors import DataError
from qpverts.geo.crs import WGS84
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.perimeters import districts, read_layer, read_perimeters

FILE = "geo/qpv_2024.geojson"


@pytest.fixture
def spoil(data_copy):
    """A function that changes the features of the perimeters, and gives what reading them then says."""

    def run(change):
        path = data_copy / FILE
        layer = json.loads(path.read_text("utf-8"))
        change(layer["features"])
        path.write_text(json.dumps(layer), "utf-8")
        with pytest.raises(DataError) as caught:
            read_perimeters(catalogues.load(data_copy))
        assert {fault.file for fault in caught.value.faults} == {FILE}
        return [fault.message for fault in caught.value.faults]

    return run


def test_reads_the_districts(data_dir):
    """The perimeters are read in degrees, by code, and turned into districts in the order of the file."""
    layer = read_perimeters(catalogues.load(data_dir))
    assert layer.crs == WGS84
    qpvs = districts(layer)
    assert [qpv.code for qpv in qpvs] == list(layer.index)
    both = next(qpv for qpv in qpvs if qpv.code == "QN01341I")
    assert [(c.code, c.name) for c in both.communes] == [
        ("13055", "Marseille"),
        ("13070", "La Penne-sur-Huveaune"),
    ]


def test_missing_field(spoil):
    """A field of the official schema that is gone is named."""
    assert spoil(lambda features: [f["properties"].pop("lib_com") for f in features]) == [
        "champs absents du schéma officiel : lib_com"
    ]


@pytest.mark.parametrize("value", [None, "", " "])
def test_empty_field(spoil, value):
    """A district without name is reported by its place in the file, not called « None »."""
    (message,) = spoil(lambda features: features[2]["properties"].update(lib_qp=value))
    assert message == "entité nº 3 : lib_qp est vide ou n'est pas un texte"


def test_endless_field(spoil):
    """A name longer than any district has is refused, with its length and what to do."""
    (message,) = spoil(lambda features: features[2]["properties"].update(lib_qp="a" * 2_000))
    assert message == "entité nº 3 : lib_qp compte 2000 caractères, plus de 254 ; raccourcissez-le"


def test_communes_that_do_not_pair(spoil):
    """Two commune codes for one name are reported as a fault of the file."""
    (message,) = spoil(lambda features: features[0]["properties"].update(insee_com="13054,13055"))
    assert message.startswith("entité nº 1 : insee_com « 13054,13055 » et lib_com « Marignane »")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"pas du JSON", b'{"type":"FeatureCollection","features":[]}']
)
def test_not_a_layer(data_copy, content):
    """A file that holds no feature is refused with a sentence."""
    (data_copy / FILE).write_bytes(content)
    with pytest.raises(DataError, match=r"geo/qpv_2024\.geojson : la couche (ne peut pas être lue|est vide)"):
        read_layer(catalogues.load(data_copy), "qpv_2024")


def test_unknown_projection(data_copy):
    """A coordinate system that does not exist is reported as a fault of the catalogue."""
    path = data_copy / catalogues.PATH
    path.write_text(path.read_text("utf-8").replace("EPSG:4326", "EPSG:abc", 1), "utf-8")
    with pytest.raises(DataError, match=r"geo/catalogue\.toml : jeu « qpv_2024 », crs : « EPSG:abc »"):
        read_layer(catalogues.load(data_copy), "qpv_2024")
