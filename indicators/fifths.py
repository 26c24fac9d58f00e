"""The fifth of each area among several, by the order of their figures: a place in a set, which claims no difference.

NTILE(5) as in Fingertips (indicators/statistics/quantiles.py), but that areas with the same figure share a fifth.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from indicators.statistics import quantiles

FEWEST = 5
JUDGED = {
    "worst": gettext_lazy("worst fifth"),
    "worse": gettext_lazy("worse fifth"),
    "middle": gettext_lazy("middle fifth"),
    "better": gettext_lazy("better fifth"),
    "best": gettext_lazy("best fifth"),
}
UNJUDGED = {
    "lowest": gettext_lazy("lowest fifth"),
    "low": gettext_lazy("low fifth"),
    "middle": gettext_lazy("middle fifth"),
    "high": gettext_lazy("high fifth"),
    "highest": gettext_lazy("highest fifth"),
}


def fifths(values: Sequence[float], polarity: str) -> list[tuple[int, str]]:
    """For each value, as shown, its fifth from 1, the worst or lowest, to 5, and its words.

    0 and nothing for fewer than five that differ. Equal values are in the same fifth, the lower one.
    """
    if len(set(values)) < FEWEST:
        return [(0, "")] * len(values)
    rising = sorted(values)
    keys = dict(zip(reversed(rising), reversed(quantiles.fifth_words(rising, polarity=polarity)), strict=True))
    words = UNJUDGED if polarity == "none" else JUDGED
    numbers = {key: number for number, key in enumerate(words, start=1)}
    return [(numbers[keys[value]], str(words[keys[value]])) for value in values]
