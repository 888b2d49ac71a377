"""Kinds of action: those that rows declare, and what one side has on record that another has not."""

from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.actions.action_kinds import Aspect, declared, kinds, lacking, presences
from qpverts.domain.model import Carrier, Status


class Row:
    """What is looked at in an action."""

    def __init__(self, themes=("habiter",), fields=("vivre_ensemble",), carrier=None, status=Status.UNKNOWN):
        self.themes, self.fields, self.axis = themes, fields, "operationnel"
        self.carrier_kind, self.status = carrier, status


def told(found):
    """Give aspect and parts of what is lacking."""
    return [(one.aspect, one.parts) for one in found]


def test_every_row_is_of_kinds_that_are_declared(atlas):
    """No action of the atlas is of a kind that the list leaves out, but for an unknown or stopped one."""
    order = declared(atlas.vocabulary)
    for action in atlas.actions.values():
        for aspect in Aspect:
            found = set(kinds(action, aspect))
            if aspect is Aspect.STATUS:
                found -= {(Status.UNKNOWN,), (Status.STOPPED,)}
            assert found <= set(order[aspect])


def test_what_one_side_has_and_the_other_has_not(atlas):
    """A theme and a kind of carrier on one side only are told, with the actions that prove it."""
    order = declared(atlas.vocabulary)
    here = Row(themes=("habiter", "circuler"), carrier=Carrier.LANDLORD)
    there = Row(status=Status.DONE)
    found = lacking([[here], [there]], order)
    assert told(found) == [
        (Aspect.THEME, ("circuler",)),
        (Aspect.CARRIER, ("bailleur",)),
        (Aspect.STATUS, ("realise",)),
    ]
    assert found[0].found == ((here,), ())
    assert found[2].found == ((), (there,))


def test_crossing_is_told_only_when_nothing_simpler_is(atlas):
    """Both have the theme and the field, but one never together."""
    order = declared(atlas.vocabulary)
    here = [Row(themes=("habiter",), fields=("vivre_ensemble",)), Row(("circuler",), ("vivre_sainement",))]
    there = [Row(themes=("habiter",), fields=("vivre_sainement",)), Row(("circuler",), ("vivre_ensemble",))]
    assert {aspect for aspect, _ in told(lacking([here, there], order))} == {Aspect.CROSSING}
    assert len(lacking([here, there], order)) == 4


def test_stopped_action_is_nothing_that_one_has(atlas):
    """What was stopped makes no kind present."""
    assert lacking([[Row(status=Status.STOPPED)], []], declared(atlas.vocabulary)) == ()


def test_nothing_on_both_sides_is_nothing_lacking(atlas):
    """Two sides without any record are not said to lack what the other lacks too."""
    assert lacking([[], []], declared(atlas.vocabulary)) == ()


rows = st.lists(
    st.builds(
        Row,
        st.sampled_from([("habiter",), ("circuler", "proteger")]),
        st.sampled_from([("vivre_ensemble",), ("vivre_sainement", "habiter_durable")]),
        st.sampled_from([None, *Carrier]),
        st.sampled_from(Status),
    ),
    max_size=5,
)


def test_lacking_is_fair(atlas):
    """Swapping the sides swaps the proofs and changes nothing else; no side lacks what it lists."""
    order = declared(atlas.vocabulary)

    @given(rows, rows)
    def check(one, other):
        there, back = lacking([one, other], order), lacking([other, one], order)
        assert sorted(told(there)) == sorted(told(back))
        for found in there:
            assert sum(map(bool, found.found)) == 1
        total = sum(len(side) for found in presences([one, other], {Aspect.AXIS: order[Aspect.AXIS]})
                    for side in found.found)  # fmt: skip
        assert total == sum(row.status is not Status.STOPPED for row in (*one, *other))

    check()
