"""Whether a target is likely to be met, and when that is not said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from indicators.aims import DOWN, TO, UP, TargetPoint
from indicators.figures import Yardstick
from indicators.forecasts import Forecast, forecast
from indicators.series import Break, Point, Series

SHARE = Yardstick("gld", "%", 1, "high", "proportion", 100)
RATE = Yardstick("admissions", "per 1,000", 1, "low", "rate", 1000)
MEAN = Yardstick("score", "", 1, "high", "mean")
RISING = (60.1, 61.3, 61.9, 63.2, 63.8, 65.1)
YEARS = ("2019", "2020", "2021", "2022", "2023", "2024")
MONTHS = tuple(f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13))


def series(values, labels=YEARS, breaks=()) -> Series:
    points = tuple(
        Point(periods.read(label), None, value) if isinstance(value, str) else Point(periods.read(label), value)
        for label, value in zip(labels, values, strict=False)
    )
    return Series("gld", "E10000017", "", points, breaks)


def ask(values, target: float, when: str = "2026", stick=SHARE, direction=UP, upper=None, **more) -> Forecast:
    found = series(values, **more)
    wanted = TargetPoint(target, periods.read(when).end, when, upper=upper)
    return forecast(found.newest_number, found, stick, wanted, direction)


@pytest.mark.parametrize(
    ("target", "code", "text"),
    [
        (66.0, "likely", "likely to be met"),
        (67.0, "unknown", "cannot be told"),
        (70.0, "unlikely", "unlikely to be met"),
    ],
)
def test_a_verdict_is_given_where_the_whole_interval_lies_on_one_side(target, code, text):
    found = ask(RISING, target)
    assert (found.code, found.text, found.reason) == (code, text, "")
    assert found.lower < found.value < found.upper


def test_the_sentence_gives_value_interval_and_verdict():
    assert ask(RISING, 70.0).sentence == (
        "If the figures go on as they have, 2026 will be about 66.8%, with 95% confidence 66.0% to 67.6%:"
        " the target of 70.0% in 2026 is unlikely to be met."
    )


def test_where_low_is_good_it_is_the_other_way_round():
    falling = tuple(100 - value for value in RISING)
    assert [ask(falling, target, direction=DOWN).code for target in (34.0, 33.0, 30.0)] == [
        "likely", "unknown", "unlikely"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("direction", "low", "high", "code"),
    [
        (TO, 60.0, 80.0, "likely"), (TO, 67.0, 80.0, "unknown"), (TO, 70.0, 80.0, "unlikely"),
        (TO, 50.0, 60.0, "unlikely"), (TO, 67.0, None, "unknown"), (UP, 50.0, 60.0, "likely"),
        (DOWN, 50.0, 60.0, "unlikely"),
    ],
)  # fmt: skip
def test_a_range(direction, low, high, code):
    assert ask(RISING, low, direction=direction, upper=high).code == code


@pytest.mark.parametrize(
    ("values", "more", "reason"),
    [
        (RISING[:4], {}, "it takes 5 figures in a row, and there are 4"),
        (RISING[:1], {}, "it takes 5 figures in a row, and there is 1"),
        ((*RISING[:3], "c", *RISING[4:]), {}, "it takes 5 figures in a row, and there are 2"),
        (
            RISING,
            {"breaks": (Break(date(2022, 1, 1), "2022", "New."),)},
            "it takes 5 figures in a row, and there are 3",
        ),
        (RISING, {"when": "2027"}, "2027 is too far ahead for so short a series"),
        (RISING[:5], {"labels": YEARS[1:], "when": "2027"}, "2027 is too far ahead for so short a series"),
        (
            RISING,
            {"labels": tuple(f"{year} - {year - 1998}" for year in range(2016, 2022)), "when": "2021 - 23"},
            "the periods overlap",
        ),
        (
            RISING * 2,
            {"labels": MONTHS, "when": "2023-02"},
            "it takes two whole years of figures to tell a trend from a season",
        ),
        ((64.0,) * 6, {}, "the figures lie on one line, which does not tell how far the next may be from it"),
        (
            (3.1, 2.6, 1.9, 1.2, 0.7, 0.1),
            {"stick": RATE, "when": "2026"},
            "a straight line through the figures leads below 0",
        ),
        ((98.0, 99.1, 100.0, 99.7, 99.9), {}, "a figure is at the end of what can be, or beyond"),
        ((98.0, 99.1, 101.0, 99.7, 99.9), {}, "a figure is at the end of what can be, or beyond"),
    ],
)
def test_where_the_series_does_not_allow_it_there_is_no_forecast(values, more, reason):
    found = ask(values, 70.0, **{"when": "2025", **more})
    assert (found.code, found.text, found.value, found.reason) == ("none", "no forecast", None, reason)
    assert found.sentence == f"No forecast: {reason}."


@pytest.mark.parametrize("target", [0.0, 100.0])
def test_no_line_of_shares_reaches_none_or_all(target):
    assert ask(RISING, target).reason == "the target is none or all of the whole, which no forecast reaches"


def test_a_rate_is_never_below_zero_and_may_reach_a_target_of_zero():
    found = ask((3.1, 2.4, 2.3, 1.6, 1.4, 0.7), 0.0, when="2025", stick=RATE, direction=DOWN)
    assert (found.lower, found.code) == (0, "unknown")
    assert found.value > 0


def test_a_mean_has_no_bounds():
    found = ask((1.2, 0.4, -0.1, -1.1, -1.4, -2.3), -3.0, stick=MEAN, direction=DOWN)
    assert found.value < -3


def test_half_as_far_ahead_as_the_figures_go_back_is_not_too_far():
    assert ask(RISING[:5], 70.0, when="2025", labels=YEARS[:5]).code == "unlikely"


def test_only_the_newest_ten_years_count():
    labels = tuple(str(year) for year in range(2010, 2025))
    long = (*(30.0 + 7 * number % 11 for number in range(5)), *(60 + 0.5 * number + number % 2 for number in range(10)))
    assert ask(long, 70.0, labels=labels) == ask(long[5:], 70.0, labels=labels[5:])


def test_three_years_of_months_are_enough():
    values = [60 + 0.1 * number + number % 3 for number in range(36)]
    assert ask(values, 90.0, when="2025-06", labels=MONTHS).code == "unlikely"


def test_a_target_in_the_middle_of_a_period_is_part_of_a_step_ahead():
    found = series(RISING)
    by_march = TargetPoint(70.0, date(2026, 3, 31))
    ends = [ask(RISING, 70.0, when=when).value for when in ("2025", "2026")]
    assert ends[0] < forecast(found.newest_number, found, SHARE, by_march, UP).value < ends[1]


def test_a_figure_of_another_length_is_not_carried_on():
    found = series((*RISING[:5], 65.0), (*YEARS[:5], "2024 Q1"))
    target = TargetPoint(70.0, date(2025, 12, 31), "2025")
    assert forecast(found.points[4], found, SHARE, target, UP).reason == (
        "the newest figure is for a period of another length"
    )


@given(
    values=st.lists(st.integers(1, 999).map(lambda number: number / 10), min_size=6, max_size=6),
    target=st.integers(1, 99).map(float),
    direction=st.sampled_from([UP, DOWN, TO]),
)
def test_a_verdict_never_says_more_than_the_interval(values, target, direction):
    found = ask(values, target, direction=direction)
    if found.code == "none":
        return
    lower, upper = SHARE.shown(found.lower), SHARE.shown(found.upper)
    assert (found.code == "unknown") >= (lower < target < upper)
    if found.code == "unlikely":
        assert upper < target or lower > target
