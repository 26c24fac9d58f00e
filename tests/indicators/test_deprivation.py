import random

import pytest

from indicators.deprivation import ordered

DECILES = (
    "Most deprived decile", "Second most deprived decile", "Third more deprived decile", "Fourth more deprived decile",
    "Fifth more deprived decile", "Fifth less deprived decile", "Fourth less deprived decile",
    "Third less deprived decile", "Second least deprived decile", "Least deprived decile",
)  # fmt: skip


@pytest.mark.parametrize(
    "groups",
    [
        DECILES,
        ("Most deprived", "Second", "Third", "Fourth", "Least deprived"),
        ("Most deprived quintile", "Second most deprived quintile", "Middle quintile",
         "Second least deprived quintile", "Least deprived quintile"),
        ("Decile 1 (most deprived)", *(f"Decile {n}" for n in range(2, 10)), "Decile 10 (least deprived)"),
        ("5 - most deprived", "4", "3", "2", "1 - least deprived"),
        ("1 (Most deprived)", "2", "3", "4", "5"),
    ],
)  # fmt: skip
def test_the_names_of_publishers_tell_the_order(groups):
    for seed in range(5):
        mixed = random.Random(seed).sample(groups, len(groups))
        assert ordered(mixed) == groups


@pytest.mark.parametrize(
    "groups",
    [
        ("Quintile 1", "Quintile 2", "Quintile 3", "Quintile 4", "Quintile 5"),
        DECILES[:9],
        ("Most deprived", "Other"),
        ("Most deprived decile", "Most deprived quintile", "Least deprived quintile"),
        ("North", "South"),
        ("Second", "Third"),
    ],
    ids=["no end", "one missing", "no order", "two orders", "no deprivation", "no ends"],
)
def test_where_they_do_not_there_is_none(groups):
    assert ordered(groups) is None


def test_two_ends_are_an_order():
    assert ordered(["Least deprived fifth", "Most deprived fifth"]) == ("Most deprived fifth", "Least deprived fifth")
