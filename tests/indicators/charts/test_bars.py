import pytest

from indicators.charts.bars import Entry, bars, ticks
from indicators.estimates import Interval
from tests.indicators.charts.ground import PER_CENT


def test_bars_start_at_zero_on_one_scale():
    drawn = bars([Entry(100), Entry(50, is_this=True)], None, PER_CENT)
    assert [(bar.start, bar.length) for bar in drawn.bars] == [("1.50%", "97.00%"), ("1.50%", "48.50%")]
    assert [bar.is_this for bar in drawn.bars] == [False, True]
    assert drawn.ticks == (
        ("1.50%", "0.0"), ("25.75%", "25.0"), ("50.00%", "50.0"), ("74.25%", "75.0"), ("98.50%", "100.0")
    )  # fmt: skip
    assert drawn.line == ""


def test_an_interval_has_two_ends_and_says_whether_it_was_computed():
    published, computed, without = bars(
        [Entry(50, Interval(40, 60)), Entry(100, Interval(90, 100, is_computed=True)), Entry(10)], 75, PER_CENT
    ).bars
    assert (published.whisker, published.is_computed) == (("40.30%", "59.70%"), False)
    assert computed.is_computed
    assert without.whisker == ()


def test_the_comparator_is_a_line_on_the_same_scale():
    assert bars([Entry(50), Entry(100)], 75, PER_CENT).line == "74.25%"


def test_there_is_no_bar_without_a_number():
    assert [bar is None for bar in bars([Entry(50), None], None, PER_CENT).bars] == [False, True]


def test_the_scale_has_room_for_intervals_and_the_comparator():
    assert bars([Entry(50, Interval(40, 120))], None, PER_CENT).ticks[-1][1] == "150.0"
    assert bars([Entry(50)], 180, PER_CENT).ticks[-1][1] == "200.0"


def test_bars_of_numbers_below_zero_lead_the_other_way():
    drawn = bars([Entry(-10), Entry(10)], None, PER_CENT)
    assert [(bar.start, bar.length) for bar in drawn.bars] == [("1.50%", "48.50%"), ("50.00%", "48.50%")]
    assert drawn.zero == "50.00%"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0], [0, 0.25, 0.5, 0.75, 1]),
        ([3.9], [0, 1, 2, 3, 4]),
        ([4.1], [0, 2, 4, 6]),
        ([7600], [0, 2000, 4000, 6000, 8000]),
        ([0.0031], [0, 0.001, 0.002, 0.003, 0.004]),
        ([-3, 9], [-5, 0, 5, 10]),
        ([-1, -1], [-1, -0.75, -0.5, -0.25, 0]),
    ],
)
def test_the_scale_is_of_round_numbers(values, expected):
    assert ticks(values) == pytest.approx(expected)
