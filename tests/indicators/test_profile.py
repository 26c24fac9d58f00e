from datetime import date

import pytest

from indicators import comparators
from indicators.aims import Aim, TargetPoint
from indicators.models import Indicator, Value
from indicators.profile import Question, profile
from indicators.territory import territory_of
from indicators.wholes import FOOTPRINT
from partnerships import areas, members
from partnerships.models import Area
from tests.partnerships.sets import YAML
from tests.uploading import publish

NORTHSHIRE, ASHBY, COTTERHAM, ENGLAND = "E10000099", "E07000901", "E07000903", "E92000001"
TODAY = date(2026, 6, 1)


def of(world, area: str = NORTHSHIRE, indicator: str = "school-ready", aim: Aim | None = None, **asked):
    territory = territory_of(world.partnership())
    place = territory.find(area)
    asked = {"comparator": comparators.find("", place, territory, ()), **asked}
    question = Question(Indicator.objects.get(code=indicator), place, world.partnership(), territory, **asked)
    return profile(question, aim=aim, today=TODAY)


def test_eleven_queries(world, django_assert_num_queries):
    territory, indicator = territory_of(world.partnership()), Indicator.objects.get(code="school-ready")
    area = territory.find(ASHBY)
    asked = Question(
        indicator, area, world.partnership(), territory, comparator=comparators.find("", area, territory, ())
    )
    with django_assert_num_queries(11):
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
    assert names == [
        "95% interval computed from the counts",
        "England",
        "Northshire",
        "Path to the target",
        "Targets",
        "Ashby",
    ]


def test_the_chart_of_a_count_shows_no_larger_area(world):
    names = [trace["name"] for trace in of(world, ASHBY, indicator="live-births").chart.figure["data"]]
    assert names == ["Ashby"]


@pytest.mark.parametrize("area", [NORTHSHIRE, ENGLAND])
def test_an_area_without_figures_is_an_empty_page(world, area):
    Value.objects.filter(area__code=area).update(is_current=False)
    found = of(world, area)
    assert (found.standing.latest, found.periods.rows, found.breakdowns, found.groups) == (None, (), (), ())


# Beside a set of areas, and for an area that is a sum.


@pytest.fixture
def beside_neighbours(world):
    """Northshire beside Southtown, which no page of it shows otherwise, and Ashby."""
    members.set_visibility(partnership=world.partnership("southtown"), is_public=True, by=world.user("stella"))
    return neighbourly(world)


def neighbourly(world):
    areas.load(files={"neighbours.yaml": YAML})
    (found,) = comparators.sets_for(world.partnership().area, world.partnership())
    return of(world, comparator=found)


def test_what_only_members_of_another_partnership_may_see_of_a_neighbour_is_not_shown(world):
    shown = neighbourly(world)
    assert [row.area.name for row in shown.neighbours.areas] == ["Ashby", "Northshire"]
    assert shown.neighbours.line == ""
    assert not [one for one in shown.figures.series.values() if one.area == "E06000099" and one.points]


def test_an_area_is_ranked_among_its_neighbours_beside_their_average(beside_neighbours):
    ranking = beside_neighbours.neighbours
    assert [(row.rank, row.area.name, row.is_this) for row in ranking.areas] == [
        ("1", "Ashby", False), ("2", "Southtown", False), ("3", "Northshire", True),
    ]  # fmt: skip
    assert ranking.line == "Neighbours (May 2024) 70.6%, average of 2 areas"
    assert ranking.areas[2].comparison.name == "Neighbours (May 2024)"


def test_the_areas_of_the_partnership_stay_beside_their_nation(beside_neighbours):
    assert beside_neighbours.ranking.line == "England 69.5%"
    assert beside_neighbours.against == "England"
    assert "Southtown" not in [row.area.name for row in beside_neighbours.ranking.areas]


def test_the_average_is_drawn_over_time_and_says_how_it_was_made(beside_neighbours):
    drawn = next(one for one in beside_neighbours.chart.figure["data"] if one["name"].startswith("Neighbours"))
    assert drawn["name"] == "Neighbours (May 2024), average of 2 areas"
    assert drawn["hovertext"][-1].endswith(", 2023: 70.6% (average of 2 areas)")
    assert beside_neighbours.periods.benchmark == "Neighbours (May 2024)"


def test_a_region_is_the_line_of_the_ranking_where_it_is_asked_for(world):
    publish(world, "school-ready,E12000098,2023,66.6,,,6660,10000,,")
    shown = of(world, ASHBY, comparator=comparators.find("region", *_place(world, ASHBY), ()))
    assert shown.against == "Far North"
    assert shown.ranking.line == "Far North 66.6%"
    assert {row.comparison.name for row in shown.ranking.areas if row.rank} == {"Far North"}


def _place(world, code: str):
    territory = territory_of(world.partnership())
    return territory.find(code), territory


def test_a_combined_footprint_is_ranked_by_its_parts_and_its_figures_are_sums(world):
    partnership = world.partnership()
    partnership.footprint.remove(Area.objects.get(code=NORTHSHIRE))
    shown = of(world, FOOTPRINT)
    assert shown.standing.latest.text == "67.5%"
    assert shown.periods.rows[0].row == 0
    assert [row.area.name for row in shown.ranking.areas if row.rank] == ["Ashby", "Birkdale", "Cotterham"]
