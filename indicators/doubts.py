"""Which figures of a file look implausible beside their own series: marked for a second look, never dropped.

Many series are looked at in one go, as columns. A figure is held against its neighbours in time: what is expected of it
is their mean, or the one neighbour that there is; where it takes the place of another figure, that one.

- "over": a share above the whole, such as 104%.
- "mirror": a share that is nearly the whole less what is expected, as where "free from decay" is given as "with decay".
- "tenfold": at least nine times, or at most a ninth of, what is expected: a slip of the decimal point.
- "far": further from what is expected than five robust standard deviations of the series, its median absolute residual
  times 1.4826 (Rousseeuw and Croux 1993), in a series of at least six figures, and by a tenth at least.
"""

from dataclasses import dataclass

import numpy as np

OVER, MIRROR, TENFOLD, FAR = "over", "mirror", "tenfold", "far"
DOUBTS = ("", OVER, MIRROR, TENFOLD, FAR)

MAD_TO_DEVIATION = 1.4826
FAR_DEVIATIONS = 5
FEWEST_TO_KNOW_SPREAD = 6
LEAST_SHARE_TO_MATTER = 0.1
TIMES = 9
# Counts below this go up and down by such factors all the time.
SMALL_COUNT = 20
MIRROR_WITHIN, MIRROR_APART = 0.05, 0.2


@dataclass(frozen=True)
class Points:
    """Figures as columns. `series` numbers what belongs together; `ends` orders it; `wholes` is the multiplier of a
    share and NaN for what is none; `is_new` is true for those of the file."""

    series: np.ndarray
    ends: np.ndarray
    values: np.ndarray
    wholes: np.ndarray
    is_count: np.ndarray
    is_new: np.ndarray


def doubtful(points: Points) -> np.ndarray:
    """For each point the place in DOUBTS of what is doubtful about it; 0 for what is not new."""
    doubts = np.zeros(len(points.values), np.int8)
    if not len(doubts):
        return doubts
    order = np.lexsort((points.is_new, points.ends, points.series))
    series, ends, values = points.series[order], points.ends[order], points.values[order]
    same_fact = (series[1:] == series[:-1]) & (ends[1:] == ends[:-1])
    replaced = np.append(same_fact, False)
    old = np.full(len(values), np.nan)
    old[1:][same_fact] = values[:-1][same_fact]
    kept = ~replaced
    order, series, values, old = order[kept], series[kept], values[kept], old[kept]
    before, after = _neighbours(series, values)
    expected = np.where(np.isnan(before), after, np.where(np.isnan(after), before, (before + after) / 2))
    residuals = np.abs(values - expected)
    spread, known = _spread(series, residuals)
    reference = np.where(np.isnan(old), expected, old)
    found = _doubts(points, order, values, reference, residuals, spread, known & _is_peak(series, residuals))
    doubts[order] = np.where(points.is_new[order], found, 0)
    return doubts


def _doubts(
    points: Points,
    order: np.ndarray,
    values: np.ndarray,
    reference: np.ndarray,
    residuals: np.ndarray,
    spread: np.ndarray,
    is_peak_of_known_spread: np.ndarray,
) -> np.ndarray:
    wholes, is_count = points.wholes[order], points.is_count[order]
    large, small = np.maximum(np.abs(values), np.abs(reference)), np.minimum(np.abs(values), np.abs(reference))
    matters = residuals > LEAST_SHARE_TO_MATTER * np.abs(reference)
    found = np.zeros(len(values), np.int8)
    far = is_peak_of_known_spread & matters & (residuals > FAR_DEVIATIONS * MAD_TO_DEVIATION * spread)
    found[far] = DOUBTS.index(FAR)
    tenfold = (small > 0) & (large >= TIMES * small) & ~(is_count & (large < SMALL_COUNT))
    found[tenfold] = DOUBTS.index(TENFOLD)
    mirror = (np.abs(values - (wholes - reference)) <= MIRROR_WITHIN * wholes) & (
        np.abs(values - reference) >= MIRROR_APART * wholes
    )
    found[mirror] = DOUBTS.index(MIRROR)
    found[values > wholes] = DOUBTS.index(OVER)
    return found


def _neighbours(series: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The values before and after in the same series, NaN where there is none."""
    together = series[1:] == series[:-1]
    before, after = np.full(len(values), np.nan), np.full(len(values), np.nan)
    before[1:][together] = values[:-1][together]
    after[:-1][together] = values[1:][together]
    return before, after


def _is_peak(series: np.ndarray, residuals: np.ndarray) -> np.ndarray:
    """Whether the residual is the largest of its neighbourhood: an outlier also shifts what is expected beside it."""
    before, after = _neighbours(series, residuals)
    return ~(before > residuals) & ~(after > residuals)


def _spread(series: np.ndarray, residuals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The median absolute residual of each point's series, and whether there are enough to know it."""
    order = np.lexsort((residuals, series))
    starts = np.flatnonzero(np.append(True, series[1:] != series[:-1]))
    sizes = np.diff(np.append(starts, len(series)))
    numbers = np.add.reduceat(~np.isnan(residuals), starts)
    middle = starts + np.maximum(numbers - 1, 0) // 2
    upper = starts + np.maximum(numbers, 1) // 2
    ordered = residuals[order]
    medians = (ordered[middle] + ordered[np.minimum(upper, len(ordered) - 1)]) / 2
    return np.repeat(medians, sizes), np.repeat(numbers >= FEWEST_TO_KNOW_SPREAD, sizes)
