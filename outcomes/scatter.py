"""Two measures set against each other, each area a point, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import gathering, openness, reading, sources
from indicators.charts import Chart, Table
from indicators.charts import scatter as drawing
from indicators.charts.scatter import Axis, Dot
from indicators.commonperiod import common_period
from indicators.figures import PERCENT, Yardstick
from indicators.numbers import number_text
from indicators.peergroups import PeerGroup
from indicators.periods import Period
from indicators.reading import Figures
from indicators.series import Series
from indicators.sources import SourceLine
from indicators.statistics import correlation
from indicators.territory import Territory
from outcomes.models import Measure
from partnerships.models import Area, Partnership

# Two points always lie on a line, and the order of fewer than eight areas says next to nothing.
FEWEST_TO_DRAW, FEWEST_TO_CORRELATE = 3, 8


@dataclass(frozen=True)
class Side:
    """One of the two measures with its period, None where there are no figures, and its series by area code."""

    measure: Measure
    stick: Yardstick
    period: Period | None
    series: dict[str, Series]

    def number(self, area: Area) -> float | None:
        point = self.series[area.code].at(self.period) if self.period else None
        return point.value if point else None

    @property
    def words(self) -> str:
        """ "Infant mortality, 2021 - 23"."""
        parts = (self.measure.title, self.measure.breakdown, self.period.label if self.period else "")
        return ", ".join(filter(None, parts))


@dataclass(frozen=True)
class Place:
    """An area that has a figure of both. Kind is own, beside, or whole for one that holds others of them."""

    area: Area
    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class Scatter:
    """`chart` is None where there is nothing to draw; `reason` then says why. `correlation` is a sentence or empty."""

    x: Side
    y: Side
    places: tuple[Place, ...]
    chart: Chart | None
    correlation: str
    reason: str
    sources: tuple[SourceLine, ...]

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.x, self.y


def scatter(
    x: Measure,
    y: Measure,
    territory: Territory,
    beside: PeerGroup | None,
    *,
    as_known_on: date | None = None,
    is_member: bool = False,
) -> Scatter:
    """Two measures with indicators, in the areas of the territory and those beside its main area. Three queries."""
    partnership, indicators = x.strategy.partnership, {x.indicator, y.indicator}
    areas = list(dict.fromkeys([*territory.areas, *(beside.areas if beside else ())]))
    read = gathering.full(
        indicators, areas, territory.wholes, breakdowns={x.breakdown, y.breakdown}, known_on=as_known_on
    )
    figures = openness.open_to(partnership, territory, read)
    across, up = _side(x, areas, figures), _side(y, areas, figures)
    places = _places(across, up, areas, territory)
    reason = _why_not(across, up, places)
    return Scatter(
        x=across,
        y=up,
        places=tuple(places),
        chart=None if reason else _chart(across, up, places, partnership),
        correlation="" if reason else _correlation(places),
        reason=reason,
        sources=sources.lines(indicators, figures, partnership, originals_open=is_member),
    )


def _side(measure: Measure, areas: Sequence[Area], figures: Figures) -> Side:
    series = {area.code: figures.of(measure.indicator, area, measure.breakdown) for area in areas}
    return Side(measure, reading.yardstick(measure.indicator), common_period(list(series.values())), series)


def _places(x: Side, y: Side, areas: Sequence[Area], territory: Territory) -> list[Place]:
    """By name, those that hold others last."""
    both = [(area, x.number(area), y.number(area)) for area in areas]
    both = [(area, across, up) for area, across, up in both if across is not None and up is not None]
    wholes = {above for area, _x, _y in both for above in area.ancestors()}
    found = [Place(area, _kind(area, wholes, territory), across, up) for area, across, up in both]
    return sorted(found, key=lambda place: (place.kind == "whole", place.area.name))


def _kind(area: Area, wholes: set[Area], territory: Territory) -> str:
    if area in wholes:
        return "whole"
    return "own" if area in territory.footprint else "beside"


def _why_not(x: Side, y: Side, places: Sequence[Place]) -> str:
    """The reason why nothing can be drawn; empty where it can."""
    if x.measure == y.measure:
        return _("there is but one measure to choose")
    counts = [side.measure.title for side in (x, y) if side.stick.is_count]
    if counts:
        return _("%(measure)s is a count, which follows the size of the area") % {"measure": counts[0]}
    if len(places) >= FEWEST_TO_DRAW:
        return ""
    sentence = ngettext(
        "%(count)d area has a figure of both, and %(least)d are needed",
        "%(count)d areas have a figure of both, and %(least)d are needed",
        len(places),
    )
    return sentence % {"count": len(places), "least": FEWEST_TO_DRAW}


def _chart(x: Side, y: Side, places: Sequence[Place], partnership: Partnership) -> Chart:
    dots = [Dot(place.kind, place.x, place.y, _read_out(place, x, y)) for place in places]
    names = {
        "own": _("Areas of %(partnership)s") % {"partnership": partnership.short_name},
        "beside": _("Areas to compare with"),
        "whole": _("Larger areas, which contain others"),
    }
    words = {"x": x.words, "y": y.words, "count": len(places)}
    return Chart(
        title=_("%(x)s and %(y)s") % {"x": x.measure.title, "y": y.measure.title},
        summary=_("Each point is one of %(count)d areas: %(x)s across, %(y)s up.") % words,
        table=Table(
            (_("Area"), x.words, y.words),
            tuple((place.area.name, x.stick.text(place.x), y.stick.text(place.y)) for place in places),
        ),
        source="",
        figure=drawing.figure(dots, names, _axis(x), _axis(y)),
    )


def _read_out(place: Place, x: Side, y: Side) -> str:
    return f"{place.area.name}: {x.stick.text(place.x)}, {y.stick.text(place.y)}"


def _axis(side: Side) -> Axis:
    suffix = PERCENT if side.stick.unit == PERCENT else ""
    return Axis(side.words if suffix else f"{side.words} ({side.measure.indicator.unit_words})", suffix)


def _correlation(places: Sequence[Place]) -> str:
    """Of the areas that hold no others, so that nothing is counted twice; empty where there are too few."""
    parts = [place for place in places if place.kind != "whole"]
    if len(parts) < FEWEST_TO_CORRELATE:
        return ""
    found = correlation.spearman([place.x for place in parts], [place.y for place in parts])
    if found is None:
        return ""
    return _(
        "Spearman’s rank correlation over %(count)d areas is %(number)s: 1 would be the same order by both measures, "
        "%(minus)s the opposite order, 0 nothing in common."
    ) % {"count": len(parts), "number": number_text(found, 2), "minus": number_text(-1, 0)}
