"""What one person may upload for one partnership, asked of the database."""

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from indicators.models import Indicator
from indicators.rules import IndicatorRules, Place, Scope
from partnerships.access import Level, level_of
from partnerships.models import Area, ComparatorMember, Partnership, User


def scope_of(*, partnership: Partnership, indicators: Iterable[str], by: User | AnonymousUser) -> Scope:
    """What this person may upload for the partnership. `indicators` are the codes that its measures use.

    Five queries. Comparators are those of the partnership, those of the comparator sets for its areas, and whatever its
    areas lie in. Of a set that it made itself those areas are left out that another partnership answers for. A steward
    may upload any indicator of the catalogue and change the figures of comparators.
    """
    columns = ("pk", "parent_id", "code", "name", "name_cy", "dfe_number", "other_names")
    areas = {pk: rest for pk, *rest in Area.objects.values_list(*columns)}
    footprint = set(partnership.footprint.values_list("pk", flat=True))
    comparators = set(partnership.comparators.values_list("pk", flat=True))
    comparators |= set(_members(partnership, footprint)) | _ancestors(footprint, areas)
    is_steward = level_of(by, partnership) >= Level.STEWARD
    used, catalogue = frozenset(indicators), _catalogue()
    return Scope(
        footprint=_places(footprint, areas),
        comparators=_places(comparators - footprint, areas),
        elsewhere=_places(areas.keys() - footprint - comparators, areas),
        indicators={code: rules for code, rules in catalogue.items() if is_steward or code in used},
        catalogue=frozenset(catalogue),
        used=used,
        may_change_comparators=is_steward,
    )


def _members(partnership: Partnership, footprint: Iterable[int]) -> QuerySet:
    """Of the sets for these areas that publishers made, and of those that the partnership made."""
    others = Partnership.footprint.through.objects.exclude(partnership=partnership)
    is_own = Q(comparator_set__partnership=partnership) & ~Q(area__in=others.values("area"))
    members = ComparatorMember.objects.filter(comparator_set__area__in=footprint)
    return members.filter(Q(comparator_set__partnership__isnull=True) | is_own).values_list("area", flat=True)


def _ancestors(footprint: Iterable[int], areas: Mapping[int, Sequence]) -> set[int]:
    found = set()
    for area in footprint:
        while (area := areas[area][0]) is not None:
            found.add(area)
    return found


def _places(ids: Iterable[int], areas: Mapping[int, Sequence]) -> frozenset[Place]:
    return frozenset(Place(*areas[pk][1:-1], tuple(areas[pk][-1])) for pk in ids)


def _catalogue() -> dict[str, IndicatorRules]:
    rows = Indicator.objects.standing().values_list("code", "year_type", "value_type", "multiplier")
    return {row[0]: IndicatorRules(*row) for row in rows}
