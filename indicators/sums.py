"""Figures of several areas made into one: added up first, divided once.

Two uses. A comparator of several areas, such as statistical neighbours, has an average: of those that have a figure,
never fewer than two. A whole that has no figures of its own, such as the area of a board, is combined of its parts: of
all of them or not at all. Nothing is added up that does not give back the figure it stands beside (`counts_agree`), so
no standardised rate is ever made of crude counts, and no period is set beside one of other days.

Sum of the numerators over sum of the denominators, times the multiplier of the indicator; of counts the sum. This is
the parent-area average of Fingertips (OHID, StandardAverageCalculator), which also wants two areas.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import fsum

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.counts import counts_agree
from indicators.figures import Yardstick
from indicators.periods import Period
from indicators.series import SAME_LENGTH, Point, Series

# The name of an area and its series.
Named = tuple[str, Series]
LEAST_AREAS = 2
# Of the letters beside a number, those that hold for a sum if they hold for one of its parts.
CARRIED_FLAGS = "peb"


@dataclass(frozen=True, slots=True)
class Averaged:
    """One figure of several areas, None where fewer than two have one; the missing are named in their order.

    A mean of values has neither counts nor limits. `label` is "average of 10 areas", "mean of 10 areas" or, of counts,
    "sum of 10 areas".
    """

    point: Point | None
    label: str
    missing: tuple[str, ...]
    is_mean: bool = False


def average(members: Sequence[Named], period: Period, stick: Yardstick) -> Averaged:
    """A member has a figure if it has a number for just these days: one that is suppressed has none."""
    found = [(name, _number_at(series, period)) for name, series in members]
    missing = tuple(name for name, point in found if point is None)
    points = [point for _name, point in found if point is not None]
    if len(points) < LEAST_AREAS:
        return Averaged(None, _("fewer than two areas have a figure"), missing)
    summed = _sum(points, stick)
    is_mean = summed is None
    label = _label(len(points), is_mean=is_mean, is_count=stick.is_count)
    point = (summed or _mean(points))._replace(note=_note(label, missing))
    return Averaged(point, label, missing, is_mean)


def average_series(members: Sequence[Named], stick: Yardstick, *, area: str) -> Series:
    """The average in every period of which two members have a figure. `area` stands for the code of an area."""
    return _series(members, area, lambda period: average(members, period, stick).point)


def combined(parts: Sequence[Named], stick: Yardstick, *, area: str) -> Series:
    """The figures of a whole, from those of all its parts; `area` is the code of the whole.

    A period has a figure where every part has a number and, but for counts, counts that give it back. No limits.
    """
    note = _("Sum of %(parts)s.") % {"parts": _list(name for name, _series in parts)}

    def at(period: Period) -> Point | None:
        points = [_number_at(series, period) for _name, series in parts]
        if len(points) < LEAST_AREAS or None in points:
            return None
        summed = _sum(points, stick)
        return summed._replace(note=note) if summed else None

    return _series(parts, area, at)


def with_published(published: Series, summed: Series) -> Series:
    """What is published for a whole, with sums for the other periods of the same length as its newest.

    A published marker stands too: what a publisher hides for the whole is not worked out from its parts.
    """
    newest = published.newest
    if newest is None:
        return summed
    taken = {point.period for point in published.points}
    added = [one for one in summed.points if one.period not in taken and _are_as_long(one.period, newest.period)]
    points = sorted((*published.points, *added), key=lambda point: point.period)
    return replace(published, points=tuple(points))


def _are_as_long(one: Period, other: Period) -> bool:
    return abs((one.end - one.start) - (other.end - other.start)) <= SAME_LENGTH


def _series(members: Sequence[Named], area: str, at: Callable[[Period], Point | None]) -> Series:
    """In every period of which a member has a number; of the same indicator and group of people as the members."""
    periods = sorted({point.period for _name, series in members for point in series.points if point.is_number})
    points = tuple(point for period in periods if (point := at(period)))
    first = members[0][1] if members else Series("", "", "")
    return replace(first, area=area, points=points)


def _number_at(series: Series, period: Period) -> Point | None:
    point = series.at(period)
    return point if point and point.is_number else None


def _sum(points: Sequence[Point], stick: Yardstick) -> Point | None:
    """None where a number cannot be had from the counts."""
    if stick.is_count:
        return _together(points, fsum(point.value for point in points))
    if not all(counts_agree(point, stick) for point in points):
        return None
    numerator = fsum(point.numerator for point in points)
    denominator = fsum(point.denominator for point in points)
    value = stick.multiplier * numerator / denominator
    return _together(points, value)._replace(numerator=numerator, denominator=denominator)


def _mean(points: Sequence[Point]) -> Point:
    return _together(points, fsum(point.value for point in points) / len(points))


def _together(points: Sequence[Point], value: float) -> Point:
    """Names a source only where all come from the same file."""
    first = points[0]
    flags = "".join(letter for letter in CARRIED_FLAGS if any(letter in point.flags for point in points))
    is_one_file = all(point.source == first.source for point in points)
    return Point(first.period, value, flags=flags, source=first.source if is_one_file else None)


def _label(count: int, *, is_mean: bool, is_count: bool) -> str:
    if is_count:
        words = ngettext("sum of %(count)d area", "sum of %(count)d areas", count)
    elif is_mean:
        words = ngettext("mean of %(count)d area", "mean of %(count)d areas", count)
    else:
        words = ngettext("average of %(count)d area", "average of %(count)d areas", count)
    return words % {"count": count}


def _note(label: str, missing: Sequence[str]) -> str:
    if not missing:
        return label
    return _("%(label)s, without %(missing)s") % {"label": label, "missing": _list(missing)}


def _list(names: Iterable[str]) -> str:
    return get_text_list(list(names), _("and"))
