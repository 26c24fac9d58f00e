"""The groups of one dimension in an area, for one period: a table with bars beside everyone, and their gap in time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.charts.bars import Bar, Bars, Entry, bars
from indicators.charts.chart import Chart
from indicators.charts.inequality import gap_chart
from indicators.estimates import interval, margin_text
from indicators.figures import Figure, Yardstick, figure
from indicators.groups import Dimension, dimensions
from indicators.series import Point, Series


@dataclass(frozen=True)
class GroupRow:
    """`breakdown` is "" for everyone. The figure and its bar are None where the group has none for the period."""

    breakdown: str
    name: str
    figure: Figure | None
    margin: str
    bar: Bar | None
    is_this: bool


@dataclass(frozen=True)
class GroupTable:
    """`line` is everyone's figure, drawn across the bars; empty where there is none for the period."""

    dimension: str
    period: str
    rows: tuple[GroupRow, ...]
    bars: Bars
    line: str
    gap: Chart | None

    @property
    def has_margins(self) -> bool:
        return any(row.margin for row in self.rows)


@dataclass(frozen=True)
class Caption:
    """What stands over and under every picture of groups: "Ready for school", "Lancashire"."""

    indicator: str
    area: str
    unit_words: str
    source: str


def group_tables(series: Sequence[Series], breakdown: str, stick: Yardstick, caption: Caption) -> list[GroupTable]:
    """One for each dimension that has a number. The series are those of one area, `breakdown` is that of the page."""
    everyone = next((one for one in series if not one.breakdown), None)
    found = (dimension for dimension in dimensions(series) if dimension.period)
    return [_table(dimension, everyone, breakdown, stick, caption) for dimension in found]


def _table(
    dimension: Dimension, everyone: Series | None, breakdown: str, stick: Yardstick, caption: Caption
) -> GroupTable:
    period = dimension.period
    level = everyone.at(period) if everyone else None
    named = [(group.name, group.series, group.series.at(period)) for group in dimension.groups]
    if level and level.is_number:
        named.append((_("Everyone"), everyone, level))
    has_line = bool(level and level.is_number and not stick.is_count)
    entries = [_entry(point, stick, is_this=one.breakdown == breakdown) for _name, one, point in named]
    drawn = bars(entries, level.value if has_line else None, stick)
    return GroupTable(
        dimension=dimension.name,
        period=period.label,
        rows=tuple(_row(*one, bar, breakdown, stick) for one, bar in zip(named, drawn.bars, strict=True)),
        bars=drawn,
        line=_("Everyone %(figure)s") % {"figure": stick.text(level.value)} if has_line else "",
        gap=_gap(dimension, stick, caption),
    )


def _entry(point: Point | None, stick: Yardstick, *, is_this: bool) -> Entry | None:
    return Entry(point.value, interval(point, stick), is_this) if point and point.is_number else None


def _row(name: str, series: Series, point: Point | None, bar: Bar | None, breakdown: str, stick: Yardstick) -> GroupRow:
    return GroupRow(
        breakdown=series.breakdown,
        name=name,
        figure=figure(series, point, stick, unit=False) if point else None,
        margin=margin_text(point, stick) if point else "",
        bar=bar,
        is_this=series.breakdown == breakdown,
    )


def _gap(dimension: Dimension, stick: Yardstick, caption: Caption) -> Chart | None:
    words = {"dimension": dimension.name, "indicator": caption.indicator, "area": caption.area}
    title = _("Gap by %(dimension)s: %(indicator)s, %(area)s") % words
    return gap_chart(title, dimension, stick, unit_words=caption.unit_words, source=caption.source)
