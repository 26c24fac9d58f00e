"""The bytes of a CSV, XLSX, XLS or ODS file -> a table of text that remembers the row of every cell.

What a file is, its bytes decide; a name that says otherwise is refused, because the sender would see another file than
the one that was read. CSV is separated by commas, semicolons or tabs and written in UTF-8 or Windows-1252.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators import workbooks
from partnerships.problems import Problem

MOST_ROWS = 200_000
MOST_COLUMNS = 1000
LONGEST_LINE = 100_000

CSV, XLSX, XLS, ODS = "csv", "xlsx", "xls", "ods"
KIND_OF_NAME = {".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": XLSX, ".xls": XLS, ".ods": ODS}
KIND_IN_WORDS = {
    CSV: gettext_lazy("text, as in a CSV file"),
    XLSX: gettext_lazy("an Excel workbook"),
    XLS: gettext_lazy("an Excel workbook of the old kind"),
    ODS: gettext_lazy("an OpenDocument spreadsheet"),
}

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_STARTS = {
    b"%PDF": gettext_lazy("this is a PDF: upload the table that it was made from"),
    b"\x89PNG": gettext_lazy("this is a picture: upload the table that it shows"),
    b"\xff\xd8\xff": gettext_lazy("this is a picture: upload the table that it shows"),
    b"{\\rtf": gettext_lazy("this is a text document: copy the table into a spreadsheet and upload that"),
    b"\x1f\x8b": gettext_lazy("this is a compressed archive: unpack it and upload the table that it holds"),
    b"<?xml": gettext_lazy("this is XML: open it in a spreadsheet, save it as XLSX or CSV and upload that"),
    codecs.BOM_UTF16_LE: gettext_lazy("this text is in UTF-16: save it as 'CSV UTF-8' and upload that"),
    codecs.BOM_UTF16_BE: gettext_lazy("this text is in UTF-16: save it as 'CSV UTF-8' and upload that"),
}
# What names an archive's kind stands in it unpacked.
ZIP_KINDS = {b"xl/workbook.xml": XLSX, b"application/vnd.oasis.opendocument.spreadsheet": ODS}
# An XLSX file with a password is wrapped in the container of XLS, in a stream of this name.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
# Each comment ends at its first end and is not tried again, or a file of comments would be tried without end.
WEB_PAGE = re.compile(
    rb"\s*+(?><!--.*?-->\s*+)*+<(?:!doctype html|html|head|body|table|div)\b", re.IGNORECASE | re.DOTALL
)
CONTROL_CHARACTER = re.compile(rb"[\x00-\x08\x0e-\x1f]")


class TableError(Exception):
    """A file that cannot be read as a table, and every reason."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """`number` is the row that a spreadsheet shows, or the line of a CSV file on which the row starts."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Every row with anything in it. One that has more or fewer cells than the header is among the problems too."""

    file: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read(content: bytes, file_name: str) -> Table:
    """The table in a file of any size that the caller allows. Raises TableError."""
    if sentence := _why_no_table(content):
        raise TableError(Problem(sentence, file_name))
    kind = _kind(content)
    _refuse_wrong_name(kind, file_name)
    return _csv_table(content, file_name) if kind == CSV else _spreadsheet_table(content, kind, file_name)


def same_name(header: str) -> str:
    """What two spellings of one column's name share: small letters, single spaces, no underscores."""
    return " ".join(header.replace("_", " ").split()).casefold()


def _why_no_table(content: bytes) -> str:
    """What the file is instead of a table, as a sentence; nothing where it may be one."""
    if not content.strip():
        return _("the file is empty")
    if instead := next((words for start, words in OTHER_STARTS.items() if content.startswith(start)), None):
        return str(instead)
    if WEB_PAGE.match(content[:10_000].removeprefix(codecs.BOM_UTF8)):
        return _("this is a web page: open it in a spreadsheet, save it as XLSX or CSV and upload that")
    if content.startswith(ZIP_START) and not any(name in content for name in ZIP_KINDS):
        return _("this is an archive or a document, not a spreadsheet: upload the table that it holds")
    if content.startswith(OLE_START) and ENCRYPTED_STREAM in content:
        return _("the spreadsheet is protected by a password: save it without one")
    if content.startswith(OLE_START) and not any(stream in content for stream in XLS_STREAMS):
        return _("this is a document, not a spreadsheet: upload the table that it holds")
    return ""


def _kind(content: bytes) -> str:
    if content.startswith(ZIP_START):
        return next(kind for name, kind in ZIP_KINDS.items() if name in content)
    return XLS if content.startswith(OLE_START) else CSV


def _refuse_wrong_name(kind: str, file_name: str) -> None:
    named = KIND_OF_NAME.get(PurePath(file_name).suffix.lower(), kind)
    if named != kind:
        sentence = _("the name says that this is %(named)s, but it is %(kind)s: end its name in .%(kind_of_name)s")
        words = {"named": KIND_IN_WORDS[named], "kind": KIND_IN_WORDS[kind], "kind_of_name": kind}
        raise TableError(Problem(sentence % words, file_name))


def _spreadsheet_table(content: bytes, kind: str, file: str) -> Table:
    try:
        sheet = workbooks.read(content, kind)
    except workbooks.WorkbookError as error:
        raise TableError(Problem(str(error), file)) from error
    note = ngettext(
        "Only the sheet '%(sheet)s' was read; the file has one more.",
        "Only the sheet '%(sheet)s' was read; the file has %(others)s more.",
        sheet.others,
    ) % {"sheet": sheet.name, "others": sheet.others}
    return _table(enumerate(sheet.rows, 1), file, (note,) if sheet.others else ())


def _csv_table(content: bytes, file: str) -> Table:
    if match := CONTROL_CHARACTER.search(content):
        sentence = _("this line holds characters that no text has: save the table again as 'CSV UTF-8'")
        raise TableError(Problem(sentence, file, _line_at(content, match.start())))
    text, notes = _decoded(content, file)
    for line, letters in enumerate(io.StringIO(text, newline=""), 1):
        if len(letters) > LONGEST_LINE:
            sentence = _("this line has more than %(longest)s characters: a table has one row a line")
            raise TableError(Problem(sentence % {"longest": LONGEST_LINE}, file, line))
    return _table(_csv_rows(text, file), file, notes)


def _decoded(content: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text, and a note where it is not in UTF-8."""
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode(), ()
    except UnicodeDecodeError as error:
        if content.startswith(codecs.BOM_UTF8):
            sentence = _("this line is not in UTF-8, as the file says that it is: save the table again as 'CSV UTF-8'")
            raise TableError(Problem(sentence, file, _line_at(error.object, error.start))) from error
    try:
        return content.decode("cp1252"), (_("The file is not in UTF-8 and was read as Windows-1252."),)
    except UnicodeDecodeError as error:
        sentence = _("this line is neither in UTF-8 nor in Windows-1252: save the table again as 'CSV UTF-8'")
        raise TableError(Problem(sentence, file, _line_at(content, error.start))) from error


def _line_at(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _csv_rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line that it starts on; a cell in quotation marks may run over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        sentence = _("a quotation mark in this row is not closed, or stands inside a cell without being doubled")
        raise TableError(Problem(sentence, file, line)) from error


def _delimiter(text: str) -> str:
    """The one of comma, semicolon and tab that the header has most of."""
    header = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    return max(",;\t", key=header.count)


def _table(rows: Iterable[tuple[int, list[str]]], file: str, notes: tuple[str, ...]) -> Table:
    filled = ((number, cells) for number, cells in rows if any(map(str.strip, cells)))
    header_row, names = next(filled, (0, []))
    if not names:
        raise TableError(Problem(_("the file is empty"), file))
    header = tuple(" ".join(name.split()) for name in _fitted(names, 0))
    if len(header) > MOST_COLUMNS:
        sentence = _("the header has more than %(most)s columns: upload the table of figures alone")
        raise TableError(Problem(sentence % {"most": MOST_COLUMNS}, file, header_row))
    _refuse_twins(header, file, header_row)
    table_rows, problems = [], []
    for number, cells in filled:
        if len(table_rows) == MOST_ROWS:
            sentence = _("the file has more than %(most)s rows: upload it in parts")
            raise TableError(Problem(sentence % {"most": MOST_ROWS}, file, number))
        row = Row(number, tuple(_fitted(cells, len(header))))
        table_rows.append(row)
        if len(row.cells) != len(header):
            problems.append(Problem(_miscounted(len(row.cells), len(header)), file, number))
    if not table_rows:
        raise TableError(Problem(_("there is a header and no row under it"), file, header_row))
    return Table(file, header_row, header, tuple(table_rows), tuple(problems), notes)


def _fitted(cells: list[str], width: int) -> list[str]:
    """Without the empty cells beyond this width, which spreadsheets leave where something once stood."""
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _refuse_twins(header: tuple[str, ...], file: str, row: int) -> None:
    names = [same_name(name) for name in header]
    twins = [name for place, name in enumerate(header) if name and same_name(name) in names[:place]]
    if twins:
        sentence = _("two columns have this name: rename or remove one")
        raise TableError(*(Problem(sentence, file, row, twin) for twin in twins))


def _miscounted(cells: int, columns: int) -> str:
    if cells < columns:
        sentence = _("the header has %(columns)s cells and this row %(cells)s: write a separator for empty cells too")
    else:
        sentence = _(
            "the header has %(columns)s cells and this row %(cells)s: name every column, and put what holds a comma in"
            " quotation marks"
        )
    return sentence % {"cells": cells, "columns": columns}
