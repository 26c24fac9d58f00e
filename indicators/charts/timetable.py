"""The table of a chart in time: a row a period, newest first, and a column for whatever there is to say."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

from indicators.aims import Aim, TargetPoint
from indicators.charts.chart import Line, Table
from indicators.charts.control import SpecialCause
from indicators.estimates import margin_text
from indicators.figures import Yardstick, figure
from indicators.periods import Period
from indicators.series import Series

Cells = Mapping[Period, str]


def table(
    own: Line, beside: Sequence[Line], stick: Yardstick, *, aim: Aim, causes: Iterable[SpecialCause] = ()
) -> Table:
    """Columns without anything in them are left out. A target stands in the row of its period or in its own."""
    targets = {_period_of(one, own.series): stick.text(one.value) for one in aim.targets}
    columns = [
        (own.name, _figures(own, stick)),
        (_("95% interval"), {point.period: margin_text(point, stick) for point in own.series.points}),
        *((line.name, _figures(line, stick)) for line in beside),
        (_("Target"), targets),
        (_("Signal"), {one.point.period: one.words for one in causes}),
    ]
    filled = [(name, cells) for name, cells in columns if any(cells.values())]
    periods = sorted({period for _name, cells in columns for period in cells}, reverse=True)
    rows = ((period.label, *(cells.get(period, "") for _name, cells in filled)) for period in periods)
    return Table((_("Period"), *(name for name, _cells in filled)), tuple(rows), (_("Signal"),))


def _figures(line: Line, stick: Yardstick) -> Cells:
    return {point.period: figure(line.series, point, stick).text for point in line.series.points}


def _period_of(target: TargetPoint, series: Series) -> Period:
    """The period of the series that ends when the target is due, otherwise that day."""
    label = target.label or date_text(target.due_on, "j F Y")
    day = Period(target.due_on, target.due_on, label)
    return next((point.period for point in series.points if point.period.end == target.due_on), day)
