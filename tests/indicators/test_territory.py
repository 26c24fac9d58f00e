import pytest

from indicators.territory import territory_of
from partnerships.models import Area

NORTHSHIRE, ASHBY, BIRKDALE, COTTERHAM, ENGLAND = "E10000099", "E07000901", "E07000902", "E07000903", "E92000001"


@pytest.fixture
def territory(world):
    return territory_of(world.partnership())


def test_the_main_area_comes_first_and_comparators_apart(territory):
    assert [area.code for area in territory.footprint] == [NORTHSHIRE, ASHBY, BIRKDALE, COTTERHAM]
    assert [area.code for area in territory.comparators] == [ENGLAND]


def test_one_query_brings_the_ancestors_too(world, django_assert_num_queries):
    partnership = world.partnership()
    with django_assert_num_queries(1):
        areas = territory_of(partnership).areas
        assert [area.nation() and area.nation().code for area in areas] == [ENGLAND] * 4 + [None]


def test_an_area_elsewhere_is_not_found(territory):
    assert territory.find(ASHBY).name == "Ashby"
    assert territory.find("E06000099") is None


@pytest.mark.parametrize(
    ("area", "peers"),
    [
        (NORTHSHIRE, [ASHBY, BIRKDALE, COTTERHAM]),
        (ASHBY, [BIRKDALE, COTTERHAM]),
        (ENGLAND, []),
    ],
)
def test_a_part_has_its_siblings_for_peers_and_a_whole_its_parts(territory, area, peers):
    assert [peer.code for peer in territory.peers_of(territory.find(area))] == peers


def test_an_area_that_has_parts_is_still_shown_among_its_siblings(world):
    partnership = world.partnership()
    Area.objects.filter(code=COTTERHAM).update(parent=Area.objects.get(code=BIRKDALE))
    territory = territory_of(partnership)
    assert [peer.code for peer in territory.peers_of(territory.find(BIRKDALE))] == [ASHBY]
