"""The spine chart: every measure of a strategy in one area, on the scale of the areas beside it.

A fixed number of queries.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import gathering, judgement, openness, reading, sources, standing
from indicators.charts.spine import Stretch, Strip, strip
from indicators.comparators import Comparator
from indicators.figures import Figure, Yardstick, data_attributes, figure
from indicators.judgement import Benchmark, Comparison
from indicators.peergroups import LEAST, PeerGroup
from indicators.periods import Period
from indicators.reading import Figures
from indicators.series import Series
from indicators.sources import SourceLine
from indicators.statistics import quantiles
from indicators.territory import Territory
from outcomes import measures
from outcomes.dashboard import indicator_address
from outcomes.measures import MeasureGroup
from outcomes.models import Measure, Strategy
from partnerships.models import Area

# How many of an area's newest figures are looked up in the areas beside it.
RECENT = 5
# The mark of the area on its strip: the shapes of components/comparison.html.
SHAPES = {"better": "tick", "similar": "same", "worse": "alert", "higher": "up", "lower": "down"}


@dataclass(frozen=True)
class End:
    """A figure at one end of the scale, and the areas that have it: "Ashby", "Ashby and 2 more"."""

    text: str
    areas: str


@dataclass(frozen=True)
class Scale:
    """What is drawn of a measure: worst and best of the areas, or lowest and highest where neither is good.

    `areas` is how many have a figure for the period; `half` is from where to where their middle half runs.
    """

    strip: Strip
    worst: End
    best: End
    half: str
    areas: int
    sentence: str


@dataclass(frozen=True)
class Row:
    """One measure. `figure` is the one drawn, `newest` a newer fact that is not; `reason` says why nothing is drawn."""

    measure: Measure
    address: str = ""
    figure: Figure | None = None
    newest: Figure | None = None
    comparison: Comparison | None = None
    scale: Scale | None = None
    reason: str = ""

    @property
    def is_judged(self) -> bool:
        """Whether high or low is good."""
        return self.measure.indicator.polarity != "none"

    @property
    def shape(self) -> str:
        return SHAPES.get(self.comparison.code, "none") if self.comparison else "none"

    @property
    def attributes(self) -> SafeString:
        """What a program reads at the row."""
        if self.figure is None:
            return SafeString()
        return data_attributes(self.figure, comparison=self.comparison.word if self.comparison else "not compared")


@dataclass(frozen=True)
class Group:
    """The measures of one element, or of the strategy as a whole."""

    code: str
    title: str
    word: str
    trail: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Spine:
    """`beside` is None where there are too few areas to set this one beside."""

    area: Area
    comparator: Comparator | None
    beside: PeerGroup | None
    groups: tuple[Group, ...]
    sources: tuple[SourceLine, ...]

    @property
    def summary(self) -> str:
        """How many measures are drawn, and how they compare."""
        rows = [row for group in self.groups for row in group.rows]
        codes = [row.comparison.code for row in rows if row.scale]
        drawn = ngettext(
            "%(drawn)d of %(count)d measure is drawn", "%(drawn)d of %(count)d measures are drawn", len(rows)
        ) % {"drawn": len(codes), "count": len(rows)}
        if not codes:
            return f"{drawn}."
        counts = ", ".join(words % codes.count(code) for code, words in _counted(codes) if code in codes)
        words = {"drawn": drawn, "counts": counts, "name": self.comparator.full_name}
        return _("%(drawn)s; compared with %(name)s %(counts)s.") % words


def _counted(codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each way to compare with the words that count it, as many as there are."""
    yield "better", ngettext("%d is better", "%d are better", codes.count("better"))
    yield "similar", ngettext("%d is similar", "%d are similar", codes.count("similar"))
    yield "worse", ngettext("%d is worse", "%d are worse", codes.count("worse"))
    yield "higher", ngettext("%d is higher", "%d are higher", codes.count("higher"))
    yield "lower", ngettext("%d is lower", "%d are lower", codes.count("lower"))
    yield "none", ngettext("%d cannot be judged", "%d cannot be judged", codes.count("none"))


def spine(
    strategy: Strategy,
    area: Area,
    territory: Territory,
    *,
    beside: PeerGroup | None,
    comparator: Comparator | None,
    as_known_on: date | None = None,
    is_member: bool = False,
) -> Spine:
    """The measures of the strategy in an area of the territory, among the areas beside it. Seven queries.

    `comparator` stands in the middle, None for a nation. `as_known_on` draws it as it was known at the end of that day.
    `is_member` tells whether the reader may open uploaded files.
    """
    groups = measures.groups_of(strategy)
    shown = [one.measure for group in groups for one in group.measures if one.measure.indicator]
    others = {*(beside.areas if beside else ()), *(comparator.areas if comparator else ())} - {area}
    read = _figures(shown, area, others, territory, as_known_on)
    figures = openness.open_to(strategy.partnership, territory, read)
    setting = _Setting(area, beside, comparator, figures, as_known_on)
    return Spine(
        area=area,
        comparator=comparator,
        beside=beside,
        groups=tuple(_group(group, setting) for group in groups),
        sources=sources.lines(
            {measure.indicator for measure in shown}, figures, strategy.partnership, originals_open=is_member
        ),
    )


def _figures(
    shown: Sequence[Measure], area: Area, others: Collection[Area], territory: Territory, known_on: date | None
) -> Figures:
    """The whole series of the area; of the others the facts that stand beside its newest numbers."""
    own = gathering.full(
        {measure.indicator for measure in shown},
        [area],
        territory.wholes,
        breakdowns={measure.breakdown for measure in shown},
        known_on=known_on,
    )
    facts = {
        (one.indicator, one.breakdown, period)
        for one in shown
        for period in _recent(own.of(one.indicator, area, one.breakdown))
    }
    return gathering.beside(facts, others, territory.wholes, known_on=known_on).joined(own)


def _recent(series: Series) -> list[Period]:
    """The periods of its newest numbers, the newest first."""
    return [point.period for point in reversed(series.points) if point.is_number][:RECENT]


@dataclass(frozen=True)
class _Setting:
    """What all rows share."""

    area: Area
    beside: PeerGroup | None
    comparator: Comparator | None
    figures: Figures
    as_known_on: date | None


def _group(group: MeasureGroup, setting: _Setting) -> Group:
    element = group.element
    return Group(
        code=element.code if element else "strategy",
        title=element.title if element else _("The strategy as a whole"),
        word=element.level.word if element else "",
        trail=tuple(above.title for above in group.trail),
        rows=tuple(_row(one.measure, setting) for one in group.measures),
    )


def _row(measure: Measure, setting: _Setting) -> Row:
    if measure.indicator is None:
        return Row(measure, reason=_("it is told in words"))
    stick = reading.yardstick(measure.indicator)
    series = setting.figures.of(measure.indicator, setting.area, measure.breakdown)
    benchmark = standing.benchmark_of(setting.figures, measure.indicator, setting.comparator, measure.breakdown)
    group = _group_of(measure, setting)
    period = _period(series, group)
    reason = _why_not(series, group, period, benchmark, stick)
    point = series.at(period) if period and not reason else series.newest
    return Row(
        measure=measure,
        address=indicator_address(measure, setting.area, setting.as_known_on),
        figure=figure(series, point, stick) if point else None,
        newest=figure(series, series.newest, stick) if point is not series.newest else None,
        comparison=judgement.comparison(point, benchmark, stick),
        scale=None if reason else _scale(series, group, period, benchmark, stick),
        reason=reason,
    )


def _group_of(measure: Measure, setting: _Setting) -> dict[Area, Series]:
    """The series of the areas beside this one."""
    areas = setting.beside.areas if setting.beside else ()
    return {area: setting.figures.of(measure.indicator, area, measure.breakdown) for area in areas}


def _period(series: Series, group: Mapping[Area, Series]) -> Period | None:
    """The newest that the area and enough of the others have a number for."""
    return next((period for period in _recent(series) if len(_numbers(group, period)) >= LEAST), None)


def _numbers(group: Mapping[Area, Series], period: Period) -> dict[Area, float]:
    points = {area: series.at(period) for area, series in group.items()}
    return {area: point.value for area, point in points.items() if point and point.is_number}


def _why_not(
    series: Series, group: Mapping[Area, Series], period: Period | None, benchmark: Benchmark | None, stick: Yardstick
) -> str:
    """The reason why a measure cannot be drawn; empty where it can."""
    if stick.is_count:
        return _("a count follows the size of the area")
    if benchmark is None:
        return _("a whole nation has nothing to stand in the middle")
    newest = series.newest_number
    if newest is None:
        return _("there is no figure yet")
    if not group:
        return _("there are too few areas to set it beside")
    if period is None:
        return _too_few(len(_numbers(group, newest.period)), newest.period)
    middle = benchmark.series.at(period)
    if middle is None or not middle.is_number:
        words = {"name": benchmark.name, "period": period.label}
        return _("there is no figure for %(name)s in %(period)s to stand in the middle") % words
    return ""


def _too_few(count: int, period: Period) -> str:
    sentence = ngettext(
        "%(count)d area has a figure for %(period)s, and %(least)d are needed",
        "%(count)d areas have a figure for %(period)s, and %(least)d are needed",
        count,
    )
    return sentence % {"count": count, "period": period.label, "least": LEAST}


def _scale(
    series: Series, group: Mapping[Area, Series], period: Period, benchmark: Benchmark, stick: Yardstick
) -> Scale:
    numbers, own, middle = _numbers(group, period), series.at(period).value, benchmark.series.at(period).value
    values = list(numbers.values())
    least, lower_quarter, _median, upper_quarter, most = quantiles.percentile_bounds(values, 4)
    low, high = _end(least, numbers, stick), _end(most, numbers, stick)
    worst, best = (high, low) if stick.polarity == "low" else (low, high)
    half = _("%(least)s to %(most)s") % {"least": stick.text(lower_quarter), "most": stick.text(upper_quarter)}
    sentence = _(
        "From %(worst)s on the left to %(best)s on the right, with %(middle)s in the middle; the middle half of "
        "%(count)d areas: %(half)s; this area: %(own)s."
    ) % {
        "worst": f"{worst.areas} {worst.text}",
        "best": f"{best.areas} {best.text}",
        "middle": f"{benchmark.name} {stick.text(middle)}",
        "count": len(values),
        "half": half,
        "own": stick.text(own),
    }
    drawn = strip(own, middle, Stretch(least, most), Stretch(lower_quarter, upper_quarter), polarity=stick.polarity)
    return Scale(drawn, worst, best, half, len(values), sentence)


def _end(value: float, numbers: Mapping[Area, float], stick: Yardstick) -> End:
    """The areas that have the value as it is shown, the first by name and how many more."""
    name, *more = sorted(area.name for area, one in numbers.items() if stick.shown(one) == stick.shown(value))
    if not more:
        return End(stick.text(value), name)
    words = {"area": name, "count": len(more)}
    return End(
        stick.text(value), ngettext("%(area)s and %(count)d more", "%(area)s and %(count)d more", len(more)) % words
    )
