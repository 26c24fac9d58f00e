import io
import time
import tracemalloc

import openpyxl
import pytest

from indicators import sheetcells, textfiles
from indicators.tables import Book, Row, TableError, open_book
from tests.indicators.files import XLS, merged, ods, ods_number, ods_row, ods_text, saved, unzipped, xlsx, zipped

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD_WRAPPED = OLE_START + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
WORD_DOCUMENT = OLE_START + b"\0" * 600 + "WordDocument".encode("utf-16-le")


def opened(content: bytes | str, name: str = "values.csv") -> Book:
    return open_book(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def rows_of(content: bytes | str, name: str = "values.csv", sheet: str = "") -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, tuple(row.cells)) for row in opened(content, name).rows(sheet)]


HEADER_AND_ROW = [(1, ("area", "value")), (2, ("Ynys Môn", "65.2"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_reads_text_in_its_encodings_line_ends_and_separators(encoding, end, separator):
    text = f"area{separator}value{end}Ynys Môn{separator}65.2{end}"
    assert rows_of(text.encode(encoding)) == HEADER_AND_ROW


@pytest.mark.parametrize("name", ["values.csv", "VALUES.CSV", "values.tsv", "values.txt", "values", "values.2024"])
def test_reads_text_under_any_name_of_text(name):
    assert rows_of("area,value\nYnys Môn,65.2", name) == HEADER_AND_ROW


def test_says_that_a_text_was_not_in_utf_8():
    assert opened("area,value\nYnys Môn,1\n".encode("cp1252")).notes == (
        "The file is not in UTF-8 and was read as Windows-1252.",
    )
    assert opened("area,value\nYnys Môn,1\n").notes == ()
    assert opened("area,value\nYnys Môn,1\n".encode("utf-16")).notes == ()


def test_rows_are_numbered_by_the_line_on_which_they_start():
    text = '\narea,note\n"A","one\nnote\non three lines"\n\n ,\nB,"two\r\nlines"\nC,\n'
    assert rows_of(text) == [
        (2, ("area", "note")),
        (3, ("A", "one\nnote\non three lines")),
        (8, ("B", "two\r\nlines")),
        (10, ("C", "")),
    ]


def test_quotation_marks_hold_separators_and_doubled_quotation_marks():
    assert rows_of('area,"no""te"\n"A, B","said ""so"""\n') == [(1, ("area", 'no"te')), (2, ("A, B", 'said "so"'))]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"area, or place";value\n"A";1,5\n', [(1, ("area, or place", "value")), (2, ("A", "1,5"))]),
        ("area\nA\n", [(1, ("area",)), (2, ("A",))]),
        ("Births, deaths\n\narea;value\nA;1\n", [(1, ("Births, deaths",)), (3, ("area", "value")), (4, ("A", "1"))]),
        ("area\tnote\nA\tx, y\nB\tz, w\n", [(1, ("area", "note")), (2, ("A", "x, y")), (3, ("B", "z, w"))]),
        ("sep=;\narea;value\nA;1\n", [(2, ("area", "value")), (3, ("A", "1"))]),
        ('"sep=|"\r\narea|"val\r\nue"\r\nA|1\r\n', [(2, ("area", "val\r\nue")), (4, ("A", "1"))]),
    ],
)
def test_the_separator_is_what_the_file_says_or_most_lines_have_equally_often(text, rows):
    assert rows_of(text) == rows


def test_a_row_has_the_cells_that_it_has():
    assert rows_of("area,value,,\nA,1,,\nB,2, ,\nC,3\n") == [
        (1, ("area", "value", "", "")),
        (2, ("A", "1", "", "")),
        (3, ("B", "2", " ", "")),
        (4, ("C", "3")),
    ]


def test_rows_may_be_read_again_in_bulk_and_side_by_side():
    book = opened('a,b\n1,"2\n"\n\n3,4\n5,6\n')
    numbers = [row.number for row in book.rows()]
    assert numbers == [row.number for row in book.rows()] == [1, 2, 5, 6]
    assert list(book.chunks(size=3)) == [
        ([1, 2, 5], [["a", "b"], ["1", "2\n"], ["3", "4"]]),
        ([6], [["5", "6"]]),
    ]
    assert [(one.number, other.number) for one, other in zip(book.rows(), book.rows(), strict=True)] == [
        (number, number) for number in numbers
    ]


def test_lines_and_letters_that_lie_across_blocks_are_whole(monkeypatch):
    text = 'area,note\r\n"Ynys Môn","one\r\ntwo"\r\n\r\nSir Ddinbych – Denbighshire,x\r\n'
    expected = rows_of(text)
    for block in range(1, 12):
        monkeypatch.setattr(textfiles, "BLOCK", block)
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            assert [(row.number, tuple(row.cells)) for row in opened(text.encode(encoding)).rows()] == expected


def test_a_large_text_is_never_in_memory():
    file = io.BytesIO(b"area,value,note\n" + b'E06000001,65.2,"a, b"\n' * 400_000)
    tracemalloc.start()
    rows = sum(len(numbers) for numbers, _rows in open_book(file, "a.csv").chunks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 400_001
    assert peak < 16_000_000


SPREADSHEETS = {
    "values.xlsx": xlsx(["area", "value"], ["Ynys Môn", 65.2]),
    "values.ods": ods(ods_row(ods_text("area"), ods_text("value")) + ods_row(ods_text("Ynys Môn"), ods_number(65.2))),
}


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_reads_spreadsheets(name):
    assert rows_of(SPREADSHEETS[name], name) == HEADER_AND_ROW


def test_reads_old_spreadsheets():
    assert rows_of(XLS, "values.xls")[1:] == [
        (2, ("gld", "E10000017", "2023", "65.2")),
        (3, ("gld", "E06000008", "2023/24", "TRUE")),
    ]


def test_rows_of_a_spreadsheet_have_the_numbers_that_it_shows():
    content = xlsx([], ["area", "value"], ["A", 1, None], [], [None, None, " "], ["B"])
    assert rows_of(content, "a.xlsx") == [(2, ("area", "value", "")), (3, ("A", "1", "")), (6, ("B", "", ""))]


def test_any_visible_sheet_with_anything_on_it_can_be_read():
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.create_sheet("Figures").append(["area"])
    book["Figures"].append(["A"])
    book.create_sheet("Hidden").append(["x"])
    book["Hidden"].sheet_state = "hidden"
    book.create_sheet("Notes & more").append(["Source: StatsWales"])
    read = opened(saved(book), "a.xlsx")
    assert read.sheets == ("Figures", "Notes & more")
    assert list(read.rows()) == list(read.rows("Figures")) == [Row(1, ["area"]), Row(2, ["A"])]
    assert list(read.rows("Notes & more")) == [Row(1, ["Source: StatsWales"])]
    assert [read.size_hint(sheet) for sheet in ("", "Figures", "Notes & more")] == [2, 2, 1]
    for name in ("Hidden", "About", "nowhere"):
        with pytest.raises(TableError, match=f"there is no sheet '{name}' .*; there are: 'Figures', 'Notes & more'"):
            read.rows(name)


def test_a_text_has_one_sheet_whatever_it_is_called():
    book = opened("area\nA\n")
    assert (book.kind, book.file, book.sheets) == ("csv", "values.csv", ("",))
    assert len(list(book.rows("Figures"))) == 2
    assert book.size_hint() >= 2


def test_merged_cells_have_the_text_of_their_first_cell():
    assert rows_of(merged(), "a.xlsx") == [
        (1, ("Children by year", "Children by year", "Children by year")),
        (2, ("Area", "2023", "2023")),
        (3, ("Area", "Boys", "Girls")),
        (4, ("Conwy", "1", "2")),
    ]


def test_a_workbook_with_macros_is_a_workbook():
    assert opened(SPREADSHEETS["values.xlsx"], "values.xlsm").kind == "xlsx"


REFUSED = {
    # what it is: content, name, line, column, what the sentence says
    "nothing": (b"", "a.csv", 0, "", "the file is empty"),
    "white space": (b" \r\n\n\t", "a.csv", 0, "", "the file is empty"),
    "a byte order mark": (b"\xef\xbb\xbf", "a.csv", 0, "", "the file is empty"),
    "separators": (b",,,\n,,,\n", "a.csv", 0, "", "the file is empty"),
    "half a letter of UTF-16": (b"\xff\xfea\0,\0\n\0b", "a.csv", 2, "", "this line is not in UTF-16, as the file says"),
    "a NUL in UTF-16": ("a,b\n1,\0\n".encode("utf-16"), "a.csv", 2, "", "characters that no text has"),
    "UTF-32": ("area,value\n".encode("utf-32"), "a.csv", 1, "", "characters that no text has"),
    "only blank lines": (b"\n" * 2_000_000, "a.csv", 0, "", "the file is empty"),
    "a NUL": (b"area,value\nA,1\nB,\x002\n", "a.csv", 3, "", "this line holds characters that no text has"),
    "UTF-16 without a mark": ("area,value\n".encode("utf-16-le"), "a.csv", 1, "", "characters that no text has"),
    "a control character": (b"area,value\nA\x1b[1m,1\n", "a.csv", 2, "", "characters that no text has"),
    "a late control character": (b"a,b\r" * 300_000 + b"\x01", "a.csv", 300_001, "", "characters that no text has"),
    "no encoding at all": (b"area,value\nA,1\n\x81,2\n", "a.csv", 3, "", "neither in UTF-8 nor in Windows-1252"),
    "a broken promise of UTF-8": (
        b"\xef\xbb\xbfarea,value\nA,1\nM\xf4n,2\n",
        "a.csv",
        3,
        "",
        "this line is not in UTF-8",
    ),
    "an open quotation mark": (
        b'area,value\nA,1\n"B,2\nC,3\n',
        "a.csv",
        3,
        "",
        "a quotation mark in this row is not closed",
    ),
    "a stray quotation mark": (b'area,value\n"A"x,1\n', "a.csv", 2, "", "stands inside a cell without being doubled"),
    "an open one with much after it": (b'a,b\n"A,1\n' + b"B,2\n" * 50_000, "a.csv", 2, "", "is not closed"),
    "one endless line": (b"a,b\n" + b"x" * 10_000_000, "a.csv", 2, "", "this line has more than 100000 characters"),
    "a PDF": (b"%PDF-1.7 ...", "a.csv", 0, "", "this is a PDF"),
    "a PDF under a third name": (b"%PDF-1.7 ...", "a.pdf", 0, "", "this is a PDF"),
    "a PNG": (b"\x89PNG\r\n\x1a\n", "a.xlsx", 0, "", "this is a picture"),
    "a JPEG": (b"\xff\xd8\xff\xe0", "a.csv", 0, "", "this is a picture"),
    "rich text": (b"{\\rtf1 ...", "a.csv", 0, "", "this is a text document"),
    "GZIP": (b"\x1f\x8b\x08...", "a.csv", 0, "", "this is a compressed archive"),
    "XML": (b'<?xml version="1.0"?><Workbook/>', "a.xls", 0, "", "this is XML"),
    "a web page": (b"\n<!DOCTYPE html><html>", "a.csv", 0, "", "this is a web page"),
    "a web page named XLS": (b"<!-- x --><table><tr><td>1", "a.xls", 0, "", "this is a web page"),
    "a web page with a mark": (b"\xef\xbb\xbf<html>", "a.csv", 0, "", "this is a web page"),
    "a ZIP": (zipped({"values.csv": "area,value\n"}), "a.zip", 0, "", "an archive or a document, not a spreadsheet"),
    "DOCX": (zipped({"word/document.xml": "<w/>"}), "a.xlsx", 0, "", "an archive or a document, not a spreadsheet"),
    "XLSB": (zipped({"xl/workbook.bin": "x"}), "a.xlsx", 0, "", "an archive or a document, not a spreadsheet"),
    "DOC": (WORD_DOCUMENT, "a.xls", 0, "", "this is a document, not a spreadsheet"),
    "XLSX with a password": (PASSWORD_WRAPPED, "a.xlsx", 0, "", "the spreadsheet is protected by a password"),
    "XLSX named CSV": (SPREADSHEETS["values.xlsx"], "a.csv", 0, "", "it is an Excel workbook: end its name in .xlsx"),
    "XLSX named XLS": (SPREADSHEETS["values.xlsx"], "a.xls", 0, "", "it is an Excel workbook: end its name in .xlsx"),
    "ODS named XLSX": (SPREADSHEETS["values.ods"], "a.xlsx", 0, "", "OpenDocument spreadsheet: end its name in .ods"),
    "XLS named XLSX": (XLS, "a.xlsx", 0, "", "an Excel workbook of the old kind: end its name in .xls"),
    "CSV named XLSX": (b"area,value\nA,1\n", "a.XLSX", 0, "", "it is text, as in a CSV file: end its name in .csv"),
    "CSV named ODS": (b"area,value\nA,1\n", "a.ods", 0, "", "it is text, as in a CSV file: end its name in .csv"),
    "an empty XLSX": (xlsx(), "a.xlsx", 0, "", "no visible sheet with anything on it"),
    "half an XLSX": (SPREADSHEETS["values.xlsx"][:-400], "a.xlsx", 0, "", "the spreadsheet is damaged"),
    "XLSX of nothing": (zipped({"xl/workbook.xml": "<x/>"}), "a.xlsx", 0, "", "the spreadsheet is damaged"),
    "a ZIP bomb": (
        zipped(unzipped(SPREADSHEETS["values.xlsx"]) | {"xl/sharedStrings.xml": b" " * 500_000_001}),
        "a.xlsx",
        0,
        "",
        "the spreadsheet unpacks to more than 500 MB",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refuses_what_is_no_table_and_says_what_it_is_and_where(what):
    content, name, line, column, sentence = REFUSED[what]
    with pytest.raises(TableError) as error:
        list(opened(content, name).rows())
    (problem,) = error.value.problems
    assert (problem.file, problem.line, problem.column) == (name, line, column)
    assert sentence in problem.message
    assert str(problem) == str(error.value)


def test_as_many_rows_as_allowed_are_read(monkeypatch):
    monkeypatch.setattr(textfiles, "MOST_ROWS", 3)
    assert len(rows_of("a\n1\n\n2\n")) == 3
    for size in (1, 2, 3, 4, 5):
        with pytest.raises(TableError, match=r"a\.csv:5: the file has more than 3 rows: upload it in parts"):
            list(opened("a\n1\n\n2\n3\n4\n", "a.csv").chunks(size=size))


@pytest.mark.parametrize("block", [b"x", b'"', "é".encode(), b"\t"])
def test_an_endless_line_is_refused_at_once(block):
    content = b"a,b\n" + block * 10_000_000
    started = time.perf_counter()
    with pytest.raises(TableError, match="more than 100000 characters"):
        opened(content)
    assert time.perf_counter() - started < 1


def test_a_line_of_the_greatest_length_is_read():
    longest = "x" * (textfiles.LONGEST_LINE - 1)
    assert rows_of(f"a\n{longest}\nb") == [(1, ("a",)), (2, (longest,)), (3, ("b",))]
    with pytest.raises(TableError, match="2: this line has more than 100000 characters"):
        opened(f"a\n{longest}x\nb")


def test_comments_upon_comments_are_looked_through_at_once():
    before = time.perf_counter()
    assert rows_of(b"<!---->" * 1400 + b"x,value\nA,1\n")[1:] == [(2, ("A", "1"))]
    assert time.perf_counter() - before < 1
    with pytest.raises(TableError, match="this is a web page"):
        opened(b"<!-- a --> <!---->" * 50 + b"<table>")


def test_a_row_without_end_is_refused_at_once():
    columns = "".join(f'"{number}\n",' for number in range(200_000))
    before = time.perf_counter()
    with pytest.raises(TableError, match=r"values\.csv:1: this row has more than 1000 columns"):
        opened(f"{columns}\n1,2\n")
    assert time.perf_counter() - before < 3


def test_a_thousand_columns_are_read_and_empty_ones_do_not_count():
    assert len(rows_of("a" + "," * 1500)[0][1]) == 1501
    assert len(rows_of("a," * 999 + "a")[0][1]) == 1000
    with pytest.raises(TableError, match="1: this row has more than 1000 columns"):
        rows_of(xlsx(["a"] * 1001), "a.xlsx")


def test_a_workbook_is_not_unpacked_beyond_its_limit(monkeypatch):
    monkeypatch.setattr(sheetcells, "MOST_BYTES_UNPACKED", 1_000)
    with pytest.raises(sheetcells.UnreadableError, match="large"):
        sheetcells.Workbook(SPREADSHEETS["values.xlsx"], "xlsx")
