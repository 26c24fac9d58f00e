"""A table -> rows of values, by our names for the columns.

This is the place that knows how files name their columns: by our own names, or by a saved layout that says which of
their columns is which of ours.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.numbers import without_apostrophe
from indicators.tables import Book as Table
from indicators.tables import same_name
from partnerships.problems import Problem, shortened


@dataclass(frozen=True, slots=True)
class ValueRow:
    """The texts of one row, empty where the file has no such column; `row` is its number as a spreadsheet shows it."""

    row: int
    indicator: str
    area: str
    period: str
    value: str
    lower: str = ""
    upper: str = ""
    numerator: str = ""
    denominator: str = ""
    breakdown: str = ""
    note: str = ""


COLUMNS = tuple(column.name for column in fields(ValueRow))[1:]
REQUIRED = ("indicator", "area", "period", "value")
# What a spreadsheet shows in a cell that it cannot work out: "#REF!", "#DIV/0!", "#N/A", "Err:502".
SPREADSHEET_ERROR = re.compile(r"#(?:[A-Z]+[!?]|DIV/0!|N/A|GETTING_DATA)|Err:[0-9]{3}")


@dataclass(frozen=True)
class ValueRows:
    """A row with a problem is not among `rows`. `ignored` names the columns that are not ours."""

    rows: tuple[ValueRow, ...]
    ignored: tuple[str, ...]
    problems: tuple[Problem, ...]


def value_rows(
    table: Table, *, columns: Mapping[str, str] | None = None, constants: Mapping[str, str] | None = None
) -> ValueRows:
    """The rows of a table, with the table's problems among its own.

    `columns` and `constants` are those of a saved layout: their header to our column, and what every row is where no
    column says so. Headers that the layout does not name are taken by our own names. Where the columns are not as they
    must be there are no rows, and the problems are those of the columns alone.
    """
    columns, constants = columns or {}, constants or {}
    places = _places(table.header, columns)
    ignored = tuple(name for place, name in enumerate(table.header) if name and place not in places.values())
    if wrong := list(_wrong_columns(table, columns, constants, places)):
        return ValueRows((), ignored, tuple(wrong))
    rows, problems = [], list(table.problems)
    for row in table.rows:
        if len(row.cells) == len(table.header):
            texts = {ours: row.cells[place].strip() for ours, place in places.items()}
            spoilt = list(_spoilt(table, row.number, texts, places))
            problems += spoilt
            if not spoilt:
                texts = {ours: without_apostrophe(text) for ours, text in texts.items()}
                rows.append(ValueRow(row.number, **{**constants, **texts}))
    return ValueRows(tuple(rows), ignored, tuple(problems))


def _places(header: tuple[str, ...], columns: Mapping[str, str]) -> dict[str, int]:
    """Our column to its place in the header; what the layout says goes before what a header is called."""
    layout = {same_name(theirs): ours for theirs, ours in columns.items()}
    names = [same_name(name) for name in header]
    by_layout = {layout[name]: place for place, name in enumerate(names) if name in layout}
    by_name = {name: place for place, name in enumerate(names) if name in COLUMNS and name not in layout}
    return {**by_name, **by_layout}


def _wrong_columns(
    table: Table, columns: Mapping[str, str], constants: Mapping[str, str], places: dict[str, int]
) -> Iterator[Problem]:
    for name in (*columns.values(), *constants):
        if name not in COLUMNS:
            sentence = _("the layout speaks of a column '%(name)s'; ours are %(columns)s")
            yield Problem(sentence % {"name": name, "columns": ", ".join(COLUMNS)}, table.file)
    layout = {same_name(theirs): ours for theirs, ours in columns.items()}
    for place, name in enumerate(table.header):
        ours = layout.get(same_name(name))
        if ours and places[ours] != place:
            sentence = _("the layout takes this column and '%(other)s' for %(column)s: correct the layout")
            words = {"other": table.header[places[ours]], "column": ours}
            yield Problem(sentence % words, table.file, table.header_row, name)
    if missing := [name for name in REQUIRED if name not in places and name not in constants]:
        yield Problem(_missing(table, columns, missing), table.file, table.header_row)


def _missing(table: Table, columns: Mapping[str, str], missing: list[str]) -> str:
    """The missing columns by the name that this file would have for them, and what the file has instead."""
    theirs = {ours: name for name, ours in columns.items()}
    sentence = ngettext(
        "there is no column %(missing)s; the first row with anything in it names: %(found)s",
        "there are no columns %(missing)s; the first row with anything in it names: %(found)s",
        len(missing),
    )
    found = shortened(", ".join(filter(None, table.header)), 300)
    return sentence % {"missing": ", ".join(f"'{theirs.get(name, name)}'" for name in missing), "found": found}


def _spoilt(table: Table, row: int, texts: dict[str, str], places: dict[str, int]) -> Iterator[Problem]:
    """The cells that hold no text or number but what a spreadsheet failed to make of a formula."""
    for ours, text in texts.items():
        if text.startswith("="):
            sentence = _("a formula, not its result: copy the column and paste its values")
        elif text.startswith(("#", "Err:")) and SPREADSHEET_ERROR.fullmatch(text):
            sentence = _(
                "the spreadsheet could not work this out: correct the formula, or write why there is no figure"
            )
        else:
            continue
        yield Problem(sentence, table.file, row, table.header[places[ours]], text)
