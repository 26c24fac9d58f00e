import pytest

from indicators.layouts import COLUMNS, ValueRow, value_rows
from indicators.numbers import spreadsheet_safe
from indicators.tables import Row, Table, read
from partnerships.problems import Problem

HEADER = ("indicator", "area", "period", "value")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, header_row: int = 1) -> Table:
    return Table(
        "a.csv", header_row, header, tuple(Row(number, cells) for number, cells in enumerate(rows, header_row + 1))
    )


def test_the_columns_are_those_of_the_contract():
    assert list(COLUMNS) == [*HEADER, "lower", "upper", "numerator", "denominator", "breakdown", "note"]


def test_every_column_reaches_its_row_as_text_without_outer_spaces():
    cells = ("gld", " E10000017 ", "2023/24", "65.2 [p]", "60", "70", "652", "1,000", "sex: Female", " said\nso ")
    found = value_rows(table(cells, header=COLUMNS))
    assert found.rows == (
        ValueRow(2, "gld", "E10000017", "2023/24", "65.2 [p]", "60", "70", "652", "1,000", "sex: Female", "said\nso"),
    )
    assert (found.ignored, found.problems) == ((), ())


@pytest.mark.parametrize(
    "header",
    [
        ("Indicator", "AREA", "Period", "vaLue"),
        (" indicator ", "_area_", "period_", "value"),
    ],
)
def test_headers_are_read_in_any_case_and_with_spaces_and_underscores(header):
    assert value_rows(table(("gld", "A", "2023", "1"), header=header)).rows == (ValueRow(2, "gld", "A", "2023", "1"),)


def test_columns_come_in_any_order_and_those_that_are_not_ours_are_named_and_ignored():
    header = ("value", "Region", "period", "", "area", "indicator", "Lower CI")
    found = value_rows(table(("1", "North", "2023", "x", "A", "gld", "0"), header=header))
    assert found.rows == (ValueRow(2, "gld", "A", "2023", "1"),)
    assert found.ignored == ("Region", "Lower CI")


def test_rows_keep_the_numbers_that_the_file_gave_them():
    found = value_rows(read(b"\nindicator,area,period,value\n\ngld,A,2023,1\n\n\ngld,B,2023,2\n", "a.csv"))
    assert [row.row for row in found.rows] == [4, 7]


def test_a_saved_layout_says_which_of_their_columns_is_which_and_what_every_row_is():
    found = value_rows(
        table(("E10000017", "2023", "65.2", "x"), header=("Area Code", "Time_period", "Figure", "value")),
        columns={"area_code": "area", "Time period": "period", "FIGURE": "value", "Not there": "note"},
        constants={"indicator": "gld", "breakdown": "sex: Female"},
    )
    assert found.rows == (ValueRow(2, "gld", "E10000017", "2023", "65.2", breakdown="sex: Female"),)
    assert found.ignored == ("value",)
    assert found.problems == ()


def test_a_column_goes_before_a_constant():
    found = value_rows(table(("gld", "A", "2023", "1")), constants={"indicator": "neet"})
    assert found.rows[0].indicator == "gld"


def test_what_was_made_safe_for_a_download_comes_back_as_it_was():
    note = "=not a formula"
    found = value_rows(table(("gld", "A", "2023", "-1", spreadsheet_safe(note)), header=(*HEADER, "note")))
    assert (found.rows[0].note, found.rows[0].value) == (note, "-1")


@pytest.mark.parametrize(
    ("header", "line", "sentence"),
    [
        (("indicator", "area", "period"), 1, "there is no column 'value'; the first row with anything in it names: "),
        (("indicator", "area", "period", "figure"), 3, "there is no column 'value'"),
        (("Area Code", "Time period"), 2, "there are no columns 'indicator', 'area', 'period', 'value'; "),
        (("Area Code", "Time period"), 1, "the first row with anything in it names: Area Code, Time period"),
        (("Children in Wales, 2013",), 1, "the first row with anything in it names: Children in Wales, 2013"),
        (("", "value", "period", "area"), 1, "there is no column 'indicator'"),
        (("indicator code", "value", "period", "area"), 1, "there is no column 'indicator'"),
    ],
)
def test_a_missing_column_is_one_problem_that_names_it_and_what_was_found(header, line, sentence):
    found = value_rows(table(("x",) * len(header), ("y",), header=header, header_row=line))
    (problem,) = found.problems
    assert (problem.file, problem.line) == ("a.csv", line)
    assert sentence in problem.message
    assert found.rows == ()


def test_a_column_that_the_layout_expects_is_missed_by_the_name_that_the_file_would_have_for_it():
    found = value_rows(table(("1",), header=("Figure",)), columns={"Area Code": "area", "Figure": "value"})
    assert "there are no columns 'indicator', 'Area Code', 'period'" in found.problems[0].message


def test_a_very_long_list_of_columns_is_cut():
    header = tuple(f"column number {number}" for number in range(500))
    assert len(value_rows(table(("1",), header=header)).problems[0].message) < 500


def test_two_columns_for_one_of_ours_are_a_problem():
    found = value_rows(
        table(("gld", "A", "2023", "1", "2"), header=(*HEADER, "Figure")), columns={"Figure": "value", "Value": "value"}
    )
    (problem,) = found.problems
    assert (problem.line, problem.column) == (1, "value")
    assert "the layout takes this column and 'Figure' for value" in problem.message
    assert found.rows == ()


@pytest.mark.parametrize(("columns", "constants"), [({"area": "place"}, {}), ({}, {"place": "Wales"})])
def test_a_layout_that_speaks_of_a_column_that_is_not_ours_is_a_problem(columns, constants):
    found = value_rows(table(("gld", "A", "2023", "1")), columns=columns, constants=constants)
    assert "the layout speaks of a column 'place'; ours are indicator, area, period" in found.problems[0].message
    assert found.rows == ()


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#GETTING_DATA", "Err:502"])
def test_a_cell_that_the_spreadsheet_could_not_work_out_is_a_problem_and_its_row_is_left_out(text):
    found = value_rows(table(("gld", text, "2023", "1"), ("gld", "B", "2023", "2")))
    (problem,) = found.problems
    assert (problem.file, problem.line, problem.column, problem.value) == ("a.csv", 2, "area", text)
    assert "the spreadsheet could not work this out" in problem.message
    assert [row.row for row in found.rows] == [3]


def test_a_formula_is_a_problem_at_its_cell():
    found = value_rows(table(("gld", "A", "2023", "=1+1"), header=("Indicator", "Area", "Period", "Value")))
    assert found.problems == (
        Problem("a formula, not its result: copy the column and paste its values", "a.csv", 2, "Value", "=1+1"),
    )


def test_every_spoilt_cell_of_a_row_is_named():
    found = value_rows(table(("=A1", "#REF!", "2023", "#N/A")))
    assert [problem.column for problem in found.problems] == ["indicator", "area", "value"]


@pytest.mark.parametrize("text", ["#1", "# of children", "Err: see note", "a = b"])
def test_a_text_that_only_looks_like_an_error_is_kept(text):
    found = value_rows(table(("gld", "A", "2023", "1", text), header=(*HEADER, "note")))
    assert found.rows[0].note == text


def test_an_error_in_a_column_that_is_not_ours_does_not_matter():
    found = value_rows(table(("gld", "A", "2023", "1", "#N/A"), header=(*HEADER, "Lookup")))
    assert (len(found.rows), found.problems) == (1, ())


def test_rows_with_too_many_or_too_few_cells_are_the_problems_of_the_table():
    found = value_rows(read(b"indicator,area,period,value\ngld,A,2023,1,234\ngld,B,2023,2\ngld,C\n", "a.csv"))
    assert [(problem.line, problem.message.partition(":")[0]) for problem in found.problems] == [
        (2, "the header has 4 cells and this row 5"),
        (4, "the header has 4 cells and this row 2"),
    ]
    assert [row.area for row in found.rows] == ["B"]
