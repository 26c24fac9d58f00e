"""The way to a target as it is drawn over a series: the path, its targets, and the forecast where there is one.

A range has two edges. Of a forecast only the figure on the target's day is drawn, with its prediction interval, since
that is what was computed; no line leads there.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from indicators.aims import Aim
from indicators.charts.chart import APART, TARGET_COLOUR, Spot, trace
from indicators.estimates import Interval, interval_text
from indicators.figures import Yardstick
from indicators.paths import TargetStanding
from indicators.pathwords import target_text, when_text
from indicators.series import Series

PATH = {"color": TARGET_COLOUR, "width": 2, "dash": "longdash"}


def path_traces(aim: Aim, series: Series, stick: Yardstick) -> Iterator[dict]:
    """From the first figure, or the baseline, to the last figure or target."""
    if not aim.targets:
        return
    name = _("Path to the target") if len(aim.path) > 1 else _("Target")
    corners = aim.line(*_days(aim, series))
    edges = [[Spot(day.isoformat(), value) for day, value, _upper in corners]]
    if corners and corners[0][2] is not None:
        edges.append([Spot(day.isoformat(), upper) for day, _value, upper in corners])
    yield trace(name, edges, line=PATH)
    marks = [
        Spot(target.due_on.isoformat(), edge, target_text(target, stick))
        for target in aim.targets
        for edge in dict.fromkeys(target.wanted)
    ]
    marker = {"size": 10, "symbol": "diamond-open", "color": TARGET_COLOUR, "line": {"width": 2}}
    yield trace(_("Targets"), [marks], mode="markers", marker=marker)


def last_target(aim: Aim) -> tuple[date, str] | None:
    """Its day and what that is called."""
    return (aim.targets[-1].due_on, when_text(aim.targets[-1])) if aim.targets else None


def _days(aim: Aim, series: Series) -> tuple[date, date]:
    days = [*(point.period.end for point in series.points), *(target.due_on for target in aim.targets)]
    return min(days), max(days)


def forecast_traces(target: TargetStanding | None, stick: Yardstick) -> Iterator[dict]:
    """Nothing where none is made."""
    found = target.forecast if target else None
    if found is None or found.value is None:
        return
    day = target.due_on.isoformat()
    words = _("Forecast for %(period)s: %(value)s (%(interval)s)") % {
        "period": target.period or day,
        "value": stick.text(found.value),
        "interval": interval_text(Interval(found.lower, found.upper), stick),
    }
    ends = [Spot(day, found.lower), Spot(day, found.upper)]
    yield trace(_("95% prediction interval"), [ends], line={"color": APART, "width": 3, "dash": "dot"})
    marker = {"size": 11, "symbol": "circle-open", "color": APART, "line": {"width": 2}}
    yield trace(_("Forecast"), [[Spot(day, found.value, words)]], mode="markers", marker=marker)
