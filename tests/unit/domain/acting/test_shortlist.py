"""A shortlist keeps what it is given, in order, and never grows out of an address."""

from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.acting import shortlist
from qpverts.domain.acting.shortlist import LONGEST_NOTE, MOST, Shortlist

KNOWN = tuple(f"idee-{n}" for n in range(20))
lists = st.lists(st.sampled_from(KNOWN), unique=True, max_size=MOST).map(lambda ids: Shortlist(tuple(ids)))


@given(lists, st.dictionaries(st.sampled_from(KNOWN), st.text(max_size=300)))
def test_what_is_written_is_read_again(kept, notes):
    """A shared address gives the same list, in the same order, and notes of what is kept only."""
    found, refused = shortlist.read(shortlist.written(kept), notes, KNOWN)
    assert (found.items, refused) == (kept.items, ())
    assert set(found.notes) <= set(kept.items)
    assert all(0 < len(note) <= LONGEST_NOTE for note in found.notes.values())


@given(lists, st.sampled_from(KNOWN), st.integers(-30, 30))
def test_moving_loses_nothing(kept, item, by):
    """Whatever is moved, the same items stay, and the others keep their order."""
    after = kept.moving(item, by)
    assert sorted(after.items) == sorted(kept.items)
    assert [one for one in after.items if one != item] == [one for one in kept.items if one != item]


def test_moving_up_and_down():
    """One step up or down changes places with the neighbour; beyond the ends it stays there."""
    kept = Shortlist(("a", "b", "c"))
    assert kept.moving("b", -1).items == ("b", "a", "c")
    assert kept.moving("b", 1).items == ("a", "c", "b")
    assert kept.moving("a", -5).items == kept.items
    assert kept.moving("c", 5).items == kept.items


@given(lists, st.sampled_from(KNOWN))
def test_adding_and_removing(kept, item):
    """An item is kept once; removed, it takes its note along."""
    added = kept.adding(item).noting(item, "à voir")
    assert added.items.count(item) == (1 if item in kept.items or not kept.is_full else 0)
    removed = added.removing(item)
    assert item not in removed.items
    assert item not in removed.notes


def test_a_list_is_bounded_and_says_what_it_left():
    """An address with too many ids keeps the first ones and gives back the others, each once."""
    ids = ",".join([*KNOWN, *KNOWN, "inconnue", "<script>"])
    found, refused = shortlist.read(ids, {}, KNOWN)
    assert found.items == KNOWN[:MOST]
    assert {"inconnue", "<script>", KNOWN[-1]} <= set(refused)
    assert KNOWN[0] not in refused


def test_a_note_is_one_line():
    """A note is cut to what fits, its line breaks become spaces, and an empty one goes away."""
    kept = Shortlist(("a",))
    assert kept.noting("a", "  voir\n la   régie ").notes == {"a": "voir la régie"}
    assert len(kept.noting("a", "x" * 999).notes["a"]) == LONGEST_NOTE
    assert kept.noting("a", "x").noting("a", " ").notes == {}
    assert kept.noting("b", "x") is kept
