"""Series to draw."""

from datetime import date

from indicators import periods
from indicators.figures import Yardstick
from indicators.series import Break, Point, Series

PER_CENT = Yardstick("gld", "%", 1, "high")
REFORM = Break(date(2021, 1, 1), "2021", "New.")


def series(facts: dict[str, float | str], breaks: tuple[Break, ...] = (), limits: float | None = None) -> Series:
    points = []
    for label, fact in facts.items():
        if isinstance(fact, str):
            points.append(Point(periods.read(label), None, fact))
        else:
            lower, upper = (fact - limits, fact + limits) if limits else (None, None)
            points.append(Point(periods.read(label), fact, lower=lower, upper=upper))
    return Series("gld", "E10000017", "", tuple(points), breaks)
