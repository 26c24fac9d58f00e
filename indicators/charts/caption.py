"""A series in one sentence."""

from django.utils.translation import gettext as _

from indicators.figures import Yardstick, figure
from indicators.series import Series


def summary(series: Series, stick: Yardstick, *more: str) -> str:
    """Its first and newest numbers, what interrupts it, and `more`: parts of a sentence, empty ones left out."""
    numbers = [point for point in series.points if point.is_number]
    if not numbers:
        return _("There are no figures yet.")
    first, newest = (figure(series, point, stick) for point in (numbers[0], numbers[-1]))
    words = {"first": first.text, "start": first.period, "newest": newest.text, "end": newest.period}
    if len(numbers) == 1:
        return _("%(newest)s in %(end)s, the only figure.") % words
    start = _("%(first)s in %(start)s, %(newest)s in %(end)s") % words
    reasons = [step.interruption.reason for step in series.steps if step.interruption]
    return "; ".join([start, *reasons, *filter(None, more)]) + "."
