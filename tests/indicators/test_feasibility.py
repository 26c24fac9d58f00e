"""How far unknown quantities can move that are tied to each other, without a database."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from indicators.feasibility import Ties, Unknown, closest, nearest


def ties(rows: list[list[float]], at: list[float], *, slack: dict[int, float] | None = None) -> Ties:
    """Rows that make nothing in truth; with `slack` those that make so much, and may make anything from nothing."""
    slack, floor = slack or {}, -np.array(at, dtype=float)
    least = np.array([-slack.get(row, 0.0) for row in range(len(rows))])
    most = np.array([np.inf if row in slack else 0.0 for row in range(len(rows))])
    return Ties(csr_array(np.array(rows, dtype=float).reshape(len(rows), len(at))), least, most, floor, np.array(at))


def hidden(size: int, *places: int) -> np.ndarray:
    mask = np.zeros(size, dtype=bool)
    mask[list(places)] = True
    return mask


ONE_SUM = ties([[1, -1, -1, -1]], [60.0, 3.0, 17.0, 40.0])


@pytest.mark.parametrize(
    ("unknown", "width", "moves"),
    [
        ((1,), 1, False),
        ((1, 2), 5, True),
        ((1, 2), 20, True),
        ((1, 2), 21, False),
        ((0, 1), 1000, True),
        ((1, 2, 3), 60, True),
    ],
)
def test_a_part_of_a_sum_moves_as_far_as_the_others_let_it(unknown, width, moves):
    assert Unknown(ONE_SUM, hidden(4, *unknown)).moves_by(((1, 1.0),), width) is moves


def test_a_quantity_that_nothing_ties_moves_as_far_as_you_like():
    assert Unknown(ties([], [3.0]), hidden(1, 0)).moves_by(((0, 1.0),), 100)


def test_a_quantity_that_is_told_does_not_move():
    assert not Unknown(ONE_SUM, hidden(4, 1, 2)).moves_by(((3, 1.0),), 1)


def test_a_part_may_take_what_is_left_of_its_total():
    with_rest = ties([[1, -1, -1]], [60.0, 3.0, 17.0], slack={0: 40.0})
    assert Unknown(with_rest, hidden(3, 1)).moves_by(((1, 1.0),), 43)
    assert not Unknown(with_rest, hidden(3, 1)).moves_by(((1, 1.0),), 44)


def test_quantities_of_two_groups_move_apart_together():
    two = ties([[1, -1, -1, 0, 0, 0], [0, 0, 0, 1, -1, -1]], [4.0, 1.0, 3.0, 6.0, 2.0, 4.0])
    unknown = Unknown(two, hidden(6, 1, 2, 4, 5))
    assert unknown.moves_by(((1, 1.0), (4, -1.0)), 10)
    assert not unknown.moves_by(((1, 1.0), (4, -1.0)), 11)
    assert unknown.tied_to(1).tolist() == [1, 2]


def test_whole_quantities_move_by_whole_numbers():
    """3x + 5y = 8 has one solution in whole numbers, and many others."""
    whole, others = ties([[3, 5]], [1.0, 1.0]), ties([[3, 5.5]], [1.0, 1.0])
    assert (whole.is_whole, others.is_whole) == (True, False)
    assert not Unknown(whole, hidden(2, 0, 1)).moves_by(((0, 1.0),), 1)
    assert Unknown(others, hidden(2, 0, 1)).moves_by(((0, 1.0),), 1)


def test_a_solution_that_was_found_is_known_where_more_is_hidden():
    first = Unknown(ONE_SUM, hidden(4, 1, 2))
    assert first.moves_by(((1, 1.0),), 20)
    again = Unknown(ONE_SUM, hidden(4, 1, 2, 3), list(first.solutions))
    assert len(list(again.solutions)) == len(list(first.solutions))
    assert [moves.tolist() for moves in Unknown(ONE_SUM, hidden(4, 1, 3), list(first.solutions)).solutions] == [[0] * 4]


def test_the_nearest_that_frees_a_quantity_is_the_cheapest():
    cheap = nearest(ONE_SUM, ((1, 1.0),), 5, np.array([9.0, 1.0, 2.0, 3.0]), hidden(4))
    assert cheap.tolist() == [1, 2]
    dear = nearest(ONE_SUM, ((1, 1.0),), 5, np.array([9.0, 1.0, 8.0, 3.0]), hidden(4))
    assert dear.tolist() == [1, 3]


def test_what_is_fixed_frees_nothing():
    assert nearest(ONE_SUM, ((1, 1.0),), 5, np.ones(4), hidden(4, 0, 2, 3)).tolist() == []
    assert nearest(ONE_SUM, ((1, 1.0),), 5, np.ones(4), hidden(4, 1)).tolist() == []


def test_in_a_square_four_cells_free_each_other():
    """Rows and columns of two by three, with their totals fixed."""
    square = ties([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]],
                  [3.0, 30, 40, 20, 50, 60])  # fmt: skip
    assert nearest(square, ((0, 1.0),), 5, np.array([1.0, 2, 3, 1, 2, 3]), hidden(6)).tolist() == [0, 1, 3, 4]


def test_what_is_not_known_is_fitted_as_well_as_can_be():
    matrix = csr_array(np.array([[1.0, 1.0], [1.0, 0.0]]))
    fitted = closest(matrix, np.array([10.0, 4.0]), np.zeros(2), is_equal=np.array([True, True]))
    assert fitted.tolist() == [4, 6]
    above = closest(matrix, np.array([10.0, 4.0]), np.array([7.0, 0.0]), is_equal=np.array([True, False]))
    assert above[0] >= 7
    assert above.sum() == pytest.approx(10)
