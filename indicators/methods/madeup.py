"""The figures of the examples: made up, and round enough to follow. What is said of them, the pages' functions say."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators import periods
from indicators.figures import Yardstick
from indicators.series import Point, Series

# Children who do well at five, of a hundred; deaths in the first year of life, of a thousand births.
SHARE = Yardstick("share", unit="%", polarity="high", value_type="proportion", multiplier=100)
FIRST_YEAR = 2019
NATION, COUNTY = "Northland", "Northshire"


def share() -> Yardstick:
    """With what it is a share of, in the language of the reader."""
    return replace(SHARE, counted=_("children"))


def rate() -> Yardstick:
    return Yardstick("rate", unit=_("per 1,000"), polarity="low", value_type="rate", multiplier=1000)


def counted(period: str, stick: Yardstick, numerator: float, denominator: float) -> Point:
    """A figure that is published with its counts, to the decimals that pages show."""
    value = stick.shown(stick.multiplier * numerator / denominator)
    return Point(read_period(period), value, numerator=float(numerator), denominator=float(denominator))


def read_period(text: str) -> periods.Period:
    return periods.read(text, year_type="academic")


def yearly(stick: Yardstick, numerators: Sequence[float | None], denominator: float) -> Series:
    """One figure a year from 2019/20 on; None is a year that is not available."""
    points = []
    for year, numerator in enumerate(numerators, start=FIRST_YEAR):
        label = f"{year}/{(year + 1) % 100:02}"
        known = numerator is not None
        points.append(
            counted(label, stick, numerator, denominator) if known else Point(read_period(label), None, marker="x")
        )
    return series(*points)


def series(*points: Point, area: str = "") -> Series:
    return Series("", area, "", points)
