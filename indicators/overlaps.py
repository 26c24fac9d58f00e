"""Groups of one dimension that overlap: which of them make up everyone, and which make up another group.

Publishers put several classifications under one name, such as ethnic groups broad and fine, or bands of age one within
the other. No list says which belong together, so it is found in the figures: those that add up in every area. That some
add up by chance does no harm, since a sum too many hides more, not less.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from indicators.programmes import cheapest

# Of everyone, or of a group, no more makings are looked for.
MOST_MAKINGS = 6
HALF = 0.5


def overlap(groups: np.ndarray, everyone: np.ndarray) -> bool:
    """Whether the groups are more than everyone anywhere. A row of `groups` is an area, a column a group."""
    return bool((groups.sum(axis=1) > everyone + HALF).any())


def makings(groups: np.ndarray, total: np.ndarray) -> Iterator[tuple[int, ...]]:
    """The columns that add up to the total in every row; of such sets those with the fewest columns, one by one."""
    many = groups.shape[1]
    found: list[tuple[int, ...]] = []
    while many and len(found) < MOST_MAKINGS:
        rows = [(groups, total - HALF, total + HALF), (np.ones(many), 1, many)]
        rows += [(_row(one, many), 0, len(one) - 1) for one in found]
        answer = cheapest(np.ones(many), rows, ceiling=1, is_whole=True)
        if answer is None:
            return
        found.append(tuple(np.flatnonzero(answer > HALF).tolist()))
        yield found[-1]


def _row(columns: Sequence[int], many: int) -> np.ndarray:
    row = np.zeros(many)
    row[list(columns)] = 1
    return row
