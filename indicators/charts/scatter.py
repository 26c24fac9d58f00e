"""The chart of two measures, each area a point, for plotly.js."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indicators.charts.chart import GRID, INK, QUIET, TARGET_COLOUR, layout

# Letters of a line of an axis's title: more would run out of a narrow chart.
LINE = 36
# Each kind of area has a shape of its own: disc, ring and diamond are told apart without colour.
MARKERS = {
    "own": {"symbol": "circle", "size": 11, "color": INK},
    "beside": {"symbol": "circle-open", "size": 10, "color": QUIET, "line": {"width": 2}},
    "whole": {"symbol": "diamond-open", "size": 11, "color": TARGET_COLOUR, "line": {"width": 2}},
}


class Dot(NamedTuple):
    """One area: its kind is one of MARKERS, its text what is read when pointed at."""

    kind: str
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Axis:
    """The words along an axis, and the unit that stands behind its numbers ("%") where it is that short."""

    title: str
    suffix: str = ""


def figure(dots: Sequence[Dot], names: dict[str, str], across: Axis, up: Axis) -> dict:
    """What plotly.js draws: a trace for each kind that occurs, called as in `names`, in that order."""
    return {
        "data": [_trace(kind, name, found) for kind, name in names.items() if (found := _of(kind, dots))],
        "layout": layout(xaxis=_axis(across) | {"showgrid": True, "gridcolor": GRID}, yaxis=_axis(up)),
    }


def _of(kind: str, dots: Sequence[Dot]) -> list[Dot]:
    return [dot for dot in dots if dot.kind == kind]


def _trace(kind: str, name: str, dots: Sequence[Dot]) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "text": [dot.text for dot in dots],
        "hoverinfo": "text",
        "marker": MARKERS[kind],
        "showlegend": True,
    }


def _axis(axis: Axis) -> dict:
    return {"title": {"text": "<br>".join(textwrap.wrap(axis.title, LINE))}, "ticksuffix": axis.suffix}
