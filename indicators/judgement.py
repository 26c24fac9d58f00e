"""What is said of a figure beside its number: change, comparison and target.

Everything here compares number with number, as they are shown; nothing is tested for chance. What the words mean:

Change. From the figure just before to the newest one, if nothing interrupts the series between them (`Series.steps`).

Comparison. With the figure of the nation for the same period: better, similar (the same at the decimals shown) or
worse; higher, similar or lower where no direction is good. Counts follow the size of the area and are not compared.

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

from indicators.figures import Figure, Yardstick, figure
from indicators.series import Point, Series

# Sums of floats differ in the last places; nothing published does.
NOISE = 9

COMPARISON_TEXTS = {
    "better": gettext_lazy("better than %(nation)s"),
    "similar": gettext_lazy("similar to %(nation)s"),
    "worse": gettext_lazy("worse than %(nation)s"),
    "higher": gettext_lazy("higher than %(nation)s"),
    "lower": gettext_lazy("lower than %(nation)s"),
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
    """Direction is up, down, same, or none where no change can be told; judgement is better, worse or none.

    `text` is what a page shows: the change, or why there is none.
    """

    direction: str
    judgement: str
    text: str
    sentence: str = ""
    previous: Figure | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Code is better, similar, worse, higher, lower, or none where the figures are not compared.

    The sentence gives both figures, or says why they are not compared.
    """

    code: str
    text: str
    sentence: str
    nation: str = ""
    figure: Figure | None = None

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
    return Change("none", "none", capfirst(reason), _("No change is shown: %(reason)s.") % {"reason": reason})


def _change_between(before: Point, after: Point, series: Series, yardstick: Yardstick) -> Change:
    difference = yardstick.shown(yardstick.shown(after.value) - yardstick.shown(before.value))
    previous, judgement = figure(series, before, yardstick), _judgement(difference, yardstick.polarity)
    words = {"amount": yardstick.difference_text(difference), "since": previous.period, "previous": previous.text}
    if difference == 0:
        direction, text = "same", _("The same as in %(since)s") % words
    elif difference > 0:
        direction, text = "up", _("Up %(amount)s") % words
    else:
        direction, text = "down", _("Down %(amount)s") % words
    return Change(
        direction, judgement, _with_judgement(text, judgement), _("%(previous)s in %(since)s") % words, previous
    )


def _with_judgement(text: str, judgement: str) -> str:
    if judgement == "none":
        return text
    judged = _("%(change)s, better") if judgement == "better" else _("%(change)s, worse")
    return judged % {"change": text}


def _judgement(difference: float, polarity: str) -> str:
    if difference == 0 or polarity == "none":
        return "none"
    return "better" if (difference > 0) == (polarity == "high") else "worse"


def compare(value: float, with_value: float, yardstick: Yardstick) -> str:
    """The word for one number beside another: better, similar, worse, higher or lower."""
    difference = yardstick.shown(value) - yardstick.shown(with_value)
    if difference == 0:
        return "similar"
    if yardstick.polarity == "none":
        return "higher" if difference > 0 else "lower"
    return _judgement(difference, yardstick.polarity)


def comparison(point: Point | None, nation: Series | None, nation_name: str, yardstick: Yardstick) -> Comparison:
    """A figure beside the nation's for the same period. `nation` is None for a nation itself."""
    if nation is None:
        return _not_compared(_("this is a whole nation"))
    if yardstick.is_count:
        return _not_compared(_("a count follows the size of the area"))
    if point is None or not point.is_number:
        return _not_compared(_("there is no figure to compare"))
    other, words = nation.at(point.period), {"nation": nation_name, "period": point.period.label}
    if other is None:
        return _not_compared(_("there is no figure for %(nation)s in %(period)s") % words)
    national = figure(nation, other, yardstick)
    if not other.is_number:
        reason = _("%(nation)s in %(period)s is %(marker)s") % (words | {"marker": national.text})
        return _not_compared(reason)
    code = compare(point.value, other.value, yardstick)
    sentence = _("%(nation)s: %(figure)s in %(period)s") % (words | {"figure": national.text})
    return Comparison(code, COMPARISON_TEXTS[code] % words, sentence, nation_name, national)


def _not_compared(reason: str) -> Comparison:
    return Comparison("none", _("not compared"), _("Not compared: %(reason)s.") % {"reason": reason})


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
