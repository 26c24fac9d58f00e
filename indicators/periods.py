"""The periods that figures are for: reads every form in which publishers write them, orders them, labels them.

What a text means where it could mean two things:

- "2011-12" is the split year 2011/12, not December 2011: where the second number is the next year, a split year wins.
  So does "2023-2024". Two whole calendar years can only be written with dates.
- "2024-05" is May 2024, because no range of years ends in 05 soon after 2024.
- "2009-11" could be November 2009 or the years 2009 to 2011, and is refused. "2009 - 11" (with spaces or a long dash)
  and "2009-2011" are the years, "November 2009" is the month.
- "2023/24" runs from April or from September: the indicator's year type says which. "202425" likewise.
- Of dates, both are within the period: "2024-09-01/2025-08-31" is a whole year.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, total_ordering

from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_MONTH = {"financial": 4, "academic": 9}
# Published figures pool up to five years; a longer range is not what "1998-05" means.
LONGEST_POOL = 5
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

DASH = "[-‐‑‒–—−]"
TWO_NUMBERS = re.compile(rf"([0-9]{{4}})( ?(?:/|{DASH}) ?| to )([0-9]{{4}}|[0-9]{{2}})")
DAY = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?"


class PeriodError(ValueError):
    """What is wrong with the text of a period, as a sentence."""


@total_ordering
@dataclass(frozen=True)
class Period:
    """From the first day to the last, both within. The label is how it was published; it tells no periods apart."""

    start: date
    end: date
    label: str = field(compare=False)

    def __lt__(self, other: "Period") -> bool:
        return (self.end, self.start) < (other.end, other.start)

    @property
    def kind(self) -> str:
        """One of "year", "split-year", "quarter", "month", "years" (several) and "other"."""
        months = _whole_months(self.start, self.end)
        if months == 12:
            return "year" if self.start.month == 1 else "split-year"
        if months and months % 12 == 0:
            return "years"
        return {1: "month", 3: "quarter"}.get(months, "other")


@lru_cache(maxsize=4096)
def read(text: str, *, year_type: str = "financial") -> Period:
    """The period that a text means; see the module for what wins where a text could mean two things.

    `year_type` ("financial" or "academic") says whether a split year starts in April or in September. The label is the
    text, tidied; dates and "202425" get the label in which such a period is usually published. A label reads again as
    the same period. Raises PeriodError.
    """
    tidy = " ".join(text.split())
    if not tidy:
        raise PeriodError(_("there is no period: write one such as %(forms)s") % {"forms": _forms()})
    for form, reader in FORMS:
        if match := form.fullmatch(tidy):
            return reader(match, FIRST_MONTH[year_type])
    raise PeriodError(_("this is not a period: write one such as %(forms)s") % {"forms": _forms()})


def _forms() -> str:
    return "2023, 2023/24, 2017 - 19, 2016/17 - 18/19, 2024 Q2, 2024-05, 2024-09-01/2025-08-31"


def _year(match: re.Match, _first_month: int) -> Period:
    year = int(match[1])
    return _period(year, 1, 12, str(year))


def _six_digits(match: re.Match, first_month: int) -> Period:
    """ "202425", as the Department for Education writes a split year."""
    first, second = match.groups()
    if _later_year(first, second) != int(first) + 1:
        raise PeriodError(
            _("%(second)s is not the year after %(first)s: write 202425 for a split year, 2024-05 for a month")
            % {"first": first, "second": second}
        )
    return _period(int(first), first_month, 12, f"{first}/{second}")


def _two_numbers(match: re.Match, first_month: int) -> Period:
    """A split year, several calendar years or a month: "2023/24", "2017 - 19", "2024-05"."""
    first, sign, second = match.groups()
    last = _later_year(first, second)
    if last == int(first) + 1:
        return _period(int(first), first_month, 12, match[0] if sign == " to " else first + sign.strip() + second)
    if sign.strip() == "/":
        raise PeriodError(
            _("%(second)s is not the year after %(first)s: write 2023/24 for a split year, 2017 - 19 for several years")
            % {"first": first, "second": second}
        )
    if sign == "-" and len(second) == 2 and 1 <= int(second) <= 12:
        return _month_by_number(first, second, last)
    return _years(first, last, _spaced(match[0]))


def _month_by_number(first: str, second: str, last: int) -> Period:
    if 0 < last - int(first) < LONGEST_POOL:
        raise PeriodError(
            _("this could be %(month)s %(first)s or the years %(first)s to %(last)s: write one of these instead")
            % {"month": MONTHS[int(second) - 1], "first": first, "last": last}
        )
    return _period(int(first), int(second), 1, f"{first}-{second}")


def _years(first: str, last: int, label: str) -> Period:
    if last <= int(first):
        raise PeriodError(_("the second number is neither a later year nor a month: write 2017 - 19 or 2024-05"))
    return _period(int(first), 1, 12 * (last - int(first) + 1), label)


def _split_years(match: re.Match, first_month: int) -> Period:
    """Several split years: "2016/17 - 18/19"."""
    first, first_end, last, last_end = match.groups()
    last_year = _later_year(first, last)
    if _later_year(first, first_end) != int(first) + 1 or _later_year(str(last_year), last_end) != last_year + 1:
        raise PeriodError(_("each part must be a split year: write 2016/17 - 18/19"))
    if last_year <= int(first):
        raise PeriodError(_("the last year is not after the first: write several split years as 2016/17 - 18/19"))
    return _period(int(first), first_month, 12 * (last_year - int(first) + 1), _spaced(match[0]))


def _quarter(match: re.Match, _first_month: int) -> Period:
    number = _quarter_number(match["quarter"])
    label = f"{match['year']} Q{number}"
    return _period(int(match["year"]), 3 * number - 2, 3, label)


def _split_quarter(match: re.Match, first_month: int) -> Period:
    """ "2023/24 Q2": quarters of a split year are counted from its first month."""
    number = _quarter_number(match["quarter"])
    whole = _two_numbers(TWO_NUMBERS.fullmatch(match["years"]), first_month)
    if whole.kind != "split-year":
        raise PeriodError(_("a quarter belongs to one year: write 2024 Q2 or 2023/24 Q2"))
    year, month = _months_on(whole.start.year, whole.start.month, 3 * (number - 1))
    return _period(year, month, 3, f"{whole.label} Q{number}")


def _quarter_number(text: str) -> int:
    if text not in ("1", "2", "3", "4"):
        raise PeriodError(_("a year has quarters Q1 to Q4: write 2024 Q2"))
    return int(text)


def _month_by_name(match: re.Match, _first_month: int) -> Period:
    number = next(n for n, name in enumerate(MONTHS, 1) if name[:3] == match["month"][:3].title())
    return _period(int(match["year"]), number, 1, f"{MONTHS[number - 1]} {match['year']}")


def _dates(match: re.Match, first_month: int) -> Period:
    start, end = _day(*match.groups()[:3]), _day(*match.groups()[3:])
    if end < start:
        raise PeriodError(_("the last day is before the first: write 2024-09-01/2025-08-31"))
    return Period(start, end, _label(start, end, first_month))


def _date_and_length(match: re.Match, first_month: int) -> Period:
    """ "2022-01-01/P3Y": an ISO 8601 interval of years, months and days."""
    start = _day(*match.groups()[:3])
    years, months, days = (int(number or 0) for number in match.groups()[3:])
    year, month = _months_on(start.year, start.month, 12 * years + months)
    first = _month_start(year, month)
    # A month after 31 January is the last day of February.
    end = min(first + timedelta(days=start.day - 1), _month_end(first)) + timedelta(days=days - 1)
    if end < start:
        raise PeriodError(_("the period has no length: write 2024-09-01/P1Y"))
    if end.year > LAST_YEAR:
        raise _outside()
    return Period(start, end, _label(start, end, first_month))


def _single_date(_match: re.Match, _first_month: int) -> Period:
    raise PeriodError(
        _(
            "this is one day, perhaps made of a period by a spreadsheet: make the column text and write a period such"
            " as %(forms)s"
        )
        % {"forms": _forms()}
    )


def _label(start: date, end: date, first_month: int) -> str:
    """How a period given by its dates is usually published; the dates where that would read as something else."""
    year, months = start.year, _whole_months(start, end)
    if months == 1:
        return f"{MONTHS[start.month - 1]} {year}"
    if months == 3 and start.month in (1, 4, 7, 10):
        return f"{year} Q{start.month // 3 + 1}"
    if months == 12 and start.month == 1:
        return f"{year}"
    if months == 12 and start.month == first_month:
        return f"{year}/{_short(year + 1)}"
    if months and months % 12 == 0 and start.month == 1 and months > 24:
        return f"{year} - {_short(end.year) if end.year // 100 == year // 100 else end.year}"
    if months and months % 12 == 0 and start.month == first_month:
        return f"{year}/{_short(year + 1)} - {end.year - 1}/{_short(end.year)}"
    return f"{start.isoformat()} to {end.isoformat()}"


def _short(year: int) -> str:
    return f"{year % 100:02}"


def _spaced(text: str) -> str:
    """One space or none on both sides of a dash, none round a stroke."""
    return re.sub(rf" ({DASH}) ?| ?({DASH}) ", lambda dash: f" {dash[0].strip()} ", re.sub(" ?/ ?", "/", text))


def _later_year(first: str, second: str) -> int:
    """The second year in full: two digits are the nearest year that ends so ("1998 - 00" is 1998 to 2000)."""
    if len(second) == 4:
        return int(second)
    return int(first) + (int(second) - int(first) + 50) % 100 - 50


def _period(year: int, month: int, months: int, label: str) -> Period:
    start = _month_start(year, month)
    end = _month_start(*_months_on(year, month, months - 1))
    return Period(start, _month_end(end), label)


def _day(year: str, month: str, day: str) -> date:
    try:
        whole = date(int(year), int(month), int(day))
    except ValueError as error:
        raise PeriodError(_("there is no such day as %(day)s") % {"day": f"{year}-{month}-{day}"}) from error
    if not FIRST_YEAR <= whole.year <= LAST_YEAR:
        raise _outside()
    return whole


def _month_start(year: int, month: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _outside()
    return date(year, month, 1)


def _month_end(day: date) -> date:
    return date(*_months_on(day.year, day.month, 1), 1) - timedelta(days=1)


def _months_on(year: int, month: int, months: int) -> tuple[int, int]:
    years, month = divmod(month - 1 + months, 12)
    return year + years, month + 1


def _whole_months(start: date, end: date) -> int | None:
    if start.day != 1 or end != _month_end(end):
        return None
    return 12 * (end.year - start.year) + end.month - start.month + 1


def _outside() -> PeriodError:
    return PeriodError(
        _("the period must lie between the years %(first)s and %(last)s") % {"first": FIRST_YEAR, "last": LAST_YEAR}
    )


# A spreadsheet may hand over a year as the number 2023.0.
FORMS: tuple[tuple[re.Pattern, Callable[[re.Match, int], Period]], ...] = (
    (re.compile(r"([0-9]{4})(?:\.0+)?"), _year),
    (TWO_NUMBERS, _two_numbers),
    (re.compile(r"([0-9]{4})([0-9]{2})(?:\.0+)?"), _six_digits),
    (
        re.compile(
            rf"([0-9]{{4}}) ?(?:/|{DASH}) ?([0-9]{{4}}|[0-9]{{2}})"
            rf"(?: ?{DASH} ?| to )"
            rf"([0-9]{{4}}|[0-9]{{2}}) ?(?:/|{DASH}) ?([0-9]{{4}}|[0-9]{{2}})"
        ),
        _split_years,
    ),
    (re.compile(r"(?P<year>[0-9]{4})[ -]?Q ?(?P<quarter>[0-9]+)", re.IGNORECASE), _quarter),
    (re.compile(r"Q ?(?P<quarter>[0-9]+)[ -]?(?P<year>[0-9]{4})", re.IGNORECASE), _quarter),
    (re.compile(rf"(?P<years>{TWO_NUMBERS.pattern}) ?Q ?(?P<quarter>[0-9]+)", re.IGNORECASE), _split_quarter),
    (
        re.compile(rf"(?P<month>{'|'.join(f'{m}|{m[:3]}' for m in MONTHS)}|Sept) (?P<year>[0-9]{{4}})", re.IGNORECASE),
        _month_by_name,
    ),
    (re.compile(rf"{DAY}(?: ?/ ?| to | ?{DASH} ){DAY}"), _dates),
    (re.compile(rf"{DAY} ?/ ?P(?:([0-9]{{1,3}})Y)?(?:([0-9]{{1,3}})M)?(?:([0-9]{{1,5}})D)?"), _date_and_length),
    (re.compile(DAY), _single_date),
)
