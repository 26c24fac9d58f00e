"""What is said of a figure beside its number: change, comparison and target.

Change. From the figure just before to the newest one, if nothing interrupts the series between them (`Series.steps`).
A plain difference of the numbers as shown; whether a series moves by more than chance is said by indicators/signals.py.

Comparison. With the figure of a benchmark for the same period, by 95% intervals: better, similar or worse; higher,
similar or lower where no direction is good. A nation's figure is held against the interval of the area; the figure of a
region, a county or a set of areas is itself uncertain, and differs only where the two intervals do not overlap. Without
an interval nothing is compared. Counts follow the size of the area and are not compared.
"""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_noop

from indicators.estimates import Interval, interval, interval_text
from indicators.figures import Figure, Yardstick, figure
from indicators.series import Point, Series
from indicators.statistics.benchmark import Estimate, compare
from indicators.wording import gettext as _

COMPARISON_TEXTS = {
    "better": gettext_noop("better than %(name)s"),
    "similar": gettext_noop("similar to %(name)s"),
    "worse": gettext_noop("worse than %(name)s"),
    "higher": gettext_noop("higher than %(name)s"),
    "lower": gettext_noop("lower than %(name)s"),
    "none": gettext_noop("not compared"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Direction is up, down, same, or none where no change can be told: a difference of two numbers, not a trend.

    `text` is what a page shows: the change, or why there is none.
    """

    direction: str
    text: str
    sentence: str = ""
    previous: Figure | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What an area is compared with. Kind is "nation", "region", "parent", "area" or "set"."""

    name: str
    series: Series
    kind: str = "nation"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Code is better, similar, worse, higher, lower, or none where the figures are not compared: `reason` says why.

    `figure` is that of the benchmark; it may be known although nothing is compared. `margin` is the interval of the
    area's own figure. `note` tells how the figure of a set was made.
    """

    code: str
    name: str = ""
    figure: Figure | None = None
    margin: Interval | None = None
    reason: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        return _(COMPARISON_TEXTS[self.code]) % {"name": self.name}

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
    return Change("none", capfirst(reason), _("No change is shown: %(reason)s.") % {"reason": reason})


def _change_between(before: Point, after: Point, series: Series, yardstick: Yardstick) -> Change:
    difference = yardstick.shown(yardstick.shown(after.value) - yardstick.shown(before.value))
    previous = figure(series, before, yardstick)
    words = {"amount": yardstick.difference_text(difference), "since": previous.period, "previous": previous.text}
    if difference == 0:
        direction, text = "same", _("The same as in %(since)s") % words
    elif difference > 0:
        direction, text = "up", _("Up %(amount)s from %(since)s") % words
    else:
        direction, text = "down", _("Down %(amount)s from %(since)s") % words
    return Change(direction, text, _("%(previous)s in %(since)s") % words, previous)


def comparison(point: Point | None, benchmark: Benchmark | None, yardstick: Yardstick) -> Comparison:
    """A figure beside the benchmark's for the same period. `benchmark` is None for a nation itself."""
    if benchmark is None:
        return _not_compared(_("this is a whole nation"))
    if yardstick.is_count:
        return _not_compared(_("a count follows the size of the area"), benchmark)
    if point is None or not point.is_number:
        return _not_compared(_("there is no figure to compare"), benchmark)
    other, words = benchmark.series.at(point.period), {"name": benchmark.name, "period": point.period.label}
    if other is None:
        return _not_compared(_("there is no figure for %(name)s in %(period)s") % words, benchmark)
    shown = figure(benchmark.series, other, yardstick)
    if not other.is_number:
        reason = _("%(name)s in %(period)s is %(marker)s") % (words | {"marker": shown.text})
        return _not_compared(reason, benchmark)
    own = interval(point, yardstick)
    if own is None:
        reason = _("%(period)s has neither counts nor a margin of error") % words
        return _not_compared(reason, benchmark, shown)
    return _compared(point, own, benchmark, other, shown, yardstick)


def _not_compared(reason: str, benchmark: Benchmark | None = None, shown: Figure | None = None) -> Comparison:
    return Comparison("none", benchmark.name if benchmark else "", shown, reason=reason)


def _compared(
    point: Point, own: Interval, benchmark: Benchmark, other: Point, shown: Figure, yardstick: Yardstick
) -> Comparison:
    """A nation is taken as it is; any other benchmark with its own interval, where it has one."""
    theirs = None if benchmark.kind == "nation" else interval(other, yardstick)
    method = "single overlap" if theirs is None else "double overlap"
    code = compare(
        method, _estimate(point, own), _estimate(other, theirs), polarity=yardstick.polarity, unit=yardstick.multiplier
    )
    return Comparison(code, benchmark.name, shown, own, note=_note(benchmark, other))


def _note(benchmark: Benchmark, other: Point | None) -> str:
    return other.note if other and benchmark.kind == "set" else ""


def comparison_sentence(found: Comparison, yardstick: Yardstick) -> str:
    """Both figures and the interval that decides, or why they are not compared."""
    if found.code == "none":
        return _("Not compared: %(reason)s.") % {"reason": found.reason}
    words = {
        "name": found.name,
        "figure": found.figure.text,
        "period": found.figure.period,
        "interval": interval_text(found.margin, yardstick),
    }
    if found.code == "similar":
        return _("%(name)s: %(figure)s in %(period)s, not clear of the interval here, %(interval)s.") % words
    return _("%(name)s: %(figure)s in %(period)s, clear of the interval here, %(interval)s.") % words


def _estimate(point: Point, margin: Interval | None) -> Estimate:
    return Estimate(
        value=point.value,
        lower=margin.lower if margin else None,
        upper=margin.upper if margin else None,
        lower_998=None,
        upper_998=None,
        denominator=point.denominator,
    )
