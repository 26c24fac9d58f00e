"""Figures as a value file, in the columns that an upload reads: what is given out can be brought back in."""

from collections.abc import Iterable, Iterator
from itertools import chain

from indicators import csvlines
from indicators.layouts import COLUMNS
from indicators.numbers import plain_number, spreadsheet_safe
from indicators.series import Point, Series

CONTENT_TYPE = "text/csv; charset=utf-8"


def lines(series: Iterable[Series]) -> Iterator[str]:
    """The file line by line, its header first; points in the order given."""
    return csvlines.lines(chain([COLUMNS], (row(one, point) for one in series for point in one.points)))


def row(series: Series, point: Point) -> tuple[str, ...]:
    numbers = (point.lower, point.upper, point.numerator, point.denominator)
    return (
        series.indicator,
        series.area,
        spreadsheet_safe(point.period.label),
        value_text(point),
        *("" if number is None else plain_number(number) for number in numbers),
        spreadsheet_safe(series.breakdown),
        spreadsheet_safe(point.note),
    )


def value_text(point: Point) -> str:
    """ "65.2 [p]": the number with its flags, or the marker in its place."""
    if not point.is_number:
        return f"[{point.marker}]"
    return " ".join([plain_number(point.value), *(f"[{flag}]" for flag in point.flags)])
