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

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import ceil, floor
from typing import Any

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
from indicators.wording import gettext as _

TARGET_LABELS = {
    "met": gettext_lazy("met"),
    "on-course": gettext_lazy("on course"),
    "off-course": gettext_lazy("off course"),
    "missed": gettext_lazy("missed"),
    "no-target": gettext_lazy("no target"),
    "not-judged": gettext_lazy("not judged"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The figure that a target was judged by, and what was found of it.

    The margin is the figure's 95% interval, if it holds what was expected; the note is what a reader should know too.
    """

    target: TargetPoint
    point: Point
    is_closing: bool
    note: str
    verdict: Verdict
    margin: Interval | None
    children: int | None
    series: Series
    yardstick: Yardstick


@dataclass(frozen=True)
class TargetStanding:
    """Status is met, on-course, off-course, missed, no-target or not-judged.

    `text` names the target: "70.0% in 2026", "60.0% to 70.0% by 31 March 2026"; `judged_by` the period of the figure.
    `expected` is what the figure was held against, in the unit and as shown: the path on the last day of its period, or
    the target itself once that is met or missed; `expected_upper` the other end where that is a range. `distance` is
    from there to the figure, positive on the better side, 0 within a range; where no way is good, never positive.
    `children` is what that distance comes to among the denominator of a proportion, whole: rounded up when short, down
    when better. `is_within_margin`: the figure's 95% interval holds what was expected. `reason` says why nothing is
    judged. Sentences and forecast are made when they are asked for, since a page of many measures shows few.
    """

    status: str
    label: str
    text: str = ""
    value_text: str = ""
    due_on: date | None = None
    period: str = ""
    is_demonstration: bool = False
    judged_by: str = ""
    expected: float | None = None
    expected_upper: float | None = None
    distance: float | None = None
    children: int | None = None
    is_within_margin: bool = False
    reason: str = ""
    judged: Judged | None = field(default=None, repr=False)

    @property
    def word(self) -> str:
        return self.status.replace("-", " ")

    @cached_property
    def distance_text(self) -> str:
        """ "2.1 percentage points short of the path"; empty where nothing is judged."""
        return pathwords.distance_text(self.judged.verdict, self.judged.yardstick) if self.judged else ""

    @cached_property
    def children_text(self) -> str:
        """ "about 320 children too few", in the words of the unit; empty unless the figure is short."""
        if self.judged is None:
            return ""
        return pathwords.children_text(self.judged.verdict, self.children, self.judged.yardstick)

    @cached_property
    def sentence(self) -> str:
        """Figure, distance and target, and what has to be known with them; or why nothing is judged."""
        if self.reason:
            return _("Not judged: %(reason)s.") % {"reason": self.reason}
        if self.judged is None:
            return ""
        one = self.judged
        first = pathwords.sentence(one.verdict, one.point, one.target, self.children_text, one.yardstick)
        return " ".join((first, *pathwords.asides(one.verdict, one.margin, one.note, one.yardstick)))

    @cached_property
    def forecast(self) -> Forecast | None:
        """None for a target that is met or missed for good, and where nothing is judged."""
        one = self.judged
        if one is None or one.is_closing:
            return None
        return forecast(one.point, one.series, one.yardstick, one.target, one.verdict.direction)


def target_standing(aim: Aim, series: Series, yardstick: Yardstick, today: date) -> TargetStanding:
    """Where the series stands against its targets on a day; the module says what the words mean."""
    if not aim.targets:
        return TargetStanding("no-target", str(TARGET_LABELS["no-target"]))
    target = aim.target_on(today)
    choice = choose(aim, target, series, today)
    judged = _judged(aim, target, choice, series, yardstick) if choice.point else None
    status = judged.verdict.status if judged else "not-judged"
    return TargetStanding(
        status=status,
        label=str(TARGET_LABELS[status]),
        text=pathwords.target_text(target, yardstick),
        value_text=pathwords.span_text(target.wanted, yardstick),
        due_on=target.due_on,
        period=target.label,
        is_demonstration=target.is_demonstration,
        reason=choice.reason,
        **(_findings(judged) if judged else {}),
    )


def _judged(aim: Aim, target: TargetPoint, choice: Choice, series: Series, yardstick: Yardstick) -> Judged:
    point = choice.point
    verdict = _verdict(aim, target, choice, yardstick)
    margin, children = _margin(verdict, point, yardstick), _children(verdict, point, yardstick)
    return Judged(target, point, choice.is_closing, choice.note, verdict, margin, children, series, yardstick)


def _findings(judged: Judged) -> dict[str, Any]:
    """What the standing says of them."""
    wanted = judged.verdict.wanted
    return {
        "judged_by": judged.point.period.label,
        "expected": wanted.lower,
        "expected_upper": wanted.upper if wanted.is_range else None,
        # From 0, since a minus alone would make it minus zero.
        "distance": 0 - judged.verdict.short,
        "children": judged.children,
        "is_within_margin": judged.margin is not None,
        "judged": judged,
    }


def _verdict(aim: Aim, target: TargetPoint, choice: Choice, yardstick: Yardstick) -> Verdict:
    direction = aim.direction(target, yardstick.polarity)
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
