"""A funnel plot: areas by their size, within or outside the limits that chance allows around their average.

The average is that of the areas drawn, from their counts. Limits for shares are those of `benchmark.funnel`, for rates
the exact Poisson limits of the expected events; an area is judged by the limits that are drawn. Areas whose counts do
not give back their figure are left out, and so is the whole picture where fewer than five are left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.charts.chart import APART, INK, QUIET, Chart, Spot, Table, layout, trace
from indicators.counts import PROPORTION, counts_agree
from indicators.estimates import RATE
from indicators.figures import Yardstick
from indicators.numbers import count_text
from indicators.series import Point
from indicators.statistics import benchmark

LEAST_AREAS = 5
# Points of a limit as it is drawn.
DRAWN_AT = 40
POSITIONS = {
    (1, 2): gettext_lazy("above the upper 99.8% limit"),
    (1, 1): gettext_lazy("above the upper 95% limit"),
    (0, 0): gettext_lazy("within the 95% limits"),
    (-1, 1): gettext_lazy("below the lower 95% limit"),
    (-1, 2): gettext_lazy("below the lower 99.8% limit"),
}
# By tier: the name and the dash of the limits; widest last.
TIERS = {1: (gettext_lazy("95% limits"), "dash"), 2: (gettext_lazy("99.8% limits"), "dot")}
CONFIDENCES = {1: 0.95, 2: 0.998}
WIDTHS = {1: benchmark.Z95, 2: benchmark.Z998}


@dataclass(frozen=True)
class Measured:
    """An area and its figure, for the same period as the others."""

    name: str
    point: Point
    is_this: bool = False


@dataclass(frozen=True)
class Placed:
    """Where an area lies: side 1 above, -1 below, 0 within the limits; tier 1 beyond 95%, 2 beyond 99.8%, else 0."""

    area: Measured
    value: float
    side: int
    tier: int

    @property
    def words(self) -> str:
        return str(POSITIONS[self.side, self.tier])


def funnel(
    title: str, areas: Sequence[Measured], stick: Yardstick, *, period: str, unit_words: str = "", source: str = ""
) -> Chart | None:
    """None where a funnel does not apply, or to fewer than five areas. The areas must not overlap."""
    if stick.value_type not in (PROPORTION, RATE):
        return None
    counted = [area for area in areas if counts_agree(area.point, stick)]
    if len(counted) < LEAST_AREAS:
        return None
    average = _average(counted, stick)
    placed = sorted((_placed(area, average, stick) for area in counted), key=lambda one: -one.value)
    axes = {
        "xaxis": {"title": {"text": _("Denominator")}, "tickformat": ",d"},
        "yaxis": {"title": {"text": unit_words}},
    }
    drawing = {"data": [*_limits(counted, average, stick), *_marks(placed, stick)], "layout": layout(**axes)}
    return Chart(title, _summary(placed, average, period, stick), _table(placed, stick), source, drawing)


def _average(areas: Sequence[Measured], stick: Yardstick) -> float:
    events, size = (fsum(getattr(one.point, name) for one in areas) for name in ("numerator", "denominator"))
    return stick.multiplier * events / size


def limits(sizes: Sequence[float], average: float, tier: int, stick: Yardstick) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper, in the unit of the figure, for these denominators."""
    if stick.value_type == RATE:
        return benchmark.rate_limits(sizes, average, unit=stick.multiplier, z=WIDTHS[tier])
    share = average / stick.multiplier
    lower, upper = benchmark.funnel_limits(sizes, share, confidence=CONFIDENCES[tier])
    return lower * stick.multiplier, upper * stick.multiplier


def _placed(area: Measured, average: float, stick: Yardstick) -> Placed:
    """By its counts rather than by its figure as it was rounded."""
    value = stick.multiplier * area.point.numerator / area.point.denominator
    side = tier = 0
    for width in TIERS:
        lower, upper = limits([area.point.denominator], average, width, stick)
        beyond = int(value > upper[0]) - int(value < lower[0])
        side, tier = (beyond, width) if beyond else (side, tier)
    return Placed(area, value, side, tier)


def _limits(areas: Sequence[Measured], average: float, stick: Yardstick) -> list[dict]:
    sizes = [one.point.denominator for one in areas]
    drawn_at = np.geomspace(min(sizes) * 0.9, max(sizes) * 1.1, DRAWN_AT)
    level = _curve(drawn_at[[0, -1]], [average, average], stick)
    name = _("Average of these areas, %(average)s") % {"average": stick.text(average)}
    drawn = [trace(name, [level], line={"color": QUIET, "width": 1.5})]
    for tier, (words, dash) in TIERS.items():
        runs = [_curve(drawn_at, side, stick) for side in limits(drawn_at, average, tier, stick)]
        drawn.append(trace(str(words), runs, line={"color": QUIET, "width": 1.5, "dash": dash}))
    return drawn


def _curve(sizes: Sequence[float], values: Sequence[float], stick: Yardstick) -> list[Spot]:
    """No finer than can be seen, since a drawing goes over the wire."""
    decimals = stick.decimals + 2
    return [Spot(round(float(x), 2), round(float(y), decimals)) for x, y in zip(sizes, values, strict=True)]


def _marks(placed: Sequence[Placed], stick: Yardstick) -> list[dict]:
    """Rings within, diamonds outside, a square for the area of the page. What is not a ring has its name beside it."""
    others = [one for one in placed if not one.area.is_this]
    within, outside = [one for one in others if not one.tier], [one for one in others if one.tier]
    drawn = []
    if within:
        drawn.append(_mark(_("Within the 95% limits"), within, stick, "circle-open", QUIET))
    if outside:
        drawn.append(_mark(_("Outside the 95% limits"), outside, stick, "diamond", APART) | _labels(outside, placed))
    for one in placed:
        if one.area.is_this:
            drawn.append(_mark(one.area.name, [one], stick, "square", INK) | _labels([one], placed))
    return drawn


def _mark(name: str, placed: Sequence[Placed], stick: Yardstick, symbol: str, colour: str) -> dict:
    spots = [
        Spot(one.area.point.denominator, one.value, f"{one.area.name}: {stick.text(one.value)}, {one.words}")
        for one in placed
    ]
    marker = {"size": 11, "symbol": symbol, "color": colour, "line": {"color": colour, "width": 2}}
    return trace(name, [spots], mode="markers", marker=marker)


def _labels(named: Sequence[Placed], placed: Sequence[Placed]) -> dict:
    """Names stand towards the middle, so that none is cut off; of two that are close, one higher and one lower."""
    middle = max(one.area.point.denominator for one in placed) / 2
    sides = ("left" if one.area.point.denominator > middle else "right" for one in named)
    heights = (_height(one, named, placed) for one in named)
    return {
        "mode": "markers+text",
        "text": [one.area.name for one in named],
        "textposition": [f"{height} {side}" for height, side in zip(heights, sides, strict=True)],
        "cliponaxis": False,
    }


def _height(one: Placed, named: Sequence[Placed], placed: Sequence[Placed]) -> str:
    values = [other.value for other in placed]
    sizes = [other.area.point.denominator for other in placed]
    room_up, room_across = (max(values) - min(values)) / 8, (max(sizes) - min(sizes)) / 3
    near = [
        other.value
        for other in named
        if other is not one
        and abs(other.value - one.value) < room_up
        and abs(other.area.point.denominator - one.area.point.denominator) < room_across
    ]
    above, below = any(value > one.value for value in near), any(value <= one.value for value in near)
    return {(True, False): "bottom", (False, True): "top"}.get((above, below), "middle")


def _table(placed: Sequence[Placed], stick: Yardstick) -> Table:
    rows = ((one.area.name, count_text(one.area.point.denominator), stick.text(one.value), one.words) for one in placed)
    return Table((_("Area"), _("Denominator"), _("Figure"), _("Where it lies")), tuple(rows), (_("Where it lies"),))


def _summary(placed: Sequence[Placed], average: float, period: str, stick: Yardstick) -> str:
    """Who lies outside, or that nobody does; chance alone puts one area of twenty outside the 95% limits."""
    outside = [one for one in placed if one.tier]
    words = {"count": len(placed), "outside": len(outside), "average": stick.text(average), "period": period}
    if not outside:
        text = _("In %(period)s, all %(count)d areas lie within the 95%% limits around their average, %(average)s.")
        return text % words
    named = [_("%(area)s (%(position)s)") % {"area": one.area.name, "position": one.words} for one in outside]
    text = ngettext(
        "In %(period)s, %(outside)d of %(count)d areas lies outside the 95%% limits around their average, %(average)s: "
        "%(areas)s.",
        "In %(period)s, %(outside)d of %(count)d areas lie outside the 95%% limits around their average, %(average)s: "
        "%(areas)s.",
        len(outside),
    )
    return text % (words | {"areas": get_text_list(named, _("and"))})
