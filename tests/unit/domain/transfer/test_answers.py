"""The tool's answers: from what a sheet says and what is known here, and never from what is not."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.figures.facts import Interval
from qpverts.domain.grading.levels import Evidence, Grade, Level
from qpverts.domain.model import Carrier, Inspiration, Reliability
from qpverts.domain.transfer.answers import RULES, assess, propose
from qpverts.domain.transfer.conclusion import Override, Verdict
from qpverts.domain.transfer.context import Context, bodies_of, by_kind
from qpverts.domain.transfer.method import says
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.transfer import read_transfer
from tests.builders import PRESS, action

METHOD = read_transfer(catalogues.load(Path(__file__).parents[4] / "data"))
F, O, B, U = Verdict.FAVOURABLE, Verdict.OBSTACLE, Verdict.BLOCKING, Verdict.UNKNOWN  # noqa: E741  # their initials
SCIENCE = replace(PRESS, reliability=Reliability.SCIENTIFIC)
BARE = Inspiration(
    id="essai", title="Un essai", city="Dole", country="France", lon=5.0, lat=47.0, start_year=None,
    themes=("consommer",), fields=("vivre_ensemble",), summary="Un essai.",
    in_working_class_district="inconnu", scale="quartier", land="aucun", carrier_kind=Carrier.ASSOCIATION,
    cost="", cost_level=None, delay_months=None, results="", conditions="", limits="", source=PRESS, note="",
)  # fmt: skip
NOTHING = Context(
    code="QN01301M", name="Ici", commune="Commune", vegetated_m2=None, known_pct=0.0, parks_m2=None,
    social_dwellings=None, indicators={}, grades={}, here={}, around={}, relays=(), budgeted=None,
)  # fmt: skip
MEDITERRANEAN = "Sol à préparer. Climat méditerranéen."


def grade(score, label="émergent"):
    """A level, by its score."""
    return Grade(Level(label, label, "?", "", score), Evidence(1, 0, 0, 0, ""))


def rate(value):
    """A published rate, in %."""
    spec = SimpleNamespace(label="Taux de pauvreté", unit="%", decimals=0)
    return SimpleNamespace(spec=spec, value=value)


def answer(criterion, inspiration=BARE, context=NOTHING, **changes):
    """The tool's answer to one criterion; changes are of the inspiration."""
    found = propose(replace(inspiration, **changes), context, METHOD)
    return next(one for one in found if one.criterion == criterion)


def test_nothing_known_says_so():
    """Of a bare sheet in a bare district nothing is answered, each time with a sentence and a source."""
    found = propose(replace(BARE, land="grand"), NOTHING, METHOD)
    assert [one.criterion for one in found] == list(RULES)
    assert {one.verdict for one in found} == {U}
    assert all(one.sentence.endswith(".") and one.source and one.lift for one in found)


def test_favourable_needs_no_lift():
    """What is favourable has nothing to lift."""
    assert answer("foncier").lift == ""


@pytest.mark.parametrize(
    ("land", "vegetated", "parks", "verdict"),
    [
        ("aucun", None, None, F),
        ("petit", None, None, U),
        ("petit", 99, None, U),
        ("petit", 100, None, O),
        ("petit", None, 100, O),
        ("grand", 1999, 1999, U),
        ("grand", 2000, None, O),
        ("grand", 0, 2000, O),
    ],
)
def test_land(land, vegetated, parks, verdict):
    """Ground that is there is never ground that is free and clean: at best, something is to lift."""
    here = replace(
        NOTHING,
        known_pct=80.0,
        vegetated_m2=None if vegetated is None else Interval(vegetated, 9e9, 9e9),
        parks_m2=None if parks is None else Interval(parks, 9e9, 9e9),
    )
    found = answer("foncier", context=here, land=land)
    assert found.verdict is verdict


def test_the_sheet_may_block():
    """What a sheet says cannot be done elsewhere blocks, whatever the district."""
    paris = answer("foncier", limits="Ressource propre au bassin parisien ; baisses annoncées.")
    city = answer("decision", note="Échelle intercommunale : hors de portée d'un QPV seul.")
    assert (paris.verdict, city.verdict) == (B, B)
    assert "bassin parisien" in paris.sentence


LANDLORD, CITY = {Carrier.LANDLORD: ("Logirem",)}, {Carrier.AUTHORITY: ("Ville de Miramas",)}


@pytest.mark.parametrize(
    ("scale", "changes", "verdict", "said"),
    [
        ("immeuble", {}, U, "Aucune action recensée"),
        ("immeuble", {"here": CITY}, U, "Aucune action recensée"),
        ("immeuble", {"here": LANDLORD}, F, "Logirem"),
        ("immeuble", {"around": LANDLORD}, O, "ailleurs dans la commune"),
        ("immeuble", {"social_dwellings": 1126}, O, "logements sociaux"),
        ("immeuble", {"social_dwellings": 0}, B, "aucun logement social"),
        ("quartier", {"social_dwellings": 0}, U, "Aucune action recensée"),
        ("quartier", {"here": CITY}, F, "Ville de Miramas"),
        ("ville", {"here": CITY}, O, "ne décide pas seul"),
        ("ville", {"here": LANDLORD, "social_dwellings": 9}, U, "Aucune action recensée"),
        ("planète", {"here": CITY}, U, "n'est pas connue"),
    ],
)
def test_decision(scale, changes, verdict, said):
    """Who decides depends on the scale; a city is never a district's to decide."""
    found = answer("decision", context=replace(NOTHING, **changes), scale=scale)
    assert found.verdict is verdict
    assert said in found.sentence


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, U),
        ({"conditions": MEDITERRANEAN}, F),
        ({"conditions": "En climat méditerranéen, adapter essences et densité."}, O),
        ({"limits": f"{MEDITERRANEAN} À étudier pour le confort d'été en climat méditerranéen."}, O),
        ({"city": "Barcelone", "country": "Espagne"}, F),
        ({"city": "Malmö", "country": "Suède", "land": "petit"}, O),
        ({"city": "Malmö", "country": "Suède", "themes": ("proteger",)}, O),
        ({"city": "Malmö", "country": "Suède"}, U),
        ({"city": "Medellín", "country": "Colombie", "themes": ("proteger", "circuler")}, O),
    ],
)
def test_climate(changes, verdict):
    """The sheet's own words first, then the city, then the country of what summer touches; else unknown."""
    assert answer("climat", **changes).verdict is verdict


def test_a_climate_known_by_its_place_names_it_inside_the_sentence():
    """The place is before the full stop: nothing is left standing alone after it."""
    said = answer("climat", city="Malmö", country="Suède", land="petit").sentence
    assert said.endswith(" qu'ici (Malmö, Suède).")


SAME = {Carrier.ASSOCIATION: ("Le Talus", "")}


@pytest.mark.parametrize(
    ("kind", "changes", "verdict", "said"),
    [
        (Carrier.ASSOCIATION, {"here": SAME}, F, "Le Talus, un porteur que la source ne nomme pas"),
        (Carrier.ASSOCIATION, {"around": SAME}, O, "ailleurs dans la commune"),
        (Carrier.ASSOCIATION, {"here": LANDLORD}, U, "il peut y en avoir"),
        (Carrier.MIXED, {"here": SAME | LANDLORD}, F, "Logirem"),
        (Carrier.MIXED, {"here": LANDLORD}, O, "un genre"),
        (Carrier.MIXED, {"around": SAME | LANDLORD}, U, "Aucune action recensée"),
    ],
)
def test_carrier(kind, changes, verdict, said):
    """The same kind here is good, in the commune it is to bring, and not recorded is not absent."""
    found = answer("portage", context=replace(NOTHING, **changes), carrier_kind=kind)
    assert found.verdict is verdict
    assert said in found.sentence


def test_cost():
    """A low cost is carried, a higher one is to be, an unknown one is unknown even where a price is told."""
    rich = replace(NOTHING, budgeted=action(title="Un parc", budget_eur=38_000_000))
    assert answer("cout", cost_level=1).verdict is F
    assert answer("cout", cost_level=2).verdict is answer("cout", cost_level=3).verdict is O
    assert answer("cout", cost="30 € la séance").verdict is U
    assert "30 € la séance" in answer("cout", cost="30 € la séance").sentence
    assert "38\u202f000\u202f000 € (Un parc)" in answer("cout", context=rich, cost_level=3).sentence


@pytest.mark.parametrize(
    ("months", "relays", "verdict"),
    [
        (None, ("A", "B"), U),
        (12, (), U),
        (12, ("A",), U),
        (24, ("A", "B"), F),
        (25, ("A", "B"), O),
        (90, (), O),
    ],
)
def test_actors(months, relays, verdict):
    """A long delay is to be told; a short one with relays is only proposed; trust is asked of residents."""
    found = answer("acteurs", context=replace(NOTHING, relays=relays), delay_months=months)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("score", "poverty", "reached", "verdict"),
    [
        (None, None, "oui", U),
        (None, 44, "oui", U),
        (None, 45, "oui", F),
        (None, 45, "non", O),
        (None, 45, "inconnu", O),
        (25, None, "oui", F),
        (0, None, "oui", F),
        (50, None, "oui", U),
        (75, None, "oui", O),
        (75, 60, "oui", F),
    ],
)
def test_need(score, poverty, reached, verdict):
    """A gap or a published figure shows a need; what nobody surveyed shows none; whom it reaches counts."""
    here = replace(NOTHING, grades={"consommer": grade(score)}, indicators={"pauvrete": rate(poverty)})
    assert answer("besoin", context=here, in_working_class_district=reached).verdict is verdict


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, U),
        ({"results": "640 t", "limits": "Long.", "source": SCIENCE}, F),
        ({"results": "640 t (évaluation de l'université)", "limits": "Long."}, F),
        ({"results": "640 t", "limits": "Long."}, O),
        ({"results": "640 t", "source": SCIENCE}, O),
        ({"results": "De la fierté", "limits": "Long.", "source": SCIENCE}, O),
        ({"results": "Attendu : charges -20 %", "limits": "Long.", "source": SCIENCE}, O),
    ],
)
def test_proof(changes, verdict):
    """Figures, an evaluation and limits, all three; an announcement is no result."""
    assert answer("preuve", **changes).verdict is verdict


def test_bodies_of_an_action():
    """The written kind first, then words of the name; a name that nothing gives away is left out."""
    carried = action(
        carrier="Logirem ; Unicil",
        carrier_kind=Carrier.LANDLORD,
        partners=("Ville de Marseille", "Urban Act"),
    )
    assert list(bodies_of(carried, METHOD)) == [
        (Carrier.LANDLORD, "Logirem"),
        (Carrier.LANDLORD, "Unicil"),
        (Carrier.AUTHORITY, "Ville de Marseille"),
    ]
    assert list(bodies_of(action(carrier_kind=Carrier.ASSOCIATION), METHOD)) == [(Carrier.ASSOCIATION, "")]
    assert list(bodies_of(action(carrier="Urban Act"), METHOD)) == []
    assert list(bodies_of(action(), METHOD)) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Régie Service 13", Carrier.ASSOCIATION),
        ("13 Habitat", Carrier.LANDLORD),
        ("habitants d’Air Bel", Carrier.RESIDENTS),
        ("Agence régionale de santé", None),
        ("École Lucie-Aubrac", Carrier.INSTITUTION),
        ("ANRU", None),
    ],
)
def test_kind_of_a_name(name, kind):
    """Names are recognised by the beginning of their words, and not at all otherwise."""
    assert METHOD.kind_of(name) is kind


def test_words_begin_words():
    """A word inside another says nothing."""
    assert says("La régie de Frais Vallon", ("regie",))
    assert not says("Stratégie", ("regie",))


def test_a_decision_is_counted():
    """What a person decided enters the conclusion."""
    said = Override("climat", F, "Les habitants l'ont vu tenir en août.")
    found = assess(BARE, NOTHING, METHOD, [said])
    assert found.answer("climat").verdict is F
    assert found.answer("climat").proposed.verdict is U


KINDS = st.lists(st.sampled_from(list(Carrier)), unique=True, max_size=4)
SHEETS = st.builds(
    lambda **changes: replace(BARE, **changes),
    land=st.sampled_from(["aucun", "petit", "grand"]),
    scale=st.sampled_from(["immeuble", "ilot", "quartier", "ville"]),
    carrier_kind=st.sampled_from(list(Carrier)),
    cost_level=st.sampled_from([None, 1, 2, 3]),
    delay_months=st.sampled_from([None, 5, 24, 90]),
    in_working_class_district=st.sampled_from(["oui", "non", "inconnu"]),
    results=st.sampled_from(["", "640 t", "640 t, évaluation"]),
    limits=st.sampled_from(["", "Long."]),
    conditions=st.sampled_from(["", MEDITERRANEAN]),
)


def bodies(kinds):
    """One body of each kind."""
    return {kind: (f"Un {kind}",) for kind in kinds}


PLACES = st.builds(
    lambda here, around, ground, parks, dwellings, poverty, score, relays: replace(
        NOTHING,
        here=bodies(here),
        around=bodies(around),
        vegetated_m2=ground and Interval(ground, ground, ground),
        parks_m2=parks and Interval(parks, parks, parks),
        social_dwellings=dwellings,
        indicators={"pauvrete": rate(poverty)},
        grades={"consommer": grade(score)},
        relays=tuple(f"Relais {rank}" for rank in range(relays)),
    ),
    KINDS,
    KINDS,
    st.sampled_from([None, 50, 5000]),
    st.sampled_from([None, 50, 5000]),
    st.sampled_from([None, 300]),
    st.sampled_from([None, 30, 60]),
    st.sampled_from([None, 0, 25, 50, 75]),
    st.integers(0, 3),
)
LOSSES = (
    {"here": {}},
    {"around": {}},
    {"here": {}, "around": {}},
    {"vegetated_m2": None},
    {"parks_m2": None},
    {"social_dwellings": None},
    {"social_dwellings": 0},
    {"relays": ()},
    {"indicators": {}},
    {"indicators": {}, "grades": {}},
)
RANK = [F, O, U, B]


@given(SHEETS, PLACES, st.sampled_from(LOSSES))
def test_losing_something_never_makes_an_answer_favourable(sheet, place, loss):
    """With a body, some ground or a figure less, no answer becomes favourable, and none stops blocking."""
    before = propose(sheet, place, METHOD)
    after = propose(sheet, replace(place, **loss), METHOD)
    for first, then in zip(before, after, strict=True):
        assert then.verdict is not F or first.verdict is F
        assert first.verdict is not B or then.verdict is B


@given(SHEETS, PLACES)
def test_answers_are_the_same_every_time(sheet, place):
    """The same sheet and place give the same sentences, whatever the order of the bodies."""
    turned = replace(
        place, here=dict(reversed(place.here.items())), around=dict(reversed(place.around.items()))
    )
    assert propose(sheet, place, METHOD) == propose(sheet, place, METHOD)
    for first, then in zip(propose(sheet, place, METHOD), propose(sheet, turned, METHOD), strict=True):
        assert first.verdict is then.verdict


@given(st.permutations([action(id=name, carrier=name, carrier_kind=Carrier.ASSOCIATION) for name in "abcd"]))
def test_bodies_do_not_depend_on_the_order_of_actions(actions):
    """Names come from A to Z."""
    assert by_kind(actions, METHOD) == {Carrier.ASSOCIATION: ("a", "b", "c", "d")}
