"""What is wanted of a measure: a path from a baseline through dated targets, and how far a number is from reaching it.

A target is for a period and is dated by its last day. Between targets the path has one of two shapes.

  line   straight from the baseline to the first target and from each target to the next, by months. It is level before
         the first point and after the last, so a target without a baseline is wanted from the beginning
  steps  a target is wanted from the day after the one before it (or after the baseline) until its own day, as a target
         for 2024/25 is wanted in each quarter of that year

A target may be a range. The path then has two edges, which lie on each other where it runs from a single number.

Which way is good is said by the indicator (high or low). Where it does not say, a number should go the way that leads
from the first point of the path to the target; into a range, or to a target where no way is known, from either side.
A range is reached from its worse edge on: what is better than a range has reached it too.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

LINE, STEPS = "line", "steps"
UP, DOWN, TO = "up", "down", "to"
# Sums of floats differ in the last places; nothing published does.
NOISE = 9


class Span(NamedTuple):
    """What is wanted at one moment: a number, which is then both, or anything from lower to upper."""

    lower: float
    upper: float

    @property
    def is_range(self) -> bool:
        return self.upper > self.lower


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """Where a measure shall stand on a day: at a value, or anywhere from it to `upper`.

    The label is the period of the target, empty where only its day is known.
    """

    value: float
    due_on: date
    label: str = ""
    is_demonstration: bool = False
    upper: float | None = None

    @property
    def wanted(self) -> Span:
        return Span(self.value, self.value if self.upper is None else self.upper)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a partnership wants of a measure. Targets in the order of their days; the tolerance in the unit."""

    targets: tuple[TargetPoint, ...] = ()
    baseline_value: float | None = None
    baseline_on: date | None = None
    baseline_label: str = ""
    tolerance: float | None = None
    shape: str = LINE

    @property
    def baseline(self) -> TargetPoint | None:
        if self.baseline_value is None or self.baseline_on is None:
            return None
        return TargetPoint(self.baseline_value, self.baseline_on, self.baseline_label)

    @property
    def path(self) -> tuple[TargetPoint, ...]:
        """From the baseline through the targets after it."""
        if self.baseline is None:
            return self.targets
        return (self.baseline, *(target for target in self.targets if target.due_on > self.baseline_on))

    def target_on(self, day: date) -> TargetPoint:
        """The target that counts on a day: the next that is not yet due, or the last."""
        return next((one for one in self.targets if one.due_on >= day), self.targets[-1])

    def at(self, day: date) -> Span:
        """What is wanted on a day. There must be a path."""
        earlier = [point for point in self.path if point.due_on < day]
        later = [point for point in self.path if point.due_on >= day]
        if not later:
            return earlier[-1].wanted
        if not earlier or self.shape == STEPS or later[0].due_on == day:
            return later[0].wanted
        return _between(earlier[-1], later[0], day)

    def line(self, start: date, end: date) -> list[tuple[date, float, float | None]]:
        """The corners of the path from one day to another: the day, the value, and the upper edge.

        The upper edge is None all along where no target is a range. A path begins with its baseline, if it has one.
        """
        if not self.targets:
            return []
        first = max(start, self.baseline_on) if self.baseline else start
        corners = {first, end, *(point.due_on for point in self.path)}
        if self.shape == STEPS:
            corners |= {point.due_on + timedelta(days=1) for point in self.path}
        has_range = any(target.wanted.is_range for target in self.targets)
        spans = [(day, self.at(day)) for day in sorted(corners) if first <= day <= end]
        return [(day, span.lower, span.upper if has_range else None) for day, span in spans]

    def direction(self, target: TargetPoint, polarity: str) -> str:
        """The way the number should go: up, down, or to the target itself."""
        if polarity != "none":
            return UP if polarity == "high" else DOWN
        start = self.path[0].value
        if target.wanted.is_range or start == target.value:
            return TO
        return UP if target.value > start else DOWN


def shortfall(number: float, wanted: Span, direction: str) -> float:
    """How far a number is from reaching what is wanted, in its unit: 0 or less where it reaches it.

    Below 0 it is by so much better than what is wanted; where both sides are equally far from it, never.
    """
    below, above = round(wanted.lower - number, NOISE), round(number - wanted.upper, NOISE)
    if direction == TO:
        return max(below, above, 0.0)
    return below if direction == UP else above


def _between(start: TargetPoint, end: TargetPoint, day: date) -> Span:
    share = (months(day) - months(start.due_on)) / (months(end.due_on) - months(start.due_on))
    edges = zip(start.wanted, end.wanted, strict=True)
    return Span(*(before + (after - before) * share for before, after in edges))


def months(day: date) -> float:
    """Months, not days, so that every year of a path is an equal step."""
    return day.year * 12 + day.month + day.day / monthrange(day.year, day.month)[1]
