"""How far apart two groups are: the gap and the ratio in every period that has both, and whether the gap has changed.

The gap has a 95% interval where both figures have one (indicators/statistics/inequality.py). It has narrowed or widened
only where the intervals of the first and the newest gap since the last break do not overlap; otherwise nothing is
claimed. Figures of unlike periods are never set against each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.counts import PROPORTION
from indicators.estimates import RATE, Interval, interval
from indicators.figures import Yardstick
from indicators.groups import Dimension, Group
from indicators.periods import Period
from indicators.series import BREAK_FLAG, Point, Series
from indicators.statistics import inequality
from indicators.statistics.inequality import SlopeIndex
from indicators.statistics.intervals import Estimate

NARROWED, WIDENED, UNCLEAR, UNTOLD, SWAPPED = "narrowed", "widened", "unclear", "untold", "swapped"
# A slope through fewer groups says no more than their gap.
LEAST_GROUPS = 5
# Enough for limits that differ by less than is shown.
REPETITIONS = 10_000


@dataclass(frozen=True)
class Gaps:
    """`higher` is the group with the higher newest figure; a gap is its figure less that of `lower`.

    `series` has a point a period, with limits where they can be had; `ratios` are of the same periods.
    """

    higher: Group
    lower: Group
    series: Series
    ratios: Mapping[Period, Estimate]

    @property
    def newest_run(self) -> tuple[Point, ...]:
        """The gaps that follow from one another up to the newest: never across a break or a missing period."""
        return self.series.segments[-1]

    @property
    def verdict(self) -> str:
        """narrowed, widened, unclear (intervals overlap), swapped (another group is higher now), untold or ""."""
        first, newest = self.newest_run[0], self.newest_run[-1]
        if first is newest:
            return ""
        if first.lower is None or newest.lower is None:
            return UNTOLD
        if first.lower <= newest.upper and newest.lower <= first.upper:
            return UNCLEAR
        if first.value < 0:
            return SWAPPED
        return WIDENED if newest.value > first.value else NARROWED


def gaps(dimension: Dimension, stick: Yardstick) -> Gaps | None:
    """None where nothing tells between which two groups, or where no period has a number for both."""
    if dimension.ends is None or stick.is_count:
        return None
    one, other = dimension.ends
    shared = [point.period for point in one.series.points if _have_numbers(point.period, one, other)]
    if not shared:
        return None
    newest = shared[-1]
    if one.series.at(newest).value < other.series.at(newest).value:
        one, other = other, one
    series = replace(one.series, breakdown=dimension.name, points=tuple(_points(one, other, stick)))
    ratios = {
        period: inequality.ratio(estimate(one.series.at(period), stick), estimate(other.series.at(period), stick))
        for period in shared
    }
    return Gaps(one, other, series, ratios)


def _have_numbers(period: Period, *groups: Group) -> bool:
    return all((point := group.series.at(period)) and point.is_number for group in groups)


def _points(one: Group, other: Group, stick: Yardstick) -> list[Point]:
    """A period that only one of them has is none; where one is a marker, so is the gap."""
    pairs = ((point, other.series.at(point.period)) for point in one.series.points)
    return [_point(*pair, stick) for pair in pairs if pair[1]]


def _point(one: Point, other: Point, stick: Yardstick) -> Point:
    flags = BREAK_FLAG if BREAK_FLAG in one.flags + other.flags else ""
    if not (one.is_number and other.is_number):
        return Point(one.period, None, one.marker or other.marker, flags)
    found = inequality.gap(estimate(one, stick), estimate(other, stick))
    return Point(one.period, found.value, "", flags, found.lower, found.upper)


def estimate(point: Point, stick: Yardstick) -> Estimate:
    margin = interval(point, stick)
    return Estimate(point.value, *(margin[:2] if margin else ()))


def slope(dimension: Dimension, period: Period, stick: Yardstick, *, with_limits: bool = False) -> SlopeIndex | None:
    """The slope index in one period, in the unit of the indicator, from the most to the least deprived.

    None without five groups or more in order, all with a number and people in it, or where it cannot be had. No limits
    unless every group has its own.
    """
    points = [group.series.at(period) for group in dimension.groups]
    if not dimension.is_ordered or len(points) < LEAST_GROUPS:
        return None
    if not all(point and point.is_number and point.denominator for point in points):
        return None
    margins = [interval(point, stick) for point in points] if with_limits else [None]
    return (None if None in margins else _slope(points, margins, stick)) or _slope(points, None, stick)


def _slope(points: Sequence[Point], margins: Sequence[Interval] | None, stick: Yardstick) -> SlopeIndex | None:
    """None where a number is not on the scale of its kind, such as a limit of 0 for a rate."""
    kind = stick.value_type if stick.value_type in (RATE, PROPORTION) else "other"
    multiplier = stick.multiplier if kind == PROPORTION else 1
    try:
        return inequality.slope_index(
            [point.denominator for point in points],
            [point.value / multiplier for point in points],
            value_type=kind,
            multiplier=multiplier,
            lower=[margin.lower / multiplier for margin in margins] if margins else None,
            upper=[margin.upper / multiplier for margin in margins] if margins else None,
            repetitions=REPETITIONS,
        )
    except ValueError:
        return None
