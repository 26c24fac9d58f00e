"""Made-up figures are plausible: counts add up, limits are those of the statistics, and a seed says it all."""

from dataclasses import fields

import numpy as np
import pytest

from indicators.statistics import intervals
from outcomes.madeup.definitions import BROKEN_DOWN_BY, KINDS, Definition
from outcomes.madeup.figures import byar_limits, figures, rows, wilson_limits
from outcomes.madeup.places import COUNTY, NATION, footprint, places

ALL = len(places())
# One of every kind, with every way to break down.
DEFINITIONS = [Definition(number) for number in range(len(KINDS) * len(BROKEN_DOWN_BY) // 2)]
CODES = [place.code for place in places()]


def test_the_country_is_like_england_and_no_code_is_like_one_of_its():
    kinds = [place.kind for place in places()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "nation": 1,
        "region": 9,
        "county": 21,
        "district": 164,
        "unitary": 132,
    }
    assert len(footprint()) == 22
    assert set(CODES[:24]) == {NATION, "MADE-UP-R1", *footprint()}
    assert all(code.startswith("MADE-UP-") for code in CODES)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.code)
def test_figures_are_what_the_database_would_take(definition):
    found = figures(definition, areas=ALL, seed=1)
    assert len(found) == rows(definition, areas=ALL)
    numbers = ~np.isnan(found.value)
    assert numbers.mean() > 0.8
    bounded = numbers & ~np.isnan(found.lower)
    assert (found.lower[bounded] <= found.value[bounded]).all()
    assert (found.value[bounded] <= found.upper[bounded]).all()
    assert not (~numbers & ~np.isnan(found.numerator)).any()
    if definition.kind.value_type == "proportion":
        assert found.value[numbers].max() <= 100
        assert (found.numerator[bounded] <= found.denominator[bounded]).all()


def test_some_small_counts_of_groups_are_suppressed_and_none_of_everyone():
    found = [figures(definition, areas=ALL, seed=1) for definition in DEFINITIONS]
    hidden = [np.isnan(one.value) for one in found]
    assert any(one.any() for one in hidden)
    assert not any((one.group[none] == 0).any() for one, none in zip(found, hidden, strict=True))


@pytest.mark.parametrize("definition", DEFINITIONS[:5], ids=lambda one: one.code)
def test_a_fact_has_one_current_figure_and_what_was_superseded_is_older(definition):
    found = figures(definition, areas=ALL, seed=1)
    facts = np.stack([found.area, found.period, found.group], axis=1)
    current, superseded = facts[found.is_current], facts[~found.is_current]
    assert len(np.unique(current, axis=0)) == len(current)
    assert 0 < len(superseded) < 0.1 * len(current)
    assert not found.file[~found.is_current].any()
    again = {tuple(fact) for fact in facts[found.file == 1]}
    assert again == {tuple(fact) for fact in superseded}


def test_groups_add_up_to_everyone_and_districts_to_their_county():
    definition = next(one for one in DEFINITIONS if len(one.breakdowns) == 10 and one.kind.has_counts)
    found = figures(definition, areas=ALL, seed=1)
    chosen = found.is_current & (found.period == 0)
    total = chosen & (found.group == 0)
    everyone = {CODES[area]: many for area, many in zip(found.area[total], found.numerator[total], strict=True)}
    assert everyone[COUNTY] == sum(everyone[code] for code in footprint() if code != COUNTY)
    assert everyone[NATION] == sum(n for code, n in everyone.items() if code.startswith("MADE-UP-R"))
    national = chosen & (found.area == CODES.index(NATION))
    assert found.denominator[national & (found.group > 0)].sum() == found.denominator[national & (found.group == 0)][0]


def test_an_area_has_the_same_figures_however_many_areas_are_wanted():
    few, many = (figures(Definition(1), areas=areas, seed=3) for areas in (24, ALL))
    ours = many.area < 24
    for column in ("is_current", "area", "period", "group", "value", "lower", "upper", "numerator", "denominator"):
        assert np.array_equal(getattr(few, column), getattr(many, column)[ours], equal_nan=True), column
    other = figures(Definition(1), areas=24, seed=4)
    assert not np.array_equal(few.value, other.value, equal_nan=True)


def test_the_first_of_them_are_a_part_of_every_column():
    found = figures(Definition(0), areas=24, seed=1).first(7)
    assert {len(getattr(found, column.name)) for column in fields(found)} == {7}


@pytest.mark.parametrize(("counted", "cohort"), [(0, 40), (1, 40), (17, 40), (40, 40), (812, 1500)])
def test_limits_are_those_of_the_statistics(counted, cohort):
    one, many = np.array([counted]), np.array([cohort])
    wilson = intervals.wilson(counted, cohort, multiplier=1)
    assert [limit[0] for limit in wilson_limits(one, many)] == pytest.approx([wilson.lower, wilson.upper])
    # Below ten the statistics are exact and Byar's is an approximation.
    byar, near = intervals.rate(counted, cohort, multiplier=1), 1e-9 if counted >= intervals.BYAR_FROM else 0.05
    assert [limit[0] for limit in byar_limits(one, many)] == pytest.approx([byar.lower, byar.upper], rel=near, abs=1e-3)
