"""The table of a chart in time: a row a period, newest first, and a column for whatever there is to say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

from indicators.aims import Aim
from indicators.charts.chart import Line, Table
from indicators.charts.control import SpecialCause
from indicators.estimates import Interval, interval_text, margin_text
from indicators.figures import Yardstick, figure
from indicators.paths import TargetStanding
from indicators.pathwords import span_text
from indicators.periods import Period
from indicators.series import Point, Series

Cells = Mapping[Period, str]


def table(
    own: Line,
    beside: Sequence[Line],
    stick: Yardstick,
    *,
    aim: Aim,
    target: TargetStanding | None,
    causes: Iterable[SpecialCause] = (),
) -> Table:
    """Columns without anything in them are left out. A target stands in the row of its period or in its own."""
    columns = [
        (own.name, _figures(own, stick)),
        (_("95% interval"), {point.period: margin_text(point, stick) for point in own.series.points}),
        *((line.name, _figures(line, stick)) for line in beside),
        (_("Path to the target"), _path(aim, own.series, stick)),
        (_("Forecast"), _forecast(target, own.series, stick)),
        (_("Signal"), {one.point.period: one.words for one in causes}),
    ]
    filled = [(name, cells) for name, cells in columns if any(cells.values())]
    periods = sorted({period for _name, cells in columns for period in cells}, reverse=True)
    rows = ((period.label, *(cells.get(period, "") for _name, cells in filled)) for period in periods)
    return Table((_("Period"), *(name for name, _cells in filled)), tuple(rows), (_("Signal"),))


def _figures(line: Line, stick: Yardstick) -> Cells:
    """An average of fewer areas, or of others, than the newest says so."""
    newest = line.series.newest
    return {
        point.period: _figure(line, point, stick, is_alike=point.note == newest.note) for point in line.series.points
    }


def _figure(line: Line, point: Point, stick: Yardstick, *, is_alike: bool) -> str:
    text = figure(line.series, point, stick).text
    if is_alike or not line.is_average:
        return text
    return _("%(figure)s (%(remark)s)") % {"figure": text, "remark": point.note}


def _path(aim: Aim, series: Series, stick: Yardstick) -> Cells:
    """What is wanted in every period from the baseline on, and on the day of every target."""
    if not aim.targets:
        return {}
    targets = {_period_of(one.due_on, one.label, series): one.wanted for one in aim.targets}
    start = aim.baseline_on if aim.baseline else date.min
    periods = (point.period for point in series.points if point.period.end >= start)
    wanted = {period: aim.at(period.end) for period in periods} | targets
    return {period: span_text(span, stick) for period, span in wanted.items()}


def _forecast(target: TargetStanding | None, series: Series, stick: Yardstick) -> Cells:
    found = target.forecast if target else None
    if found is None or found.value is None:
        return {}
    words = {"value": stick.text(found.value), "interval": interval_text(Interval(found.lower, found.upper), stick)}
    period = _period_of(target.due_on, target.period, series)
    return {period: _("%(value)s (%(interval)s)") % words}


def _period_of(due_on: date, label: str, series: Series) -> Period:
    """The period of the series that ends on a day, otherwise that day."""
    day = Period(due_on, due_on, label or date_text(due_on, "j F Y"))
    return next((point.period for point in series.points if point.period.end == due_on), day)
