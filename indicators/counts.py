"""Whether a figure is its numerator over its denominator: only then may its counts be used in its place."""

from indicators.figures import Yardstick
from indicators.series import Point

PROPORTION = "proportion"


def counts_agree(point: Point, stick: Yardstick) -> bool:
    """Whether the counts, times the multiplier of the indicator, give back the figure as it was rounded.

    A count off by one does too. A standardised rate is not its counts, nor is a share beside those of another year.
    """
    if point.value is None or point.numerator is None or not point.denominator:
        return False
    if stick.value_type == PROPORTION and point.numerator > point.denominator:
        return False
    off = abs(stick.multiplier * point.numerator / point.denominator - point.value)
    return off <= half_a_last_place(point.value) + stick.multiplier / point.denominator


def half_a_last_place(value: float) -> float:
    """Of the number as it was written: 0.05 for 66.4, 0.5 for 66."""
    text = repr(value)
    if "e" in text or text.endswith(".0"):
        return 0.5
    return 0.5 * 10.0 ** -len(text.partition(".")[2])
