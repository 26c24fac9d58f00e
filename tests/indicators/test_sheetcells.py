import datetime
import time

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


def rows(content: bytes, kind: str) -> list[list[str]]:
    """Of the first sheet."""
    book = sheetcells.Workbook(content, kind)
    return list(book.rows(book.sheets()[0].name))


XLSX_ROWS = [["area", "value"], ["E10000017", 65.2]]


def cells_of(*cells: object, percent_format: str = "") -> list[str]:
    def prepare(book: openpyxl.Workbook) -> None:
        if percent_format:
            book.active["A1"].number_format = percent_format

    return rows(xlsx(list(cells), prepare=prepare), "xlsx")[0]


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
    assert rows(ods(ods_row(ods_number(number, "percentage"))), "ods") == [[shown]]


def test_a_text_in_a_column_of_percentages_stays_as_it_is():
    assert cells_of("c", percent_format="0%") == ["c"]


def test_rows_are_counted_from_the_first_of_the_sheet_and_columns_likewise():
    def prepare(book: openpyxl.Workbook) -> None:
        book.active["B3"] = "x"

    assert rows(xlsx(prepare=prepare), "xlsx") == [["", ""], ["", ""], ["", "x"]]


def test_a_last_row_of_formulas_that_nobody_worked_out_is_not_lost():
    assert rows(xlsx(["a", "b"], ["=A1", "=B1", "=C1"]), "xlsx") == [
        ["a", "b", ""],
        ["=A1", "=B1", "=C1"],
    ]


def test_an_error_stays_visible():
    def prepare(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "#REF!"
        book.active["A1"].data_type = "e"

    assert rows(xlsx(prepare=prepare), "xlsx") == [["#REF!"]]


def test_names_every_visible_sheet_with_anything_on_it_and_reads_any():
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.active["A1"] = "hidden"
    book.create_sheet("Empty")
    book.create_chartsheet("Chart", 0)
    book.create_sheet("Figures")["B3"] = "found"
    book.create_sheet("Very")["A1"] = "x"
    book["Very"].sheet_state = "veryHidden"
    book.create_sheet("Formulas")["A1"] = "=1+1"
    read = sheetcells.Workbook(saved(book), "xlsx")
    assert read.sheets() == [sheetcells.Sheet("Figures", 3), sheetcells.Sheet("Formulas", 1)]
    assert list(read.rows("Figures"))[2] == ["", "found"]
    assert list(read.rows("Formulas")) == [["=1+1"]]
    for name in ("Sheet", "Chart", "Very", "nowhere"):
        with pytest.raises(sheetcells.UnreadableError, match="damaged"):
            list(read.rows(name))


def test_reads_an_xls_file():
    assert rows(XLS, "xls") == [
        ["indicator", "area", "period", "value"],
        ["gld", "E10000017", "2023", "65.2"],
        ["gld", "E06000008", "2023/24", "TRUE"],
    ]
    assert sheetcells.Workbook(XLS, "xls").sheets() == [sheetcells.Sheet("Figures", 3)]


def test_reads_any_sheet_of_an_ods_file():
    read = sheetcells.Workbook(ods(ods_row(ods_text("a")), "", ods_row(ods_empty()) + ods_row(ods_text("b"))), "ods")
    assert read.sheets() == [sheetcells.Sheet("Sheet1", 1), sheetcells.Sheet("Sheet3", 2)]
    assert list(read.rows("Sheet3")) == [[""], ["b"]]


def test_merged_cells_have_the_text_of_the_first_where_they_are_empty():
    content = xlsx(["both"], [None, None, "c", "down"], [1, 2, 3], ["", "", "", 4])
    content = with_merges(content, "A1:B2", "C1:XFD1", "D2:D1048576", "A4:B4")
    assert rows(content, "xlsx") == [
        ["both", "both", "", ""],
        ["both", "both", "c", "down"],
        ["1", "2", "3", "down"],
        ["", "", "", "4"],
    ]


def test_merged_cells_of_an_ods_file_have_the_text_of_the_first():
    wide = '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>a</text:p>'
    wide = wide.replace(" ", ' office:value-type="string" ', 1) + "</table:table-cell>"
    covered = "<table:covered-table-cell/>"
    content = ods(
        ods_row(wide, covered, ods_number(1)) + ods_row(covered, covered, ods_number(2)) + ods_row(ods_number(3))
    )
    assert rows(content, "ods") == [["a", "a", "1"], ["a", "a", "2"], ["3", "", ""]]


def test_merged_cells_upon_merged_cells_are_not_filled_without_end():
    far = xlsx(["a"], prepare=lambda book: book.active.cell(3000, 1000, "z"))
    content = with_merges(far, *(f"A{row}:XFD1048576" for row in range(1, 3000)))
    started = time.perf_counter()
    assert len(rows(content, "xlsx")) == 3000
    assert time.perf_counter() - started < 10


def test_reads_an_ods_file_without_the_empty_rows_and_columns_at_its_end():
    cells = ods_row(ods_text("a"), ods_number(65.2), ods_empty(1000)) + ods_row(ods_empty(1000), repeated=1000000)
    assert rows(ods(cells), "ods") == [["a", "65.2"]]


def test_pictures_do_not_count_and_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(sheetcells, "MOST_BYTES_UNPACKED", 50_000)
    parts = unzipped(xlsx(*XLSX_ROWS)) | {"xl/media/image1.png": b"0" * 1_000_000}
    assert rows(zipped(parts), "xlsx") == [["area", "value"], ["E10000017", "65.2"]]


def with_merges(content: bytes, *ranges: str) -> bytes:
    parts = unzipped(content)
    merges = "".join(f'<mergeCell ref="{cells}"/>' for cells in ranges).encode()
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
    return zipped(parts | {"xl/worksheets/sheet1.xml": sheet})


def unreadable(content: bytes, kind: str) -> sheetcells.UnreadableError:
    with pytest.raises(sheetcells.UnreadableError) as error:
        rows(content, kind)
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

    assert rows(xlsx(["first"], prepare=prepare), "xlsx")[-1] == ["last"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (xlsx(*XLSX_ROWS)[:1500], "xlsx"),
        (b"PK\x03\x04 and then nothing", "xlsx"),
        (zipped({"xl/workbook.xml": "<workbook>"}), "xlsx"),
        (
            zipped(
                unzipped(xlsx(*XLSX_ROWS)) | {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c><v>1</row>"}
            ),
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
