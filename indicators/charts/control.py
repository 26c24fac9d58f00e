"""A control chart over a series: mean and limits of each run, and the figures that are more than usual variation.

Drawn only where the signal of the series comes from one (indicators/signals.py). Earlier runs of figures, before a
break or a gap, have limits of their own where they are long enough. The near limits serve a rule and are not drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators import signals
from indicators.charts.chart import APART, BETTER, QUIET, WORSE, Line, Spot, spot, trace
from indicators.figures import Yardstick
from indicators.series import Point, Series
from indicators.signals import Signal
from indicators.statistics import spc

RULES = {
    spc.ABOVE_LIMITS: gettext_lazy("above the limits"),
    spc.BELOW_LIMITS: gettext_lazy("below the limits"),
    spc.RISING: gettext_lazy("run of 7 or more, each higher than the one before"),
    spc.FALLING: gettext_lazy("run of 7 or more, each lower than the one before"),
    spc.TWO_ABOVE: gettext_lazy("two of three near the upper limit"),
    spc.TWO_BELOW: gettext_lazy("two of three near the lower limit"),
    spc.RUN_ABOVE: gettext_lazy("run of 7 or more above the mean"),
    spc.RUN_BELOW: gettext_lazy("run of 7 or more below the mean"),
}
JUDGEMENTS = {"better": gettext_lazy("better"), "worse": gettext_lazy("worse")}
# By judgement: the name, the shape and the colour of the marks.
MARKS = {
    "better": (gettext_lazy("Special cause, better"), "triangle-up", BETTER),
    "worse": (gettext_lazy("Special cause, worse"), "triangle-down", WORSE),
    "none": (gettext_lazy("Special cause"), "diamond", APART),
}


@dataclass(frozen=True)
class Run:
    """Figures that follow from one another, with their control chart."""

    points: tuple[Point, ...]
    chart: spc.Chart


@dataclass(frozen=True)
class SpecialCause:
    """A figure that chance alone would hardly give: by which rule, and whether it is better, worse or none of both."""

    point: Point
    rule: str
    judgement: str

    @property
    def words(self) -> str:
        """ "above the limits, worse"."""
        rule = str(RULES[self.rule])
        if self.judgement == "none":
            return rule
        return _("%(rule)s, %(judgement)s") % {"rule": rule, "judgement": JUDGEMENTS[self.judgement]}


def runs(series: Series, signal: Signal, stick: Yardstick) -> list[Run]:
    """Every run that is long enough, the one that the signal is about last; none where that is no control chart."""
    if signal.chart is None:
        return []
    earlier = [run for run in series.segments[:-1] if len(run) >= signals.POINTS_OF_CHART]
    direction = signals.DIRECTIONS[stick.polarity]
    charts = [spc.xmr([point.value for point in run], direction=direction) for run in earlier]
    return [*map(Run, earlier, charts), Run(signal.points, signal.chart)]


def special_causes(found: Sequence[Run]) -> list[SpecialCause]:
    return [
        SpecialCause(point, charted.signal, _judgement(charted.variation))
        for run in found
        for point, charted in zip(run.points, run.chart.points, strict=True)
        if charted.signal
    ]


def _judgement(variation: str) -> str:
    """ "improvement high" is better, on whichever side."""
    return {"improvement": "better", "concern": "worse"}.get(variation.partition(" ")[0], "none")


def limit_traces(found: Sequence[Run]) -> Iterator[dict]:
    """The mean, and the two limits as one trace."""
    if not found:
        return
    thin = {"color": QUIET, "width": 1.5}
    yield trace(_("Mean"), [_level(run, "mean") for run in found], line=thin)
    limits = [
        _level(run, name) for run in found for name in ("upper", "lower") if run.chart.points[0].upper is not None
    ]
    if limits:
        yield trace(_("Limits of usual variation"), limits, line=thin | {"dash": "dash"})


def _level(run: Run, name: str) -> list[Spot]:
    return [
        Spot(point.period.end.isoformat(), getattr(charted, name))
        for point, charted in zip(run.points, run.chart.points, strict=True)
    ]


def mark_traces(causes: Sequence[SpecialCause], line: Line, stick: Yardstick) -> Iterator[dict]:
    """The figures again, in the shape and the colour of their judgement; under the pointer with their rule."""
    for judgement, (name, symbol, colour) in MARKS.items():
        marked = [one for one in causes if one.judgement == judgement]
        if marked:
            yield trace(
                str(name),
                [[spot(one.point, f"{line.words(one.point, stick)}: {one.words}") for one in marked]],
                mode="markers",
                marker={"size": 13, "symbol": symbol, "color": colour, "line": {"color": "#ffffff", "width": 1}},
            )


def sentence(found: Sequence[Run], causes: Sequence[SpecialCause]) -> str:
    """ "3 of 46 figures are more than usual variation", with a warning where the newest limits rest on few figures."""
    if not found:
        return ""
    parts = [_counted(len(causes), sum(len(run.points) for run in found))]
    if found[-1].chart.has_trial_limits:
        parts.append(_("the limits are provisional, since they rest on few figures"))
    return "; ".join(parts)


def _counted(marked: int, count: int) -> str:
    words = {"marked": marked, "count": count}
    if not marked:
        return _("all %(count)d figures lie within their usual variation") % words
    found = ngettext(
        "%(marked)d of %(count)d figures is more than usual variation",
        "%(marked)d of %(count)d figures are more than usual variation",
        marked,
    )
    return found % words
