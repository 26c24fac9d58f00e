"""Where a path stands on a day, and how far a number is from it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.aims import STEPS, Aim, Span, TargetPoint, shortfall

BASE, FIRST, LAST = date(2020, 12, 31), date(2022, 12, 31), date(2026, 12, 31)
TARGETS = (TargetPoint(70.0, FIRST), TargetPoint(74.0, LAST))
LINE = Aim(TARGETS, 60.0, BASE)
IN_STEPS = Aim(TARGETS, 60.0, BASE, shape=STEPS)
RANGES = Aim((TargetPoint(70.0, FIRST, upper=72.0), TargetPoint(74.0, LAST)), 60.0, BASE)


@pytest.mark.parametrize(
    ("aim", "day", "wanted"),
    [
        (LINE, date(2019, 12, 31), 60.0),
        (LINE, BASE, 60.0),
        (LINE, date(2021, 12, 31), 65.0),
        (LINE, FIRST, 70.0),
        (LINE, date(2024, 12, 31), 72.0),
        (LINE, LAST, 74.0),
        (LINE, date(2030, 12, 31), 74.0),
        (IN_STEPS, BASE, 60.0),
        (IN_STEPS, date(2021, 1, 1), 70.0),
        (IN_STEPS, FIRST, 70.0),
        (IN_STEPS, date(2023, 1, 1), 74.0),
        (IN_STEPS, date(2030, 12, 31), 74.0),
        (Aim(TARGETS), date(2021, 12, 31), 70.0),
        (Aim(TARGETS), date(2024, 12, 31), 72.0),
    ],
)
def test_where_a_path_of_numbers_stands_on_a_day(aim, day, wanted):
    assert aim.at(day) == pytest.approx((wanted, wanted))


def test_a_range_opens_from_a_number_and_closes_again():
    assert RANGES.at(date(2021, 12, 31)) == pytest.approx((65.0, 66.0))
    assert RANGES.at(FIRST) == (70.0, 72.0)
    assert RANGES.at(date(2024, 12, 31)) == pytest.approx((72.0, 73.0))


def test_every_year_of_a_path_is_an_equal_step():
    aim = Aim((TargetPoint(64.0, date(2024, 3, 31)),), 60.0, date(2020, 3, 31))
    assert [aim.at(date(year, 3, 31)).lower for year in range(2020, 2025)] == pytest.approx([60, 61, 62, 63, 64])


def test_the_line_has_a_corner_at_each_point_and_ends_where_it_is_cut():
    assert LINE.line(date(2019, 1, 1), date(2030, 12, 31)) == [
        (BASE, 60.0, None), (FIRST, 70.0, None), (LAST, 74.0, None), (date(2030, 12, 31), 74.0, None),
    ]  # fmt: skip
    [start, *_rest, end] = LINE.line(date(2021, 12, 31), date(2024, 12, 31))
    assert (start, end) == (
        (date(2021, 12, 31), pytest.approx(65.0), None),
        (date(2024, 12, 31), pytest.approx(72.0), None),
    )


def test_steps_are_drawn_with_the_day_before_and_the_day_after():
    assert IN_STEPS.line(BASE, LAST) == [
        (BASE, 60.0, None), (date(2021, 1, 1), 70.0, None), (FIRST, 70.0, None),
        (date(2023, 1, 1), 74.0, None), (LAST, 74.0, None),
    ]  # fmt: skip


def test_where_there_is_a_range_the_upper_edge_is_given_all_along():
    assert RANGES.line(BASE, LAST) == [(BASE, 60.0, 60.0), (FIRST, 70.0, 72.0), (LAST, 74.0, 74.0)]


def test_a_target_without_a_baseline_is_drawn_from_the_beginning():
    assert Aim(TARGETS[:1]).line(BASE, LAST) == [(BASE, 70.0, None), (FIRST, 70.0, None), (LAST, 70.0, None)]


def test_what_lies_outside_is_not_drawn():
    assert Aim().line(BASE, LAST) == []
    assert LINE.line(date(2018, 1, 1), date(2019, 1, 1)) == []


def test_a_baseline_after_a_target_begins_the_path_anew():
    aim = Aim(TARGETS, 66.0, date(2024, 12, 31))
    assert [point.value for point in aim.path] == [66.0, 74.0]


@pytest.mark.parametrize(
    ("polarity", "baseline", "target", "direction"),
    [
        ("high", 80.0, TargetPoint(70.0, LAST), "up"),
        ("low", 60.0, TargetPoint(70.0, LAST), "down"),
        ("none", 60.0, TargetPoint(70.0, LAST), "up"),
        ("none", 80.0, TargetPoint(70.0, LAST), "down"),
        ("none", 70.0, TargetPoint(70.0, LAST), "to"),
        ("none", None, TargetPoint(70.0, LAST), "to"),
        ("none", 60.0, TargetPoint(70.0, LAST, upper=72.0), "to"),
        ("high", 60.0, TargetPoint(70.0, LAST, upper=72.0), "up"),
    ],
)
def test_the_way_a_number_should_go(polarity, baseline, target, direction):
    aim = Aim((target,), baseline, BASE if baseline else None)
    assert aim.direction(target, polarity) == direction


def test_without_a_baseline_an_earlier_target_tells_the_way():
    assert Aim(TARGETS).direction(TARGETS[1], "none") == "up"


@pytest.mark.parametrize(
    ("number", "direction", "short"),
    [
        (59, "up", 1), (60, "up", 0), (75, "up", -15), (71, "down", 1), (70, "down", 0), (59, "down", -11),
        (59, "to", 1), (60, "to", 0), (65, "to", 0), (70, "to", 0), (72, "to", 2),
    ],
)  # fmt: skip
def test_how_far_a_number_is_from_a_range(number, direction, short):
    assert shortfall(number, Span(60, 70), direction) == short


NUMBERS = st.integers(-1000, 1000).map(float)


@given(number=NUMBERS, low=NUMBERS, width=st.integers(0, 50))
def test_the_mirror_image_is_as_far(number, low, width):
    wanted, mirrored = Span(low, low + width), Span(-low - width, -low)
    assert shortfall(number, wanted, "up") == shortfall(-number, mirrored, "down")
    assert shortfall(number, wanted, "to") == shortfall(-number, mirrored, "to")


@given(day=st.dates(date(2015, 1, 1), date(2030, 1, 1)), shape=st.sampled_from(["line", "steps"]))
def test_a_path_never_leaves_its_points(day, shape):
    lower, upper = Aim(RANGES.targets, 60.0, BASE, shape=shape).at(day)
    assert 60.0 <= lower <= upper <= 74.0
