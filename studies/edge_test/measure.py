"""Measuring districts and their random places: rows and tests, from content and ground already read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import shapely
from numpy.typing import NDArray

from qpverts.domain.claims import EdgeRow, EdgeTest, Green, Reading, Reference
from qpverts.sources.building.build import Say
from qpverts.sources.district_facts import covered_districts
from qpverts.sources.rules import Content
from studies.edge_test import edges, statistics
from studies.edge_test.edges import Grounds
from studies.edge_test.placements import Room

#: Random places of each district and reference.
PLACES = 199
#: The streets known are those of this commune.
STREETS_COMMUNE = "13055"

Floats = NDArray[np.float64]
#: Low, likely and high of a district, by kind of green.
Own = Mapping[Green, Floats]


def measure(
    content: Content, grounds: Grounds, say: Say, places: int = PLACES
) -> tuple[list[EdgeRow], list[EdgeTest]]:
    """Measure every district and its random places; a row for each district, kind of green and reference.

    A district is tested where its own vegetation is known and ``places`` of its random places are. The same
    places serve both kinds of green, so that all of them stand on ground that is known to be ground.
    """
    perimeters = content.perimeters.geometry.sort_index()
    own = own_figures(content, grounds)
    rows: list[EdgeRow] = []
    tests: list[EdgeTest] = []
    for reference in Reference:
        rooms = rooms_of(content, reference) if _applies(reference, grounds) else {}
        known = [code for code in perimeters.index if code in rooms and Green.VEGETATION in own[code]]
        draw = partial(_drawn, reference=reference, grounds=grounds, count=places)
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # geometry is done in C, out of Python's lock
            found = pool.map(draw, known, perimeters.loc[known], [rooms[code] for code in known])
            drawn = dict(zip(known, found, strict=True))
        tested = {code: shares for code, (shares, _) in drawn.items() if shares}
        for code, figures in own.items():
            shares, tries = drawn.get(code, ({}, 0))
            rows += [_row(code, green, reference, figures, shares.get(green), tries=tries) for green in Green]
        tests += [test for green in Green for test in _tests(green, reference, own, tested)]
        say(f"Lieux au hasard, référence « {reference} » : {len(tested)} quartiers.")
    return rows, tests


def _drawn(
    code: str, shape: shapely.Geometry, room: Room, *, reference: Reference, grounds: Grounds, count: int
) -> tuple[dict[Green, Floats], int]:
    """Measure the random places of a district, none where fewer than ``count`` stand; tell the draws."""
    drawn = edges.random_places(code, shape, reference, room, grounds=grounds, count=count)
    if len(drawn.shapes) < count:
        return {}, drawn.tries
    return {green: edges.edge_shares(drawn.shapes, grounds, green) for green in Green}, drawn.tries


def own_figures(content: Content, grounds: Grounds) -> dict[str, Own]:
    """Measure the districts themselves; no key for a kind of green that is not covered there."""
    perimeters = content.perimeters.geometry.sort_index()
    shapes = perimeters.to_numpy()
    known = edges.shares_pct(shapes, grounds.known) >= edges.LEAST_KNOWN_PCT
    listed = covered_districts(content.qpvs, content.spaces.rows)
    figures = {green: edges.edge_shares(shapes, grounds, green) for green in Green}
    covered = {Green.VEGETATION: known, Green.PARKS: perimeters.index.isin(listed)}
    return {
        str(code): {green: figures[green][rank] for green in Green if covered[green][rank]}
        for rank, code in enumerate(perimeters.index)
    }


def rooms_of(content: Content, reference: Reference) -> dict[str, Room]:
    """Say where each district may be put; no key where no outline is known, or the reference has none."""
    outlines, perimeters = content.outlines.geometry, content.perimeters.geometry
    communes = {
        qpv.code: [commune.code for commune in qpv.communes if commune.code in outlines.index]
        for qpv in content.qpvs
    }
    rooms = {}
    for code, every in communes.items():
        streets_only = reference is Reference.STREETS
        own = [commune for commune in every if not streets_only or commune == STREETS_COMMUNE]
        if not own:
            continue
        land = shapely.union_all(outlines.loc[own].to_numpy())
        centre = land
        if reference is Reference.AROUND:
            beside = [other for other, theirs in communes.items() if set(theirs) & set(own)]
            around = shapely.buffer(perimeters.loc[beside].to_numpy(), edges.AROUND_M)
            centre = shapely.union_all(around)
        rooms[code] = Room(land, centre)
    return rooms


def _applies(reference: Reference, grounds: Grounds) -> bool:
    return reference is not Reference.STREETS or grounds.streets is not None


def _row(
    code: str, green: Green, reference: Reference, own: Own, places: Floats | None, *, tries: int
) -> EdgeRow:
    """Set a district (low, likely, high) beside its places: shape (places, 3)."""
    low, value, high = (float(figure) for figure in own[green]) if green in own else (None, None, None)
    if places is None or value is None:
        nothing = (None,) * 6
        return EdgeRow(code, green, reference, value, low, high, *nothing, places=0, tries=tries)
    likely = places[:, list(Reading).index(Reading.LIKELY)]
    quantiles = statistics.spread(likely)
    rank = statistics.rank_pct(value, likely)
    return EdgeRow(code, green, reference, value, low, high, *quantiles, rank, len(likely), tries)


def _tests(
    green: Green, reference: Reference, own: Mapping[str, Own], tested: Mapping[str, Mapping[Green, Floats]]
) -> list[EdgeTest]:
    """Test the districts together, a reading at a time."""
    codes = [code for code in tested if green in own[code]]
    found = []
    for rank, reading in enumerate(Reading):
        real = np.array([own[code][green][rank] for code in codes])
        places = np.array([tested[code][green][:, rank] for code in codes])
        found.append(statistics.compare_means(real, places, green, reference, reading))
    return found
