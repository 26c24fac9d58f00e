"""How it is said where a figure stands against a target or the path to it."""

from typing import NamedTuple

from django.utils.dateformat import format as date_text
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from indicators.aims import TO, Span, TargetPoint
from indicators.estimates import Interval, interval_text
from indicators.figures import Yardstick
from indicators.numbers import number_text
from indicators.series import Point
from indicators.wording import gettext as _

# What is said of a distance, where the figure is held against the path and where it is held against the target.
DISTANCES = {
    "path": {
        "on": gettext_lazy("exactly on the path"),
        "within": gettext_lazy("within the range of the path"),
        "short": gettext_lazy("%(amount)s short of the path"),
        "below": gettext_lazy("%(amount)s below the path"),
        "above": gettext_lazy("%(amount)s above the path"),
        "better": gettext_lazy("%(amount)s better than the path"),
        "beyond": gettext_lazy("%(amount)s beyond the path"),
    },
    "target": {
        "on": gettext_lazy("exactly at the target"),
        "within": gettext_lazy("within the range of the target"),
        "short": gettext_lazy("%(amount)s short of the target"),
        "below": gettext_lazy("%(amount)s below the target"),
        "above": gettext_lazy("%(amount)s above the target"),
        "better": gettext_lazy("%(amount)s better than the target"),
        "beyond": gettext_lazy("%(amount)s beyond the target"),
    },
}
SENTENCES = {
    "path": gettext_lazy("%(figure)s in %(period)s is %(distance)s to the target of %(target)s"),
    "target": gettext_lazy("%(figure)s in %(period)s is %(distance)s of %(target)s"),
}
MARGINS = {
    "path": gettext_lazy("The path lies within the margin of the figure, %(interval)s."),
    "target": gettext_lazy("The target lies within the margin of the figure, %(interval)s."),
}


class Verdict(NamedTuple):
    """A number as shown, what it is held against, and how far it is from reaching that (below 0: better by so much).

    Direction is the way that the number should go (indicators/aims.py).
    """

    status: str
    direction: str
    number: float
    wanted: Span
    short: float
    tolerance: float = 0

    @property
    def held_against(self) -> str:
        """The target once it is met or missed, else the path."""
        return "target" if self.status in ("met", "missed") else "path"


def when_text(point: TargetPoint) -> str:
    """Its period, or else its day: "2026", "31 March 2026"."""
    return point.label or date_text(point.due_on, "j F Y")


def target_text(target: TargetPoint, stick: Yardstick) -> str:
    """ "70.0% in 2026", "60.0% to 70.0% by 31 March 2026"."""
    words = {"value": span_text(target.wanted, stick), "when": when_text(target)}
    return _("%(value)s in %(when)s") % words if target.label else _("%(value)s by %(when)s") % words


def span_text(wanted: Span, stick: Yardstick) -> str:
    if not wanted.is_range:
        return stick.text(wanted.lower)
    return _("%(lower)s to %(upper)s") % {"lower": stick.text(wanted.lower), "upper": stick.text(wanted.upper)}


def distance_text(verdict: Verdict, stick: Yardstick) -> str:
    """ "2.1 percentage points short of the path"."""
    text = DISTANCES[verdict.held_against][_place(verdict, stick)]
    return text % {"amount": stick.difference_text(verdict.short)}


def _place(verdict: Verdict, stick: Yardstick) -> str:
    if verdict.short > 0:
        sides = "above" if verdict.number > verdict.wanted.upper else "below"
        return sides if verdict.direction == TO else "short"
    if verdict.wanted.is_range and verdict.wanted.lower <= verdict.number <= verdict.wanted.upper:
        return "within"
    if verdict.short == 0:
        return "on"
    return "beyond" if stick.polarity == "none" else "better"


def children_text(verdict: Verdict, children: int | None, stick: Yardstick) -> str:
    """ "about 320 children too few", in the words of the unit; nothing unless the figure is short."""
    if children is None or verdict.short <= 0 or not stick.counted:
        return ""
    words = {"number": number_text(children, 0), "counted": stick.counted}
    if verdict.number > verdict.wanted.upper:
        one, several = _("about one too many of the %(counted)s"), _("about %(number)s %(counted)s too many")
    else:
        one, several = _("about one too few of the %(counted)s"), _("about %(number)s %(counted)s too few")
    return (one if children == 1 else several) % words


def sentence(verdict: Verdict, point: Point, target: TargetPoint, children: str, stick: Yardstick) -> str:
    """ "61.9% in 2024 is 2.1 percentage points short of the path to the target of 70.0% in 2030."."""
    words = {
        "figure": stick.text(verdict.number),
        "period": point.period.label,
        "distance": distance_text(verdict, stick),
        "target": target_text(target, stick),
    }
    said = SENTENCES[verdict.held_against] % words
    return f"{said}, {children}." if children else f"{said}."


def asides(verdict: Verdict, margin: Interval | None, note: str, stick: Yardstick) -> list[str]:
    """What has to be known with it, in sentences. The margin is None unless it holds what is wanted."""
    found = []
    if verdict.status == "on-course" and verdict.short > 0:
        amount = stick.difference_text(verdict.tolerance)
        found.append(_("That is within the tolerance of %(amount)s.") % {"amount": amount})
    if margin:
        found.append(MARGINS[verdict.held_against] % {"interval": interval_text(margin, stick)})
    return [*found, f"{capfirst(note)}."] if note else found


# Why a figure is not the one that was to be expected


def awaited_note(target: TargetPoint) -> str:
    return _("there is no figure for %(when)s yet") % {"when": when_text(target)}


def missing_note(target: TargetPoint) -> str:
    return _("there is no figure for %(when)s") % {"when": when_text(target)}


def late_note(target: TargetPoint) -> str:
    return _("there is no figure for %(when)s or before") % {"when": when_text(target)}


def new_series_reason(label: str, start: TargetPoint, *, is_baseline: bool) -> str:
    words = {"period": label, "when": when_text(start)}
    if is_baseline:
        return _("a new series began in %(period)s, after the baseline, %(when)s") % words
    return _("a new series began in %(period)s, after the target for %(when)s") % words
