"""What can be worked out of unknown quantities that linear ties bind: how far each can move, and what would free it.

Everything is told from one point that satisfies all ties, the truth: a solution is how far each quantity lies from it.
Linear programmes in whole numbers where the quantities are whole, solved by indicators/programmes.py.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import connected_components

from indicators.programmes import cheapest

# A sum of some quantities, each by its place and how often it counts: what a reader would like to know.
Sought = tuple[tuple[int, float], ...]
NEAR = 1e-6


@dataclass(frozen=True)
class Ties:
    """Rows of `matrix` times the moves of all quantities lie between `least` and `most`; no move is below `floor`.

    `at` is the point that moves are told from; standing still is always a solution.
    """

    matrix: csr_array
    least: np.ndarray
    most: np.ndarray
    floor: np.ndarray
    at: np.ndarray

    def of(self, columns: np.ndarray) -> "Ties":
        """Only these quantities move; rows that none of them is in say nothing."""
        some = self.matrix[:, columns]
        rows = np.flatnonzero(np.diff(some.indptr))
        return Ties(some[rows], self.least[rows], self.most[rows], self.floor[columns], self.at[columns])

    def without(self, rows: Collection[int]) -> "Ties":
        kept = [row for row in range(len(self.least)) if row not in rows]
        return Ties(self.matrix[kept], self.least[kept], self.most[kept], self.floor, self.at) if rows else self

    def neighbours(self, columns: np.ndarray) -> np.ndarray:
        """Every quantity that a row ties to one of these."""
        rows = np.flatnonzero(np.diff(self.matrix[:, columns].indptr))
        return np.unique(self.matrix[rows].indices)

    @cached_property
    def is_whole(self) -> bool:
        numbers = (self.at, self.matrix.data)
        return all(np.allclose(some, np.round(some), rtol=0, atol=NEAR) for some in numbers)


class Unknown:
    """The quantities that a reader is not told, in groups that no tie connects.

    Every solution that was found is kept, since it often shows that another quantity can move too. `known` are such
    solutions for other quantities hidden: those in which nothing moves that is told now hold here too.
    """

    def __init__(self, ties: Ties, hidden: np.ndarray, known: Collection[np.ndarray] = ()) -> None:
        columns = np.flatnonzero(hidden)
        holding = [moves for moves in known if not moves[~hidden].any()]
        self._size = len(hidden)
        self._group_of: dict[int, _Group] = {}
        for group in _connected(ties.matrix[:, columns]):
            members = columns[group]
            found = _Group(members, ties.of(members), [moves[members] for moves in holding])
            self._group_of |= dict.fromkeys(members.tolist(), found)

    def moves_by(self, sought: Sought, width: float) -> bool:
        """Whether what is sought can have values that lie so far apart, for all that a reader is told."""
        parts: dict[_Group, list[tuple[int, float]]] = {}
        for place, times in sought:
            if group := self._group_of.get(place):
                parts.setdefault(group, []).append((place, times))
        reached = 0.0
        for group, part in parts.items():
            reached += group.reach(part, width - reached)
            if reached >= width - NEAR:
                return True
        return False

    def tied_to(self, *places: int) -> np.ndarray:
        """Every unknown quantity in the groups of these."""
        found = [self._group_of[place].members for place in places if place in self._group_of]
        return np.unique(np.concatenate(found)) if found else np.array([], dtype=int)

    @property
    def solutions(self) -> Iterator[np.ndarray]:
        for group in set(self._group_of.values()):
            for moves in group.solutions:
                spread = np.zeros(self._size)
                spread[group.members] = moves
                yield spread


class _Group:
    def __init__(self, members: np.ndarray, ties: Ties, known: Collection[np.ndarray]) -> None:
        self.members, self.ties = members, ties
        self._place = {member: place for place, member in enumerate(members.tolist())}
        self.solutions = [np.zeros(len(members)), *(moves for moves in known if moves.any())]

    def reach(self, sought: Sequence[tuple[int, float]], width: float) -> float:
        """How far apart the values of what is sought can lie; no search goes beyond `width`."""
        weights = np.zeros(len(self.members))
        for member, times in sought:
            weights[self._place[member]] += times
        lowest, highest = self._extremes(weights)
        for sign in (1, -1):
            if highest - lowest >= width - NEAR:
                break
            found = _solved(self.ties, sign * weights, beyond=highest - width if sign > 0 else -(lowest + width))
            if found is not None:
                self.solutions.append(found)
                lowest, highest = self._extremes(weights)
        return min(width, highest - lowest)

    def _extremes(self, weights: np.ndarray) -> tuple[float, float]:
        values = np.array(self.solutions) @ weights
        return float(values.min()), float(values.max())


def _solved(ties: Ties, weights: np.ndarray, *, beyond: float) -> np.ndarray | None:
    """The solution with the least weighted sum, which need not go below `beyond`. None where there is none to be found.

    Mostly the programme without whole numbers, which is faster, gives whole numbers by itself.
    """
    rows = [(csr_array(weights[np.newaxis, :]), beyond, np.inf)]
    if ties.matrix.shape[0]:
        rows.append((ties.matrix, ties.least, ties.most))
    found = cheapest(weights, rows, floor=ties.floor)
    if found is None or not ties.is_whole:
        return found
    whole = np.round(found)
    if np.abs(found - whole).max() > NEAR:
        whole = cheapest(weights, rows, floor=ties.floor, is_whole=True)
    return None if whole is None else np.round(whole)


def nearest(ties: Ties, sought: Sought, width: float, costs: np.ndarray, is_fixed: np.ndarray) -> np.ndarray:
    """The places of quantities that have to be unknown for what is sought to move by so much, at the least cost.

    Two solutions at once, one upwards and one downwards: together they are so far apart. A quantity that moves in
    either costs as much as it moves. The search is that of Kelly, Golden and Assad (1992) for a table, for any ties.
    Empty where nothing is enough.
    """
    columns = np.flatnonzero(~is_fixed)
    place_of = {column: place for place, column in enumerate(columns.tolist())}
    wanted = [(place_of[place], times) for place, times in sought if place in place_of]
    near = next((group for group in _connected(ties.matrix[:, columns]) if wanted and wanted[0][0] in group), None)
    if near is None:
        return np.array([], dtype=int)
    members = columns[near]
    some, many = ties.of(members), len(members)
    weights = np.zeros(many)
    for place, times in sought:
        weights[members == place] += times
    moves = _two_ways(some, weights, width, costs[members])
    return members[np.abs(moves).max(axis=0) > NEAR] if moves is not None else np.array([], dtype=int)


def _two_ways(ties: Ties, weights: np.ndarray, width: float, costs: np.ndarray) -> np.ndarray | None:
    """Moves upwards and downwards, each split into a part above and one below nought so that size has a cost."""
    many = len(weights)
    split = hstack([ties.matrix, -ties.matrix])
    none = csr_array(split.shape)
    rows = [(csr_array(np.concatenate([weights, -weights, -weights, weights])[np.newaxis, :]), width, np.inf)]
    for block in (hstack([split, none]), hstack([none, split])):
        if block.shape[0]:
            rows.append((csr_array(block), ties.least, ties.most))
    most = np.tile(np.concatenate([np.full(many, np.inf), -ties.floor]), 2)
    found = cheapest(np.tile(costs, 4), rows, ceiling=most)
    if found is None:
        return None
    above_up, below_up, above_down, below_down = found.reshape(4, many)
    return np.array([above_up - below_up, above_down - below_down])


def closest(matrix: csr_array, least: np.ndarray, floor: np.ndarray, *, is_equal: np.ndarray) -> np.ndarray:
    """Quantities from `floor` up for which the rows come as near to `least` as they can; rows not equal may lie above.

    The distances of all rows together are the least.
    """
    rows, many = matrix.shape
    apart = csr_array(np.eye(rows))
    every = csr_array(hstack([matrix, apart, -apart]))
    costs = np.concatenate([np.zeros(many), np.ones(rows), np.where(is_equal, 1, 0)])
    found = cheapest(costs, [(every, least, least)], floor=np.concatenate([floor, np.zeros(2 * rows)]))
    return found[:many] if found is not None else np.maximum(floor, 0)


def _connected(matrix: csr_array) -> Iterator[np.ndarray]:
    """The columns that rows connect, group by group."""
    if not matrix.shape[1]:
        return
    touching = csr_array(matrix.T != 0, dtype=float) @ csr_array(matrix != 0, dtype=float)
    many, labels = connected_components(touching, directed=False)
    order = np.argsort(labels, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if many else ()
