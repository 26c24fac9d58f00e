"""Series to draw."""

from collections.abc import Sequence
from datetime import date

from indicators import periods
from indicators.figures import Yardstick
from indicators.series import Break, Point, Series

PER_CENT = Yardstick("gld", "%", 1, "high", "proportion", 100)
REFORM = Break(date(2021, 1, 1), "2021", "New.")


def series(facts: dict[str, float | str], breaks: tuple[Break, ...] = (), limits: float | None = None) -> Series:
    """A number, or the marker why there is none, by the label of its period."""
    points = []
    for label, fact in facts.items():
        if isinstance(fact, str):
            points.append(Point(periods.read(label), None, fact))
        else:
            lower, upper = (fact - limits, fact + limits) if limits else (None, None)
            points.append(Point(periods.read(label), fact, lower=lower, upper=upper))
    return Series("gld", "E10000017", "", tuple(points), breaks)


def counted(counts: dict[str, tuple[float, float]], breakdown: str = "") -> Series:
    """Shares, in per cent, with their numerators and denominators by the label of the period."""
    points = [
        Point(periods.read(label), 100 * numerator / denominator, numerator=numerator, denominator=denominator)
        for label, (numerator, denominator) in counts.items()
    ]
    return Series("gld", "E10000017", breakdown, tuple(points))


def quarters(values: Sequence[float | None], *, limits: float | None = None) -> Series:
    """Quarter after quarter from the first of 2020; suppressed where there is no value."""
    labels = [f"{2020 + place // 4} Q{place % 4 + 1}" for place in range(len(values))]
    return series(
        {label: "c" if value is None else value for label, value in zip(labels, values, strict=True)}, (), limits
    )
