"""A number with its confidence interval: proportion, rate, mean, and standardised rates.

Every function returns an `Estimate` in the unit of its multiplier. None going in gives None coming out; a number that
cannot be (a count below zero, nobody in the denominator) is a ValueError.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, inf, sqrt

from scipy.special import gammaincinv, ndtri, stdtrit

# From this count on the interval of a rate is Byar's approximation; below it, it is exact.
BYAR_FROM = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its limits, all in one unit. `lower` and `upper` are 95% unless they were computed at another level.

    `lower_998` and `upper_998` are 99.8%. The denominator is what the value was divided by, in persons or events.
    """

    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    lower_998: float | None = None
    upper_998: float | None = None
    denominator: float | None = None

    @property
    def has_interval(self) -> bool:
        return self.value is not None and self.lower is not None and self.upper is not None


MISSING = Estimate()


def wilson(
    numerator: float | None, denominator: float | None, *, multiplier: float = 100, confidence: float = 0.95
) -> Estimate:
    """A proportion x/n with Wilson's score interval: k(2x + z² ∓ z √(z² + 4x(1 - x/n))) / (2(n + z²)).

    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209; APHO 3; Fingertips. ValueError unless 0 <= x <= n and n > 0.
    """
    if numerator is None or denominator is None:
        return MISSING
    x, n = _count(numerator), _denominator(denominator)
    if x > n:
        raise ValueError(f"The numerator {numerator} is greater than the denominator {denominator}.")
    lower, upper = score_limits(x, n, normal_quantile(confidence))
    return Estimate(multiplier * x / n, multiplier * lower, multiplier * upper, denominator=n)


def score_limits(x: float, n: float, z: float) -> tuple[float, float]:
    """Wilson's limits of the share x/n, which is between 0 and 1, z standard errors wide."""
    z2 = z * z
    spread = z * sqrt(z2 + 4 * x * max(0.0, 1 - x / n))
    bottom = 2 * (n + z2)
    # Exactly 0 and 1 where nobody or everybody counts; subtraction alone would leave noise of 1e-17.
    lower = (2 * x + z2 - spread) / bottom if x > 0 else 0.0
    upper = (2 * x + z2 + spread) / bottom if x < n else 1.0
    return lower, upper


def rate(
    count: float | None, denominator: float | None, *, multiplier: float = 100_000, confidence: float = 0.95
) -> Estimate:
    """A crude rate kO/n, its limits those of a Poisson count: Byar's from a count of 10, exact below.

    Breslow & Day, Statistical Methods in Cancer Research II (1987) 69; APHO 3; Fingertips. ValueError unless O >= 0
    and n > 0. Some programs (epitools in R) call a formula with O + 1/2 on both sides Byar's: it is another one.
    """
    if count is None or denominator is None:
        return MISSING
    events, n = _count(count), _denominator(denominator)
    lower, upper = poisson_limits(events, confidence)
    return Estimate(
        multiplier * events / n, _scaled(lower, multiplier / n), _scaled(upper, multiplier / n), denominator=n
    )


def poisson_limits(count: float, confidence: float = 0.95) -> tuple[float | None, float]:
    """The limits of a count of events, as used for rates and ratios: Byar's from a count of 10, exact below."""
    return byar_limits(count, confidence) if count >= BYAR_FROM else exact_limits(count, confidence)


def byar_limits(count: float, confidence: float = 0.95) -> tuple[float | None, float]:
    """Byar's limits: O(1 - 1/9O - z/3√O)³ and (O+1)(1 - 1/9(O+1) + z/3√(O+1))³. A lower one below 0 is missing."""
    z, more = normal_quantile(confidence), count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count > 0 else 0.0
    upper = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return (lower if lower >= 0 else None), upper


def exact_limits(count: float, confidence: float = 0.95) -> tuple[float, float]:
    """Exact Poisson limits, χ²(a; 2O)/2 and χ²(1 - a; 2O + 2)/2 with a = (1 - confidence)/2 (Garwood 1936)."""
    tail = _tail(confidence)
    return (float(gammaincinv(count, tail)) if count > 0 else 0.0), float(gammaincinv(count + 1, 1 - tail))


def mean(values: Sequence[float | None], *, confidence: float = 0.95) -> Estimate:
    """The mean of a sample, ∓ t(n - 1) s/√n with s of divisor n - 1 (APHO 3).

    No limits for one value alone; a missing value makes the mean missing, as in PHEindicatormethods.
    """
    n = len(values)
    if n == 0 or any(value is None for value in values):
        return MISSING
    centre = fsum(values) / n
    if n == 1:
        return Estimate(centre, denominator=n)
    deviation = sqrt(fsum((value - centre) ** 2 for value in values) / (n - 1))
    half = float(stdtrit(n - 1, 1 - _tail(confidence))) * deviation / sqrt(n)
    return Estimate(centre, centre - half, centre + half, denominator=n)


def standardised_rate(
    counts: Sequence[float | None],
    populations: Sequence[float],
    standard_populations: Sequence[float],
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """A directly standardised rate k Σ(wx/n)/Σw, by age band, with the limits of Dobson and others.

    DSR + k √(var/O) (Byar's limit of O - O), var = Σ x(w/n)² / (Σw)². Dobson, Kuulasmaa, Eberle & Scherer, Stat. Med.
    10 (1991) 457; APHO 3. A missing count is none; with fewer than 10 events in all, all is missing (Fingertips).
    ValueError for bands of unlike number or nobody in a band.
    """
    bands = [
        (_count(count or 0), _denominator(population), _count(weight))
        for count, population, weight in zip(counts, populations, standard_populations, strict=True)
    ]
    events, weights = fsum(x for x, _, _ in bands), _denominator(fsum(w for _, _, w in bands))
    if events < BYAR_FROM:
        return MISSING
    value = fsum(w * x / n for x, n, w in bands) / weights
    error = sqrt(fsum(x * (w / n) ** 2 for x, n, w in bands) / events) / weights
    low, high = byar_limits(events, confidence)
    return Estimate(
        multiplier * value,
        None if low is None else multiplier * (value + error * (low - events)),
        multiplier * (value + error * (high - events)),
        denominator=fsum(n for _, n, _ in bands),
    )


def expected_count(
    populations: Sequence[float], reference_counts: Sequence[float], reference_populations: Sequence[float]
) -> float:
    """How many events there would be at the rates of the reference, Σ nX/N over the bands."""
    bands = zip(populations, reference_counts, reference_populations, strict=True)
    return fsum(_count(n) * _count(x) / _denominator(reference) for n, x, reference in bands)


def standardised_ratio(
    observed: float | None, expected: float | None, *, multiplier: float = 1, confidence: float = 0.95
) -> Estimate:
    """An indirectly standardised ratio kO/E, its limits those of the count O over E (APHO 3)."""
    return rate(observed, expected, multiplier=multiplier, confidence=confidence)


def indirectly_standardised_rate(
    observed: float | None,
    expected: float | None,
    *,
    reference_count: float,
    reference_population: float,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """The ratio O/E times the crude rate of the reference, k ΣX/ΣN (APHO 3)."""
    reference = multiplier * _count(reference_count) / _denominator(reference_population)
    return standardised_ratio(observed, expected, multiplier=reference, confidence=confidence)


@lru_cache(maxsize=64)
def normal_quantile(confidence: float) -> float:
    """How many standard errors wide: 1.959964 for 0.95, 3.090232 for 0.998."""
    return float(-ndtri(_tail(confidence)))


def _tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence level lies between 0 and 1; {confidence} does not.")
    return (1 - confidence) / 2


def _count(number: float) -> float:
    if not 0 <= number < inf:
        raise ValueError(f"A count is a number from 0 on; {number} is not.")
    return number


def _denominator(number: float) -> float:
    if not 0 < number < inf:
        raise ValueError(f"A denominator is a number above 0; {number} is not.")
    return number


def _scaled(limit: float | None, by: float) -> float | None:
    return None if limit is None else limit * by
