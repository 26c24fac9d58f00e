"""Areas in groups of equal number: three definitions that programs of public health use, which differ at the edges.

  by rank     PHEindicatormethods: a group from an area's rank; areas of equal value share one
  by bounds   Fingertips of 2020: a group from percentiles of the values, interpolated as Excel's PERCENTILE.INC does
  by share    Fingertips since: NTILE of SQL; the areas in order are dealt out, the first groups get one more

Values that are missing (None) belong to no group (None) and are not counted.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor

from indicators.statistics.benchmark import NOT_COMPARED

Number = float | None
FEWEST_FOR_BOUNDS = 4
BOUND_PLACES = Decimal("1e-10")

# From the lowest fifth to the highest.
FIFTHS = {
    "high": ("worst", "worse", "middle", "better", "best"),
    "low": ("best", "better", "middle", "worse", "worst"),
    "none": ("lowest", "low", "middle", "high", "highest"),
}


def by_rank(values: Sequence[Number], groups: int, *, descending: bool = True) -> list[int | None]:
    """Group 1 holds the highest values, or the lowest: max(1, floor(q + 1 - ceil((N + 1 - r)/(N/q)))), r the rank.

    Equal values share the least rank. All None where there are fewer values than groups (PHEindicatormethods).
    """
    order = sorted((value for value in values if value is not None), reverse=descending)
    size = len(order)
    if size < groups:
        return [None] * len(values)
    rank = {value: place for place, value in reversed(list(enumerate(order, start=1)))}
    group = {
        value: max(1, floor(groups + 1 - ceil((size + 1 - place) / (size / groups)))) for value, place in rank.items()
    }
    return [group.get(value) for value in values]


def percentile_bounds(values: Sequence[Number], groups: int) -> list[float] | None:
    """The least value, the percentiles at 1/q, 2/q ..., and the greatest; None for fewer than 4 values.

    Linear between the values at (N - 1)P + 1, rounded half away from zero to 10 places (Fingertips).
    """
    order = sorted(value for value in values if value is not None)
    if len(order) < FEWEST_FOR_BOUNDS:
        return None
    inner = [_rounded(_percentile(order, part / groups)) for part in range(1, groups)]
    return [order[0], *inner, order[-1]]


def _percentile(order: Sequence[float], share: float) -> float:
    place = (len(order) - 1) * share
    below = floor(place)
    above = min(below + 1, len(order) - 1)
    return order[below] + (place - below) * (order[above] - order[below])


def _rounded(value: float) -> float:
    return float(Decimal(repr(value)).quantize(BOUND_PLACES, ROUND_HALF_UP))


def by_bounds(values: Sequence[Number], groups: int, *, polarity: str = "") -> list[int | None]:
    """The first group whose upper bound a value does not exceed; 0 for all where there are fewer values than groups.

    Fifths where high is good are counted from the top, so that 1 is the best; quarters never are (Fingertips).
    """
    bounds = percentile_bounds(values, groups)
    if bounds is None or sum(value is not None for value in values) < groups:
        return [None if value is None else 0 for value in values]
    reverse = groups == 5 and polarity == "high"
    found = []
    for value in values:
        group = None if value is None else _within(value, bounds)
        found.append(groups + 1 - group if reverse and group else group)
    return found


def _within(value: float, bounds: Sequence[float]) -> int:
    last = len(bounds) - 1
    return next((group for group in range(1, last) if value <= bounds[group]), last)


def by_share(values: Sequence[Number], groups: int) -> list[int | None]:
    """NTILE(q) by value ascending: N/q areas to a group, the first N mod q groups one more.

    SQL leaves the order of equal values open; here they keep the order they come in.
    """
    order = sorted((index for index, value in enumerate(values) if value is not None), key=values.__getitem__)
    size, more = divmod(len(order), groups)
    found: list[int | None] = [None] * len(values)
    for place, index in enumerate(order):
        large = more * (size + 1)
        found[index] = place // (size + 1) + 1 if place < large else more + (place - large) // size + 1
    return found


def fifth_words(values: Sequence[Number], *, polarity: str) -> list[str]:
    """The word for each area's fifth by share: "worst" to "best", or "lowest" to "highest" with polarity "none".

    "not compared" for fewer than 5 values, a missing value, or polarity "" (Fingertips).
    """
    if polarity not in FIFTHS or sum(value is not None for value in values) < 5:
        return [NOT_COMPARED] * len(values)
    return [NOT_COMPARED if group is None else FIFTHS[polarity][group - 1] for group in by_share(values, 5)]


def quartile_values(values: Sequence[Number]) -> tuple[float, ...] | None:
    """The least value, the greatest of each of the first three quarters by share, and the greatest of all.

    None for fewer than 4 values (Fingertips).
    """
    quarters: dict[int, list[float]] = {}
    for value, quarter in zip(values, by_share(values, 4), strict=True):
        if quarter is not None:
            quarters.setdefault(quarter, []).append(value)
    if len(quarters) < 4:
        return None
    return (min(quarters[1]), *(max(quarters[quarter]) for quarter in (1, 2, 3, 4)))
