"""The first rows of a sheet as the mapping page shows them: where the header is, and what the columns hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from openpyxl.utils import get_column_letter

from indicators.headings import HEAD, is_figure
from indicators.shorthand import PUBLISHED
from indicators.tables import Book, Row, guess_header, header_names

# Rows enough to find the header below a long preamble, and so many are shown.
ROWS, SHOWN = HEAD + 50, 8
# So many of the first rows are offered as the header, and so many cells of a column are looked at.
MOST_HEADERS, SAMPLE = 30, 60
MOST_HEADER_ROWS = 3


@dataclass(frozen=True)
class Line:
    """A row as the page shows it, its cells as wide as the widest row shown."""

    number: int
    cells: tuple[str, ...]
    is_header: bool


@dataclass(frozen=True)
class Look:
    """One sheet of a file; `index` is that of the first of the `header_rows` among the first rows, `head`."""

    sheets: tuple[str, ...]
    sheet: str
    head: Sequence[Row]
    index: int
    header_rows: int

    @cached_property
    def names(self) -> tuple[str, ...]:
        return header_names(self.head[self.index : self.index + self.header_rows])

    @property
    def header_number(self) -> int:
        return self.head[self.index].number if self.head else 0

    @cached_property
    def letters(self) -> list[str]:
        return [get_column_letter(place + 1) for place in range(len(self.lines[0].cells) if self.lines else 0)]

    @cached_property
    def lines(self) -> list[Line]:
        """The first rows and, below a long preamble, those around the header."""
        start = max(0, self.index - 3) if self.index + self.header_rows >= SHOWN else 0
        rows = self.head[start : start + SHOWN]
        width = max((len(row.cells) for row in rows), default=0)
        header = range(self.index, self.index + self.header_rows)
        return [
            Line(row.number, (*row.cells, *[""] * (width - len(row.cells))), start + place in header)
            for place, row in enumerate(rows)
        ]

    @property
    def body(self) -> Sequence[Row]:
        return self.head[self.index + self.header_rows :]

    @cached_property
    def of_figures(self) -> frozenset[str]:
        """The names of the columns in which figures stand, by their first rows."""
        return frozenset(name for place, name in enumerate(self.names) if name and self._holds_figures(place))

    def _holds_figures(self, place: int) -> bool:
        texts = [row.cells[place].strip() for row in self.body[:SAMPLE] if place < len(row.cells)]
        filled = [text for text in texts if text]
        figures = sum(is_figure(text, PUBLISHED) for text in filled)
        return bool(filled) and 2 * figures > len(filled) and any(text[0].isdigit() for text in filled)


def look(book: Book, *, sheet: str = "", header: int = 0, header_rows: int = 0) -> Look:
    """The first look at a file; a sheet or a row that it has not is passed over. Raises TableError."""
    chosen = sheet if sheet in book.sheets else next(iter(book.sheets), "")
    head = list(islice(book.rows(chosen), ROWS))
    index, rows = guess_header(head)
    wanted = next((place for place, row in enumerate(head[:MOST_HEADERS]) if row.number == header), None)
    if wanted is not None:
        index, rows = wanted, header_rows or 1
    return Look(book.sheets, chosen, head, index, min(header_rows or rows, MOST_HEADER_ROWS))
