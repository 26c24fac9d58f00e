"""Which areas are summed of which, and what figures they then have."""

import pytest

from indicators import periods
from indicators.figures import Yardstick
from indicators.series import Point, Series
from indicators.territory import Territory, territory_of
from indicators.wholes import FOOTPRINT, Whole, areas_to_read, completed
from partnerships import areas
from partnerships.models import Area, Partnership

# A board over two districts of a county, another district, and a part of the county that no partnership here has.
CSV = b"""\
code,name,kind,parent,ends_on
E92000001,England,nation,,
E10000001,Midshire,county,E92000001,
BOARD,The Vale,board_area,E10000001,
E07000001,Upvale,district,BOARD,
E07000002,Downvale,district,BOARD,
E07000003,Dale,district,E10000001,
E07000004,Elsewhere,district,E10000001,
E07000005,Oldvale,district,BOARD,2009-04-01
"""
STICKS = {
    "gld": Yardstick("gld", "%", 1, "high", "proportion", 100),
    "births": Yardstick("births", value_type="count"),
}


@pytest.fixture
def of(world):
    """The territory of a partnership with this footprint, the first area its main one."""
    areas.load(files={"areas.csv": CSV})

    def found(*codes: str) -> Territory:
        yaml = "partnerships:\n- {slug: vale, name: Vale Partnership, short_name: Vale, area: %s, footprint: [%s]}\n"
        areas.load(files={"vale.yaml": (yaml % (codes[0], ", ".join(codes))).encode()})
        return territory_of(Partnership.objects.get(slug="vale"))

    return found


def names(whole: Whole | None) -> tuple[str, list[str]] | None:
    return (whole.area.code, [part.name for part in whole.parts]) if whole else None


def test_the_area_of_a_board_is_made_of_the_areas_in_it_that_have_not_ended(of):
    assert [names(one) for one in of("BOARD", "E07000001", "E07000002").boards] == [("BOARD", ["Downvale", "Upvale"])]


def test_the_parts_of_a_board_are_known_even_where_the_footprint_does_not_have_them(of):
    territory = of("BOARD")
    assert [names(one) for one in territory.boards] == [("BOARD", ["Downvale", "Upvale"])]
    assert [area.code for area in territory.areas] == ["BOARD"]


@pytest.mark.parametrize(
    ("footprint", "parts"),
    [
        (["E07000001", "E07000002", "E07000003"], ["Upvale", "Dale", "Downvale"]),
        (["E10000001", "E07000001", "E07000003"], ["Dale", "Upvale"]),
        (["E10000001", "BOARD", "E07000001", "E07000002", "E07000003"], ["Dale", "Downvale", "Upvale"]),
    ],
    ids=["three districts", "a county of which there is more", "the same with a board"],
)
def test_a_footprint_is_combined_of_the_areas_that_contain_no_other(of, footprint, parts):
    territory = of(*footprint)
    assert names(territory.combined) == (FOOTPRINT, parts)
    combined = territory.find(FOOTPRINT)
    assert (combined.name, combined.nation().name) == ("Vale combined", "England")


@pytest.mark.parametrize(
    "footprint",
    [
        ["E07000001"],
        ["BOARD", "E07000001", "E07000002"],
        ["E10000001", "BOARD", "E07000001", "E07000002", "E07000003", "E07000004"],
    ],
    ids=["one area", "a whole board", "a whole county"],
)
def test_a_footprint_that_is_one_area_already_is_not_combined(of, footprint):
    territory = of(*footprint)
    assert territory.combined is None
    assert territory.find(FOOTPRINT) is None


def test_a_county_with_all_its_districts_is_the_whole(world):
    assert territory_of(world.partnership()).combined is None


def test_the_combined_footprint_lies_in_no_nation_where_its_parts_lie_in_two(of):
    areas.load(files={"wales.csv": b"code,name,kind,parent\nW92000004,Wales,nation,\nW1,Taff,unitary,W92000004\n"})
    assert of("E07000001", "W1").combined.area.nation() is None


def test_one_query_finds_all_of_it(of, django_assert_num_queries):
    of("BOARD", "E07000001", "E07000003")
    partnership = Partnership.objects.get(slug="vale")
    with django_assert_num_queries(1):
        assert len(territory_of(partnership).wholes) == 2


def area(pk: int, code: str) -> Area:
    return Area(pk=pk, code=code, name=code.title())


A, B, C = area(1, "A"), area(2, "B"), area(3, "C")
BOARD, ALL = Whole(area(4, "BOARD"), (A, B)), Whole(area(0, FOOTPRINT), (A, B, C))


def test_to_show_a_whole_its_parts_are_read():
    assert areas_to_read([BOARD.area], [BOARD, ALL]) == {BOARD.area, A, B}
    assert areas_to_read([ALL.area], [BOARD, ALL]) == {A, B, C}
    assert areas_to_read([A], [BOARD, ALL]) == {A}


def figures(indicator: str, code: str, *facts: tuple[str, float, float | None, float | None]) -> Series:
    points = (Point(periods.read(label), value, numerator=x, denominator=n) for label, value, x, n in facts)
    return Series(indicator, code, "", tuple(points))


def test_a_whole_has_the_sums_of_its_parts_beside_what_is_published():
    known = [
        figures("gld", "A", ("2022", 10, 10, 100), ("2023", 20, 20, 100)),
        figures("gld", "B", ("2022", 30, 30, 100), ("2023", 40, 40, 100)),
        figures("gld", "BOARD", ("2022", 21, None, None)),
        figures("births", "A", ("2023", 5, None, None)),
    ]
    series = {(one.indicator, one.area, one.breakdown): one for one in known}
    found = completed(series, STICKS, [BOARD, ALL])
    assert set(found) - set(series) == set()
    assert [(one.period.label, one.value) for one in found["gld", "BOARD", ""].points] == [("2022", 21), ("2023", 30)]
    assert {key: found[key] for key in series if key[1] != "BOARD"} == {
        key: one for key, one in series.items() if key[1] != "BOARD"
    }


def test_a_whole_without_published_figures_gains_a_series_of_its_own():
    known = [figures("births", code, ("2023", 5, None, None)) for code in "ABC"]
    found = completed({(one.indicator, one.area, ""): one for one in known}, STICKS, [ALL])
    assert [one.value for one in found["births", FOOTPRINT, ""].points] == [15]
