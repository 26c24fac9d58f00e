"""Areas in order of their figures for one period: as a table with bars, and as a funnel where they have counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.charts.bars import Bar, Bars, Entry, bars
from indicators.charts.funnel import Measured
from indicators.estimates import interval, margin_text
from indicators.figures import Figure, Yardstick, figure
from indicators.judgement import Benchmark, Comparison, comparison
from indicators.periods import Period
from indicators.series import Point, Series
from indicators.standing import shared_period
from partnerships.models import Area


@dataclass(frozen=True)
class Entrant:
    """An area with its series and what it is compared with; `is_ranked` is false for one shown only to compare with."""

    area: Area
    series: Series
    benchmark: Benchmark | None
    is_ranked: bool = True
    is_this: bool = False


@dataclass(frozen=True)
class RankedArea:
    """`rank` is empty for an area shown only to compare with. Equal figures share a rank: "2="."""

    rank: str
    area: Area
    figure: Figure
    margin: str
    comparison: Comparison
    is_this: bool
    bar: Bar


@dataclass(frozen=True)
class Ranking:
    """`line` names the benchmark that is drawn as a line, with its figure; empty without one."""

    period: str
    order: str
    areas: tuple[RankedArea, ...]
    bars: Bars
    line: str
    measured: tuple[Measured, ...]

    @property
    def has_margins(self) -> bool:
        return any(row.margin for row in self.areas)


def ranking(entrants: Sequence[Entrant], own: Series, benchmark: Benchmark | None, stick: Yardstick) -> Ranking | None:
    """The best first, or the highest where no direction is good; `benchmark` is drawn as a line across the bars.

    None where fewer than two of the ranked areas have a figure for one period. Of a count no benchmark is drawn.
    """
    ranked = [one for one in entrants if one.is_ranked]
    period = shared_period(own, [one.series for one in ranked if one.series.area != own.area])
    if period is None:
        return None
    points = {one.area: point for one in entrants if (point := one.series.at(period)) and point.is_number}
    sign = 1 if stick.polarity == "low" else -1
    in_order = sorted(
        (one for one in entrants if one.area in points),
        key=lambda one: (sign * points[one.area].value, one.area.name),
    )
    beside = _beside(benchmark, period, stick)
    drawn = bars([_entry(one, points[one.area], stick) for one in in_order], beside and beside.value, stick)
    return Ranking(
        period=period.label,
        order=_order(stick.polarity),
        areas=tuple(_rows(in_order, points, drawn, stick)),
        bars=drawn,
        line=_line(benchmark, beside, stick) if beside else "",
        measured=tuple(Measured(one.area.name, points[one.area], one.is_this) for one in in_order if one.is_ranked),
    )


def _beside(benchmark: Benchmark | None, period: Period, stick: Yardstick) -> Point | None:
    point = benchmark.series.at(period) if benchmark and not stick.is_count else None
    return point if point and point.is_number else None


def _line(benchmark: Benchmark, beside: Point, stick: Yardstick) -> str:
    """ "England 68.3%"; of a set with how it was made."""
    text = f"{benchmark.name} {stick.text(beside.value)}"
    if benchmark.kind != "set":
        return text
    return _("%(set)s, %(how)s") % {"set": text, "how": beside.note}


def _entry(one: Entrant, point: Point, stick: Yardstick) -> Entry:
    return Entry(point.value, interval(point, stick), one.is_this)


def _rows(in_order: Sequence[Entrant], points: Mapping[Area, Point], drawn: Bars, stick: Yardstick) -> list[RankedArea]:
    values = [stick.shown(points[one.area].value) for one in in_order if one.is_ranked]
    return [
        RankedArea(
            rank=_rank(stick.shown(points[one.area].value), values) if one.is_ranked else "",
            area=one.area,
            figure=figure(one.series, points[one.area], stick, unit=False),
            margin=margin_text(points[one.area], stick),
            comparison=comparison(points[one.area], one.benchmark, stick),
            is_this=one.is_this,
            bar=bar,
        )
        for one, bar in zip(in_order, drawn.bars, strict=True)
    ]


def _order(polarity: str) -> str:
    if polarity == "none":
        return _("highest first; no direction is good or bad")
    return _("best first: low is good") if polarity == "low" else _("best first: high is good")


def _rank(value: float, in_order: Sequence[float]) -> str:
    """ "1", or "2=" where another has the same."""
    return f"{in_order.index(value) + 1}{'=' if in_order.count(value) > 1 else ''}"
