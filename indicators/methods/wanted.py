"""What is wanted: targets, the path to them, and where a series would lead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from indicators import forecasts
from indicators.aims import Aim, TargetPoint
from indicators.methods.madeup import SHARE, counted, series, share, yearly
from indicators.methods.sections import Section, Term
from indicators.paths import TARGET_LABELS, TargetStanding, target_standing
from indicators.series import Series

PEOPLE = 1000
AIM = Aim(
    targets=(TargetPoint(70.0, date(2025, 8, 31), "2024/25"),),
    baseline_value=60.0,
    baseline_on=date(2020, 8, 31),
    baseline_label="2019/20",
    tolerance=0.5,
)
BEFORE, AFTER = date(2024, 6, 30), date(2026, 1, 31)
# Of a thousand children in five years: one series that climbs steadily, one that wavers.
STEADY, WAVERING = (600, 619, 641, 659, 681), (600, 655, 610, 672, 640)


def target_section() -> Section:
    return Section(
        "target",
        _("Target"),
        text=(
            _(
                "A partnership may set targets for a measure: a figure or a range, and the period for which it is "
                "wanted. There may be several, one after another. The one that counts is the next that is not yet due, "
                "or else the last."
            ),
            _(
                "From where the measure started, the baseline, a path runs to the targets: a straight line, or steps "
                "if the partnership chose these. Without a baseline, the first target is wanted from the beginning. As "
                "long as a target is open, the newest figure is held against the path on the last day of its own "
                "period, not against the end of it. A tolerance, in the unit of the measure, is allowed for."
            ),
            _(
                "Once the figure for the target is there, only the target counts, without path and tolerance. Until "
                "that figure is published a target stays open, even if its day has passed: an older figure cannot tell "
                "whether it was missed."
            ),
            _(
                "For percentages the distance is also said in children, because “three points short” tells less than "
                "“about 30 children too few”."
            ),
            _(
                "Figures are judged as they are printed. Where the path or the target lies within the 95% interval of "
                "the figure, the sentence says so: then chance may have decided. An area within the partnership is "
                "held to the partnership’s own targets."
            ),
        ),
        terms=(
            _term("met", _("The figure reaches the target.")),
            _term("on-course", _("It does not yet, but it is on the path or better, or within the tolerance.")),
            _term("off-course", _("It is further behind the path than the tolerance allows.")),
            _term("missed", _("The figure for the target is there and does not reach it.")),
            _term(
                "not-judged", _("No figure can be held against the target, for instance because a new series began.")
            ),
            _term("no-target", _("The partnership has set none.")),
        ),
        example=(
            _aim_text(),
            *(_judged(*one) for one in (("2022/23", 656, BEFORE), ("2022/23", 640, BEFORE), ("2022/23", 702, BEFORE))),
            _judged("2024/25", 690, AFTER),
        ),
    )


def _term(status: str, meaning: str) -> Term:
    label = str(TARGET_LABELS[status])
    return Term(label, meaning, TargetStanding(status, label))


def _aim_text() -> str:
    words = {"start": SHARE.text(AIM.baseline_value), "since": AIM.baseline_label}
    words |= {"target": target_standing(AIM, series(), SHARE, BEFORE).text}
    words |= {"tolerance": SHARE.difference_text(AIM.tolerance)}
    return _("From %(start)s in %(since)s, %(target)s is wanted, with a tolerance of %(tolerance)s.") % words


def _judged(period: str, children: float, today: date) -> str:
    found = target_standing(AIM, series(counted(period, SHARE, children, PEOPLE)), share(), today)
    return _("“%(status)s”: %(sentence)s") % {"status": found.label.capitalize(), "sentence": found.sentence}


def forecast_section() -> Section:
    return Section(
        "forecast",
        _("Forecast"),
        text=(
            _(
                "A straight line through the newest figures is drawn on to the day of the target. It says where the "
                "measure would be if things simply went on as they have, with an interval in which a figure for that "
                "day would lie 95 times of a hundred. The further ahead, the wider it is."
            ),
            _("A forecast is no promise. It knows nothing of what you plan to do, nor why the figures moved."),
            _(
                "It is made only where the series allows: %(fewest)d figures or more in a row without a gap or a "
                "break, two whole years of them if they are monthly or quarterly, and a target at most half as far "
                "ahead as these figures go back. Otherwise the page says why there is none."
            )
            % {"fewest": forecasts.FEWEST},
        ),
        terms=(
            Term(_("Likely to be met"), _("The whole interval reaches the target.")),
            Term(_("Unlikely to be met"), _("No part of the interval reaches it.")),
            Term(_("Cannot be told"), _("The interval lies on both sides of the target.")),
        ),
        example=(
            _forecast(STEADY, 69.0),
            _forecast(STEADY, 71.0),
            _forecast(WAVERING, 70.0),
            _forecast(STEADY[:3], 70.0),
        ),
        formulas=(
            _(
                "Least squares on t = 1 to n: a + b t0 ± t(n − 2) s √(1 + 1/n + (t0 − mean t)² / Σ(t − mean t)²), with "
                "s² = Σ(y − a − bt)² / (n − 2) and Student’s t. For a share the line is fitted to ln(p / (1 − p)), so "
                "that it stays between 0 and the whole."
            ),
        ),
        references=("N. R. Draper and H. Smith, Applied Regression Analysis (1998)",),
    )


def _forecast(counts: Sequence[float], wanted: float) -> str:
    figures = yearly(SHARE, counts, PEOPLE)
    aim = replace(AIM, targets=(replace(AIM.targets[0], value=wanted),))
    found = target_standing(aim, figures, SHARE, BEFORE).forecast
    return _("%(figures)s. %(sentence)s") % {"figures": _listed(figures), "sentence": found.sentence}


def _listed(figures: Series) -> str:
    return ", ".join(SHARE.text(point.value) for point in figures.points)
