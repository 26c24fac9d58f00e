"""A series in time beside its comparators."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from indicators.aims import Aim
from indicators.charts.chart import INK, QUIET, TARGET_COLOUR, Chart, Line, Table, layout, new_series, period_axis
from indicators.charts.sparkline import summary
from indicators.figures import Yardstick, figure
from indicators.series import Point, Series

COMPARATOR_STYLES = (("dash", "#0b2e3c"), ("dot", "#52408f"), ("dashdot", "#5d7c85"))


def chart(
    title: str,
    own: Line,
    comparators: Sequence[Line],
    yardstick: Yardstick,
    *,
    aim: Aim | None = None,
    unit_words: str = "",
    source: str = "",
) -> Chart:
    """The series of an area beside its comparators, with its limits as published and the path to its target."""
    lines = [own, *(line for line in comparators if line.series.newest_number)]
    data = list(_own_traces(own, yardstick))
    for line, (dash, colour) in zip(lines[1:], COMPARATOR_STYLES, strict=False):
        data.append(_comparator_trace(line, dash, colour, yardstick))
    if aim and aim.targets:
        data.append(_target_trace(aim, yardstick))
    axes = {"xaxis": period_axis(lines), "yaxis": {"title": {"text": unit_words}}}
    drawing = {"data": data, "layout": layout(**axes, **_breaks(own.series))}
    return Chart(title, summary(own.series, yardstick), _table(lines, yardstick), source, drawing)


def _own_traces(own: Line, yardstick: Yardstick) -> Iterable[dict]:
    """A new trace after each gap or break, so that no line runs across it."""
    for number, run in enumerate(own.series.segments):
        limits = all(point.lower is not None and point.upper is not None for point in run)
        yield {
            "type": "scatter",
            "x": [point.period.end.isoformat() for point in run],
            "y": [point.value for point in run],
            "name": own.name,
            "legendgroup": own.name,
            "showlegend": number == 0,
            "mode": "lines+markers",
            "line": {"color": INK, "width": 3},
            "marker": {"size": 8},
            "error_y": _limits(run) if limits else None,
            "text": [_hover(own, point, yardstick) for point in run],
            "hoverinfo": "text",
        }


def _limits(run: Sequence[Point]) -> dict:
    return {
        "type": "data",
        "symmetric": False,
        "array": [point.upper - point.value for point in run],
        "arrayminus": [point.value - point.lower for point in run],
        "color": QUIET,
        "thickness": 1,
        "width": 4,
    }


def _comparator_trace(line: Line, dash: str, colour: str, yardstick: Yardstick) -> dict:
    """One trace; an empty place lifts the pen after each gap or break."""
    points: list[Point | None] = []
    for run in line.series.segments:
        points += [*run, None]
    return {
        "type": "scatter",
        "x": [point.period.end.isoformat() if point else None for point in points],
        "y": [point.value if point else None for point in points],
        "name": line.name,
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": 5},
        "text": [_hover(line, point, yardstick) if point else "" for point in points],
        "hoverinfo": "text",
    }


def _target_trace(aim: Aim, yardstick: Yardstick) -> dict:
    name = _("Path to the target") if len(aim.path) > 1 else _("Target")
    return {
        "type": "scatter",
        "x": [point.due_on.isoformat() for point in aim.path],
        "y": [point.value for point in aim.path],
        "name": name,
        "mode": "lines+markers",
        "line": {"color": TARGET_COLOUR, "width": 2, "dash": "longdash"},
        "marker": {"size": 9, "symbol": "diamond-open"},
        "text": [f"{name}, {point.label or point.due_on}: {yardstick.text(point.value)}" for point in aim.path],
        "hoverinfo": "text",
    }


def _hover(line: Line, point: Point, yardstick: Yardstick) -> str:
    shown = figure(line.series, point, yardstick)
    flags = f" ({shown.title})" if shown.title else ""
    return f"{line.name}, {shown.period}: {shown.text}{flags}"


def _breaks(series: Series) -> dict:
    """A line with words between the last figure before each break and the first after it."""
    middles = [
        (step.before.period.end + (step.after.period.end - step.before.period.end) / 2).isoformat()
        for step in new_series(series)
    ]
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    note = {"y": 1, "yref": "paper", "xanchor": "left", "yanchor": "top", "text": _("new series"), "showarrow": False}
    return {
        "shapes": [
            {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line} for x in middles
        ],
        "annotations": [{"x": x, **note} for x in middles],
    }


def _table(lines: Sequence[Line], yardstick: Yardstick) -> Table:
    """Newest first, as a reader wants it."""
    periods = sorted({point.period for line in lines for point in line.series.points}, reverse=True)
    rows = []
    for period in periods:
        points = [(line.series, line.series.at(period)) for line in lines]
        rows.append((period.label, *(figure(series, at, yardstick).text if at else "" for series, at in points)))
    return Table((_("Period"), *(line.name for line in lines)), tuple(rows))
