"""Columns of text: what is done to a whole column at once, each distinct text looked at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from django.utils.translation import gettext as _

from indicators.numbers import without_apostrophe
from indicators.tables import same_name

# What a spreadsheet shows in a cell that it cannot work out: "#REF!", "#DIV/0!", "#N/A", "Err:502".
SPREADSHEET_ERROR = re.compile(r"#(?:[A-Z]+[!?]|DIV/0!|N/A|GETTING_DATA)|Err:[0-9]{3}")
# Without any of these in it a column is clean as it stands: blanks to strip, an apostrophe to take away.
TO_TIDY = tuple(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f'")
MAY_BE_SPOILT = ("=", "#", "Err:")
# What publishers write into the column of codes where a row has none.
NO_AREA = frozenset(("", "z", "x", ":", "-", "na", "n/a", "null"))

ROWS_AT_ONCE = 500


@dataclass
class Columns:
    """Some rows of a file by column: the number of each row, and the texts of each column by its place or name."""

    numbers: list[int]
    texts: dict[int | str, Sequence[str]]

    def keep(self, wanted: Sequence[bool]) -> None:
        self.numbers = list(compress(self.numbers, wanted))
        self.texts = {key: list(compress(column, wanted)) for key, column in self.texts.items()}


def turned(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """The columns of rows that all have so many cells; a few rows at a time, which the processor's cache can hold."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        for column, texts in zip(columns, zip(*rows[start : start + ROWS_AT_ONCE], strict=True), strict=True):
            column.extend(texts)
    return columns


def each(column: Sequence[str], change: Callable[[str], str]) -> list[str]:
    changed = {text: change(text) for text in set(column)}
    return [changed[text] for text in column]


def tidied(column: Sequence[str]) -> Sequence[str]:
    """Without blanks around the texts, and without the apostrophe that a download puts before what looks a formula."""
    together = "".join(column)
    if together.isascii() and not any(map(together.__contains__, TO_TIDY)):
        return column
    return each(column, lambda text: without_apostrophe(text.strip()))


def spoilt(column: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """The texts that are no text or number but what a spreadsheet failed to make of a formula, and what to do.

    `known` are the markers of the file, folded: "#N/A" may be one.
    """
    together = "".join(column)
    if not any(map(together.__contains__, MAY_BE_SPOILT)):
        return {}
    found = {}
    for text in set(column):
        typed = text.strip()
        if typed.startswith("="):
            found[text] = _("a formula, not its result: copy the column and paste its values")
        elif SPREADSHEET_ERROR.fullmatch(typed) and typed.casefold() not in known:
            found[text] = _(
                "the spreadsheet could not work this out: correct the formula, or write why there is no figure"
            )
    return found


def filled(column: Sequence[str]) -> list[bool]:
    texts = {text: bool(text.strip()) for text in set(column)}
    return [texts[text] for text in column]


def first_filled(columns: Sequence[Sequence[str]]) -> Sequence[str]:
    """Of several columns for one thing the first that says anything, row by row."""
    if len(columns) < 2:
        return columns[0] if columns else ()
    blank = {text for column in columns for text in set(column) if same_name(text) in NO_AREA}
    return [next((text for text in texts if text not in blank), "") for texts in zip(*columns, strict=True)]


def joined(columns: Sequence[Sequence[str]], sign: str) -> Sequence[str]:
    if len(columns) < 2:
        return columns[0] if columns else ()
    known: dict[tuple[str, ...], str] = {}
    found = []
    for texts in zip(*columns, strict=True):
        if texts not in known:
            known[texts] = sign.join(filter(None, texts))
        found.append(known[texts])
    return found
