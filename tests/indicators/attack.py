"""An attacker who works hidden counts out of all that is shown. Written without a look at how they are protected.

Knows the tree of areas, the groups of each dimension, that children and groups are complete, that counts are whole and
not below nought, and the figures that are shown: sets up every equation and asks a solver for the least and the most
that each hidden count can be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

# No count is above that; a count that may be so large may be anything.
MOST = 100_000
Name = tuple  # (kind, area, group): kind is "numerator" or "denominator"


@dataclass
class Puzzle:
    """What is shown by name, which sums hold (a total and its parts), which count is within which."""

    shown: Mapping[Name, float]
    sums: Sequence[tuple[Name, Sequence[Name]]]
    within: Sequence[tuple[Name, Name]] = ()

    def __post_init__(self) -> None:
        names = {name for total, parts in self.sums for name in (total, *parts)}
        names |= {name for pair in self.within for name in pair} | set(self.shown)
        self.names = sorted(names)
        self.place = {name: place for place, name in enumerate(self.names)}

        self.answers: list[np.ndarray] = []
        self.bounds = self._bounds()
        rows = [self._row([(total, 1), *((part, -1) for part in parts)]) for total, parts in self.sums]
        rows += [self._row([(whole, 1), (part, -1)]) for part, whole in self.within]
        most = [0] * len(self.sums) + [np.inf] * len(self.within)
        self.constraints = LinearConstraint(csr_array(np.array(rows)), 0, most)

    def may_differ(self, *wanted: Name, by: float) -> bool:
        """Whether the first count, less the second if two are given, may have values so far apart.

        An answer found for one question may show it for another.
        """
        objective = self._row(list(zip(wanted, (1, -1), strict=False)))
        for sign in (1, -1):
            if self._spread(objective) >= by:
                return True
            found = milp(sign * objective, constraints=self.constraints, bounds=self.bounds, integrality=1)
            assert found.success, found.message
            self.answers.append(np.round(found.x))
        return self._spread(objective) >= by

    def _spread(self, objective: np.ndarray) -> float:
        values = [float(objective @ answer) for answer in self.answers]
        return max(values) - min(values) if values else 0

    def _row(self, terms: Sequence[tuple[Name, int]]) -> np.ndarray:
        row = np.zeros(len(self.names))
        for name, times in terms:
            row[self.place[name]] += times
        return row

    def _bounds(self) -> Bounds:
        lower, upper = np.zeros(len(self.names)), np.full(len(self.names), MOST)
        for name, number in self.shown.items():
            lower[self.place[name]] = upper[self.place[name]] = number
        return Bounds(lower, upper)


def determined_by_algebra(puzzle: Puzzle) -> set[Name]:
    """The hidden counts that the equations alone fix: those that no vector of the null space moves."""
    hidden = [name for name in puzzle.names if name not in puzzle.shown]
    matrix = np.zeros((len(puzzle.sums), len(hidden)))
    for row, (total, parts) in enumerate(puzzle.sums):
        for name, sign in [(total, 1), *((part, -1) for part in parts)]:
            if name in hidden:
                matrix[row, hidden.index(name)] += sign
    if not hidden:
        return set()
    _left, sizes, right = np.linalg.svd(matrix) if matrix.size else (None, np.array([]), np.eye(len(hidden)))
    null = right[int((sizes > 1e-9).sum()) :]
    return {name for place, name in enumerate(hidden) if not np.abs(null[:, place]).max(initial=0) > 1e-9}
