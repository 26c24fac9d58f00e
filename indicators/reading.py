"""Reads figures from the database: of any number of indicators and areas at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from indicators.figures import Yardstick
from indicators.models import Indicator, SeriesBreak, Value
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
    return Yardstick(
        code=indicator.code,
        unit=indicator.unit,
        decimals=indicator.decimals,
        polarity=indicator.polarity,
        value_type=indicator.value_type,
        multiplier=indicator.multiplier,
    )
