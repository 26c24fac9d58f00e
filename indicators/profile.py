"""One indicator in one area in depth: its chart, all its periods, the areas ranked, its breakdowns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from indicators import reading, standing, versions
from indicators.charts import Chart, Line, timeseries
from indicators.figures import Figure, Yardstick, figure, flag_words
from indicators.judgement import Comparison, comparison
from indicators.models import Indicator
from indicators.numbers import count_text, number_text
from indicators.paths import Aim
from indicators.reading import Figures
from indicators.series import Point, Series
from indicators.standing import Standing
from indicators.territory import Territory
from partnerships.models import Area


@dataclass(frozen=True)
class PeriodRow:
    """One period of the area, with the nation's figure and the file and row that the area's figure came in.

    `days` names the period in an address. The file is that of the partnership with the slug `file_of`; others may know
    its name where that is public.
    """

    period: str
    days: str
    figure: Figure
    limits: str
    numerator: str
    denominator: str
    remarks: str
    nation: Figure | None
    file: str
    file_of: str
    file_is_public: bool
    row: int


@dataclass(frozen=True)
class RankedArea:
    """`rank` is empty for an area shown only to compare with. Equal figures share a rank: "2="."""

    rank: str
    area: Area
    figure: Figure
    comparison: Comparison
    is_this: bool


@dataclass(frozen=True)
class Ranking:
    period: str
    order: str
    areas: tuple[RankedArea, ...]


@dataclass(frozen=True)
class BreakdownRow:
    breakdown: str
    figure: Figure


@dataclass(frozen=True)
class Profile:
    indicator: Indicator
    area: Area
    breakdown: str
    nation: Area | None
    standing: Standing
    chart: Chart
    periods: tuple[PeriodRow, ...]
    has_limits: bool
    has_counts: bool
    ranking: Ranking | None
    breakdowns: tuple[BreakdownRow, ...]
    figures: Figures


def profile(
    indicator: Indicator,
    area: Area,
    territory: Territory,
    *,
    breakdown: str = "",
    aim: Aim | None = None,
    today: date,
    as_known_on: date | None = None,
) -> Profile:
    """Two queries. The area is one of the territory, loaded with its ancestors; `aim` is what is wanted of it there.

    `as_known_on` draws it as it was known at the end of that day.
    """
    nation = area.nation()
    figures = reading.read([indicator], {*territory.areas, *filter(None, [nation])}, known_on=as_known_on)
    benchmark = standing.national(figures, indicator, area, breakdown)
    found = standing.standing(figures, indicator, area, breakdown=breakdown, benchmark=benchmark, aim=aim, today=today)
    series, stick = found.series, found.yardstick
    national = figures.of(indicator, nation, breakdown) if nation else None
    return Profile(
        indicator=indicator,
        area=area,
        breakdown=breakdown,
        nation=nation,
        standing=found,
        chart=_chart(indicator, area, figures, breakdown, stick, aim),
        periods=tuple(_period_row(series, point, national, stick) for point in reversed(series.points)),
        has_limits=any(point.lower is not None or point.upper is not None for point in series.points),
        has_counts=any(point.numerator is not None or point.denominator is not None for point in series.points),
        ranking=_ranking(indicator, area, territory, figures, breakdown, stick),
        breakdowns=tuple(_breakdown_rows(indicator, area, figures, stick)),
        figures=figures,
    )


def _chart(
    indicator: Indicator, area: Area, figures: Figures, breakdown: str, stick: Yardstick, aim: Aim | None
) -> Chart:
    """Beside the area what it lies in. The counts of a larger place would flatten those of a smaller one."""
    above = [] if stick.is_count else area.ancestors()
    title = _("%(indicator)s, %(area)s") % {"indicator": indicator.name, "area": area.name}
    return timeseries.chart(
        f"{title}, {breakdown}" if breakdown else title,
        Line(area.name, figures.of(indicator, area, breakdown)),
        [Line(other.name, figures.of(indicator, other, breakdown)) for other in reversed(above)],
        stick,
        aim=aim,
        unit_words=indicator.unit_words,
        source=_("Source: %(publisher)s, %(source)s.") % {"publisher": indicator.publisher, "source": indicator.source},
    )


def _period_row(series: Series, point: Point, nation: Series | None, stick: Yardstick) -> PeriodRow:
    other = nation.at(point.period) if nation else None
    return PeriodRow(
        period=point.period.label,
        days=versions.days_of(point.period),
        figure=figure(series, point, stick, unit=False),
        limits=limits_text(point, stick),
        numerator="" if point.numerator is None else count_text(point.numerator),
        denominator="" if point.denominator is None else count_text(point.denominator),
        remarks="; ".join(filter(None, [flag_words(point.flags), point.note])),
        nation=figure(nation, other, stick, unit=False) if other else None,
        file=point.source.file_name if point.source else "",
        file_of=point.source.partnership if point.source else "",
        file_is_public=point.source is not None and point.source.is_public,
        row=point.row,
    )


def limits_text(point: Point, stick: Yardstick) -> str:
    """ "64.0 to 70.9", with an ellipsis for a limit that is not known; empty without limits."""
    if point.lower is None and point.upper is None:
        return ""
    lower, upper = (
        "…" if limit is None else number_text(limit, stick.decimals) for limit in (point.lower, point.upper)
    )
    return _("%(lower)s to %(upper)s") % {"lower": lower, "upper": upper}


def _ranking(
    indicator: Indicator, area: Area, territory: Territory, figures: Figures, breakdown: str, stick: Yardstick
) -> Ranking | None:
    """The areas of one period, the best first, or the highest where no direction is good.

    None where fewer than two areas of the footprint have a figure for one period.
    """
    found = {other: figures.of(indicator, other, breakdown) for other in territory.areas}
    ours = [found[other] for other in territory.footprint if other != area]
    period = standing.shared_period(found[area], ours)
    if period is None:
        return None
    sign = 1 if stick.polarity == "low" else -1
    numbers = {other: point for other, series in found.items() if (point := series.at(period)) and point.is_number}
    in_order = sorted(numbers, key=lambda other: (sign * numbers[other].value, other.name))
    ranked = _ranked(area, territory)
    values = [stick.shown(numbers[other].value) for other in in_order if other in ranked]
    rows = [
        RankedArea(
            rank=_rank(stick.shown(numbers[other].value), values) if other in ranked else "",
            area=other,
            figure=figure(found[other], numbers[other], stick, unit=False),
            comparison=_against_nation(other, numbers[other], figures, indicator, breakdown, stick),
            is_this=other == area,
        )
        for other in in_order
    ]
    return Ranking(period.label, _order(stick.polarity), tuple(rows))


def _ranked(area: Area, territory: Territory) -> list[Area]:
    """The area and its peers, or its parts; a whole has no rank among its parts."""
    peers = territory.peers_of(area)
    return peers if any(peer.parent_id == area.pk for peer in peers) else [area, *peers]


def _against_nation(
    area: Area, point: Point, figures: Figures, indicator: Indicator, breakdown: str, stick: Yardstick
) -> Comparison:
    return comparison(point, standing.national(figures, indicator, area, breakdown), stick)


def _order(polarity: str) -> str:
    if polarity == "none":
        return _("highest first; no direction is good or bad")
    return _("best first: low is good") if polarity == "low" else _("best first: high is good")


def _rank(value: float, in_order: Sequence[float]) -> str:
    """ "1", or "2=" where another has the same."""
    return f"{in_order.index(value) + 1}{'=' if in_order.count(value) > 1 else ''}"


def _breakdown_rows(indicator: Indicator, area: Area, figures: Figures, stick: Yardstick) -> Iterator[BreakdownRow]:
    """The newest fact of every breakdown that the area has figures for, everyone first."""
    for breakdown in figures.breakdowns(indicator, area):
        series = figures.of(indicator, area, breakdown)
        yield BreakdownRow(breakdown, figure(series, series.newest, stick, unit=False))
