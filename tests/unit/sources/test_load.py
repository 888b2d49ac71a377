"""The atlas: read once for everybody, read again when a file changes, refused whole when a file is wrong."""

import csv
import gc
import shutil
import threading

import pytest

from qpverts.errors import DataError
from qpverts.sources import load as atlases
from qpverts.sources.last_good import LastGood
from tests.builders import AIR_BEL, CANOURGUES, MONAQUE
from tests.declared import SPECS

POPULATION = "3323"  # of Les Canourgues, and of nobody else


def rewrite(path, old, new):
    """Replace text in a file, once."""
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")


def test_current_is_shared_and_follows_the_files(small_copy, tmp_path, monkeypatch):
    """Sessions share one atlas until a file of the configured folder changes; the old one stays as it was."""
    loads = []

    def load(folder, read=atlases.load):
        loads.append(folder)
        return read(folder)

    monkeypatch.setattr(atlases, "load", load)
    monkeypatch.setattr(atlases, "_kept", LastGood())
    monkeypatch.setenv("QPVERTS_DATA", str(small_copy))

    seen = []
    threads = [threading.Thread(target=lambda: seen.append(atlases.current())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = seen[0]
    assert all(one is first for one in seen)
    assert atlases.current() is first
    assert loads == [small_copy]

    old = first.qpvs[AIR_BEL].name
    rewrite(small_copy / "geo" / "qpv_2024.geojson", '"Air Bel"', '"Air Vif"')
    second = atlases.current()
    assert second is atlases.current()
    assert (first.qpvs[AIR_BEL].name, second.qpvs[AIR_BEL].name) == (old, "Air Vif")
    assert second.version != first.version
    assert len(loads) == 2
    assert atlases._kept.good is second, "the atlas of files that are gone must not stay in memory"

    spoilt = tmp_path / "autre"
    shutil.copytree(small_copy, spoilt)
    rewrite(spoilt / "geo" / "insee_qpv.csv", POPULATION, "beaucoup")
    monkeypatch.setenv("QPVERTS_DATA", str(spoilt))
    for _ in range(2):
        with pytest.raises(DataError, match="« beaucoup »"):
            atlases.current()
    assert len(loads) == 3, "a refusal is read once, and told to everyone"
    monkeypatch.setenv("QPVERTS_DATA", str(small_copy))
    assert atlases.current() is second, "a folder that is refused must not evict the one that works"


def test_faults_of_several_files_at_once(small_copy):
    """Types wrong in three files, one of them missing, are reported together."""
    rewrite(small_copy / "geo" / "insee_qpv.csv", POPULATION, "beaucoup")
    rewrite(small_copy / "actions" / "actions.csv", ",inconnu,", ",oublié,")
    (small_copy / "actions" / "inspirations.csv").unlink()
    with pytest.raises(DataError) as caught:
        atlases.load(small_copy)
    assert {(fault.file, fault.line, fault.column) for fault in caught.value.faults} == {
        ("geo/insee_qpv.csv", 3, "population_2020"),
        ("actions/actions.csv", 2, "statut"),
        ("actions/inspirations.csv", None, None),
    }
    assert str(caught.value).count("\n") == 2


@pytest.mark.parametrize(
    ("column", "value", "admitted"),
    [
        ("cout_niveau", "4", "1, 2, 3"),
        ("foncier", "immense", "aucun, petit, grand"),
        ("echelle", "", "immeuble, ilot, quartier, ville"),
        ("en_quartier_populaire", "parfois", "oui, non, inconnu"),
    ],
)
def test_unknown_words_of_an_inspiration(small_copy, column, value, admitted):
    """A word that no page can say is refused at its line and column, with those that are admitted."""
    path = small_copy / "actions" / "inspirations.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, first, *others = csv.reader(file)
    first[header.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, first, *others])
    with pytest.raises(DataError) as caught:
        atlases.load(small_copy)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column) == ("actions/inspirations.csv", 2, column)
    assert fault.message == f"« {value} » n'est pas une valeur admise ({admitted})"


def test_faults_of_several_rules_at_once(small_copy):
    """Rules broken in two files are reported together."""
    rewrite(small_copy / "geo" / "insee_qpv.csv", POPULATION, f"-{POPULATION}")
    rewrite(small_copy / "actions" / "actions.csv", AIR_BEL, "QN00000I")
    with pytest.raises(DataError) as caught:
        atlases.load(small_copy)
    assert {fault.file for fault in caught.value.faults} == {"geo/insee_qpv.csv", "actions/actions.csv"}


def test_version_names_the_bytes_that_were_read(small_copy, monkeypatch):
    """A file that changes while data are read belongs to the next version: layers are kept by version."""
    actions = small_copy / "actions" / "actions.csv"
    measure = atlases.measure

    def meddle(*asked):
        rewrite(actions, "Rénovation collective", "Rénovation commune")
        return measure(*asked)

    monkeypatch.setattr(atlases, "measure", meddle)
    before = atlases.load(small_copy)
    monkeypatch.undo()
    after = atlases.load(small_copy)
    titles = [{one.id: one.title for one in found.actions.values()} for found in (before, after)]
    assert titles[0] != titles[1]
    assert before.version != after.version


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("etiquettes", '"rang"', '"autre"'),
        ("etiquettes", "{", "["),
        ("arrondissements", '"insee_com"', '"autre"'),
        ("terre_voisine", "FeatureCollection", "Rien"),
        ("monde", '"echelle"', '"autre"'),
        ("communes", '"insee_com"', '"autre"'),
    ],
)
def test_backgrounds_are_read_with_the_rest(small_copy, name, old, new):
    """A layer under the maps that lacks what they need is named at once, not by the page that draws it."""
    path = small_copy / "geo" / f"{name}.geojson"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(DataError) as refused:
        atlases.load(small_copy)
    assert {fault.file for fault in refused.value.faults} == {f"geo/{name}.geojson"}


def test_districts_and_their_facts(atlas):
    """Every district has its facts, its indicators and its perimeter, under the same code."""
    assert list(atlas.qpvs) == list(atlas.facts) == list(atlas.indicators) == list(atlas.perimeters.index)
    for code, facts in atlas.facts.items():
        assert facts.code_qp == facts.figures.code_qp == code
        assert facts.area_m2 == pytest.approx(atlas.perimeters.loc[code].area)
        assert list(atlas.indicators[code]) == [spec.id for spec in SPECS.indicators]


def test_actions_of(atlas):
    """The actions of a district are those that name it, in the order of the file."""
    got = atlas.actions_of(AIR_BEL)
    assert [a.id for a in got] == [a.id for a in atlas.actions.values() if AIR_BEL in a.qpv_codes]
    assert got


def test_indicator_of_a_group(atlas):
    """Salon is measured as the sum of Les Canourgues and La Monaque, not as the mean of their rates."""
    salon = atlas.index.resolve("salon")
    assert atlas.indicator(SPECS.by_id["population"], salon).value == 3323 + 1534
    density = atlas.indicator(SPECS.by_id["densite"], salon).value
    area_ha = (atlas.facts[CANOURGUES].area_m2 + atlas.facts[MONAQUE].area_m2) / 1e4
    assert density == pytest.approx((3323 + 1534) / area_ha)
    named = {*atlas.facts[CANOURGUES].action_ids, *atlas.facts[MONAQUE].action_ids}
    assert atlas.indicator(SPECS.by_id["actions"], salon).value == len(named)


def test_not_covered_where_nothing_is_drawn(atlas):
    """A district is covered when one of its communes has a public green space with point and area."""
    drawn = {
        space.commune_code for space in atlas.spaces.values() if space.is_public_green and space.is_drawn
    }
    for code, qpv in atlas.qpvs.items():
        expected = any(commune.code in drawn for commune in qpv.communes)
        assert (atlas.facts[code].green is not None) == expected
    assert atlas.facts[CANOURGUES].green is None
    assert atlas.facts[AIR_BEL].green is not None


def test_green_lists_count_what_is_known(atlas):
    """A commune's list says how many public green spaces are named, and how many have point and area."""
    (marseille,) = atlas.facts[AIR_BEL].green_lists
    public = [s for s in atlas.spaces.values() if s.is_public_green and s.commune_code == "13055"]
    assert marseille.listed == len(public)
    assert marseille.drawn == sum(s.is_located and s.area_ha is not None for s in public)
    assert marseille.drawn < sum(s.is_located for s in public) < marseille.listed


def test_only_exact_actions_are_near(atlas):
    """An action known to its district only is never placed at a distance."""
    vague = {action.id for action in atlas.actions.values() if not action.is_exact}
    assert vague
    assert not vague & {near.id for rows in atlas.actions_near.values() for near in rows}


def test_collector_does_not_look_at_what_lasts(small_copy, monkeypatch):
    """Streamlit collects garbage after each run: the atlas, which stays, is not gone through."""
    monkeypatch.setenv("QPVERTS_DATA", str(small_copy))
    for _ in range(2):  # and so for the next version of the data
        atlas = atlases.current()
        looked_at = {id(one) for one in gc.get_objects()}
        assert id(atlas.facts) not in looked_at
        assert id(atlas.indicators[next(iter(atlas.qpvs))]) not in looked_at
        (small_copy / "actions" / "actions.csv").touch()
    gc.unfreeze()
