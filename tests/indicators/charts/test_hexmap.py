from itertools import combinations
from math import dist

import pytest

from indicators.charts.hexmap import LETTERS, MARGIN, RADIUS, WIDE, abbreviated, honeycomb
from indicators.hexlayouts import Hex
from outcomes.atlas import layouts


def placed(*places: tuple[int, int]):
    return honeycomb([Hex(f"A{number}", "Ashby", q, r, "") for number, (q, r) in enumerate(places)])


def middles(found) -> list[tuple[float, float]]:
    return [(float(cell.x), float(cell.y)) for cell in found.cells]


def test_north_is_up_and_odd_rows_stand_half_a_hexagon_to_the_east():
    (x, y), (east_x, east_y), (north_x, north_y) = middles(placed((0, 0), (1, 0), (0, 1)))
    assert (east_x - x, east_y - y) == pytest.approx((WIDE, 0), abs=0.1)
    assert (north_x - x, north_y - y) == pytest.approx((WIDE / 2, -1.5 * RADIUS), abs=0.1)


def test_odd_rows_are_odd_wherever_the_map_is_cut():
    (x, _y), (above, _z) = middles(placed((-1, 23), (-1, 24)))
    assert above - x == pytest.approx(-WIDE / 2, abs=0.1)


def test_hexagons_touch_and_never_overlap():
    found = placed(*[(q, r) for q in range(3) for r in range(3)])
    nearest = min(dist(one, other) for one, other in combinations(middles(found), 2))
    assert nearest == pytest.approx(WIDE, abs=0.1)


def test_the_corners_lie_around_the_middle_and_within_the_picture():
    found = placed((4, 7), (6, 9))
    for cell in found.cells:
        corners = [tuple(map(float, corner.split(","))) for corner in cell.points.split()]
        assert len(corners) == 6
        assert all(MARGIN <= x <= found.width - MARGIN and MARGIN <= y <= found.height - MARGIN for x, y in corners)
        assert all(0.9 * RADIUS < dist(corner, (float(cell.x), float(cell.y))) < RADIUS for corner in corners)


def test_one_hexagon_is_a_map_and_none_is_an_empty_one():
    one = placed((3, 3))
    assert (one.columns, one.height) == (1, 2 * (RADIUS + MARGIN))
    assert placed().cells == ()


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Wyre", ("Wyre",)),
        ("Ribble Valley", ("Ribble", "Valley")),
        ("Blackburn with Darwen", ("Blackburn", "w. Darwen")),
        ("Carmarthenshire", ("Carmarthe.",)),
        ("Neath Port Talbot", ("Neath Port", "Talbot")),
        ("Southend-on-Sea", ("Southend-", "on-Sea")),
        ("Bristol, City of", ("Bristol",)),
        ("Na h-Eileanan Siar", ("Na h-", "Eileanan.")),
        ("Bath and North East Somerset", ("Bath &", "North Eas.")),
        ("", ("",)),
    ],
)
def test_a_name_is_cut_to_its_room(name, lines):
    assert abbreviated(name) == lines


def test_every_name_of_every_layout_fits():
    for layout in layouts():
        for cell in honeycomb(tuple(layout.hexes.values())).cells:
            assert 1 <= len(cell.lines) <= 2
            assert all(0 < len(line) <= LETTERS for line in cell.lines), cell
