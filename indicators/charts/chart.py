"""What every chart has: a title, a sentence, its figures as a table, the source and the drawing, laid out alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.series import Series, Step

INK, QUIET, PAPER, GRID = "#0e5a6b", "#47565c", "#ffffff", "#c3ced1"
TARGET_COLOUR = "#9c3d00"
# Past this many periods the labels of the axis would run into one another.
MOST_LABELS = 8


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


def period_axis(lines: Sequence[Line]) -> dict:
    """Labels as published, at the last days of the periods; the newest is always among them."""
    periods = sorted({point.period for line in lines for point in line.series.points})
    step = -(-len(periods) // MOST_LABELS) or 1
    labelled = periods[::-1][::step][::-1]
    return {
        "tickvals": [period.end.isoformat() for period in labelled],
        "ticktext": [period.label for period in labelled],
    }


def new_series(series: Series) -> list[Step]:
    """The steps at which the publisher began to count in another way."""
    return [step for step in series.steps if step.interruption and step.interruption.kind == "break"]
