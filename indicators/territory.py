"""The areas that the pages of a partnership show: those it answers for and those it compares with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from indicators.wholes import FOOTPRINT, Whole
from partnerships.models import Area, AreaKind, Partnership

# No row of the database has it: areas are told apart by their keys, and an area without one by nothing.
NO_ROW = 0


@dataclass(frozen=True)
class Territory:
    """Areas with their ancestors loaded: of the footprint the main one first, otherwise by name.

    `boards` are the areas of boards in it with the areas that they are made of. `combined` is the whole footprint as
    one area of this app, None where it has one area or one of its areas is the whole already, as a county is.
    """

    footprint: tuple[Area, ...]
    comparators: tuple[Area, ...]
    boards: tuple[Whole, ...] = ()
    combined: Whole | None = None

    @property
    def wholes(self) -> tuple[Whole, ...]:
        return (*self.boards, self.combined) if self.combined else self.boards

    @property
    def areas(self) -> tuple[Area, ...]:
        return self.footprint + self.comparators

    def find(self, code: str) -> Area | None:
        """Also the combined footprint, by its code FOOTPRINT."""
        areas = (*self.areas, self.combined.area) if self.combined else self.areas
        return next((area for area in areas if area.code == code), None)

    def peers_of(self, area: Area) -> list[Area]:
        """The areas of the footprint to show beside this one: those with the same parent, or else those within it."""
        parent_is_ours = any(other.pk == area.parent_id for other in self.footprint)
        container = area.parent_id if parent_is_ours else area.pk
        return [other for other in self.footprint if other.parent_id == container and other.pk != area.pk]


def territory_of(partnership: Partnership) -> Territory:
    """One query."""
    areas = list(_areas(partnership))
    ours = sorted((area for area in areas if area.is_ours), key=lambda area: area.pk != partnership.area_id)
    parts = _parts(areas)
    return Territory(
        footprint=tuple(ours),
        comparators=tuple(area for area in areas if area.is_beside and not area.is_ours),
        boards=tuple(
            Whole(area, tuple(parts[area.pk])) for area in ours if _is_board(area) and len(parts[area.pk]) > 1
        ),
        combined=_combined(partnership, ours, parts),
    )


def _areas(partnership: Partnership) -> QuerySet[Area]:
    """Those of the partnership, and what areas of boards in its footprint are made of."""
    footprint = Partnership.footprint.through.objects.filter(partnership=partnership)
    comparators = Partnership.comparators.through.objects.filter(partnership=partnership)
    of_boards = Q(parent__in=footprint.values("area"), parent__kind=AreaKind.BOARD_AREA, ends_on__isnull=True)
    elsewhere = Area.objects.filter(parent=OuterRef("pk"), ends_on__isnull=True)
    return (
        Area.objects.with_ancestors()
        .filter(Q(pk__in=footprint.values("area")) | Q(pk__in=comparators.values("area")) | of_boards)
        .annotate(
            is_ours=Exists(footprint.filter(area=OuterRef("pk"))),
            is_beside=Exists(comparators.filter(area=OuterRef("pk"))),
            has_parts_elsewhere=Exists(elsewhere.exclude(pk__in=footprint.values("area"))),
        )
        .order_by("name", "code")
    )


def _is_board(area: Area) -> bool:
    return area.kind == AreaKind.BOARD_AREA


def _parts(areas: Iterable[Area]) -> Mapping[int, list[Area]]:
    """By the key of the area that they lie in."""
    found = defaultdict(list)
    for area in areas:
        if area.parent_id and not area.ends_on:
            found[area.parent_id].append(area)
    return found


def _combined(partnership: Partnership, ours: Sequence[Area], parts: Mapping[int, Sequence[Area]]) -> Whole | None:
    leaves = [area for area in ours if area.pk not in {other.parent_id for other in ours} and not area.ends_on]
    if len(leaves) < 2 or any(_is_all_of(area, leaves, parts) for area in ours):
        return None
    nations = {area.nation() for area in leaves}
    area = Area(
        pk=NO_ROW,
        code=FOOTPRINT,
        name=_("%(partnership)s combined") % {"partnership": partnership.short_name},
        kind=AreaKind.BOARD_AREA,
        parent=nations.pop() if len(nations) == 1 else None,
    )
    return Whole(area, tuple(leaves))


def _is_all_of(area: Area, leaves: Sequence[Area], parts: Mapping[int, Sequence[Area]]) -> bool:
    """Whether an area is made of just these: none of them lies outside it, and nothing of it outside the footprint."""
    within, waiting = [], [area]
    while waiting:
        one = waiting.pop()
        if one.has_parts_elsewhere:
            return False
        waiting += parts[one.pk]
        within += [one] * (not parts[one.pk])
    return set(within) == set(leaves)
