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
    return _worded(_keys(values, polarity).get(value, ""), polarity)


def fifths(values: Sequence[float], polarity: str) -> list[tuple[int, str]]:
    """Of each of the values."""
    keys = _keys(values, polarity)
    return [_worded(keys.get(value, ""), polarity) for value in values]


def _keys(values: Sequence[float], polarity: str) -> dict[float, str]:
    """By value; of none for fewer than five that differ."""
    if len(set(values)) < FEWEST:
        return {}
    falling = sorted(values, reverse=True)
    words = quantiles.fifth_words(falling[::-1], polarity=polarity)
    # The last one said of a value is that of the lowest place.
    return dict(zip(falling, reversed(words), strict=True))


def _worded(key: str, polarity: str) -> tuple[int, str]:
    if not key:
        return 0, ""
    words = UNJUDGED if polarity == "none" else JUDGED
    return list(words).index(key) + 1, _(words[key])
