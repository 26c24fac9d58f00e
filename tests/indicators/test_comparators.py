"""What an area can be compared with, and by which key an address asks for it."""

from datetime import date

import pytest

from indicators import comparators, periods
from indicators.comparators import Comparator
from indicators.figures import Yardstick
from indicators.series import Point, Series
from indicators.territory import Territory, territory_of
from partnerships import areas
from partnerships.models import Area, ComparatorSet
from tests.partnerships.sets import YAML

NORTHSHIRE, ASHBY, ENGLAND, SOUTHTOWN, SCOTLAND = "E10000099", "E07000901", "E92000001", "E06000099", "S92000003"
MORE_AREAS = b"code,name,kind\nS92000003,Scotland,nation\n"
OLDER = YAML.replace(b'"2024"', b'"2021"').replace(b"2024-05-01", b"2021-04-01")


@pytest.fixture
def places(world) -> Territory:
    """Northshire's areas beside England, Southtown and, of another nation, Scotland."""
    areas.load(files={"more.csv": MORE_AREAS})
    partnership = world.partnership()
    partnership.comparators.add(*Area.objects.filter(code__in=[SOUTHTOWN, SCOTLAND]))
    return territory_of(partnership)


def sets(world, **options) -> list[Comparator]:
    return comparators.sets_for(world.partnership().area, world.partnership(), **options)


def keys(found: list[Comparator]) -> list[str]:
    return [one.key for one in found]


def test_a_district_has_its_nation_region_parent_and_the_areas_beside(places):
    found = comparators.choices(places.find(ASHBY), places, [])
    assert [(one.key, one.kind, one.name) for one in found] == [
        ("nation", "nation", "England"),
        ("region", "region", "Far North"),
        ("parent", "parent", "Northshire"),
        ("area-E06000099", "area", "Southtown"),
    ]


def test_what_an_area_lies_in_stands_once(places):
    assert keys(comparators.choices(places.find(NORTHSHIRE), places, [])) == ["nation", "region", "area-E06000099"]


def test_a_nation_is_compared_with_nothing_unless_asked(places):
    england = places.find(ENGLAND)
    assert comparators.choices(england, places, []) == []
    assert comparators.find("", england, places, []) is None


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("", "England"),
        ("nation", "England"),
        ("region", "Far North"),
        ("area-S92000003", "Scotland"),
        ("area-E07000902", "Birkdale"),
        ("area-E07000901", None),
        ("area-E99999999", None),
        ("set-12", None),
        ("E92000001", None),
        ("\0", None),
    ],
)
def test_the_usual_comparator_is_the_nation_and_another_nation_comes_only_by_its_key(places, key, name):
    found = comparators.find(key, places.find(ASHBY), places, [])
    assert (found.name if found else None) == name


def test_of_a_publishers_versions_the_newest_by_the_day_holds(world):
    areas.load(files={"2024.yaml": YAML, "2021.yaml": OLDER})
    (newest,) = sets(world)
    assert (newest.key, newest.version, newest.dated) == ("set-neighbours", "2024", date(2024, 5, 1))
    assert newest.full_name == "Neighbours (May 2024)"
    assert [area.name for area in newest.areas] == ["Southtown", "Ashby"]
    assert [one.version for one in sets(world, known_on=date(2024, 4, 30))] == ["2021"]
    assert [one.version for one in sets(world, known_on=date(2024, 5, 1))] == ["2024"]
    assert sets(world, known_on=date(2021, 3, 31)) == []


def test_a_set_of_the_partnership_comes_after_those_of_publishers_and_is_dated_by_when_it_was_saved(world):
    areas.load(files={"2024.yaml": YAML})
    own = world.comparator_set(title="Coastal counties")
    found = sets(world)
    assert keys(found) == ["set-neighbours", f"set-{own.pk}"]
    assert own.saved_at.strftime("(%-d %B %Y)") in found[1].full_name
    assert keys(sets(world, known_on=date(2020, 1, 1))) == [f"set-{own.pk}"]


def test_a_set_of_another_partnership_is_not_ours(world):
    world.comparator_set()
    assert comparators.sets_for(world.partnership().area, world.partnership("southtown")) == []


def test_sets_are_offered_between_what_the_area_lies_in_and_the_areas_beside(world, places):
    areas.load(files={"2024.yaml": YAML})
    county, found = places.find(NORTHSHIRE), sets(world)
    assert keys(comparators.choices(county, places, found)) == ["nation", "region", "set-neighbours", "area-E06000099"]
    assert comparators.find("set-neighbours", county, places, found).is_set


def test_one_query_finds_the_sets_with_their_areas(world, django_assert_num_queries):
    areas.load(files={"2024.yaml": YAML, "2021.yaml": OLDER})
    world.comparator_set()
    partnership, county = world.partnership(), world.partnership().area
    with django_assert_num_queries(1):
        found = comparators.sets_for(county, partnership)
        assert {area.nation().name for one in found for area in one.areas} == {"England"}


def test_a_page_draws_the_average_of_a_set_and_the_figures_of_one_area(world, places):
    areas.load(files={"2024.yaml": YAML})
    (neighbours,) = sets(world)
    stick, year = Yardstick("gld", "%", 1, "high", "proportion", 100), periods.read("2023")

    def of(area: Area) -> Series:
        share = {SOUTHTOWN: 10, ASHBY: 30}[area.code]
        return Series("gld", area.code, "", (Point(year, float(share), numerator=share, denominator=100),))

    average = comparators.series_of(neighbours, of, stick)
    assert (average.area, [one.value for one in average.points]) == ("set-neighbours", [20])
    one = comparators.find("area-E06000099", places.find(NORTHSHIRE), places, [])
    assert comparators.series_of(one, of, stick).area == SOUTHTOWN


def test_versions_of_two_areas_are_apart():
    one, other = (
        ComparatorSet(code="near", version="1", area_id=area, published_on=date(2024, 1, 1)) for area in (1, 2)
    )
    assert comparators.in_force([one, other], date(2024, 1, 1)) == [one, other]
