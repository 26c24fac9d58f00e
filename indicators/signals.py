"""Whether a series moves by more than chance, by the method that its own data call for.

Yearly figures with counts or intervals: the recent trend of the newest five, tested at 99.8%
(indicators/statistics/trend.py). Monthly or quarterly figures, twelve or more: an XmR control chart
(indicators/statistics/spc.py). Both look only at the newest figures that follow from one another: never across a
break, a missing year or a marker. Where neither applies, the signal says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop, ngettext

from indicators import estimates
from indicators.counts import PROPORTION, counts_agree
from indicators.figures import Yardstick
from indicators.numbers import marker_words
from indicators.perioddates import whole_months
from indicators.series import Point, Series, months_apart
from indicators.statistics import spc, trend
from indicators.wording import gettext as _

TREND, CONTROL_CHART = "trend", "control chart"
NO_CHANGE, UNTESTED = "no significant change", "cannot be calculated"
POINTS_OF_TREND, POINTS_OF_CHART = 5, 12
YEAR, QUARTER, MONTH = 12, 3, 1
DIRECTIONS = {"high": "increase", "low": "decrease", "none": "neutral"}
TEXTS = {
    "increasing": gettext_noop("Increasing"),
    "decreasing": gettext_noop("Decreasing"),
    "increasing and getting better": gettext_noop("Increasing and getting better"),
    "increasing and getting worse": gettext_noop("Increasing and getting worse"),
    "decreasing and getting better": gettext_noop("Decreasing and getting better"),
    "decreasing and getting worse": gettext_noop("Decreasing and getting worse"),
    NO_CHANGE: gettext_noop("No significant change"),
    UNTESTED: gettext_noop("Not tested"),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """Marker is increasing, decreasing, no significant change or cannot be calculated; then `reason` says why.

    Judgement is "getting better", "getting worse" or empty. `points` are those that were tested; `chart` is the control
    chart of all of them, None for a trend.
    """

    method: str
    marker: str
    judgement: str = ""
    reason: str = ""
    points: tuple[Point, ...] = ()
    chart: spc.Chart | None = None

    @property
    def is_tested(self) -> bool:
        return self.marker != UNTESTED

    @property
    def word(self) -> str:
        """As programs read it: "increasing and getting better"."""
        return f"{self.marker} and {self.judgement}" if self.judgement else self.marker

    @property
    def text(self) -> str:
        return _(TEXTS[self.word])

    @property
    def direction(self) -> str:
        """The shape to show: up, down, same or none."""
        return {"increasing": "up", "decreasing": "down", NO_CHANGE: "same"}.get(self.marker, "none")

    @property
    def code(self) -> str:
        """The colour to show: better, worse or none."""
        return self.judgement.removeprefix("getting ") or "none"

    @property
    def sentence(self) -> str:
        """What was tested, or why nothing was."""
        if not self.is_tested:
            return _("Not tested: %(reason)s.") % {"reason": self.reason}
        words = {"start": self.points[0].period.label, "end": self.points[-1].period.label}
        if self.method == TREND:
            return _("Recent trend of the five figures from %(start)s to %(end)s.") % words
        return _("Control chart of the %(count)d figures from %(start)s to %(end)s.") % (
            words | {"count": len(self.points)}
        )


def signal(series: Series, stick: Yardstick) -> Signal:
    """The recent trend or the state of the control chart at the newest figure."""
    newest = series.newest
    if newest is None:
        return _untested(_("there are no figures yet"))
    if not newest.is_number:
        words = {"period": newest.period.label, "marker": marker_words(newest.marker)}
        return _untested(_("%(period)s is %(marker)s") % words)
    run = series.segments[-1]
    step = _step(run)
    if _months(newest) == step in (MONTH, QUARTER) and len(run) >= POINTS_OF_CHART:
        return _control_chart(run, stick)
    return _recent_trend(run, step, series, stick)


def _untested(reason: str, method: str = "") -> Signal:
    return Signal(method, UNTESTED, reason=reason)


def _step(run: Sequence[Point]) -> int:
    """Months from the last but one figure to the last; of a lone figure the months that it covers."""
    if len(run) > 1:
        return months_apart(run[-2].period, run[-1].period)
    return _months(run[-1])


def _months(point: Point) -> int:
    """That a figure covers; 0 for a day and for any other odd length."""
    return whole_months(point.period.start, point.period.end) or 0


def _control_chart(run: Sequence[Point], stick: Yardstick) -> Signal:
    chart = spc.xmr([point.value for point in run], direction=DIRECTIONS[stick.polarity])
    marker = {"high": "increasing", "low": "decreasing"}.get(chart.variation.rpartition(" ")[2], NO_CHANGE)
    return Signal(CONTROL_CHART, marker, trend.judge(marker, polarity=stick.polarity), "", tuple(run), chart)


def _recent_trend(run: Sequence[Point], step: int, series: Series, stick: Yardstick) -> Signal:
    if reason := _not_eligible(run, step, series, stick):
        return _untested(reason)
    five = tuple(run[-POINTS_OF_TREND:])
    if all(counts_agree(point, stick) for point in five) and stick.value_type == PROPORTION:
        found = trend.recent([_trend_point(point, None) for point in five], value_type="proportion", year_range=1)
    else:
        margins = [estimates.interval(point, stick) for point in five]
        if None in margins:
            return _untested(_no_margin(five[margins.index(None)]))
        points = [_trend_point(point, margin) for point, margin in zip(five, margins, strict=True)]
        found = trend.recent(points, value_type="rate", year_range=1)
    if found.marker == UNTESTED:
        return _untested(_("the counts leave nothing to test"))
    return Signal(TREND, found.marker, trend.judge(found.marker, polarity=stick.polarity), points=five)


def _trend_point(point: Point, margin: estimates.Interval | None) -> trend.Point:
    return trend.Point(
        year=point.period.start.year,
        count=point.numerator,
        denominator=point.denominator,
        value=point.value,
        lower=margin.lower if margin else None,
        upper=margin.upper if margin else None,
    )


def _not_eligible(run: Sequence[Point], step: int, series: Series, stick: Yardstick) -> str:
    """Why these figures have no recent trend, or nothing."""
    months = _months(run[-1])
    if months == step in (MONTH, QUARTER):
        return _too_few(run, POINTS_OF_CHART, series)
    if stick.is_count:
        return _("a count follows the size of the population")
    if months > YEAR:
        return _("each figure covers %(years)s years") % {"years": round(months / YEAR)}
    if step != YEAR:
        return _("the figures are not yearly")
    return _too_few(run, POINTS_OF_TREND, series) if len(run) < POINTS_OF_TREND else ""


def _too_few(run: Sequence[Point], needed: int, series: Series) -> str:
    """With what cut the run short, where something did."""
    words = {"count": len(run), "needed": needed}
    few = ngettext("one figure of %(needed)d needed", "%(count)d figures of %(needed)d needed", len(run)) % words
    cut = next((step.interruption for step in reversed(series.steps) if step.interruption), None)
    if cut is None:
        return few
    return _("%(few)s: %(cut)s") % {"few": few, "cut": cut.reason}


def _no_margin(point: Point) -> str:
    return _("%(period)s has neither counts nor a margin of error") % {"period": point.period.label}
