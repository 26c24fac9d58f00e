"""What fixtures/values promises: whole, traceable, and enough of it for every place."""

from pathlib import Path

import pandas
import pytest
import yaml
from django.conf import settings

from indicators import periods as periods_of
from indicators.figures import Yardstick
from indicators.series import Point, Series
from indicators.sums import combined

FIXTURES = Path(settings.FIXTURES_DIR)
DISTRICTS = [f"E0700{number:04}" for number in range(117, 129)]
PATHFINDERS = ["W06000019", "W06000018", "W06000010", "W06000008", "W06000005", "W06000012", "W06000011"]
CWM_TAF = "PSB-CWM-TAF"


def read(file: Path) -> pandas.DataFrame:
    rows = pandas.read_csv(file, dtype=str, keep_default_na=False)
    return rows.assign(file=f"{file.parent.name}/{file.name}", partnership=file.parent.name)


@pytest.fixture(scope="module")
def figures() -> pandas.DataFrame:
    """Every row of every file; `is_number` where the value is not a marker."""
    rows = pandas.concat(map(read, sorted((FIXTURES / "values").glob("*/*.csv"))), ignore_index=True)
    return rows.assign(is_number=rows["value"].str.match(r"-?[0-9.]+( \[|$)"))


@pytest.fixture(scope="module")
def periods(figures) -> pandas.Series:
    """How many periods with a number each indicator has for everyone in each area of a partnership."""
    numbers = figures[figures["is_number"] & (figures["breakdown"] == "")]
    return numbers.groupby(["partnership", "area", "indicator"])["period"].nunique()


def measures_with(periods: pandas.Series, partnership: str, area: str, least: int) -> int:
    return int((periods.loc[partnership, area] >= least).sum())


def test_every_file_has_its_source_and_licence(figures):
    sources = pandas.read_csv(FIXTURES / "values" / "sources.csv", dtype=str, keep_default_na=False)
    assert set(sources["file"]) == set(figures["file"])
    for column in ("publisher", "title", "address", "licence", "retrieved_from"):
        assert (sources[column] != "").all(), column


def test_every_indicator_is_in_the_catalogue(figures):
    defined = set()
    for file in (FIXTURES / "indicators").glob("*.yaml"):
        defined |= {one["code"] for one in yaml.safe_load(file.read_text())["indicators"]}
    assert set(figures["indicator"]) <= defined


def test_no_fact_stands_twice_in_a_partnership(figures):
    key = ["partnership", "indicator", "area", "period", "breakdown"]
    assert not figures.duplicated(key).any()


def test_the_same_fact_is_the_same_for_every_partnership(figures):
    values = figures.groupby(["indicator", "area", "period", "breakdown"])["value"].nunique()
    assert values.max() == 1


@pytest.mark.parametrize(
    ("partnership", "area", "least"),
    [("lancashire", "E10000017", 12), ("thurrock", "E06000034", 12), ("argyll-bute", "S12000035", 10)]
    + [("wales", area, 6) for area in PATHFINDERS],
)
def test_enough_measures_have_five_periods_or_more(periods, partnership, area, least):
    assert measures_with(periods, partnership, area, 5) >= least


def test_eight_measures_of_lancashire_also_have_figures_for_the_twelve_districts(periods):
    county = set(periods.loc["lancashire", "E10000017"].loc[lambda count: count >= 5].index)
    for_all = set.intersection(*(set(periods.loc["lancashire", district].index) for district in DISTRICTS))
    assert len(county & for_all) >= 8


@pytest.mark.parametrize(("partnership", "area"), [("lancashire", "E10000017"), ("thurrock", "E06000034")])
def test_every_statistical_neighbour_has_figures_for_most_measures(figures, partnership, area):
    """Of the newest period that the area itself has a number for, to be ranked among them."""
    file = FIXTURES / "comparators" / "dfe-statistical-neighbours-2025.yaml"
    (neighbours,) = [one for one in yaml.safe_load(file.read_text())["comparator_sets"] if one["area"] == area]
    numbers = figures[(figures["partnership"] == partnership) & figures["is_number"] & (figures["breakdown"] == "")]
    newest = numbers[numbers["area"] == area].groupby("indicator")["period"].max()
    beside = numbers[numbers["period"] == numbers["indicator"].map(newest)]
    counts = [(beside["area"] == member["area"]).sum() for member in neighbours["members"]]
    assert len(counts) == 10
    assert min(counts) >= 38


def test_cwm_taf_has_what_can_be_summed(periods):
    assert measures_with(periods, "wales", CWM_TAF, 1) >= 6


def test_cwm_taf_was_summed_by_hand_as_the_app_sums(figures):
    """But for infant mortality, where Merthyr Tydfil has counts and no published rate."""
    wales = figures[(figures["partnership"] == "wales") & (figures["breakdown"] == "")]
    checked = set()
    for code, rows in wales[wales["area"] == CWM_TAF].groupby("indicator"):
        parts = [("", series(wales, code, area)) for area in ("W06000024", "W06000016")]
        for point in combined(parts, sticks()[code], area=CWM_TAF).points:
            (by_hand,) = rows.loc[rows["period"] == point.period.label, "value"]
            assert point.value == pytest.approx(float(by_hand), rel=1e-12)
            checked.add(code)
    summed = set(wales.loc[wales["area"] == CWM_TAF, "indicator"])
    assert summed - checked == {"infant-mortality"}


def sticks() -> dict[str, Yardstick]:
    files = (FIXTURES / "indicators").glob("*.yaml")
    read = [one for file in files for one in yaml.safe_load(file.read_text())["indicators"]]
    return {
        one["code"]: Yardstick(one["code"], value_type=one["value_type"], multiplier=one["multiplier"]) for one in read
    }


def series(figures: pandas.DataFrame, indicator: str, area: str) -> Series:
    rows = figures[(figures["indicator"] == indicator) & (figures["area"] == area)]
    points = [
        Point(
            periods_of.read(row.period),
            float(row.value.split()[0]) if row.is_number else None,
            "" if row.is_number else row.value,
            numerator=float(row.numerator) if row.numerator else None,
            denominator=float(row.denominator) if row.denominator else None,
        )
        for row in rows.itertuples()
    ]
    return Series(indicator, area, "", tuple(sorted(points, key=lambda point: point.period)))


def test_cancelled_years_are_markers_not_gaps(figures):
    gld = figures[(figures["indicator"] == "gld") & (figures["area"] == "E10000017") & (figures["breakdown"] == "")]
    cancelled = gld[gld["period"].isin(["2019/20", "2020/21"])]
    assert cancelled["value"].str.strip("[]").tolist() == ["x", "x"]
    assert (cancelled["note"] != "").all()
