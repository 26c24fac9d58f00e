"""What the XML of a sheet (XLSX, ODS) tells and calamine does not.

How far the sheet reaches (calamine sets memory aside for every cell up to the last one, so that a single cell in the
far corner would end the process), which cells are shown as percentages (65.2% is stored as 0.652), which hold an error
or a formula without a result (calamine makes them empty), and which cells of an ODS sheet are merged. The XML is
searched rather than parsed: it comes from strangers, is large, and four kinds of tag are of interest.
"""

import posixpath
import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import product
from typing import Protocol

# As many rows as a sheet can have, a dozen columns wide.
MOST_CELLS = 12 * 2**20
BUILT_IN_PERCENT_FORMATS = {b"9", b"10"}

ATTRIBUTES = rb"""(?:\s((?:[^>"'/]++|"[^"]*+"|'[^']*+')*+))?"""
ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
XLSX_SHEET = re.compile(rb"<(?:\w+:)?sheet" + ATTRIBUTES + rb"/?>")
XLSX_RELATION = re.compile(rb"<(?:\w+:)?Relationship" + ATTRIBUTES + rb"/?>")
XLSX_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt" + ATTRIBUTES + rb"/?>")
XLSX_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
XLSX_CELL_STYLE = re.compile(rb"<(?:\w+:)?xf" + ATTRIBUTES + rb"/?>")
XLSX_TAG = re.compile(rb"<(?:\w+:)?(row|c)" + ATTRIBUTES + rb"(/?)>")
XLSX_PLACE = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
# How nearly every program writes the attributes of a cell; reading them one by one takes three times as long.
XLSX_USUAL_CELL = re.compile(rb'r="([A-Z]{1,3}[0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")? ?')
XLSX_ROW = re.compile(rb"<(?:\w+:)?row" + ATTRIBUTES + rb"/?>")
XLSX_FILLED = re.compile(rb"<(?:\w+:)?(?:v|t|f)[\s/>]")
# The end of a sheet that is looked through for its last row, in bytes.
LAST_ROWS = 1_000_000
XLSX_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
XLSX_INSIDE_CELL = re.compile(
    rb"\s*(<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>([^<]*)</(?:\w+:)?f>))?\s*(?:<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<)?"
)
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)" + ATTRIBUTES + rb"(/?)>")
ODS_TEXT = re.compile(rb"\s*<text:p[^>]*>([^<]*)<")


Place = tuple[int, int]
Range = tuple[Place, Place]


class Parts(Protocol):
    """The parts of a workbook by name; a dict will do."""

    def __getitem__(self, name: str) -> bytes: ...

    def get(self, name: str, otherwise: bytes) -> bytes: ...


@dataclass
class Survey:
    """Places are (row, column), from 0. `texts` are what stands in cells that calamine makes empty.

    `merged` are the first and last place of ranges of an ODS sheet; of the others calamine tells.
    """

    name: str = ""
    rows: int = 0
    columns: int = 0
    percentages: set[Place] = field(default_factory=set)
    texts: dict[Place, str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)

    @property
    def reaches_too_far(self) -> bool:
        return self.rows * self.columns > MOST_CELLS

    def reach(self, rows: int, columns: int) -> None:
        if rows > self.rows:
            self.rows = rows
        if columns > self.columns:
            self.columns = columns


def survey_xlsx(parts: Parts, index: int) -> Survey:
    """Of the sheet with this index in the workbook's list. Raises LookupError where the file has no such sheet."""
    xml = parts[_xlsx_sheet_part(parts, index)]
    percent_styles = _xlsx_percent_styles(parts.get("xl/styles.xml", b""))
    has_formulas = XLSX_FORMULA.search(xml) is not None
    survey, row, column = Survey(), -1, -1
    for tag in XLSX_TAG.finditer(xml):
        if tag[1] == b"row":
            row, column = _count(_attributes(tag[2]).get(b"r"), row + 2) - 1, -1
            continue
        reference, style, cell_type = _xlsx_cell(tag[2] or b"")
        row, column = _xlsx_place(reference, row, column + 1)
        if tag[3]:
            continue
        survey.reach(row + 1, column + 1)
        if style in percent_styles:
            survey.percentages.add((row, column))
        if (has_formulas or cell_type == b"e") and (text := _xlsx_lost_text(xml, tag.end(), cell_type)):
            survey.texts[row, column] = text
    return survey


def last_xlsx_row(parts: Parts, index: int) -> int:
    """The number of the last row that the sheet with this index writes down; 0 where no cell has anything in it.

    Raises LookupError as `survey_xlsx` does.
    """
    xml = parts[_xlsx_sheet_part(parts, index)]
    if not XLSX_FILLED.search(xml):
        return 0
    last_rows = XLSX_ROW.findall(xml, max(0, len(xml) - LAST_ROWS)) or [b""]
    return _count(_attributes(last_rows[-1]).get(b"r"), 0) or max(1, len(XLSX_ROW.findall(xml)))


def _xlsx_cell(attributes: bytes) -> tuple[bytes | None, bytes | None, bytes | None]:
    """Reference, style and type of a cell."""
    if usual := XLSX_USUAL_CELL.fullmatch(attributes):
        return usual.groups()
    named = _attributes(attributes)
    return named.get(b"r"), named.get(b"s"), named.get(b"t")


def _xlsx_sheet_part(parts: Parts, index: int) -> str:
    """The part that holds a sheet, by way of the list of sheets and the relation that it names."""
    sheet = _attributes(XLSX_SHEET.findall(parts["xl/workbook.xml"])[index])
    targets = {
        attributes.get(b"Id"): attributes.get(b"Target", b"")
        for attributes in map(_attributes, XLSX_RELATION.findall(parts["xl/_rels/workbook.xml.rels"]))
    }
    target = targets[next((value for name, value in sheet.items() if name.endswith(b":id")), None)]
    return posixpath.normpath(posixpath.join("/xl", _text(target))).lstrip("/")


def _xlsx_percent_styles(styles: bytes) -> set[bytes]:
    formats = {
        attributes.get(b"numFmtId")
        for attributes in map(_attributes, XLSX_NUMBER_FORMAT.findall(styles))
        if "%" in NOT_SHOWN.sub("", _text(attributes.get(b"formatCode", b"")))
    }
    cell_styles = XLSX_CELL_STYLES.search(styles)
    return {
        str(number).encode()
        for number, tag in enumerate(XLSX_CELL_STYLE.findall(cell_styles[0] if cell_styles else b""))
        if _attributes(tag).get(b"numFmtId") in formats | BUILT_IN_PERCENT_FORMATS
    }


def _xlsx_place(reference: bytes | None, row: int, column: int) -> tuple[int, int]:
    """Where a cell "BC12" stands; a cell without a reference stands where the one before it leads."""
    match = XLSX_PLACE.fullmatch(reference or b"")
    if not match:
        return max(row, 0), column
    return int(match[2]) - 1, _column(match[1])


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _xlsx_lost_text(xml: bytes, inside: int, cell_type: bytes | None) -> str:
    formula, formula_text, result = XLSX_INSIDE_CELL.match(xml, inside).groups()
    if cell_type == b"e":
        return _text(result or b"#ERROR!")
    # The result of a formula may be an empty text; no result at all means that nobody has worked it out.
    if formula and not result and cell_type != b"str":
        return "=" + _text(formula_text or b"")
    return ""


def survey_ods(parts: Parts) -> list[Survey]:
    """Of every sheet of the document, up to the first that reaches too far."""
    surveys: list[Survey] = []
    xml = parts.get("content.xml", b"")
    row = next_row = next_column = 0
    for tag in ODS_TAG.finditer(xml):
        attributes = _attributes(tag[2])
        if tag[1] == b"table":
            surveys.append(Survey(_text(attributes.get(b"table:name", b""))))
            row = next_row = next_column = 0
        elif not surveys:
            continue
        elif tag[1] == b"table-row":
            row, next_row = next_row, next_row + _count(attributes.get(b"table:number-rows-repeated"), 1)
            next_column = 0
        else:
            column, next_column = next_column, next_column + _count(attributes.get(b"table:number-columns-repeated"), 1)
            if tag[3] and b"office:value-type" not in attributes and b"table:formula" not in attributes:
                continue
            surveys[-1].reach(next_row, next_column)
            down = _count(attributes.get(b"table:number-rows-spanned"), 1)
            right = _count(attributes.get(b"table:number-columns-spanned"), 1)
            if down > 1 or right > 1:
                surveys[-1].merged.append(((row, column), (row + down - 1, column + right - 1)))
            if surveys[-1].reaches_too_far:
                break
            places = product(range(row, next_row), range(column, next_column))
            _note_ods_cell(surveys[-1], list(places), attributes, ODS_TEXT.match(xml, tag.end()))
    return surveys


def _note_ods_cell(
    survey: Survey, places: list[tuple[int, int]], attributes: dict[bytes, bytes], inside: re.Match | None
) -> None:
    if attributes.get(b"office:value-type") == b"percentage":
        survey.percentages.update(places)
    if attributes.get(b"calcext:value-type") == b"error":
        survey.texts.update(dict.fromkeys(places, _text(inside[1]) if inside else "#ERROR!"))
    elif b"table:formula" in attributes and b"office:value-type" not in attributes:
        survey.texts.update(dict.fromkeys(places, _text(attributes[b"table:formula"]).removeprefix("of:")))


def _attributes(text: bytes | None) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in ATTRIBUTE.findall(text or b"")}


def _count(text: bytes | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else otherwise


def _text(xml: bytes) -> str:
    return unescape(xml.decode(errors="replace"))
