"""An area beside a benchmark, and beside a target: is the difference more than chance?

After the programs of Fingertips (Public health technical guidance, "Comparing area data") and, for funnels, R:
PHEindicatormethods. Which way is good, the polarity, is "high", "low", "none" (no judgement) or "" (not compared).
What is said: "better", "worse" and, on the 99.8% tier, "best", "worst"; without judgement "higher", "lower",
"highest", "lowest"; "similar"; "not compared".

  single overlap             the benchmark's value inside the area's 95% interval, limits included, is similar
  single overlap two levels  likewise; outside the 99.8% interval too is best or worst
  double overlap             95% intervals that overlap or touch are similar
  spc proportion             the area's value against the control limits of the benchmark's proportion for a denominator
                             of its size, as Wilson's
  spc dsr                    the area's value against exact Poisson limits of the number of events that the benchmark's
                             rate would give in a population of its size
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv, ndtr

from indicators.statistics.intervals import Estimate, normal_quantile, poisson_limits

NOT_COMPARED = "not compared"
SIMILAR = "similar"
# Fingertips counts 1.96 and 3.0902 standard errors.
Z95, Z998 = 1.96, 3.0902

# By side, then by tier.
WORDS = {
    "high": {1: ("better", "best"), -1: ("worse", "worst")},
    "low": {1: ("worse", "worst"), -1: ("better", "best")},
    "none": {1: ("higher", "highest"), -1: ("lower", "lowest")},
}


def compare(
    method: str,
    area: Estimate | None,
    benchmark: Estimate | None,
    *,
    polarity: str,
    unit: float = 100,
    z: float | None = None,
) -> str:
    """The word for an area beside a benchmark; `unit` is 100 for per cent, `z` the width of control limits (1.96).

    "not compared" where the polarity is "" or what the method needs is missing. ValueError for a method there is not.
    """
    if method not in METHODS:
        raise ValueError(f"There is no method of comparison called {method}.")
    if not polarity or area is None or benchmark is None or area.value is None or benchmark.value is None:
        return NOT_COMPARED
    found = METHODS[method](area, benchmark, unit, Z95 if z is None else z)
    return NOT_COMPARED if found is None else _word(polarity, *found)


def _word(polarity: str, side: int, tier: int = 0) -> str:
    return WORDS[polarity][side][tier] if side else SIMILAR


def _side(value: float, lower: float, upper: float) -> int:
    """1 above both limits, -1 below, 0 between them or on one."""
    return (value > upper) - (value < lower)


def _single_overlap(area: Estimate, benchmark: Estimate, unit: float, z: float) -> tuple[int] | None:
    return (-_side(benchmark.value, area.lower, area.upper),) if area.has_interval else None


def _two_levels(area: Estimate, benchmark: Estimate, unit: float, z: float) -> tuple[int, int] | None:
    if not area.has_interval or area.lower_998 is None or area.upper_998 is None:
        return None
    beyond = _side(benchmark.value, area.lower_998, area.upper_998)
    return -_side(benchmark.value, area.lower, area.upper), abs(beyond)


def _double_overlap(area: Estimate, benchmark: Estimate, unit: float, z: float) -> tuple[int] | None:
    if not area.has_interval or not benchmark.has_interval:
        return None
    return ((area.lower > benchmark.upper) - (area.upper < benchmark.lower),)


def _spc_proportion(area: Estimate, benchmark: Estimate, unit: float, z: float) -> tuple[int] | None:
    if area.denominator is None or area.denominator <= 0:
        return None
    lower, upper = proportion_limits(area.denominator, benchmark.value / unit, z=z)
    return (_side(area.value / unit, float(lower), float(upper)),)


def _spc_dsr(area: Estimate, benchmark: Estimate, unit: float, z: float) -> tuple[int] | None:
    if area.denominator is None or area.denominator <= 0:
        return None
    lower, upper = rate_limits(area.denominator, benchmark.value, unit=unit, z=z)
    return (_side(area.value, float(lower), float(upper)),)


METHODS: dict[str, Callable[[Estimate, Estimate, float, float], tuple[int, ...] | None]] = {
    "single overlap": _single_overlap,
    "single overlap two levels": _two_levels,
    "double overlap": _double_overlap,
    "spc proportion": _spc_proportion,
    "spc dsr": _spc_dsr,
}


def proportion_limits(denominators: ArrayLike, baseline: float, *, z: float = Z95) -> tuple[np.ndarray, np.ndarray]:
    """Control limits of a share for these denominators, (2nP + z² ∓ z √(z² + 4nP(1 - P))) / (2(n + z²)), as shares.

    The baseline P is a share from 0 to 1, or a ValueError.
    """
    n, p = np.asarray(denominators, dtype=float), _share(baseline)
    middle, spread = 2 * n * p + z * z, z * np.sqrt(z * z + 4 * n * p * (1 - p))
    return (middle - spread) / (2 * (n + z * z)), (middle + spread) / (2 * (n + z * z))


def _share(number: float) -> float:
    if not 0 <= number <= 1:
        raise ValueError(f"A share lies between 0 and 1; {number} does not.")
    return number


def rate_limits(
    denominators: ArrayLike, baseline: float, *, unit: float, z: float = Z95
) -> tuple[np.ndarray, np.ndarray]:
    """Control limits of a rate for these denominators, in its unit: exact Poisson limits of the expected events.

    χ²(p; 2E)/2 and χ²(1 - p; 2E + 2)/2 with E = baseline n/unit and p the tail beyond z.
    """
    n = np.asarray(denominators, dtype=float)
    expected, tail = baseline * n / unit, float(ndtr(-z))
    lower = np.where(expected > 0, gammaincinv(np.maximum(expected, np.finfo(float).tiny), tail), 0)
    return lower * unit / n, gammaincinv(expected + 1, 1 - tail) * unit / n


# Widest first: what lies outside 99.8% is said before what lies outside 95%.
FUNNEL_TIERS = ((0.998, "(0.001)"), (0.95, "(0.025)"))


def funnel(numerator: float, denominator: float, baseline: float) -> str:
    """Where an area lies in a funnel of proportions: "High (0.001)", "High (0.025)", "Not significant", "Low ...".

    The baseline is the share of all areas together. ValueError unless 0 <= x <= n and n > 0.
    """
    if not 0 <= numerator <= denominator or denominator <= 0:
        raise ValueError(f"{numerator} of {denominator} is no share.")
    share = numerator / denominator
    for confidence, tier in FUNNEL_TIERS:
        lower, upper = funnel_limits(denominator, baseline, confidence=confidence)
        if not lower <= share <= upper:
            return f"{'High' if share > upper else 'Low'} {tier}"
    return "Not significant"


def funnel_limits(
    denominators: ArrayLike, baseline: float, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """The limits that `funnel` judges by, as shares from 0 to 1: p ∓ z √(p(1 - p)/n).

    PHEindicatormethods writes them (A ∓ √(A² - BC)) / Bn with A = p(n/q + 1), B = 1/q + 1/n,
    C = p(n(p(n/q + 2) - 1) + q(p - 1)) and q = z², which is the same: an area lies outside where the Wilson interval of
    its own share leaves out the baseline p. ValueError unless p is a share.
    """
    n, p = np.asarray(denominators, dtype=float), _share(baseline)
    spread = normal_quantile(confidence) * np.sqrt(p * (1 - p) / n)
    return np.maximum(p - spread, 0), np.minimum(p + spread, 1)


def funnel_ratio(observed: float, expected: float) -> str:
    """The same for a ratio of observed to expected events: do the limits of the observed count hold 1?

    Limits as for rates, Byar's from 10 and exact below (PHEindicatormethods). ValueError unless O >= 0 and E > 0.
    """
    if observed < 0 or expected <= 0:
        raise ValueError(f"{observed} observed of {expected} expected is no ratio.")
    for confidence, tier in FUNNEL_TIERS:
        lower, upper = poisson_limits(observed, confidence)
        if lower is not None and lower > expected:
            return f"High {tier}"
        if upper < expected:
            return f"Low {tier}"
    return "Not significant"


def target(
    area: Estimate | None,
    *,
    polarity: str,
    lower: float | None,
    upper: float | None = None,
    use_intervals: bool = False,
) -> str:
    """The word for an area beside a target: a single value (`lower` alone) or a range.

    Single: at the target or beyond it, to the side that is good, is better, otherwise worse; with `use_intervals` the
    whole 95% interval must lie beyond it, and similar is what holds it. Range: below `lower` is lower, from `upper` on
    higher, between them similar. Where no direction is good, as if high were, worded higher and lower (Fingertips).
    ValueError for a range without its lower limit, or upside down.
    """
    if upper is not None and (lower is None or lower > upper):
        raise ValueError("The limits of a range are a lower one and one that is not below it.")
    if not polarity or area is None or area.value is None or lower is None:
        return NOT_COMPARED
    if upper is not None:
        return _word(polarity, (area.value >= upper) - (area.value < lower))
    if not use_intervals:
        reached = area.value <= lower if polarity == "low" else area.value >= lower
        good = -1 if polarity == "low" else 1
        return _word(polarity, good if reached else -good)
    if not area.has_interval:
        return NOT_COMPARED
    return _word(polarity, (area.lower >= lower) - (area.upper < lower))
