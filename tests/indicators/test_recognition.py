import pytest

from indicators.batches import batches
from indicators.layouts import OWN, plan
from indicators.recognition import recognise
from indicators.tables import Row
from tests.indicators.shapes import shipped

WELSH = ["Flintshire", "Swansea", "Powys", "Wales"]
GLD = {"gld": ("Good level of development",)}


def rows(*cells: tuple[str, ...], first: int = 1) -> list[Row]:
    return [Row(number, list(texts)) for number, texts in enumerate(cells, first)]


def named(head: list[Row], **options) -> str:
    found = recognise(head, shipped(), **options)
    return found[0].name if found else ""


def test_the_app_s_own_layout_is_told_by_its_columns_in_any_case_and_order():
    head = rows(("", "notes"), ("Value", "AREA", "period_", "Indicator", "other"), ("1", "A", "2023", "gld", ""))
    assert recognise(head, shipped()) == (OWN, 1)


def test_nothing_is_recognised_where_a_column_is_missing():
    assert recognise(rows(("value", "area", "period"), ("1", "A", "2023")), shipped()) is None
    assert recognise([], shipped()) is None


def test_the_layout_that_asks_for_most_wins():
    few = plan({**plan_data("few"), "recognised_by": ["Area", "Year"]})
    many = plan({**plan_data("many"), "recognised_by": ["Area", "Year", "Sex"]})
    head = rows(("Area", "Year", "Sex", "Figure"))
    assert recognise(head, [few, many]) == recognise(head, [many, few]) == (many, 0)
    assert recognise(rows(("Area", "Year", "Figure")), [few, many]) == (few, 0)


def plan_data(name: str) -> dict:
    return {
        "name": name,
        "area": {"columns": ["Area"]},
        "period": {"columns": ["Year"]},
        "indicator": {"constant": "gld"},
        "figures": [{"value": "Figure"}],
    }


def test_a_table_of_explore_education_statistics_is_told_apart_from_the_general_one():
    general = ("time_period", "time_identifier", "geographic_level", "country_code", "rate")
    assert named(rows(general)) == "dfe-explore-education-statistics"
    special = (*general, "population_type", "children_count", "rate_per_10000")
    assert named(rows(special)) == "dfe-children-looked-after"


def test_a_crosstab_is_told_by_what_stands_above_it():
    head = rows(
        ("Health > Births",), ("Filters:",), ("Year: 2023",), ("", "", "Boys", "Girls"), ("Wales", "", "1", "2")
    )
    found, index = recognise(head, shipped())
    assert (found.name, index) == ("statswales-download", 3)


def test_areas_down_and_years_across_are_told_by_contents():
    head = rows(
        ("Good level of development",),
        ("", "2021/22", "2022/23 (2)", "Change"),
        ("Flintshire (1)", "60", "61", "1"),
        ("Swansea", "c", "64", ""),
        ("Elsewhere", "1", "2", "1"),
    )
    found, index = recognise(head, shipped(), areas=WELSH, indicators=GLD)
    assert (found.name, index) == ("areas-down-years-across", 1)
    (batch,) = batches(iter(head), found, file="a.csv")
    assert list(zip(*(batch.texts[name] for name in ("indicator", "area", "period", "value")), strict=True)) == [
        ("gld", "Flintshire (1)", "2021/22", "60"),
        ("gld", "Swansea", "2021/22", "c"),
        ("gld", "Elsewhere", "2021/22", "1"),
        ("gld", "Flintshire (1)", "2022/23", "61"),
        ("gld", "Swansea", "2022/23", "64"),
        ("gld", "Elsewhere", "2022/23", "2"),
    ]


def test_years_down_and_areas_across_are_told_by_contents():
    head = rows(("gld", "Flintshire", "Powys"), ("2022", "60", "61"), ("2023", "62", "63"))
    found, index = recognise(head, shipped(), areas=WELSH, indicators=GLD)
    assert (found.name, index) == ("years-down-areas-across", 0)
    (batch,) = batches(iter(head), found, file="a.csv")
    assert list(zip(*(batch.texts[name] for name in ("area", "period", "value")), strict=True)) == [
        ("Flintshire", "2022", "60"),
        ("Flintshire", "2023", "62"),
        ("Powys", "2022", "61"),
        ("Powys", "2023", "63"),
    ]


@pytest.mark.parametrize("title", ["", "Something else"])
def test_a_plain_sheet_that_does_not_name_a_measure_is_for_the_mapping_page(title):
    head = rows((title,), ("", "2022", "2023"), ("Flintshire", "60", "61"), ("Swansea", "63", "64"))
    assert not named(head, areas=WELSH, indicators=GLD)
    assert named(head, areas=WELSH, indicators=GLD, sheet="GLD") == "areas-down-years-across"


def test_a_plain_sheet_needs_areas_that_are_known_or_codes():
    head = rows(("gld", "2022", "2023"), ("Here", "60", "61"), ("There", "63", "64"))
    assert not named(head, areas=WELSH, indicators=GLD)
    head = rows(("gld", "2022", "2023"), ("W06000005", "60", "61"), ("W06000011", "63", "64"))
    assert named(head, indicators=GLD) == "areas-down-years-across"


def test_one_year_alone_is_no_sheet_of_years():
    assert not named(rows(("gld", "2022", "Change"), ("Powys", "1", "2")), areas=WELSH, indicators=GLD)
