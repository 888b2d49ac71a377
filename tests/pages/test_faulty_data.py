"""Every page, before data that cannot be read: an explanation, no exception, nothing else."""

import pytest

from qpverts.ui.address.navigation import PAGES


def missing_file(data):
    """Take a file away."""
    (data / "geo" / "insee_qpv.csv").unlink()
    return "geo/insee_qpv.csv"


def not_text(data):
    """Put bytes that are no UTF-8 where a table is expected."""
    (data / "actions" / "actions.csv").write_bytes(b"id,titre\n\xff\xfe\x00\x80,x\n")
    return "actions/actions.csv"


def no_catalogue(data):
    """Break the catalogue itself."""
    (data / "geo" / "catalogue.toml").write_text("[[dataset]\nid = ", encoding="utf-8")
    return "geo/catalogue.toml"


def folder_for_file(data):
    """Put a folder where a file is expected: what reading an unreadable place gives."""
    path = data / "geo" / "qpv_2024.geojson"
    path.unlink()
    path.mkdir()
    return "geo/qpv_2024.geojson"


def empty_file(data):
    """Empty a file."""
    (data / "actions" / "themes.toml").write_bytes(b"")
    return "actions/themes.toml"


def hostile_measures(data):
    """Publish an endless figure, and one in a district that is markup."""
    path = data / "geo" / "indicateurs_nature.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[1] = "<img src=x onerror=alert(1)>,vegetation_m2,1,0,inf,m²,jeu,2023,80"
    path.write_text("\n".join(lines), encoding="utf-8")
    return "geo/indicateurs_nature.csv, ligne 2, colonne « haut »"


def hostile_cells(data):
    """Publish a cell that is markup."""
    path = data / "geo" / "maille_vegetation.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[3] = "<script>alert(1)</script>,40000,0,0,0"
    path.write_text("\n".join(lines), encoding="utf-8")
    return "geo/maille_vegetation.csv, ligne 4, colonne « maille »"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.sampled(3)
def test_every_page_explains_data_it_cannot_read(screen, monkeypatch, data_copy, name):
    """File, rule and command are named; no title, no figure, no map."""
    monkeypatch.setenv("QPVERTS_DATA", str(data_copy))
    named = missing_file(data_copy)
    screen.open(name)
    explained(screen, named)


@pytest.mark.parametrize(
    "spoil", [not_text, no_catalogue, folder_for_file, empty_file, hostile_measures, hostile_cells]
)
@pytest.mark.sampled(2)
def test_every_way_of_being_unreadable_is_explained(screen, monkeypatch, data_copy, spoil):
    """Whatever is wrong with a file, the page names that file."""
    monkeypatch.setenv("QPVERTS_DATA", str(data_copy))
    named = spoil(data_copy)
    screen.open("carte")
    explained(screen, named)


def test_folder_that_does_not_exist_is_explained(screen, monkeypatch, tmp_path):
    """A wrong QPVERTS_DATA is a fault of the files like any other."""
    monkeypatch.setenv("QPVERTS_DATA", str(tmp_path / "nowhere"))
    screen.open("accueil")
    explained(screen, "catalogue.toml")


def explained(screen, named):
    """Check that the fault is explained, and nothing else shown."""
    assert not screen.app.exception
    assert screen.app.error[0].value.startswith("Les données ne peuvent pas être lues")
    assert named in screen.text.replace("\\", "")
    assert "règle :" in screen.text
    assert [code.value for code in screen.app.code] == ["python -m qpverts check"]
    assert screen.titles == []
    assert screen.maps == []


def test_corrected_files_are_read_at_the_next_run(screen, monkeypatch, data_copy, data_dir):
    """Putting the file right is enough: the same session shows the map."""
    monkeypatch.setenv("QPVERTS_DATA", str(data_copy))
    named = missing_file(data_copy)
    screen.open("carte")
    explained(screen, named)
    (data_copy / named).write_bytes((data_dir / named).read_bytes())
    screen.app.run()
    assert screen.is_sound()
    assert screen.titles == ["Carte des quartiers"]
