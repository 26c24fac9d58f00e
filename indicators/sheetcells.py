"""The cells of the sheets of a workbook (XLSX, XLS, ODS) as text, as its owner sees them.

python-calamine reads them. A hostile or damaged file may make it end the process it runs in, so that
`indicators.workbooks` calls `Workbook` in a process of its own; nothing here needs Django to be set up.
"""

import io
import re
import shutil
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from indicators.numbers import plain_number
from indicators.sheetxml import MOST_CELLS, Range, Survey, last_xlsx_row, survey_ods, survey_xlsx

MOST_BYTES_UNPACKED = 500_000_000

# The parts that hold cells; pictures, charts and macros stay packed.
PARTS = {
    "xlsx": re.compile(r"\[Content_Types\]\.xml|_rels/[^/]+|xl/(_rels/)?[^/]+\.(xml|rels)|xl/worksheets/[^/]+\.xml"),
    "ods": re.compile(r"mimetype|META-INF/manifest\.xml|content\.xml|styles\.xml"),
}


class UnreadableError(Exception):
    """Why the cells cannot be had: "damaged", "protected", "large", "far" (with sheet, row and column) or "empty"."""

    def __init__(self, reason: str, sheet: str = "", row: int = 0, column: int = 0) -> None:
        super().__init__(reason, sheet, row, column)
        self.reason, self.sheet, self.row, self.column = reason, sheet, row, column


@dataclass(frozen=True)
class Sheet:
    """A visible sheet with anything on it; `rows` is the number of its last row, where the file tells it."""

    name: str
    rows: int


class Workbook:
    """A workbook of which one sheet after another can be read. `kind` is "xlsx", "xls" or "ods".

    Everything here raises UnreadableError.
    """

    def __init__(self, content: bytes, kind: str) -> None:
        self._parts = _Parts(b"") if kind == "xls" else _repacked(content, kind)
        self._kind, self._surveys = kind, []
        with _damage():
            # Of an ODS file calamine reads every sheet as soon as it opens the file.
            if kind == "ods":
                self._surveys = survey_ods(self._parts)
                for survey in self._surveys:
                    _refuse_far(survey, survey.name)
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content if kind == "xls" else self._parts.packed))

    def sheets(self) -> list[Sheet]:
        """All that can be read, in the order of the workbook, at least one."""
        with _damage():
            sizes = ((index, name, self._last_row(index)) for index, name in self._visible())
            found = [Sheet(name, rows) for _index, name, rows in sizes if rows]
        if not found:
            raise UnreadableError("empty")
        return found

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """The rows of the visible sheet of this name as text, from row 1 on, empty ones too.

        A cell with an error holds its name ("#REF!"), one with a formula that nobody has worked out holds the formula.
        Percentages are as shown (65.2%), except that an XLS file gives them as stored (0.652). The cells of a merged
        range all have the text of its first cell.
        """
        with _damage():
            index = next(index for index, name in self._visible() if name == sheet)
            survey = self._surveyed(index)
            _refuse_far(survey, sheet)
            cells = self._book.get_sheet_by_index(index)
            if cells.end is not None:
                survey.reach(cells.end[0] + 1, cells.end[1] + 1)
                _refuse_far(survey, sheet)
            merged = survey.merged or cells.merged_cell_ranges or []
            yield from _filled(_texts(cells, survey), _within(merged, survey))

    def _visible(self) -> Iterator[tuple[int, str]]:
        for index, about in enumerate(self._book.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
                yield index, about.name

    def _last_row(self, index: int) -> int:
        if self._kind == "xlsx":
            return last_xlsx_row(self._parts, index)
        if self._kind == "ods":
            return self._surveys[index].rows
        end = self._book.get_sheet_by_index(index).end
        return end[0] + 1 if end else 0

    def _surveyed(self, index: int) -> Survey:
        if self._kind == "xlsx":
            return survey_xlsx(self._parts, index)
        return self._surveys[index] if self._surveys else Survey()


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise UnreadableError("protected") from error
    except (CalamineError, LookupError, StopIteration, zipfile.BadZipFile, zlib.error) as error:
        raise UnreadableError("damaged") from error


def _refuse_far(survey: Survey, name: str) -> None:
    if survey.reaches_too_far:
        raise UnreadableError("far", name, survey.rows, survey.columns)


def _texts(sheet: CalamineSheet, survey: Survey) -> Iterator[list[str]]:
    """calamine's rows begin where it sees the first column and end where it sees nothing more: here all are as long."""
    left, width, percentages = sheet.start[1] if sheet.start else 0, survey.columns, survey.percentages
    lost: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), text in survey.texts.items():
        lost[row].append((column, text))
    number = -1
    for number, values in enumerate(sheet.iter_rows() if sheet.end else ()):
        cells = [""] * left
        cells += [
            value if isinstance(value, str) else _text(value, is_percentage=(number, column) in percentages)
            for column, value in enumerate(values, left)
        ]
        yield _put_back(cells, width, lost.pop(number, ()))
    for below in range(number + 1, max(lost, default=-1) + 1):
        yield _put_back([], width, lost.pop(below, ()))


def _put_back(cells: list[str], width: int, lost: Iterable[tuple[int, str]]) -> list[str]:
    cells += [""] * (width - len(cells))
    for column, text in lost:
        cells[column] = text
    return cells


def _within(merged: Iterable[Range], survey: Survey) -> dict[int, list[Range]]:
    """By their first row, as far as the sheet reaches, and of all together no more cells than a sheet may have."""
    found, cells = defaultdict(list), 0
    for (top, left), (bottom, right) in merged:
        bottom, right = min(bottom, survey.rows - 1), min(right, survey.columns - 1)
        cells += max(0, bottom - top + 1) * max(0, right - left + 1)
        if cells > MOST_CELLS:
            break
        if top <= bottom and left <= right:
            found[top].append(((top, left), (bottom, right)))
    return found


def _filled(rows: Iterable[list[str]], merged: dict[int, list[Range]]) -> Iterator[list[str]]:
    """Every empty cell of a merged range gets the text of its first cell."""
    if not merged:
        yield from rows
        return
    open_ranges: list[tuple[int, int, int, str]] = []
    for number, cells in enumerate(rows):
        for (_top, left), (bottom, right) in merged.get(number, ()):
            if cells[left]:
                open_ranges.append((left, bottom, right, cells[left]))
        for left, bottom, right, text in open_ranges:
            if number <= bottom:
                cells[left : right + 1] = [cell or text for cell in cells[left : right + 1]]
        open_ranges = [one for one in open_ranges if one[1] > number]
        yield cells


def _text(cell: object, *, is_percentage: bool) -> str:
    """A number as its owner sees it, a day in ISO form, TRUE or FALSE."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return _number_text(cell, is_percentage=is_percentage)
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)


def _number_text(number: float, *, is_percentage: bool) -> str:
    """With the 15 digits that spreadsheets show: to its owner the sum of 0.1 and 0.2 is 0.3."""
    shown = f"{number:.15g}"
    if is_percentage:
        return f"{plain_number(float(Decimal(shown).scaleb(2)))}%"
    return shown if "e" not in shown and shown != "-0" else plain_number(float(shown))


class _Parts:
    """The parts of a workbook by name, unpacked one at a time; one that is not there is a KeyError."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    def __getitem__(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            return archive.read(name)

    def get(self, name: str, otherwise: bytes) -> bytes:
        try:
            return self[name]
        except KeyError:
            return otherwise


def _repacked(content: bytes, kind: str) -> _Parts:
    """The parts that hold cells. calamine is given these and nothing else: what it reads is no larger than this."""
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, _quickly_packed(buffer) as packed:
            wanted = {about.filename: about for about in archive.infolist() if PARTS[kind].fullmatch(about.filename)}
            if sum(about.file_size for about in wanted.values()) > MOST_BYTES_UNPACKED:
                raise UnreadableError("large")
            for about in wanted.values():
                _repack(archive, about, packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableError("damaged") from error
    parts = _Parts(buffer.getvalue())
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableError("protected")
    return parts


def _quickly_packed(buffer: io.BytesIO) -> zipfile.ZipFile:
    return zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def _repack(archive: zipfile.ZipFile, about: zipfile.ZipInfo, packed: zipfile.ZipFile) -> None:
    with archive.open(about) as source, packed.open(about.filename, "w") as target:
        shutil.copyfileobj(source, target, 1 << 20)
