"""The line through a series and its prediction interval, held against matrix algebra and against itself."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from indicators.statistics.forecast import AT_BOUND, BELOW_FLOOR, NO_SCATTER, TOO_FEW, predict

SERIES = (61.2, 62.9, 62.4, 64.8, 65.1, 66.9, 66.0)


def by_matrices(values, ahead, confidence=0.95):
    """x (X'X)^-1 X'y, and t s √(1 + x (X'X)^-1 x')."""
    n = len(values)
    design = np.column_stack([np.ones(n), np.arange(1, n + 1)])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ np.array(values)
    then = np.array([1, n + ahead])
    rest = np.array(values) - design @ beta
    variance = rest @ rest / (n - 2) * (1 + then @ inverse @ then)
    half = stats.t.ppf((1 + confidence) / 2, n - 2) * math.sqrt(variance)
    return then @ beta, then @ beta - half, then @ beta + half


@pytest.mark.parametrize("ahead", [0.5, 1, 2, 3])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_it_agrees_with_matrix_algebra(ahead, confidence):
    assert predict(SERIES, ahead, confidence=confidence)[:3] == pytest.approx(by_matrices(SERIES, ahead, confidence))


def test_an_example_by_hand():
    """y = 1, 2, 2, 4: slope 0.9, mean 2.25, residuals 0.1, 0.2, -0.7, 0.4, so s² = 0.35; t(2) = 4.302653."""
    half = 4.302653 * math.sqrt(0.35) * math.sqrt(1 + 1 / 4 + 2.5**2 / 5)
    assert predict([1, 2, 2, 4], 1)[:3] == pytest.approx((4.5, 4.5 - half, 4.5 + half), rel=1e-6)


@pytest.mark.parametrize(
    ("values", "bounds", "reason"),
    [
        ([], {}, TOO_FEW),
        ([1.0, 2.0], {}, TOO_FEW),
        ([1.0, 2.0, 3.0, 4.0], {}, NO_SCATTER),
        ([65.3] * 6, {}, NO_SCATTER),
        ([0.0] * 6, {"floor": 0}, NO_SCATTER),
        ([1.0, 0.0, 2.0, 1.0], {"floor": 0, "ceiling": 100}, AT_BOUND),
        ([98.0, 99.0, 100.0, 99.0], {"floor": 0, "ceiling": 100}, AT_BOUND),
        ([98.0, 99.0, 101.0, 99.0], {"floor": 0, "ceiling": 100}, AT_BOUND),
        ([1.0, -0.5, 2.0, 1.0], {"floor": 0}, AT_BOUND),
        ([3.0, 2.1, 0.9, 0.1], {"floor": 0}, BELOW_FLOOR),
    ],
)
def test_where_nothing_can_be_predicted_the_reason_is_given(values, bounds, reason):
    assert predict(values, 1, **bounds) == (None, None, None, reason)


def test_what_only_has_a_floor_is_cut_off_there():
    falling = (3.1, 2.4, 2.3, 1.6, 1.4, 0.7)
    found, free = predict(falling, 1, floor=0), predict(falling, 1)
    assert free.lower < 0 < free.value
    assert found == (free.value, 0, free.upper, "")


VALUES = st.lists(st.integers(1, 9999).map(lambda number: number / 100), min_size=5, max_size=12)
AHEAD = st.floats(0.1, 6)
SHARES = {"floor": 0, "ceiling": 100}


@given(values=VALUES, ahead=AHEAD)
def test_a_share_stays_between_its_bounds_and_within_its_interval(values, ahead):
    found = predict(values, ahead, **SHARES)
    assume(not found.reason)
    assert 0 <= found.lower <= found.value <= found.upper <= 100


@given(values=VALUES, ahead=AHEAD)
def test_a_share_and_what_is_left_of_it_are_mirror_images(values, ahead):
    found, image = (predict(given, ahead, **SHARES) for given in (values, [100 - value for value in values]))
    assume(not found.reason and not image.reason)
    assert [100 - number for number in (image.value, image.upper, image.lower)] == pytest.approx(found[:3], abs=1e-6)


@given(values=VALUES, ahead=AHEAD, shift=st.integers(-500, 500), scale=st.sampled_from([-3.0, -1.0, 0.5, 10.0]))
def test_a_line_moves_and_stretches_with_its_figures(values, ahead, shift, scale):
    found = predict(values, ahead)
    moved = predict([shift + scale * value for value in values], ahead)
    assume(not found.reason and not moved.reason)
    ends = sorted(shift + scale * number for number in found[1:3])
    assert moved[:3] == pytest.approx((shift + scale * found.value, *ends), rel=1e-6, abs=1e-6)


@given(values=VALUES, ahead=AHEAD, bounds=st.sampled_from([{}, {"floor": 0}, SHARES]))
def test_more_confidence_and_a_longer_way_widen_the_interval(values, ahead, bounds):
    found = [
        predict(values, ahead, confidence=0.8, **bounds),
        predict(values, ahead, confidence=0.95, **bounds),
        predict(values, ahead, confidence=0.998, **bounds),
    ]
    assume(not found[0].reason)
    lowers, uppers = [one.lower for one in found], [one.upper for one in found]
    assert lowers == sorted(lowers, reverse=True)
    assert uppers == sorted(uppers)
    near, far = predict(values, ahead), predict(values, ahead + 1)
    assume(not near.reason)
    assert near.upper - near.lower < far.upper - far.lower


def test_nineteen_of_twenty_new_figures_lie_within():
    random = np.random.default_rng(7)
    hits = 0
    for _round in range(2000):
        figures = 60 + 0.5 * np.arange(9) + random.normal(0, 2, 9)
        found = predict(figures[:7].tolist(), 2)
        hits += found.lower <= figures[8] <= found.upper
    assert 0.935 <= hits / 2000 <= 0.965
