"""What people bring: one small file for each oddity, and exactly what is read of it.

The rows are as a person counts them; what a row says is read as the layout of a published file would read it where the
oddity lies in a cell.
"""

import io
from collections.abc import Callable

import openpyxl
import pytest

from indicators import periods, shorthand, workbooks
from indicators.headers import clean_name, guess_header, header_names
from indicators.sheetcells import UnreadableError
from indicators.tables import TableError, open_book
from tests.indicators.files import XLS, merged, ods, ods_number, ods_row, ods_text, saved, unzipped, xlsx, zipped


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """Starting a process for every small workbook takes longer than reading it; test_workbooks does so."""

    def told(give, content, *about):
        try:
            yield from give(content, *about)
        except UnreadableError as error:
            raise workbooks.WorkbookError(workbooks._sentence(error)) from error

    monkeypatch.setattr(workbooks, "_told", told)


def read(content: bytes | str, name: str, sheet: str = "") -> dict[int, list[str]] | str:
    """Row number to cells, or the sentence of the error."""
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    try:
        return {row.number: list(row.cells) for row in open_book(file, name).rows(sheet)}
    except TableError as error:
        return str(error)


def book_of(*rows: list, prepare: Callable = lambda sheet: None, **sheets: list) -> bytes:
    """A workbook with these rows, whose only sheet is prepared before it is saved; further sheets by name."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    prepare(book.active)
    for name, other in sheets.items():
        book.create_sheet(name)
        for row in other:
            book[name].append(row)
    return saved(book)


def formatted(value: object, number_format: str) -> bytes:
    def prepare(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"].number_format = number_format

    return book_of([value], prepare=prepare)


def merging(*ranges: str) -> Callable:
    return lambda sheet: [sheet.merge_cells(cells) for cells in ranges]


def hidden(book_bytes: bytes, *names: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(book_bytes))
    for name in names:
        book[name].sheet_state = "hidden"
    return saved(book)


def in_error(name: str) -> bytes:
    def prepare(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"], sheet["A1"].data_type = name, "e"

    return book_of(prepare=prepare)


AV = {1: ["area", "value"], 2: ["Ynys Môn", "65.2"]}
TEXTS = {
    # oddity: content, what is read
    "UTF-8": ("area,value\nYnys Môn,65.2\n", AV),
    "UTF-8 with Excel's mark": ("\ufeffarea,value\nYnys Môn,65.2\n", AV),
    "UTF-16 as Excel's Unicode text": ("area\tvalue\r\nYnys Môn\t65.2\r\n".encode("utf-16"), AV),
    "UTF-16 the other way round": (b"\xfe\xff" + "area,value\nYnys Môn,65.2".encode("utf-16-be"), AV),
    "Windows-1252": ("area,value\nYnys Môn,65.2\n".encode("cp1252"), AV),
    "curly quotation marks of Windows": ("area\n“St Helens’”\n".encode("cp1252"), {1: ["area"], 2: ["“St Helens’”"]}),
    "semicolons of a European Excel": ("area;value\nYnys Môn;65.2\n", AV),
    "semicolons and decimal commas": (
        "area;a;b\nX;1,5;2,5\nY;3,5;4,5",
        {1: ["area", "a", "b"], 2: ["X", "1,5", "2,5"], 3: ["Y", "3,5", "4,5"]},
    ),
    "tabs": ("area\tvalue\nYnys Môn\t65.2\n", AV),
    "tabs beside commas in the cells": (
        "area\tnote\nX\ta, b, c\nY\td, e",
        {1: ["area", "note"], 2: ["X", "a, b, c"], 3: ["Y", "d, e"]},
    ),
    "sep= of Excel": ("sep=;\r\narea;value\r\nYnys Môn;65.2\r\n", {2: AV[1], 3: AV[2]}),
    "SEP= in quotation marks, a bar": ('"SEP=|"\narea|value\nYnys Môn|65.2\n', {2: AV[1], 3: AV[2]}),
    "sep= with a mark": ("\ufeffsep=,\narea,value\nYnys Môn,65.2\n", {2: AV[1], 3: AV[2]}),
    "line ends of an old Macintosh": ("area,value\rYnys Môn,65.2\r", AV),
    "line ends of both kinds": ("area,value\r\nYnys Môn,65.2\nX,1\r\n", {**AV, 3: ["X", "1"]}),
    "no line end at the end": ("area,value\nYnys Môn,65.2", AV),
    "a quoted line end": ('area,value\n"Ynys\nMôn",1\nX,2\n', {1: AV[1], 2: ["Ynys\nMôn", "1"], 4: ["X", "2"]}),
    "a quoted line end in the header": (
        '"area\r\ncode",value\r\nX,2\r\n',
        {1: ["area\r\ncode", "value"], 3: ["X", "2"]},
    ),
    "a quoted separator": ('area,value\n"Bristol, City of","1,234"\n', {1: AV[1], 2: ["Bristol, City of", "1,234"]}),
    "doubled quotation marks": ('area,note\nX,"say ""x"""\n', {1: ["area", "note"], 2: ["X", 'say "x"']}),
    "a quotation mark inside a bare cell": ('area,note\nX,6" pipe\n', {1: ["area", "note"], 2: ["X", '6" pipe']}),
    "a quotation mark that stays open": (
        'area,value\n"X,1\nY,2\n',
        "odd.csv:2: a quotation mark in this row is not closed, or stands inside a cell without being doubled",
    ),
    "text after a closed quotation mark": (
        'area,value\nX,1\n"Y"z,2\n',
        "odd.csv:3: a quotation mark in this row is not closed, or stands inside a cell without being doubled",
    ),
    "blank rows": ("\narea,value\n\n\nYnys Môn,65.2\n\n", {2: AV[1], 5: AV[2]}),
    "rows of separators and spaces": ("area,value\n,\n , \n\u00a0,\nYnys Môn,65.2\n,,,\n", {1: AV[1], 5: AV[2]}),
    "empty columns at the end": (
        "area,value,,\nYnys Môn,65.2,,\n",
        {1: ["area", "value", "", ""], 2: ["Ynys Môn", "65.2", "", ""]},
    ),
    "an empty first column": (",area,value\n,X,1\n", {1: ["", "area", "value"], 2: ["", "X", "1"]}),
    "a row cut short": ("area,value\nX\n", {1: ["area", "value"], 2: ["X"]}),
    "a row too long": ("area,value\nX,1,2\n", {1: ["area", "value"], 2: ["X", "1", "2"]}),
    "an index column of pandas": (",area\n0,X\n1,Y\n", {1: ["", "area"], 2: ["0", "X"], 3: ["1", "Y"]}),
    "a preamble": (
        "Births,\nSource: ONS,\n\narea,value\nX,1\n",
        {1: ["Births", ""], 2: ["Source: ONS", ""], 4: ["area", "value"], 5: ["X", "1"]},
    ),
    "footnotes below": (
        "area,value\nX,1\n\nNote: provisional\n",
        {1: ["area", "value"], 2: ["X", "1"], 4: ["Note: provisional"]},
    ),
    "an emoji": ("area\nX 👶\n", {1: ["area"], 2: ["X 👶"]}),
    "a no-break space": ("area\nYnys\u00a0Môn\n", {1: ["area"], 2: ["Ynys\u00a0Môn"]}),
    "a next line character of Unicode": ("area,b\nX\u2028Y\x85,1\n", {1: ["area", "b"], 2: ["X\u2028Y\x85", "1"]}),
    "a form feed": ("area\fx,b\n1,2\n", {1: ["area\fx", "b"], 2: ["1", "2"]}),
    "a leading apostrophe": ("area,value\n'X,'5\n", {1: ["area", "value"], 2: ["'X", "'5"]}),
    "a formula": ("area,value\nX,=1+1\n", {1: ["area", "value"], 2: ["X", "=1+1"]}),
    "nothing": ("", "odd.csv: the file is empty"),
    "nothing but a mark": ("\ufeff", "odd.csv: the file is empty"),
    "nothing but separators": (",,\n,,\n", "odd.csv: the file is empty"),
    "a NUL": (
        "area\nX\0\n",
        "odd.csv:2: this line holds characters that no text has: save the table again as 'CSV UTF-8'",
    ),
    "UTF-16 without a mark": (
        "area\n".encode("utf-16-le"),
        "odd.csv:1: this line holds characters that no text has: save the table again as 'CSV UTF-8'",
    ),
    "neither encoding": (
        b"area\nM\x81n\n",
        "odd.csv:2: this line is neither in UTF-8 nor in Windows-1252: save the table again as 'CSV UTF-8'",
    ),
    "a broken promise of UTF-8": (
        b"\xef\xbb\xbfarea\nM\xf4n\n",
        "odd.csv:2: this line is not in UTF-8, as the file says that it is: save the table again as 'CSV UTF-8'",
    ),
    "half of a letter of UTF-16": (
        b"\xff\xfea\0\n\0b",
        "odd.csv:2: this line is not in UTF-16, as the file says that it is: save the table again as 'CSV UTF-8'",
    ),
    "a PDF named CSV": ("%PDF-1.7", "odd.csv: this is a PDF: upload the table that it was made from"),
    "a web page named CSV": (
        " <!DOCTYPE html><table>",
        "odd.csv: this is a web page: open it in a spreadsheet, save it as XLSX or CSV and upload that",
    ),
    "a workbook named CSV": (
        xlsx(["a"]),
        "odd.csv: the name says that this is text, as in a CSV file, but it is an Excel workbook:"
        " end its name in .xlsx",
    ),
}


@pytest.mark.parametrize("oddity", TEXTS)
def test_texts(oddity):
    content, rows = TEXTS[oddity]
    assert read(content, "odd.csv") == rows


TITLED = [["Births by area", None], [None, None], ["area", "value"], ["X", 1]]
PERCENT_ODS = ods(ods_row(ods_number(0.652, "percentage")))
ODS_MERGED = ods(
    ods_row(
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>2023</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
    )
    + ods_row(ods_text("Boys"), ods_text("Girls"))
)
ODS_DATE = ods(
    ods_row(
        '<table:table-cell office:value-type="date" office:date-value="2024-05-01"><text:p>1 May</text:p>'
        "</table:table-cell>"
    )
)
BOOKS = {
    # oddity: file, name, sheet, what is read
    "XLSX": (book_of(["area", "value"], ["Ynys Môn", 65.2]), "odd.xlsx", "", AV),
    "XLSM": (book_of(["area", "value"], ["Ynys Môn", 65.2]), "odd.xlsm", "", AV),
    "XLS": (
        XLS,
        "odd.xls",
        "",
        {
            1: ["indicator", "area", "period", "value"],
            2: ["gld", "E10000017", "2023", "65.2"],
            3: ["gld", "E06000008", "2023/24", "TRUE"],
        },
    ),
    "ODS": (
        ods(ods_row(ods_text("area"), ods_text("value")) + ods_row(ods_text("Ynys Môn"), ods_number(65.2))),
        "odd.ods",
        "",
        AV,
    ),
    "XLS named XLSX": (
        XLS,
        "odd.xlsx",
        "",
        (
            "odd.xlsx: the name says that this is an Excel workbook, but it is an Excel workbook of the old kind:"
            " end its name in .xls"
        ),
    ),
    "blank rows above and between": (book_of([], ["area"], [], ["X"]), "odd.xlsx", "", {2: ["area"], 4: ["X"]}),
    "a table that starts in column C": (
        book_of([None, None, "area"], [None, None, "X"]),
        "odd.xlsx",
        "",
        {1: ["", "", "area"], 2: ["", "", "X"]},
    ),
    "a title above the table": (
        book_of(*TITLED),
        "odd.xlsx",
        "",
        {1: ["Births by area", ""], 3: ["area", "value"], 4: ["X", "1"]},
    ),
    "a second sheet": (book_of(["About"], Data=[["area"], ["X"]]), "odd.xlsx", "Data", {1: ["area"], 2: ["X"]}),
    "a sheet that is not there": (
        book_of(["About"], Data=[["area"]]),
        "odd.xlsx",
        "data",
        "odd.xlsx: there is no sheet 'data' with anything on it; there are: 'Sheet', 'Data'",
    ),
    "a hidden first sheet": (
        hidden(book_of(["secret"], Data=[["area"], ["X"]]), "Sheet"),
        "odd.xlsx",
        "",
        {1: ["area"], 2: ["X"]},
    ),
    "an empty first sheet": (book_of(Data=[["area"], ["X"]]), "odd.xlsx", "", {1: ["area"], 2: ["X"]}),
    "nothing on any sheet": (
        book_of(),
        "odd.xlsx",
        "",
        "odd.xlsx: the spreadsheet has no visible sheet with anything on it",
    ),
    "merged title and header": (
        merged(),
        "odd.xlsx",
        "",
        {
            1: ["Children by year"] * 3,
            2: ["Area", "2023", "2023"],
            3: ["Area", "Boys", "Girls"],
            4: ["Conwy", "1", "2"],
        },
    ),
    "an area merged over its rows": (
        book_of(["area", "sex"], ["X", "Boys"], [None, "Girls"], ["Y", "Boys"], prepare=merging("A2:A3")),
        "odd.xlsx",
        "",
        {1: ["area", "sex"], 2: ["X", "Boys"], 3: ["X", "Girls"], 4: ["Y", "Boys"]},
    ),
    "merged cells of ODS": (ODS_MERGED, "odd.ods", "", {1: ["2023", "2023"], 2: ["Boys", "Girls"]}),
    "a percentage": (formatted(0.652, "0.0%"), "odd.xlsx", "", {1: ["65.2%"]}),
    "a percentage of ODS": (PERCENT_ODS, "odd.ods", "", {1: ["65.2%"]}),
    "a number shown with thousands commas": (formatted(1234567.5, "#,##0"), "odd.xlsx", "", {1: ["1234567.5"]}),
    "pounds": (formatted(7629, '"£"#,##0'), "odd.xlsx", "", {1: ["7629"]}),
    "a sum of a tenth and two tenths": (book_of([0.1 + 0.2]), "odd.xlsx", "", {1: ["0.3"]}),
    "a tiny number": (book_of([0.00001]), "odd.xlsx", "", {1: ["0.00001"]}),
    "a year stored as a number": (book_of([2023.0]), "odd.xlsx", "", {1: ["2023"]}),
    "a number stored as text": (book_of(["65.2"]), "odd.xlsx", "", {1: ["65.2"]}),
    "a code with leading zeros stored as text": (book_of(["007"]), "odd.xlsx", "", {1: ["007"]}),
    "a code shown with leading zeros": (formatted(7, "000"), "odd.xlsx", "", {1: ["7"]}),
    "a month that Excel made a date": (formatted(45413, "mmm-yy"), "odd.xlsx", "", {1: ["2024-05-01"]}),
    "an age band that Excel made a date": (formatted(45414, "d-mmm"), "odd.xlsx", "", {1: ["2024-05-02"]}),
    "a date of ODS": (ODS_DATE, "odd.ods", "", {1: ["2024-05-01"]}),
    "yes and no": (book_of([True, False]), "odd.xlsx", "", {1: ["TRUE", "FALSE"]}),
    "a formula that nobody worked out": (book_of(["=SUM(B1:B9)"]), "odd.xlsx", "", {1: ["=SUM(B1:B9)"]}),
    "#DIV/0!": (in_error("#DIV/0!"), "odd.xlsx", "", {1: ["#DIV/0!"]}),
    "#N/A": (in_error("#N/A"), "odd.xlsx", "", {1: ["#N/A"]}),
    "a line end within a cell": (book_of(["Area\ncode"]), "odd.xlsx", "", {1: ["Area\ncode"]}),
    "half a workbook": (
        book_of(["area"])[:-300],
        "odd.xlsx",
        "",
        "odd.xlsx: the spreadsheet is damaged: open it, save it again and upload that",
    ),
    "a workbook whose sheet is gone": (
        zipped({k: v for k, v in unzipped(book_of(["area"])).items() if "sheet1" not in k}),
        "odd.xlsx",
        "",
        "odd.xlsx: the spreadsheet is damaged: open it, save it again and upload that",
    ),
    "a cell far from the table": (
        book_of(["area"], prepare=lambda sheet: sheet.cell(1048576, 16384, "x")),
        "odd.xlsx",
        "",
        "odd.xlsx: the sheet 'Sheet' reaches to row 1048576, column 16384: delete what stands far from the table",
    ),
}


@pytest.mark.parametrize("oddity", BOOKS)
def test_workbooks(oddity):
    content, name, sheet, rows = BOOKS[oddity]
    assert read(content, name, sheet) == rows


HEADERS = {
    # oddity: content, name of the file, number of the header's first row, names of the columns
    "a preamble as of StatsWales": (
        "Births,,\n\nYear: 2023,,\n\n,<2000g ,Not stated (1)\nWales ,684,71\nPowys ,21,.\n",
        "odd.csv",
        5,
        ["column A", "<2000g", "Not stated (1)"],
    ),
    "a title": ("Births\narea,value\nX,1\n", "odd.csv", 2, ["area", "value"]),
    "years across": (",,2022,2023\n,All,1,2\nSex,Boys,3,4\n", "odd.csv", 1, ["column A", "column B", "2022", "2023"]),
    "two rows with gaps": (
        ",2022,,2023,\nArea,Boys,Girls,Boys,Girls\nX,1,2,3,4\n",
        "odd.csv",
        1,
        ["Area", "2022 Boys", "2022 Girls", "2023 Boys", "2023 Girls"],
    ),
    "two merged rows under a merged title": (merged(), "odd.xlsx", 2, ["Area", "2023 Boys", "2023 Girls"]),
    "numbers above the names": (
        "A,B,3,4,5\n1,2,3,4,5\nLA,Name,SN1,SN2,SN3\n301,X,308,309,310\n",
        "odd.csv",
        3,
        ["LA", "Name", "SN1", "SN2", "SN3"],
    ),
    "two columns of one name": (
        "LA,SN1,SNP,SN2,SNP\n301,1,Close,2,Close\n",
        "odd.csv",
        1,
        ["LA", "SN1", "SNP", "SN2", "SNP (2)"],
    ),
    "no-break and double spaces": ("Area\u00a0 code,value\nX,1\n", "odd.csv", 1, ["Area code", "value"]),
}


@pytest.mark.parametrize("oddity", HEADERS)
def test_headers(oddity):
    content, name, number, names = HEADERS[oddity]
    rows = list(open_book(io.BytesIO(content.encode() if isinstance(content, str) else content), name).rows())
    first, height = guess_header(rows)
    assert rows[first].number == number
    assert list(header_names(rows[first : first + height])) == names


VALUES = {
    # oddity: text, number, marker, flags
    "thousands commas": ("1,234,567", 1234567, "", ""),
    "thin spaces": ("1\u2009234", 1234, "", ""),
    "no-break spaces": ("\u00a01\u00a0234\u00a0", 1234, "", ""),
    "a percent sign": ("65.2 %", 65.2, "", ""),
    "a true minus": ("−5.5", -5.5, "", ""),
    "pounds": ("-£1,234.50", -1234.5, "", ""),
    "an exponent of Excel": ("7.0000000000000007E-2", 0.07, "", ""),
    "a provisional figure": ("65.2 [p]", 65.2, "", "p"),
    "a revised figure of StatsWales": ("36.1 (r)", 36.1, "", "r"),
    "a poor figure of StatsWales": ("29.9 (!!)", 29.9, "", "u"),
    "a footnote": ("65.2 [note 4]", 65.2, "", ""),
    "an asterisk beside a number": ("65.2*", 65.2, "", ""),
    "an asterisk": ("*", None, "c", ""),
    "fewer than five": ("<5", None, "c", ""),
    "four or fewer": ("≤4", None, "c", ""),
    "nearly all": (">95%", None, "c", ""),
    "rounded to nothing": ("[low]", None, "low", ""),
    "a tilde": ("~", None, "low", ""),
    "a stop": (".", None, "z", ""),
    "two stops": ("..", None, "x", ""),
    "a colon": (":", None, "x", ""),
    "a dash": ("–", None, "x", ""),
    "an NA of R": ("NA", None, "x", ""),
    "low reliability": ("u", None, "w", ""),
    "an empty cell": ("", None, "", ""),
}


@pytest.mark.parametrize("oddity", VALUES)
def test_values(oddity):
    text, value, marker, flags = VALUES[oddity]
    assert shorthand.read(text, shorthand.PUBLISHED) == shorthand.Reading(value, marker, flags)


NO_VALUES = {
    "a division by nothing": ("#DIV/0!", "the spreadsheet could not work this out"),
    "a formula": ("=A1/B1", "a formula, not a number"),
    "not a number, as programs say": ("NaN", "publishers use 'NaN' for different things"),
    "without end": ("inf", "not a number"),
    "a decimal comma": ("65,2", "commas stand between thousands"),
    "brackets for a minus": ("(5.2)", "not a number"),
    "an apostrophe": ("'5", "not a number"),
    "a plain space between thousands": ("1 234", "not a number"),
    "a range": ("5-9", "not a number"),
    "a day": ("2024-05-02", "not a number"),
}


@pytest.mark.parametrize("oddity", NO_VALUES)
def test_what_is_no_value(oddity):
    text, sentence = NO_VALUES[oddity]
    with pytest.raises(shorthand.ShorthandError, match=sentence):
        shorthand.read(text, shorthand.PUBLISHED)


PERIODS = {
    # oddity: text, style, what it says in our own layout
    "a footnote digit": ("20175", "published", "2017"),
    "a revised year": ("2018 (Rev)", "published", "2018"),
    "a year of outturn": ("2016-17 (OT)", "published", "2016/17"),
    "years pooled": ("2009-11", "years", "2009 - 11"),
    "split years pooled": ("2013/14-15/16", "own", "2013/14 - 15/16"),
    "a number of Excel": ("2023.0", "own", "2023"),
    "six digits": ("202122", "own", "2021/22"),
    "year and type in two columns": ("202122 Financial year", "own", "2021/22"),
    "year and quarter in two columns": ("2013/2014 Q2", "own", "2013/14 Q2"),
    "an interval": ("2022-01-01/P3Y", "own", "2022 - 24"),
    "a rolling year": ("Year to March 2024", "own", "2023-04-01 to 2024-03-31"),
    "a reference day": ("31 March 2010", "own", "2010-03-31 to 2010-03-31"),
    "a month that Excel shows": ("Mar-24", "published", "March 2024"),
    "a month that Excel made a date": ("2024-05-01", "months", "May 2024"),
}


@pytest.mark.parametrize("oddity", PERIODS)
def test_periods(oddity):
    text, style, same = PERIODS[oddity]
    assert periods.read(text, style=style) == periods.read(same)


NO_PERIODS = {
    "a nought": ("0", "this is not a period"),
    "a date that Excel made": ("2024-05-01", "this is one day, perhaps made of a period by a spreadsheet"),
    "a month or years": ("2009-11", "November 2009 or the years 2009 to 2011"),
    "two years apart": ("2021/23", "23 is not the year after 2021"),
}


@pytest.mark.parametrize("oddity", NO_PERIODS)
def test_what_is_no_period(oddity):
    text, sentence = NO_PERIODS[oddity]
    with pytest.raises(periods.PeriodError, match=sentence):
        periods.read(text, style="published")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ENGLAND AND WALES6", "ENGLAND AND WALES"),
        ("Flintshire (1)", "Flintshire"),
        ("Area [note 1]", "Area"),
        ("Total*", "Total"),
        ("Wales\u00a0", "Wales"),
        ("Key stage 2", "Key stage 2"),
        ("E06000001", "E06000001"),
        ("0-14", "0-14"),
    ],
)
def test_names(text, name):
    assert clean_name(text) == name


def test_these_are_enough():
    assert sum(map(len, (TEXTS, BOOKS, HEADERS, VALUES, NO_VALUES, PERIODS, NO_PERIODS))) >= 80
