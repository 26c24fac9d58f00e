"""Which columns of figures add up to which, without a database."""

import numpy as np
import pytest

from indicators.overlaps import MOST_MAKINGS, makings, overlap

# 0 to 4, 5 to 9, 0 to 9, 10 to 15 in three areas.
BANDS = np.array([[3, 40, 43, 50], [11, 23, 34, 47], [8, 8, 16, 30]])
EVERYONE = np.array([93, 81, 46])


def test_groups_overlap_where_they_are_more_than_everyone():
    assert overlap(BANDS, EVERYONE)
    assert not overlap(BANDS[:, :2], EVERYONE)
    assert not overlap(BANDS[:, 2:], EVERYONE)


def test_everyone_is_made_in_two_ways():
    assert list(makings(BANDS, EVERYONE)) == [(2, 3), (0, 1, 3)]


def test_a_group_is_made_of_others():
    assert list(makings(BANDS[:, [0, 1, 3]], BANDS[:, 2])) == [(0, 1)]


@pytest.mark.parametrize("groups", [np.empty((3, 0)), BANDS[:, :1]])
def test_what_nothing_adds_up_to_has_no_making(groups):
    assert list(makings(groups, EVERYONE)) == []


def test_not_all_of_very_many_ways_are_looked_for():
    assert len(list(makings(np.ones((1, 12)), np.array([6])))) == MOST_MAKINGS
