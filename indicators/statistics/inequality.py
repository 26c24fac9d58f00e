"""How unequal: the slope and relative index of inequality over groups, the gap and the ratio between two.

Slope index (SII): the difference between the bottom and the top of the population by a line through the groups,
weighted by their size; relative index (RII): the ratio. Low & Low, J. Public Health 26 (2004) 388; R:
PHEindicatormethods, which is followed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, sqrt

import numpy as np

from indicators.statistics.intervals import MISSING, Estimate, normal_quantile

# From one 95% limit to the other.
WIDTH_IN_ERRORS = 2 * normal_quantile(0.95)
REPETITIONS = 100_000


@dataclass(frozen=True, slots=True)
class SlopeIndex:
    """The indices, the line's value at the most deprived end, and the limits of the indices where they were asked for.

    In the unit of the multiplier, the relative index without one.
    """

    sii: float
    rii: float
    intercept: float
    sii_lower: float | None = None
    sii_upper: float | None = None
    rii_lower: float | None = None
    rii_upper: float | None = None


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where errors are normal: logarithms for rates, log odds for proportions, the values themselves for the rest."""

    there: Callable[[np.ndarray], np.ndarray]
    back: Callable[[np.ndarray], np.ndarray]


SCALES = {
    "rate": _Scale(np.log, np.exp),
    "proportion": _Scale(lambda share: np.log(share / (1 - share)), lambda odds: 1 / (1 + np.exp(-odds))),
    "other": _Scale(np.asarray, np.asarray),
}


def slope_index(
    populations: Sequence[float],
    values: Sequence[float],
    *,
    value_type: str,
    transform: bool = False,
    multiplier: float = 1,
    lower: Sequence[float] | None = None,
    upper: Sequence[float] | None = None,
    confidence: float = 0.95,
    repetitions: int = REPETITIONS,
    seed: int = 0,
) -> SlopeIndex:
    """The indices over groups that run from most to least deprived.

    With a_i the share of the population, b_i the middle of its place from 0 to 1, Y√a is fitted on √a and b√a: an
    intercept c0 and a slope c1. SII = k c1, RII = (c0 + c1)/c0, 1/RII for k < 0. With `transform` the line is fitted
    to ln Y (rate) or the log odds (proportion, a share from 0 to 1), and SII = k(f(c0 + c1) - f(c0)) with f back again;
    "other" knows no transformation. A multiplier below 0 is for values of which high is good.

    With the groups' 95% limits come those of the indices: values are drawn normally around each group's on the scale
    of their type, by a seed, and the line fitted again. For "other" the SII has the closed form instead,
    c1 ∓ z √Σ(H_2i √a_i s_i)² with H = (X'X)^-1 X'.

    ValueError for fewer than 3 groups, groups of unlike number or of nobody, or numbers that the scale does not have,
    such as a lower limit of 0 for a rate.
    """
    if value_type not in SCALES or (transform and value_type == "other"):
        raise ValueError(f"There is no slope index of this kind: {value_type}, transformed: {transform}.")
    size, value = _groups(populations, values)
    fit, scale = _fit(size), SCALES[value_type]
    onto = scale if transform else SCALES["other"]
    sii, rii, intercept = map(float, _indices(fit @ _on(onto, value), onto.back, multiplier))
    intercept = abs(multiplier) * intercept if transform else intercept
    if lower is None or upper is None:
        return SlopeIndex(sii, rii, intercept)
    errors = (_on(scale, upper) - _on(scale, lower)) / WIDTH_IN_ERRORS
    drawn = _on(scale, value)[:, None] + errors[:, None] * _draws(len(value), repetitions, seed)
    siis, riis, _ = _indices(fit @ (drawn if transform else scale.back(drawn)), onto.back, multiplier)
    if value_type != "other":
        return SlopeIndex(sii, rii, intercept, *_percentiles(siis, confidence), *_percentiles(riis, confidence))
    half = normal_quantile(confidence) * abs(multiplier) * float(np.linalg.norm(fit[1] * errors))
    return SlopeIndex(sii, rii, intercept, sii - half, sii + half, *_percentiles(riis, confidence))


def _groups(populations: Sequence[float], values: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    size, value = np.asarray(populations, dtype=float), np.asarray(values, dtype=float)
    if len(size) != len(value) or len(size) < 3 or not (size > 0).all():
        raise ValueError("A slope needs three groups or more, each with people in it.")
    return size, value


def _on(scale: _Scale, numbers: Sequence[float]) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = scale.there(np.asarray(numbers, dtype=float))
    if not np.isfinite(found).all():
        raise ValueError("A value or a limit of a group is not on its scale: rates lie above 0, shares below 1.")
    return found


def _fit(size: np.ndarray) -> np.ndarray:
    """The matrix that makes intercept and slope out of the groups' values: (X'X)^-1 X' √a."""
    share = size / size.sum()
    middle, root = share.cumsum() - share / 2, np.sqrt(share)
    design = np.column_stack([root, middle * root])
    return np.linalg.solve(design.T @ design, design.T) * root


def _indices(line: np.ndarray, back: Callable, multiplier: float) -> tuple:
    """SII, RII and intercept of one line, or of many as columns."""
    most_deprived, least_deprived = back(line[0]), back(line[0] + line[1])
    rii = least_deprived / most_deprived
    return multiplier * (least_deprived - most_deprived), (1 / rii if multiplier < 0 else rii), most_deprived


@lru_cache(maxsize=1)
def _draws(groups: int, repetitions: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((groups, repetitions))


def _percentiles(drawn: np.ndarray, confidence: float) -> tuple[float, float]:
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(drawn, (tail, 1 - tail))
    return float(lower), float(upper)


def gap(one: Estimate, other: Estimate) -> Estimate:
    """The difference one - other of two independent estimates, with its 95% limits where both have theirs.

    Standard errors s = (upper - lower)/(2 · 1.96), of the difference √(s² + s'²) (Altman & others, Statistics with
    Confidence, 2000). For two groups of the same people that overlap it is too wide or too narrow.
    """
    if one.value is None or other.value is None:
        return MISSING
    difference = one.value - other.value
    if not one.has_interval or not other.has_interval:
        return Estimate(difference)
    half = sqrt((one.upper - one.lower) ** 2 + (other.upper - other.lower) ** 2) / 2
    return Estimate(difference, difference - half, difference + half)


def ratio(one: Estimate, other: Estimate) -> Estimate:
    """The ratio one/other of two independent estimates, with its 95% limits on the logarithmic scale.

    There s = (ln upper - ln lower)/(2 · 1.96). No limits where a limit or a value is not above 0; nothing at all
    where `other` is not.
    """
    if one.value is None or other.value is None or other.value <= 0:
        return MISSING
    times = one.value / other.value
    if not _has_logarithms(one) or not _has_logarithms(other):
        return Estimate(times)
    half = sqrt(log(one.upper / one.lower) ** 2 + log(other.upper / other.lower) ** 2) / 2
    return Estimate(times, times / exp(half), times * exp(half))


def _has_logarithms(estimate: Estimate) -> bool:
    return estimate.has_interval and estimate.lower > 0 and estimate.value > 0
