"""What is wanted: targets, the path to them, and where a series would lead."""

from datetime import date

from django.utils.translation import gettext as _

from indicators.aims import Aim, TargetPoint
from indicators.methods.madeup import SHARE, counted, series
from indicators.methods.sections import Section, Term
from indicators.paths import TARGET_LABELS, TargetStanding, target_standing

PEOPLE = 1000
AIM = Aim(
    targets=(TargetPoint(70.0, date(2025, 8, 31), "2024/25"),),
    baseline_value=60.0,
    baseline_on=date(2020, 8, 31),
    baseline_label="2019/20",
    tolerance=0.5,
)
BEFORE, AFTER = date(2024, 6, 30), date(2026, 1, 31)


def target_section() -> Section:
    return Section(
        "target",
        _("Target"),
        text=(
            _(
                "A partnership may set targets for a measure: a figure, and the period for which it is wanted. There "
                "may be several, one after another. The one that counts is the next that is not yet due, or else the "
                "last."
            ),
            _(
                "Between where the measure started, the baseline, and the target runs a path. Unless the partnership "
                "chose steps it is a straight line; in steps, each target counts from the day after the one before. A "
                "target may be a range. As long as the target is open, the newest figure is held against the path on "
                "the last day of its own period, not against the end of it. A tolerance, in the unit of the measure, "
                "is allowed for."
            ),
            _(
                "Once the target is due and the figure for it is published, only the target counts, without path and "
                "tolerance. Until then the target stays open: an older figure cannot tell whether it was missed."
            ),
            _("A path from before the publisher began a new series judges nothing after it. Set a new baseline then."),
            _(
                "Figures are judged as they are printed, and chance is not taken off. Where the interval of the figure "
                "holds the path or the target, that is said: look at it before you celebrate or despair. An area within the partnership is held to the partnership’s own targets."
            ),
        ),
        terms=(
            _term("met", _("The figure reaches the target.")),
            _term("on-course", _("It does not yet, but it is on the path or better, or within the tolerance.")),
            _term("off-course", _("It is further behind the path than the tolerance allows.")),
            _term("missed", _("The figure for the target is there and does not reach it.")),
            _term("not-judged", _("No figure can be held against the target.")),
            _term("no-target", _("The partnership has set none.")),
        ),
        example=(
            _("Wanted is %(target)s, from %(start)s in %(since)s, with a tolerance of %(tolerance)s.")
            % {
                "target": target_standing(AIM, series(), SHARE, BEFORE).text,
                "start": SHARE.text(AIM.baseline_value),
                "since": AIM.baseline_label,
                "tolerance": SHARE.difference_text(AIM.tolerance),
            },
            *(
                _judged(*one)
                for one in (("2022/23", 65.6, BEFORE), ("2022/23", 64.9, BEFORE), ("2022/23", 70.2, BEFORE))
            ),
            _judged("2024/25", 69.0, AFTER),
        ),
    )


def _term(status: str, meaning: str) -> Term:
    label = str(TARGET_LABELS[status])
    return Term(label, meaning, TargetStanding(status, label))


def _judged(period: str, share: float, today: date) -> str:
    point = counted(period, SHARE, share / SHARE.multiplier * PEOPLE, PEOPLE)
    found = target_standing(AIM, series(point), SHARE, today)
    return _("%(value)s in %(period)s: “%(status)s”.") % {
        "value": SHARE.text(point.value),
        "period": period,
        "status": found.label,
    }


def forecast_section() -> Section:
    return Section(
        "forecast",
        _("Forecast"),
        text=(
            _(
                "Where the figures lie along a line, that line can be drawn on to the day of the target. It says where "
                "the measure would be if things simply went on as they are, with an interval within which one more "
                "figure would be expected. The further ahead, the wider the interval."
            ),
            _(
                "A forecast is not a promise. It knows nothing of what you plan to do, and nothing of why the figures "
                "moved. None is given for fewer than five figures in a row, across a break, or further ahead than half "
                "the time that the figures go back. A target is likely to be met where the whole interval reaches it, "
                "and unlikely to be met where none of it does; otherwise it cannot be told."
            ),
        ),
    )
