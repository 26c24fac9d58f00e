"""The periods that figures are for: reads every form in which publishers write them, orders them, labels them.

What a text means where it could mean two things:

- "2011-12" is the split year 2011/12, not December 2011: where the second number is the next year, a split year wins.
  So does "2023-2024". Two whole calendar years can only be written with dates.
- "2024-05" is May 2024, because no range of years ends in 05 soon after 2024.
- "2009-11" could be November 2009 or the years 2009 to 2011, and is refused. "2009 - 11" (with spaces or a long dash)
  and "2009-2011" are the years, "November 2009" is the month.
- "2023/24" runs from April or from September: the indicator's year type says which. "202425" likewise. "Academic year
  2023/24" says it itself.
- Of dates, both are within the period: "2024-09-01/2025-08-31" is a whole year.
- "31 March 2010" is a reference day, as for a count of that day, and the period is the day. "2024-05-01" alone is
  refused, because spreadsheets make such a day of "May 2024".

A published file was not written for us, and its layout may choose another style for it:

- "published": the marks beside a period are passed over ("20175" is 2017 with footnote 5; "2017(5)", "2018 (Rev)",
  "2016-17 (OT)", "2024p"), "Mar-24" is March 2024, and a day in numbers ("2010-03-31", "31/03/2010") is a reference
  day, unless it is the first of a month.
- "years": as "published", and "2009-11" is the years 2009 to 2011. A next year remains a split year.
- "months": as "published", and a year, a hyphen and 01 to 12 is always a month ("2011-12" is December 2011), and the
  first day of a month is that month.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from indicators import periodwords
from indicators.perioddates import (
    DASH,
    FIRST_MONTH,
    LAST_YEAR,
    MONTH,
    MONTHS,
    QUARTER,
    Manner,
    Period,
    PeriodError,
    day,
    later_year,
    month_end,
    month_number,
    month_start,
    months_on,
    of_months,
    outside,
    quarter_number,
    reference_day,
    usual_label,
)

__all__ = ["FIRST_MONTH", "STYLES", "Period", "PeriodError", "read"]

STYLES = ("own", "published", "years", "months")
# Published figures pool up to five years; a longer range is not what "1998-05" means.
LONGEST_POOL = 5
TWO_NUMBERS = re.compile(rf"([0-9]{{4}})( ?(?:/|{DASH}) ?| to )([0-9]{{4}}|[0-9]{{2}})")
DAY = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?"


@lru_cache(maxsize=4096)
def read(text: str, *, year_type: str = "financial", style: str = "own") -> Period:
    """The period that a text means; see the module for what wins where a text could mean two things.

    `year_type` ("financial" or "academic") says whether a split year starts in April or in September; `style` is one of
    STYLES. The label is the text, tidied and without its marks; dates, "202425" and what only a style tells get the
    label in which such a period is usually published. A label reads again as the same period in our own style. Raises
    PeriodError.
    """
    tidy, manner = " ".join(text.split()), Manner(FIRST_MONTH[year_type], style)
    if not tidy:
        raise PeriodError(_("there is no period: write one such as %(forms)s") % {"forms": _forms()})
    period = _by_form(tidy, manner)
    if period is None and style != "own":
        period = _by_form(periodwords.without_marks(tidy), manner)
    if period is None:
        raise PeriodError(_("this is not a period: write one such as %(forms)s") % {"forms": _forms()})
    return period


def _by_form(text: str, manner: Manner) -> Period | None:
    """Nothing where the text has none of the forms. Raises PeriodError."""
    forms = FORMS if manner.style == "own" else (*FORMS, *periodwords.PUBLISHED_FORMS)
    for form, reader in forms:
        if match := form.fullmatch(text):
            return reader(match, manner)
    return None


def _forms() -> str:
    return "2023, 2023/24, 2017 - 19, 2016/17 - 18/19, 2024 Q2, 2024-05, 2024-09-01/2025-08-31"


def _year(match: re.Match, _manner: Manner) -> Period:
    year = int(match[1])
    return of_months(year, 1, 12, str(year))


def _six_digits(match: re.Match, manner: Manner) -> Period:
    """ "202425", as the Department for Education writes a split year."""
    first, second = match.groups()
    if later_year(first, second) != int(first) + 1:
        raise PeriodError(
            _("%(second)s is not the year after %(first)s: write 202425 for a split year, 2024-05 for a month")
            % {"first": first, "second": second}
        )
    return of_months(int(first), manner.first_month, 12, f"{first}/{second}")


def _two_numbers(match: re.Match, manner: Manner) -> Period:
    """A split year, several calendar years or a month: "2023/24", "2017 - 19", "2024-05"."""
    first, sign, second = match.groups()
    last = later_year(first, second)
    may_be_month = sign == "-" and len(second) == 2 and 1 <= int(second) <= 12
    if may_be_month and manner.style == "months":
        return of_months(int(first), int(second), 1, f"{MONTHS[int(second) - 1]} {first}")
    if last == int(first) + 1:
        label = match[0] if sign == " to " else first + sign.strip() + second
        return of_months(int(first), manner.first_month, 12, label)
    if sign.strip() == "/":
        raise PeriodError(
            _("%(second)s is not the year after %(first)s: write 2023/24 for a split year, 2017 - 19 for several years")
            % {"first": first, "second": second}
        )
    if may_be_month:
        return _month_or_years(first, second, last, manner.style)
    return _years(first, last, _spaced(match[0]))


def _month_or_years(first: str, second: str, last: int, style: str) -> Period:
    if not 0 < last - int(first) < LONGEST_POOL:
        return of_months(int(first), int(second), 1, f"{first}-{second}")
    if style == "years":
        return _years(first, last, f"{first} - {second}")
    raise PeriodError(
        _("this could be %(month)s %(first)s or the years %(first)s to %(last)s: write one of these instead")
        % {"month": MONTHS[int(second) - 1], "first": first, "last": last}
    )


def _years(first: str, last: int, label: str) -> Period:
    if last <= int(first):
        raise PeriodError(_("the second number is neither a later year nor a month: write 2017 - 19 or 2024-05"))
    return of_months(int(first), 1, 12 * (last - int(first) + 1), label)


def _split_years(match: re.Match, manner: Manner) -> Period:
    """Several split years: "2016/17 - 18/19"."""
    first, first_end, last, last_end = match.groups()
    last_year = later_year(first, last)
    if later_year(first, first_end) != int(first) + 1 or later_year(str(last_year), last_end) != last_year + 1:
        raise PeriodError(_("each part must be a split year: write 2016/17 - 18/19"))
    if last_year <= int(first):
        raise PeriodError(_("the last year is not after the first: write several split years as 2016/17 - 18/19"))
    return of_months(int(first), manner.first_month, 12 * (last_year - int(first) + 1), _spaced(match[0]))


def _quarter(match: re.Match, _manner: Manner) -> Period:
    number = quarter_number(match)
    return of_months(int(match["year"]), 3 * number - 2, 3, f"{match['year']} Q{number}")


def _split_quarter(match: re.Match, manner: Manner) -> Period:
    """ "2023/24 Q2": quarters of a split year are counted from its first month."""
    number = quarter_number(match)
    whole = _two_numbers(TWO_NUMBERS.fullmatch(match["years"]), manner)
    if whole.kind != "split-year":
        raise PeriodError(_("a quarter belongs to one year: write 2024 Q2 or 2023/24 Q2"))
    year, month = months_on(whole.start.year, whole.start.month, 3 * (number - 1))
    return of_months(year, month, 3, f"{whole.label} Q{number}")


def _month_by_name(match: re.Match, _manner: Manner) -> Period:
    number = month_number(match["month"])
    return of_months(int(match["year"]), number, 1, f"{MONTHS[number - 1]} {match['year']}")


def _dates(match: re.Match, manner: Manner) -> Period:
    start, end = day(*match.groups()[:3]), day(*match.groups()[3:])
    if end < start:
        raise PeriodError(_("the last day is before the first: write 2024-09-01/2025-08-31"))
    return Period(start, end, usual_label(start, end, manner.first_month))


def _date_and_length(match: re.Match, manner: Manner) -> Period:
    """ "2022-01-01/P3Y": an ISO 8601 interval of years, months and days."""
    start = day(*match.groups()[:3])
    years, months, days = (int(number or 0) for number in match.groups()[3:])
    year, month = months_on(start.year, start.month, 12 * years + months)
    first = month_start(year, month)
    # A month after 31 January is the last day of February.
    end = min(first + timedelta(days=start.day - 1), month_end(first)) + timedelta(days=days - 1)
    if end < start:
        raise PeriodError(_("the period has no length: write 2024-09-01/P1Y"))
    if end.year > LAST_YEAR:
        raise outside()
    return Period(start, end, usual_label(start, end, manner.first_month))


def _single_date(match: re.Match, manner: Manner) -> Period:
    if manner.style != "own":
        whole = day(*match.groups())
        if whole.day > 1:
            return reference_day(whole)
        if manner.style == "months":
            return of_months(whole.year, whole.month, 1, f"{MONTHS[whole.month - 1]} {whole.year}")
    raise PeriodError(
        _(
            "this is one day, perhaps made of a period by a spreadsheet: make the column text and write a period such"
            " as %(forms)s"
        )
        % {"forms": _forms()}
    )


def _spaced(text: str) -> str:
    """One space or none on both sides of a dash, none round a stroke."""
    return re.sub(rf" ({DASH}) ?| ?({DASH}) ", lambda dash: f" {dash[0].strip()} ", re.sub(" ?/ ?", "/", text))


# A spreadsheet may hand over a year as the number 2023.0.
FORMS: tuple[tuple[re.Pattern, Callable[[re.Match, Manner], Period]], ...] = (
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
    (re.compile(rf"(?P<year>[0-9]{{4}})[ -]?{QUARTER}", re.IGNORECASE), _quarter),
    (re.compile(rf"{QUARTER}[ -]?(?P<year>[0-9]{{4}})", re.IGNORECASE), _quarter),
    (re.compile(rf"(?P<years>{TWO_NUMBERS.pattern}) ?{QUARTER}", re.IGNORECASE), _split_quarter),
    (re.compile(rf"{QUARTER} (?P<years>{TWO_NUMBERS.pattern})", re.IGNORECASE), _split_quarter),
    (re.compile(rf"(?P<month>{MONTH})[ -](?P<year>[0-9]{{4}})", re.IGNORECASE), _month_by_name),
    (re.compile(rf"(?P<year>[0-9]{{4}})[ -](?P<month>{MONTH})", re.IGNORECASE), _month_by_name),
    (re.compile(rf"{DAY}(?: ?/ ?| to | ?{DASH} ){DAY}"), _dates),
    (re.compile(rf"{DAY} ?/ ?P(?:([0-9]{{1,3}})Y)?(?:([0-9]{{1,3}})M)?(?:([0-9]{{1,5}})D)?"), _date_and_length),
    (re.compile(DAY), _single_date),
    *periodwords.FORMS,
)
