"""How far two measures put the same things in the same order.

Spearman's rank correlation: the product-moment correlation of the ranks, equal values sharing the mean of theirs.
Source: C. Spearman, The proof and measurement of association between two things, American Journal of Psychology 15
(1904), 72-101; with ties, M. G. Kendall, Rank Correlation Methods (1948), chapter 3.
"""

from collections.abc import Sequence
from statistics import correlation


def spearman(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Between -1 and 1; None where all values on one side are equal, or there are fewer than two.

    Raises ValueError where the two are of different length.
    """
    if len(xs) != len(ys):
        raise ValueError(f"{len(xs)} values cannot be set against {len(ys)}.")
    if len(set(xs)) < 2 or len(set(ys)) < 2:
        return None
    return correlation(ranks(xs), ranks(ys))


def ranks(values: Sequence[float]) -> list[float]:
    """The lowest value has rank 1; equal values share the mean of the ranks that they take up."""
    in_order = sorted(values)
    return [in_order.index(value) + (in_order.count(value) + 1) / 2 for value in values]
