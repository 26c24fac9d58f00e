from datetime import date

import pytest
from django.utils.text import capfirst

from indicators import periods
from indicators.figures import Yardstick
from indicators.judgement import Benchmark, change, comparison, comparison_sentence
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
    ("yardstick", "facts", "direction", "text"),
    [
        (HIGH, (66.0, 67.2), "up", "Up 1.2 percentage points from 2022/23"),
        (HIGH, (67.2, 66.0), "down", "Down 1.2 percentage points from 2022/23"),
        (LOW, (4.5, 3.9), "down", "Down 0.6 per 1,000 from 2022/23"),
        (NEITHER, (1200, 1000), "down", "Down 200 from 2022/23"),
        (HIGH, (66.04, 65.96), "same", "The same as in 2022/23"),
    ],
)
def test_a_change_says_which_way_and_how_far_and_judges_nothing(yardstick, facts, direction, text):
    found = change(series(dict(zip(("2022/23", "2023/24"), facts, strict=True))), yardstick)
    assert (found.direction, found.text) == (direction, text)
    assert found.previous.period == "2022/23"


def test_a_change_is_the_difference_of_the_numbers_that_are_shown():
    found = change(series({"2022/23": 65.24, "2023/24": 65.26}), HIGH)
    assert found.text == "Up 0.1 percentage points from 2022/23"


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
    assert (found.direction, found.text, found.previous) == ("none", capfirst(reason), None)
    assert reason in found.sentence


def test_no_change_runs_across_a_break():
    found = change(series({"2020/21": 70.0, "2021/22": 65.0}, (Break(date(2021, 4, 1), "2021/22", "New."),)), HIGH)
    assert (found.direction, found.text) == ("none", "A new series began in 2021/22")


RATE = Yardstick("deaths", "per 1,000", 1, "low", "rate", 1000)
SHARE = Yardstick("ready", "%", 1, "high", "proportion", 100)


def figure_of(label: str, value: float, lower: float | None = None, upper: float | None = None, **counts) -> Series:
    return Series("gld", "E10000017", "", (Point(periods.read(label), value, lower=lower, upper=upper, **counts),))


def beside(series: Series | None, kind: str = "nation", name: str = "England") -> Benchmark | None:
    return Benchmark(name, series, kind) if series else None


@pytest.mark.parametrize(
    ("polarity", "own", "england", "word"),
    [
        ("high", (66.0, 65.1, 66.9), 65.0, "better"),
        ("high", (66.0, 65.0, 67.0), 65.0, "similar"),
        ("high", (64.0, 63.1, 64.9), 65.0, "worse"),
        ("low", (4.0, 3.5, 4.5), 5.0, "better"),
        ("low", (5.0, 4.5, 5.5), 4.0, "worse"),
        ("none", (5.0, 4.5, 5.5), 4.0, "higher"),
        ("none", (3.0, 2.5, 3.5), 4.0, "lower"),
        ("none", (4.2, 3.5, 4.5), 4.0, "similar"),
    ],
)
def test_a_nations_figure_is_held_against_the_interval_of_the_area(polarity, own, england, word):
    stick = Yardstick("x", "", 1, polarity)
    found = comparison(figure_of("2023", *own).newest, beside(figure_of("2023", england, england, england)), stick)
    assert (found.code, found.word) == (word, word)
    assert found.text == f"{word} {'to' if word == 'similar' else 'than'} England"


def test_a_region_is_uncertain_itself_and_differs_only_where_the_intervals_do_not_overlap():
    own, region = figure_of("2023", 66.0, 65.1, 66.9), figure_of("2023", 64.5, 63.8, 65.2)
    assert comparison(own.newest, beside(region, "region", "North West"), HIGH).word == "similar"
    assert comparison(own.newest, beside(region), HIGH).word == "better"


def test_an_interval_computed_from_counts_decides_as_a_published_one():
    own = figure_of("2023", 67.5, numerator=2025, denominator=3000)
    found = comparison(own.newest, beside(figure_of("2023", 69.5)), SHARE)
    assert (found.word, found.margin.is_computed) == ("worse", True)
    assert comparison_sentence(found, SHARE) == ("England: 69.5% in 2023, clear of the interval here, 65.8% to 69.2%.")


def test_a_standardised_rate_is_not_compared_by_the_counts_beside_it():
    own = figure_of("2023", 9.9, numerator=40, denominator=8000)
    found = comparison(own.newest, beside(figure_of("2023", 4.0)), RATE)
    assert (found.code, found.figure.text) == ("none", "4.0 per 1,000")
    assert found.reason == "2023 has neither counts nor a margin of error"


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
    found = comparison(series(own).newest, beside(series(nation)) if nation else None, HIGH)
    assert (found.code, found.word, found.figure, found.reason) == ("none", "not compared", None, reason)
    assert comparison_sentence(found, HIGH) == f"Not compared: {reason}."


def test_counts_are_not_compared_because_they_follow_the_size_of_the_area():
    births = Yardstick("births", "", 0, "none", "count")
    found = comparison(series({"2022": 900}).newest, beside(series({"2022": 90000})), births)
    assert (found.code, found.reason) == ("none", "a count follows the size of the area")
