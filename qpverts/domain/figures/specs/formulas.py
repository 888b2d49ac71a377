"""How each indicator is computed, by id: the measure, what it needs, and what its absence means.

Their words (labels, definitions, classes of the map) are declared with the data, in ``geo/indicateurs.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from qpverts.domain.figures import measures
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.figures.indicators import Formula, State

#: Under this share of known ground a district's vegetation is said to be unknown rather than small, in %.
LEAST_KNOWN_PCT = 25.0


def _always(_: DistrictFacts) -> bool:
    return True


def _has_green(facts: DistrictFacts) -> bool:
    """Tell whether public green spaces are known there."""
    return facts.green is not None


def _has_population(facts: DistrictFacts) -> bool:
    """Tell whether the number of residents is known, and is one to divide by."""
    return bool(facts.figures.population)


def _has_walk(facts: DistrictFacts) -> bool:
    return facts.walk is not None


def _has_vegetation(facts: DistrictFacts) -> bool:
    return facts.vegetation is not None and facts.vegetation.known_pct >= LEAST_KNOWN_PCT


def _has_vegetation_near(facts: DistrictFacts) -> bool:
    return facts.vegetation is not None and facts.vegetation.near_known_pct >= LEAST_KNOWN_PCT


_parks = partial(
    Formula, has_input=_has_green, missing=State.NOT_COVERED, coverage=measures.green_lists_coverage
)
_growing = partial(_parks, more=True)
_nearest = partial(_parks, more=False)
_nearest_alone = partial(_nearest, additive=False)
_walk = partial(
    Formula,
    has_input=_has_walk,
    missing=State.STREETS_UNKNOWN,
    coverage=measures.walk_coverage,
    additive=False,
)
_vegetation = partial(
    Formula,
    has_input=_has_vegetation,
    missing=State.VEGETATION_UNKNOWN,
    coverage=measures.vegetation_coverage,
    more=True,
)
_of_insee = partial(Formula, missing=State.NOT_PUBLISHED)
_rate = partial(_of_insee, additive=False)

#: Access to the public green spaces, in a straight line and on foot.
_PARKS: Mapping[str, Formula] = {
    "part_300m_05ha": _growing(measure=measures.share_served(0.5)),
    "part_300m_01ha": _growing(measure=measures.share_served(0.1)),
    "distance_05ha": _nearest_alone(measure=measures.edge_distance(0.5)),
    "distance_1ha": _nearest_alone(measure=measures.edge_distance(1.0)),
    "mediane_05ha": _nearest(measure=measures.median_distance(0.5)),
    "mediane_1ha": _nearest(measure=measures.median_distance(1.0)),
    "marche_05ha": _walk(measure=measures.walking_distance, more=False),
    "detour_05ha": _walk(measure=measures.detour),
    "bordure_parcs": _growing(measure=measures.parks_edge_share(0.5)),
    "espaces_300m": _growing(measure=measures.spaces_count(300)),
    "surface_300m": _growing(measure=measures.spaces_area(300)),
    "espaces_1km": _growing(measure=measures.spaces_count(1000)),
    "surface_1km": _growing(measure=measures.spaces_area(1000)),
}
#: The vegetated ground of a district, whoever owns it, and the parks per resident beside it.
_GROUND: Mapping[str, Formula] = {
    "part_vegetalisee": _vegetation(measure=measures.vegetated_share),
    "vegetation_hab": _vegetation(
        measure=measures.vegetated_per_resident,
        has_input=lambda f: _has_vegetation(f) and _has_population(f),
    ),
    "vegetation_hab_300m": _vegetation(
        measure=measures.vegetated_near_per_resident,
        has_input=lambda f: _has_vegetation_near(f) and _has_population(f),
        coverage=measures.near_vegetation_coverage,
        additive=False,
    ),
    "parcs_hab": _growing(
        measure=measures.parks_per_resident, has_input=lambda f: _has_green(f) and _has_population(f)
    ),
    "parcs_hab_300m": _growing(
        measure=measures.parks_near_per_resident,
        has_input=lambda f: _has_green(f) and _has_population(f),
        additive=False,
    ),
    "bordure_verte": _vegetation(measure=measures.green_edge_share),
}
#: Recorded actions, and the figures of INSEE.
_DISTRICT: Mapping[str, Formula] = {
    "actions": _of_insee(measure=measures.actions, has_input=_always),
    "actions_1000": _of_insee(measure=measures.actions_per_1000, has_input=_has_population),
    "population": _of_insee(
        measure=measures.population, has_input=lambda f: f.figures.population is not None
    ),
    "menages": _of_insee(measure=measures.households, has_input=lambda f: f.figures.households is not None),
    "pauvrete": _rate(measure=measures.poverty, has_input=lambda f: f.figures.poverty_pct is not None),
    "emploi": _rate(measure=measures.employment, has_input=lambda f: f.figures.employment_pct is not None),
    "logements_sociaux": _of_insee(
        measure=measures.social_dwellings, has_input=lambda f: f.figures.social_dwellings is not None
    ),
    "surface": _of_insee(measure=measures.area, has_input=_always),
    "densite": _of_insee(measure=measures.density, has_input=_has_population),
}

FORMULAS: Mapping[str, Formula] = {**_PARKS, **_GROUND, **_DISTRICT}
#: What `build` measures and publishes as a table, with the bounds and coverage of each figure.
NATURE = frozenset({*_PARKS, *_GROUND})
#: What follows from the vegetated ground of a district alone, where nothing is known of residents or parks.
GROUND_ALONE = ("part_vegetalisee", "bordure_verte")
