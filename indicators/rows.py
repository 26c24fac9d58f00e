"""What every reader of tables gives, and what it raises."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.problems import Problem

MOST_COLUMNS = 1000

# The numbers of some rows and, beside them, their cells.
Chunk = tuple[list[int], list[list[str]]]


class TableError(Exception):
    """A file that cannot be read as a table, and every reason."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the row that a spreadsheet shows, or the line of a CSV file on which the row starts.

    The place of a cell is its column, from 0; the cells are as typed.
    """

    number: int
    cells: Sequence[str]


def refuse_wide(chunk: Chunk, file: str) -> None:
    """Raises TableError at the first row with something in a column beyond those allowed."""
    numbers, rows = chunk
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        for number, cells in zip(numbers, rows, strict=True):
            if any(map(str.strip, cells[MOST_COLUMNS:])):
                sentence = _("this row has more than %(most)s columns: upload the table of figures alone")
                raise TableError(Problem(sentence % {"most": MOST_COLUMNS}, file, number))
