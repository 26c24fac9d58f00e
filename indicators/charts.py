"""Pictures of figures: the geometry of a spark line and of a strip of areas, and the chart of a series for plotly.js.

No picture claims that a difference is more than chance. Colours come with a dash, a shape or a word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from indicators.figures import Yardstick, figure
from indicators.judgement import Aim
from indicators.series import Point, Series, Step

SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 120, 32, 4
SPREAD_WIDTH, SPREAD_HEIGHT, SPREAD_MARGIN = 160, 24, 8
# Past this many periods the labels of the axis would run into one another.
MOST_LABELS = 8
INK, QUIET = "#0e5a6b", "#47565c"
COMPARATOR_STYLES = (("dash", "#0b2e3c"), ("dot", "#52408f"), ("dashdot", "#5d7c85"))
TARGET_COLOUR = "#9c3d00"


@dataclass(frozen=True)
class Spark:
    """Pixels. Each segment is a "x,y x,y" line; `breaks` are the x where a new series begins."""

    width: int
    height: int
    segments: tuple[str, ...]
    breaks: tuple[str, ...]
    last: tuple[str, str] | tuple[()]
    sentence: str


@dataclass(frozen=True)
class Spread:
    """Pixels. Each dot is (x, label with the value, whether it is the area of the page), that area last."""

    width: int
    height: int
    dots: tuple[tuple[str, str, bool], ...]
    line: str | None
    sentence: str


@dataclass(frozen=True)
class Dot:
    """One area of a strip before it is drawn."""

    label: str
    value: float
    is_this: bool = False


@dataclass(frozen=True)
class Table:
    """Columns in words; rows of text, the first of each its head."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart is never alone. `figure` is what plotly.js draws: a dictionary of plain lists and numbers."""

    title: str
    summary: str
    table: Table
    source: str
    figure: dict = field(repr=False)


@dataclass(frozen=True)
class Line:
    """One area of a chart: its name and its series."""

    name: str
    series: Series


def spark(series: Series, yardstick: Yardstick) -> Spark | None:
    """None where there is no number to draw. Points stand at the ends of their periods."""
    numbers = [point for point in series.points if point.is_number]
    if not numbers:
        return None
    across = _scale([point.period.end.toordinal() for point in numbers], SPARK_WIDTH, SPARK_MARGIN)
    values = _scale([point.value for point in numbers], SPARK_HEIGHT, SPARK_MARGIN)

    def place(point: Point) -> tuple[str, str]:
        return _pixels(across(point.period.end.toordinal())), _pixels(SPARK_HEIGHT - values(point.value))

    runs = [run if len(run) > 1 else run * 2 for run in series.segments]
    breaks = [
        _pixels((across(step.before.period.end.toordinal()) + across(step.after.period.end.toordinal())) / 2)
        for step in _breaks(series)
    ]
    return Spark(
        SPARK_WIDTH,
        SPARK_HEIGHT,
        tuple(" ".join(",".join(place(point)) for point in run) for run in runs),
        tuple(breaks),
        place(numbers[-1]),
        summary(series, yardstick),
    )


def summary(series: Series, yardstick: Yardstick) -> str:
    """The series in one sentence: its first and newest numbers and what interrupts it."""
    numbers = [point for point in series.points if point.is_number]
    if not numbers:
        return _("There are no figures yet.")
    first, newest = (figure(series, point, yardstick) for point in (numbers[0], numbers[-1]))
    words = {"first": first.text, "start": first.period, "newest": newest.text, "end": newest.period}
    if len(numbers) == 1:
        return _("%(newest)s in %(end)s, the only figure.") % words
    sentence = _("%(first)s in %(start)s, %(newest)s in %(end)s") % words
    reasons = [step.interruption.reason for step in series.steps if step.interruption]
    return "; ".join([sentence, *reasons]) + "."


def spread(dots: Sequence[Dot], comparator: Dot | None, period: str) -> Spread:
    """The areas of one period on one scale, the comparator as a line."""
    scale = _scale([dot.value for dot in (*dots, comparator) if dot], SPREAD_WIDTH, SPREAD_MARGIN)
    drawn = sorted(dots, key=lambda dot: dot.is_this)
    named = [dot.label for dot in sorted(dots, key=lambda dot: -dot.value)]
    if comparator:
        named.append(comparator.label)
    return Spread(
        SPREAD_WIDTH,
        SPREAD_HEIGHT,
        tuple((_pixels(scale(dot.value)), dot.label, dot.is_this) for dot in drawn),
        _pixels(scale(comparator.value)) if comparator else None,
        _("%(period)s, highest first: %(areas)s") % {"period": period, "areas": "; ".join(named)},
    )


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
    drawing = go.Figure(layout=_layout(lines, unit_words))
    for trace in _own_traces(own, yardstick):
        drawing.add_trace(trace)
    for line, (dash, colour) in zip(lines[1:], COMPARATOR_STYLES, strict=False):
        drawing.add_trace(_comparator_trace(line, dash, colour, yardstick))
    if aim and aim.targets:
        drawing.add_trace(_target_trace(aim, yardstick))
    _draw_breaks(drawing, own.series)
    return Chart(title, summary(own.series, yardstick), _table(lines, yardstick), source, drawing.to_plotly_json())


def _own_traces(own: Line, yardstick: Yardstick) -> Iterable[go.Scatter]:
    """A new trace after each gap or break, so that no line runs across it."""
    for number, run in enumerate(own.series.segments):
        limits = all(point.lower is not None and point.upper is not None for point in run)
        yield go.Scatter(
            x=[point.period.end.isoformat() for point in run],
            y=[point.value for point in run],
            name=own.name,
            legendgroup=own.name,
            showlegend=number == 0,
            mode="lines+markers",
            line={"color": INK, "width": 3},
            marker={"size": 8},
            error_y=_limits(run) if limits else None,
            text=[_hover(own, point, yardstick) for point in run],
            hoverinfo="text",
        )


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


def _comparator_trace(line: Line, dash: str, colour: str, yardstick: Yardstick) -> go.Scatter:
    """One trace; an empty place lifts the pen after each gap or break."""
    points: list[Point | None] = []
    for run in line.series.segments:
        points += [*run, None]
    return go.Scatter(
        x=[point.period.end.isoformat() if point else None for point in points],
        y=[point.value if point else None for point in points],
        name=line.name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 5},
        text=[_hover(line, point, yardstick) if point else "" for point in points],
        hoverinfo="text",
    )


def _target_trace(aim: Aim, yardstick: Yardstick) -> go.Scatter:
    name = _("Path to the target") if len(aim.path) > 1 else _("Target")
    return go.Scatter(
        x=[point.due_on.isoformat() for point in aim.path],
        y=[point.value for point in aim.path],
        name=name,
        mode="lines+markers",
        line={"color": TARGET_COLOUR, "width": 2, "dash": "longdash"},
        marker={"size": 9, "symbol": "diamond-open"},
        text=[f"{name}, {point.label or point.due_on}: {yardstick.text(point.value)}" for point in aim.path],
        hoverinfo="text",
    )


def _hover(line: Line, point: Point, yardstick: Yardstick) -> str:
    shown = figure(line.series, point, yardstick)
    flags = f" ({shown.title})" if shown.title else ""
    return f"{line.name}, {shown.period}: {shown.text}{flags}"


def _draw_breaks(drawing: go.Figure, series: Series) -> None:
    for step in _breaks(series):
        middle = (step.before.period.end + (step.after.period.end - step.before.period.end) / 2).isoformat()
        line = {"color": QUIET, "width": 1, "dash": "dot"}
        drawing.add_shape(type="line", x0=middle, x1=middle, y0=0, y1=1, yref="paper", line=line)
        drawing.add_annotation(
            x=middle, y=1, yref="paper", xanchor="left", yanchor="top", text=_("new series"), showarrow=False
        )


def _breaks(series: Series) -> list[Step]:
    return [step for step in series.steps if step.interruption and step.interruption.kind == "break"]


def _layout(lines: Sequence[Line], unit_words: str) -> go.Layout:
    periods = sorted({point.period for line in lines for point in line.series.points})
    step = -(-len(periods) // MOST_LABELS) or 1
    labelled = periods[::-1][::step][::-1]
    return go.Layout(
        template="none",
        margin={"l": 56, "r": 12, "t": 16, "b": 40},
        hovermode="closest",
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        xaxis={
            "tickvals": [period.end.isoformat() for period in labelled],
            "ticktext": [period.label for period in labelled],
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={"title": {"text": unit_words}, "gridcolor": "#c3ced1", "zeroline": False, "fixedrange": True},
    )


def _table(lines: Sequence[Line], yardstick: Yardstick) -> Table:
    """Newest first, as a reader wants it."""
    periods = sorted({point.period for line in lines for point in line.series.points}, reverse=True)
    rows = []
    for period in periods:
        points = [(line.series, line.series.at(period)) for line in lines]
        rows.append((period.label, *(figure(series, at, yardstick).text if at else "" for series, at in points)))
    return Table((_("Period"), *(line.name for line in lines)), tuple(rows))


def _scale(values: Sequence[float], length: int, margin: int):
    """A function from a value to its distance in pixels; all in the middle where there is but one value."""
    least, most = min(values), max(values)
    if least == most:
        return lambda value: length / 2
    return lambda value: margin + (value - least) / (most - least) * (length - 2 * margin)


def _pixels(distance: float) -> str:
    """Text, because a template would write a number with the decimal sign of the language."""
    return f"{distance:.1f}"
