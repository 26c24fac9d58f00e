"""The period for which several areas can be set side by side."""

from collections import Counter
from collections.abc import Sequence

from indicators.periods import Period
from indicators.series import Series


def common_period(several: Sequence[Series]) -> Period | None:
    """The newest period for which at least half of the series with any number have one; otherwise that which most have.

    None where no series has a number.
    """
    counts = Counter(point.period for series in several for point in series.points if point.is_number)
    if not counts:
        return None
    having = sum(series.newest_number is not None for series in several)
    shared = [period for period, count in counts.items() if 2 * count >= having]
    return max(shared) if shared else max(counts, key=lambda period: (counts[period], period))
