"""What a partnership has no figures for: the rows that somebody would still have to fill in.

Three reasons, for everyone (no breakdown), in the areas given:
  next     the periods after an area's last one that have ended by now. How far apart they are is told by the series
           itself, where it is too short by the other areas' series, else one period follows the other
  nothing  areas without any figure of an indicator that others have: from the newest period of the others on
  never    areas of an indicator that nobody has a figure for: one row each, its period for the officer to say
Holes within a series are not among them: most are years in which nothing was counted. Where one period is asked for,
it is what every area lacks that has no figure for it, of indicators whose periods are as long.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from indicators import periods
from indicators.periods import Period, PeriodError
from indicators.series import Point, Series

NEXT, NOTHING, NEVER = "next", "nothing", "never"
REASONS = (NEXT, NOTHING, NEVER)
# A series that stopped long ago would otherwise ask for every year since.
MOST_PERIODS = 12
DAYS_IN_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """An indicator by code and name; the year type says what "2023/24" means for it."""

    code: str
    name: str
    year_type: str = "financial"


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One row to fill in; `period` is empty where nobody can know it, `last` is the newest fact of the area, if any."""

    indicator: Wanted
    area: Place
    period: str
    reason: str
    last: Point | None


def gaps(
    indicators: Iterable[Wanted],
    areas: Sequence[Place],
    series: Mapping[tuple[str, str], Series],
    *,
    today: date,
    others: Sequence[Place] = (),
    period: str = "",
) -> Iterator[Gap]:
    """By indicator in the order given, within it by reason, area in the order given, and period.

    `series` are by the codes of indicator and area; `others` are areas that are only looked at, such as the nation.
    `period` is the one asked for; raises PeriodError where no indicator could read it.
    """
    for indicator in indicators:
        known = {area: found for area in (*areas, *others) if (found := series.get((indicator.code, area.code)))}
        known = {area: found for area, found in known.items() if found.points}
        asked = periods.read(period, year_type=indicator.year_type) if period else None
        yield from _asked_for(indicator, areas, known, asked) if asked else _due(indicator, areas, known, today)


def _asked_for(
    indicator: Wanted, areas: Sequence[Place], known: Mapping[Place, Series], period: Period
) -> Iterator[Gap]:
    newest = [found.newest.period for found in known.values()]
    if newest and not any(_months(one) == _months(period) for one in newest):
        return
    for area in areas:
        found = known.get(area)
        if found is None or found.at(period) is None:
            reason = NEXT if found else NOTHING if known else NEVER
            yield Gap(indicator, area, period.label, reason, found.newest if found else None)


def _due(indicator: Wanted, areas: Sequence[Place], known: Mapping[Place, Series], today: date) -> Iterator[Gap]:
    for area in areas:
        if found := known.get(area):
            for due in following(found.newest.period, step_of(found, known.values()), indicator.year_type, today):
                yield Gap(indicator, area, due.label, NEXT, found.newest)
    without = [area for area in areas if area not in known]
    if not known:
        yield from (Gap(indicator, area, "", NEVER, None) for area in without)
        return
    first = _newest_of_most(known.values())
    step = step_of(Series(indicator.code, "", ""), known.values())
    for area in without:
        for due in (first, *following(first, step, indicator.year_type, today)):
            yield Gap(indicator, area, due.label, NOTHING, None)


def _newest_of_most(known: Iterable[Series]) -> Period:
    """The newest period that most of the areas have; of several the later."""
    counts = Counter(found.newest.period for found in known)
    return max(counts, key=lambda one: (counts[one], one))


def step_of(series: Series, others: Iterable[Series]) -> int:
    """Months from one period to the next: the commonest of the series, or else of the other areas' series."""
    for found in ([series], others):
        steps = Counter(step for one in found for step in _steps(one))
        if steps:
            return min(step for step, count in steps.items() if count == max(steps.values()))
    return max((_months(one.newest.period) for one in (series, *others) if one.points), default=12)


def _steps(series: Series) -> Iterator[int]:
    for one, other in pairwise(point.period for point in series.points):
        apart = (other.start.year - one.start.year) * 12 + other.start.month - one.start.month
        if apart > 0 and _months(one) == _months(other):
            yield apart


def following(last: Period, step: int, year_type: str, today: date) -> Iterator[Period]:
    """The periods after `last`, so many months apart, that have ended by today; the latest few of many."""
    found, number = [], 1
    while (due := _moved(last, step * number, year_type)) and due.end < today:
        found.append(due)
        number += 1
    yield from found[-MOST_PERIODS:]


def _moved(period: Period, months: int, year_type: str) -> Period | None:
    """The same period so many months later, labelled as it is usually published; None beyond the years that can be."""
    start = _months_on(period.start, months)
    if start is None:
        return None
    whole = period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
    end = _months_on(period.end + timedelta(days=1), months) if whole else _months_on(period.end, months)
    if end is None:
        return None
    end = end - timedelta(days=1) if whole else end
    try:
        return periods.read(f"{start.isoformat()}/{end.isoformat()}", year_type=year_type)
    except PeriodError:
        return None


def _months_on(day: date, months: int) -> date | None:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > periods.LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months(period: Period) -> int:
    return max(1, round((period.end - period.start).days / DAYS_IN_MONTH))
