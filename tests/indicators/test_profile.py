from datetime import date

import pytest

from indicators import comparators
from indicators.aims import Aim, TargetPoint
from indicators.models import Indicator, Value
from indicators.profile import Question, profile
from indicators.territory import territory_of
from tests.uploading import publish

NORTHSHIRE, ASHBY, COTTERHAM, ENGLAND = "E10000099", "E07000901", "E07000903", "E92000001"
TODAY = date(2026, 6, 1)


def of(world, area: str = NORTHSHIRE, indicator: str = "school-ready", aim: Aim | None = None, **asked):
    territory = territory_of(world.partnership())
    place = territory.find(area)
    asked = {"comparator": comparators.find("", place, territory, ()), **asked}
    question = Question(Indicator.objects.get(code=indicator), place, territory, **asked)
    return profile(question, aim=aim, today=TODAY)


def test_eight_queries(world, django_assert_num_queries):
    territory, indicator = territory_of(world.partnership()), Indicator.objects.get(code="school-ready")
    area = territory.find(ASHBY)
    asked = Question(indicator, area, territory, comparator=comparators.find("", area, territory, ()))
    with django_assert_num_queries(8):
        profile(asked, today=TODAY)


def test_all_periods_newest_first_with_what_stands_beside_them(world):
    newest, *_rest, oldest = of(world, indicator="infant-deaths").periods.rows
    assert (newest.period, oldest.period) == ("2021 - 23", "2016 - 18")
    assert (newest.figure.text, newest.figure.value, newest.limits) == ("3.6", "3.59", "2.4 to 4.8")
    assert (newest.numerator, newest.denominator) == ("33", "9\u2009200")
    assert newest.benchmark.text == "3.7"
    value = Value.objects.get(area__code=NORTHSHIRE, indicator__code="infant-deaths", period_label="2021 - 23")
    assert (newest.file, newest.row) == ("northshire.csv", value.row)


def test_flags_and_notes_stand_in_words(world):
    publish(world, f"school-ready,{NORTHSHIRE},2024,68.1 [p],,,,,,First release.")
    assert of(world).periods.rows[0].remarks == "provisional; First release."


def test_columns_without_anything_in_them_are_left_out(world):
    assert (of(world).periods.has_limits, of(world).periods.has_counts) == (False, True)
    births = of(world, indicator="live-births")
    assert (births.periods.has_limits, births.periods.has_counts) == (False, False)


def test_districts_are_ranked_and_the_county_stands_among_them_without_a_rank(world):
    ranking = of(world).ranking
    assert [(row.rank, row.area.name, row.figure.text) for row in ranking.areas] == [
        ("1", "Ashby", "72.5"),
        ("", "England", "69.5"),
        ("", "Northshire", "67.5"),
        ("2", "Birkdale", "66.0"),
        ("3", "Cotterham", "62.0"),
    ]
    assert (ranking.period, ranking.order) == ("2023", "best first: high is good")
    assert [row.area.name for row in ranking.areas if row.is_this] == ["Northshire"]


def test_a_district_is_ranked_with_the_others(world):
    assert [row.rank for row in of(world, ASHBY).ranking.areas if row.is_this] == ["1"]


def test_equal_figures_share_a_rank(world):
    publish(world, f"school-ready,{COTTERHAM},2023,66.0")
    assert [row.rank for row in of(world).ranking.areas if row.rank] == ["1", "2=", "2="]


def test_the_lowest_is_first_where_low_is_good(world):
    ranking = of(world, indicator="infant-deaths").ranking
    values = [float(row.figure.value) for row in ranking.areas]
    assert values == sorted(values)
    assert ranking.order == "best first: low is good"


def test_where_nothing_is_good_the_highest_is_first_and_that_is_said(world):
    ranking = of(world, indicator="live-births").ranking
    assert ranking.order == "highest first; no direction is good or bad"
    assert {row.comparison.word for row in ranking.areas} == {"not compared"}


def test_groups_stand_in_one_table_a_dimension_beside_everyone(world):
    shown = of(world, indicator="healthy-teeth")
    (groups,) = shown.groups
    assert (groups.rows[0].name, groups.rows[0].figure.text) == ("Most deprived", "65.0")
    assert (groups.rows[-1].name, groups.rows[-1].figure.text, groups.rows[-1].is_this) == ("Everyone", "77.8", True)
    assert (groups.dimension, groups.period, groups.line) == ("deprivation", "2023", "Everyone 77.8%")
    assert shown.breakdowns[0] == ""
    assert len(shown.breakdowns) == 6


def test_fifths_of_deprivation_have_a_gap_and_a_slope_since_the_break(world):
    gap = of(world, indicator="healthy-teeth").groups[0].gap
    assert gap.title == "Gap by deprivation: Children aged five without tooth decay, Northshire"
    assert gap.summary.startswith("Least deprived minus Most deprived: ")
    assert " in 2021, 22.0 percentage points in 2023; " in gap.summary
    assert "slope index of inequality" in gap.summary
    assert gap.figure["layout"]["shapes"]


def test_a_group_is_shown_by_itself(world):
    shown = of(world, indicator="healthy-teeth", breakdown="deprivation: Third")
    assert shown.standing.latest.text == "79.0%"
    assert shown.chart.title == "Children aged five without tooth decay, Northshire, deprivation: Third"
    assert shown.ranking is None


def test_the_chart_shows_what_the_area_lies_in_and_the_way_to_the_target(world):
    aim = Aim((TargetPoint(75.0, date(2026, 12, 31), "2026"),), 66.0, date(2018, 12, 31), "2018")
    names = [trace["name"] for trace in of(world, ASHBY, aim=aim).chart.figure["data"]]
    assert names == ["95% interval computed from the counts", "England", "Northshire", "Path to the target", "Ashby"]


def test_the_chart_of_a_count_shows_no_larger_area(world):
    names = [trace["name"] for trace in of(world, ASHBY, indicator="live-births").chart.figure["data"]]
    assert names == ["Ashby"]


@pytest.mark.parametrize("area", [NORTHSHIRE, ENGLAND])
def test_an_area_without_figures_is_an_empty_page(world, area):
    Value.objects.filter(area__code=area).update(is_current=False)
    found = of(world, area)
    assert (found.standing.latest, found.periods.rows, found.breakdowns, found.groups) == (None, (), (), ())
