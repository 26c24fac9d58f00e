import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import quantiles
from tests.indicators.stats.cases import cases

values = st.lists(st.none() | st.integers(-1000, 1000).map(lambda number: number / 10), max_size=40)
groups = st.integers(2, 10)


@pytest.mark.parametrize("case", cases("fifths"))
def test_fifths_by_share_agree_with_others(case):
    assert quantiles.by_share(case["values"], 5) == case["ntile5"]
    assert quantiles.fifth_words(case["values"], polarity=case["polarity"]) == case["words"]
    found = quantiles.quartile_values(case["values"])
    assert (None if found is None else list(found)) == case["quartile_values"]


def test_by_rank_the_highest_are_first_and_equals_stay_together():
    assert quantiles.by_rank([10, 20, 30, 40, 50], 5) == [5, 4, 3, 2, 1]
    assert quantiles.by_rank([10, 20, 30, 40, 50], 5, descending=False) == [1, 2, 3, 4, 5]
    assert quantiles.by_rank([4, 1, 1, 1, None, 3], 2, descending=False) == [2, 1, 1, 1, None, 2]


def test_by_rank_of_a_number_that_groups_do_not_divide():
    """Seven in fifths: (N + 1 - r)/1.4 is 5, 4.29, 3.57, 2.86, 2.14, 1.43, 0.71."""
    assert quantiles.by_rank([1, 2, 3, 4, 5, 6, 7], 5, descending=False) == [1, 1, 2, 3, 3, 4, 5]


def test_by_rank_needs_as_many_values_as_groups():
    assert quantiles.by_rank([1, 2, None, 4], 4) == [None] * 4


def test_bounds_are_interpolated():
    assert quantiles.percentile_bounds([4, 1, 3, 2], 4) == [1, 1.75, 2.5, 3.25, 4]
    assert quantiles.percentile_bounds([1, 2, 3, 4, 5, 6], 5) == [1, 2, 3, 4, 5, 6]
    assert quantiles.percentile_bounds([1, 2, None, 3], 4) is None


def test_by_bounds_a_value_on_a_bound_is_below_it():
    assert quantiles.by_bounds([1, 2, 3, 4, 5, 6], 5) == [1, 1, 2, 3, 4, 5]


def test_by_bounds_the_best_fifth_is_the_first_where_high_is_good_but_never_the_best_quarter():
    numbers = [1, 2, 3, 4, 5, 6]
    assert quantiles.by_bounds(numbers, 5, polarity="high") == [5, 5, 4, 3, 2, 1]
    assert quantiles.by_bounds(numbers, 5, polarity="low") == quantiles.by_bounds(numbers, 5)
    assert quantiles.by_bounds(numbers, 4, polarity="high") == quantiles.by_bounds(numbers, 4)


def test_by_bounds_too_few_values_are_of_group_none():
    assert quantiles.by_bounds([1, 2, None, 3, 4], 5) == [0, 0, None, 0, 0]
    assert quantiles.by_bounds([1, 2, 3], 3) == [0, 0, 0]


def test_by_share_the_first_groups_get_one_more():
    assert quantiles.by_share([1, 2, 3, 4, 5, 6, 7], 5) == [1, 1, 2, 2, 3, 4, 5]
    assert quantiles.by_share([30, None, 10, 20], 5) == [3, None, 1, 2]


@pytest.mark.parametrize("polarity", ["", "high"])
def test_words_need_a_polarity_and_five_values(polarity):
    numbers = [1, 2, 3, 4, 5] if polarity == "" else [1, 2, 3, 4, None]
    assert quantiles.fifth_words(numbers, polarity=polarity) == ["not compared"] * 5


def test_words_of_fifths():
    assert quantiles.fifth_words([5, 4, None, 3, 2, 1], polarity="low") == [
        "worst",
        "worse",
        "not compared",
        "middle",
        "better",
        "best",
    ]


@given(values, groups)
def test_a_higher_value_is_never_in_a_lower_group(numbers, q):
    for found in (
        quantiles.by_rank(numbers, q, descending=False),
        quantiles.by_bounds(numbers, q),
        quantiles.by_share(numbers, q),
    ):
        assert len(found) == len(numbers)
        placed = sorted(
            (number, group)
            for number, group in zip(numbers, found, strict=True)
            if number is not None and group is not None
        )
        assert [group for _, group in placed] == sorted(group for _, group in placed)
        assert all(0 <= group <= q for _, group in placed)


@given(values, groups)
def test_by_share_groups_differ_by_one_at_most(numbers, q):
    found = quantiles.by_share(numbers, q)
    sizes = [found.count(group) for group in range(1, q + 1)]
    assert max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True)


@given(values, groups)
def test_by_rank_and_by_bounds_equal_values_share_a_group(numbers, q):
    for found in (quantiles.by_rank(numbers, q), quantiles.by_bounds(numbers, q, polarity="high")):
        assert len({(number, group) for number, group in zip(numbers, found, strict=True)}) == len(set(numbers))
