"""Whether a target is likely to be met if its series goes on as it has, where the series allows to say so.

A straight line through the newest figures is followed to the target's day (indicators/statistics/forecast.py), with the
95% prediction interval of the figure there. What is said:

  likely to be met    the whole interval reaches the target
  unlikely to be met  no part of it does
  cannot be told      the interval lies on both sides

No forecast is made, and the reason is given, unless
  - five figures or more follow each other without break, gap or marker, for periods that do not overlap; where a year
    has several, two whole years of them, or a season would pass for a trend. Only the newest ten years count
  - the target's day is at most half as far ahead as those figures go back
  - they scatter, since figures that lie on a line exactly do not tell how far the next may be from it
  - of a proportion neither a figure nor the target is 0 or the whole, which a line of logits never reaches
  - the line does not lead below 0, where no rate or count can be.
Proportions stay between 0 and the whole. Numbers are held against the target as shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy, ngettext

from indicators import pathwords
from indicators.aims import DOWN, TO, UP, Span, TargetPoint, months, shortfall
from indicators.counts import PROPORTION
from indicators.estimates import RATE, Interval, interval_text
from indicators.figures import COUNT, Yardstick
from indicators.series import SAME_LENGTH, Point, Series, months_apart
from indicators.statistics import forecast as line
from indicators.statistics.forecast import Prediction
from indicators.wording import gettext as _

FEWEST = 5
YEAR, SEASONS, LONGEST = 12, 24, 120
FURTHEST = 0.5
DAYS_IN_MONTH = 365.25 / 12

TEXTS = {
    "likely": gettext_lazy("likely to be met"),
    "unlikely": gettext_lazy("unlikely to be met"),
    "unknown": gettext_lazy("cannot be told"),
    "none": gettext_lazy("no forecast"),
}
SENTENCES = {
    "likely": gettext_lazy("the target of %(target)s is likely to be met"),
    "unlikely": gettext_lazy("the target of %(target)s is unlikely to be met"),
    "unknown": gettext_lazy("whether the target of %(target)s will be met cannot be told"),
}
REASONS = {
    line.NO_SCATTER: gettext_lazy("the figures lie on one line, which does not tell how far the next may be from it"),
    line.BELOW_FLOOR: gettext_lazy("a straight line through the figures leads below 0"),
    line.AT_BOUND: gettext_lazy("a figure is at the end of what can be, or beyond"),
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """Code is likely, unlikely, unknown, or none (no forecast: then only the reason and the sentence say something).

    `value` is expected on the target's day, in the unit, with its 95% prediction interval from `lower` to `upper`.
    """

    code: str
    text: str
    sentence: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""


def forecast(point: Point, series: Series, yardstick: Yardstick, target: TargetPoint, direction: str) -> Forecast:
    """For a target that is still open. The point is the figure that it is judged by until then."""
    run = series.segments[-1]
    reason = _unfit(run, point) or _out_of_reach(target, yardstick)
    if reason:
        return _none(reason)
    run = run[-max(FEWEST, LONGEST // _step(run)) :]
    ahead = (months(target.due_on) - months(run[-1].period.end)) / _step(run)
    if not 0 < ahead <= FURTHEST * (len(run) - 1):
        return _none(_("%(when)s is too far ahead for so short a series") % {"when": pathwords.when_text(target)})
    found = line.predict([one.value for one in run], ahead, **_bounds(yardstick))
    if found.reason:
        return _none(str(REASONS[found.reason]))
    return _forecast(found, yardstick, target, direction)


def _none(reason: str) -> Forecast:
    return Forecast("none", str(TEXTS["none"]), _("No forecast: %(reason)s.") % {"reason": reason}, reason=reason)


def _unfit(run: Sequence[Point], point: Point) -> str:
    """What keeps a line from being drawn through the run; nothing where it may be."""
    if run[-1].period != point.period:
        return _("the newest figure is for a period of another length")
    if len(run) < FEWEST:
        text = ngettext(
            "it takes %(fewest)d figures in a row, and there is %(count)d",
            "it takes %(fewest)d figures in a row, and there are %(count)d",
            len(run),
        )
        return text % {"fewest": FEWEST, "count": len(run)}
    if (point.period.end - point.period.start).days > _step(run) * DAYS_IN_MONTH + SAME_LENGTH.days:
        return _("the periods overlap")
    if _step(run) < YEAR and len(run) * _step(run) < SEASONS:
        return _("it takes two whole years of figures to tell a trend from a season")
    return ""


def _step(run: Sequence[Point]) -> int:
    """Months from one figure to the next: within a run always the same."""
    return max(1, months_apart(run[-2].period, run[-1].period))


def _out_of_reach(target: TargetPoint, yardstick: Yardstick) -> str:
    """A line of logits comes near its bounds and never there, so it cannot tell whether they will be reached."""
    if yardstick.value_type == PROPORTION and {0, yardstick.multiplier} & set(target.wanted):
        return _("the target is none or all of the whole, which no forecast reaches")
    return ""


def _bounds(yardstick: Yardstick) -> dict[str, float]:
    if yardstick.value_type == PROPORTION:
        return {"floor": 0, "ceiling": yardstick.multiplier}
    return {"floor": 0} if yardstick.value_type in (RATE, COUNT) else {}


def _forecast(found: Prediction, yardstick: Yardstick, target: TargetPoint, direction: str) -> Forecast:
    margin = Interval(found.lower, found.upper)
    code = _code(*map(yardstick.shown, margin[:2]), Span(*map(yardstick.shown, target.wanted)), direction)
    words = {
        "when": pathwords.when_text(target),
        "value": yardstick.text(found.value),
        "interval": interval_text(margin, yardstick),
        "verdict": SENTENCES[code] % {"target": pathwords.target_text(target, yardstick)},
    }
    text = _(
        "If the figures go on as they have, %(when)s will be about %(value)s, with 95%% confidence %(interval)s:"
        " %(verdict)s."
    )
    return Forecast(code, str(TEXTS[code]), text % words, *found[:3])


def _code(lower: float, upper: float, wanted: Span, direction: str) -> str:
    if all(shortfall(end, wanted, direction) <= 0 for end in (lower, upper)):
        return "likely"
    too_low = direction in (UP, TO) and upper < wanted.lower
    too_high = direction in (DOWN, TO) and lower > wanted.upper
    return "unlikely" if too_low or too_high else "unknown"
