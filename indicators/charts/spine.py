"""The geometry of one strip of a spine chart: an area on the scale of the areas beside it.

The comparator stands in the middle and better lies to the right, so that strips of different measures can be read one
below the other. Where no direction is good, high lies to the right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from indicators.charts.geometry import pixels

WIDTH, HEIGHT, MARGIN = 264, 28, 12
# Bars that have shrunk to nothing are still seen.
THINNEST = 2


class Stretch(NamedTuple):
    """From one value to another, the lesser first."""

    least: float
    most: float


@dataclass(frozen=True)
class Strip:
    """Pixels, as text. Each bar is (x, width): `whole` from worst to best, `half` the middle half of the areas."""

    width: int
    height: int
    whole: tuple[str, str]
    half: tuple[str, str]
    middle: str
    mark: str


def strip(own: float, comparator: float, whole: Stretch, half: Stretch, *, polarity: str) -> Strip:
    """Both sides have the same scale: the value that is farthest from the comparator reaches the margin."""
    place = _scale(comparator, max(abs(value - comparator) for value in (own, *whole)), polarity)
    return Strip(
        WIDTH,
        HEIGHT,
        _bar(place(whole.least), place(whole.most)),
        _bar(place(half.least), place(half.most)),
        pixels(place(comparator)),
        pixels(place(own)),
    )


def _scale(comparator: float, reach: float, polarity: str) -> Callable[[float], float]:
    """A function from a value to its distance from the left; all in the middle where nothing differs."""
    sign = -1 if polarity == "low" else 1
    step = sign * (WIDTH / 2 - MARGIN) / reach if reach else 0
    return lambda value: WIDTH / 2 + step * (value - comparator)


def _bar(one: float, other: float) -> tuple[str, str]:
    left, right = sorted((one, other))
    missing = max(0, THINNEST - (right - left))
    return pixels(left - missing / 2), pixels(right - left + missing)
