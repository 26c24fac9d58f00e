"""Bars on one scale, a row each, for the server to draw within a table: with intervals, and a comparator as a line.

Lengths are shares of the width, so that a drawing is as wide as its column. A bar starts at zero, since its length is
what is compared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from indicators.charts.geometry import per_cent
from indicators.estimates import Interval
from indicators.figures import Yardstick

# Of the width, free at both ends for what a line is thick.
MARGIN = 1.5
MOST_STEPS = 4


@dataclass(frozen=True)
class Entry:
    """One row before it is drawn."""

    value: float
    margin: Interval | None = None
    is_this: bool = False


@dataclass(frozen=True)
class Bar:
    """Where it starts, its length and the two ends of its interval, if it has one."""

    start: str
    length: str
    whisker: tuple[str, str] | tuple[()]
    is_computed: bool
    is_this: bool


@dataclass(frozen=True)
class Bars:
    """`line` is where the comparator stands, `zero` where bars start, `ticks` (where, number) what the scale says."""

    bars: tuple[Bar | None, ...]
    line: str
    zero: str
    ticks: tuple[tuple[str, str], ...]


def bars(entries: Sequence[Entry | None], comparator: float | None, stick: Yardstick) -> Bars:
    """In the order of the entries; no bar where there is none."""
    found = [limit for entry in entries if entry for limit in (entry.value, *_ends(entry))]
    steps = ticks([*found, comparator] if comparator is not None else found)
    least, width = steps[0], steps[-1] - steps[0]

    def across(value: float) -> float:
        return MARGIN + (value - least) / width * (100 - 2 * MARGIN)

    return Bars(
        bars=tuple(entry and _bar(entry, across) for entry in entries),
        line="" if comparator is None else per_cent(across(comparator)),
        zero=per_cent(across(0)),
        ticks=tuple((per_cent(across(step)), stick.bare_text(step)) for step in steps),
    )


def _bar(entry: Entry, across: Callable[[float], float]) -> Bar:
    start, end = sorted((across(0), across(entry.value)))
    return Bar(
        start=per_cent(start),
        length=per_cent(end - start),
        whisker=tuple(per_cent(across(limit)) for limit in _ends(entry)),
        is_computed=entry.margin is not None and entry.margin.is_computed,
        is_this=entry.is_this,
    )


def _ends(entry: Entry) -> tuple[float, float] | tuple[()]:
    return entry.margin[:2] if entry.margin else ()


def ticks(values: Sequence[float]) -> list[float]:
    """Round numbers, zero among them, from below the least value to above the greatest: at most five."""
    least, most = min(0, *values), max(0, *values)
    if least == most:
        most = 1
    step = _step((most - least) / MOST_STEPS)
    while ceil(most / step) - floor(least / step) > MOST_STEPS:
        step = _step(step * 1.01)
    return [place * step for place in range(floor(least / step), ceil(most / step) + 1)]


def _step(least: float) -> float:
    """The next of 1, 2, 2.5, 5, 10, 20, 25, ... that is not less."""
    ten = 10.0 ** floor(log10(least))
    return next(ten * factor for factor in (1, 2, 2.5, 5, 10, 20) if ten * factor >= least)
