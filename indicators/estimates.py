"""How sure a figure is: its 95% interval as published, or computed from its counts and marked as computed.

An interval is computed only where the counts give the figure back (indicators/counts.py), so a standardised rate never
gets the interval of a crude one. Proportions: Wilson. Rates: Byar's, exact below 10 events.
"""

from typing import NamedTuple

from indicators.counts import PROPORTION, counts_agree
from indicators.figures import Yardstick
from indicators.series import Point
from indicators.statistics import intervals
from indicators.wording import gettext as _

RATE = "rate"


class Interval(NamedTuple):
    """95% limits in the unit of the figure."""

    lower: float
    upper: float
    is_computed: bool = False

    def holds(self, value: float) -> bool:
        return self.lower <= value <= self.upper


def interval(point: Point, stick: Yardstick) -> Interval | None:
    """None where the figure has no number, or neither both limits nor counts that give it back."""
    if point.value is None:
        return None
    if point.lower is not None and point.upper is not None:
        return Interval(point.lower, point.upper)
    if stick.value_type not in (PROPORTION, RATE) or not counts_agree(point, stick):
        return None
    method = intervals.wilson if stick.value_type == PROPORTION else intervals.rate
    found = method(point.numerator, point.denominator, multiplier=stick.multiplier)
    if found.lower is None:
        return None
    return Interval(min(found.lower, point.value), max(found.upper, point.value), is_computed=True)


def interval_text(margin: Interval, stick: Yardstick) -> str:
    """ "64.0% to 70.9%"."""
    return _("%(lower)s to %(upper)s") % {"lower": stick.text(margin.lower), "upper": stick.text(margin.upper)}


def margin_text(point: Point, stick: Yardstick) -> str:
    """For tables, whose heads name the unit: "64.0 to 70.9, computed"; empty without an interval."""
    margin = interval(point, stick)
    if margin is None:
        return ""
    limits = {"lower": stick.bare_text(margin.lower), "upper": stick.bare_text(margin.upper)}
    return (_("%(lower)s to %(upper)s, computed") if margin.is_computed else _("%(lower)s to %(upper)s")) % limits
