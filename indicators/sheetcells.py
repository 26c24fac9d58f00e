"""The cells of a spreadsheet's first sheet (XLSX, XLS, ODS) as text, as its owner sees them.

python-calamine reads them. A hostile or damaged file may make it end the process it runs in, so that
`indicators.workbooks` calls `read` in a process of its own; nothing here needs Django to be set up.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from indicators.numbers import plain_number
from indicators.sheetxml import Survey, survey_ods, survey_xlsx

MOST_BYTES_UNPACKED = 100_000_000

# The parts that hold cells; pictures, charts and macros stay packed.
PARTS = {
    "xlsx": re.compile(r"\[Content_Types\]\.xml|_rels/[^/]+|xl/(_rels/)?[^/]+\.(xml|rels)|xl/worksheets/[^/]+\.xml"),
    "ods": re.compile(r"mimetype|META-INF/manifest\.xml|content\.xml|styles\.xml"),
}
SURVEYS = {"xlsx": survey_xlsx, "ods": survey_ods, "xls": lambda _parts, _index: Survey()}


class UnreadableError(Exception):
    """Why the cells cannot be had: "damaged", "protected", "large", "far" (with sheet, row and column) or "empty"."""

    def __init__(self, reason: str, sheet: str = "", row: int = 0, column: int = 0) -> None:
        super().__init__(reason, sheet, row, column)
        self.reason, self.sheet, self.row, self.column = reason, sheet, row, column


@dataclass(frozen=True)
class Sheet:
    """Rows of text from row 1 on, empty ones too. `others` counts the sheets that were not read."""

    name: str
    rows: list[list[str]]
    others: int


def read(content: bytes, kind: str) -> Sheet:
    """The first visible sheet that is not empty. `kind` is "xlsx", "xls" or "ods".

    A cell with an error holds its name ("#REF!"), one with a formula that nobody has worked out holds the formula.
    Percentages are as shown (65.2%), except that an XLS file gives them as stored (0.652). Raises UnreadableError.
    """
    parts = {} if kind == "xls" else _unpacked(content, kind)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts) if parts else content))
        return _first_sheet(workbook, parts, kind)
    except PasswordError as error:
        raise UnreadableError("protected") from error
    except (CalamineError, LookupError, MemoryError) as error:
        raise UnreadableError("damaged") from error


def _first_sheet(workbook: CalamineWorkbook, parts: dict[str, bytes], kind: str) -> Sheet:
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        survey = SURVEYS[kind](parts, index)
        _refuse_far(about.name, survey)
        sheet = workbook.get_sheet_by_index(index)
        if sheet.end is not None:
            survey.reach(sheet.end[0] + 1, sheet.end[1] + 1)
            _refuse_far(about.name, survey)
            rows = sheet.to_python(skip_empty_area=False)
            return Sheet(about.name, list(_texts(rows, survey)), len(workbook.sheets_metadata) - 1)
    raise UnreadableError("empty")


def _refuse_far(name: str, survey: Survey) -> None:
    if survey.reaches_too_far:
        raise UnreadableError("far", name, survey.rows, survey.columns)


def _texts(rows: list[list], survey: Survey) -> Iterator[list[str]]:
    for row, cells in enumerate(rows):
        yield [
            survey.texts.get((row, column)) or _text(cell, is_percentage=(row, column) in survey.percentages)
            for column, cell in enumerate(cells)
        ]


def _text(cell: object, *, is_percentage: bool) -> str:
    """A number as its owner sees it, a day in ISO form, TRUE or FALSE."""
    if isinstance(cell, str):
        return cell
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
    return plain_number(float(shown))


def _unpacked(content: bytes, kind: str) -> dict[str, bytes]:
    """The parts that hold cells. calamine is given these and nothing else: what it reads is no larger than this."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [about for about in archive.infolist() if PARTS[kind].fullmatch(about.filename)]
            if sum(about.file_size for about in wanted) > MOST_BYTES_UNPACKED:
                raise UnreadableError("large")
            parts = {about.filename: archive.read(about) for about in wanted}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableError("damaged") from error
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableError("protected")
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()
