"""Where a series stands on a day against what is wanted of it (indicators/aims.py).

Of several targets the one that counts is the next that is not yet due, or the last. Numbers are held against each other
as they are shown, so that what looks the same is judged the same.

  met         the figure reaches the target
  on course   it does not, and the target is still open: the figure is at the path on the last day of its own period, or
              better, or not further from it than the tolerance
  off course  the same, and it is further
  missed      it does not, and the target is closed: neither path nor tolerance count then
  not judged  the figure cannot be held against the target; the reason says why
  no target

The figure is the newest number. A target is closed when its day has come and the figure for it is there: the last one
whose period ends by that day, once the next would end later. Until that figure is published the target is open, since
an older figure cannot tell whether it was missed. Where all figures are for later, the newest closes it.

Not judged: there is no number; the figure that would close the target has no number or was left out; a new series began
after the path did, since what was wanted in the old one is not comparable; the figure is from before the baseline; it
covers a period of another length than the baseline or the target does. A target that names only its day has no length.

Where the figure's 95% interval holds what it is held against, the sentence says so, whatever the status.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators import pathwords
from indicators.aims import DOWN, NOISE, TO, UP, Aim, Span, TargetPoint, shortfall
from indicators.counts import PROPORTION
from indicators.estimates import Interval, interval
from indicators.figures import Yardstick
from indicators.forecasts import Forecast, forecast
from indicators.pathwords import Verdict
from indicators.series import Point, Series
from indicators.targetfigure import Choice, choose

TARGET_LABELS = {
    "met": gettext_lazy("met"),
    "on-course": gettext_lazy("on course"),
    "off-course": gettext_lazy("off course"),
    "missed": gettext_lazy("missed"),
    "no-target": gettext_lazy("no target"),
    "not-judged": gettext_lazy("not judged"),
}


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """Status is met, on-course, off-course, missed, no-target or not-judged.

    `text` names the target: "70.0% in 2026", "60.0% to 70.0% by 31 March 2026"; `judged_by` the period of the figure.
    `expected` is what the figure was held against, in the unit and as shown: the path on the last day of its period, or
    the target itself once that is met or missed; `expected_upper` the other end where that is a range. `distance` is
    from there to the figure, positive on the better side, 0 within a range; where no way is good, never positive.
    `children` is what that distance comes to among the denominator of a proportion, whole: rounded up when short, down
    when better; `children_text` says it, in the words of the unit, when short. `is_within_margin`: the figure's 95%
    interval holds what was expected. `reason` says why nothing is judged.
    """

    status: str
    label: str
    text: str = ""
    value_text: str = ""
    due_on: date | None = None
    period: str = ""
    judged_by: str = ""
    is_demonstration: bool = False
    expected: float | None = None
    expected_upper: float | None = None
    distance: float | None = None
    distance_text: str = ""
    children: int | None = None
    children_text: str = ""
    is_within_margin: bool = False
    sentence: str = ""
    reason: str = ""
    forecast: Forecast | None = None

    @property
    def word(self) -> str:
        return self.status.replace("-", " ")


def target_standing(aim: Aim, series: Series, yardstick: Yardstick, today: date) -> TargetStanding:
    """Where the series stands against its targets on a day; the module says what the words mean."""
    if not aim.targets:
        return TargetStanding("no-target", str(TARGET_LABELS["no-target"]))
    target = aim.target_on(today)
    choice = choose(aim, target, series, today)
    named = {
        "text": pathwords.target_text(target, yardstick),
        "value_text": pathwords.span_text(target.wanted, yardstick),
        "due_on": target.due_on,
        "period": target.label,
        "is_demonstration": target.is_demonstration,
    }
    if choice.point is None:
        sentence = _("Not judged: %(reason)s.") % {"reason": choice.reason}
        label = str(TARGET_LABELS["not-judged"])
        return TargetStanding("not-judged", label, **named, sentence=sentence, reason=choice.reason)
    return TargetStanding(**named, **_judged(aim, target, choice, series, yardstick))


def _judged(aim: Aim, target: TargetPoint, choice: Choice, series: Series, yardstick: Yardstick) -> dict[str, Any]:
    """Everything of the standing that the figure decides."""
    point, direction = choice.point, aim.direction(target, yardstick.polarity)
    verdict = _verdict(aim, target, choice, yardstick, direction)
    margin = _margin(verdict, point, yardstick)
    children = _children(verdict, point, yardstick)
    children_text = pathwords.children_text(verdict, children, yardstick)
    return {
        "status": verdict.status,
        "label": str(TARGET_LABELS[verdict.status]),
        "judged_by": point.period.label,
        "expected": verdict.wanted.lower,
        "expected_upper": verdict.wanted.upper if verdict.wanted.is_range else None,
        # From 0, since a minus alone would make it minus zero.
        "distance": 0 - verdict.short,
        "distance_text": pathwords.distance_text(verdict, yardstick),
        "children": children,
        "children_text": children_text,
        "is_within_margin": margin is not None,
        "sentence": pathwords.sentence(verdict, point, target, children_text, margin, choice.note, yardstick),
        "forecast": None if choice.is_closing else forecast(point, series, yardstick, target, direction),
    }


def _verdict(aim: Aim, target: TargetPoint, choice: Choice, yardstick: Yardstick, direction: str) -> Verdict:
    number, wanted = yardstick.shown(choice.point.value), _as_shown(target.wanted, yardstick)
    short = shortfall(number, wanted, direction)
    if short <= 0 or choice.is_closing:
        return Verdict("met" if short <= 0 else "missed", direction, number, wanted, short)
    wanted, tolerance = _as_shown(aim.at(choice.point.period.end), yardstick), aim.tolerance or 0
    short = shortfall(number, wanted, direction)
    status = "on-course" if short <= tolerance else "off-course"
    return Verdict(status, direction, number, wanted, short, tolerance)


def _as_shown(wanted: Span, yardstick: Yardstick) -> Span:
    return Span(*map(yardstick.shown, wanted))


def _margin(verdict: Verdict, point: Point, yardstick: Yardstick) -> Interval | None:
    """The 95% interval of the figure, if it holds the edge that decides."""
    margin = interval(point, yardstick)
    edges = {UP: verdict.wanted[:1], DOWN: verdict.wanted[1:], TO: verdict.wanted}[verdict.direction]
    return margin if margin and any(margin.holds(edge) for edge in edges) else None


def _children(verdict: Verdict, point: Point, yardstick: Yardstick) -> int | None:
    if yardstick.value_type != PROPORTION or not point.denominator:
        return None
    count = round(abs(verdict.short) / yardstick.multiplier * point.denominator, NOISE)
    return ceil(count) if verdict.short > 0 else floor(count)
