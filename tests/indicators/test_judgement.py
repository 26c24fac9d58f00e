from datetime import date

import pytest
from django.utils.text import capfirst

from indicators import periods
from indicators.figures import Yardstick
from indicators.judgement import change, compare, comparison
from indicators.series import Break, Point, Series

HIGH = Yardstick("gld", "%", 1, "high")
LOW = Yardstick("infant-deaths", "per 1,000", 1, "low")
NEITHER = Yardstick("births", "", 0, "none")


def series(facts: dict[str, float | str], breaks: tuple[Break, ...] = ()) -> Series:
    """Numbers, or markers, by period."""
    points = [
        Point(periods.read(label), None, fact) if isinstance(fact, str) else Point(periods.read(label), fact)
        for label, fact in facts.items()
    ]
    return Series("gld", "E10000017", "", tuple(points), breaks)


@pytest.mark.parametrize(
    ("yardstick", "facts", "direction", "judgement", "text"),
    [
        (HIGH, (66.0, 67.2), "up", "better", "Up 1.2 percentage points, better"),
        (HIGH, (67.2, 66.0), "down", "worse", "Down 1.2 percentage points, worse"),
        (LOW, (4.5, 3.9), "down", "better", "Down 0.6 per 1,000, better"),
        (LOW, (3.9, 4.5), "up", "worse", "Up 0.6 per 1,000, worse"),
        (NEITHER, (1200, 1000), "down", "none", "Down 200"),
        (HIGH, (66.04, 65.96), "same", "none", "The same as in 2022/23"),
    ],
)
def test_a_change_says_which_way_and_whether_that_is_good(yardstick, facts, direction, judgement, text):
    found = change(series(dict(zip(("2022/23", "2023/24"), facts, strict=True))), yardstick)
    assert (found.direction, found.judgement, found.text) == (direction, judgement, text)
    assert found.previous.period == "2022/23"


def test_a_change_is_the_difference_of_the_numbers_that_are_shown():
    found = change(series({"2022/23": 65.24, "2023/24": 65.26}), HIGH)
    assert found.text == "Up 0.1 percentage points, better"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "there are no figures yet"),
        ({"2023/24": 65.0}, "there is no earlier figure"),
        ({"2022/23": 65.0, "2023/24": "c"}, "2023/24 is suppressed"),
        ({"2021/22": 64.0, "2022/23": "x", "2023/24": 65.0}, "2022/23 is not available"),
        ({"2018/19": 64.0, "2022/23": 65.0}, "there are no figures between 2018/19 and 2022/23"),
        ({"2022/23": "c", "2023/24": 65.0}, "there is no earlier figure"),
    ],
)
def test_where_no_change_can_be_told_the_reason_is_said(facts, reason):
    found = change(series(facts), HIGH)
    assert (found.direction, found.judgement, found.text, found.previous) == ("none", "none", capfirst(reason), None)
    assert reason in found.sentence


def test_no_change_runs_across_a_break():
    found = change(series({"2020/21": 70.0, "2021/22": 65.0}, (Break(date(2021, 4, 1), "2021/22", "New."),)), HIGH)
    assert (found.direction, found.text) == ("none", "A new series began in 2021/22")


@pytest.mark.parametrize(
    ("yardstick", "value", "other", "code"),
    [
        (HIGH, 66.0, 65.0, "better"),
        (HIGH, 64.0, 65.0, "worse"),
        (HIGH, 65.04, 64.96, "similar"),
        (LOW, 4.0, 5.0, "better"),
        (LOW, 5.0, 4.0, "worse"),
        (NEITHER, 5, 4, "higher"),
        (NEITHER, 4, 5, "lower"),
        (NEITHER, 5, 5, "similar"),
    ],
)
def test_a_comparison_is_the_plain_difference_of_what_is_shown(yardstick, value, other, code):
    assert compare(value, other, yardstick) == code


def test_the_nation_is_compared_for_the_same_period():
    found = comparison(series({"2022/23": 66.0}).newest, series({"2022/23": 65.0, "2023/24": 70.0}), "England", HIGH)
    assert (found.code, found.word, found.text) == ("better", "better", "better than England")
    assert (found.figure.text, found.sentence) == ("65.0%", "England: 65.0% in 2022/23")


@pytest.mark.parametrize(
    ("own", "nation", "reason"),
    [
        ({"2022/23": 66.0}, None, "this is a whole nation"),
        ({}, {"2022/23": 65.0}, "there is no figure to compare"),
        ({"2021/22": 60.0, "2022/23": "c"}, {"2022/23": 65.0}, "there is no figure to compare"),
        ({"2022/23": 66.0}, {"2021/22": 65.0}, "there is no figure for England in 2022/23"),
        ({"2022/23": 66.0}, {"2022/23": "x"}, "England in 2022/23 is not available"),
    ],
)
def test_what_is_not_compared_says_why(own, nation, reason):
    found = comparison(series(own).newest, series(nation) if nation is not None else None, "England", HIGH)
    assert (found.code, found.word, found.figure) == ("none", "not compared", None)
    assert reason in found.sentence


def test_counts_are_not_compared_because_they_follow_the_size_of_the_area():
    births = Yardstick("births", "", 0, "none", "count")
    found = comparison(series({"2022": 900}).newest, series({"2022": 90000}), "England", births)
    assert (found.code, found.sentence) == ("none", "Not compared: a count follows the size of the area.")
