"""The address of *Agir*: a district or a commune, weights, an annotated selection, and what is refused."""

import pytest

from qpverts.domain.acting.shortlist import MOST, Shortlist
from qpverts.ui.pages.agir.acting_state import acting_state, list_params


def test_everything_is_read_from_the_address(atlas):
    """A district, a theme, weights and an annotated selection come back as they were written."""
    items = list(atlas.inspirations)[:2]
    state = acting_state(
        {
            "q": "QN01338I",
            "theme": "se_nourrir",
            "poids": "3,0,1,2",
            "liste": ",".join(items),
            f"note.{items[1]}": "voir",
        },
        atlas,
    )
    assert (state.code, state.theme, state.notices) == ("QN01338I", "se_nourrir", ())
    assert list(state.weights.values()) == [3, 0, 1, 2]
    assert state.shortlist == Shortlist(tuple(items), {items[1]: "voir"})


def test_a_commune_has_no_district_of_its_own(atlas):
    """A commune sets its districts in order; it is not one of them."""
    state = acting_state({"q": "Salon"}, atlas)
    assert (state.code, state.commune) == (None, "13103")


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"q": "Atlantide"}, "Atlantide"),
        ({"q": "QN01338I,QN01339I"}, "un quartier à la fois"),
        ({"theme": "voler"}, "n'est pas une thématique"),
        ({"poids": "0,0,0,0"}, "n'est pas une suite de 4 poids"),
        ({"poids": "1,2"}, "n'est pas une suite de 4 poids"),
        ({"liste": "rien"}, "n'est pas une idée"),
        ({"commune": "75056"}, "n'est pas une commune"),
    ],
)
def test_what_means_nothing_is_said(atlas, params, said):
    """A wrong address opens the page all the same, and says what it could not do."""
    assert said in " ".join(acting_state(params, atlas).notices)


def test_a_hostile_list_is_bounded(atlas):
    """Thousands of ids keep the first ones; not every refusal is told."""
    state = acting_state({"liste": ",".join([*atlas.inspirations, *map(str, range(3000))])}, atlas)
    assert len(state.shortlist.items) == MOST
    assert len(state.notices) == 3


def test_a_written_list_forgets_old_notes():
    """Notes of what was let go leave the address."""
    kept = Shortlist(("a", "b"), {"b": "voir"})
    assert list_params(kept, {"note.c": "vieux", "q": "QN01338I"}) == {
        "note.c": None,
        "liste": "a,b",
        "note.b": "voir",
    }
    assert list_params(Shortlist(), {"note.a": "x"}) == {"note.a": None, "liste": None}
