import pytest

from indicators.layouts import plan
from indicators.matching import candidates, unmatched
from indicators.proposals import propose
from indicators.tables import Row, guess_header

AREAS = {
    "W06000005": ("Flintshire", "Sir y Fflint"),
    "W06000011": ("Swansea", "Abertawe"),
    "W06000023": ("Powys",),
    "E10000017": ("Lancashire",),
    "E12000002": ("North West",),
    "E92000001": ("England",),
}
INDICATORS = {"gld": "Good level of development", "neet-16-17": "16 and 17-year-olds not in education"}


def rows(*cells: tuple[str, ...]) -> list[Row]:
    return [Row(number, list(texts)) for number, texts in enumerate(cells, 1)]


def proposed(*cells: tuple[str, ...], header: tuple[int, int] | None = None, **options) -> dict:
    head = rows(*cells)
    return propose(head, header or guess_header(head), indicators=INDICATORS, areas=AREAS, **options)


def test_a_long_table_is_told_by_names_and_contents_and_makes_a_layout():
    data = proposed(
        (
            "Authority",
            "Authority name",
            "Time period",
            "Measure",
            "Sex",
            "Rate",
            "Lower CI",
            "Upper CI",
            "Count",
            "Notes",
        ),
        ("W06000005", "Flintshire", "2022/23", "Good level of development", "Total", "61.5", "60", "63", "615", ""),
        ("W06000005", "Flintshire", "2022/23", "Good level of development", "Girls", "*", "", "", "*", "few"),
        ("W06000011", "Swansea", "2022/23", "Something else", "Boys", "50.1", "48", "52", "500", ""),
        ("W06000011", "Swansea", "2021/22", "Something else", "Total", "49.1", "47", "52", "500", ""),
    )
    assert data == {
        "name": "proposal",
        "recognised_by": ["Authority", "Time period", "Measure", "Rate"],
        "area": {"columns": ["Authority"]},
        "period": {"columns": ["Time period"]},
        "indicator": {"columns": ["Measure"]},
        "breakdown": {"columns": [{"column": "Sex", "dimension": "sex"}], "everyone": ["Total"]},
        "note": {"columns": ["Notes"]},
        "figures": [{"value": "Rate", "lower": "Lower CI", "upper": "Upper CI", "numerator": "Count"}],
        "indicators": {"Good level of development": "gld"},
        "unmatched": "left out",
        "markers": {"*": "c"},
        "repeats": "same left out",
    }
    assert plan(data)


def test_codes_go_before_numbers_and_names_and_the_most_specific_first():
    data = proposed(
        ("country_code", "region_code", "la_code", "old_la_code", "la_name", "year", "gld"),
        ("E92000001", "", "", "", "", "2023", "60"),
        ("E92000001", "E12000002", "", "", "", "2023", "61"),
        ("E92000001", "E12000002", "E10000017", "888", "Lancashire", "2023", "62"),
        ("E92000001", "E12000002", "E06000008", "889", "Blackburn with Darwen", "2023", "62"),
    )
    assert data["area"] == {"columns": ["la_code", "region_code", "country_code"]}


def test_numbers_of_authorities_are_areas_and_the_names_beside_them_fill_the_gaps():
    data = proposed(
        ("LA Number", "", "Number of boys at 31 March 2010", "Number of girls in 2009"),
        ("", "England", "10", "11"),
        ("888", "Lancs", "3", "4"),
        ("889", "Blackburn", "3", "x"),
    )
    assert data["area"] == {"columns": ["LA Number", "column B"]}
    assert data["period"] == {"constant": "2010"}
    assert data["markers"] == {"x": "x"}


def test_a_year_and_its_quarter_are_one_period():
    header = ("area_code", "Year", "Quarter", "Rate")
    data = proposed(header, ("W06000005", "2013/2014", "Q2", "97.6"), ("W06000011", "2013/2014", "Q3", "97.2"))
    assert data["period"] == {"columns": ["Year", "Quarter"]}
    header = ("area_code", "Month", "Year", "Rate")
    data = proposed(header, ("W06000005", "March", "2023", "97.6"), ("W06000011", "April", "2023", "97.2"))
    assert data["period"] == {"columns": ["Year", "Month"]}


def test_pooled_years_that_could_be_months_are_years():
    data = proposed(("Area", "Period", "Rate"), ("Powys", "2009-11", "1.5"), ("Swansea", "2014-16", "2.5"))
    assert data["periods"] == "years"
    assert "periods" not in proposed(("Area", "Period", "Rate"), ("Powys", "2009", "1.5"), ("Swansea", "2010", "2.5"))


def test_counts_are_not_taken_for_years():
    data = proposed(("area", "children", "rate"), ("Powys", "2013", "5.1"), ("Swansea", "4102", "6.2"))
    assert "period" not in data
    assert [figure["value"] for figure in data["figures"]] == ["children", "rate"]


def test_years_across_and_one_area_above():
    data = proposed(
        ("Good level of development, Flintshire",),
        ("Sex", "2022", "2023"),
        ("Boys", "60", "61"),
        ("Girls", "62", "63"),
        ("All", "61", "62"),
    )
    assert data["across"] == {"of": "period"}
    assert data["area"] == {"constant": "W06000005"}
    assert data["breakdown"] == {"columns": [{"column": "Sex", "dimension": "sex"}], "everyone": ["All"]}
    assert data["header"] == {"row": 2}
    assert "indicator" not in data


def test_areas_across():
    data = proposed(("Year", "Flintshire", "Swansea", "Powys"), ("2022", "1", "2", "3"), ("2023", "4", "5", "6"))
    assert data["across"] == {"of": "area", "columns": ["Flintshire", "Swansea", "Powys"]}
    assert data["period"] == {"columns": ["Year"]}
    assert "area" not in data


def test_headings_that_hold_for_the_rows_below_them_are_filled_down():
    data = proposed(
        ("", "", "2022", "2023"),
        ("", "All", "9", "9"),
        ("Gender", "Female", "4", "<5"),
        ("", "Male", "5", "5"),
        ("Age", "0-14", "1", "1"),
        ("", "15-24", "8", "8"),
        header=(0, 1),
    )
    assert data["fill_down"] == ["column A"]
    assert data["breakdown"] == {
        "columns": [{"column": "column B", "dimension_column": "column A"}],
        "everyone": ["All"],
    }
    assert data["markers"] == {"<5": "c"}


def test_the_period_stands_above_the_table():
    data = proposed(("Filters:",), ("Year: 2023",), ("Area", "Rate"), ("Powys", "1"), ("Swansea", "2"), header=(2, 1))
    assert data["period"] == {"preamble": "Year:"}


@pytest.mark.parametrize(
    ("multiplier", "figures", "scale"),
    [(100, ("0.61", "0.7"), 100), (100, ("61", "0.7"), None), (1000, ("0.61", "0.7"), None), (100, ("0", "1"), None)],
)
def test_shares_of_one_are_multiplied_where_the_measure_is_per_cent(multiplier, figures, scale):
    data = proposed(
        ("Area", "Year", "Good level of development"),
        ("Powys", "2023", figures[0]),
        ("Swansea", "2023", figures[1]),
        multipliers={"gld": multiplier},
    )
    assert data["indicator"] == {"constant": "gld"}
    assert data["figures"][0].get("scale") == scale


def test_several_measures_have_each_their_own_column_and_what_shares_a_word_with_it():
    data = proposed(
        ("ONS_Code", "Year", "PCV_12m", "PCV_24m", "Population_12m", "Population_24m", "flag"),
        ("W06000005", "2023", "97.6", "NA", "100", "120", ""),
        ("W06000011", "2023", "97.1", "96.0", "150", "160", "u"),
    )
    assert data["figures"][:2] == [
        {"value": "PCV_12m", "denominator": "Population_12m", "flag": "flag"},
        {"value": "PCV_24m", "denominator": "Population_24m", "flag": "flag"},
    ]
    assert data["unmatched"] == "left out"


def test_codes_of_measures_in_a_column_are_kept():
    data = proposed(
        ("Area", "Year", "Indicator", "Figure"), ("Powys", "2023", "gld", "1"), ("Swansea", "2023", "gld", "2")
    )
    assert data["indicator"] == {"columns": ["Indicator"]}
    assert data["unmatched"] == "kept"


def test_rows_of_notes_below_a_table_do_not_mislead():
    data = proposed(
        ("Area", "2022", "2023"), ("Powys", "1", "2"), ("Swansea", "3", "4"), ("Source: council",), ("1 provisional",)
    )
    assert data["area"] == {"columns": ["Area"]}
    assert data["across"] == {"of": "period"}


def test_a_table_of_nothing_known_still_gets_a_proposal():
    data = proposed(("a", "b"), ("x", "y"))
    assert data["name"] == "proposal"
    assert "area" not in data


def test_candidates_are_the_likeliest_names_best_first():
    assert candidates("Sir y Ffint", AREAS)[0][0] == "W06000005"
    assert candidates("Swansea (2)", AREAS)[0] == ("W06000011", 100)
    assert candidates("good level of develpment", {code: (name,) for code, name in INDICATORS.items()})[0][0] == "gld"
    assert candidates("§", AREAS) == []
    assert len(candidates("e", AREAS, most=2)) <= 2


def test_what_nobody_knows_is_listed_once_with_its_number_of_figures():
    layout = plan(
        {
            "name": "long",
            "recognised_by": ["Area", "Year"],
            "area": {"columns": ["Area"]},
            "period": {"columns": ["Year"]},
            "indicator": {"columns": ["Measure"]},
            "figures": [{"value": "Figure"}],
            "indicators": {"Level": "gld"},
            "unmatched": "left out",
        }
    )
    table = rows(
        ("Area", "Year", "Measure", "Figure"),
        ("Powys", "2023", "Level", "1"),
        ("Powis", "2023", "Level", "2"),
        ("Powis", "2022", "Level", "2"),
        ("Nowhere", "2022", "Other", "2"),
        ("E06000001", "2022", "neet", "2"),
    )
    known = [text for code, names in AREAS.items() for text in (code, *names)]
    found = unmatched(table, layout, file="a.csv", indicators={"neet"}, areas=known)
    assert dict(found.indicators) == {"Other": 1}
    assert dict(found.areas) == {"Powis": 2}


def test_columns_of_values_that_nobody_has_matched_are_listed_by_their_names():
    layout = plan(
        {
            "name": "wide",
            "recognised_by": ["Area", "Year"],
            "area": {"columns": ["Area"]},
            "period": {"columns": ["Year"]},
            "across": {"of": "indicator"},
            "unmatched": "left out",
        }
    )
    table = rows(("Area", "Year", "Rate", "Share"), ("Powys", "2023", "1", ""), ("Swansea", "2023", "1", "2"))
    assert dict(unmatched(table, layout, file="a.csv").indicators) == {"Rate": 2, "Share": 1}
