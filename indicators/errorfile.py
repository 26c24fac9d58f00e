"""An uploaded file once more, with a column that says what is wrong with each row or why it is left out."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from indicators import layouts, originals, tables
from indicators.examination import Reading, open_book, said_of_rows
from indicators.models import Outcome, Upload
from indicators.numbers import spreadsheet_safe
from indicators.rules import Scope

# The header of the column that this file has more than the one that was uploaded.
ERROR_COLUMN = "error"


def rows(*, upload: Upload, scope: Scope, only_wrong: bool = False) -> Iterator[list[str]]:
    """The rows of the sheet that was read, what stands above the header first; with `only_wrong` those to mend.

    Nothing in them is a formula to a spreadsheet. Uploaded again, the column is ignored. Raises FileRefused.
    """
    with originals.opened(upload.original) as file:
        plan = layouts.plan(upload.plan or layouts.data_of(layouts.OWN))
        reading = Reading(open_book(file, upload.file_name), upload.sheet, plan)
        heading = next(iter(reading.batches())).heading
        said = said_of_rows(reading, scope)
        _say_barred(said, upload)
        dropped = _error_columns(heading.names)
        last_of_header = None
        for row in reading.book.rows(upload.sheet):
            cells = [spreadsheet_safe(cell) for place, cell in enumerate(row.cells) if place not in dropped]
            width = len(heading.names) - len(dropped)
            if row.number < heading.row:
                yield cells
            elif last_of_header is None or row.number <= last_of_header:
                last_of_header = last_of_header or heading.row + plan.header_rows - 1
                yield [*_filled(cells, width), ERROR_COLUMN if row.number == last_of_header else ""]
            elif row.number in said or not only_wrong:
                yield [*_filled(cells, width), "; ".join(said.get(row.number, ())), *cells[width:]]


def _error_columns(names: Sequence[str]) -> set[int]:
    return {place for place, name in enumerate(names) if tables.same_name(name) == ERROR_COLUMN}


def _filled(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _say_barred(said: dict[int, list[str]], upload: Upload) -> None:
    reason = _("left out: %(reason)s") % {"reason": _("only a steward may change this standing figure")}
    for row in upload.staged.filter(outcome=Outcome.BARRED).values_list("row", flat=True):
        said[row].append(reason)
