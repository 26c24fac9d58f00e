"""The map of hexagons: one measure in the areas of a partnership and around them, each with the same room.

A fixed number of queries. The layouts of hexagons are files of fixtures/geography/ and are read once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from indicators import gathering, hexlayouts, judgement, openness, reading, sources, standing
from indicators.charts.hexmap import Honeycomb, honeycomb
from indicators.commonperiod import common_period
from indicators.fifths import fifths
from indicators.figures import Yardstick, figure
from indicators.hexlayouts import Layout
from indicators.periods import Period
from indicators.reading import Figures
from indicators.series import Point
from indicators.sources import SourceLine
from indicators.territory import Territory
from outcomes.models import Measure
from outcomes.tiles import Key, Place, Shading, Tile, keys, tile
from partnerships.models import Area

LAYOUTS = ("wales", "england-upper-tier", "uk-districts")


@dataclass(frozen=True)
class Atlas:
    """`places` are the areas shown on the map, `others` those of the partnership that have no hexagon.

    `layout` is None where no layout has any of the areas; `period` is None where there are no figures.
    """

    measure: Measure
    period: Period | None
    shading: str
    layout: Layout | None
    honeycomb: Honeycomb
    tiles: tuple[Tile, ...]
    keys: tuple[Key, ...]
    places: tuple[Place, ...]
    others: tuple[Place, ...]
    sources: tuple[SourceLine, ...]

    @property
    def has_fifths(self) -> bool:
        return any(place.fifth for place in self.places)

    @property
    def summary(self) -> str:
        """Which figures the map shows, from the lowest to the highest."""
        numbers = sorted(
            (place for place in self.places if place.is_number), key=lambda place: float(place.figure.value)
        )
        if not numbers:
            return _("There are no figures to show.")
        words = {"count": len(numbers), "period": self.period.label}
        if len(numbers) == 1:
            return _("One area has a figure for %(period)s: %(least)s.") % (words | {"least": _said(numbers[0])})
        words |= {"least": _said(numbers[0]), "most": _said(numbers[-1])}
        return _("%(count)d areas have a figure for %(period)s, from %(least)s to %(most)s.") % words


def _said(place: Place) -> str:
    return f"{place.area.name} {place.said}"


@cache
def layouts() -> tuple[Layout, ...]:
    folder = settings.FIXTURES_DIR / "geography"
    return tuple(hexlayouts.read((folder / f"{name}.hexjson").read_text(encoding="utf-8")) for name in LAYOUTS)


def atlas(
    measure: Measure,
    territory: Territory,
    *,
    shading: str = "",
    as_known_on: date | None = None,
    is_member: bool = False,
) -> Atlas:
    """The measure, one with an indicator, in the areas of the territory and those around them. Four queries.

    `shading` is one of Shading, or empty for comparisons where there are any. `as_known_on` draws the map as it was
    known at the end of that day. `is_member` tells whether the reader may open uploaded files.
    """
    layout = hexlayouts.choose(layouts(), [area.code for area in territory.footprint])
    hexes = hexlayouts.part(layout, [area.code for area in territory.areas]) if layout else ()
    mapped = {one.code for one in hexes}
    areas = [*territory.areas, *_around(territory, mapped)]
    setting = _setting(measure, territory, areas, mapped, as_known_on)
    found = _with_fifths([_place(area, setting) for area in areas], mapped, setting)
    on_map = [place for place in found if place.area.code in mapped]
    shading = shading or _shading(on_map)
    drawn, by_code = honeycomb(hexes), {place.area.code: place for place in on_map}
    tiles = tuple(tile(cell, by_code.get(cell.code), shading) for cell in drawn.cells)
    return Atlas(
        measure=measure,
        period=setting.period,
        shading=shading,
        layout=layout,
        honeycomb=drawn,
        tiles=tiles,
        keys=keys(tiles),
        places=tuple(sorted((one.place for one in tiles if one.place), key=lambda place: place.area.name)),
        others=tuple(place for place in found if place.area.code not in mapped),
        sources=sources.lines(
            [measure.indicator], setting.figures, measure.strategy.partnership, originals_open=is_member
        ),
    )


def _around(territory: Territory, mapped: Iterable[str]) -> Iterable[Area]:
    """The areas on the map that are not of the territory."""
    elsewhere = set(mapped) - {area.code for area in territory.areas}
    return Area.objects.with_ancestors().filter(code__in=elsewhere)


@dataclass(frozen=True)
class _Setting:
    """What all areas of a map share."""

    measure: Measure
    territory: Territory
    figures: Figures
    period: Period | None
    as_known_on: date | None


def _setting(
    measure: Measure, territory: Territory, areas: Sequence[Area], mapped: set[str], known_on: date | None
) -> _Setting:
    """With the figures of all areas and their nations, and the period that most of those on the map have."""
    nations = {nation for area in areas if (nation := area.nation())}
    read = gathering.full(
        [measure.indicator],
        {*areas, *nations},
        territory.wholes,
        breakdowns=[measure.breakdown],
        known_on=known_on,
    )
    figures = openness.open_to(measure.strategy.partnership, territory, read)
    compared = [area for area in areas if area.code in mapped] or areas
    period = common_period([figures.of(measure.indicator, area, measure.breakdown) for area in compared])
    return _Setting(measure, territory, figures, period, known_on)


def _place(area: Area, setting: _Setting) -> Place:
    indicator, breakdown = setting.measure.indicator, setting.measure.breakdown
    series, stick = setting.figures.of(indicator, area, breakdown), reading.yardstick(indicator)
    point = series.at(setting.period) if setting.period else None
    benchmark = standing.national(setting.figures, indicator, area, breakdown)
    return Place(
        area=area,
        is_ours=area in setting.territory.areas,
        figure=figure(series, point, stick, unit=False) if point else None,
        short=_short(point, stick),
        said=figure(series, point, stick).text if point else "",
        comparison=judgement.comparison(point, benchmark, stick),
        address=_address(area, setting),
    )


def _short(point: Point | None, stick: Yardstick) -> str:
    """The number, with a unit only where that is a sign: a hexagon has little room."""
    if point is None or not point.is_number:
        return ""
    return stick.text(point.value) if len(stick.unit) < 2 else stick.bare_text(point.value)


def _address(area: Area, setting: _Setting) -> str:
    """Of its dashboard under the strategy of the measure."""
    if area not in setting.territory.areas:
        return ""
    strategy, day = setting.measure.strategy, setting.as_known_on
    query = {"strategy": strategy.slug} | ({"as_known_on": day.isoformat()} if day else {})
    return f"{reverse('dashboard', args=[strategy.partnership.slug, area.code])}?{urlencode(query)}"


def _with_fifths(found: Sequence[Place], mapped: set[str], setting: _Setting) -> list[Place]:
    """With the fifth of each area on the map among those; counts follow the size of the areas and have none."""
    stick = reading.yardstick(setting.measure.indicator)
    if stick.is_count:
        return list(found)
    numbers = [place for place in found if place.is_number and place.area.code in mapped]
    divided = fifths([stick.shown(float(place.figure.value)) for place in numbers], stick.polarity)
    by_code = {place.area.code: fifth for place, fifth in zip(numbers, divided, strict=True)}
    return [_with_fifth(place, by_code.get(place.area.code)) for place in found]


def _with_fifth(place: Place, fifth: tuple[int, str] | None) -> Place:
    return replace(place, fifth=fifth[0], fifth_words=fifth[1]) if fifth else place


def _shading(found: Sequence[Place]) -> str:
    """Comparisons where any area is compared, otherwise fifths."""
    is_compared = any(place.is_number and place.comparison.code != "none" for place in found)
    return Shading.COMPARISON if is_compared else Shading.FIFTHS
