import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.correlation import ranks, spearman


def test_equal_values_share_the_mean_of_their_ranks():
    assert ranks([10, 30, 20, 20]) == [1, 4, 2.5, 2.5]
    assert ranks([5, 5, 5]) == [2, 2, 2]


@pytest.mark.parametrize(
    ("xs", "ys", "expected"),
    [
        ([1, 2, 3, 4], [10, 20, 40, 80], 1),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1),
        # Without ties 1 - 6 sum(d^2) / (n (n^2 - 1)): here 1 - 6 x 6 / 60.
        ([1, 2, 3, 4], [2, 1, 4, 3], 0.6),
        # With ties: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4 give 4.5 / sqrt(4.5 x 5).
        ([1, 2, 2, 3], [1, 2, 3, 4], 4.5 / math.sqrt(22.5)),
    ],
)
def test_spearman(xs, ys, expected):
    assert spearman(xs, ys) == pytest.approx(expected)


def test_where_all_are_equal_there_is_no_order_to_compare():
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1], [2]) is None
    assert spearman([], []) is None


def test_unlike_many_values_are_a_mistake():
    with pytest.raises(ValueError, match="2 values cannot be set against 3"):
        spearman([1, 2], [1, 2, 3])


pairs = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=30)


@given(pairs)
def test_it_lies_between_minus_one_and_one_and_the_mirror_turns_its_sign(found):
    xs, ys = zip(*found, strict=True)
    number = spearman(xs, ys)
    if number is not None:
        assert -1 - 1e-9 <= number <= 1 + 1e-9
        assert spearman([-x for x in xs], ys) == pytest.approx(-number, abs=1e-9)
        assert spearman(ys, xs) == pytest.approx(number, abs=1e-9)


@given(pairs)
def test_it_looks_at_the_order_alone(found):
    xs, ys = zip(*found, strict=True)
    assert spearman(xs, ys) == spearman([x**3 + 7 for x in xs], ys)
