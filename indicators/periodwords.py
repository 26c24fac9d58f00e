"""Periods in words, and the marks that publishers leave beside one; see `indicators.periods` for what they mean."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from indicators.perioddates import (
    DASH,
    MONTH,
    MONTHS,
    QUARTER,
    Manner,
    Period,
    PeriodError,
    day,
    in_words,
    later_year,
    month_end,
    month_number,
    month_start,
    months_on,
    of_months,
    quarter_number,
    reference_day,
    short,
    usual_label,
)

LONGEST_IN_MONTHS = 60
SPLIT = rf"(?P<first>[0-9]{{4}}) ?(?:(?:/|{DASH}) ?)?(?P<second>[0-9]{{4}}|[0-9]{{2}})"
ONE_YEAR = r"(?P<year>[0-9]{4})"
YEAR_TYPE = r"(?P<type>academic|school|financial|fiscal|tax|calendar|reporting) year"
TERM = r"(?P<term>autumn and spring|autumn|spring|summer) term"
DAY_AND_MONTH = rf"(?P<{{0}}day>[0-9]{{{{1,2}}}})(?:st|nd|rd|th)? (?P<{{0}}month>{MONTH})"
# The first month after September in which a term of a school year starts, and its months; the summer term lasts to the
# end of the school year.
TERMS = {"autumn": (0, 4), "spring": (4, 3), "summer": (7, 5), "autumn and spring": (0, 7)}
START_OF_TYPE = {"academic": 9, "school": 9, "financial": 4, "fiscal": 4}
NAME_OF_START = {4: "Financial year", 9: "Academic year"}

QUALIFIER = r"rev(?:ised)?|prov(?:isional)?|final|est(?:imated?)?|ot|new|[prebu]"
BRACKETED_MARK = re.compile(
    rf" ?[\[(](?:{QUALIFIER}|[0-9]{{1,2}}(?: ?, ?[0-9]{{1,2}})*|(?:see )?(?:foot)?notes? ?[0-9a-z ,&]*)[\])]$",
    re.IGNORECASE,
)
SIGN_MARK = re.compile(r"(?<=[0-9A-Za-z)\]]) ?(?:[*†‡^#]+|[⁰¹²³⁴-⁹]+)$")
FLAG_MARK = re.compile(r"(?<=[0-9]) ?[prPR]$")
GLUED_MARK = re.compile(rf"((?:19|20)[0-9]{{2}})(?:[1-9]|({DASH}|/)([0-9]{{2}})[1-9])")


def without_marks(text: str) -> str:
    """ "2018 (Rev)" is 2018, "20175" is 2017 with footnote 5, "2017/185" is 2017/18 with footnote 5."""
    bare = text
    while (shorter := FLAG_MARK.sub("", SIGN_MARK.sub("", BRACKETED_MARK.sub("", bare)))) != bare:
        bare = shorter
    match = GLUED_MARK.fullmatch(bare)
    if match and (match[3] is None or later_year(match[1], match[3]) == int(match[1]) + 1):
        return bare[:-1]
    return bare


def _split_start(match: re.Match) -> int:
    first, second = match["first"], match["second"]
    if later_year(first, second) != int(first) + 1:
        raise PeriodError(
            _("%(second)s is not the year after %(first)s: write 2023/24 for a split year, 2017 - 19 for several years")
            % {"first": first, "second": second}
        )
    return int(first)


def _typed_split_year(match: re.Match, manner: Manner) -> Period:
    """ "Academic year 2021/22", "202122 Financial year": starts when it says, whatever the indicator's year type."""
    kind, year = match["type"].casefold(), _split_start(match)
    if kind == "calendar":
        raise PeriodError(_("a calendar year is one year: write 2023"))
    if kind == "tax":
        start, end = day(year, 4, 6), day(year + 1, 4, 5)
        return Period(start, end, usual_label(start, end, manner.first_month))
    first_month = START_OF_TYPE.get(kind, manner.first_month)
    label = f"{year}/{short(year + 1)}"
    if first_month != manner.first_month:
        label = f"{NAME_OF_START[first_month]} {label}"
    return of_months(year, first_month, 12, label)


def _typed_quarter(match: re.Match, manner: Manner) -> Period:
    """ "202122 Financial year Q1"."""
    number, whole = quarter_number(match), _typed_split_year(match, manner)
    year, month = months_on(whole.start.year, whole.start.month, 3 * (number - 1))
    return of_months(year, month, 3, f"{whole.label} Q{number}")


def _typed_year(match: re.Match, _manner: Manner) -> Period:
    if match["type"].casefold() not in ("calendar", "reporting"):
        raise PeriodError(_("such a year runs into the next: write 2023/24"))
    return of_months(int(match["year"]), 1, 12, match["year"])


def _financial_year_ending(match: re.Match, manner: Manner) -> Period:
    """ "FYE 2024" ends in March 2024."""
    year = int(match["year"]) - 1
    label = f"{year}/{short(year + 1)}"
    return of_months(year, 4, 12, label if manner.first_month == 4 else f"Financial year {label}")


def _term(match: re.Match, _manner: Manner) -> Period:
    year, term = _split_start(match), match["term"].casefold()
    skipped, months = TERMS[term]
    return of_months(*months_on(year, 9, skipped), months, f"{year}/{short(year + 1)} {term.capitalize()} term")


def _ending(match: re.Match, _manner: Manner) -> Period:
    """ "Year ending 31 March 2024", "12 months to March 2024", "Quarter to June 2024"."""
    length = match["length"].casefold()
    months = int(match["months"]) if match["months"] else 3 if length == "quarter" else 12
    if not 0 < months <= LONGEST_IN_MONTHS:
        raise PeriodError(_("write a period of 1 to %(most)s months") % {"most": LONGEST_IN_MONTHS})
    number = month_number(match["month"])
    month = month_start(int(match["year"]), number)
    end = day(match["year"], number, match["day"]) if match["day"] else month_end(month)
    named = in_words(end) if match["day"] else f"{MONTHS[number - 1]} {match['year']}"
    words = f"{months} months to" if match["months"] else f"{length.capitalize()} ending"
    return Period(_months_before(end, months), end, f"{words} {named}")


def _months_before(end: date, months: int) -> date:
    """The first day of so many months that end on a day, itself within: of 5 April the year starts on 6 April."""
    following = end + timedelta(days=1)
    year, month = months_on(following.year, following.month, -months)
    first = month_start(year, month)
    return min(first + timedelta(days=following.day - 1), month_end(first))


def _month_range(match: re.Match, _manner: Manner) -> Period:
    """ "April 2023 to March 2024", "Apr-Jun 2024"; of "October to March 2024" the first month lies in 2023."""
    first, last, year = month_number(match["from"]), month_number(match["to"]), int(match["year"])
    start_year = int(match["start"] or (year if first < last else year - 1))
    months = 12 * (year - start_year) + last - first + 1
    if months < 1:
        raise PeriodError(_("the last month is before the first: write April 2023 to March 2024"))
    if months == 1:
        return of_months(year, last, 1, f"{MONTHS[last - 1]} {year}")
    start = MONTHS[first - 1] + (f" {start_year}" if start_year != year else "")
    return of_months(start_year, first, months, f"{start} to {MONTHS[last - 1]} {year}")


def _reference_day(match: re.Match, _manner: Manner) -> Period:
    return reference_day(day(match["year"], month_number(match["month"]), match["day"]))


def _day_range(match: re.Match, manner: Manner) -> Period:
    """ "1 April 2023 to 31 March 2024"."""
    end = day(match["year"], month_number(match["to_month"]), match["to_day"])
    start = day(match["start"] or match["year"], month_number(match["from_month"]), match["from_day"])
    if end < start:
        raise PeriodError(_("the last day is before the first: write 2024-09-01/2025-08-31"))
    return Period(start, end, usual_label(start, end, manner.first_month))


def _short_month(match: re.Match, _manner: Manner) -> Period:
    """ "Mar-24", as spreadsheets show a month: of this century up to 49."""
    number, short_year = month_number(match["month"]), int(match["year"])
    year = short_year + (2000 if short_year < 50 else 1900)
    return of_months(year, number, 1, f"{MONTHS[number - 1]} {year}")


def _day_in_numbers(match: re.Match, manner: Manner) -> Period:
    """ "31/03/2010": the day comes first, as in Britain."""
    whole = day(match["year"], match["month"], match["day"])
    if whole.day > 1:
        return reference_day(whole)
    if manner.style == "months":
        return of_months(whole.year, whole.month, 1, f"{MONTHS[whole.month - 1]} {whole.year}")
    raise PeriodError(
        _("this is the first day of a month, perhaps made of a period by a spreadsheet: write the period")
    )


def _forms(*forms: tuple[str, Callable]) -> tuple[tuple[re.Pattern, Callable], ...]:
    return tuple((re.compile(form, re.IGNORECASE), reader) for form, reader in forms)


ENDING = r"(?:ending|ended|to the end of|to end of|to end|to)"
FORMS: tuple[tuple[re.Pattern, Callable[[re.Match, Manner], Period]], ...] = _forms(
    (rf"{YEAR_TYPE}:? {SPLIT}", _typed_split_year),
    (rf"{SPLIT} \(?{YEAR_TYPE}\)?", _typed_split_year),
    (rf"{YEAR_TYPE}:? {SPLIT} {QUARTER}", _typed_quarter),
    (rf"{SPLIT} {YEAR_TYPE} {QUARTER}", _typed_quarter),
    (rf"{YEAR_TYPE}:? {ONE_YEAR}", _typed_year),
    (rf"{ONE_YEAR} \(?{YEAR_TYPE}\)?", _typed_year),
    (rf"(?:FYE|financial year end(?:ing|ed)) {ONE_YEAR}", _financial_year_ending),
    (rf"{SPLIT} {TERM}", _term),
    (rf"{TERM} {SPLIT}", _term),
    (
        rf"(?:financial )?(?P<length>year|quarter|(?P<months>[0-9]{{1,2}}) months) {ENDING}"
        rf"(?: (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?)? (?P<month>{MONTH}) {ONE_YEAR}",
        _ending,
    ),
    (rf"(?P<from>{MONTH})(?: (?P<start>[0-9]{{4}}))?(?: ?{DASH} ?| to )(?P<to>{MONTH}) {ONE_YEAR}", _month_range),
    (rf"(?:(?:as )?at |on )?{DAY_AND_MONTH.format('')} {ONE_YEAR}", _reference_day),
    (
        rf"{DAY_AND_MONTH.format('from_')}(?: (?P<start>[0-9]{{4}}))?(?: ?{DASH} ?| to )"
        rf"{DAY_AND_MONTH.format('to_')} {ONE_YEAR}",
        _day_range,
    ),
)
PUBLISHED_FORMS = _forms(
    (rf"(?P<month>{MONTH})[- ](?P<year>[0-9]{{2}})", _short_month),
    (rf"(?P<day>[0-9]{{1,2}})([/.])(?P<month>[0-9]{{1,2}})\2{ONE_YEAR}(?: 00:00(?::00)?)?", _day_in_numbers),
)
