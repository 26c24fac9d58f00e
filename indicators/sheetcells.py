"""The cells of a spreadsheet's first sheet (XLSX, XLS, ODS) as text, as its owner sees them.

python-calamine reads them. A hostile or damaged file may make it end the process it runs in, so that
`indicators.workbooks` calls `read` in a process of its own; nothing here needs Django to be set up.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from indicators.numbers import plain_number
from indicators.sheetxml import Survey, survey_ods, survey_xlsx

MOST_BYTES_UNPACKED = 100_000_000

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
        survey = _surveyor(parts, kind)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts) if parts else content))
        return _first_sheet(workbook, survey)
    except PasswordError as error:
        raise UnreadableError("protected") from error
    except (CalamineError, LookupError) as error:
        raise UnreadableError("damaged") from error


def _surveyor(parts: dict[str, bytes], kind: str) -> Callable[[int], Survey]:
    """What surveys the sheet with an index. Of an ODS file calamine reads every sheet as soon as it opens the file."""
    if kind == "xlsx":
        return partial(survey_xlsx, parts)
    if kind == "xls":
        return lambda _index: Survey()
    surveys = survey_ods(parts)
    for survey in surveys:
        _refuse_far(survey, survey.name)
    return surveys.__getitem__


def _first_sheet(workbook: CalamineWorkbook, surveyed: Callable[[int], Survey]) -> Sheet:
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        survey = surveyed(index)
        _refuse_far(survey, about.name)
        sheet = workbook.get_sheet_by_index(index)
        if sheet.end is not None:
            survey.reach(sheet.end[0] + 1, sheet.end[1] + 1)
            _refuse_far(survey, about.name)
        if sheet.end is not None or survey.texts:
            rows = _texts(sheet.to_python(skip_empty_area=False), survey)
            return Sheet(about.name, rows, len(workbook.sheets_metadata) - 1)
    raise UnreadableError("empty")


def _refuse_far(survey: Survey, name: str) -> None:
    if survey.reaches_too_far:
        raise UnreadableError("far", name, survey.rows, survey.columns)


def _texts(rows: list[list], survey: Survey) -> list[list[str]]:
    texts = [
        [_text(cell, is_percentage=(row, column) in survey.percentages) for column, cell in enumerate(cells)]
        for row, cells in enumerate(rows)
    ]
    if survey.texts:
        _put_back(survey.texts, texts)
    return texts


def _put_back(lost: dict[tuple[int, int], str], texts: list[list[str]]) -> None:
    """calamine's rows end where it sees nothing more, so that they may have to grow."""
    height = 1 + max(row for row, _column in lost)
    width = max(1 + max(column for _row, column in lost), len(texts[0]) if texts else 0)
    texts.extend([] for _ in range(height - len(texts)))
    for cells in texts:
        cells.extend([""] * (width - len(cells)))
    for (row, column), text in lost.items():
        texts[row][column] = text


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
