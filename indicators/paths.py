"""What is wanted of a measure, and where a series stands against it on a day.

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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.figures import Yardstick
from indicators.series import Point, Series

# Sums of floats differ in the last places; nothing published does.
NOISE = 9

TARGET_LABELS = {
    "met": gettext_lazy("met"),
    "on-course": gettext_lazy("on course"),
    "off-course": gettext_lazy("off course"),
    "missed": gettext_lazy("missed"),
    "no-target": gettext_lazy("no target"),
    "not-judged": gettext_lazy("not judged"),
}


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
