"""Indicators: a value, or the reason why there is none, with its coverage."""

import math

import pytest

from qpverts.domain.figures.indicators import State, evaluate
from qpverts.domain.figures.specs import DEFAULT
from tests.declared import SPECS

GREEN = [spec for spec in SPECS.indicators if spec.missing is State.NOT_COVERED]
NO_FIGURES = dict.fromkeys(("population", "households", "employment_pct", "poverty_pct", "social_dwellings"))
INSEE_IDS = ("population", "menages", "pauvrete", "emploi", "logements_sociaux", "densite", "actions_1000")
by_id = pytest.mark.parametrize("spec", SPECS.indicators, ids=lambda spec: spec.id)


def test_known(district):
    """A published figure is known, as it is."""
    got = evaluate(SPECS.by_id["population"], [district()])
    assert (got.state, got.value, got.low, got.high) == (State.KNOWN, 1000, 1000, 1000)
    assert (got.known, got.total, got.coverage_pct) == (1, 1, None)


@pytest.mark.parametrize("indicator_id", INSEE_IDS)
def test_not_published(district, indicator_id):
    """A figure that INSEE does not publish is said not published, for one district as for a group."""
    silent = district(figures=NO_FIGURES)
    for facts in ([silent], [silent, silent]):
        got = evaluate(SPECS.by_id[indicator_id], facts)
        assert (got.state, got.value, got.low, got.high) == (State.NOT_PUBLISHED, None, None, None)
        assert (got.known, got.total) == (0, len(facts))


def test_partial(district):
    """A group where one figure is missing is summed over the others, and says over how many."""
    got = evaluate(
        SPECS.by_id["population"], [district(), district(figures={"population": None}), district()]
    )
    assert (got.state, got.value, got.known, got.total) == (State.PARTIAL, 2000, 2, 3)


def test_partial_rate_leaves_out_both_terms(district):
    """A district without population leaves the density with its hectares too: 1,000 on 100 ha, not on 200."""
    got = evaluate(SPECS.by_id["densite"], [district(), district(figures={"population": None})])
    assert (got.state, got.value) == (State.PARTIAL, pytest.approx(10))


@pytest.mark.parametrize("spec", GREEN, ids=lambda spec: spec.id)
def test_not_covered_is_not_zero(district, spec):
    """Where the layer has no data the indicator is not covered, and no number is shown."""
    got = evaluate(spec, [district(lists=[("13001", 3, 0)])])
    assert (got.state, got.value, got.coverage_pct) == (State.NOT_COVERED, None, None)


def test_zero_is_not_missing(district, access):
    """A covered district far from any park has a share of 0 %, which is known."""
    got = evaluate(SPECS.by_id["part_300m_05ha"], [district(green=access(), lists=[("13055", 2, 1)])])
    assert (got.state, got.value) == (State.KNOWN, 0)


@pytest.mark.parametrize("indicator_id", ["pauvrete", "emploi"])
def test_not_additive(district, indicator_id):
    """A rate published alone is not computed for a group, and the state says that it cannot be."""
    got = evaluate(SPECS.by_id[indicator_id], [district(), district()])
    assert (got.state, got.value, got.low, got.high) == (State.NOT_ADDITIVE, None, None, None)


@pytest.mark.parametrize(
    ("indicator_id", "field"), [("pauvrete", "poverty_pct"), ("emploi", "employment_pct")]
)
def test_one_rate_does_not_speak_for_a_group(district, indicator_id, field):
    """When one district alone has its rate, that rate is not passed off as that of the group."""
    got = evaluate(SPECS.by_id[indicator_id], [district(), district(figures={field: None})])
    assert (got.state, got.value) == (State.NOT_ADDITIVE, None)


def test_nearest_park_of_one_is_not_that_of_all(district, access):
    """The edge distance of a group is not computed: its luckiest district would give it to all."""
    near, far = district(green=access(edge=(0, 0, 0))), district(green=access(edge=(900, 900, 900)))
    got = evaluate(SPECS.by_id["distance_05ha"], [near, far])
    assert (got.state, got.value) == (State.NOT_ADDITIVE, None)


@pytest.mark.parametrize("indicator_id", ["mediane_05ha", "mediane_1ha"])
def test_no_park_in_reach_of_a_group(district, access, indicator_id):
    """A group without any park large enough is not covered: it is not that a group cannot be measured."""
    nowhere = district(green=access(edge=(math.inf,) * 3, lattice=(math.inf,)))
    assert evaluate(SPECS.by_id[indicator_id], [nowhere, nowhere]).state is State.NOT_COVERED


def test_coverage_counts_a_commune_once(district, access):
    """Three districts of two communes: (1 + 2) drawn of (10 + 2) listed make 25 %, however many districts."""
    marseille = [
        district(code, green=access(), lists=[("13055", 10, 1)]) for code in ("QN00001I", "QN00002I")
    ]
    shared = district("QN00003I", green=access(), lists=[("13055", 10, 1), ("13070", 2, 2)])
    got = evaluate(SPECS.by_id["espaces_300m"], [*marseille, shared])
    assert got.coverage_pct == pytest.approx(25)


def test_coverage_leaves_out_what_is_not_covered(district, access):
    """The coverage is that of the districts measured, not of those left out."""
    covered = district(green=access(), lists=[("13055", 4, 3)])
    left_out = district(lists=[("13001", 100, 0)])
    got = evaluate(SPECS.by_id["espaces_300m"], [covered, left_out])
    assert (got.state, got.coverage_pct) == (State.PARTIAL, pytest.approx(75))


def test_only_green_has_a_coverage(district):
    """The share of listed spaces says nothing of a census figure."""
    assert evaluate(SPECS.by_id["population"], [district(lists=[("13055", 4, 3)])]).coverage_pct is None


def test_uncertain(district, access):
    """Bounds that differ make the indicator uncertain, and come out as an interval."""
    got = evaluate(SPECS.by_id["part_300m_05ha"], [district(green=access(served=(1e5, 2e5, 4e5)))])
    assert (got.low, got.value, got.high) == (10, 20, 40)


def test_least_areas_and_radii_are_not_mixed_up(district, access):
    """Each green indicator reads its own least area and radius."""
    green = access(inside=(1_000,) * 3, near=(9_000,) * 3)
    for rank, area_ha in enumerate((0.1, 0.5, 1.0), start=1):
        green.served_m2[area_ha] = type(green.served_m2[area_ha])(rank * 1e4, rank * 1e4, rank * 1e4)
        green.edge_m[area_ha] = type(green.edge_m[area_ha])(rank, rank, rank)
        green.lattice_m[area_ha].value[:] = 10 * rank
        green.bordered_m[area_ha] = type(green.bordered_m[area_ha])(rank * 40, rank * 40, rank * 40)
    green.spaces[1000] = type(green.spaces[300])(*(frozenset({"p"}),) * 3)
    facts = [district(green=green, areas_ha={"p": 7.0})]
    values = {spec.id: evaluate(spec, facts).value for spec in GREEN}
    assert values == {
        "part_300m_01ha": 1, "part_300m_05ha": 2, "distance_05ha": 2, "distance_1ha": 3, "mediane_05ha": 20,
        "mediane_1ha": 30, "espaces_300m": 0, "surface_300m": 0, "espaces_1km": 1, "surface_1km": 7,
        "bordure_parcs": 2, "parcs_hab": 1, "parcs_hab_300m": 9,
    }  # fmt: skip


def test_empty_territory(atlas):
    """A territory without district is a mistake of the caller, not a zero."""
    for spec in SPECS.indicators:
        with pytest.raises(ValueError, match="au moins un quartier"):
            evaluate(spec, [])


def test_ids_are_unique():
    """Each identifier names one indicator, and the first one is shown by default."""
    assert len(SPECS.by_id) == len(SPECS.indicators)
    assert SPECS.by_id[DEFAULT] is SPECS.indicators[0]
    with pytest.raises(KeyError):
        SPECS.by_id["inconnu"]


@by_id
def test_texts(spec):
    """Every text is there, tidy, and the definition is made of sentences."""
    texts = (spec.label, spec.unit, spec.definition, spec.formula, spec.vintage, spec.family)
    for text in texts:
        assert text, spec.id
        assert text == text.strip()
        assert "  " not in text
        assert " ." not in text
        assert " ," not in text
    assert spec.definition.endswith(".")
    assert spec.definition[0].isupper()
    assert spec.label[0].isupper()
    assert spec.decimals in {0, 1, 2}


@by_id
def test_breaks_ascend(spec):
    """The classes of the map are fixed, in order, and enough to tell districts apart."""
    assert list(spec.breaks) == sorted(set(spec.breaks))
    assert len(spec.breaks) >= 3


@by_id
def test_datasets_are_declared(spec, atlas):
    """Every dataset that an indicator cites is in the catalogue, embedded, and each once."""
    embedded = {dataset.id for dataset in atlas.catalogue.embedded}
    assert spec.datasets
    assert set(spec.datasets) <= embedded
    assert len(set(spec.datasets)) == len(spec.datasets)


@by_id
def test_real_districts_within_bounds(spec, atlas):
    """In every real district the value lies between its bounds, and a share between 0 and 100."""
    states = set()
    for code in atlas.facts:
        got = atlas.indicators[code][spec.id]
        states.add(got.state)
        if got.value is None:
            assert got.state is spec.missing
            assert (got.low, got.high) == (None, None)
            continue
        assert got.state is State.KNOWN
        assert 0 <= got.low <= got.value <= got.high
        assert math.isfinite(got.high)
        assert "%" not in spec.unit or got.high <= 100
    assert State.KNOWN in states


@by_id
def test_real_communes_and_metropole_within_bounds(spec, atlas):
    """The same holds for every commune and for the whole Métropole, whose bounds are those of its parts."""
    for territory in (*atlas.index.all_communes, atlas.index.metropole):
        got = atlas.indicator(spec, territory)
        assert got.total == len(territory.codes)
        if got.value is not None:
            assert 0 <= got.low <= got.value <= got.high
            parts = [atlas.indicators[code][spec.id].value for code in territory.codes]
            known = [part for part in parts if part is not None]
            assert len(known) == got.known
            if "%" in spec.unit or spec.id.startswith(("mediane", "densite")):
                assert min(known) - 1e-9 <= got.value <= max(known) + 1e-9


@pytest.mark.parametrize("indicator_id", ["population", "menages", "surface"])
def test_real_sums(atlas, indicator_id):
    """The Métropole is the sum of its districts."""
    got = atlas.indicator(SPECS.by_id[indicator_id], atlas.index.metropole)
    parts = [atlas.indicators[code][indicator_id].value for code in atlas.facts]
    assert got.value == pytest.approx(sum(parts))
    assert (got.known, got.total) == (66, 66)
