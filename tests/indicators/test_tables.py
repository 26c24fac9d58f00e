import time

import openpyxl
import pytest

from indicators import tables
from indicators.tables import Row, TableError, read, same_name
from partnerships.problems import Problem
from tests.indicators.files import XLS, ods, ods_number, ods_row, ods_text, saved, unzipped, xlsx, zipped

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD_WRAPPED = OLE_START + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
WORD_DOCUMENT = OLE_START + b"\0" * 600 + "WordDocument".encode("utf-16-le")


def rows_of(content: bytes | str, name: str = "values.csv") -> list[tuple[int, tuple[str, ...]]]:
    table = read(content.encode() if isinstance(content, str) else content, name)
    assert table.problems == ()
    return [(table.header_row, table.header), *((row.number, row.cells) for row in table.rows)]


HEADER_AND_ROW = [(1, ("area", "value")), (2, ("Ynys Môn", "65.2"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_reads_text_in_its_encodings_line_ends_and_separators(encoding, end, separator):
    text = f"area{separator}value{end}Ynys Môn{separator}65.2{end}"
    assert rows_of(text.encode(encoding)) == HEADER_AND_ROW


@pytest.mark.parametrize("name", ["values.csv", "VALUES.CSV", "values.tsv", "values.txt", "values", "values.2024"])
def test_reads_text_under_any_name_of_text(name):
    assert rows_of("area,value\nYnys Môn,65.2", name) == HEADER_AND_ROW


def test_says_that_a_text_was_not_in_utf_8():
    assert read("area,value\nYnys Môn,1\n".encode("cp1252"), "a.csv").notes == (
        "The file is not in UTF-8 and was read as Windows-1252.",
    )
    assert read("area,value\nYnys Môn,1\n".encode(), "a.csv").notes == ()


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


def test_the_separator_is_the_one_that_the_header_has_most_of():
    assert rows_of('"area, or place";value\n"A";1,5\n') == [(1, ("area, or place", "value")), (2, ("A", "1,5"))]
    assert rows_of("area\nA\n") == [(1, ("area",)), (2, ("A",))]


def test_empty_cells_beyond_the_header_are_not_there():
    assert rows_of("area,value,,\nA,1,,\nB,2, ,\nC,3\n") == [
        (1, ("area", "value")),
        (2, ("A", "1")),
        (3, ("B", "2")),
        (4, ("C", "3")),
    ]


def test_spaces_in_a_header_are_single_and_a_header_may_be_empty():
    assert read(b" Area  code ,,value\nA,x,1\n", "a.csv").header == ("Area code", "", "value")


@pytest.mark.parametrize("spelling", ["Area Code", "area_code", " AREA  code ", "Area_ Code"])
def test_spellings_of_one_column_name_are_the_same(spelling):
    assert same_name(spelling) == "area code"


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
    assert rows_of(content, "a.xlsx") == [(2, ("area", "value")), (3, ("A", "1")), (6, ("B", ""))]


def test_says_which_sheet_of_several_was_read():
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.create_sheet("Figures").append(["area"])
    book["Figures"].append(["A"])
    table = read(saved(book), "a.xlsx")
    assert table.rows == (Row(2, ("A",)),)
    assert table.notes == ("Only the sheet 'Figures' was read; the file has one more.",)
    book.create_sheet("More")
    assert read(saved(book), "a.xlsx").notes == ("Only the sheet 'Figures' was read; the file has 2 more.",)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("A,1", "the header has 3 cells and this row 2: write a separator for empty cells too"),
        ("A", "the header has 3 cells and this row 1"),
        ("A,1,234,5", "the header has 3 cells and this row 4: name every column, and put what holds a comma in"),
    ],
)
def test_a_row_with_more_or_fewer_cells_than_the_header_is_kept_and_is_a_problem(row, sentence):
    table = read(f"area,value,note\nA,1,x\n{row}\nB,2,y\n".encode(), "a.csv")
    (problem,) = table.problems
    assert (problem.file, problem.line) == ("a.csv", 3)
    assert sentence in problem.message
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_a_cell_of_a_spreadsheet_beyond_its_header_is_a_problem():
    (problem,) = read(xlsx(["area", "value"], ["A", 1], ["B", 2, "and?"]), "a.xlsx").problems
    assert problem.line == 3
    assert "the header has 2 cells and this row 3: name every column" in problem.message


REFUSED = {
    # what it is: content, name, line, column, what the sentence says
    "nothing": (b"", "a.csv", 0, "", "the file is empty"),
    "white space": (b" \r\n\n\t", "a.csv", 0, "", "the file is empty"),
    "a byte order mark": (b"\xef\xbb\xbf", "a.csv", 0, "", "the file is empty"),
    "separators": (b",,,\n,,,\n", "a.csv", 0, "", "the file is empty"),
    "only a header": (b"area,value\n", "a.csv", 1, "", "there is a header and no row under it"),
    "only a low header": (b"\n\narea,value\n,\n", "a.csv", 3, "", "there is a header and no row under it"),
    "only a header in XLSX": (xlsx(["area", "value"]), "a.xlsx", 1, "", "there is a header and no row under it"),
    "twin columns": (b"area,value,area\n1,2,3\n", "a.csv", 1, "area", "two columns have this name"),
    "twins in other letters": (b"area code,Area_Code\n1,2\n", "a.csv", 1, "Area_Code", "two columns have this name"),
    "UTF-16": ("area,value\nA,1\n".encode("utf-16"), "a.csv", 0, "", "this text is in UTF-16: save it as 'CSV UTF-8'"),
    "UTF-16, the other way": (b"\xfe\xff\0a", "a.csv", 0, "", "this text is in UTF-16"),
    "a NUL": (b"area,value\nA,1\nB,\x002\n", "a.csv", 3, "", "this line holds characters that no text has"),
    "UTF-16 without a mark": ("area,value\n".encode("utf-16-le"), "a.csv", 1, "", "characters that no text has"),
    "a control character": (b"area,value\nA\x1b[1m,1\n", "a.csv", 2, "", "characters that no text has"),
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
    "too many rows": (b"a\n" + b"1\n" * 200_001, "a.csv", 200_002, "", "more than 200000 rows: upload it in parts"),
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
        zipped(unzipped(SPREADSHEETS["values.xlsx"]) | {"xl/sharedStrings.xml": b" " * 100_000_001}),
        "a.xlsx",
        0,
        "",
        "the spreadsheet unpacks to more than 100 MB",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refuses_what_is_no_table_and_says_what_it_is_and_where(what):
    content, name, line, column, sentence = REFUSED[what]
    with pytest.raises(TableError) as error:
        read(content, name)
    (problem,) = error.value.problems
    assert (problem.file, problem.line, problem.column) == (name, line, column)
    assert sentence in problem.message
    assert str(problem) == str(error.value)


def test_all_twin_columns_are_named():
    with pytest.raises(TableError) as error:
        read(b"a,b,A,B\n1,2,3,4\n", "x.csv")
    assert error.value.problems == (
        Problem("two columns have this name: rename or remove one", "x.csv", 1, "A"),
        Problem("two columns have this name: rename or remove one", "x.csv", 1, "B"),
    )


def test_as_many_rows_as_allowed_are_read(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert len(read(b"a\n1\n2\n3\n", "a.csv").rows) == 3
    with pytest.raises(TableError, match="more than 3 rows"):
        read(b"a\n1\n2\n3\n4\n", "a.csv")


def test_an_endless_line_is_refused_at_once():
    content = b"a,b\n" + b'"' * 10_000_000
    started = time.perf_counter()
    with pytest.raises(TableError, match="more than 100000 characters"):
        read(content, "a.csv")
    assert time.perf_counter() - started < 1


def test_comments_upon_comments_are_looked_through_at_once():
    before = time.perf_counter()
    assert rows_of(b"<!---->" * 1400 + b"x,value\nA,1\n")[1:] == [(2, ("A", "1"))]
    assert time.perf_counter() - before < 1
    with pytest.raises(TableError, match="this is a web page"):
        read(b"<!-- a --> <!---->" * 50 + b"<table>", "a.csv")


@pytest.mark.parametrize("name", ["{}", "twin"])
def test_a_header_without_end_is_refused_at_once(name):
    columns = "".join(f'"{name.format(number)}\n",' for number in range(200_000))
    before = time.perf_counter()
    with pytest.raises(TableError, match="the header has more than 1000 columns") as refused:
        read(f"{columns}\n1,2\n".encode(), "a.csv")
    assert time.perf_counter() - before < 3
    assert len(refused.value.problems) == 1
