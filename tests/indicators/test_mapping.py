"""The choices of the mapping page and the data of layouts: each makes the other again."""

import pytest
import yaml
from django.conf import settings

from indicators import layouts
from indicators.layouts import LayoutError
from indicators.mapping import choices_of, data_of, field_of, key, recognised, said, with_header
from indicators.tables import Row

NAMES = ("Area Code", "Area", "Year", "Measure", "Sex", "Value", "Lower", "Upper", "Note", "2023", "2024")
LONG = {
    "name": "long",
    "area": {"columns": ["Area Code", "Area"]},
    "period": {"columns": ["Year"]},
    "indicator": {"columns": ["Measure"]},
    "breakdown": {"columns": [{"column": "Sex", "dimension": "sex"}], "everyone": ["All", "Persons"]},
    "figures": [{"value": "Value", "lower": "Lower", "upper": "Upper", "scale": 100.0}],
    "note": {"columns": ["Note"]},
    "indicators": {"Births": "live-births"},
    "areas": {"Ashbee": "E07000901"},
    "select": [{"column": "Sex", "not": ["Unknown", "E07*"]}],
    "markers": {"<5": "c", "-": ""},
    "fill_down": ["Area"],
    "blank": "x",
    "repeats": "same left out",
    "periods": "years",
    "unmatched": "left out",
    "recognised_by": ["Area Code", "Area", "Year", "Measure", "Value"],
}
CHOICES = {
    "area_1": "c:Area Code",
    "area_2": "c:Area",
    "period_1": "c:Year",
    "indicator_1": "c:Measure",
    "group_1": "Sex",
    "dimension_1": "sex",
    "everyone": "All\nPersons",
    "value_5": "given",
    "lower_5": "Lower",
    "upper_5": "Upper",
    "scale_5": "100",
    "note_1": "Note",
    "fill_1": "Area",
    "select_column": "Sex",
    "select_kind": "not",
    "select_texts": "Unknown\nE07*",
    "markers": "<5 = c\n- =",
    "blank": "x",
    "repeats": "same left out",
    "periods": "years",
    key("word", "Births"): "live-births",
    key("place", "Ashbee"): "E07000901",
}
CONSTANTS = {
    "name": "constants",
    "area": {"constant": "E92000001"},
    "period": {"constant": "2023/24"},
    "indicator": {"constant": "live-births"},
    "figures": [{"value": "Value"}],
}
ACROSS = {
    "name": "across",
    "area": {"columns": ["Area Code"]},
    "indicator": {"constant": "live-births"},
    "across": {"of": "period"},
}
WIDE = {
    "name": "wide",
    "area": {"columns": ["Area Code"]},
    "period": {"preamble": "Year:"},
    "figures": [{"value": "Value", "indicator": "live-births"}, {"value": "Upper", "indicator": "infant-deaths"}],
    "unmatched": "left out",
    "recognised_by": ["Area Code", "Value", "Upper"],
}
DATA = {"long": LONG, "constants": CONSTANTS, "across": ACROSS, "wide": WIDE}
WORDS = ("Births", "Deaths", "Ashbee")


def test_a_layout_as_choices():
    assert choices_of(LONG, NAMES, WORDS) == CHOICES
    assert choices_of(CONSTANTS, NAMES) == {
        "area_1": "k:E92000001",
        "period_1": "text",
        "period_text": "2023/24",
        "indicator_1": "k:live-births",
        "value_5": "given",
    }
    assert choices_of(ACROSS, NAMES) == {
        "area_1": "c:Area Code",
        "indicator_1": "k:live-births",
        "across": "period",
        "value_9": "given",
        "value_10": "given",
    }
    assert choices_of(WIDE, NAMES) == {
        "area_1": "c:Area Code",
        "period_1": "above",
        "value_5": "k:live-births",
        "value_7": "k:infant-deaths",
    }


@pytest.mark.parametrize("name", DATA)
def test_unchanged_choices_leave_the_layout_as_it_is(name):
    data = DATA[name]
    assert data_of(data, choices_of(data, NAMES, WORDS), NAMES, WORDS) == data


@pytest.mark.parametrize("name", DATA)
def test_choices_make_the_same_layout_without_it(name):
    """Only what stands above the table, for which the page has no words of its own, comes from the layout before."""
    data = DATA[name]
    base = {"name": data["name"], **({"period": data["period"]} if "preamble" in data.get("period", {}) else {})}
    made = data_of(base, choices_of(data, NAMES, WORDS), NAMES, WORDS)
    made.pop("recognised_by", None)
    assert made == {name: value for name, value in data.items() if name != "recognised_by"}
    assert layouts.plan(made)


@pytest.mark.parametrize("path", sorted((settings.FIXTURES_DIR / "layouts").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_layout_can_be_edited_and_still_be_read(path):
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    chosen = choices_of(data, NAMES)
    assert data_of(data, chosen, NAMES) == data
    changed = data_of(data, {**chosen, "note_1": "Note", "blank": "x"}, NAMES)
    assert (changed["note"], changed["blank"]) == ({"columns": ["Note"]}, "x")
    for kept in ("scales", "year_ends", "areas", "publisher", "until"):
        assert changed.get(kept) == data.get(kept)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"area_1": "k:E92000001", "area_2": ""}, {"area": {"constant": "E92000001"}}),
        ({"period_1": "text", "period_text": " 2023 "}, {"period": {"constant": "2023"}}),
        ({"indicator_1": "k:live-births"}, {"indicator": {"constant": "live-births"}}),
        ({"value_5": "k:live-births", "scale_5": "1", "lower_5": "", "upper_5": ""},
         {"figures": [{"value": "Value", "indicator": "live-births"}]}),
        ({"value_5": "", "value_9": "given", "value_10": "given", "across": "period"}, {"across": {"of": "period"}}),
        ({"value_9": "given", "across": "period", "value_5": ""}, {"across": {"of": "period", "columns": ["2023"]}}),
        ({"value_9": "given", "value_10": "given", "across": "breakdown", "across_dimension": "sex", "value_5": ""},
         {"across": {"of": "breakdown", "dimension": "sex", "columns": ["2023", "2024"]}}),
        ({"group_2": "Area", "dimension_2": ""},
         {"breakdown": {"columns": [{"column": "Sex", "dimension": "sex"}, {"column": "Area"}],
                        "everyone": ["All", "Persons"]}}),
        ({key("word", "Deaths"): "infant-deaths"},
         {"indicators": {"Births": "live-births", "Deaths": "infant-deaths"}}),
        ({key("word", "Births"): ""}, {"indicators": None}),
        ({"everyone": "All\r\nBoth\r\n"}, {"breakdown": {"columns": [{"column": "Sex", "dimension": "sex"}],
                                                         "everyone": ["All", "Both"]}}),
        ({"select_texts": ""}, {"select": None}),
        ({"markers": "a=b = x"}, {"markers": {"a=b": "x"}}),
        ({"blank": "wrong"}, {"blank": "wrong"}),
    ],
)  # fmt: skip
def test_a_choice_changes_what_it_is_about(changed, expected):
    made = data_of(LONG, {**CHOICES, **changed}, NAMES, WORDS)
    assert {name: made.get(name) for name in expected} == expected


def test_a_word_of_another_file_stays_matched():
    made = data_of(LONG, {**CHOICES, key("word", "Deaths"): "infant-deaths"}, NAMES, ["Deaths"])
    assert made["indicators"] == {"Births": "live-births", "Deaths": "infant-deaths"}


def test_a_dimension_in_a_column_of_its_own_stays():
    data = {"name": "x", "breakdown": {"columns": [{"column": "Sex", "dimension_column": "Measure"}]}}
    chosen = choices_of(data, NAMES)
    assert data_of(data, {**chosen, "blank": "x"}, NAMES)["breakdown"] == data["breakdown"]
    typed = data_of(data, {**chosen, "dimension_1": "sex"}, NAMES)["breakdown"]
    assert typed == {"columns": [{"column": "Sex", "dimension": "sex"}]}


def test_columns_are_chosen_as_this_file_spells_them():
    data = {"name": "x", "area": {"columns": ["AREA_CODE", "column C"]}, "figures": [{"value": "value"}]}
    chosen = choices_of(data, NAMES)
    assert chosen == {"area_1": "c:Area Code", "area_2": "c:column C", "value_5": "given"}


def test_empty_choices_are_none():
    assert said({"area_1": " ", "scale_3": "1", "blank": "left out", "note_1": "Note"}) == {"note_1": "Note"}


def test_next_years_file_is_known_by_what_is_needed_of_it():
    assert recognised(WIDE) == {"recognised_by": ["Area Code", "Value", "Upper"]}
    assert recognised({"area": {"columns": ["column A"]}, "figures": [{"value": "Value"}]}) == {}
    assert recognised({**WIDE, "recognised_above": ["Title:"]}) == {}
    figures = [{"value": name, "indicator": "live-births"} for name in NAMES]
    assert len(recognised({"figures": figures})["recognised_by"]) == 4


def test_the_header_is_where_somebody_said_that_it_is():
    head = [Row(1, ["Year", "Value"]), Row(4, ["Year", "Value"]), Row(5, ["2023", "1"])]
    data = {"name": "x", "recognised_by": ["Year", "Value"]}
    assert with_header(data, head, 0, 1) == data
    assert with_header(data, head, 1, 1) == {"name": "x", "header": {"rows": 1, "row": 4}}
    assert with_header({"name": "x"}, head, 1, 2) == {"name": "x", "header": {"rows": 2, "row": 4}}


def test_a_sentence_stands_beside_the_field_that_it_is_about():
    fields = ["area_1", "period_1", "indicator_1", "across", "across_dimension", "value_3", "group_1", "note_1"]
    with pytest.raises(LayoutError) as caught:
        layouts.plan({"name": "x"})
    assert [field_of(sentence, fields) for sentence in caught.value.sentences] == ["value_3", "area_1", "period_1"]
    assert field_of("breakdown.columns[0]: wrong", fields) == "group_1"
    assert field_of("something else", fields) is None
