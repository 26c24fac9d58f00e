from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import inequality
from indicators.statistics.intervals import MISSING, Estimate
from tests.indicators.stats.cases import cases

POPULATIONS = [900, 1000, 1100, 1000, 950]
RATES = [12.0, 10.5, 9.0, 8.0, 6.0]
LOWER, UPPER = [value - 1 for value in RATES], [value + 1.2 for value in RATES]
sizes = st.lists(st.integers(1, 10_000), min_size=5, max_size=5)
shares = st.lists(st.floats(0.01, 0.99), min_size=5, max_size=5)
kinds = st.sampled_from(
    [("rate", False), ("rate", True), ("proportion", False), ("proportion", True), ("other", False)]
)


@pytest.mark.parametrize("case", cases("slope_index"))
def test_slope_and_relative_index_agree_with_others(case):
    options = {name: case[name] for name in ("value_type", "transform", "multiplier", "confidence")}
    found = inequality.slope_index(
        case["population"], case["value"], lower=case["lower95"], upper=case["upper95"], **options
    )
    wanted = case["expected"]
    for name in ("sii", "rii", "intercept"):
        assert isclose(getattr(found, name), wanted[name], rel_tol=1e-9)
    for name in ("sii", "rii"):
        if wanted[f"{name}_lower"] is not None:
            near = 0.02 * (wanted[f"{name}_upper"] - wanted[f"{name}_lower"])
            for limit in (f"{name}_lower", f"{name}_upper"):
                assert isclose(getattr(found, limit), wanted[limit], abs_tol=near), "both are simulated"


def test_a_line_through_groups_on_a_line_is_that_line():
    """Fifths of equal size at 10, 8 ... 2: from 11 at the bottom to 1 at the top."""
    found = inequality.slope_index([100] * 5, [10, 8, 6, 4, 2], value_type="other")
    assert (found.intercept, found.sii, found.rii) == (pytest.approx(11), pytest.approx(-10), pytest.approx(1 / 11))
    assert found.sii_lower is None


@given(sizes, shares, kinds)
def test_groups_in_reverse_turn_the_slope(populations, values, kind):
    value_type, transform = kind
    there, back = (
        inequality.slope_index(*groups, value_type=value_type, transform=transform)
        for groups in ((populations, values), (populations[::-1], values[::-1]))
    )
    assert there.sii == pytest.approx(-back.sii, rel=1e-6, abs=1e-9)


@given(sizes, shares)
def test_equal_groups_have_no_slope(populations, values):
    found = inequality.slope_index(populations, [values[0]] * 5, value_type="rate", transform=True)
    assert found.sii == pytest.approx(0, abs=1e-9)
    assert found.rii == pytest.approx(1)


@pytest.mark.parametrize(("value_type", "divisor"), [("rate", 1), ("proportion", 100), ("other", 1)])
def test_more_confidence_is_a_wider_interval_around_the_index(value_type, divisor):
    groups = [[number / divisor for number in numbers] for numbers in (RATES, LOWER, UPPER)]
    found, wide = (
        inequality.slope_index(
            POPULATIONS, groups[0], value_type=value_type, lower=groups[1], upper=groups[2], confidence=level
        )
        for level in (0.95, 0.998)
    )
    assert wide.sii_lower < found.sii_lower < found.sii < found.sii_upper < wide.sii_upper
    assert wide.rii_lower < found.rii_lower < found.rii < found.rii_upper < wide.rii_upper


def test_the_same_seed_gives_the_same_interval():
    options = {"value_type": "rate", "lower": LOWER, "upper": UPPER, "repetitions": 2000}
    one = inequality.slope_index(POPULATIONS, RATES, **options)
    assert inequality.slope_index(POPULATIONS, RATES, **options) == one
    assert inequality.slope_index(POPULATIONS, RATES, seed=1, **options) != one


def test_a_multiplier_below_zero_turns_the_indices():
    options = {"lower": LOWER, "upper": UPPER, "value_type": "other"}
    found = inequality.slope_index(POPULATIONS, RATES, **options)
    turned = inequality.slope_index(POPULATIONS, RATES, multiplier=-100, **options)
    assert turned.sii == pytest.approx(-100 * found.sii)
    assert (turned.sii_lower, turned.sii_upper) == pytest.approx((-100 * found.sii_upper, -100 * found.sii_lower))
    assert turned.rii == pytest.approx(1 / found.rii)
    assert turned.rii_lower < turned.rii < turned.rii_upper


@pytest.mark.parametrize(
    ("populations", "values", "options", "words"),
    [
        ([1, 2], [1, 2], {"value_type": "other"}, "three groups"),
        ([1, 2, 3], [1, 2], {"value_type": "other"}, "three groups"),
        ([1, 0, 3], [1, 2, 3], {"value_type": "other"}, "three groups"),
        ([1, 2, 3], [0, 2, 3], {"value_type": "rate", "transform": True}, "above 0"),
        ([1, 2, 3], [0.1, 0.2, 1], {"value_type": "proportion", "transform": True}, "below 1"),
        ([1, 2, 3], [1, 2, 3], {"value_type": "rate", "lower": [0, 1, 2], "upper": [2, 3, 4]}, "above 0"),
        ([1, 2, 3], [1, 2, 3], {"value_type": "count"}, "no slope index of this kind"),
        ([1, 2, 3], [1, 2, 3], {"value_type": "other", "transform": True}, "no slope index of this kind"),
    ],
)
def test_groups_that_make_no_slope_are_refused(populations, values, options, words):
    with pytest.raises(ValueError, match=words):
        inequality.slope_index(populations, values, **options)


def test_a_gap_has_the_interval_of_both():
    found = inequality.gap(Estimate(30, 26, 34), Estimate(20, 17, 23))
    assert (found.value, found.lower, found.upper) == (10, 5, 15)


def test_a_ratio_has_its_interval_on_the_logarithmic_scale():
    found = inequality.ratio(Estimate(20, 10, 40), Estimate(10, 10, 10))
    assert (found.value, found.lower, found.upper) == pytest.approx((2, 1, 4))


estimates = st.tuples(st.floats(0.1, 1e4), st.floats(0, 0.9), st.floats(0, 5)).map(
    lambda given: Estimate(given[0], given[0] * (1 - given[1]), given[0] * (1 + given[2]))
)


@given(estimates, estimates)
def test_gap_and_ratio_the_other_way_round(one, other):
    there, back = inequality.gap(one, other), inequality.gap(other, one)
    assert (there.value, there.lower, there.upper) == pytest.approx((-back.value, -back.upper, -back.lower))
    there, back = inequality.ratio(one, other), inequality.ratio(other, one)
    assert (there.value, there.lower, there.upper) == pytest.approx((1 / back.value, 1 / back.upper, 1 / back.lower))
    assert there.lower <= there.value * (1 + 1e-9)
    assert there.value <= there.upper * (1 + 1e-9)


def test_what_is_missing_leaves_the_rest():
    whole, bare = Estimate(20, 15, 25), Estimate(10)
    assert inequality.gap(whole, MISSING) == inequality.ratio(MISSING, whole) == MISSING
    assert inequality.gap(whole, bare) == Estimate(10)
    assert inequality.ratio(whole, bare) == Estimate(2)
    assert inequality.ratio(whole, Estimate(10, 0, 20)) == Estimate(2)
    assert inequality.ratio(whole, Estimate(0, 0, 1)) == MISSING
