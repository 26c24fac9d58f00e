"""The figures of one indicator in one area in time: what follows what, and where they are interrupted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from indicators.numbers import marker_words
from indicators.periods import Period

BREAK_FLAG = "b"
# Quarters and months differ by days; a year and a quarter by far more than this.
SAME_LENGTH = timedelta(days=7)
DAYS_IN_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Source:
    """The upload that a figure came with, as a page names it, with the slug of the partnership that brought it."""

    upload: int
    partnership: str
    is_public: bool
    file_name: str
    publisher: str
    title: str
    url: str
    licence: str
    published_at: datetime


class Point(NamedTuple):
    """One figure: a number, or the marker that says why there is none. Limits are 95%, as published.

    A tuple, because a page holds thousands.
    """

    period: Period
    value: float | None
    marker: str = ""
    flags: str = ""
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""
    row: int = 0
    source: Source | None = None

    @property
    def is_number(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Break:
    """From this day on the publisher counts in another way."""

    starts_on: date
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Interruption:
    """Why neither a line nor a change runs from one number to the next. Kind is break, marker, length or gap."""

    kind: str
    reason: str


class Step(NamedTuple):
    """From one number to the next, and what stands between them: None where the second follows from the first."""

    before: Point
    after: Point
    interruption: Interruption | None


@dataclass(frozen=True)
class Series:
    """Points in the order of their periods. The codes are those of the indicator and the area."""

    indicator: str
    area: str
    breakdown: str
    points: tuple[Point, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def newest(self) -> Point | None:
        """The latest fact, even if it is that there is no number."""
        return self.points[-1] if self.points else None

    @property
    def newest_number(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.is_number), None)

    def at(self, period: Period) -> Point | None:
        """The point of the same days, whatever its label."""
        return next((point for point in reversed(self.points) if point.period == period), None)

    def cut_to(self, point: Point) -> "Series":
        """With this point alone."""
        return replace(self, points=(point,))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(_steps(self))

    @property
    def segments(self) -> tuple[tuple[Point, ...], ...]:
        """Runs of numbers within which each follows from the one before."""
        runs = [[point] for point in self.points if point.is_number][:1]
        for step in self.steps:
            if step.interruption:
                runs.append([])
            runs[-1].append(step.after)
        return tuple(tuple(run) for run in runs)


def _steps(series: Series) -> Iterator[Step]:
    usual = usual_step(series.points)
    places = [place for place, point in enumerate(series.points) if point.is_number]
    for place, next_place in pairwise(places):
        before, after = series.points[place], series.points[next_place]
        unnumbered = series.points[place + 1 : next_place]
        yield Step(before, after, _between(before, after, unnumbered, series.breaks, usual))


def _between(
    before: Point, after: Point, unnumbered: Sequence[Point], breaks: Iterable[Break], usual_step: int
) -> Interruption | None:
    if _starts_new_series(before, after, breaks):
        return Interruption("break", _("a new series began in %(period)s") % {"period": after.period.label})
    if unnumbered:
        words = {"period": unnumbered[-1].period.label, "marker": marker_words(unnumbered[-1].marker)}
        return Interruption("marker", _("%(period)s is %(marker)s") % words)
    labels = {"before": before.period.label, "after": after.period.label}
    if abs(_length(before.period) - _length(after.period)) > SAME_LENGTH:
        return Interruption("length", _("%(before)s and %(after)s are of different length") % labels)
    if months_apart(before.period, after.period) > usual_step:
        return Interruption("gap", _("there are no figures between %(before)s and %(after)s") % labels)
    return None


def _starts_new_series(before: Point, after: Point, breaks: Iterable[Break]) -> bool:
    crossed = any(before.period.start < new.starts_on <= after.period.start for new in breaks)
    return crossed or BREAK_FLAG in after.flags


def _length(period: Period) -> timedelta:
    return period.end - period.start


def months_apart(before: Period, after: Period) -> int:
    return (after.start.year - before.start.year) * 12 + after.start.month - before.start.month


def usual_step(points: Sequence[Point]) -> int:
    """Months from one figure to the next: the least in the series; one period where too few points tell."""
    steps = [months_apart(one.period, other.period) for one, other in pairwise(points)]
    if len(steps) > 1:
        return max(1, min(steps))
    return max(1, round(_length(points[0].period).days / DAYS_IN_MONTH)) if points else 1
