"""Many people on the dashboard at once: each sees what they asked for, and what they leave is given back."""

import asyncio
import itertools

import pytest

from benchmarks import sessions
from benchmarks.sessions import Crowd, WrongAnswerError
from qpverts.domain.figures.specs.formulas import FORMULAS


def crowd(server, size, *, changes):
    """Bring two crowds, one after the other; a wrong map or memory without end raises."""

    async def bring():
        return [line async for line in sessions.crowds(server, [size], changes=changes, pause_s=0.5)]

    return asyncio.run(bring())


def test_ten_people_each_see_their_own_map(server):
    """Ten sessions change their indicator at the same moments: every map is the one its person asked for."""
    (line,) = crowd(server, 10, changes=1)
    assert line.startswith("| 10 |")


@pytest.mark.thorough
@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", sessions.CROWDS)
def test_a_crowd_sees_its_own_maps(server, size):
    """So do fifty, and two hundred; the sessions of a second crowd take the place of those of the first."""
    (line,) = crowd(server, size, changes=3)
    assert line.startswith(f"| {size} |")


def test_another_map_than_the_one_asked_for_is_refused(server):
    """The measure itself would notice: an indicator that does not exist is painted as the default one."""

    async def ask():
        session = await sessions.enter(server)
        try:
            await sessions.change(session, "n-existe-pas")
        finally:
            await sessions.leave([session])

    with pytest.raises(WrongAnswerError, match="n-existe-pas demandé"):
        asyncio.run(ask())


def test_what_was_sent_is_not_sent_again(server):
    """A session that goes back to an indicator receives less than a new one: the rest is only named."""

    async def ask():
        session = await sessions.enter(server)
        first, second = itertools.islice(FORMULAS, 2)
        opened = await session.ask("carte", {"indicateur": first})
        await sessions.change(session, second)
        back = await sessions.change(session, first)
        await sessions.leave([session])
        return opened.received, back.received

    opened, back = asyncio.run(ask())
    assert back < opened / 2


@pytest.mark.parametrize(("again_mb", "is_fine"), [(300, True), (375, True), (400, False)])
def test_growth_without_return_is_refused(again_mb, is_fine):
    """Fifty sessions of 2 MB may come again; a server that adds them up is said to grow."""
    if is_fine:
        sessions.check_growth(50, 200, 300, again_mb)
        return
    with pytest.raises(WrongAnswerError, match="sans retour"):
        sessions.check_growth(50, 200, 300, again_mb)


def test_figures_are_set_beside_the_budget():
    """The line of a crowd holds its ratios to the budget of one second and eight megabytes."""
    made = Crowd(2, [1.0, 1.0], [0.5, 0.5], [2.0, 2.0], [2048, 2048], processor_ms=40, memory_mb=4)
    line = sessions.row(made, 200, 210, 211)
    assert "0.50 / 0.50 s" in line
    assert line.count(" 0.50 |") == 2
    assert line.count("|") == len(sessions.HEADS) + 1
