import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import benchmark, intervals
from indicators.statistics.benchmark import Estimate
from tests.indicators.stats.cases import cases

OPPOSITE = {"better": "worse", "best": "worst", "higher": "lower", "highest": "lowest"}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}
AREA = Estimate(20, 18, 22, 17, 23, 400)


@pytest.mark.parametrize("case", cases("comparisons"))
def test_a_comparison_agrees_with_others(case):
    other = None if case["benchmark"] is None else Estimate(**case["benchmark"])
    options = {name: case[name] for name in ("polarity", "unit", "z")}
    assert benchmark.compare(case["method"], Estimate(**case["area"]), other, **options) == case["word"]


@pytest.mark.parametrize("case", cases("targets"))
def test_a_target_agrees_with_others(case):
    options = {name: case[name] for name in ("polarity", "lower", "upper", "use_intervals")}
    assert benchmark.target(Estimate(**case["area"]), **options) == case["word"]


@pytest.mark.parametrize(
    ("value", "single", "two_levels"),
    [
        (16, "better", "best"),
        (17, "better", "better"),
        (18, "similar", "similar"),
        (22, "similar", "similar"),
        (22.5, "worse", "worse"),
        (23.1, "worse", "worst"),
    ],
)
def test_a_benchmark_on_a_limit_is_inside(value, single, two_levels):
    other = Estimate(value)
    assert benchmark.compare("single overlap", AREA, other, polarity="high") == single
    assert benchmark.compare("single overlap two levels", AREA, other, polarity="high") == two_levels


@pytest.mark.parametrize("method", benchmark.METHODS)
@pytest.mark.parametrize("value", [10, 19, 20, 21, 30])
def test_the_opposite_polarity_is_the_opposite_word(method, value):
    other = Estimate(value, value - 1, value + 1)
    high, low = (benchmark.compare(method, AREA, other, polarity=polarity) for polarity in ("high", "low"))
    assert low == OPPOSITE.get(high, high)


@pytest.mark.parametrize("method", benchmark.METHODS)
def test_what_cannot_be_compared_is_not(method):
    number = Estimate(20)
    for area, other, polarity in (
        (None, AREA, "high"),
        (AREA, None, "high"),
        (Estimate(), AREA, "high"),
        (AREA, Estimate(), "high"),
        (AREA, AREA, ""),
        (number, number, "high"),
    ):
        assert benchmark.compare(method, area, other, polarity=polarity) == benchmark.NOT_COMPARED


@pytest.mark.parametrize("method", ["spc proportion", "spc dsr"])
def test_an_area_of_nobody_is_not_compared(method):
    assert benchmark.compare(method, Estimate(20, denominator=0), AREA, polarity="high") == benchmark.NOT_COMPARED


def test_there_is_no_other_method():
    with pytest.raises(ValueError, match="no method of comparison called guess"):
        benchmark.compare("guess", AREA, AREA, polarity="high")


def test_control_limits_close_in_on_the_benchmark():
    lower, upper = benchmark.proportion_limits([10, 100, 1000, 100_000], 0.3)
    assert (np.diff(lower) > 0).all()
    assert (np.diff(upper) < 0).all()
    assert lower[-1] == pytest.approx(0.3, abs=0.01)
    widest, _ = benchmark.proportion_limits([10, 100, 1000, 100_000], 0.3, z=benchmark.Z998)
    assert (widest < lower).all()


def test_control_limits_of_a_rate_are_those_of_its_expected_events():
    lower, upper = benchmark.rate_limits([2000.0, 50_000.0], 100, unit=100_000, z=intervals.normal_quantile(0.95))
    for place, expected in enumerate((2, 50)):
        wanted = intervals.exact_limits(expected)
        size = (2000, 50_000)[place]
        assert lower[place] * size / 100_000 == pytest.approx(wanted[0])
        assert upper[place] * size / 100_000 == pytest.approx(wanted[1])


def test_where_nothing_is_expected_the_lower_control_limit_is_zero():
    lower, upper = benchmark.rate_limits([1000], 0, unit=1000)
    assert lower[0] == 0
    assert upper[0] > 0


shares = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares, st.floats(0.001, 0.999))
def test_an_area_lies_outside_a_funnel_where_its_wilson_interval_leaves_out_the_average(share, baseline):
    x, n = share
    wide, narrow = (intervals.wilson(x, n, multiplier=1, confidence=level) for level in (0.998, 0.95))
    if min(abs(limit - baseline) for one in (wide, narrow) for limit in (one.lower, one.upper)) < 1e-9:
        return
    found = benchmark.funnel(x, n, baseline)
    if wide.lower > baseline or wide.upper < baseline:
        assert found == ("High (0.001)" if x / n > baseline else "Low (0.001)")
    elif narrow.lower > baseline or narrow.upper < baseline:
        assert found == ("High (0.025)" if x / n > baseline else "Low (0.025)")
    else:
        assert found == "Not significant"


@given(shares, st.floats(0.01, 0.99))
def test_the_limits_of_a_funnel_are_the_publishers(share, p):
    """A, B and C as PHEindicatormethods writes them."""
    n, q = share[1], intervals.normal_quantile(0.95) ** 2
    a, b = p * (n / q + 1), 1 / q + 1 / n
    c = p * (n * (p * (n / q + 2) - 1) + q * (p - 1))
    lower, upper = benchmark.funnel_limits(n, p)
    assert lower == pytest.approx(max((a - (a * a - b * c) ** 0.5) / (b * n), 0), abs=1e-9)
    assert upper == pytest.approx(min((a + (a * a - b * c) ** 0.5) / (b * n), 1), abs=1e-9)


@given(shares, st.floats(0.01, 0.99))
def test_a_funnel_of_those_who_are_not_is_its_mirror_image(share, baseline):
    x, n = share
    found, mirror = benchmark.funnel(x, n, baseline), benchmark.funnel(n - x, n, 1 - baseline)
    swapped = found.replace("High", "?").replace("Low", "High").replace("?", "Low")
    limits = [limit for level in (0.95, 0.998) for limit in benchmark.funnel_limits(n, baseline, confidence=level)]
    assert mirror == swapped or min(abs(limit - x / n) for limit in limits) < 1e-9


@pytest.mark.parametrize(
    ("observed", "expected", "found"),
    [
        (0, 1, "Not significant"),
        (0, 4, "Low (0.025)"),
        (0, 10, "Low (0.001)"),
        (20, 20, "Not significant"),
        (20, 12, "High (0.025)"),
        (20, 8, "High (0.001)"),
        (20, 32, "Low (0.025)"),
        (20, 45, "Low (0.001)"),
    ],
)
def test_a_funnel_of_ratios(observed, expected, found):
    assert benchmark.funnel_ratio(observed, expected) == found


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: benchmark.funnel(-1, 10, 0.5), "no share"),
        (lambda: benchmark.funnel(11, 10, 0.5), "no share"),
        (lambda: benchmark.funnel(0, 0, 0.5), "no share"),
        (lambda: benchmark.funnel(1, 10, 50), "between 0 and 1"),
        (lambda: benchmark.proportion_limits([10], -0.1), "between 0 and 1"),
        (lambda: benchmark.funnel_ratio(-1, 5), "no ratio"),
        (lambda: benchmark.funnel_ratio(5, 0), "no ratio"),
        (lambda: benchmark.target(AREA, polarity="high", lower=None, upper=5), "limits of a range"),
        (lambda: benchmark.target(AREA, polarity="high", lower=6, upper=5), "limits of a range"),
    ],
)
def test_numbers_that_cannot_be_are_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize(
    ("polarity", "lower", "upper", "use_intervals", "word"),
    [
        ("high", 20, None, False, "better"),
        ("low", 20, None, False, "better"),
        ("none", 20, None, False, "higher"),
        ("high", 20.1, None, False, "worse"),
        ("high", 18, None, True, "better"),
        ("high", 18.1, None, True, "similar"),
        ("high", 22, None, True, "similar"),
        ("high", 22.1, None, True, "worse"),
        ("low", 22.1, None, True, "better"),
        ("high", 19, 20, False, "better"),
        ("high", 20, 21, False, "similar"),
        ("low", 20.1, 21, False, "better"),
        ("", 20, None, False, "not compared"),
        ("high", None, None, False, "not compared"),
    ],
)
def test_targets(polarity, lower, upper, use_intervals, word):
    assert benchmark.target(AREA, polarity=polarity, lower=lower, upper=upper, use_intervals=use_intervals) == word


def test_a_target_by_interval_needs_the_interval():
    assert benchmark.target(Estimate(20), polarity="high", lower=10, use_intervals=True) == benchmark.NOT_COMPARED
    assert benchmark.target(None, polarity="high", lower=10) == benchmark.NOT_COMPARED
