from indicators.comparators import sets_for
from indicators.peergroups import peer_groups
from indicators.territory import territory_of
from indicators.wholes import FOOTPRINT
from partnerships import areas
from tests.outcomes.wider import DUNMERE, MORE, NORTHSHIRE, widen
from tests.partnerships.sets import YAML

DISTRICTS = ["Ashby", "Birkdale", "Cotterham", *MORE.values()]
NEIGHBOURS = YAML.replace(b"area: E10000099\n", b"area: E07000904\n").replace(
    b"      - {area: E07000901, rank: 2}\n",
    b"      - {area: E07000901, rank: 2}\n      - {area: E07000902, rank: 3}\n",
)


def groups(world, code: str) -> dict[str, list[str]]:
    partnership = world.partnership()
    territory = territory_of(partnership)
    area = territory.find(code)
    found = peer_groups(area, territory, sets_for(area, partnership))
    return {group.code: [area.name for area in group.areas] for group in found}


def test_an_area_stands_among_those_with_the_same_parent_and_among_its_kind(world):
    widen(world)
    assert groups(world, DUNMERE) == {"footprint": DISTRICTS, "kind": DISTRICTS}


def test_a_whole_stands_beside_its_parts(world):
    widen(world)
    assert groups(world, NORTHSHIRE) == {"footprint": DISTRICTS}


def test_the_sets_of_the_area_stand_between(world):
    widen(world)
    areas.load(files={"sets.yaml": NEIGHBOURS})
    found = groups(world, DUNMERE)
    assert list(found) == ["footprint", "set-neighbours", "kind"]
    assert found["set-neighbours"] == ["Ashby", "Birkdale", "Dunmere", "Southtown"]


def test_fewer_than_four_areas_are_no_group(world):
    assert groups(world, NORTHSHIRE) == {}
    assert groups(world, "E07000901") == {}


def test_places_that_have_ended_are_of_no_kind(world):
    widen(world)
    assert "Oldham Vale" not in groups(world, DUNMERE)["kind"]


def test_a_footprint_that_is_no_area_of_its_own_is_of_no_kind(world):
    widen(world)
    partnership = world.partnership()
    partnership.footprint.remove(partnership.area)
    assert "kind" not in groups(world, FOOTPRINT)
