"""The areas that the pages of a partnership show: those it answers for and those it compares with."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from partnerships.models import Area, Partnership


@dataclass(frozen=True)
class Territory:
    """Areas with their ancestors loaded: of the footprint the main one first, otherwise by name."""

    footprint: tuple[Area, ...]
    comparators: tuple[Area, ...]

    @property
    def areas(self) -> tuple[Area, ...]:
        return self.footprint + self.comparators

    def find(self, code: str) -> Area | None:
        return next((area for area in self.areas if area.code == code), None)

    def peers_of(self, area: Area) -> list[Area]:
        """The areas of the footprint to show beside this one: those with the same parent, or else those within it."""
        parent_is_ours = any(other.pk == area.parent_id for other in self.footprint)
        container = area.parent_id if parent_is_ours else area.pk
        return [other for other in self.footprint if other.parent_id == container and other.pk != area.pk]


def territory_of(partnership: Partnership) -> Territory:
    """One query."""
    footprint = Partnership.footprint.through.objects.filter(partnership=partnership)
    comparators = Partnership.comparators.through.objects.filter(partnership=partnership)
    areas = (
        Area.objects.with_ancestors()
        .filter(Q(pk__in=footprint.values("area")) | Q(pk__in=comparators.values("area")))
        .annotate(is_ours=Exists(footprint.filter(area=OuterRef("pk"))))
        .order_by("name", "code")
    )
    ours = sorted((area for area in areas if area.is_ours), key=lambda area: area.pk != partnership.area_id)
    return Territory(tuple(ours), tuple(area for area in areas if not area.is_ours))
