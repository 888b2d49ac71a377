"""The address of *Inspirations*: choices are read, what means nothing is named, a reason stays whole."""

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.actions.inspiration_filter import Wanted
from qpverts.domain.model import Carrier
from qpverts.domain.transfer.conclusion import LONGEST_REASON, Override, Verdict
from qpverts.ui.address.state import MOST_REFUSED
from qpverts.ui.pages.inspirations.inspiration_state import (
    inspiration_state,
    opinions_of,
    opinions_param,
    replaced,
    without,
)

IDS = ("foncier", "decision", "climat", "portage", "cout", "acteurs", "besoin", "preuve")
REASONS = st.text(min_size=1, max_size=LONGEST_REASON).map(lambda text: " ".join(text.split())).filter(bool)


def test_nothing_asked(atlas):
    """No filter, no sheet, no district, nothing to say."""
    found = inspiration_state({}, atlas)
    assert (found.wanted, found.sheet, found.code, found.opinions, found.notices) == (
        Wanted(),
        None,
        None,
        (),
        (),
    )


def test_every_choice_is_read(atlas):
    """Each parameter lands in its place."""
    found = inspiration_state(
        {"theme": "habiter", "champ": "vivre_ensemble", "cout": "3", "terrain": "petit",
         "porteur": "bailleur", "echelle": "ilot", "populaire": "oui", "pays": "France", "resultats": "1",
         "limites": "1", "id": "vrac-lyon", "q": "air bel", "avis": "portage:a_lever:La régie a fermé."},
        atlas,
    )  # fmt: skip
    assert found.notices == ()
    assert found.wanted == Wanted(
        "habiter",
        "vivre_ensemble",
        "3",
        "petit",
        Carrier.LANDLORD,
        "ilot",
        "oui",
        "France",
        results=True,
        limits=True,
    )
    assert (found.sheet, found.code) == ("vrac-lyon", "QN01338I")
    assert found.opinions == (Override("portage", Verdict.OBSTACLE, "La régie a fermé."),)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"id": "nulle-part"}, "« nulle-part » n'est pas une inspiration recensée"),
        ({"theme": "rêver"}, "n'est pas une thématique"),
        ({"cout": "4"}, "n'est pas un niveau de coût"),
        ({"porteur": "maire"}, "n'est pas un genre de porteur"),
        ({"pays": "<b>"}, "n'est pas un pays"),
        ({"resultats": "oui"}, "n'est pas un choix possible (1 pour montrer celles qui ont des résultats)"),
        ({"limites": "oui"}, "(1 pour montrer celles dont les limites sont dites)"),
        ({"q": "atlantide"}, "ne s'appelle « atlantide »"),
        ({"q": "salon"}, "compte plusieurs quartiers"),
        ({"id": "vrac-lyon", "q": "air bel", "avis": "beauté:favorable:Joli"}, "n'est pas un avis"),
        ({"id": "vrac-lyon", "q": "air bel", "avis": "climat:super:Joli"}, "n'est pas un avis"),
        ({"id": "vrac-lyon", "q": "air bel", "avis": "climat:favorable:  "}, "n'est pas un avis"),
    ],
)
def test_what_means_nothing_is_named(atlas, params, said):
    """The page opens all the same, and says what it could not do."""
    found = inspiration_state(params, atlas)
    assert len(found.notices) == 1
    assert said in found.notices[0]
    assert found.opinions == ()


def test_what_means_nothing_many_times_is_named_three_times(atlas):
    """Thousands of wrong opinions in an address do not fill the page; other faults are still named."""
    params = {"id": "vrac-lyon", "q": "air bel", "avis": "x|" * 18_000, "theme": "rêver"}
    notices = inspiration_state(params, atlas).notices
    assert sum("n'est pas un avis" in one for one in notices) == MOST_REFUSED
    assert len(notices) == MOST_REFUSED + 1


def test_opinions_need_a_sheet_and_a_district(atlas):
    """An answer about nothing is not an answer."""
    avis = {"avis": "climat:favorable:Vu en août"}
    for params in ({}, {"id": "vrac-lyon"}, {"q": "air bel"}):
        assert inspiration_state(params | avis, atlas).opinions == ()
    assert inspiration_state({"id": "vrac-lyon", "q": "air bel"} | avis, atlas).opinions


@given(st.dictionaries(st.sampled_from(IDS), st.tuples(st.sampled_from(list(Verdict)), REASONS)))
def test_opinions_survive_the_address(said):
    """Whatever the reasons, colons, bars and percents in them, they come back whole."""
    opinions = tuple(Override(criterion, verdict, reason) for criterion, (verdict, reason) in said.items())
    written = opinions_param(opinions)
    if not opinions:
        assert written is None
        return
    try:
        address = urlencode({"avis": written})
    except UnicodeEncodeError:
        return  # half a character, which no browser sends
    assert opinions_of(parse_qs(address)["avis"][0], IDS) == (opinions, ())


@given(st.text(max_size=600))
def test_any_text_is_read_without_fault(text):
    """What somebody typed never breaks the page, and a reason is never longer than said."""
    opinions, _ = opinions_of(text, IDS)
    assert all(0 < len(one.reason) <= LONGEST_REASON for one in opinions)
    assert len({one.criterion for one in opinions}) == len(opinions) <= len(IDS)


def test_replacing_and_taking_back():
    """One opinion per criterion; taking one back leaves the others."""
    first = Override("climat", Verdict.FAVOURABLE, "Oui")
    other = Override("cout", Verdict.BLOCKING, "Personne ne paie")
    again = Override("climat", Verdict.OBSTACLE, "Non")
    assert replaced((first, other), again) == (other, again)
    assert without((first, other), "climat") == (other,)
