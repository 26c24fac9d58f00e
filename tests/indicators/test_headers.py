import pytest

from indicators.headers import clean_name, guess_header, header_names, letters, same_name
from indicators.rows import Row


def table(text: str) -> list[Row]:
    """One row a line, cells between bars; blank lines count and are not rows."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    return [Row(number, cells) for number, cells in enumerate(lines, 1) if any(cells)]


@pytest.mark.parametrize("spelling", ["Area Code", "area_code", " AREA  code ", "Area_ Code"])
def test_spellings_of_one_column_name_are_the_same(spelling):
    assert same_name(spelling) == "area code"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Flintshire (1)", "Flintshire"),
        ("Flintshire(1)", "Flintshire"),
        ("Flintshire (1)(2)", "Flintshire"),
        ("Flintshire (1, 2)", "Flintshire"),
        ("Flintshire [note 2]", "Flintshire"),
        ("Flintshire [Notes 1 and 2]", "Flintshire"),
        ("Flintshire (see note 3)", "Flintshire"),
        ("Flintshire [1]", "Flintshire"),
        ("Wales [r]", "Wales"),
        ("2024 [provisional]", "2024"),
        ("ENGLAND AND WALES6", "ENGLAND AND WALES"),
        ("Flintshire1,2", "Flintshire"),
        ("Stoke-on-Trent3", "Stoke-on-Trent"),
        ("Ynys Môn12", "Ynys Môn12"),
        ("Total*", "Total"),
        ("Total **", "Total"),
        ("* Flintshire", "Flintshire"),
        ("Wales†", "Wales"),
        ("Area¹", "Area"),
        ("Area ¹,²", "Area"),
        ("Area [note\u00a01]", "Area"),
        ("  Not \u00a0 stated\u200b (1) ", "Not stated"),
    ],
)
def test_a_name_is_cleaned_of_the_marks_of_its_footnotes(text, name):
    assert clean_name(text) == name
    assert clean_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("Key stage 2", "Key Stage2", "Year 6", "Year6", "Year 2023", "2023", "0-14", "15+", "Under 18", "Under18"),
        *("PM2.5", "PM10", "NO2", "E06000001", "W06000005", "Attainment 8", "Progress 8", "Attainment8", "COVID19"),
        *("MMR1", "PCV2", "DTaPIPVHib3", "MenC1", "Level 3", "Band D", "Persons per km²", "Area (km²)", "2023/24"),
        *("Flintshire (Sir y Fflint)", "Life expectancy (F)", "Rate [per 1,000]", "Children (0-15)", "Cohort (2019)"),
        *("Bristol, City of", "St. Helens", "3000-3999g", "Q1", "5 A*-C", "GCSE5", "888", "888.0", "Ward 12"),
        *("(1)", "*", "[note 1]", "¹", ""),
    ],
)
def test_numbers_that_mean_something_stay_and_so_does_a_text_of_nothing_but_marks(name):
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("area|value", ("area", "value")),
        ("  Area   code |value||", ("Area code", "value")),
        ("||2014|2015", ("column A", "column B", "2014", "2015")),
        ("SN1|SNP|SN2|snp|SNP (2)|SNP", ("SN1", "SNP", "SN2", "snp (2)", "SNP (2) (2)", "SNP (3)")),
        ("Area|2022|2022|2023|2023\nArea|Boys|Girls|Boys|Girls", "Area,2022 Boys,2022 Girls,2023 Boys,2023 Girls"),
        ("|2022||2023|\nArea|Boys|Girls|Boys|Girls", "Area,2022 Boys,2022 Girls,2023 Boys,2023 Girls"),
        ("Area|2022|2022|\n|Boys|Girls|Notes", "Area,2022 Boys,2022 Girls,Notes"),
        (
            "|Pupils|||\n|2022||2023|\nArea|Boys|Girls|Boys|Girls",
            "Area,Pupils 2022 Boys,Pupils 2022 Girls,Pupils 2023 Boys,Pupils 2023 Girls",
        ),
        ("Area|Rate\n|per 1,000|%", ("Area", "Rate per 1,000", "Rate %")),
    ],
)
def test_header_rows_become_one_name_a_column(text, names):
    assert header_names(table(text)) == (tuple(names.split(",")) if isinstance(names, str) else names)


def test_no_header_has_no_names():
    assert header_names([]) == ()


def test_columns_without_a_name_are_called_as_in_a_spreadsheet():
    assert [letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


OWN = "indicator|area|period|value\ngld|E10000017|2023/24|c\ngld|E06000008|2023/24|c"
STATSWALES = """
Health > Births by birth weight|||
Births by birth weight|||

Filters:|||
Year: 2023|||

||<2000g|2000-2499g|Not stated (1)
Wales||684|1335|71
Wales|Powys|21|35|.
|Gwynedd|23|37|3
"""
NUMBERED_COLUMNS = "A|B|C|4|5\n1|2|3|4|5\nLA num|LA Name|GOReg|SN1|SNP\n301|Barking|London|308|Close"
PLAIN = "Area|2022|2023\nConwy|1|2\nPowys|3|4"
GROUPED = "Area|2022||2023|\n|Boys|Girls|Boys|Girls\nConwy|1|2|3|4\nPowys|5|6|7|8"
MERGED = "Births|Births|Births\nArea|2023|2023\nArea|Boys|Girls\nConwy|1|2\nPowys|3|4"
GROUPS_ABOVE = "Table 1: pupils||||\n||Percentage of pupils||\nCode|Name|Boys|Girls|All\nW06000001|Môn|1|2|3"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (OWN, (0, 1)),
        (STATSWALES, (4, 1)),
        (NUMBERED_COLUMNS, (2, 1)),
        ("||2014|2015\n|All|45876|47514\nGender|Female|26468|28129", (0, 1)),
        ("LA Number||Boys|Girls\n|England|25,310|17,600\n301|Barking|x|8", (0, 1)),
        (PLAIN, (0, 1)),
        ("Area|2022|2023\nConwy|x|c\nPowys|..|<5", (0, 1)),
        ("Source:|StatsWales|\nArea|Period|Value\nConwy|2023|5", (1, 1)),
        ("Births\n" + PLAIN, (1, 1)),
        (GROUPED, (0, 2)),
        (MERGED, (1, 2)),
        (GROUPS_ABOVE, (1, 2)),
        ("|2022||2023|\nArea|Boys|Girls|Boys|Girls\nConwy|1|2|3|4", (0, 2)),
        ("|||2023\nArea|Boys|Girls|All\nConwy|1|2|3", (0, 2)),
        ("Area\nConwy", (0, 1)),
        ("1|2\n3|4", (0, 1)),
        ("Ages|0|1|2|3\nConwy|5|6|7|8", (0, 1)),
    ],
)
def test_the_header_is_found_below_titles_and_with_the_rows_that_group_it(text, where):
    assert guess_header(table(text)) == where


def test_nothing_has_its_header_in_the_first_row():
    assert guess_header([]) == (0, 1)
