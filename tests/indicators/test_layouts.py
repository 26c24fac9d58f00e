import json
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from indicators import shorthand
from indicators.descriptions import describe
from indicators.layouts import COLUMNS, OWN, LayoutError, data_of, plan

FILES = sorted((settings.FIXTURES_DIR / "layouts").glob("*.yaml"))
PLAIN = {
    "name": "plain",
    "area": {"columns": ["Area"]},
    "period": {"columns": ["Year"]},
    "indicator": {"constant": "gld"},
    "figures": [{"value": "Figure"}],
}


def read(file: Path) -> dict:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def codes() -> set[str]:
    files = (settings.FIXTURES_DIR / "indicators").glob("*.yaml")
    return {one["code"] for file in files for one in read(file)["indicators"]}


def test_the_columns_are_those_of_the_contract():
    assert list(COLUMNS) == [
        "indicator",
        "area",
        "period",
        "value",
        "lower",
        "upper",
        "numerator",
        "denominator",
        "breakdown",
        "note",
    ]
    assert OWN.columns == frozenset(COLUMNS)
    assert OWN.is_own
    assert OWN.names == {ours: ours for ours in COLUMNS}
    assert OWN.markers is None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_layout_is_valid_named_for_its_file_and_survives_being_written_out(file):
    data = read(file)
    made = plan(data)
    assert made.name == file.stem
    assert made.title
    assert plan(json.loads(json.dumps(data_of(made)))) == made
    assert data_of(made) == data
    assert describe(made)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_layout_matches_only_measures_of_the_catalogue(file):
    made = plan(read(file))
    assert set(made.indicators.values()) <= codes()
    assert set(made.year_ends) <= set(made.indicators.values())
    assert {same for same in made.scales if made.code_of(same)} <= set(made.scales)


def test_a_layout_of_everything_survives_being_written_out():
    data = {
        "name": "all-of-it",
        "title": "All of it",
        "publisher": "Somebody",
        "recognised_by": ["Area", "Figure"],
        "header": {"rows": 2, "row": 4},
        "sheet": "Data",
        "select": [{"column": "Level", "is": ["LA"]}, {"column": "Sex", "not": ["Unknown"]}],
        "until": ["Notes"],
        "area": {"columns": ["Code", "Area"]},
        "period": {"preamble": ""},
        "indicator": {"columns": ["Measure", "Unit"]},
        "breakdown": {
            "columns": [{"column": "Sex", "dimension": "sex"}, {"column": "Group", "dimension_column": "Kind"}],
            "everyone": ["Total"],
            "dimensions": {"IMD": "deprivation"},
            "others": True,
        },
        "note": {"columns": ["Note"]},
        "figures": [
            {"value": "Figure", "lower": "Low", "upper": "High", "flag": "Flag", "scale": 100, "area": "S92000003"}
        ],
        "across": {"of": "breakdown", "dimension": "age", "columns": ["5", "6"]},
        "fill_down": ["Area"],
        "not_read": ["Id"],
        "indicators": {"Good level": "gld"},
        "areas": {"Argyll & Bute": "S12000035"},
        "scales": {"Good level": 100},
        "year_ends": ["gld"],
        "no_limit": ["-1"],
        "periods": "years",
        "markers": {"-": "x", "nil": ""},
        "blank": "x",
        "repeats": "same left out",
        "unmatched": "left out",
    }
    made = plan(data)
    assert data_of(made) == data
    assert plan(data_of(made)) == made
    assert made.columns == frozenset(("indicator", "area", "period", "value", "lower", "upper", "breakdown", "note"))


def test_markers_are_those_of_published_files_with_what_the_layout_says_of_its_own():
    made = plan({**PLAIN, "markers": {"-": "z", "Nil": ""}})
    assert made.markers["-"] == "z"
    assert made.markers["nil"] == ""
    assert made.markers["*"] == shorthand.PUBLISHED["*"] == "c"
    assert {"", "nil"} <= made.nothing
    assert "" not in plan({**PLAIN, "blank": "wrong"}).markers


def test_a_word_is_matched_as_a_whole_or_by_one_of_its_parts_in_any_spelling():
    made = plan({**PLAIN, "indicators": {"90284": "injuries", "Children | Boys": "boys", "FSP_new": "gld"}})
    assert made.code_of("90284 | Admissions of children") == "injuries"
    assert made.code_of("children | boys") == "boys"
    assert made.code_of("fsp NEW") == "gld"
    assert made.code_of("Boys") is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "Not A Slug"}, "name: This must be small letters, digits and single hyphens"),
        ({"areas": {"a": 1}}, "This must be text: put it in quotes."),
        ({"blank": "maybe"}, "blank: This must be one of: left out, x, wrong."),
        ({"colums": []}, "colums: This key is not known here. Did you mean “area”?"),
        ({"area": {"columns": [], "constant": "x"}}, "area: "),
        ({"figures": [{"lower": "x"}]}, "value: This key is missing."),
        ({"markers": {"-": "nothing"}}, "-: This must be one of"),
        ({"header": {"rows": 9}}, "rows: This must be 5 or less."),
        ({"figures": []}, "figures: say which columns hold the values, or what runs across the columns"),
        ({"across": {"of": "breakdown"}}, "across: say what the columns break down"),
    ],
)
def test_what_is_wrong_with_a_layout_is_said_with_its_place(change, sentence):
    with pytest.raises(LayoutError) as error:
        plan({**PLAIN, **change})
    assert sentence.split(" Did")[0] in str(error.value)


@pytest.mark.parametrize("part", ["area", "period"])
def test_a_layout_says_where_area_and_period_stand(part):
    data = {key: value for key, value in PLAIN.items() if key != part}
    with pytest.raises(LayoutError, match=f"{part}: say in which columns the {part} stands"):
        plan(data)
    assert plan({**data, "figures": [{"value": "Figure", part: "S92000003"}]})


def test_figures_of_several_groups_across_need_an_indicator():
    data = {**PLAIN, "across": {"of": "period"}, "figures": []}
    del data["period"], data["indicator"]
    with pytest.raises(LayoutError, match="indicator: say"):
        plan(data)


def test_a_layout_is_told_in_sentences():
    data = {
        **PLAIN,
        "recognised_by": ["Area", "Year"],
        "select": [{"column": "Level", "is": ["LA"]}, {"column": "Sex", "not": ["Unknown"]}],
        "breakdown": {"columns": [{"column": "Sex", "dimension": "sex"}], "everyone": ["All"]},
        "figures": [{"value": "Share", "lower": "Low", "scale": 100}],
        "markers": {"-": "x"},
        "repeats": "same left out",
    }
    assert describe(plan(data)) == [
        "A file is recognised by the columns “Area”, “Year”.",
        "Only rows whose “Level” is “LA” are read.",
        "Rows whose “Sex” is “Unknown” are left out.",
        "The area stands in “Area”.",
        "The period stands in “Year”.",
        "The indicator of every figure is gld.",
        "“Sex” says which group a figure is for, by sex.",
        "“All” means everyone.",
        "“Share” holds values, with “Low” (lower limit) beside them, multiplied by 100.",
        "“-” means x.",
        "Empty cells are left out.",
        "A row that says the same as an earlier one is left out.",
    ]


def test_what_runs_across_and_stands_above_is_told_too():
    data = {
        "name": "crosstab",
        "recognised_above": ["Filters:"],
        "until": ["Footnotes:"],
        "area": {"columns": ["unnamed columns"]},
        "period": {"preamble": "Year:"},
        "indicator": {"preamble": ""},
        "across": {"of": "breakdown", "dimension": "weight"},
        "fill_down": ["column A"],
        "header": {"rows": 2, "row": 6},
        "unmatched": "left out",
    }
    assert describe(plan(data)) == [
        "A file is recognised by what stands above the table: “Filters:”.",
        "The header is in row 6.",
        "The header takes 2 rows.",
        "What stands below “Footnotes:” is left out.",
        "An empty cell of “column A” means the same as the cell above.",
        "The area stands in the columns without a name.",
        "The period stands above the table, after “Year:”.",
        "The indicator is named by the title above the table.",
        "Every further column whose header is a group by weight holds values.",
        "Figures of indicators that are not matched are left out.",
        "Empty cells are left out.",
    ]
