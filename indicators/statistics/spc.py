"""Statistical process control: the XmR chart of "Making Data Count".

Limits and rules after NHS England, Making Data Count; R: NHSRplotthedots. Per segment:

  mean         of the base points: all of the segment, or its first `fix_after`
  moving range |y - previous y| within the base; its mean, with `screen_outliers` taken once more without the ranges of
               3.267 times that mean or more (the R package does so by default, the Excel tool of NHS England does not)
  limits       mean ∓ 2.66 times the mean moving range, never clipped; near limits at two thirds of it

Special causes, the first that holds for a point:
  1  outside the limits
  2  in a run of 7 or more points that all rise or all fall; at a turn the step to the next point tells which
  3  beyond a near limit, with one more of three points in a row that all lie on the same side of the mean
  4  in a run of 7 or more points on one side of the mean

Where screening leaves no moving range (all are zero), or a segment has one point, there are no limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum
from typing import NamedTuple

LIMIT = 2.66
NEAR_LIMIT = 2 * LIMIT / 3
SCREEN = 3.267
RUN = 7
# Limits of fewer points are trial limits.
ENOUGH_POINTS = 13

ABOVE_LIMITS, BELOW_LIMITS = "above limits", "below limits"
RISING, FALLING = "rising", "falling"
TWO_ABOVE, TWO_BELOW = "two of three above", "two of three below"
RUN_ABOVE, RUN_BELOW = "run above", "run below"
HIGH_SIGNALS = frozenset({ABOVE_LIMITS, RISING, TWO_ABOVE, RUN_ABOVE})

COMMON_CAUSE = "common cause"
PASS, FAIL, INCONSISTENT = "consistent pass", "consistent fail", "inconsistent"


class Limits(NamedTuple):
    """Mean and control limits, in the unit of the values; limits are None where they cannot be had."""

    mean: float
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None


class ChartPoint(NamedTuple):
    """One value with the limits that hold for it. The signal is "" or a rule, the variation what that means."""

    value: float
    mean: float
    lower: float | None
    upper: float | None
    signal: str
    variation: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Points from `start` up to `stop`, not included, that share their limits."""

    start: int
    stop: int
    limits: Limits

    @property
    def has_trial_limits(self) -> bool:
        return self.stop - self.start < ENOUGH_POINTS


@dataclass(frozen=True, slots=True)
class Chart:
    """An XmR chart. Variation is that of the latest point, assurance that of the latest limits against the target.

    Variation: "common cause", "improvement high" or "low", "concern high" or "low", "neutral high" or "low".
    Assurance: "consistent pass", "consistent fail", "inconsistent", or "" without target, direction or limits.
    """

    points: tuple[ChartPoint, ...]
    segments: tuple[Segment, ...]
    variation: str
    assurance: str

    @property
    def has_trial_limits(self) -> bool:
        return self.segments[-1].has_trial_limits


def xmr(
    values: Sequence[float],
    *,
    direction: str,
    target: float | None = None,
    rebase_at: Sequence[int] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
) -> Chart:
    """The chart of a series, oldest first. Direction, which way is good, is "increase", "decrease" or "neutral".

    `rebase_at` are indices where a new segment starts; `fix_after` takes the limits from so many points of a segment.
    ValueError for no values or a missing one, for an index beyond them, or for limits fixed after fewer than 2 points.
    """
    segments = _segments(values, _starts(values, rebase_at), _base_size(fix_after), screen_outliers)
    points = tuple(point for segment in segments for point in _points(values, segment, direction))
    latest = segments[-1].limits
    return Chart(
        points, segments, points[-1].variation, assurance(latest.lower, latest.upper, target, direction=direction)
    )


def _starts(values: Sequence[float], rebase_at: Sequence[int]) -> list[int]:
    if not values:
        raise ValueError("A control chart needs at least one value.")
    if any(value is None for value in values):
        raise ValueError("A control chart cannot leave out a value; chart the values after the gap.")
    if any(not 0 <= index < len(values) for index in rebase_at):
        raise ValueError(f"Limits can start anew at one of {len(values)} points only.")
    return sorted({0, *rebase_at})


def _base_size(fix_after: int | None) -> int | None:
    if fix_after is not None and fix_after < 2:
        raise ValueError("Limits can be fixed after 2 points or more.")
    return fix_after


def _segments(
    values: Sequence[float], starts: list[int], base_size: int | None, screen_outliers: bool
) -> tuple[Segment, ...]:
    return tuple(
        Segment(start, stop, limits(values[start:stop][:base_size], screen_outliers=screen_outliers))
        for start, stop in pairwise([*starts, len(values)])
    )


def limits(base: Sequence[float], *, screen_outliers: bool = True) -> Limits:
    """Mean and limits of the base points."""
    mean = fsum(base) / len(base)
    ranges = [abs(later - earlier) for earlier, later in pairwise(base)]
    if ranges and screen_outliers:
        screen = SCREEN * fsum(ranges) / len(ranges)
        ranges = [moving for moving in ranges if moving < screen]
    if not ranges:
        return Limits(mean, None, None, None, None)
    moving_range = fsum(ranges) / len(ranges)
    far, near = LIMIT * moving_range, NEAR_LIMIT * moving_range
    return Limits(mean, mean - far, mean + far, mean - near, mean + near)


def _points(values: Sequence[float], segment: Segment, direction: str) -> list[ChartPoint]:
    own, held = values[segment.start : segment.stop], segment.limits
    return [
        ChartPoint(value, held.mean, held.lower, held.upper, signal, variation(signal, direction))
        for value, signal in zip(own, signals(own, held), strict=True)
    ]


def variation(signal: str, direction: str) -> str:
    """What a signal means: "common cause", or whether it is good or bad news, and to which side."""
    if not signal:
        return COMMON_CAUSE
    side = "high" if signal in HIGH_SIGNALS else "low"
    if direction == "neutral":
        return f"neutral {side}"
    return f"{'improvement' if (direction == 'increase') == (side == 'high') else 'concern'} {side}"


def assurance(lower: float | None, upper: float | None, target: float | None, *, direction: str) -> str:
    """Whether a target outside the limits will be met ("consistent pass"), missed, or is met by chance.

    "" without a target, limits or a direction that is good.
    """
    if target is None or lower is None or upper is None or direction == "neutral":
        return ""
    if lower <= target <= upper:
        return INCONSISTENT
    return PASS if (target < lower) == (direction == "increase") else FAIL


def signals(values: Sequence[float], held: Limits) -> list[str]:
    """The first rule that holds for each value of one segment, or ""."""
    sides = [(value > held.mean) - (value < held.mean) for value in values]
    rules = (_outside(values, held), _trends(values), _two_of_three(values, sides, held), _shifts(sides))
    return [next(filter(None, found), "") for found in zip(*rules, strict=True)]


def _outside(values: Sequence[float], held: Limits) -> list[str]:
    if held.upper is None:
        return [""] * len(values)
    return [ABOVE_LIMITS if value > held.upper else BELOW_LIMITS if value < held.lower else "" for value in values]


def _trends(values: Sequence[float]) -> list[str]:
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(values)]
    within = [False] * len(values)
    for start, stop in _runs(steps, RUN - 1):
        within[start : stop + 1] = [True] * (stop + 1 - start)
    found = []
    for index, inside in enumerate(within):
        onward = index < len(steps) and within[index + 1]
        step = steps[index if onward else index - 1] if inside else 0
        found.append((FALLING, "", RISING)[step + 1])
    return found


def _shifts(sides: Sequence[int]) -> list[str]:
    found = [""] * len(sides)
    for start, stop in _runs(sides, RUN):
        found[start:stop] = [RUN_ABOVE if sides[start] > 0 else RUN_BELOW] * (stop - start)
    return found


def _runs(signs: Sequence[int], at_least: int) -> list[tuple[int, int]]:
    """Where the same sign, not zero, stands so many times in a row: start and stop."""
    changes = [0, *(i for i in range(1, len(signs)) if signs[i] != signs[i - 1]), len(signs)]
    return [(start, stop) for start, stop in pairwise(changes) if stop - start >= at_least and signs[start]]


def _two_of_three(values: Sequence[float], sides: Sequence[int], held: Limits) -> list[str]:
    found = [""] * len(values)
    if held.upper is None:
        return found
    near = [held.near_upper < value <= held.upper or held.lower <= value < held.near_lower for value in values]
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        if abs(sum(sides[i] for i in window)) == 3 and sum(near[i] for i in window) >= 2:
            for i in window:
                if near[i]:
                    found[i] = TWO_ABOVE if sides[i] > 0 else TWO_BELOW
    return found
