"""What is said of a figure beside its number: change, comparison and target.

Everything here compares number with number, as they are shown; nothing is tested for chance. What the words mean:

Change. From the figure just before to the newest one, if nothing interrupts the series between them (`Series.steps`).

Comparison. With the figure of the nation for the same period: better, similar (the same at the decimals shown) or
worse; higher, similar or lower where no direction is good. Counts follow the size of the area and are not compared.
"""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.figures import Figure, Yardstick, figure
from indicators.series import Point, Series

COMPARISON_TEXTS = {
    "better": gettext_lazy("better than %(nation)s"),
    "similar": gettext_lazy("similar to %(nation)s"),
    "worse": gettext_lazy("worse than %(nation)s"),
    "higher": gettext_lazy("higher than %(nation)s"),
    "lower": gettext_lazy("lower than %(nation)s"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Direction is up, down, same, or none where no change can be told; judgement is better, worse or none.

    `text` is what a page shows: the change, or why there is none.
    """

    direction: str
    judgement: str
    text: str
    sentence: str = ""
    previous: Figure | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Code is better, similar, worse, higher, lower, or none where the figures are not compared.

    The sentence gives both figures, or says why they are not compared.
    """

    code: str
    text: str
    sentence: str
    nation: str = ""
    figure: Figure | None = None

    @property
    def word(self) -> str:
        return "not compared" if self.code == "none" else self.code


def change(series: Series, yardstick: Yardstick) -> Change:
    """How the newest figure differs from the one before it, or why that cannot be told."""
    if not series.points:
        return _no_change(_("there are no figures yet"))
    if not series.points[-1].is_number:
        newest = figure(series, series.points[-1], yardstick)
        return _no_change(_("%(period)s is %(marker)s") % {"period": newest.period, "marker": newest.text})
    if not series.steps:
        return _no_change(_("there is no earlier figure"))
    step = series.steps[-1]
    if step.interruption:
        return _no_change(step.interruption.reason)
    return _change_between(step.before, step.after, series, yardstick)


def _no_change(reason: str) -> Change:
    return Change("none", "none", capfirst(reason), _("No change is shown: %(reason)s.") % {"reason": reason})


def _change_between(before: Point, after: Point, series: Series, yardstick: Yardstick) -> Change:
    difference = yardstick.shown(yardstick.shown(after.value) - yardstick.shown(before.value))
    previous, judgement = figure(series, before, yardstick), _judgement(difference, yardstick.polarity)
    words = {"amount": yardstick.difference_text(difference), "since": previous.period, "previous": previous.text}
    if difference == 0:
        direction, text = "same", _("The same as in %(since)s") % words
    elif difference > 0:
        direction, text = "up", _("Up %(amount)s") % words
    else:
        direction, text = "down", _("Down %(amount)s") % words
    return Change(
        direction, judgement, _with_judgement(text, judgement), _("%(previous)s in %(since)s") % words, previous
    )


def _with_judgement(text: str, judgement: str) -> str:
    if judgement == "none":
        return text
    judged = _("%(change)s, better") if judgement == "better" else _("%(change)s, worse")
    return judged % {"change": text}


def _judgement(difference: float, polarity: str) -> str:
    if difference == 0 or polarity == "none":
        return "none"
    return "better" if (difference > 0) == (polarity == "high") else "worse"


def compare(value: float, with_value: float, yardstick: Yardstick) -> str:
    """The word for one number beside another: better, similar, worse, higher or lower."""
    difference = yardstick.shown(value) - yardstick.shown(with_value)
    if difference == 0:
        return "similar"
    if yardstick.polarity == "none":
        return "higher" if difference > 0 else "lower"
    return _judgement(difference, yardstick.polarity)


def comparison(point: Point | None, nation: Series | None, nation_name: str, yardstick: Yardstick) -> Comparison:
    """A figure beside the nation's for the same period. `nation` is None for a nation itself."""
    if nation is None:
        return _not_compared(_("this is a whole nation"))
    if yardstick.is_count:
        return _not_compared(_("a count follows the size of the area"))
    if point is None or not point.is_number:
        return _not_compared(_("there is no figure to compare"))
    other, words = nation.at(point.period), {"nation": nation_name, "period": point.period.label}
    if other is None:
        return _not_compared(_("there is no figure for %(nation)s in %(period)s") % words)
    national = figure(nation, other, yardstick)
    if not other.is_number:
        reason = _("%(nation)s in %(period)s is %(marker)s") % (words | {"marker": national.text})
        return _not_compared(reason)
    code = compare(point.value, other.value, yardstick)
    sentence = _("%(nation)s: %(figure)s in %(period)s") % (words | {"figure": national.text})
    return Comparison(code, COMPARISON_TEXTS[code] % words, sentence, nation_name, national)


def _not_compared(reason: str) -> Comparison:
    return Comparison("none", _("not compared"), _("Not compared: %(reason)s.") % {"reason": reason})
