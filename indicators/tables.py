"""The bytes of a CSV, XLSX, XLSM, XLS or ODS file -> tables of text that remember the row of every cell.

What a file is, its bytes decide; a name that says otherwise is refused, because the sender would see another file than
the one that was read. Text is read by `indicators.textfiles`, a block at a time; a workbook by `indicators.workbooks`,
one sheet at a time. What the rows at the top are is for `indicators.headers` to say.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators import textfiles, workbooks
from indicators.headers import clean_name, guess_header, header_names, same_name
from indicators.rows import Chunk, Row, TableError, refuse_wide
from partnerships.problems import Problem

__all__ = [
    "Book",
    "Chunk",
    "Row",
    "TableError",
    "clean_name",
    "guess_header",
    "header_names",
    "open_book",
    "same_name",
]

# Few enough to stay in the cache of the processor: with ten times as many, reading takes half as long again.
CHUNK = 2_000
# Each reading of a workbook starts a process; a sheet of no more rows is read once.
KEPT_ROWS = 5_000
CSV, XLSX, XLS, ODS = "csv", "xlsx", "xls", "ods"
KIND_OF_NAME = {
    ".csv": CSV,
    ".tsv": CSV,
    ".txt": CSV,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".xls": XLS,
    ".ods": ODS,
}
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


@dataclass(frozen=True)
class Book:
    """A file open for reading; it may be read as often as one likes, while the file stays open.

    `kind` is csv, xlsx (XLSM too), xls or ods. `sheets` are the visible sheets with anything on them, in order; text
    has the one sheet "". `notes` are sentences on how the file was read.
    """

    kind: str
    file: str
    sheets: tuple[str, ...]
    notes: tuple[str, ...] = ()
    sizes: tuple[int, ...] = field(default=(0,), repr=False)
    read: Callable[[str, int], Iterator[Chunk]] = field(default=lambda _sheet, _size: iter(()), repr=False)

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Every row of a sheet ("" is the first) with anything in it, in order. Raises TableError.

        The cells of a merged range all have the text of its first cell.
        """
        return chain.from_iterable(map(Row, numbers, rows) for numbers, rows in self.chunks(sheet))

    def chunks(self, sheet: str = "", size: int = CHUNK) -> Iterator[Chunk]:
        """The same rows in bulk: the numbers of at most `size` rows, and beside them their cells. Raises TableError."""
        return self.read(self._known(sheet), size)

    def size_hint(self, sheet: str = "") -> int:
        """How many rows there are, roughly and never too few: the lines of a text, the last row of a sheet."""
        return self.sizes[self.sheets.index(self._known(sheet))]

    def _known(self, sheet: str) -> str:
        if sheet in self.sheets:
            return sheet
        if not sheet or self.kind == CSV:
            return self.sheets[0]
        sentence = _("there is no sheet '%(sheet)s' with anything on it; there are: %(sheets)s")
        names = ", ".join(f"'{name}'" for name in self.sheets)
        raise TableError(Problem(sentence % {"sheet": sheet, "sheets": names}, self.file))


def open_book(file: BinaryIO, file_name: str) -> Book:
    """`file` can be sought in and is of any size that the caller allows. Raises TableError."""
    file.seek(0)
    head = file.read(textfiles.BLOCK)
    if not head.startswith((ZIP_START, OLE_START)):
        _refuse_other(head, file_name)
        _refuse_wrong_name(CSV, file_name)
        return _text_book(file, file_name)
    content = head + file.read()
    kind = _workbook_kind(content, file_name)
    _refuse_wrong_name(kind, file_name)
    return _workbook(file, content, kind, file_name)


def _refuse_other(head: bytes, file_name: str) -> None:
    """Raises TableError where the start of a file tells that it is no table."""
    instead = next((words for start, words in OTHER_STARTS.items() if head.startswith(start)), None)
    if not head.strip():
        instead = _("the file is empty") if len(head) < textfiles.BLOCK else None
    elif WEB_PAGE.match(head[:10_000].removeprefix(codecs.BOM_UTF8)):
        instead = _("this is a web page: open it in a spreadsheet, save it as XLSX or CSV and upload that")
    if instead:
        raise TableError(Problem(str(instead), file_name))


def _workbook_kind(content: bytes, file_name: str) -> str:
    """Raises TableError for archives and documents of other kinds."""
    instead = ""
    if content.startswith(ZIP_START):
        if kind := next((kind for name, kind in ZIP_KINDS.items() if name in content), ""):
            return kind
        instead = _("this is an archive or a document, not a spreadsheet: upload the table that it holds")
    elif ENCRYPTED_STREAM in content:
        instead = _("the spreadsheet is protected by a password: save it without one")
    elif not any(stream in content for stream in XLS_STREAMS):
        instead = _("this is a document, not a spreadsheet: upload the table that it holds")
    if instead:
        raise TableError(Problem(instead, file_name))
    return XLS


def _refuse_wrong_name(kind: str, file_name: str) -> None:
    named = KIND_OF_NAME.get(PurePath(file_name).suffix.lower(), kind)
    if named != kind:
        sentence = _("the name says that this is %(named)s, but it is %(kind)s: end its name in .%(kind_of_name)s")
        words = {"named": KIND_IN_WORDS[named], "kind": KIND_IN_WORDS[kind], "kind_of_name": kind}
        raise TableError(Problem(sentence % words, file_name))


def _text_book(file: BinaryIO, file_name: str) -> Book:
    text = textfiles.examined(file, file_name)
    next(textfiles.chunks(text, 1))  # A file of nothing but separators is as good as empty.
    return Book(CSV, file_name, ("",), text.notes, (text.lines,), lambda _sheet, size: textfiles.chunks(text, size))


def _workbook(file: BinaryIO, content: bytes, kind: str, file_name: str) -> Book:
    try:
        sheets = {sheet.name: sheet.rows for sheet in workbooks.sheets(content, kind)}
    except workbooks.WorkbookError as error:
        raise TableError(Problem(str(error), file_name)) from error
    kept: dict[str, list[Chunk]] = {}

    def read(sheet: str, size: int) -> Iterator[Chunk]:
        if sheets[sheet] > KEPT_ROWS:
            return _sheet(file, kind, file_name, sheet, size)
        if sheet not in kept:
            kept[sheet] = list(_sheet(file, kind, file_name, sheet, KEPT_ROWS))
        return _parts(kept[sheet], size)

    return Book(kind, file_name, tuple(sheets), (), tuple(sheets.values()), read)


def _sheet(file: BinaryIO, kind: str, file_name: str, sheet: str, size: int) -> Iterator[Chunk]:
    file.seek(0)
    try:
        for chunk in workbooks.chunks(file.read(), kind, sheet, size):
            refuse_wide(chunk, file_name)
            yield chunk
    except workbooks.WorkbookError as error:
        raise TableError(Problem(str(error), file_name)) from error


def _parts(chunks: list[Chunk], size: int) -> Iterator[Chunk]:
    """Copies, so that whoever changes a cell changes it for nobody else."""
    for numbers, rows in chunks:
        for start in range(0, len(rows), size):
            yield numbers[start : start + size], [list(cells) for cells in rows[start : start + size]]
