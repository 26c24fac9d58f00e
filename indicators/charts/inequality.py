"""The gap between two groups in time, with its interval, and a sentence that claims no more than that allows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import gaps
from indicators.charts.chart import INK, QUIET, Chart, Line, Spot, Table, interruptions, layout, period_axis, trace
from indicators.figures import PERCENT, Yardstick, figure
from indicators.gaps import Gaps
from indicators.groups import Dimension
from indicators.numbers import MINUS, number_text
from indicators.series import Point
from indicators.statistics.intervals import Estimate

RATIO_DECIMALS = 2


@dataclass(frozen=True)
class _Told:
    """The gap with what must be known to tell of it."""

    dimension: Dimension
    found: Gaps
    stick: Yardstick

    def text(self, difference: float) -> str:
        """With its sign: a gap below zero is one the other way round."""
        sign = MINUS if self.stick.shown(difference) < 0 else ""
        return f"{sign}{self.stick.difference_text(difference)}"

    def bare_text(self, difference: float) -> str:
        return self.stick.bare_text(difference)

    @property
    def name(self) -> str:
        words = {"higher": self.found.higher.name, "lower": self.found.lower.name}
        return _("%(higher)s minus %(lower)s") % words


def gap_chart(
    title: str, dimension: Dimension, stick: Yardstick, *, unit_words: str = "", source: str = ""
) -> Chart | None:
    """None where nothing tells between which groups, or where no period has both."""
    found = gaps.gaps(dimension, stick)
    if found is None:
        return None
    told = _Told(dimension, found, stick)
    unit = _("percentage points") if stick.unit == PERCENT else unit_words
    axes = {
        "xaxis": period_axis([Line(told.name, found.series)]),
        "yaxis": {"title": {"text": unit}, "rangemode": "tozero", "zeroline": True, "zerolinecolor": QUIET},
    }
    drawing = {"data": list(_traces(told)), "layout": layout(**axes, **interruptions(found.series))}
    return Chart(title, _summary(told), _table(told, unit), source, drawing)


def _traces(told: _Told) -> Iterator[dict]:
    series = told.found.series
    margins = [
        [Spot(point.period.end.isoformat(), point.lower), Spot(point.period.end.isoformat(), point.upper)]
        for point in series.points
        if point.lower is not None
    ]
    if margins:
        yield trace(_("95% interval of the gap"), margins, line={"color": QUIET, "width": 2})
    runs = (
        [
            Spot(point.period.end.isoformat(), point.value, f"{point.period.label}: {told.text(point.value)}")
            for point in run
        ]
        for run in series.segments
    )
    drawn = {"line": {"color": INK, "width": 3}, "marker": {"size": 8}, "legendrank": 1}
    yield trace(told.name, runs, mode="lines+markers", **drawn)


def _summary(told: _Told) -> str:
    run = told.found.newest_run
    words = {"gap": told.name, "newest": told.text(run[-1].value), "end": run[-1].period.label}
    if len(run) == 1:
        start = _("%(gap)s: %(newest)s in %(end)s") % words
    else:
        words |= {"first": told.text(run[0].value), "start": run[0].period.label}
        start = _("%(gap)s: %(first)s in %(start)s, %(newest)s in %(end)s") % words
    parts = [start, *_ratio(told), *_verdict(told.found.verdict), *_slope(told)]
    return "; ".join(parts) + "."


def _ratio(told: _Told) -> Iterator[str]:
    newest = told.found.newest_run[-1]
    ratio = told.found.ratios[newest.period]
    if ratio.value is not None:
        yield _("ratio %(ratio)s") % {"ratio": number_text(ratio.value, RATIO_DECIMALS)}


def _verdict(verdict: str) -> Iterator[str]:
    sentences = {
        gaps.NARROWED: _("the gap has narrowed by more than chance"),
        gaps.WIDENED: _("the gap has widened by more than chance"),
        gaps.SWAPPED: _("the groups have changed places by more than chance"),
        gaps.UNCLEAR: _("the intervals of the two overlap, so no change of the gap can be told from chance"),
        gaps.UNTOLD: _("without intervals no change of the gap can be told from chance"),
    }
    if verdict:
        yield sentences[verdict]


def _slope(told: _Told) -> Iterator[str]:
    """Of the newest period of the gap."""
    found = gaps.slope(told.dimension, told.found.newest_run[-1].period, told.stick, with_limits=True)
    if found is None:
        return
    words = {"slope": told.text(found.sii), "relative": number_text(found.rii, RATIO_DECIMALS)}
    if found.sii_lower is None:
        yield (
            _("slope index of inequality, from the most to the least deprived, %(slope)s, relative %(relative)s")
            % words
        )
        return
    words |= {"lower": told.bare_text(found.sii_lower), "upper": told.bare_text(found.sii_upper)}
    text = _(
        "slope index of inequality, from the most to the least deprived, %(slope)s "
        "(95%% interval %(lower)s to %(upper)s), relative %(relative)s"
    )
    yield text % words


def _table(told: _Told, unit: str) -> Table:
    found = told.found
    rows = [_row(point, told) for point in reversed(found.series.points)]
    columns = (
        _("Period"),
        found.higher.name,
        found.lower.name,
        _("Gap (%(unit)s)") % {"unit": unit} if unit else _("Gap"),
        _("95% interval of the gap"),
        _("Ratio"),
        _("95% interval of the ratio"),
        _("Slope index"),
    )
    kept = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    return Table(tuple(columns[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in rows))


def _row(point: Point, told: _Told) -> tuple[str, ...]:
    groups = (told.found.higher.series, told.found.lower.series)
    figures = [figure(series, series.at(point.period), told.stick).text for series in groups]
    ratio = told.found.ratios.get(point.period, Estimate())
    slope = gaps.slope(told.dimension, point.period, told.stick)
    return (
        point.period.label,
        *figures,
        "" if point.value is None else told.bare_text(point.value),
        _between(point.lower, point.upper, told.stick.decimals),
        "" if ratio.value is None else number_text(ratio.value, RATIO_DECIMALS),
        _between(ratio.lower, ratio.upper, RATIO_DECIMALS),
        "" if slope is None else told.bare_text(slope.sii),
    )


def _between(lower: float | None, upper: float | None, decimals: int) -> str:
    if lower is None or upper is None:
        return ""
    return _("%(lower)s to %(upper)s") % {"lower": number_text(lower, decimals), "upper": number_text(upper, decimals)}
