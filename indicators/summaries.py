"""What standings say, in sentences: made by rules, and never more than the figures support.

A measure's sentence gives its newest figure and then, each only where it is known: the tested trend or the state of the
control chart, the comparison, the target. A difference that was not tested is called so. The page's sentence counts.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_noop, ngettext

from indicators import signals
from indicators.signals import Signal
from indicators.standing import Standing
from indicators.wording import gettext as _

TREND_WORDS = {
    "increasing": gettext_noop("it has been rising over the last five years"),
    "decreasing": gettext_noop("it has been falling over the last five years"),
    "increasing and getting better": gettext_noop("it has been rising over the last five years, which is better"),
    "increasing and getting worse": gettext_noop("it has been rising over the last five years, which is worse"),
    "decreasing and getting better": gettext_noop("it has been falling over the last five years, which is better"),
    "decreasing and getting worse": gettext_noop("it has been falling over the last five years, which is worse"),
    signals.NO_CHANGE: gettext_noop("no significant change over the last five years"),
}
CHART_WORDS = {
    "increasing": gettext_noop("higher than its usual variation"),
    "decreasing": gettext_noop("lower than its usual variation"),
    "increasing and getting better": gettext_noop("higher than its usual variation, which is better"),
    "increasing and getting worse": gettext_noop("higher than its usual variation, which is worse"),
    "decreasing and getting better": gettext_noop("lower than its usual variation, which is better"),
    "decreasing and getting worse": gettext_noop("lower than its usual variation, which is worse"),
    signals.NO_CHANGE: gettext_noop("within its usual variation"),
}
COMPARISON_WORDS = {
    "better": gettext_noop("better than %(name)s (%(figure)s)"),
    "similar": gettext_noop("similar to %(name)s (%(figure)s)"),
    "worse": gettext_noop("worse than %(name)s (%(figure)s)"),
    "higher": gettext_noop("higher than %(name)s (%(figure)s)"),
    "lower": gettext_noop("lower than %(name)s (%(figure)s)"),
}
TARGET_WORDS = {
    "met": gettext_noop("the target of %(target)s is met"),
    "missed": gettext_noop("the target of %(target)s was missed"),
    "on-course": gettext_noop("on course for the target of %(target)s"),
    "off-course": gettext_noop("off course for the target of %(target)s"),
}


def sentence(standing: Standing) -> str:
    """One measure in one area: "66.4% in 2023/24: no significant change over the last five years; worse than ..."."""
    newest, number = standing.latest, standing.latest_number
    if newest is None:
        return _("There are no figures yet.")
    words = {"figure": newest.text, "period": newest.period}
    if not newest.value:
        if number is None:
            return _("%(period)s is %(figure)s, and there is no earlier figure.") % words
        before = {"before": number.text, "since": number.period}
        return _("%(period)s is %(figure)s; the last figure is %(before)s in %(since)s.") % (words | before)
    start = _("%(figure)s in %(period)s") % words
    parts = [part for part in (_movement(standing), _compared(standing), _aimed(standing)) if part]
    return f"{start}: {'; '.join(parts)}." if parts else f"{start}."


def claims_something(standing: Standing) -> bool:
    """Whether the sentence says more than the figure and its plain change."""
    return standing.signal.is_tested or standing.comparison.code != "none" or standing.target.status in TARGET_WORDS


def _movement(standing: Standing) -> str:
    found = standing.signal
    if found.is_tested:
        return _(_words_of(found)[found.word])
    change = standing.change
    if change.direction in ("up", "down"):
        return _("%(change)s, not tested for chance") % {"change": change.text[0].lower() + change.text[1:]}
    return ""


def _words_of(found: Signal) -> dict[str, str]:
    return CHART_WORDS if found.method == signals.CONTROL_CHART else TREND_WORDS


def _compared(standing: Standing) -> str:
    found = standing.comparison
    if found.code == "none":
        return ""
    return _(COMPARISON_WORDS[found.code]) % {"name": found.name, "figure": found.figure.text}


def _aimed(standing: Standing) -> str:
    target = standing.target
    words = TARGET_WORDS.get(target.status)
    return _(words) % {"target": target.text} if words else ""


def page_sentence(standings: Sequence[Standing]) -> str:
    """How many measures there are, how they move, and how they stand against their targets."""
    count = len(standings)
    parts = [*_movements(standings), *_aims(standings), *_lacking(standings)]
    start = ngettext("Of %(count)d measure", "Of %(count)d measures", count) % {"count": count}
    return f"{start}, {_listed(parts)}." if parts else f"{start}."


def _movements(standings: Iterable[Standing]) -> list[str]:
    with_figures = [one for one in standings if one.latest]
    found = [one.signal for one in with_figures if one.signal.is_tested]
    better = sum(one.judgement == "getting better" for one in found)
    worse = sum(one.judgement == "getting worse" for one in found)
    steady = sum(one.marker == signals.NO_CHANGE for one in found)
    moving = len(found) - better - worse - steady
    untested = len(with_figures) - len(found)
    texts = (
        (better, ngettext("%d is getting better", "%d are getting better", better)),
        (worse, ngettext("%d is getting worse", "%d are getting worse", worse)),
        (moving, ngettext("%d moves where no direction is good", "%d move where no direction is good", moving)),
        (steady, ngettext("%d shows no significant change", "%d show no significant change", steady)),
        (untested, ngettext("%d cannot be tested", "%d cannot be tested", untested)),
    )
    return [text % count for count, text in texts if count]


def _aims(standings: Iterable[Standing]) -> list[str]:
    statuses = [one.target.status for one in standings]
    met, missed = statuses.count("met"), statuses.count("missed")
    on_course, off_course = statuses.count("on-course"), statuses.count("off-course")
    texts = (
        (met, ngettext("%d meets its target", "%d meet their target", met)),
        (on_course, ngettext("%d is on course", "%d are on course", on_course)),
        (off_course, ngettext("%d is off course", "%d are off course", off_course)),
        (missed, ngettext("%d missed its target", "%d missed their target", missed)),
    )
    return [text % count for count, text in texts if count]


def _lacking(standings: Iterable[Standing]) -> list[str]:
    count = sum(one.latest is None for one in standings)
    return [ngettext("%d has no figures", "%d have no figures", count) % count] if count else []


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(parts)s and %(last)s") % {"parts": ", ".join(parts[:-1]), "last": parts[-1]}
