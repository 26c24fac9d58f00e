"""Recent trend: is there more than chance in the newest five annual figures?

After the trend marker of Fingertips (Public health technical guidance, "Trend markers"; R: PHEindicatormethods). Tested
are the five most recent points, never more. Two methods:

  P  for proportions: the chi-squared test for a trend in proportions (Cochran 1954, Armitage 1955) on the counts; the
     direction is that of the unweighted slope of the log odds
  W  for all else: a straight line fitted with weights 1/s², s = (upper - lower)/3.92; chi-squared is b²/var b

A trend is said where chi-squared is above 9.5495 (one degree of freedom, 99.8%) and no single point makes it: the
slope of all five and the five slopes that leave out one point in turn must all go the same way. t is 1 to 5.

It cannot be calculated where figures are not annual, are fewer than five, leave out or repeat a year, lack what the
method needs, are plain counts, or where a count is not smaller than its denominator.

Programs differ here, and this is what is done. A year left out: programs go on, the published text does not, nor do
we. A slope of exactly zero goes no way (as R has it; the C# of Fingertips takes it for a rise). No events at all in
five years is no change (as C#; R stops). An interval of width zero cannot be weighted, so nothing is said. A year
without events has no log odds: no change where chi-squared is small, otherwise nothing is said. The C# of 2020 calls
every significant trend of a proportion a fall, and later C# puts proportions through W; both are not followed.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import log
from typing import NamedTuple

import numpy as np

from indicators.statistics.intervals import Estimate

POINTS = 5
# Formulas are summed over pairs of years, not as differences of large sums.
PAIRS = tuple(combinations(range(POINTS), 2))
PAIRS_WITHOUT = tuple(tuple(pair for pair in PAIRS if out not in pair) for out in range(POINTS))
# The square of 3.0902, the upper 0.1% point of the normal distribution.
CRITICAL = 9.54953570608324
# Twice 1.96, as the publisher has it.
WIDTH_IN_ERRORS = 3.92

INCREASING = "increasing"
DECREASING = "decreasing"
NO_CHANGE = "no significant change"
NOT_CALCULATED = "cannot be calculated"

# Why it cannot be calculated, and why there is no significant change although chi-squared is large.
NOT_ELIGIBLE = "not eligible"
NOT_ANNUAL = "not annual"
TOO_FEW = "too few points"
REPEATED_YEAR = "repeated year"
MISSING_YEAR = "missing year"
MISSING_NUMBER = "missing number"
COUNT_TOO_LARGE = "count not smaller than denominator"
ZERO = "zero"
ONE_POINT = "one point"

PROPORTIONS = frozenset({"proportion", "crude proportion", "indirectly standardised proportion"})
# Of these a count is part of its denominator or far smaller; of ratios and means it need not be.
COUNTED = PROPORTIONS | {"rate", "crude rate", "directly standardised rate", "indirectly standardised rate"}
NEVER = frozenset({"count"})

Number = float | None


class Point(NamedTuple):
    """One year. The limits are 95%, in the unit of the value."""

    year: int
    count: Number = None
    denominator: Number = None
    value: Number = None
    lower: Number = None
    upper: Number = None


class RecentTrend(NamedTuple):
    """The marker, the test's chi-squared (None where there is none), and the reason where one of the above applies."""

    marker: str
    chi_squared: float | None = None
    reason: str = ""


class RecentTrends(NamedTuple):
    """The same for many series: arrays of (series,), of str, of float with NaN for none, and of str."""

    marker: np.ndarray
    chi_squared: np.ndarray
    reason: np.ndarray


def recent(points: Iterable[Point], *, value_type: str, year_range: int = 1) -> RecentTrend:
    """The recent trend of one series; points in any order. `year_range` is the years that one figure covers."""
    if value_type in NEVER:
        return RecentTrend(NOT_CALCULATED, None, NOT_ELIGIBLE)
    if year_range != 1:
        return RecentTrend(NOT_CALCULATED, None, NOT_ANNUAL)
    ordered = sorted(points, key=lambda point: point.year)
    problem = _years_problem([point.year for point in ordered])
    if problem:
        return RecentTrend(NOT_CALCULATED, None, problem)
    _, count, denominator, value, lower, upper = zip(*ordered[-POINTS:], strict=True)
    if value_type in COUNTED and _count_too_large(count, denominator):
        return RecentTrend(NOT_CALCULATED, None, COUNT_TOO_LARGE)
    return _proportions(count, denominator) if value_type in PROPORTIONS else _weighted(value, lower, upper)


def judge(marker: str, *, polarity: str) -> str:
    """ "getting better", "getting worse", or "" where there is no trend or no direction is good ("none", "")."""
    if marker not in (INCREASING, DECREASING) or polarity not in ("high", "low"):
        return ""
    return "getting better" if (marker == INCREASING) == (polarity == "high") else "getting worse"


def since_previous(latest: Estimate, previous: Estimate) -> str:
    """The marker from one period to the next: no change where the 95% intervals overlap or touch (Fingertips)."""
    if not latest.has_interval or not previous.has_interval:
        return NOT_CALCULATED
    if latest.lower <= previous.upper and previous.lower <= latest.upper:
        return NO_CHANGE
    return INCREASING if latest.value > previous.value else DECREASING


def _years_problem(years: Sequence[int]) -> str:
    if len(set(years)) != len(years):
        return REPEATED_YEAR
    if len(years) < POINTS:
        return TOO_FEW
    return "" if years[-1] - years[-POINTS] == POINTS - 1 else MISSING_YEAR


def _count_too_large(counts: Sequence[Number], denominators: Sequence[Number]) -> bool:
    return any(
        count is not None and denominator is not None and count >= denominator
        for count, denominator in zip(counts, denominators, strict=True)
    )


def _proportions(counts: Sequence[Number], denominators: Sequence[Number]) -> RecentTrend:
    if None in counts or None in denominators:
        return RecentTrend(NOT_CALCULATED, None, MISSING_NUMBER)
    c, n = tuple(map(float, counts)), tuple(map(float, denominators))
    if not any(c):
        return RecentTrend(NO_CHANGE, None, ZERO)
    chi_squared = _proportions_chi_squared(c, n)
    if not chi_squared > CRITICAL:
        return RecentTrend(NO_CHANGE, chi_squared)
    if 0.0 in c:
        return RecentTrend(NOT_CALCULATED, chi_squared, ZERO)
    odds = [log(count) - log(denominator - count) for count, denominator in zip(c, n, strict=True)]
    return _directed(chi_squared, _rises(odds, (1.0,) * POINTS))


def _proportions_chi_squared(c: Sequence, n: Sequence):
    """N(N Σct - R Σnt)² / (R(N - R)(N Σnt² - (Σnt)²)), both brackets as sums over pairs of years."""
    total, events = n[0] + n[1] + n[2] + n[3] + n[4], c[0] + c[1] + c[2] + c[3] + c[4]
    difference = spread = 0.0
    for i, j in PAIRS:
        difference = difference + (j - i) * (c[j] * n[i] - c[i] * n[j])
        spread = spread + (j - i) * (j - i) * (n[i] * n[j])
    return total * (difference * difference) / (events * (total - events) * spread)


def _weighted(values: Sequence[Number], lowers: Sequence[Number], uppers: Sequence[Number]) -> RecentTrend:
    if None in values or None in lowers or None in uppers:
        return RecentTrend(NOT_CALCULATED, None, MISSING_NUMBER)
    widths = [upper - lower for lower, upper in zip(lowers, uppers, strict=True)]
    if not min(widths) > 0:
        return RecentTrend(NOT_CALCULATED, None, ZERO)
    weights = [_weight(width) for width in widths]
    rises = _rises(values, weights)
    chi_squared = _weighted_chi_squared(rises[0], weights)
    return _directed(chi_squared, rises) if chi_squared > CRITICAL else RecentTrend(NO_CHANGE, chi_squared)


def _weight(width):
    error = width / WIDTH_IN_ERRORS
    return 1 / (error * error)


def _weighted_chi_squared(rise, w: Sequence):
    """b²/var b = (S0 Sxt - S1 Sx)² / (S0(S0 S2 - S1²)), the second bracket as a sum over pairs of years."""
    spread = 0.0
    for i, j in PAIRS:
        spread = spread + (j - i) * (j - i) * (w[i] * w[j])
    return rise * rise / ((w[0] + w[1] + w[2] + w[3] + w[4]) * spread)


def _rises(x: Sequence, w: Sequence) -> list:
    """Of all points and of all but one in turn S0 Sxt - S1 Sx, which has the sign of the slope; numbers, or columns.

    As Σ w w' (t' - t)(x' - x) over pairs: equal values leave exactly nothing, the mirror image exactly the opposite.
    """
    terms = {(i, j): (j - i) * (w[i] * w[j]) * (x[j] - x[i]) for i, j in PAIRS}
    return [sum(terms[pair] for pair in pairs) for pairs in (PAIRS, *PAIRS_WITHOUT)]


def _directed(chi_squared: float, rises: Sequence[float]) -> RecentTrend:
    if min(rises) > 0:
        return RecentTrend(INCREASING, chi_squared)
    if max(rises) < 0:
        return RecentTrend(DECREASING, chi_squared)
    return RecentTrend(NO_CHANGE, chi_squared, ONE_POINT)


def recent_many(
    *,
    value_type: str,
    count: np.ndarray,
    denominator: np.ndarray,
    value: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
) -> RecentTrends:
    """`recent` for many series of one type. Arrays of (series, 5): five consecutive years, oldest first, NaN missing.

    Agrees with `recent` exactly: the same sums in the same order.
    """
    columns = [np.asarray(array, dtype=float) for array in (count, denominator, value, lower, upper)]
    size = len(columns[0])
    if any(array.shape != (size, POINTS) for array in columns):
        raise ValueError(f"Each array must hold {POINTS} years of each series.")
    found = RecentTrends(
        np.full(size, NOT_CALCULATED, dtype=object), np.full(size, np.nan), np.full(size, "", dtype=object)
    )
    if value_type in NEVER:
        found.reason[:] = NOT_ELIGIBLE
        return found
    count, denominator, value, lower, upper = columns
    large = (count >= denominator).any(axis=1) if value_type in COUNTED else np.zeros(size, dtype=bool)
    found.reason[large] = COUNT_TOO_LARGE
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if value_type in PROPORTIONS:
            _many_proportions(found, ~large, count, denominator)
        else:
            _many_weighted(found, ~large, value, lower, upper)
    return found


def _many_proportions(found: RecentTrends, rows: np.ndarray, count: np.ndarray, denominator: np.ndarray) -> None:
    complete = ~(np.isnan(count) | np.isnan(denominator)).any(axis=1)
    eventless = complete & ~count.any(axis=1)
    _put(found, rows & ~complete, NOT_CALCULATED, MISSING_NUMBER)
    _put(found, rows & eventless, NO_CHANGE, ZERO)
    tested = np.flatnonzero(rows & complete & ~eventless)
    c, n = count[tested], denominator[tested]
    chi_squared = _proportions_chi_squared(c.T, n.T)
    found.chi_squared[tested] = chi_squared
    significant, zero = chi_squared > CRITICAL, (c == 0).any(axis=1)
    _put(found, tested[~significant], NO_CHANGE)
    _put(found, tested[significant & zero], NOT_CALCULATED, ZERO)
    left = significant & ~zero
    odds = _logarithms(c[left]) - _logarithms(n[left] - c[left])
    _put_directed(found, tested[left], _rises(odds.T, np.ones_like(odds).T))


def _logarithms(numbers: np.ndarray) -> np.ndarray:
    """By the same function as for one series: numpy's may differ in the last place."""
    return np.fromiter(map(log, numbers.ravel().tolist()), float, numbers.size).reshape(numbers.shape)


def _many_weighted(
    found: RecentTrends, rows: np.ndarray, value: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> None:
    width = upper - lower
    complete = ~(np.isnan(value) | np.isnan(width)).any(axis=1)
    flat = complete & ~(width > 0).all(axis=1)
    _put(found, rows & ~complete, NOT_CALCULATED, MISSING_NUMBER)
    _put(found, rows & flat, NOT_CALCULATED, ZERO)
    tested = np.flatnonzero(rows & complete & ~flat)
    weights = _weight(width[tested]).T
    rises = _rises(value[tested].T, weights)
    chi_squared = _weighted_chi_squared(rises[0], weights)
    found.chi_squared[tested] = chi_squared
    significant = chi_squared > CRITICAL
    _put(found, tested[~significant], NO_CHANGE)
    _put_directed(found, tested[significant], [rise[significant] for rise in rises])


def _put_directed(found: RecentTrends, rows: np.ndarray, rises: list[np.ndarray]) -> None:
    up, down = np.all([rise > 0 for rise in rises], axis=0), np.all([rise < 0 for rise in rises], axis=0)
    _put(found, rows[up], INCREASING)
    _put(found, rows[down], DECREASING)
    _put(found, rows[~up & ~down], NO_CHANGE, ONE_POINT)


def _put(found: RecentTrends, rows: np.ndarray, marker: str, reason: str = "") -> None:
    found.marker[rows] = marker
    found.reason[rows] = reason
