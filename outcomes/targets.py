"""The targets of a strategy's measures, and the writer of those that somebody enters in the browser.

Who did it is kept in the log of the administration (django.contrib.admin), since a target holds no history of its own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.aims import Aim, TargetPoint
from indicators.numbers import plain_number
from outcomes.measures import groups_of
from outcomes.models import Measure, Origin, PathShape, Strategy, Target
from partnerships.models import User


@dataclass(frozen=True)
class Point:
    """A value, in the unit of the indicator, on the last day of the period that it is for; `upper` makes it a range."""

    value: float
    on: date
    upper: float | None = None


@dataclass(frozen=True)
class Stated:
    """One number of an aim, or range, as a page lists it: the period that it is for, or else its last day."""

    number: str
    period: str
    is_added: bool = False


@dataclass(frozen=True)
class Aimed:
    """A measure that a target can be set for, with what is wanted of it."""

    measure: Measure
    baseline: Stated | None
    targets: tuple[Stated, ...]
    tolerance: str

    @property
    def is_in_steps(self) -> bool:
        return self.measure.path_shape == PathShape.STEPS


def can_have(strategy: Strategy) -> QuerySet[Measure]:
    """The measures of a strategy that a target can be set for: the standing ones with an indicator."""
    return strategy.measures.standing().filter(indicator__isnull=False).select_related("indicator")


def of_strategy(strategy: Strategy) -> list[Aimed]:
    """The measures that can have targets, in the order of the tree. Two queries."""
    return [
        _aimed(one.measure, one.aim) for group in groups_of(strategy) for one in group.measures if one.measure.indicator
    ]


def _aimed(measure: Measure, aim: Aim) -> Aimed:
    baseline = None
    if aim.baseline_on:
        period = aim.baseline_label or date_format(aim.baseline_on, "j F Y")
        baseline = Stated(plain_number(aim.baseline_value), period)
    targets = tuple(
        Stated(_number(one), one.label or date_format(one.due_on, "j F Y"), one.is_demonstration) for one in aim.targets
    )
    return Aimed(measure, baseline, targets, "" if aim.tolerance is None else plain_number(aim.tolerance))


def _number(target: TargetPoint) -> str:
    if target.upper is None:
        return plain_number(target.value)
    return _("%(lower)s to %(upper)s") % {"lower": plain_number(target.value), "upper": plain_number(target.upper)}


@transaction.atomic
def set_aim(
    *,
    measure: Measure,
    baseline: Point | None,
    tolerance: float | None,
    shape: str,
    targets: Collection[Point],
    by: User,
) -> None:
    """Makes these the measure's baseline, tolerance, path and targets, instead of all it had.

    What stays as it was keeps its label and origin; what is new or changed is the partnership's own, no longer the
    demonstration's. Raises ValueError for two targets on one day.
    """
    wanted = {target.on: (target.value, target.upper) for target in targets}
    if len(wanted) < len(targets):
        raise ValueError("Two targets are for the same day.")
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if baseline is None or baseline.on != locked.baseline_on:
        locked.baseline_label = ""
    locked.baseline_value, locked.baseline_on = (baseline.value, baseline.on) if baseline else (None, None)
    locked.tolerance, locked.path_shape = tolerance, shape
    locked.save(update_fields=["baseline_value", "baseline_on", "baseline_label", "tolerance", "path_shape"])

    standing = locked.targets.all()
    unchanged = {one.due_on for one in standing if wanted.get(one.due_on) == (one.value, one.upper)}
    labels = dict(locked.targets.values_list("due_on", "label"))
    locked.targets.exclude(due_on__in=unchanged).delete()
    Target.objects.bulk_create(
        Target(measure=locked, value=value, upper=upper, due_on=day, label=labels.get(day, ""), origin=Origin.SOURCE)
        for day, (value, upper) in wanted.items()
        if day not in unchanged
    )
    LogEntry.objects.log_actions(by.pk, [locked], CHANGE, change_message=_("Targets changed"), single_object=True)
