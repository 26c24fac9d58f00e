"""Where a straight line through a series leads, with the interval within which one more figure is expected.

Ordinary least squares on t = 1 to n, equally spaced: y = a + bt. A new figure at t0 lies with the given confidence in

  a + b t0 ± t(n - 2) s √(1 + 1/n + (t0 - mean t)² / Σ(t - mean t)²),   s² = Σ(y - a - bt)² / (n - 2)

where t(n - 2) is Student's quantile. N. R. Draper and H. Smith, Applied Regression Analysis, 3rd ed. (Wiley, 1998),
the chapter on fitting a straight line, on predicting a single new observation.

What it takes for granted: the line goes on, and figures scatter about it independently and evenly. It knows nothing of
why figures move, so it is for short ways ahead; whoever calls says how short.

Numbers that have bounds keep them. A share has two: the line is fitted to its logit, ln(p/(1 - p)), and brought back,
so nothing is ever below 0 or above the whole. What only has a floor is fitted as it is, and the part of the interval
below the floor is cut off: a rate may reach 0, which a logarithm would not allow. Where the line itself leads below the
floor, the figures cannot go on along it, and nothing is predicted.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import exp, fsum, log, sqrt
from typing import NamedTuple

from scipy.special import stdtrit

# A line through three figures leaves one degree of freedom.
FEWEST = 3
# Scatter below this part of the numbers themselves is rounding of floats.
ROUNDING = 1e-12

TOO_FEW = "too few points"
NO_SCATTER = "no scatter"
AT_BOUND = "at a bound or beyond"
BELOW_FLOOR = "below the floor"


class Prediction(NamedTuple):
    """The figure expected, with its prediction interval; without numbers the reason, one of the above."""

    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""


def predict(
    values: Sequence[float],
    ahead: float,
    *,
    floor: float | None = None,
    ceiling: float | None = None,
    confidence: float = 0.95,
) -> Prediction:
    """What the straight line through values, oldest first and equally spaced, gives so many steps after the last.

    With floor and ceiling the line is one of logits. Bounds and values are in one unit; a ceiling needs a floor.
    """
    if ceiling is None:
        if floor is not None and any(value < floor for value in values):
            return Prediction(reason=AT_BOUND)
        return _cut_off(_straight(values, ahead, confidence), floor)
    if not all(floor < value < ceiling for value in values):
        return Prediction(reason=AT_BOUND)
    whole = ceiling - floor
    logits = [log(value - floor) - log(ceiling - value) for value in values]
    found = _straight(logits, ahead, confidence)
    if found.reason:
        return found
    return Prediction(*(floor + whole * _share(number) for number in found[:3]))


def _straight(values: Sequence[float], ahead: float, confidence: float) -> Prediction:
    n = len(values)
    if n < FEWEST:
        return Prediction(reason=TOO_FEW)
    times = [number - (n - 1) / 2 for number in range(n)]
    spread = fsum(time * time for time in times)
    mean = fsum(values) / n
    slope = fsum(time * (value - mean) for time, value in zip(times, values, strict=True)) / spread
    rest = [value - mean - slope * time for time, value in zip(times, values, strict=True)]
    scatter = sqrt(fsum(one * one for one in rest) / (n - 2))
    if scatter <= ROUNDING * max(map(abs, values)):
        return Prediction(reason=NO_SCATTER)
    then = times[-1] + ahead
    half = _quantile(n - 2, confidence) * scatter * sqrt(1 + 1 / n + then * then / spread)
    value = mean + slope * then
    return Prediction(value, value - half, value + half)


@lru_cache(maxsize=512)
def _quantile(freedom: int, confidence: float) -> float:
    return float(stdtrit(freedom, 1 - (1 - confidence) / 2))


def _cut_off(found: Prediction, floor: float | None) -> Prediction:
    if found.reason or floor is None:
        return found
    if found.value < floor:
        return Prediction(reason=BELOW_FLOOR)
    return found._replace(lower=max(found.lower, floor))


def _share(logit: float) -> float:
    """1/(1 + e^-x), without overflow far from 0."""
    return 1 / (1 + exp(-logit)) if logit >= 0 else exp(logit) / (1 + exp(logit))
