"""The workbook to fill in, opened as a spreadsheet program opens it."""

import io
from datetime import date

import openpyxl
import pytest

from indicators import periods, templatefile
from indicators.missing import NEVER, NEXT, NOTHING, Gap, Place, Wanted
from indicators.series import Point
from indicators.templatefile import FILL_IN_COLUMN, Lists
from indicators.valuesfile import COLUMNS

READY, EVIL = Wanted("ready", "Ready for school"), Wanted("evil", "=HYPERLINK(A1)\x07")
ASHBY, BIRKDALE = Place("E07000901", "Ashby"), Place("E07000902", "-Birkdale")
GAPS = [
    Gap(READY, ASHBY, "2024", NEXT, Point(periods.read("2023"), 65.2, flags="p")),
    Gap(READY, BIRKDALE, "2024-05", NOTHING, None),
    Gap(EVIL, ASHBY, "", NEVER, None),
]


@pytest.fixture(scope="module")
def book():
    content = templatefile.workbook(
        GAPS, Lists([READY, EVIL], [ASHBY, BIRKDALE]), partnership="+Northshire", left_out=1234
    )
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(book) -> list[dict[str, str]]:
    head, *found = book.worksheets[0].iter_rows(values_only=True)
    return [{name: text for name, text in zip(head, row, strict=True) if text is not None} for row in found]


def test_a_row_says_which_figure_is_missing_and_what_stood_last(book):
    assert rows(book)[0] == {
        "fill in": "next period",
        "indicator": "ready",
        "indicator name": "Ready for school",
        "area": "E07000901",
        "area name": "Ashby",
        "period": "2024",
        "last period": "2023",
        "last value": "65.2 [p]",
    }
    assert rows(book)[1]["fill in"] == "no figure for this area yet"
    assert rows(book)[2]["fill in"] == "no figure anywhere yet"
    assert "period" not in rows(book)[2]


def test_it_has_every_column_of_a_value_file_and_the_one_that_an_upload_knows_it_by(book):
    head = [cell.value for cell in book.worksheets[0][1]]
    assert set(COLUMNS) < set(head)
    assert FILL_IN_COLUMN in head
    assert set(head) - set(COLUMNS) == set(templatefile.INFORMING)


def test_nothing_in_it_is_a_formula_or_a_date_to_a_spreadsheet(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@"))]
    assert rows(book)[2]["indicator name"] == "'=HYPERLINK(A1)"


def test_cells_are_checked_with_a_sentence_for_every_mistake(book):
    sheet = book.worksheets[0]
    head = {cell.value: cell.column_letter for cell in sheet[1]}
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    found = {
        name: checks[f"{letter}2:{letter}204"] for name, letter in head.items() if f"{letter}2:{letter}204" in checks
    }
    assert {name: check.type for name, check in found.items()} == {
        "indicator": "list",
        "area": "list",
        "period": "textLength",
        "value": "custom",
        "lower": "decimal",
        "upper": "decimal",
        "numerator": "decimal",
        "denominator": "decimal",
    }
    assert found["indicator"].formula1 == "Lists!$A$2:$A$3"
    assert found["area"].formula1 == "Lists!$C$2:$C$3"
    assert "COUNTIF(Lists!$E$2:$E$7" in found["value"].formula1
    assert found["numerator"].formula1 == "0"
    for check in found.values():
        assert check.showErrorMessage
        assert check.allowBlank
        # As much as a spreadsheet program shows.
        assert 20 < len(check.error) <= 225
        assert len(check.errorTitle) <= 32


def test_the_lists_that_the_cells_are_checked_against_stand_on_the_second_sheet(book):
    columns = list(zip(*book["Lists"].iter_rows(values_only=True), strict=True))
    assert columns[0] == ("indicator", "ready", "evil", None, None, None, None)
    assert columns[2][:3] == ("area", "E07000901", "E07000902")
    assert columns[4][1:] == ("c", "x", "z", "w", "low", "k")


def test_the_head_stays_in_sight_and_columns_are_wide_enough(book):
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["C"].width > 40


def test_a_sheet_explains_how_to_fill_it_in_and_what_was_left_out(book):
    lines = [row[0] for row in book["How to fill this in"].iter_rows(values_only=True)]
    assert any("1234 more figures are missing than fit into this file." in line for line in lines)
    assert any("What you leave empty is left out" in line for line in lines)
    content = templatefile.workbook([], Lists([], []), partnership="Northshire")
    lines = [
        row[0] for row in openpyxl.load_workbook(io.BytesIO(content))["How to fill this in"].iter_rows(values_only=True)
    ]
    assert not any("more figures are missing" in line for line in lines)


def test_five_thousand_rows_are_made_in_seconds():
    gap = Gap(READY, ASHBY, "2024", NEXT, Point(periods.Period(date(2023, 1, 1), date(2023, 12, 31), "2023"), 65.2))
    content = templatefile.workbook([gap] * 5000, Lists([READY], [ASHBY]), partnership="Northshire")
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row == 5001
