"""Which facts are hidden from readers: the only writer of Suppression.

Publishing and withdrawing call `keep_up` in their transaction, so no page ever shows a figure before it is decided
whether it may. A fact once hidden stays hidden, since a page saved earlier, or one of a day in the past, would give it
away beside a later one. Only `recompute`, which a steward runs by a command after changing a rule, begins anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet

from indicators import reading
from indicators.additivity import Division, Fact, divisions
from indicators.concealment import Concealed, conceal
from indicators.models import Indicator, Suppression, Upload, UploadState, Value
from indicators.ties import Cell
from partnerships.models import Area

Days = tuple[date, date]
# The fields of an indicator that say which counts are small.
DECIDED_BY = frozenset({"suppress_below", "value_type", "multiplier"})


@dataclass(frozen=True)
class Recomputed:
    """How many facts of an indicator are hidden now, and how many are hidden anew or shown again."""

    indicator: Indicator
    hidden: int
    added: int
    removed: int


@dataclass(frozen=True)
class _Version:
    """A figure as it was published once, and from when to when its upload was."""

    pk: int
    cell: Cell
    published_at: datetime
    withdrawn_at: datetime | None

    @property
    def order(self) -> tuple[datetime, int]:
        return self.published_at, self.pk

    def is_live(self, moment: datetime) -> bool:
        return self.published_at <= moment and (self.withdrawn_at is None or self.withdrawn_at > moment)


def keep_up(*, upload: Upload, indicators: Collection[int]) -> None:
    """Hides what has to be hidden now that figures of an upload were published or withdrawn.

    `indicators` are the ids of those that it has figures of; one query where none of them has a rule. Only the periods
    that it touches are looked at.
    """
    ruled = Indicator.objects.filter(pk__in=indicators, suppress_below__isnull=False)
    _hide(ruled, upload.values.all())


@transaction.atomic
def hide(*, indicators: Iterable[Indicator]) -> None:
    """Hides what the rules of these indicators ask for, in every period; what is hidden stays hidden."""
    _hide([one for one in indicators if one.suppress_below is not None], Value.objects.all())


@transaction.atomic
def recompute(*, indicators: Iterable[Indicator]) -> list[Recomputed]:
    """Decides anew what is hidden of these indicators. What is not needed for their rules is shown again."""
    ids = [indicator.pk for indicator in indicators]
    locked = Indicator.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    return [_recompute(indicator) for indicator in locked]


def _hide(indicators: Iterable[Indicator], values: QuerySet[Value]) -> None:
    places = _Places()
    for indicator in indicators:
        before = _hidden(indicator)
        periods = values.filter(indicator=indicator).order_by("period_start", "period_end")
        for days in list(periods.values_list("period_start", "period_end").distinct()):
            found = conceal(*_asked(indicator, days, places), before=before[days])
            _bring(indicator, days, before[days], found)


def _recompute(indicator: Indicator) -> Recomputed:
    places, before = _Places(), _hidden(indicator)
    standing = {days: concealed.facts for days, concealed in before.items()}
    total = added = removed = 0
    periods = indicator.values.order_by("period_start", "period_end").values_list("period_start", "period_end")
    for days in sorted({*periods.distinct(), *standing}):
        found = conceal(*_asked(indicator, days, places), preferred=before[days].facts)
        _bring(indicator, days, before[days], found)
        total += len(found.facts)
        added += len(found.facts - before[days].facts)
        removed += len(before[days].facts - found.facts)
    return Recomputed(indicator, total, added, removed)


def _hidden(indicator: Indicator) -> defaultdict[Days, Concealed]:
    facts: dict[Days, set[Fact]] = defaultdict(set)
    denominators: dict[Days, bool] = defaultdict(bool)
    for start, end, area, breakdown, denominator in indicator.suppressions.order_by().values_list(
        "period_start", "period_end", "area", "breakdown", "hides_denominator"
    ):
        facts[start, end].add((area, breakdown))
        denominators[start, end] |= denominator
    found = {days: Concealed(frozenset(some), denominators[days]) for days, some in facts.items()}
    return defaultdict(Concealed, found)


def _bring(indicator: Indicator, days: Days, before: Concealed, after: Concealed) -> None:
    """Writes what differs."""
    kept = indicator.suppressions.filter(period_start=days[0], period_end=days[1])
    gone = before.facts - after.facts
    if gone:
        ids = {(area, breakdown): pk for pk, area, breakdown in kept.values_list("pk", "area", "breakdown")}
        kept.filter(pk__in=[ids[fact] for fact in gone]).delete()
    if before.denominators != after.denominators:
        kept.update(hides_denominator=after.denominators)
    Suppression.objects.bulk_create(
        Suppression(
            indicator=indicator,
            area_id=area,
            period_start=days[0],
            period_end=days[1],
            breakdown=breakdown,
            hides_denominator=after.denominators,
        )
        for area, breakdown in sorted(after.facts - before.facts)
    )


def _asked(indicator: Indicator, days: Days, places: "_Places") -> tuple:
    versions = _versions(indicator, days)
    return _states(versions), places.divided(*days), reading.rule(indicator)


def _versions(indicator: Indicator, days: Days) -> list[_Version]:
    rows = Value.objects.filter(indicator=indicator, period_start=days[0], period_end=days[1]).values_list(
        *("pk", "upload__published_at", "upload__state", "upload__closed_at"),
        *("area", "breakdown", "value", "marker", "numerator", "denominator"),
    )
    return [
        _Version(pk, Cell(*figure), published_at, closed_at if state == UploadState.WITHDRAWN else None)
        for pk, published_at, state, closed_at, *figure in rows
    ]


def _states(versions: Sequence[_Version]) -> list[list[Cell]]:
    """What stood at each moment at which something was published or withdrawn; alone, what never stood."""
    by_fact = sorted(versions, key=lambda version: (version.cell.fact, version.order))
    facts = [list(some) for _fact, some in groupby(by_fact, key=lambda version: version.cell.fact)]
    moments = {version.published_at for version in versions} | {version.withdrawn_at for version in versions}
    states = [
        [live[-1].cell for some in facts if (live := [version for version in some if version.is_live(moment)])]
        for moment in sorted(filter(None, moments))
    ]
    stood = {cell for state in states for cell in state}
    return [*filter(None, states), *([version.cell] for version in versions if version.cell not in stood)]


class _Places:
    """How areas lie in areas, read once."""

    @cached_property
    def _areas(self) -> list[tuple[int, int | None, date | None, date | None]]:
        return list(Area.objects.order_by().values_list("pk", "parent", "starts_on", "ends_on"))

    @cached_property
    def _parents(self) -> Mapping[int, int | None]:
        return {pk: parent for pk, parent, _starts_on, _ends_on in self._areas}

    def divided(self, start: date, end: date) -> list[Division]:
        """As areas were in the period, and as they are: publishers count earlier years in the areas of today too."""
        then = [
            pk
            for pk, _parent, begun, ended in self._areas
            if not ((begun and begun > end) or (ended and ended <= start))
        ]
        now = [pk for pk, _parent, _begun, ended in self._areas if ended is None]
        return divisions(self._parents, [then, now])
