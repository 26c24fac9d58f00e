from datetime import date

import pytest

from indicators import periods
from indicators.series import Break, Interruption, Point, Series

NEW_PROFILE = Break(date(2021, 4, 1), "2021/22", "The profile was reformed.")


def point(label: str, value: float | None = 1.0, *, marker: str = "", flags: str = "") -> Point:
    return Point(periods.read(label), None if marker else value, marker, flags)


def series(*points: Point, breaks: tuple[Break, ...] = ()) -> Series:
    return Series("gld", "E10000017", "", points, breaks)


def between(*points: Point, breaks: tuple[Break, ...] = ()) -> Interruption | None:
    """What stands before the newest number."""
    return series(*points, breaks=breaks).steps[-1].interruption


def test_the_newest_fact_may_be_that_there_is_no_number():
    whole = series(point("2021/22", 5), point("2022/23", marker="c"))
    assert whole.newest.marker == "c"
    assert whole.newest_number.value == 5


def test_nothing_is_newest_of_nothing():
    assert series().newest is None
    assert series().newest_number is None
    assert series().segments == ()


def test_a_point_is_found_by_its_days_not_by_its_label():
    assert series(point("2022/23", 5)).at(periods.read("2022-23")).value == 5
    assert series(point("2022/23", 5)).at(periods.read("2022")) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2021/22", "2022/23"),
        ("2017 - 19", "2018 - 20"),
        ("2023 Q4", "2024 Q1"),
        ("2023-11", "2023-12"),
        ("2022", "2023"),
    ],
)
def test_one_period_follows_the_one_before(before, after):
    assert between(point(before), point(after)) is None


def test_a_missing_year_lies_between():
    found = between(point("2017/18"), point("2018/19"), point("2022/23"))
    assert found.kind == "gap"
    assert found.reason == "there are no figures between 2018/19 and 2022/23"


def test_of_two_figures_years_apart_none_follows_the_other():
    assert between(point("2018/19"), point("2022/23")).kind == "gap"


def test_a_missing_step_of_rolling_periods_lies_between():
    assert between(point("2015 - 17"), point("2016 - 18"), point("2018 - 20")).kind == "gap"


def test_a_survey_of_every_second_year_has_no_gaps():
    assert between(point("2016/17"), point("2018/19"), point("2020/21")) is None


def test_a_suppressed_year_lies_between_and_is_named():
    found = between(point("2020/21"), point("2021/22", marker="c"), point("2022/23"))
    assert (found.kind, found.reason) == ("marker", "2021/22 is suppressed")


def test_a_break_that_the_catalogue_names_lies_between():
    found = between(point("2020/21"), point("2021/22"), breaks=(NEW_PROFILE,))
    assert (found.kind, found.reason) == ("break", "a new series began in 2021/22")


def test_a_break_counts_before_a_gap():
    assert between(point("2017/18"), point("2018/19"), point("2021/22"), breaks=(NEW_PROFILE,)).kind == "break"


def test_after_the_break_figures_follow_one_another_again():
    assert between(point("2021/22"), point("2022/23"), breaks=(NEW_PROFILE,)) is None


def test_a_flag_of_the_publisher_is_a_break():
    assert between(point("2020/21"), point("2021/22", flags="pb")).kind == "break"
    assert between(point("2020/21", flags="b"), point("2021/22", flags="p")) is None


def test_a_quarter_does_not_follow_a_year():
    assert between(point("2022"), point("2023"), point("2024 Q1")).kind == "length"


def test_segments_hold_what_follows():
    before = (point("2016/17", 1), point("2017/18", 2), point("2018/19", 3))
    after = (point("2021/22", 4), point("2022/23", marker="x"), point("2023/24", 5), point("2024/25", 6))
    whole = series(*before, *after, breaks=(NEW_PROFILE,))
    assert [[one.value for one in run] for run in whole.segments] == [[1, 2, 3], [4], [5, 6]]
    assert [step.interruption.kind for step in whole.steps if step.interruption] == ["break", "marker"]
