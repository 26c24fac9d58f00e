import datetime

import openpyxl
import pytest

from indicators import sheetcells
from tests.indicators.files import (
    FAR_XLS,
    XLS,
    ods,
    ods_empty,
    ods_number,
    ods_row,
    ods_text,
    saved,
    unzipped,
    xlsx,
    zipped,
)

XLSX_ROWS = [["area", "value"], ["E10000017", 65.2]]


def cells_of(*cells: object, percent_format: str = "") -> list[str]:
    def prepare(book: openpyxl.Workbook) -> None:
        if percent_format:
            book.active["A1"].number_format = percent_format

    return sheetcells.read(xlsx(list(cells), prepare=prepare), "xlsx").rows[0]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("text", "text"),
        (" as typed ", " as typed "),
        (2023, "2023"),
        (2023.0, "2023"),
        (65.2, "65.2"),
        (0.1 + 0.2, "0.3"),
        (8.1999999999999993, "8.2"),
        (-0.5, "-0.5"),
        (1e-7, "0.0000001"),
        (123456789012, "123456789012"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime.date(2024, 5, 1), "2024-05-01"),
        (datetime.datetime(2024, 5, 1), "2024-05-01"),
        (datetime.datetime(2024, 5, 1, 12, 30), "2024-05-01 12:30:00"),
        (datetime.time(12, 30), "12:30:00"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_cell_becomes_the_text_that_its_owner_sees(cell, text):
    assert cells_of(cell) == [text]


@pytest.mark.parametrize(
    ("number", "shown"), [(0.652, "65.2%"), (0.07, "7%"), (1, "100%"), (0.3333333333333333, "33.3333333333333%")]
)
def test_a_percentage_is_what_the_sheet_shows_not_what_it_stores(number, shown):
    assert cells_of(number, percent_format="0.0%") == [shown]
    assert sheetcells.read(ods(ods_row(ods_number(number, "percentage"))), "ods").rows == [[shown]]


def test_a_text_in_a_column_of_percentages_stays_as_it_is():
    assert cells_of("c", percent_format="0%") == ["c"]


def test_rows_are_counted_from_the_first_of_the_sheet_and_columns_likewise():
    def prepare(book: openpyxl.Workbook) -> None:
        book.active["B3"] = "x"

    assert sheetcells.read(xlsx(prepare=prepare), "xlsx").rows == [["", ""], ["", ""], ["", "x"]]


def test_a_last_row_of_formulas_that_nobody_worked_out_is_not_lost():
    assert sheetcells.read(xlsx(["a", "b"], ["=A1", "=B1", "=C1"]), "xlsx").rows == [
        ["a", "b", ""],
        ["=A1", "=B1", "=C1"],
    ]


def test_an_error_stays_visible():
    def prepare(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "#REF!"
        book.active["A1"].data_type = "e"

    assert sheetcells.read(xlsx(prepare=prepare), "xlsx").rows == [["#REF!"]]


def test_reads_the_first_visible_sheet_with_anything_on_it():
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.active["A1"] = "hidden"
    book.create_sheet("Empty")
    book.create_chartsheet("Chart", 0)
    book.create_sheet("Figures")["A1"] = "found"
    sheet = sheetcells.read(saved(book), "xlsx")
    assert (sheet.name, sheet.rows, sheet.others) == ("Figures", [["found"]], 3)


def test_reads_an_xls_file():
    sheet = sheetcells.read(XLS, "xls")
    assert sheet.rows == [
        ["indicator", "area", "period", "value"],
        ["gld", "E10000017", "2023", "65.2"],
        ["gld", "E06000008", "2023/24", "TRUE"],
    ]
    assert (sheet.name, sheet.others) == ("Figures", 0)


def test_reads_an_ods_file_without_the_empty_rows_and_columns_at_its_end():
    rows = ods_row(ods_text("a"), ods_number(65.2), ods_empty(1000)) + ods_row(ods_empty(1000), repeated=1000000)
    assert sheetcells.read(ods(rows), "ods").rows == [["a", "65.2"]]


def test_pictures_do_not_count_and_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(sheetcells, "MOST_BYTES_UNPACKED", 50_000)
    parts = unzipped(xlsx(*XLSX_ROWS)) | {"xl/media/image1.png": b"0" * 1_000_000}
    assert sheetcells.read(zipped(parts), "xlsx").rows == [["area", "value"], ["E10000017", "65.2"]]


def unreadable(content: bytes, kind: str) -> sheetcells.UnreadableError:
    with pytest.raises(sheetcells.UnreadableError) as error:
        sheetcells.read(content, kind)
    return error.value


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr(sheetcells, "MOST_BYTES_UNPACKED", 10_000_000)
    bomb = zipped(unzipped(xlsx(*XLSX_ROWS)) | {"xl/sharedStrings.xml": b" " * 10_000_001})
    assert len(bomb) < 20_000
    assert unreadable(bomb, "xlsx").reason == "large"
    bomb = zipped(unzipped(ods(ods_row(ods_text("a")))) | {"content.xml": b" " * 10_000_001})
    assert unreadable(bomb, "ods").reason == "large"


def test_a_part_larger_than_the_archive_says_is_refused():
    honest = zipped(unzipped(xlsx(*XLSX_ROWS)) | {"xl/sharedStrings.xml": b" " * 70_123})
    lying = honest.replace((70_123).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert unreadable(lying, "xlsx").reason == "damaged"


@pytest.mark.parametrize(
    ("content", "kind", "row", "column"),
    [
        (xlsx(*XLSX_ROWS, prepare=lambda book: book.active.cell(1048576, 16384, "x")), "xlsx", 1048576, 16384),
        (ods(ods_row(ods_number(1, repeated=16384), repeated=1048576)), "ods", 1048576, 16384),
        (FAR_XLS, "xls", 65536, 256),
    ],
    ids=["xlsx", "ods", "xls"],
)
def test_a_sheet_that_reaches_to_the_far_corner_is_refused_with_the_place(content, kind, row, column):
    error = unreadable(content, kind)
    assert (error.reason, error.row, error.column) == ("far", row, column)
    assert error.sheet


def test_one_far_row_of_a_narrow_sheet_is_read():
    def prepare(book: openpyxl.Workbook) -> None:
        book.active["A200000"] = "last"

    assert sheetcells.read(xlsx(["first"], prepare=prepare), "xlsx").rows[-1] == ["last"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (xlsx(*XLSX_ROWS)[:1500], "xlsx"),
        (b"PK\x03\x04 and then nothing", "xlsx"),
        (zipped({"xl/workbook.xml": "<workbook>"}), "xlsx"),
        (
            zipped(unzipped(xlsx(*XLSX_ROWS)) | {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c></row>"}),
            "xlsx",
        ),
        (zipped(unzipped(xlsx(*XLSX_ROWS)) | {"xl/_rels/workbook.xml.rels": b"<Relationships/>"}), "xlsx"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (XLS[:1500], "xls"),
        (XLS[:512], "xls"),
    ],
    ids=["cut", "start", "workbook only", "bad xml", "no relations", "mimetype only", "xls cut", "xls start"],
)
def test_a_damaged_file_is_refused(content, kind):
    assert unreadable(content, kind).reason == "damaged"


def test_a_file_with_nothing_on_it_is_refused():
    assert unreadable(xlsx(), "xlsx").reason == "empty"
    assert unreadable(ods(""), "ods").reason == "empty"


def test_an_ods_file_with_a_password_is_refused():
    content = ods(ods_row(ods_text("a")), manifest="<manifest:encryption-data/>")
    assert unreadable(content, "ods").reason == "protected"
