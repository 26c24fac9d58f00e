"""Linear programmes, in whole numbers where asked, solved by HiGHS (scipy.optimize.milp)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

# Coefficients (columns are quantities), and the least and the most that each row may come to.
Rows = tuple[ArrayLike, ArrayLike, ArrayLike]


def cheapest(
    costs: np.ndarray,
    rows: Sequence[Rows],
    *,
    floor: ArrayLike = 0,
    ceiling: ArrayLike = np.inf,
    is_whole: bool = False,
) -> np.ndarray | None:
    """The quantities, from floor to ceiling, that keep to the rows at the least cost; None where there are none."""
    # Only a publication under a rule needs it, and it would take a third of a second of every start.
    from scipy.optimize import Bounds, LinearConstraint, milp

    constraints = [LinearConstraint(*row) for row in rows]
    return milp(costs, constraints=constraints, bounds=Bounds(floor, ceiling), integrality=int(is_whole)).x
