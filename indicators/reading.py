"""Reads figures from the database: of any number of indicators and areas at once, in a fixed number of queries."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import CharField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils import timezone

from indicators import fetching, seeing
from indicators.disclosure import Hiding, Rule
from indicators.figures import Yardstick
from indicators.models import Indicator, SeriesBreak, Suppression, Upload, Value
from indicators.periods import Period
from indicators.series import Break, Point, Series, Source
from partnerships.models import Area

SHARE = re.compile(r"(?:per ?cent|percentage|proportion|share|%) of (.+)", re.IGNORECASE)
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

    def joined(self, other: "Figures") -> "Figures":
        """With those of the other reading, of other areas."""
        return Figures({**self.series, **other.series}, {**self.breaks, **other.breaks})


def read(
    indicators: Iterable[Indicator],
    areas: Iterable[Area],
    *,
    breakdowns: Iterable[str] | None = None,
    known_on: date | None = None,
) -> Figures:
    """The whole series of every indicator in every area: now, or as they were known at the end of a day.

    Four queries: breaks, what is hidden, figures, their uploads. `breakdowns` names those wanted; without it, all.
    """
    indicators = set(indicators)
    indicator_codes = {indicator.pk: indicator.code for indicator in indicators}
    area_codes = {area.pk: area.code for area in areas}
    values = Value.objects.filter(indicator__in=indicator_codes, area__in=area_codes)
    if breakdowns is not None:
        values = values.filter(breakdown__in=set(breakdowns))
    values = values.current() if known_on is None else values.known_on(end_of(known_on))
    return _figures(values, indicators, area_codes, _breaks(indicator_codes))


def read_newest(
    asked: Collection[tuple[Indicator, str]], areas: Collection[Area], *, known_on: date | None = None
) -> Figures:
    """Of every indicator and breakdown asked for the newest fact in every area, and nothing before. Three queries."""
    if known_on is not None:
        figures = read(
            {one for one, _text in asked}, areas, breakdowns={text for _one, text in asked}, known_on=known_on
        )
        return Figures({key: series.cut_to(series.newest) for key, series in figures.series.items()}, {})
    return _at_ids(fetching.newest({(one.pk, text) for one, text in asked}, {area.pk for area in areas}), asked, areas)


def read_beside(
    facts: Collection[tuple[Indicator, str, Period | None]], areas: Collection[Area], *, known_on: date | None = None
) -> Figures:
    """For every indicator, breakdown and period the fact in every area, else the newest one there. Three queries.

    Without a period the newest.
    """
    if known_on is not None:
        return _as_known([fact[:2] for fact in facts], areas, known_on)
    rows = {(one.pk, text, *((period.start, period.end) if period else (None, None))) for one, text, period in facts}
    return _at_ids(fetching.beside(rows, {area.pk for area in areas}), [fact[:2] for fact in facts], areas)


def _as_known(asked: Collection[tuple[Indicator, str]], areas: Collection[Area], known_on: date) -> Figures:
    """The whole series as they were known at the end of the day: there is no index of what was newest then."""
    indicators, area_codes = {one for one, _text in asked}, {area.pk: area.code for area in areas}
    values = Value.objects.filter(
        indicator__in=indicators, area__in=area_codes, breakdown__in={text for _one, text in asked}
    )
    return _figures(values.known_on(end_of(known_on)), indicators, area_codes, {})


def _at_ids(ids: RawSQL | None, asked: Iterable[tuple[Indicator, str]], areas: Iterable[Area]) -> Figures:
    if ids is None:
        return Figures({}, {})
    indicators = {indicator for indicator, _breakdown in asked}
    return _figures(Value.objects.filter(pk__in=ids), indicators, {area.pk: area.code for area in areas}, {})


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _figures(
    values: QuerySet[Value],
    indicators: Iterable[Indicator],
    area_codes: Mapping[int, str],
    breaks: Mapping[str, tuple[Break, ...]],
) -> Figures:
    """Of hidden facts, and of counts that are rounded, only what a reader sees.

    What is hidden is asked for after the figures: what is published in between may hide too much, never too little.
    """
    codes, rules = {}, {}
    for one in indicators:
        codes[one.pk], rules[one.pk] = one.code, rule(one)
    found = list(_points(values))
    hidden = _hidden(codes, area_codes)
    points: dict[Key, list[Point]] = defaultdict(list)
    for (indicator, area, breakdown), point in found:
        period = point.period
        hiding = hidden.get((indicator, area, breakdown, period.start, period.end)) if hidden else None
        seen = seeing.as_seen(point, rules[indicator], Hiding.of(hiding), area)
        points[codes[indicator], area_codes[area], breakdown].append(seen)
    series = {
        key: Series(*key, tuple(sorted(some, key=_by_period)), breaks.get(key[0], ())) for key, some in points.items()
    }
    return Figures(series, breaks)


def _by_period(point: Point) -> tuple[date, date]:
    return point.period.end, point.period.start


def _hidden(indicators: Iterable[int], areas: Iterable[int]) -> dict[tuple, bool]:
    """How the facts of these indicators and areas are hidden, by fact; asked apart, since nearly none is."""
    columns = ("indicator", "area", "breakdown", "period_start", "period_end", "hides_denominator")
    rows = Suppression.objects.filter(indicator__in=indicators, area__in=areas).order_by().values_list(*columns)
    return {row[:5]: row[5] for row in rows}


def _breaks(indicator_codes: Mapping[int, str]) -> dict[str, tuple[Break, ...]]:
    found: dict[str, tuple[Break, ...]] = defaultdict(tuple)
    rows = SeriesBreak.objects.filter(indicator__in=indicator_codes).order_by("starts_on")
    for indicator, *fields in rows.values_list("indicator", "starts_on", "label", "note"):
        found[indicator_codes[indicator]] += (Break(*fields),)
    return found


def _points(values: QuerySet[Value]) -> Iterator[tuple[tuple[int, int, str], Point]]:
    """In no order. A page has few periods and few uploads beside many figures, so each of these is made once.

    Days come as text, since they would otherwise be read anew for each of the figures.
    """
    days = {"first_day": Cast("period_start", CharField()), "last_day": Cast("period_end", CharField())}
    rows = list(
        values.order_by()
        .annotate(**days)
        .values_list(
            *("indicator", "area", "breakdown", "first_day", "last_day", "period_label", "value", "marker", "flags"),
            *("lower", "upper", "numerator", "denominator", "note", "row", "upload"),
        )
    )
    periods: dict[tuple[str, str, str], Period] = {}
    sources = _sources({row[-1] for row in rows})
    for row in rows:
        period = periods.get(row[3:6]) or periods.setdefault(row[3:6], _period(*row[3:6]))
        yield row[:3], Point(period, *row[6:15], sources[row[-1]])


def _period(first_day: str, last_day: str, label: str) -> Period:
    return Period(date.fromisoformat(first_day), date.fromisoformat(last_day), label)


def _sources(uploads: Collection[int]) -> dict[int, Source]:
    rows = Upload.objects.filter(pk__in=uploads).values_list(
        *("pk", "partnership__slug", "partnership__is_public", "file_name", "publisher", "source", "source_url"),
        *("licence", "published_at"),
    )
    return {row[0]: Source(*row) for row in rows}


def rule(indicator: Indicator) -> Rule:
    return Rule(indicator.suppress_below, indicator.round_to, indicator.value_type, indicator.multiplier)


def yardstick(indicator: Indicator) -> Yardstick:
    return Yardstick(
        code=indicator.code,
        unit=indicator.unit,
        decimals=indicator.decimals,
        polarity=indicator.polarity,
        value_type=indicator.value_type,
        multiplier=indicator.multiplier,
        counted=counted(indicator.unit_words),
    )


def counted(unit_words: str) -> str:
    """ "pupils" of "per cent of pupils"; nothing of any other unit."""
    match = SHARE.fullmatch(unit_words)
    return match[1] if match else ""
