"""The fifth of each area among several, by the order of their figures: a place in a set, which claims no difference.

NTILE(5) as in Fingertips (indicators/statistics/quantiles.py), but that areas with the same figure share a fifth.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from indicators.statistics import quantiles
from indicators.wording import gettext as _

FEWEST = 5
JUDGED = {
    "worst": gettext_noop("worst fifth"),
    "worse": gettext_noop("worse fifth"),
    "middle": gettext_noop("middle fifth"),
    "better": gettext_noop("better fifth"),
    "best": gettext_noop("best fifth"),
}
UNJUDGED = {
    "lowest": gettext_noop("lowest fifth"),
    "low": gettext_noop("low fifth"),
    "middle": gettext_noop("middle fifth"),
    "high": gettext_noop("high fifth"),
    "highest": gettext_noop("highest fifth"),
}


def fifth(value: float, values: Sequence[float], polarity: str) -> tuple[int, str]:
    """Of one of the values, as shown: its fifth from 1, the worst or lowest, to 5, and its words.

    0 and nothing for fewer than five that differ. Equal values are in the same fifth, the lower one.
    """
    if len(set(values)) < FEWEST:
        return 0, ""
    rising = sorted(values)
    key = quantiles.fifth_words(rising, polarity=polarity)[rising.index(value)]
    words = UNJUDGED if polarity == "none" else JUDGED
    return list(words).index(key) + 1, _(words[key])


def fifths(values: Sequence[float], polarity: str) -> list[tuple[int, str]]:
    """Of each of the values."""
    return [fifth(value, values, polarity) for value in values]
