"""One indicator in one area in depth: its chart, all its periods, the areas ranked, its groups.

Only what is shown is read: the series of the area with its groups and of what it is compared with, of all other areas
the one figure that stands beside its newest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from indicators import gathering, openness, standing, summaries
from indicators.aims import Aim
from indicators.charts import Chart, Line, timeseries
from indicators.charts.funnel import funnel
from indicators.comparators import Comparator
from indicators.figures import Yardstick
from indicators.grouptable import Caption, GroupTable, group_tables
from indicators.judgement import Benchmark
from indicators.models import Indicator
from indicators.periodrows import PeriodTable, period_table
from indicators.ranking import Entrant, Ranking, ranking
from indicators.reading import Figures, yardstick
from indicators.series import Series
from indicators.standing import Standing
from indicators.territory import Territory
from partnerships.models import Area, Partnership


@dataclass(frozen=True)
class Question:
    """What a page is asked: an indicator in an area of a partnership, for everyone or a group, beside a comparator.

    The area is loaded with its ancestors; `comparator` is None for a nation. `as_known_on` draws the page as it was
    known at the end of that day.
    """

    indicator: Indicator
    area: Area
    partnership: Partnership
    territory: Territory
    breakdown: str = ""
    comparator: Comparator | None = None
    as_known_on: date | None = None


@dataclass(frozen=True)
class Profile:
    """`against` names what the ranked areas are compared with. `neighbours` ranks the area among those of a comparator
    that is a set. `breakdowns` are those that it has figures for.
    """

    indicator: Indicator
    area: Area
    breakdown: str
    comparator: Comparator | None
    standing: Standing
    sentence: str
    chart: Chart
    periods: PeriodTable
    ranking: Ranking | None
    against: str
    neighbours: Ranking | None
    funnel: Chart | None
    groups: tuple[GroupTable, ...]
    breakdowns: tuple[str, ...]
    figures: Figures


def profile(asked: Question, *, aim: Aim | None = None, today: date) -> Profile:
    """Eight queries, five more where an area is a sum of others; `aim` is what is wanted of the indicator there."""
    indicator, area, breakdown = asked.indicator, asked.area, asked.breakdown
    figures, stick = _figures(asked), yardstick(indicator)
    benchmark = standing.benchmark_of(figures, indicator, asked.comparator, breakdown)
    found = standing.standing(figures, indicator, area, breakdown=breakdown, benchmark=benchmark, aim=aim, today=today)
    of_area = [figures.of(indicator, area, one) for one in figures.breakdowns(indicator, area)]
    line = benchmark if asked.comparator and not asked.comparator.is_set else _national(asked, figures, area)
    ranked = _ranking(asked, figures, line, stick)
    return Profile(
        indicator=indicator,
        area=area,
        breakdown=breakdown,
        comparator=asked.comparator,
        standing=found,
        sentence=summaries.sentence(found),
        chart=_chart(asked, figures, found, benchmark, aim),
        periods=period_table(found.series, benchmark, stick),
        ranking=ranked,
        against=line.name if line else "",
        neighbours=_neighbours(asked, figures, benchmark, stick),
        funnel=_funnel(asked, ranked, stick),
        groups=tuple(group_tables(of_area, breakdown, stick, _caption(asked))),
        breakdowns=tuple(series.breakdown for series in of_area),
        figures=figures,
    )


def _figures(asked: Question) -> Figures:
    """The whole series of the area and of what is drawn beside it; of all other areas one figure.

    Without those beyond the territory that only members of another partnership may see.
    """
    wholes, day = asked.territory.wholes, asked.as_known_on
    own = gathering.full([asked.indicator], [asked.area], wholes, known_on=day)
    number = own.of(asked.indicator, asked.area, asked.breakdown).newest_number
    lines = gathering.full(
        [asked.indicator], _beside_in_time(asked), wholes, breakdowns=[asked.breakdown], known_on=day
    )
    fact = (asked.indicator, asked.breakdown, number.period if number else None)
    others = gathering.beside([fact], _beside_in_rank(asked), wholes, known_on=day)
    return openness.open_to(asked.partnership, asked.territory, others.joined(lines).joined(own))


def _beside_in_time(asked: Question) -> set[Area]:
    """The areas whose whole series are needed: what the area lies in, and what it is compared with."""
    compared = asked.comparator.areas if asked.comparator else ()
    return {*asked.area.ancestors(), *compared} - {asked.area}


def _beside_in_rank(asked: Question) -> set[Area]:
    nations = {area.nation() for area in asked.territory.areas} - {None}
    return {*asked.territory.areas, *nations} - _beside_in_time(asked) - {asked.area}


def _chart(asked: Question, figures: Figures, found: Standing, benchmark: Benchmark | None, aim: Aim | None) -> Chart:
    caption = _caption(asked)
    title = _("%(indicator)s, %(area)s") % {"indicator": caption.indicator, "area": caption.area}
    return timeseries.chart(
        f"{title}, {asked.breakdown}" if asked.breakdown else title,
        Line(asked.area.name, found.series),
        list(_lines(asked, figures, benchmark, found.yardstick)),
        found.yardstick,
        signal=found.signal,
        aim=aim,
        target=found.target,
        unit_words=caption.unit_words,
        source=caption.source,
    )


def _lines(asked: Question, figures: Figures, benchmark: Benchmark | None, stick: Yardstick) -> Iterable[Line]:
    """What the area is compared with, then what it lies in; the counts of a larger place would flatten its own."""
    if stick.is_count:
        return
    if benchmark:
        yield Line(_line_name(benchmark), benchmark.series, is_average=benchmark.kind == "set")
    drawn = asked.comparator.areas if asked.comparator and not asked.comparator.is_set else ()
    for area in reversed(asked.area.ancestors()):
        if area not in drawn:
            yield Line(area.name, figures.of(asked.indicator, area, asked.breakdown))


def _line_name(benchmark: Benchmark) -> str:
    """Of a set with how its newest figure was made: "Neighbours (May 2025), mean of 10 areas"."""
    newest = benchmark.series.newest
    if benchmark.kind != "set" or newest is None:
        return benchmark.name
    return _("%(set)s, %(how)s") % {"set": benchmark.name, "how": newest.note}


def _caption(asked: Question) -> Caption:
    indicator = asked.indicator
    return Caption(
        indicator=indicator.name,
        area=asked.area.name,
        unit_words=indicator.unit_words,
        source=_("Source: %(publisher)s, %(source)s.") % {"publisher": indicator.publisher, "source": indicator.source},
    )


def _ranking(asked: Question, figures: Figures, line: Benchmark | None, stick: Yardstick) -> Ranking | None:
    """The areas of the partnership, and what it compares with between them without a rank."""
    ranked = _peers(asked)
    areas = dict.fromkeys([asked.area, *ranked, *asked.territory.areas])
    entrants = [_entrant(asked, figures, area, line, is_ranked=area in ranked) for area in areas]
    return ranking(entrants, _series(asked, figures, asked.area), line, stick)


def _peers(asked: Question) -> list[Area]:
    """The area and its peers, or its parts; a whole has no rank among its parts."""
    combined = asked.territory.combined
    if combined and combined.area == asked.area:
        return list(combined.parts)
    peers = asked.territory.peers_of(asked.area)
    return peers if any(peer.parent_id == asked.area.pk for peer in peers) else [asked.area, *peers]


def _neighbours(asked: Question, figures: Figures, average: Benchmark | None, stick: Yardstick) -> Ranking | None:
    """The area among those of the set that it is compared with, whose average is the line."""
    if not asked.comparator or not asked.comparator.is_set:
        return None
    areas = dict.fromkeys([asked.area, *asked.comparator.areas])
    entrants = [_entrant(asked, figures, area, average) for area in areas]
    return ranking(entrants, _series(asked, figures, asked.area), average, stick)


def _entrant(
    asked: Question, figures: Figures, area: Area, line: Benchmark | None, *, is_ranked: bool = True
) -> Entrant:
    """Beside the line of the picture if it is not that itself, and of the same nation; otherwise beside its nation."""
    series = _series(asked, figures, area)
    is_apart = line is not None and line.series.area != area.code and area.nation() == asked.area.nation()
    benchmark = line if is_apart else _national(asked, figures, area)
    return Entrant(area, series, benchmark, is_ranked, is_this=area == asked.area)


def _series(asked: Question, figures: Figures, area: Area) -> Series:
    return figures.of(asked.indicator, area, asked.breakdown)


def _national(asked: Question, figures: Figures, area: Area) -> Benchmark | None:
    return standing.national(figures, asked.indicator, area, asked.breakdown)


def _funnel(asked: Question, ranked: Ranking | None, stick: Yardstick) -> Chart | None:
    """Of the areas that have a rank, which do not overlap."""
    if ranked is None:
        return None
    caption = _caption(asked)
    words = {"indicator": caption.indicator, "period": ranked.period}
    return funnel(
        _("%(indicator)s by size of area, %(period)s") % words,
        ranked.measured,
        stick,
        period=ranked.period,
        unit_words=caption.unit_words,
        source=caption.source,
    )
