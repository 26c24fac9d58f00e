"""A span of days that figures are for: the type, and the arithmetic of days, months and labels."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import total_ordering

from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_MONTH = {"financial": 4, "academic": 9}
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
# Patterns of which the forms are made.
DASH = "[-‐‑‒–—−]"
MONTH = rf"(?:{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)}|Sept)"
QUARTER = r"Q(?:uarter|tr)? ?(?P<quarter>[0-9]+)"


@dataclass(frozen=True)
class Manner:
    """How a text is to be read: the month in which a split year starts, and the style (see `indicators.periods`)."""

    first_month: int
    style: str = "own"


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
        months = whole_months(self.start, self.end)
        if months == 12:
            return "year" if self.start.month == 1 else "split-year"
        if months and months % 12 == 0:
            return "years"
        return {1: "month", 3: "quarter"}.get(months, "other")


def usual_label(start: date, end: date, first_month: int) -> str:
    """How a period given by its dates is usually published; the dates where that would read as something else."""
    year, months = start.year, whole_months(start, end)
    if months == 1:
        return f"{MONTHS[start.month - 1]} {year}"
    if months == 3 and start.month in (1, 4, 7, 10):
        return f"{year} Q{start.month // 3 + 1}"
    if months == 12 and start.month == 1:
        return f"{year}"
    if months == 12 and start.month == first_month:
        return f"{year}/{short(year + 1)}"
    if months and months % 12 == 0 and start.month == 1 and months > 24:
        return f"{year} - {short(end.year) if end.year // 100 == year // 100 else end.year}"
    if months and months % 12 == 0 and start.month == first_month:
        return f"{year}/{short(year + 1)} - {end.year - 1}/{short(end.year)}"
    return f"{start.isoformat()} to {end.isoformat()}"


def short(year: int) -> str:
    return f"{year % 100:02}"


def of_months(year: int, month: int, months: int, label: str) -> Period:
    start = month_start(year, month)
    end = month_start(*months_on(year, month, months - 1))
    return Period(start, month_end(end), label)


def day(year: str | int, month: str | int, day: str | int) -> date:
    try:
        whole = date(int(year), int(month), int(day))
    except ValueError as error:
        shown = {"day": f"{year}-{month:0>2}-{day:0>2}"}
        raise PeriodError(_("there is no such day as %(day)s") % shown) from error
    if not FIRST_YEAR <= whole.year <= LAST_YEAR:
        raise outside()
    return whole


def in_words(whole: date) -> str:
    return f"{whole.day} {MONTHS[whole.month - 1]} {whole.year}"


def reference_day(whole: date) -> Period:
    return Period(whole, whole, in_words(whole))


def month_number(name: str) -> int:
    """Of a month in any spelling of `MONTH`."""
    return next(number for number, full in enumerate(MONTHS, 1) if full[:3] == name[:3].title())


def quarter_number(match: re.Match) -> int:
    if match["quarter"] not in ("1", "2", "3", "4"):
        raise PeriodError(_("a year has quarters Q1 to Q4: write 2024 Q2"))
    return int(match["quarter"])


def later_year(first: str, second: str) -> int:
    """The second year in full: two digits are the nearest year that ends so ("1998 - 00" is 1998 to 2000)."""
    if len(second) == 4:
        return int(second)
    return int(first) + (int(second) - int(first) + 50) % 100 - 50


def month_start(year: int, month: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise outside()
    return date(year, month, 1)


def month_end(day: date) -> date:
    return date(*months_on(day.year, day.month, 1), 1) - timedelta(days=1)


def months_on(year: int, month: int, months: int) -> tuple[int, int]:
    years, month = divmod(month - 1 + months, 12)
    return year + years, month + 1


def whole_months(start: date, end: date) -> int | None:
    if start.day != 1 or end != month_end(end):
        return None
    return 12 * (end.year - start.year) + end.month - start.month + 1


def outside() -> PeriodError:
    return PeriodError(
        _("the period must lie between the years %(first)s and %(last)s") % {"first": FIRST_YEAR, "last": LAST_YEAR}
    )
