from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import intervals
from tests.indicators.stats.cases import cases

counts = st.integers(0, 10**7)
sizes = st.integers(1, 10**7)
levels = st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.998])
SURPLUS = 1e-9


def agrees(found: intervals.Estimate, case: dict) -> bool:
    return all(
        found_ is wanted is None or isclose(found_, wanted, rel_tol=1e-9, abs_tol=1e-12)
        for found_, wanted in ((getattr(found, name), case[name]) for name in ("value", "lower", "upper"))
    )


def contains(estimate: intervals.Estimate) -> bool:
    slack = SURPLUS * abs(estimate.value)
    return estimate.lower - slack <= estimate.value <= estimate.upper + slack


def holds(wide: intervals.Estimate, narrow: intervals.Estimate) -> bool:
    slack = SURPLUS * abs(wide.value)
    return wide.lower <= narrow.lower + slack and narrow.upper <= wide.upper + slack


@pytest.mark.parametrize("case", cases("wilson"))
def test_wilson_agrees_with_others(case):
    found = intervals.wilson(
        case["numerator"], case["denominator"], multiplier=case["multiplier"], confidence=case["confidence"]
    )
    assert agrees(found, case)


@pytest.mark.parametrize("case", cases("rate"))
def test_a_rate_agrees_with_others(case):
    found = intervals.rate(
        case["count"], case["denominator"], multiplier=case["multiplier"], confidence=case["confidence"]
    )
    assert agrees(found, case)


@pytest.mark.parametrize("case", cases("standardised_rate"))
def test_a_directly_standardised_rate_agrees_with_others(case):
    found = intervals.standardised_rate(
        case["count"],
        case["population"],
        case["standard_population"],
        multiplier=case["multiplier"],
        confidence=case["confidence"],
    )
    assert agrees(found, case)


@given(x=counts, more=counts, level=levels)
def test_wilson_holds_the_share_and_stays_between_none_and_all(x, more, level):
    found = intervals.wilson(x, x + more + 1, confidence=level)
    assert contains(found)
    assert 0 <= found.lower <= found.upper <= 100 * (1 + SURPLUS)


@given(x=counts, more=counts)
def test_more_confidence_is_a_wider_interval_of_a_share(x, more):
    wide = intervals.wilson(x, x + more + 1, confidence=0.998)
    assert holds(wide, intervals.wilson(x, x + more + 1))
    assert (wide.lower, wide.upper) != (wide.value, wide.value)


@given(x=counts, more=counts)
def test_the_interval_of_those_who_are_not_is_the_mirror_image(x, more):
    n = x + more + 1
    found, mirror = intervals.wilson(x, n), intervals.wilson(n - x, n)
    assert isclose(found.lower, 100 - mirror.upper, abs_tol=1e-7)


@given(count=counts, size=sizes, level=levels)
def test_a_rate_lies_within_its_interval(count, size, level):
    assert contains(intervals.rate(count, size, confidence=level))


@given(count=counts, size=sizes)
def test_more_confidence_is_a_wider_interval_of_a_rate(count, size):
    assert holds(intervals.rate(count, size, confidence=0.998), intervals.rate(count, size))


def test_byar_takes_over_from_ten_on():
    assert intervals.poisson_limits(9) == intervals.exact_limits(9)
    assert intervals.poisson_limits(10) == intervals.byar_limits(10)
    assert intervals.poisson_limits(10) == pytest.approx(intervals.exact_limits(10), rel=2e-3)


def test_a_byar_limit_below_zero_is_missing():
    lower, upper = intervals.byar_limits(1, confidence=0.998)
    assert lower is None
    assert upper > 1


@pytest.mark.parametrize(("n", "t"), [(2, 12.7062047), (5, 2.7764451), (30, 2.0452296)])
def test_a_mean_has_the_interval_of_the_t_distribution(n, t):
    values = [float(i) for i in range(n)]
    found = intervals.mean(values)
    deviation = (sum((value - found.value) ** 2 for value in values) / (n - 1)) ** 0.5
    assert found.value == (n - 1) / 2
    assert found.upper - found.value == pytest.approx(t * deviation / n**0.5, rel=1e-7)
    assert found.value - found.lower == pytest.approx(found.upper - found.value)


def test_one_value_is_a_mean_without_an_interval_and_none_is_nothing():
    assert intervals.mean([4.0]) == intervals.Estimate(4.0, denominator=1)
    assert intervals.mean([]) == intervals.MISSING
    assert intervals.mean([4.0, None]) == intervals.MISSING


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 10**6), st.integers(1, 10**4)), min_size=1, max_size=20))
def test_a_standardised_rate_lies_within_its_interval_or_is_missing(bands):
    found = intervals.standardised_rate(*zip(*bands, strict=True))
    if sum(count for count, _, _ in bands) < 10:
        assert found == intervals.MISSING
    else:
        assert contains(found)


def test_standardising_to_the_own_population_changes_nothing():
    sizes_, counts_ = [1000, 3000, 2000], [10, 60, 20]
    assert intervals.standardised_rate(counts_, sizes_, sizes_).value == pytest.approx(
        intervals.rate(90, 6000).value, rel=1e-12
    )


def test_a_missing_count_of_a_band_is_none():
    bands = [1000, 3000], [5000, 5500]
    assert intervals.standardised_rate([None, 20], *bands) == intervals.standardised_rate([0, 20], *bands)


def test_as_many_as_expected_is_a_ratio_of_one_and_the_rate_of_the_reference():
    expected = intervals.expected_count([500, 1000], [40, 20], [10_000, 10_000])
    assert expected == pytest.approx(4)
    ratio = intervals.standardised_ratio(4, expected)
    assert (ratio.value, ratio.lower) == (pytest.approx(1), pytest.approx(intervals.exact_limits(4)[0] / 4))
    rate = intervals.indirectly_standardised_rate(8, expected, reference_count=60, reference_population=20_000)
    assert rate.value == pytest.approx(2 * 300)
    assert rate.upper == pytest.approx(intervals.exact_limits(8)[1] / 4 * 300)


@pytest.mark.parametrize("function", [intervals.wilson, intervals.rate, intervals.standardised_ratio])
def test_missing_goes_in_and_comes_out(function):
    assert function(None, 10) == intervals.MISSING
    assert function(10, None) == intervals.MISSING
    assert not intervals.MISSING.has_interval


@pytest.mark.parametrize("numbers", [(-1, 10), (1, 0), (0, 0), (1, -5), (float("nan"), 5), (1, float("inf"))])
@pytest.mark.parametrize("function", [intervals.wilson, intervals.rate])
def test_numbers_that_cannot_be_are_refused(function, numbers):
    with pytest.raises(ValueError, match=r"A (count|denominator) is a number"):
        function(*numbers)


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="The numerator 11 is greater than the denominator 10"):
        intervals.wilson(11, 10)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        intervals.wilson(1, 10, confidence=confidence)


def test_bands_of_unlike_number_and_bands_of_nobody_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        intervals.standardised_rate([1, 2], [10], [10, 10])
    with pytest.raises(ValueError, match="denominator"):
        intervals.standardised_rate([10, 20], [10, 0], [10, 10])
    with pytest.raises(ValueError, match="denominator"):
        intervals.standardised_rate([10, 20], [10, 20], [0, 0])
