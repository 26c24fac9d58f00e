"""How an indicator stands in an area. Every page that shows a figure asks here.

`read` fetches the figures of any number of indicators and areas at once, in two queries; `standing` thinks about one
of them and asks the database nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.safestring import SafeString

from indicators.figures import Figure, Yardstick, data_attributes, figure, no_figure
from indicators.judgement import Aim, Change, Comparison, TargetStanding, change, comparison, target_standing
from indicators.models import Indicator, SeriesBreak, Value, ValueType
from indicators.periods import Period
from indicators.series import Break, Point, Series, Source
from partnerships.models import Area

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Figures:
    """Series by indicator code, area code and breakdown, with the breaks of each indicator."""

    series: Mapping[Key, Series]
    breaks: Mapping[str, tuple[Break, ...]]

    def of(self, indicator: Indicator, area: Area, breakdown: str = "") -> Series:
        """An empty series where nothing is known."""
        key = (indicator.code, area.code, breakdown)
        return self.series.get(key) or Series(*key, breaks=self.breaks.get(indicator.code, ()))

    def breakdowns(self, indicator: Indicator, area: Area) -> list[str]:
        """The breakdowns that the area has figures for, everyone ("") first."""
        return sorted(key[2] for key in self.series if key[:2] == (indicator.code, area.code))


@dataclass(frozen=True)
class Place:
    """One area of a strip of areas; `is_this` marks the one that the page is about."""

    name: str
    value: float
    text: str
    is_this: bool = False


@dataclass(frozen=True)
class Places:
    """The figures of an area and its peers for one period, in the order of their values."""

    period: str
    places: tuple[Place, ...]
    nation: Place | None


@dataclass(frozen=True)
class Standing:
    """Latest is the newest fact, perhaps that there is no number; `latest_number` is then the newest number, if any."""

    series: Series
    yardstick: Yardstick
    latest: Figure | None
    latest_number: Figure | None
    source: Source | None
    change: Change
    comparison: Comparison
    target: TargetStanding
    places: Places | None

    @property
    def previous(self) -> Figure | None:
        return self.change.previous

    @property
    def attributes(self) -> SafeString:
        """What a program reads at the element that shows the standing."""
        return data_attributes(
            self.latest or no_figure(self.series),
            trend=self.trend,
            comparison=self.comparison.word,
            target_status=self.target.word,
            change=self.change.direction,
            judgement=self.change.judgement,
        )

    @property
    def trend(self) -> str:
        """Of the words that the contract has for a trend none is claimed: no change is tested for chance."""
        return "not tested"


def read(
    indicators: Iterable[Indicator],
    areas: Iterable[Area],
    *,
    breakdowns: Iterable[str] | None = None,
    known_on: date | None = None,
) -> Figures:
    """The figures of every indicator in every area: now, or as they were known at the end of a day.

    Two queries: figures with their uploads, and breaks. `breakdowns` names those wanted; without it, all.
    """
    indicator_codes = {indicator.pk: indicator.code for indicator in indicators}
    area_codes = {area.pk: area.code for area in areas}
    breaks = _breaks(indicator_codes)
    values = Value.objects.filter(indicator__in=indicator_codes, area__in=area_codes)
    if breakdowns is not None:
        values = values.filter(breakdown__in=set(breakdowns))
    values = values.current() if known_on is None else values.known_on(end_of(known_on))
    points: dict[Key, list[Point]] = defaultdict(list)
    for (indicator, area, breakdown), point in _points(values):
        points[indicator_codes[indicator], area_codes[area], breakdown].append(point)
    series = {key: Series(*key, tuple(found), breaks.get(key[0], ())) for key, found in points.items()}
    return Figures(series, breaks)


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _breaks(indicator_codes: Mapping[int, str]) -> dict[str, tuple[Break, ...]]:
    found: dict[str, tuple[Break, ...]] = defaultdict(tuple)
    rows = SeriesBreak.objects.filter(indicator__in=indicator_codes).order_by("starts_on")
    for indicator, *fields in rows.values_list("indicator", "starts_on", "label", "note"):
        found[indicator_codes[indicator]] += (Break(*fields),)
    return found


def _points(values: QuerySet[Value]) -> Iterator[tuple[tuple[int, int, str], Point]]:
    """In the order of their periods. A page has few periods and few uploads beside many figures: each is made once."""
    rows = values.order_by("period_end", "period_start").values_list(
        *("indicator", "area", "breakdown", "period_start", "period_end", "period_label", "value", "marker", "flags"),
        *("lower", "upper", "numerator", "denominator", "note", "row", "upload", "upload__partnership__slug"),
        *("upload__partnership__is_public", "upload__file_name", "upload__publisher", "upload__source"),
        *("upload__source_url", "upload__licence", Cast("upload__published_at", CharField())),
    )
    periods: dict[tuple, Period] = {}
    sources: dict[int, Source] = {}
    for row in rows:
        days, upload = row[3:6], row[15]
        period = periods.get(days) or periods.setdefault(days, Period(*days))
        source = sources.get(upload) or sources.setdefault(upload, Source(*row[15:-1], _moment(row[-1])))
        yield row[:3], Point(period, *row[6:15], source)


def _moment(text: str) -> datetime:
    """Fetched as text, since it would otherwise be read anew for each of an upload's thousands of figures."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def yardstick(indicator: Indicator) -> Yardstick:
    is_count = indicator.value_type == ValueType.COUNT
    return Yardstick(indicator.code, indicator.unit, indicator.decimals, indicator.polarity, is_count)


def standing(
    figures: Figures,
    indicator: Indicator,
    area: Area,
    *,
    breakdown: str = "",
    nation: Area | None,
    peers: Sequence[Area] = (),
    aim: Aim | None = None,
    today: date,
) -> Standing:
    """`nation` is the one the area lies in, None for a nation itself. `peers` are the areas to show beside it."""
    series, stick = figures.of(indicator, area, breakdown), yardstick(indicator)
    national = figures.of(indicator, nation, breakdown) if nation else None
    latest, number = series.newest, series.newest_number
    return Standing(
        series=series,
        yardstick=stick,
        latest=figure(series, latest, stick) if latest else None,
        latest_number=figure(series, number, stick) if number and number is not latest else None,
        source=latest.source if latest else None,
        change=change(series, stick),
        comparison=comparison(latest, national, nation.name if nation else "", stick),
        target=target_standing(aim or Aim(), series, stick, today),
        places=places(
            (area.name, series),
            [(peer.name, figures.of(indicator, peer, breakdown)) for peer in peers],
            (nation.name, national) if nation else None,
            stick,
        ),
    )


def places(
    own: tuple[str, Series],
    peers: Sequence[tuple[str, Series]],
    nation: tuple[str, Series] | None,
    stick: Yardstick,
) -> Places | None:
    """The area among its peers, for the period of its newest number or else the latest that two of them have.

    None where there is nothing to set side by side: counts follow the size of the areas.
    """
    if not peers or stick.is_count:
        return None
    period = shared_period(own[1], [series for _name, series in peers])
    if period is None:
        return None
    found = [place for name, series in peers if (place := _place(name, series, period, stick))]
    this = _place(*own, period, stick, is_this=True)
    shown = sorted([*found, this] if this else found, key=lambda place: (place.value, place.name))
    return Places(period.label, tuple(shown), _place(*nation, period, stick) if nation else None)


def shared_period(own: Series, peers: Sequence[Series]) -> Period | None:
    """The period of its own newest number if another has that too, otherwise the latest that any two have."""
    newest = own.newest_number
    if newest and any((point := peer.at(newest.period)) and point.is_number for peer in peers):
        return newest.period
    counts = Counter(point.period for series in (own, *peers) for point in series.points if point.is_number)
    return max((period for period, count in counts.items() if count > 1), default=None)


def _place(name: str, series: Series, period: Period, stick: Yardstick, *, is_this: bool = False) -> Place | None:
    point = series.at(period)
    if point is None or not point.is_number:
        return None
    return Place(name, point.value, stick.text(point.value), is_this)
