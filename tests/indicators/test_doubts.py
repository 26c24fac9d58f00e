"""Which figures look implausible beside their series, without a database."""

import numpy as np
import pytest

from indicators.doubts import DOUBTS, Points, doubtful

STEADY = [70, 71, 70.5, 72, 71.5, 72.5, 73, 72]


def doubts_of(
    values: list, *, new: list[int] | None = None, whole: float = np.nan, is_count: bool = False
) -> list[str]:
    """What is doubtful about values of one series, by their years; `new` are the places of those of the file."""
    places = range(len(values)) if new is None else new
    return judged([(0, year, value, year in places) for year, value in enumerate(values)], whole, is_count)


def judged(points: list[tuple], whole: float = np.nan, is_count: bool = False) -> list[str]:
    series, ends, values, is_new = (np.array(column) for column in zip(*points, strict=True))
    many = len(points)
    found = doubtful(
        Points(
            series=series,
            ends=ends,
            values=values.astype(float),
            wholes=np.full(many, whole),
            is_count=np.full(many, is_count),
            is_new=is_new.astype(bool),
        )
    )
    return [DOUBTS[number] for number in found]


@pytest.mark.parametrize(
    ("value", "whole", "expected"),
    [
        (72.4, 100, ""),
        (73.5, 100, ""),
        # A step of 5 in a series that moves by 1 is far in its own measure, but not a tenth of what is expected.
        (78, 100, ""),
        (58, 100, "far"),
        (7.2, 100, "tenfold"),
        (720, np.nan, "tenfold"),
        (104, 100, "over"),
        (28, 100, "mirror"),
        (28, np.nan, "far"),
    ],
)
def test_a_new_figure_beside_a_steady_series(value, whole, expected):
    *others, last = doubts_of([*STEADY, value], new=[8], whole=whole)
    assert last == expected
    assert set(others) == {""}


def test_only_the_figure_itself_is_doubtful_and_not_its_neighbours():
    values = [*STEADY[:4], 20, *STEADY[4:]]
    assert [place for place, doubt in enumerate(doubts_of(values)) if doubt] == [4]


@pytest.mark.parametrize("values", [[70], [70, 30], [70, 50, 71, 52, 70]])
def test_a_short_series_does_not_know_its_spread(values):
    assert set(doubts_of(values)) == {""}


def test_a_slip_of_the_decimal_point_shows_in_the_shortest_series():
    assert doubts_of([70, 7.1], new=[1]) == ["", "tenfold"]
    assert doubts_of([4500, 45_100], new=[1], is_count=True) == ["", "tenfold"]


def test_small_counts_go_up_and_down_by_such_factors():
    assert doubts_of([1, 12, 2, 10], is_count=True) == [""] * 4
    assert doubts_of([0, 5, 0, 3], is_count=True) == [""] * 4


def test_a_figure_that_takes_the_place_of_another_is_held_against_that():
    standing = [(0, year, value, False) for year, value in enumerate([70, 80, 90])]
    assert judged([*standing, (0, 1, 8.1, True)])[-1] == "tenfold"
    assert judged([*standing, (0, 1, 81, True)])[-1] == ""


def test_a_share_near_one_half_has_no_mirror_image():
    assert doubts_of([52, 48], new=[1], whole=100) == ["", ""]


def test_series_are_told_apart():
    one = [(0, year, value, True) for year, value in enumerate(STEADY)]
    other = [(1, year, value * 100, True) for year, value in enumerate(STEADY)]
    assert set(judged(one + other)) == {""}


def test_what_is_not_of_the_file_is_never_doubtful():
    assert set(doubts_of([*STEADY, 7], new=[])) == {""}


def test_no_points_at_all():
    nothing = np.zeros(0)
    found = doubtful(Points(nothing, nothing, nothing, nothing, nothing.astype(bool), nothing.astype(bool)))
    assert len(found) == 0
