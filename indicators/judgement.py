"""What is said of a figure beside its number: change, comparison and target.

Change. From the figure just before to the newest one, if nothing interrupts the series between them (`Series.steps`).
A plain difference of the numbers as shown; whether a series moves by more than chance is said by indicators/signals.py.

Comparison. With the figure of a benchmark for the same period, by 95% intervals: better, similar or worse; higher,
similar or lower where no direction is good. A nation's figure is held against the interval of the area; the figure of a
region, a county or a set of areas is itself uncertain, and differs only where the two intervals do not overlap. Without
an interval nothing is compared. Counts follow the size of the area and are not compared.

Target. Of several targets the one that counts is the next that is not yet due, or the last. "Reached" looks at the
number as shown and at the direction that is good; where no direction is good, at the direction from the baseline.
  before it is due   met         the newest figure already reaches it
                     on course   the newest figure is at or better than the straight path from the baseline, through any
                                 earlier targets, on the last day of its period, less the tolerance. Without a baseline
                                 or an earlier target: it is within the tolerance of the target
                     off course  otherwise
  once it is due     met or missed, by the figure of the latest period that ends on or before that day (by the newest
                     figure where there is none so early); neither path nor tolerance count then
  no figure          not judged
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as date_text
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.estimates import Interval, interval, interval_text
from indicators.figures import Figure, Yardstick, figure
from indicators.series import Point, Series
from indicators.statistics.benchmark import Estimate, compare

# Sums of floats differ in the last places; nothing published does.
NOISE = 9

COMPARISON_TEXTS = {
    "better": gettext_lazy("better than %(name)s"),
    "similar": gettext_lazy("similar to %(name)s"),
    "worse": gettext_lazy("worse than %(name)s"),
    "higher": gettext_lazy("higher than %(name)s"),
    "lower": gettext_lazy("lower than %(name)s"),
    "none": gettext_lazy("not compared"),
}
TARGET_LABELS = {
    "met": gettext_lazy("met"),
    "on-course": gettext_lazy("on course"),
    "off-course": gettext_lazy("off course"),
    "missed": gettext_lazy("missed"),
    "no-target": gettext_lazy("no target"),
    "not-judged": gettext_lazy("not judged"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Direction is up, down, same, or none where no change can be told: a difference of two numbers, not a trend.

    `text` is what a page shows: the change, or why there is none.
    """

    direction: str
    text: str
    sentence: str = ""
    previous: Figure | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What an area is compared with: a nation, or a region, a larger area, a set of areas."""

    name: str
    series: Series
    is_nation: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """Code is better, similar, worse, higher, lower, or none where the figures are not compared: `reason` says why.

    `figure` is that of the benchmark; it may be known although nothing is compared. `margin` is the interval of the
    area's own figure.
    """

    code: str
    name: str = ""
    figure: Figure | None = None
    margin: Interval | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        return str(COMPARISON_TEXTS[self.code]) % {"name": self.name}

    @property
    def word(self) -> str:
        return "not compared" if self.code == "none" else self.code


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """Where a measure shall stand on a day; the label is the period of the target."""

    value: float
    due_on: date
    label: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """What a partnership wants of a measure. Targets in the order of their days."""

    targets: tuple[TargetPoint, ...] = ()
    baseline_value: float | None = None
    baseline_on: date | None = None
    baseline_label: str = ""
    tolerance: float | None = None

    @property
    def path(self) -> tuple[TargetPoint, ...]:
        """From the baseline through the targets."""
        if self.baseline_value is None or self.baseline_on is None:
            return self.targets
        return (TargetPoint(self.baseline_value, self.baseline_on, self.baseline_label), *self.targets)


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """Status is met, on-course, off-course, missed, no-target, or not-judged (a target, but no figure).

    The text names the target: "70.0% in 2026", "70.0% by 31 March 2026".
    """

    status: str
    label: str
    text: str = ""
    value_text: str = ""
    due_on: date | None = None
    period: str = ""
    judged_by: str = ""
    is_demonstration: bool = False

    @property
    def word(self) -> str:
        return self.status.replace("-", " ")


def change(series: Series, yardstick: Yardstick) -> Change:
    """How the newest figure differs from the one before it, or why that cannot be told."""
    if not series.points:
        return _no_change(_("there are no figures yet"))
    if not series.points[-1].is_number:
        newest = figure(series, series.points[-1], yardstick)
        return _no_change(_("%(period)s is %(marker)s") % {"period": newest.period, "marker": newest.text})
    if not series.steps:
        return _no_change(_("there is no earlier figure"))
    step = series.steps[-1]
    if step.interruption:
        return _no_change(step.interruption.reason)
    return _change_between(step.before, step.after, series, yardstick)


def _no_change(reason: str) -> Change:
    return Change("none", capfirst(reason), _("No change is shown: %(reason)s.") % {"reason": reason})


def _change_between(before: Point, after: Point, series: Series, yardstick: Yardstick) -> Change:
    difference = yardstick.shown(yardstick.shown(after.value) - yardstick.shown(before.value))
    previous = figure(series, before, yardstick)
    words = {"amount": yardstick.difference_text(difference), "since": previous.period, "previous": previous.text}
    if difference == 0:
        direction, text = "same", _("The same as in %(since)s") % words
    elif difference > 0:
        direction, text = "up", _("Up %(amount)s from %(since)s") % words
    else:
        direction, text = "down", _("Down %(amount)s from %(since)s") % words
    return Change(direction, text, _("%(previous)s in %(since)s") % words, previous)


def comparison(point: Point | None, benchmark: Benchmark | None, yardstick: Yardstick) -> Comparison:
    """A figure beside the benchmark's for the same period. `benchmark` is None for a nation itself."""
    if benchmark is None:
        return _not_compared(_("this is a whole nation"))
    if yardstick.is_count:
        return _not_compared(_("a count follows the size of the area"), benchmark)
    if point is None or not point.is_number:
        return _not_compared(_("there is no figure to compare"), benchmark)
    other, words = benchmark.series.at(point.period), {"name": benchmark.name, "period": point.period.label}
    if other is None:
        return _not_compared(_("there is no figure for %(name)s in %(period)s") % words, benchmark)
    shown = figure(benchmark.series, other, yardstick)
    if not other.is_number:
        reason = _("%(name)s in %(period)s is %(marker)s") % (words | {"marker": shown.text})
        return _not_compared(reason, benchmark)
    own = interval(point, yardstick)
    if own is None:
        reason = _("no counts and no margin of error are published for %(period)s") % words
        return _not_compared(reason, benchmark, shown)
    return _compared(point, own, benchmark, other, shown, yardstick)


def _not_compared(reason: str, benchmark: Benchmark | None = None, shown: Figure | None = None) -> Comparison:
    return Comparison("none", benchmark.name if benchmark else "", shown, reason=reason)


def _compared(
    point: Point, own: Interval, benchmark: Benchmark, other: Point, shown: Figure, yardstick: Yardstick
) -> Comparison:
    """A nation is taken as it is; any other benchmark with its own interval, where it has one."""
    theirs = None if benchmark.is_nation else interval(other, yardstick)
    method = "single overlap" if theirs is None else "double overlap"
    code = compare(
        method, _estimate(point, own), _estimate(other, theirs), polarity=yardstick.polarity, unit=yardstick.multiplier
    )
    return Comparison(code, benchmark.name, shown, own)


def comparison_sentence(found: Comparison, yardstick: Yardstick) -> str:
    """Both figures and the interval that decides, or why they are not compared."""
    if found.code == "none":
        return _("Not compared: %(reason)s.") % {"reason": found.reason}
    words = {
        "name": found.name,
        "figure": found.figure.text,
        "period": found.figure.period,
        "interval": interval_text(found.margin, yardstick),
    }
    if found.code == "similar":
        return _("%(name)s: %(figure)s in %(period)s, not clear of the interval here, %(interval)s.") % words
    return _("%(name)s: %(figure)s in %(period)s, clear of the interval here, %(interval)s.") % words


def _estimate(point: Point, margin: Interval | None) -> Estimate:
    return Estimate(
        value=point.value,
        lower=margin.lower if margin else None,
        upper=margin.upper if margin else None,
        lower_998=None,
        upper_998=None,
        denominator=point.denominator,
    )


def target_standing(aim: Aim, series: Series, yardstick: Yardstick, today: date) -> TargetStanding:
    """Where the series stands against its targets on a day; the module says what the words mean."""
    if not aim.targets:
        return TargetStanding("no-target", str(TARGET_LABELS["no-target"]))
    target = next((one for one in aim.targets if one.due_on >= today), aim.targets[-1])
    point = _judged_by(series.points, target, today)
    status = "not-judged" if point is None else _status(aim, target, point, yardstick, today)
    return TargetStanding(
        status=status,
        label=str(TARGET_LABELS[status]),
        text=_target_text(target, yardstick),
        value_text=yardstick.text(target.value),
        due_on=target.due_on,
        period=target.label,
        judged_by=point.period.label if point else "",
        is_demonstration=target.is_demonstration,
    )


def _target_text(target: TargetPoint, yardstick: Yardstick) -> str:
    value = yardstick.text(target.value)
    if target.label:
        return _("%(value)s in %(period)s") % {"value": value, "period": target.label}
    return _("%(value)s by %(day)s") % {"value": value, "day": date_text(target.due_on, "j F Y")}


def _judged_by(points: Sequence[Point], target: TargetPoint, today: date) -> Point | None:
    numbers = [point for point in points if point.is_number]
    in_time = [point for point in numbers if point.period.end <= target.due_on]
    if target.due_on <= today and in_time:
        return in_time[-1]
    return numbers[-1] if numbers else None


def _status(aim: Aim, target: TargetPoint, point: Point, yardstick: Yardstick, today: date) -> str:
    shown, direction = yardstick.shown(point.value), _direction(aim, target, yardstick.polarity)
    if _reaches(shown, target.value, direction):
        return "met"
    if target.due_on <= today:
        return "missed"
    expected = _expected(aim.path, point.period.end)
    return "on-course" if _reaches(shown, expected, direction, aim.tolerance or 0) else "off-course"


def _direction(aim: Aim, target: TargetPoint, polarity: str) -> str:
    """The way the number should go: up, down, or to the target itself where neither is known."""
    if polarity != "none":
        return "up" if polarity == "high" else "down"
    if aim.baseline_value is None or aim.baseline_value == target.value:
        return "to"
    return "up" if target.value > aim.baseline_value else "down"


def _reaches(number: float, wanted: float, direction: str, tolerance: float = 0) -> bool:
    short = round(wanted - number, NOISE)
    if direction == "to":
        return abs(short) <= tolerance
    return (short if direction == "up" else -short) <= tolerance


def _expected(path: Sequence[TargetPoint], day: date) -> float:
    """Where the path stands on a day: straight between its points, level before the first and after the last."""
    earlier = [point for point in path if point.due_on <= day]
    later = [point for point in path if point.due_on > day]
    if not earlier or not later:
        return (earlier[-1] if earlier else later[0]).value
    start, end = earlier[-1], later[0]
    share = (_months(day) - _months(start.due_on)) / (_months(end.due_on) - _months(start.due_on))
    return start.value + (end.value - start.value) * share


def _months(day: date) -> float:
    """Months, not days, so that every year of a path is an equal step."""
    return day.year * 12 + day.month + day.day / monthrange(day.year, day.month)[1]
