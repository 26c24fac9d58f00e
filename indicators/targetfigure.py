"""Which figure of a series a target is judged by on a day, or why there is none: indicators/paths.py says the rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from indicators import pathwords, periods
from indicators.aims import Aim, TargetPoint, months
from indicators.numbers import marker_words
from indicators.series import BREAK_FLAG, SAME_LENGTH, Point, Series, usual_step


@dataclass(frozen=True, slots=True)
class Choice:
    """The figure, whether it closes the target, and what to know of it; or the reason why there is none."""

    point: Point | None = None
    is_closing: bool = False
    note: str = ""
    reason: str = ""


def choose(aim: Aim, target: TargetPoint, series: Series, today: date) -> Choice:
    """The figure for this target of the aim; note and reason are clauses, without a full stop."""
    like = [point for point in series.points if _is_as_long_as(target, point)]
    numbers = [point for point in like if point.is_number]
    if not numbers:
        return Choice(reason=_no_number(series, target, like))
    found = _open_or_closing(target, like, numbers, today)
    reason = _not_comparable(aim, series, found.point) if found.point else ""
    return Choice(reason=reason) if reason else found


def _open_or_closing(target: TargetPoint, like: Sequence[Point], numbers: Sequence[Point], today: date) -> Choice:
    if target.due_on > today:
        return Choice(numbers[-1], note=_marker_text(like[-1]))
    in_time = [point for point in numbers if point.period.end <= target.due_on]
    if not in_time:
        return Choice(numbers[-1], is_closing=True, note=pathwords.late_note(target))
    if months(in_time[-1].period.end) + usual_step(like) > months(target.due_on):
        return Choice(in_time[-1], is_closing=True)
    return _too_old(target, in_time[-1], like)


def _too_old(target: TargetPoint, newest: Point, like: Sequence[Point]) -> Choice:
    """The day of the target has come, and the last number before it cannot tell."""
    later = [point for point in like if point.period > newest.period]
    in_time = [point for point in later if point.period.end <= target.due_on]
    if in_time:
        return Choice(reason=_marker_text(in_time[-1]))
    if later:
        return Choice(reason=pathwords.missing_note(target))
    return Choice(newest, note=pathwords.awaited_note(target))


def _no_number(series: Series, target: TargetPoint, like: Sequence[Point]) -> str:
    if like:
        return _marker_text(like[-1])
    if not series.points:
        return _("there are no figures yet")
    words = {"period": series.points[-1].period.label, "target": target.label}
    return _("%(period)s and the target for %(target)s are of different length") % words


def _marker_text(point: Point) -> str:
    """ "2024/25 is suppressed"; nothing for a number."""
    if point.is_number:
        return ""
    return _("%(period)s is %(marker)s") % {"period": point.period.label, "marker": marker_words(point.marker)}


def _is_as_long_as(wanted: TargetPoint, point: Point) -> bool:
    """As far as is known: a day has no length."""
    length = _length_of(wanted.label)
    return length is None or abs(point.period.end - point.period.start - length) <= SAME_LENGTH


@lru_cache(maxsize=1024)
def _length_of(label: str) -> timedelta | None:
    try:
        period = periods.read(label)
    except periods.PeriodError:
        return None
    return period.end - period.start


def _not_comparable(aim: Aim, series: Series, point: Point) -> str:
    """Why the figure and the path are not of one kind; nothing where they are."""
    start, baseline = aim.path[0], aim.baseline
    for begins_on, label in _new_series(series):
        if start.due_on < begins_on <= point.period.start:
            return pathwords.new_series_reason(label, start, is_baseline=baseline is not None)
    if baseline is None:
        return ""
    if not _is_as_long_as(baseline, point):
        text = _("%(period)s and the baseline, %(baseline)s, are of different length")
    elif point.period.end < baseline.due_on:
        text = _("%(period)s is before the baseline, %(baseline)s")
    else:
        return ""
    return text % {"period": point.period.label, "baseline": pathwords.when_text(baseline)}


def _new_series(series: Series) -> Iterator[tuple[date, str]]:
    """The first day of every new series, with the period that names it."""
    for new in series.breaks:
        yield new.starts_on, new.label
    for point in series.points:
        if BREAK_FLAG in point.flags:
            yield point.period.start, point.period.label
