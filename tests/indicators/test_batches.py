import pytest

from indicators.batches import batches
from indicators.layouts import COLUMNS, OWN, plan
from indicators.numbers import spreadsheet_safe
from indicators.scaling import scaled
from indicators.tables import Row
from partnerships.problems import Problem

HEADER = ("indicator", "area", "period", "value")
LONG = {
    "name": "long",
    "recognised_by": ["Area", "Year"],
    "area": {"columns": ["Area"]},
    "period": {"columns": ["Year"]},
    "indicator": {"constant": "gld"},
    "figures": [{"value": "Figure"}],
}


def rows(*cells: tuple[str, ...], first: int = 1) -> list[Row]:
    return [Row(number, list(texts)) for number, texts in enumerate(cells, first)]


def read(table: list[Row], layout=OWN, **options):
    """All batches of a table as one."""
    layout = plan(layout) if isinstance(layout, dict) else layout
    first, *others = batches(iter(table), layout, file="a.csv", **options)
    for batch in others:
        first.rows += batch.rows
        first.places += batch.places
        first.problems += batch.problems
        first.left_out += batch.left_out
        first.unmatched += batch.unmatched
        for ours, texts in batch.texts.items():
            first.texts[ours] += texts
    return first


def figures(batch, *columns: str) -> list[tuple[str, ...]]:
    return list(zip(*(batch.texts[column] for column in columns), strict=True))


def own(*cells: tuple[str, ...], header: tuple[str, ...] = HEADER):
    return read(rows(header, *cells))


def test_every_column_reaches_its_figure_as_text_without_outer_spaces():
    cells = ("gld", " E10000017 ", "2023/24", "65.2 [p]", "60", "70", "652", "1,000", "sex: Female", " said\nso ")
    found = own(cells, header=COLUMNS)
    assert figures(found, *COLUMNS) == [tuple(cell.strip() for cell in cells)]
    assert (found.rows, found.places, found.problems, found.left_out) == ([2], [4], [], [])
    assert found.heading.ignored == ()


@pytest.mark.parametrize(
    "header", [("Indicator", "AREA", "Period", "vaLue"), (" indicator ", "_area_", "period_", "value")]
)
def test_headers_are_read_in_any_case_and_with_spaces_and_underscores(header):
    assert figures(own(("gld", "A", "2023", "1"), header=header), *HEADER) == [("gld", "A", "2023", "1")]


def test_columns_come_in_any_order_and_those_that_are_not_ours_are_named_and_ignored():
    header = ("value", "Region", "period", "", "area", "indicator", "Lower CI")
    found = own(("1", "North", "2023", "x", "A", "gld", "0"), header=header)
    assert figures(found, *HEADER) == [("gld", "A", "2023", "1")]
    assert found.heading.ignored == ("Region", "Lower CI")
    assert found.places == [1]


def test_what_was_made_safe_for_a_download_comes_back_as_it_was():
    note = "=not a formula"
    found = own(("gld", "A", "2023", "-1", spreadsheet_safe(note)), header=(*HEADER, "note"))
    assert figures(found, "note", "value") == [(note, "-1")]


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
    found = read(rows(header, ("x",) * len(header), first=line))
    (problem,) = found.problems
    assert (problem.file, problem.line) == ("a.csv", line)
    assert sentence in problem.message
    assert found.rows == []


def test_a_very_long_list_of_columns_is_cut():
    found = own(("1",), header=tuple(f"column number {number}" for number in range(500)))
    assert len(found.problems[0].message) < 500


def test_two_columns_of_one_name_are_a_problem():
    found = own(("gld", "A", "2023", "1", "2"), header=(*HEADER, "Value"))
    assert found.problems == [Problem("two columns have this name: rename or remove one", "a.csv", 1, "Value")]


def test_nothing_and_nothing_but_a_header_are_problems():
    assert [str(problem) for problem in read([]).problems] == ["a.csv: the file is empty"]
    assert [str(problem) for problem in own().problems] == ["a.csv:1: there is a header and no row under it"]


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#GETTING_DATA", "Err:502"])
def test_a_cell_that_the_spreadsheet_could_not_work_out_is_a_problem_and_its_row_is_left_out(text):
    found = own(("gld", text, "2023", "1"), ("gld", "B", "2023", "2"))
    (problem,) = found.problems
    assert (problem.file, problem.line, problem.column, problem.value) == ("a.csv", 2, "area", text)
    assert "the spreadsheet could not work this out" in problem.message
    assert found.rows == [3]


def test_a_formula_is_a_problem_at_its_cell():
    found = own(("gld", "A", "2023", "=1+1"), header=("Indicator", "Area", "Period", "Value"))
    assert found.problems == [
        Problem("a formula, not its result: copy the column and paste its values", "a.csv", 2, "Value", "=1+1")
    ]


def test_every_spoilt_cell_of_a_row_is_named():
    assert [problem.column for problem in own(("=A1", "#REF!", "2023", "#N/A")).problems] == [
        "indicator",
        "area",
        "value",
    ]


@pytest.mark.parametrize("text", ["#1", "# of children", "Err: see note", "a = b"])
def test_a_text_that_only_looks_like_an_error_is_kept(text):
    assert own(("gld", "A", "2023", "1", text), header=(*HEADER, "note")).texts["note"] == [text]


def test_an_error_in_a_column_that_is_not_ours_does_not_matter():
    found = own(("gld", "A", "2023", "1", "#N/A"), header=(*HEADER, "Lookup"))
    assert (found.rows, found.problems) == ([2], [])


def test_rows_with_too_many_or_too_few_cells_are_problems_of_the_app_s_own_layout():
    found = own(("gld", "A", "2023", "1", "234"), ("gld", "B", "2023", "2", ""), ("gld", "C"))
    assert [(problem.line, problem.message.partition(":")[0]) for problem in found.problems] == [
        (2, "the header has 4 cells and this row 5"),
        (4, "the header has 4 cells and this row 2"),
    ]
    assert found.texts["area"] == ["B"]


def test_a_published_row_may_lack_its_empty_end_and_bear_a_remark_but_is_not_to_be_shifted():
    table = rows(
        ("Area", "Year", "Figure", ""), ("A", "2023", "1", "checked"), ("B", "2023"), ("C", "x", "2023", "1", "2")
    )
    found = read(table, {**LONG, "blank": "x"})
    assert figures(found, "area", "value") == [("A", "1"), ("B", "x")]
    assert [problem.line for problem in found.problems] == [4]


def test_a_file_comes_in_batches_and_each_list_has_one_item_a_figure():
    table = rows(HEADER, *(("gld", f"A{number}", "2023", str(number)) for number in range(10)))
    found = list(batches(iter(table), OWN, file="a.csv", size=4))
    assert [len(batch.rows) for batch in found] == [4, 4, 2]
    assert [number for batch in found for number in batch.rows] == list(range(2, 12))


def test_the_header_is_found_below_a_preamble_that_may_give_the_period():
    table = rows(("Births > Wales > Live births",), ("Year: 2023",), ("Area", "Boys", "Girls"), ("A", "1", "2"))
    layout = {
        "name": "crosstab",
        "recognised_by": ["Area"],
        "area": {"columns": ["Area"]},
        "period": {"preamble": "year:"},
        "indicator": {"preamble": ""},
        "across": {"of": "breakdown", "dimension": "sex"},
    }
    found = read(table, layout)
    assert figures(found, "indicator", "area", "period", "breakdown", "value") == [
        ("Live births", "A", "2023", "sex: Boys", "1"),
        ("Live births", "A", "2023", "sex: Girls", "2"),
    ]
    assert found.places == [2, 3]


def test_the_words_of_a_preamble_may_stand_beside_it():
    layout = {**LONG, "period": {"preamble": "Year:"}, "recognised_by": ["Area"]}
    found = read(rows(("", "Year:", "2022"), ("Area", "Figure"), ("A", "1")), layout)
    assert found.texts["period"] == ["2022"]


def test_a_header_of_two_rows_is_joined():
    layout = {**LONG, "header": {"rows": 2}, "period": {"constant": "2023"}, "recognised_by": ["Area"]}
    layout["figures"] = [{"value": "2023 Boys"}]
    found = read(rows(("", "2023", ""), ("Area", "Boys", "Girls"), ("A", "1", "2")), layout)
    assert figures(found, "area", "value") == [("A", "1")]


def test_footnote_marks_in_headers_do_not_matter():
    found = read(rows(("Area [note 1]", "Year", "Figure (2)"), ("A", "2023", "1")), LONG)
    assert figures(found, "area", "value") == [("A", "1")]


def test_the_most_specific_area_that_is_there_counts():
    layout = {**LONG, "area": {"columns": ["lad", "la", "region"]}, "recognised_by": ["region", "Year"]}
    header = ("region", "la", "lad", "Year", "Figure")
    found = read(rows(header, ("E12", "z", "", "2023", "1"), ("E12", "E10", "", "2023", "2")), layout)
    assert found.texts["area"] == ["E12", "E10"]


def test_nested_areas_stand_in_columns_without_names_the_last_one_counts():
    layout = {
        "name": "nested",
        "header": {"row": 1},
        "area": {"columns": ["unnamed columns"]},
        "period": {"constant": "2023"},
        "indicator": {"constant": "births"},
        "across": {"of": "indicator"},
        "until": ["Footnotes:"],
    }
    table = rows(
        ("", "", "Total"),
        ("Wales", "", "9"),
        ("", "Swansea", "4"),
        ("", "Powys", "."),
        ("Footnotes:",),
        ("1", "late", ""),
    )
    found = read(table, layout)
    assert figures(found, "area", "value") == [("Wales", "9"), ("Swansea", "4"), ("Powys", ".")]
    assert [(one.row, one.text, one.reason) for one in found.left_out] == [
        (5, "Footnotes:", "it stands below the table"),
        (6, "1", "it stands below the table"),
    ]


def test_names_of_areas_that_the_layout_knows_become_their_codes():
    found = read(
        rows(("Area", "Year", "Figure"), ("argyll & BUTE", "2023", "1")), {**LONG, "areas": {"Argyll & Bute": "S"}}
    )
    assert found.texts["area"] == ["S"]


def test_a_year_and_its_quarter_are_one_period_in_columns_or_across():
    layout = {**LONG, "period": {"columns": ["Year", "Quarter"]}}
    found = read(rows(("Area", "Year", "Quarter", "Figure"), ("A", "2023/24", "Q2", "1")), layout)
    assert found.texts["period"] == ["2023/24 Q2"]
    layout = {**LONG, "across": {"of": "period", "columns": ["Q1", "Q2"]}, "figures": []}
    found = read(rows(("Area", "Year", "Q1", "Q2"), ("A", "2023", "1", "2")), layout)
    assert figures(found, "period", "value") == [("2023 Q1", "1"), ("2023 Q2", "2")]


def test_periods_across_are_the_columns_whose_headers_read_as_such():
    layout = {**LONG, "across": {"of": "period"}, "figures": [], "recognised_by": ["Area"]}
    del layout["period"]
    found = read(rows(("Area", "Change", "2022/23", "20235"), ("A", "9", "1", "2")), layout)
    assert figures(found, "period", "value") == [("2022/23", "1"), ("20235", "2")]


def test_areas_across():
    layout = {**LONG, "across": {"of": "area"}, "figures": [], "recognised_by": ["Year"]}
    del layout["area"]
    found = read(rows(("Year", "Powys (1)", "Gwynedd"), ("2023", "1", "2")), layout)
    assert figures(found, "area", "value") == [("Powys", "1"), ("Gwynedd", "2")]


def test_a_figure_may_be_of_another_area_period_and_indicator_than_its_row():
    layout = {**LONG, "figures": [{"value": "Figure"}, {"value": "Scotland", "area": "S92000003", "period": "2020"}]}
    found = read(rows(("Area", "Year", "Figure", "Scotland"), ("A", "2023", "1", "2")), layout)
    assert figures(found, "area", "period", "value") == [("A", "2023", "1"), ("S92000003", "2020", "2")]


def test_groups_of_several_columns_become_one_breakdown():
    layout = {
        **LONG,
        "breakdown": {
            "columns": [{"column": "Sex", "dimension": "sex"}, {"column": "Group", "dimension_column": "Kind"}],
            "everyone": ["Total"],
            "dimensions": {"IMD 2019": "deprivation"},
        },
    }
    header = ("Area", "Year", "Sex", "Kind", "Group", "Figure")
    table = rows(
        header,
        ("A", "2023", "Total", "Total", "total", "1"),
        ("A", "2023", "Girls", "", "", "2"),
        ("A", "2023", "Girls", "Ethnicity: major", "Mixed", "3"),
        ("A", "2023", "Total", "imd 2019", "Most", "4"),
    )
    assert read(table, layout).texts["breakdown"] == [
        "",
        "sex: Girls",
        "sex, Ethnicity major: Girls, Mixed",
        "deprivation: Most",
    ]


def test_groups_across_join_those_of_the_row():
    layout = {
        **LONG,
        "breakdown": {"columns": [{"column": "Age", "dimension": "age"}], "everyone": ["All"]},
        "across": {"of": "breakdown", "dimension": "sex", "columns": ["Boys", "All"]},
        "figures": [],
    }
    found = read(
        rows(("Area", "Year", "Age", "Boys", "All"), ("A", "2023", "5", "1", "2"), ("A", "2023", "All", "3", "4")),
        layout,
    )
    assert found.texts["breakdown"] == ["age, sex: 5, Boys", "sex: Boys", "age: 5", ""]


def test_other_columns_of_words_are_groups_where_the_layout_says_so():
    layout = {
        **LONG,
        "breakdown": {"others": True, "everyone": ["Total"]},
        "across": {"of": "indicator"},
        "figures": [],
        "not_read": ["la_name"],
        "unmatched": "left out",
        "indicators": {"rate": "gld"},
    }
    del layout["indicator"]
    header = ("Area", "la_name", "Year", "school_type", "rate", "number")
    found = read(
        rows(header, ("A", "Name", "2023", "Primary", "1", "z"), ("A", "Name", "2023", "Total", "c", "2")), layout
    )
    assert figures(found, "indicator", "breakdown", "value") == [
        ("gld", "school type: Primary", "1"),
        ("gld", "", "c"),
    ]
    assert found.heading.unmatched == ("number",)


def test_headings_within_a_table_are_filled_down_from_one_batch_to_the_next():
    layout = {
        **LONG,
        "fill_down": ["Kind"],
        "breakdown": {"columns": [{"column": "Group", "dimension_column": "Kind"}], "everyone": ["All"]},
    }
    header = ("Area", "Year", "Kind", "Group", "Figure")
    table = rows(header, *(("A", "2023", kind, group, "1") for kind, group in (("", "All"), ("Sex", "F"), ("", "M"))))
    assert read(table, layout, size=1).texts["breakdown"] == ["", "Sex: F", "Sex: M"]


def test_rows_that_are_not_chosen_are_left_out_and_say_why():
    layout = {**LONG, "select": [{"column": "Level", "is": ["LA", "E07*"]}, {"column": "Year", "not": ["0"]}]}
    header = ("Area", "Level", "Year", "Figure")
    table = rows(
        header,
        ("A", "la", "2023", "1"),
        ("B", "Ward", "2023", "2"),
        ("C", "LA", "0", "3"),
        ("D", "E07000117", "2023", "4"),
    )
    found = read(table, layout)
    assert found.texts["area"] == ["A", "D"]
    assert [(one.row, one.text, one.reason) for one in found.left_out] == [
        (3, "Ward", "this layout leaves out rows where Level is 'Ward'"),
        (4, "0", "this layout leaves out rows where Year is '0'"),
    ]


def test_a_column_that_rows_are_chosen_by_may_be_missing_only_where_empty_is_chosen():
    layout = {**LONG, "select": [{"column": "Level", "is": ["LA"]}]}
    table = rows(("Area", "Year", "Figure"), ("A", "2023", "1"))
    assert "there is no column 'Level'" in read(table, layout).problems[0].message
    layout["select"] = [{"column": "Level", "is": ["", "LA"]}]
    assert read(table, layout).texts["area"] == ["A"]


def test_rows_without_any_figure_are_left_out_once():
    layout = {**LONG, "figures": [{"value": "Boys", "indicator": "b"}, {"value": "Girls", "indicator": "g"}]}
    header = ("Area", "Year", "Boys", "Girls")
    found = read(rows(header, ("A", "2023", "1", ""), ("Districts", "", " ", ""), ("B", "2023", "", "2")), layout)
    assert figures(found, "indicator", "area", "value") == [("b", "A", "1"), ("g", "B", "2")]
    assert [(one.row, one.text, one.reason) for one in found.left_out] == [
        (3, "Districts", "there is no figure in this row"),
        (4, "Boys", "the cell is empty"),
        (2, "Girls", "the cell is empty"),
    ]


@pytest.mark.parametrize(("blank", "value"), [("x", "x"), ("wrong", "")])
def test_an_empty_cell_may_mean_not_available_or_be_a_mistake(blank, value):
    found = read(rows(("Area", "Year", "Figure"), ("A", "2023", " ")), {**LONG, "blank": blank})
    assert (found.texts["value"], found.left_out) == ([value], [])


def test_what_stands_for_no_figure_in_a_file_is_left_out():
    found = read(
        rows(("Area", "Year", "Figure"), ("A", "2023", "Nil"), ("B", "2023", "c")), {**LONG, "markers": {"nil": ""}}
    )
    assert found.texts["value"] == ["c"]
    assert found.left_out[0].reason == "in this file 'Nil' stands for no figure"


def test_what_nobody_has_matched_is_left_out_and_counted():
    layout = {**LONG, "indicator": {"columns": ["Code", "Title"]}, "indicators": {"7": "gld"}, "unmatched": "left out"}
    header = ("Area", "Year", "Code", "Title", "Figure")
    found = read(rows(header, ("A", "2023", "7", "Good level", "1"), ("A", "2023", "8", "Other", "2")), layout)
    assert figures(found, "indicator", "value") == [("gld", "1")]
    assert dict(found.unmatched) == {"8 | Other": 1}
    assert found.left_out[0].reason == "no measure of this partnership is matched with '8 | Other'"


def test_without_any_matched_column_every_row_says_so():
    layout = {**LONG, "unmatched": "left out", "figures": [], "across": {"of": "indicator"}, "recognised_by": ["Area"]}
    del layout["indicator"]
    found = read(rows(("Area", "Year", "Rate"), ("A", "2023", "1")), layout)
    assert found.heading.unmatched == ("Rate",)
    assert [one.reason for one in found.left_out] == [
        "no measure of this partnership is matched with a column of this file"
    ]


def test_words_that_are_not_matched_may_be_kept_as_codes():
    layout = {**LONG, "indicator": {"columns": ["Code"]}, "indicators": {"7": "gld"}}
    found = read(rows(("Area", "Year", "Code", "Figure"), ("A", "2023", "7", "1"), ("A", "2023", "neet", "2")), layout)
    assert found.texts["indicator"] == ["gld", "neet"]


def test_values_and_limits_are_scaled_by_indicator_and_counts_are_not():
    layout = {
        **LONG,
        "indicator": {"columns": ["Code"]},
        "figures": [{"value": "Figure", "lower": "Low", "numerator": "Count"}],
        "scales": {"share": 100},
    }
    header = ("Area", "Year", "Code", "Figure", "Low", "Count")
    found = read(
        rows(header, ("A", "2023", "share", "0.652", ".6", "3"), ("A", "2023", "cost", "0.652", "", "3")), layout
    )
    assert figures(found, "value", "lower", "numerator") == [("65.2", "60", "3"), ("0.652", "", "3")]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("0.652", "65.2"),
        ("1", "100"),
        ("-0.05 [p]", "-5 [p]"),
        ("−0.5", "-50"),
        ("1,234.5", "123450"),
        ("5E-2", "5"),
        (".5", "50"),
        ("0.1234567890123456789", "12.34567890123456789"),
        ("65.2%", "65.2%"),
        ("c", "c"),
        ("", ""),
        ("-", "-"),
        ("<0.05", "<0.05"),
    ],
)
def test_a_number_is_scaled_exactly_and_as_text(text, result):
    assert scaled(text, 100) == result
    assert scaled(text, 1) == text


def test_limits_that_stand_for_none_are_empty():
    layout = {**LONG, "figures": [{"value": "Figure", "lower": "Low"}], "no_limit": ["-1"]}
    assert read(rows(("Area", "Year", "Figure", "Low"), ("A", "2023", "5", "-1")), layout).texts["lower"] == [""]


def test_a_flag_beside_a_value_goes_with_it():
    layout = {**LONG, "figures": [{"value": "Figure", "flag": "Flag"}]}
    found = read(rows(("Area", "Year", "Figure", "Flag"), ("A", "2023", "5", "u"), ("B", "2023", "6", " ")), layout)
    assert found.texts["value"] == ["5 [u]", "6"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2023/24"),
        ("2000", "1999/00"),
        ("2025 (prov)", "2024/25 (prov)"),
        ("2023/24", "2023/24"),
        ("2014-16", "2014-16"),
    ],
)
def test_a_split_year_that_is_called_by_its_end(text, period):
    layout = {**LONG, "year_ends": ["gld"]}
    assert read(rows(("Area", "Year", "Figure"), ("A", text, "5")), layout).texts["period"] == [period]
    assert read(rows(("Area", "Year", "Figure"), ("A", text, "5")), LONG).texts["period"] == [text]


def test_notes_are_joined():
    layout = {**LONG, "note": {"columns": ["Note", "Caveat"]}}
    found = read(rows(("Area", "Year", "Figure", "Note", "Caveat"), ("A", "2023", "5", "one", "two")), layout)
    assert found.texts["note"] == ["one; two"]


def test_columns_are_named_by_their_place_where_they_have_no_name():
    layout = {**LONG, "header": {"row": 1}, "area": {"columns": ["column A"]}, "recognised_by": []}
    assert read(rows(("", "Year", "Figure"), ("A", "2023", "5")), layout).texts["area"] == ["A"]
