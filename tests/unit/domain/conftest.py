"""Made-up districts whose every figure can be worked out by hand."""

import numpy as np
import pytest

from qpverts.domain.figures.facts import (
    MIN_AREAS_HA,
    RADII_M,
    Distances,
    DistrictFacts,
    GreenAccess,
    GreenList,
    Interval,
    SpacesNear,
)
from qpverts.domain.model import Figures


@pytest.fixture
def access():
    """A function that makes the green access of a district, the same for every least area and radius."""

    def make(*, served=(0, 0, 0), edge=(0, 0, 0), lattice=(0,), spread=0, spaces=((), (), ()), **ground):
        middle = np.array(lattice, dtype=float)
        return GreenAccess(
            served_m2=dict.fromkeys(MIN_AREAS_HA, Interval(*served)),
            edge_m=dict.fromkeys(MIN_AREAS_HA, Interval(*edge)),
            lattice_m={
                area: Distances(middle - spread, middle.copy(), middle + spread) for area in MIN_AREAS_HA
            },
            spaces=dict.fromkeys(RADII_M, SpacesNear(*map(frozenset, spaces))),
            bordered_m=dict.fromkeys(MIN_AREAS_HA, Interval(*ground.get("bordered", (0, 0, 0)))),
            inside_m2=Interval(*ground.get("inside", (0, 0, 0))),
            near_m2=Interval(*ground.get("near", (0, 0, 0))),
        )

    return make


@pytest.fixture
def district():
    """A function that makes the facts of a district; lists are (commune, listed, drawn)."""

    def make(
        code="QN01301M", *, area_m2=1e6, figures=None, actions=(), lists=(), green=None, areas_ha=None, **more
    ):
        known = {
            "population": 1000,
            "households": 400,
            "employment_pct": 40.0,
            "poverty_pct": 50.0,
            "social_dwellings": 200,
        } | (figures or {})
        return DistrictFacts(
            code_qp=code,
            area_m2=area_m2,
            boundary_m=4 * area_m2**0.5,
            figures=Figures(code, **known),
            action_ids=frozenset(actions),
            green_lists=tuple(GreenList(*entry) for entry in lists),
            green=green,
            space_areas_ha=areas_ha or {},
            **more,
        )

    return make
