"""What every chart has: a title, a sentence, its figures as a table, the source and the drawing, laid out alike.

A drawing is a dictionary as plotly.js takes it. The colours are those of static/css/_colours.scss, and differ enough in
lightness to be told apart in print; whatever a colour says, a dash, a shape or a word says too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from indicators.figures import Yardstick, figure
from indicators.series import Point, Series, Step

INK, QUIET, PAPER, GRID = "#0e5a6b", "#47565c", "#ffffff", "#c3ced1"
BETTER, WORSE, APART = "#0a4f93", "#c25400", "#52408f"
TARGET_COLOUR = "#9c3d00"
# Past this many periods the labels of the axis would run into one another.
MOST_LABELS = 8


@dataclass(frozen=True)
class Table:
    """Columns in words; rows of text, the first of each its head. `worded` names the columns that hold no numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    worded: tuple[str, ...] = ()

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The columns, each with what it holds: "words" or "number"."""
        words = {self.columns[0], *self.worded}
        return [(name, "words" if name in words else "number") for name in self.columns]


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
    """One area of a chart: its name and its series. Notes of an average say of how many areas each figure is."""

    name: str
    series: Series
    is_average: bool = False

    def words(self, point: Point, stick: Yardstick) -> str:
        """What is said of a point under the pointer: "Lancashire, 2023/24: 66.4% (provisional)"."""
        shown = figure(self.series, point, stick)
        remarks = ", ".join(filter(None, [shown.title, point.note if self.is_average else ""]))
        return f"{self.name}, {shown.period}: {shown.text}{f' ({remarks})' if remarks else ''}"


class Spot(NamedTuple):
    """A place in a drawing: a day (ISO) or a number across, a value up, and what is said of it under the pointer."""

    x: str | float | None
    y: float | None
    words: str = ""


PEN_LIFTED = Spot(None, None)


def trace(name: str, runs: Iterable[Sequence[Spot]], *, mode: str = "lines", **more) -> dict:
    """Marks or a line through runs of spots; no line leads from one run to the next."""
    spots = [spot for run in runs for spot in (*run, PEN_LIFTED)][:-1]
    words = [spot.words for spot in spots]
    return {
        "type": "scatter",
        "name": name,
        "x": [spot.x for spot in spots],
        "y": [spot.y for spot in spots],
        "mode": mode,
        "connectgaps": False,
        **({"hovertext": words, "hoverinfo": "text"} if any(words) else {"hoverinfo": "skip"}),
        **more,
    }


def spot(point: Point, words: str = "") -> Spot:
    """A figure stands at the last day of its period."""
    return Spot(point.period.end.isoformat(), point.value, words)


def layout(*, xaxis: dict, yaxis: dict, **more) -> dict:
    """White paper, a legend above the drawing, no zooming; `more` of what plotly.js knows."""
    return {
        "margin": {"l": 56, "r": 12, "t": 16, "b": 40},
        "hovermode": "closest",
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True} | xaxis,
        "yaxis": {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "automargin": True} | yaxis,
        **more,
    }


def period_axis(lines: Sequence[Line], last: tuple[date, str] | None = None) -> dict:
    """Labels as published, at the last days of the periods; the newest is always among them.

    `last` is a later day with its label, such as that of a target.
    """
    periods = sorted({point.period for line in lines for point in line.series.points})
    step = -(-len(periods) // MOST_LABELS) or 1
    labelled = [(period.end, period.label) for period in periods[::-1][::step][::-1]]
    if last and labelled and last[0] > labelled[-1][0]:
        labelled.append(last)
    return {
        "type": "date",
        "tickvals": [day.isoformat() for day, _label in labelled],
        "ticktext": [label for _day, label in labelled],
    }


def interruptions(series: Series) -> dict:
    """What stands between two figures that no line joins: a dotted line for a new series, otherwise words alone.

    Written upwards, since there is little room between two figures.
    """
    steps = [step for step in series.steps if step.interruption]
    line = {"type": "line", "y0": 0, "y1": 1, "yref": "paper", "line": {"color": QUIET, "width": 1, "dash": "dot"}}
    return {
        "shapes": [{"x0": x, "x1": x, **line} for x in map(_middle, new_series(series))],
        "annotations": [
            {
                "x": _middle(step),
                "y": 0,
                "yref": "paper",
                "xanchor": "left" if step.interruption.kind == "break" else "center",
                "yanchor": "bottom",
                "textangle": -90,
                "text": _interruption_words(step),
                "showarrow": False,
                "font": {"color": QUIET},
            }
            for step in steps
        ],
    }


def new_series(series: Series) -> list[Step]:
    """The steps at which the publisher began to count in another way."""
    return [step for step in series.steps if step.interruption and step.interruption.kind == "break"]


def _middle(step: Step) -> str:
    return (step.before.period.end + (step.after.period.end - step.before.period.end) / 2).isoformat()


def _interruption_words(step: Step) -> str:
    """Short, for the drawing; the sentence of the chart says more."""
    kind = step.interruption.kind
    if kind == "break":
        return _("new series")
    if kind == "length":
        return _("other length")
    return _("no figure")
