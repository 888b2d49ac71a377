"""A territory of several districts: sums over sums, whatever the districts, and never a mean of rates."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.declared import SPECS

#: Rates whose two terms are known here: numerator and denominator by district.
TERMS = {
    "densite": lambda f: (f.figures.population, f.area_m2 / 10_000),
    "actions_1000": lambda f: (1000 * len(f.action_ids), f.figures.population),
    "part_vegetalisee": lambda f: (100 * f.vegetation.inside_m2.value, f.area_m2),
    "vegetation_hab": lambda f: (f.vegetation.inside_m2.value, f.figures.population),
}


@pytest.mark.parametrize("indicator", TERMS)
def test_rate_of_any_group_is_a_sum_over_a_sum(atlas, indicator):
    """The rate of a group is that of its pooled terms, lies between those of its districts, in any order."""
    spec = SPECS.by_id[indicator]
    known = [code for code, by_id in atlas.indicators.items() if by_id[indicator].value is not None]
    shared = {action.id for action in atlas.actions.values() if len(action.qpv_codes) > 1}

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from(known), min_size=2, max_size=8, unique=True))
    def check(codes):
        group = atlas.index.of_group(codes)
        found = atlas.indicator(spec, group)
        facts = [atlas.facts[code] for code in codes]
        above, below = map(sum, zip(*map(TERMS[indicator], facts), strict=True))
        twice = indicator == "actions_1000" and any(f.action_ids & shared for f in facts)
        if twice:  # an action of two districts counts once for both: the sum is the most it can be
            assert found.value <= above / below + 1e-9
        else:
            assert math.isclose(found.value, above / below, rel_tol=1e-9)
            rates = [atlas.indicators[code][indicator].value for code in codes]
            assert min(rates) - 1e-9 <= found.value <= max(rates) + 1e-9
        assert atlas.indicator(spec, atlas.index.of_group(codes[::-1])) == found

    check()


def test_salon_is_not_the_mean_of_its_two_districts(atlas):
    """Salon's density is all its residents over all its ground, which the mean of two densities is not."""
    salon = atlas.index.resolve("salon")
    facts = [atlas.facts[code] for code in salon.codes]
    pooled = sum(f.figures.population for f in facts) / sum(f.area_m2 / 10_000 for f in facts)
    mean = sum(atlas.indicators[code]["densite"].value for code in salon.codes) / len(salon.codes)
    found = atlas.indicator(SPECS.by_id["densite"], salon).value
    assert math.isclose(found, pooled)
    assert not math.isclose(found, mean, rel_tol=0.01)
