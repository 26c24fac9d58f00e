import json
from pathlib import Path

import pytest
from django.conf import settings

from indicators import hexlayouts
from outcomes.atlas import LAYOUTS, layouts

FOLDER = Path(settings.FIXTURES_DIR) / "geography"
LANCASHIRE = [f"E07000{number}" for number in range(117, 129)]
PATHFINDERS = ["W06000019", "W06000018", "W06000010", "W06000008", "W06000024", "W06000016", "W06000005", "W06000012"]


def layout(*codes: str, region: str = "R1", whole: bool = False, turned: bool = False) -> hexlayouts.Layout:
    hexes = {code: {"n": code, "q": place, "r": 0, "region": region} for place, code in enumerate(codes)}
    data = {"layout": "even-q" if turned else "odd-r", "title": "", "source": "", "source_url": "", "licence": ""}
    return hexlayouts.read(json.dumps(data | {"hexes": hexes} | ({"whole": True} if whole else {})))


def test_a_layout_that_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="even-q"):
        layout("A", turned=True)


def test_the_layout_with_most_of_the_areas_is_chosen_and_the_first_of_several():
    two, three = layout("A", "B"), layout("B", "C", "D")
    assert hexlayouts.choose([two, three], ["A", "B"]) is two
    assert hexlayouts.choose([two, three], ["A", "B", "C", "D"]) is three
    assert hexlayouts.choose([two, three], ["B"]) is two
    assert hexlayouts.choose([two, three], ["Z"]) is None
    assert hexlayouts.choose([], ["A"]) is None


def test_of_many_areas_only_they_are_drawn_of_few_the_region_around_them_too():
    found = layout("A", "B", "C", "D", "E", "F")
    assert [one.code for one in hexlayouts.part(found, ["D", "C", "B", "A"])] == ["A", "B", "C", "D"]
    assert [one.code for one in hexlayouts.part(found, ["D"])] == ["A", "B", "C", "D", "E", "F"]
    assert hexlayouts.part(found, ["Z"]) == ()


def test_some_layouts_are_shown_whole():
    found = layout("A", "B", "C", "D", "E", "F", whole=True)
    assert len(hexlayouts.part(found, ["A", "B", "C", "D"])) == 6


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_has_one_area_a_place_and_names_its_source_and_licence(name):
    found = hexlayouts.read((FOLDER / f"{name}.hexjson").read_text(encoding="utf-8"))
    places = [(one.q, one.r) for one in found.hexes.values()]
    assert len(set(places)) == len(places)
    assert all(one.region.startswith(("E12", "W92", "S92", "N92")) for one in found.hexes.values())
    assert (found.source, found.licence) == ("Open Innovations, hexmaps", "MIT")


def test_every_file_of_the_folder_is_read():
    assert {path.stem for path in FOLDER.glob("*.hexjson")} == set(LAYOUTS)


@pytest.mark.parametrize(
    ("footprint", "title", "drawn"),
    [
        (LANCASHIRE, "Local authority districts of the United Kingdom, 2023", 12),
        (PATHFINDERS, "Principal areas of Wales", 22),
        (["E06000034"], "Upper-tier local authorities of England", 11),
        (["S12000035"], "Local authority districts of the United Kingdom, 2023", 32),
    ],
)
def test_each_footprint_finds_its_layout(footprint, title, drawn):
    found = hexlayouts.choose(layouts(), footprint)
    assert found.title == title
    assert len(hexlayouts.part(found, footprint)) == drawn
