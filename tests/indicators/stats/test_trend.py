from math import isclose

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.statistics import trend
from indicators.statistics.intervals import Estimate
from tests.indicators.stats.cases import cases

YEARS = range(2019, 2024)
OPPOSITE = {trend.INCREASING: trend.DECREASING, trend.DECREASING: trend.INCREASING}


def shares(*numerators: int | None, of: int = 5000) -> list[trend.Point]:
    return [trend.Point(year, count, of) for year, count in zip(YEARS, numerators, strict=True)]


def rates(*values: float | None, half: float = 1.0) -> list[trend.Point]:
    return [
        trend.Point(year, value=value, lower=None if value is None else value - half, upper=(value or 0) + half)
        for year, value in zip(YEARS, values, strict=True)
    ]


def proportion(points):
    return trend.recent(points, value_type="proportion")


def weighted(points):
    return trend.recent(points, value_type="rate")


@pytest.mark.parametrize("case", cases("trend"))
def test_the_recent_trend_agrees_with_others(case):
    points = [trend.Point(*numbers) for numbers in case["points"]]
    found = trend.recent(points, value_type=case["value_type"], year_range=case["year_range"])
    assert found.marker == case["marker"]
    own = "proportion" if case["value_type"] == "proportion" else "weighted"
    # A few proportions come from programs that put everything through the weighted method.
    if case["method"] == own and case["chi_squared"] is not None:
        # R divides an interval by 2 · 1.959964, Fingertips and we by 3.92.
        near = 1e-9 if own == "proportion" else 1e-4
        assert isclose(found.chi_squared, case["chi_squared"], rel_tol=near, abs_tol=case["tolerance"] or 1e-9)


@pytest.mark.parametrize("case", cases("latest_vs_previous"))
def test_the_latest_beside_the_previous_agrees_with_others(case):
    assert trend.since_previous(Estimate(*case["latest"]), Estimate(*case["previous"])) == case["marker"]


def test_intervals_that_touch_are_no_change():
    assert trend.since_previous(Estimate(5, 4, 6), Estimate(7, 6, 8)) == trend.NO_CHANGE
    assert trend.since_previous(Estimate(5, 4, 5.9), Estimate(7, 6, 8)) == trend.DECREASING


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([], trend.TOO_FEW),
        (shares(100, 200, 300, 400, 500)[1:], trend.TOO_FEW),
        (shares(100, 200, None, 400, 500), trend.MISSING_NUMBER),
        ([*shares(100, 200, 300, 400, 500)[:4], trend.Point(2023, 500)], trend.MISSING_NUMBER),
        ([*shares(100, 200, 300, 400, 500)[:4], trend.Point(2024, 500, 5000)], trend.MISSING_YEAR),
        ([*shares(100, 200, 300, 400, 500), trend.Point(2023, 500, 5000)], trend.REPEATED_YEAR),
        (shares(100, 200, 300, 400, 5000), trend.COUNT_TOO_LARGE),
        (shares(0, 200, 300, 400, 500), trend.ZERO),
    ],
)
def test_a_share_that_cannot_be_tested_says_why(points, reason):
    found = proportion(points)
    assert (found.marker, found.reason) == (trend.NOT_CALCULATED, reason)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (rates(1, 2, None, 4, 5), trend.MISSING_NUMBER),
        (rates(1, 2, 3, 4, 5, half=0), trend.ZERO),
        ([*rates(1, 2, 3, 4, 5)[:4], trend.Point(2023, value=5)], trend.MISSING_NUMBER),
        ([point._replace(count=7, denominator=6) for point in rates(1, 2, 3, 4, 5)], trend.COUNT_TOO_LARGE),
    ],
)
def test_a_rate_that_cannot_be_tested_says_why(points, reason):
    found = weighted(points)
    assert (found.marker, found.reason) == (trend.NOT_CALCULATED, reason)


def test_counts_and_figures_of_several_years_are_not_tested():
    points = shares(100, 200, 300, 400, 500)
    assert trend.recent(points, value_type="count").reason == trend.NOT_ELIGIBLE
    assert trend.recent(points, value_type="proportion", year_range=3).reason == trend.NOT_ANNUAL


def test_a_ratio_may_have_more_observed_than_expected():
    points = [point._replace(count=7, denominator=6) for point in rates(1, 4, 7, 10, 13)]
    assert trend.recent(points, value_type="indirectly standardised ratio").marker == trend.INCREASING


def test_a_share_needs_no_interval_and_a_rate_no_counts():
    assert proportion(shares(100, 200, 300, 400, 500)).marker == trend.INCREASING
    assert weighted(rates(13, 10, 7, 4, 1)).marker == trend.DECREASING


def test_five_years_without_an_event_are_no_change():
    found = proportion(shares(0, 0, 0, 0, 0))
    assert (found.marker, found.chi_squared, found.reason) == (trend.NO_CHANGE, None, trend.ZERO)


def test_a_year_without_an_event_is_no_change_where_the_test_finds_none():
    assert proportion(shares(0, 2, 1, 0, 1)).marker == trend.NO_CHANGE


def test_one_point_alone_makes_no_trend():
    found = weighted(rates(10, 10, 10, 10, 30))
    assert found.chi_squared > trend.CRITICAL
    assert (found.marker, found.reason) == (trend.NO_CHANGE, trend.ONE_POINT)


def test_only_the_newest_five_count():
    old = [trend.Point(year, 10 * (year - 2000), 5000) for year in range(2010, 2019)]
    flat = shares(500, 500, 500, 500, 500)
    assert proportion([*old, *flat]) == proportion(flat)


def test_the_test_has_one_threshold():
    """Chi-squared grows with the square of the slope: 9.54 just fails, 9.56 just passes."""
    unit = weighted(rates(1, 2, 3, 4, 5)).chi_squared
    below, above = ((limit / unit) ** 0.5 for limit in (9.5494, 9.5497))
    assert weighted(rates(*(below * t for t in range(5)))).marker == trend.NO_CHANGE
    assert weighted(rates(*(above * t for t in range(5)))).marker == trend.INCREASING


@pytest.mark.parametrize(
    ("marker", "polarity", "judgement"),
    [
        (trend.INCREASING, "high", "getting better"),
        (trend.INCREASING, "low", "getting worse"),
        (trend.DECREASING, "high", "getting worse"),
        (trend.DECREASING, "low", "getting better"),
        (trend.INCREASING, "none", ""),
        (trend.DECREASING, "", ""),
        (trend.NO_CHANGE, "high", ""),
        (trend.NOT_CALCULATED, "low", ""),
    ],
)
def test_a_trend_is_judged_where_a_direction_is_good(marker, polarity, judgement):
    assert trend.judge(marker, polarity=polarity) == judgement


counted = st.lists(
    st.integers(2, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=5, max_size=5
)
valued = st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3)), min_size=5, max_size=5)


def of_counts(numbers) -> list[trend.Point]:
    return [trend.Point(year, *pair) for year, pair in zip(YEARS, numbers, strict=True)]


def of_values(numbers) -> list[trend.Point]:
    return [
        trend.Point(year, value=value, lower=value - below, upper=value + above)
        for year, (value, below, above) in zip(YEARS, numbers, strict=True)
    ]


@given(counted)
def test_the_mirror_image_of_shares_has_the_opposite_trend(numbers):
    assume(all(0 < x < n for x, n in numbers))
    found, mirror = proportion(of_counts(numbers)), proportion(of_counts([(n - x, n) for x, n in numbers]))
    assert mirror.marker == OPPOSITE.get(found.marker, found.marker)
    assert mirror.chi_squared == pytest.approx(found.chi_squared)


@given(valued)
def test_the_mirror_image_of_values_has_the_opposite_trend(numbers):
    found = weighted(of_values(numbers))
    mirror = weighted([p._replace(value=-p.value, lower=-p.upper, upper=-p.lower) for p in of_values(numbers)])
    assert mirror == found._replace(marker=OPPOSITE.get(found.marker, found.marker))


@given(valued)
def test_time_run_backwards_has_the_opposite_trend(numbers):
    found, back = weighted(of_values(numbers)), weighted(of_values(numbers[::-1]))
    assert back.chi_squared == pytest.approx(found.chi_squared, rel=1e-9, abs=1e-12)
    if abs(found.chi_squared - trend.CRITICAL) > 1e-6 and trend.ONE_POINT not in (found.reason, back.reason):
        assert back.marker == OPPOSITE.get(found.marker, found.marker)


@given(valued, st.randoms())
def test_the_order_of_the_points_changes_nothing(numbers, random):
    points = of_values(numbers)
    shuffled = random.sample(points, len(points))
    assert weighted(shuffled) == weighted(points)


def same_as_one_by_one(series: list[list[trend.Point]], value_type: str) -> None:
    table = np.array(
        [[[np.nan if number is None else number for number in point[1:]] for point in points] for points in series],
        dtype=float,
    )
    names = trend.Point._fields[1:]
    many = trend.recent_many(value_type=value_type, **{name: table[:, :, i] for i, name in enumerate(names)})
    for place, points in enumerate(series):
        one = trend.recent(points, value_type=value_type)
        number = many.chi_squared[place]
        assert (many.marker[place], many.reason[place]) == (one.marker, one.reason)
        assert (None if np.isnan(number) else number) == one.chi_squared


holes = st.none() | st.integers(0, 50)


@given(st.lists(counted, min_size=1, max_size=20))
def test_many_shares_are_tested_as_one_by_one(many):
    same_as_one_by_one([of_counts(numbers) for numbers in many], "proportion")


@given(st.lists(st.lists(st.tuples(holes, holes), min_size=5, max_size=5), min_size=1, max_size=20))
def test_many_small_shares_with_holes_are_tested_as_one_by_one(many):
    same_as_one_by_one([of_counts(numbers) for numbers in many], "proportion")


@given(st.lists(valued, min_size=1, max_size=20))
def test_many_rates_are_tested_as_one_by_one(many):
    same_as_one_by_one([of_values(numbers) for numbers in many], "rate")


@given(
    st.lists(
        st.lists(st.builds(trend.Point, st.just(0), holes, holes, holes, holes, holes), min_size=5, max_size=5),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from(["rate", "mean", "count"]),
)
def test_many_values_with_holes_are_tested_as_one_by_one(many, value_type):
    series = [[point._replace(year=year) for year, point in zip(YEARS, points, strict=True)] for points in many]
    same_as_one_by_one(series, value_type)


def test_series_of_trends_and_without():
    rows = [shares(100, 200, 300, 400, 500), shares(500, 400, 300, 200, 100), shares(1, 1, 1, 1, 1)]
    same_as_one_by_one(rows, "proportion")


def test_other_than_five_years_are_refused():
    four = np.ones((3, 4))
    with pytest.raises(ValueError, match="5 years"):
        trend.recent_many(value_type="rate", count=four, denominator=four, value=four, lower=four, upper=four)
