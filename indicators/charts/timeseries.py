"""A series in time: the figures of an area with their intervals, what they are compared with, the path to the target.

A run chart, or a control chart where the signal of the series is one: then its limits take the place of intervals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

from django.utils.translation import gettext as _

from indicators.aims import Aim
from indicators.charts import control, timetable
from indicators.charts.caption import summary
from indicators.charts.chart import (
    INK,
    QUIET,
    Chart,
    Line,
    Spot,
    interruptions,
    layout,
    period_axis,
    spot,
    trace,
)
from indicators.charts.target import forecast_traces, last_target, path_traces
from indicators.estimates import interval
from indicators.figures import Yardstick
from indicators.paths import TargetStanding
from indicators.periods import Period
from indicators.series import SAME_LENGTH
from indicators.signals import TREND, Signal

COMPARATOR_STYLES = (("dash", "#0b2e3c"), ("dot", "#52408f"), ("dashdot", "#5d7c85"))


def chart(
    title: str,
    own: Line,
    comparators: Sequence[Line],
    stick: Yardstick,
    *,
    signal: Signal,
    aim: Aim | None = None,
    target: TargetStanding | None = None,
    unit_words: str = "",
    source: str = "",
) -> Chart:
    """The series of an area beside its comparators, for periods as long as its own; those without any are left out.

    `aim` is what is wanted of the series, `target` how it stands against that.
    """
    wanted = aim or Aim()
    beside = [line for one in comparators if (line := _alike(one, own)).series.newest_number]
    runs = control.runs(own.series, signal, stick)
    causes = control.special_causes(runs)
    data = [
        *control.limit_traces(runs),
        *([] if runs else _intervals(own, stick)),
        *(_comparator(line, style, stick) for line, style in zip(beside, cycle(COMPARATOR_STYLES), strict=False)),
        *path_traces(wanted, own.series, stick),
        *forecast_traces(target, stick),
        _own(own, stick),
        *control.mark_traces(causes, own, stick),
    ]
    axes = {"xaxis": period_axis([own, *beside], last_target(wanted)), "yaxis": {"title": {"text": unit_words}}}
    return Chart(
        title,
        summary(own.series, stick, _trend(signal), control.sentence(runs, causes)),
        timetable.table(own, beside, stick, aim=wanted, target=target, causes=causes),
        source,
        {"data": data, "layout": layout(**axes, **interruptions(own.series))},
    )


def _alike(line: Line, own: Line) -> Line:
    """What covers a year is not drawn beside what covers a quarter."""
    lengths = {_length(point.period) for point in own.series.points}
    points = (
        one for one in line.series.points if any(abs(_length(one.period) - own) <= SAME_LENGTH for own in lengths)
    )
    return replace(line, series=replace(line.series, points=tuple(points)))


def _length(period: Period) -> timedelta:
    return period.end - period.start


def _trend(signal: Signal) -> str:
    if signal.method != TREND:
        return ""
    return _("recent trend: %(trend)s") % {"trend": signal.text[0].lower() + signal.text[1:]}


def _own(own: Line, stick: Yardstick) -> dict:
    runs = ([spot(point, own.words(point, stick)) for point in run] for run in own.series.segments)
    return trace(
        own.name, runs, mode="lines+markers", line={"color": INK, "width": 3}, marker={"size": 8}, legendrank=1
    )


def _intervals(own: Line, stick: Yardstick) -> Iterator[dict]:
    """Upright lines, solid as published, dotted where they are computed from the counts."""
    margins = [(point, margin) for point in own.series.points if (margin := interval(point, stick))]
    for is_computed, name, dash in (
        (False, _("95% interval as published"), "solid"),
        (True, _("95% interval computed from the counts"), "dot"),
    ):
        drawn = [
            [Spot(point.period.end.isoformat(), margin.lower), Spot(point.period.end.isoformat(), margin.upper)]
            for point, margin in margins
            if margin.is_computed == is_computed
        ]
        if drawn:
            yield trace(name, drawn, line={"color": QUIET, "width": 2, "dash": dash})


def _comparator(line: Line, style: tuple[str, str], stick: Yardstick) -> dict:
    dash, colour = style
    runs = ([spot(point, line.words(point, stick)) for point in run] for run in line.series.segments)
    drawn = {"line": {"color": colour, "width": 2, "dash": dash}, "marker": {"size": 5}}
    return trace(line.name, runs, mode="lines+markers", **drawn)
