"""What is made of a source is kept; a bad one is refused, or answered with its last good thing, as asked."""

import logging
import threading

import pytest

from qpverts.errors import DataError, Fault
from qpverts.sources.last_good import LastGood


def bad(message="faux"):
    """Give what makes nothing, each time with the same fault."""

    def make():
        raise DataError([Fault("a.csv", "règle", message)])

    return make


def never():
    """Fail the test: what is kept must not be made again."""
    raise AssertionError


def test_made_once_for_each_sign():
    """The same sign gives the same thing; another one replaces it."""
    kept = LastGood()
    first = kept.newest("dossier", 1, object)
    assert kept.newest("dossier", 1, never) is first
    assert kept.newest("dossier", 2, object) is not first
    assert kept.newest("dossier", 1, object) is not first, "one good thing at the most"


def test_a_refusal_is_found_once_told_to_everyone_and_evicts_nothing():
    """Whoever asks for the newest hears of the faults; the good sign, found again, needs no new reading."""
    kept = LastGood()
    good = kept.newest("dossier", 1, object)
    with pytest.raises(DataError, match="faux"):
        kept.newest("dossier", 2, bad())
    with pytest.raises(DataError, match="faux"):
        kept.newest("dossier", 2, never)
    assert kept.newest("dossier", 1, never) is good


def test_the_last_good_thing_stays_while_its_source_is_bad(caplog):
    """Whoever takes the last good one has it, told once in the journal until the source is good again."""
    kept = LastGood()
    good = kept.newest_or_last("dossier", 1, object)
    with caplog.at_level(logging.ERROR):
        assert kept.newest_or_last("dossier", 2, bad()) is good
        assert kept.newest_or_last("dossier", 2, never) is good
        assert kept.newest_or_last("dossier", 3, bad()) is good
        assert len(caplog.records) == 1, "the same faults are told once"
        assert kept.newest_or_last("dossier", 4, bad("autre")) is good
        assert len(caplog.records) == 2
        better = kept.newest_or_last("dossier", 5, object)
        assert better is not good
        assert kept.newest_or_last("dossier", 6, bad("autre")) is better
        assert len(caplog.records) == 3, "bad again after it was good: told again"


def test_another_source_has_no_last_good_thing_of_this_one():
    """A folder that never was good is refused, whatever was read from another."""
    kept = LastGood()
    good = kept.newest_or_last("dossier", 1, object)
    with pytest.raises(DataError):
        kept.newest_or_last("autre", 1, bad())
    assert kept.last("autre") is None
    assert kept.last("dossier") is kept.good is good


def test_nobody_waits_who_can_have_the_last_good_one():
    """While one thread makes the newest, the others get what there is, and see the newest afterwards."""
    kept = LastGood()
    good = kept.newest("dossier", 1, object)
    began, may_end = threading.Event(), threading.Event()
    newer = object()

    def make():
        began.set()
        assert may_end.wait(10)
        return newer

    maker = threading.Thread(target=kept.newest, args=("dossier", 2, make))
    maker.start()
    assert began.wait(10)
    assert kept.newest_or_last("dossier", 2, never) is good
    may_end.set()
    maker.join()
    assert kept.newest_or_last("dossier", 2, never) is newer


def test_settled_once_for_each_thing_made_or_refused():
    """What must follow a change is done after it, when the older thing is gone."""
    seen = []
    kept = LastGood(lambda: seen.append(kept.good))
    first = kept.newest("dossier", 1, object)
    kept.newest("dossier", 1, never)
    with pytest.raises(DataError):
        kept.newest("dossier", 2, bad())
    second = kept.newest("dossier", 3, object)
    assert seen == [first, first, second]
