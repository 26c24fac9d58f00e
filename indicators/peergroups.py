"""The areas that one area can be set beside: those of its footprint, a comparator set, all areas of its kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.comparators import Comparator
from indicators.territory import NO_ROW, Territory
from partnerships.models import Area

# So few say nothing of a spread.
LEAST = 4


@dataclass(frozen=True)
class PeerGroup:
    """By name, the area itself among them where it is one of the group, as it is not of the areas within it."""

    code: str
    title: str
    areas: tuple[Area, ...]


def peer_groups(area: Area, territory: Territory, sets: Iterable[Comparator]) -> list[PeerGroup]:
    """The groups of at least four areas, those nearest to the area first. One query. `sets` are those of the area."""
    groups = [
        _of_the_footprint(area, territory),
        *(_group(one.key, one.full_name, [area, *one.areas]) for one in sets),
        _of_the_kind(area),
    ]
    return [group for group in groups if group and len(group.areas) >= LEAST]


def _of_the_footprint(area: Area, territory: Territory) -> PeerGroup | None:
    peers = territory.peers_of(area)
    if not peers:
        return None
    if peers[0].parent_id == area.pk:
        return _group("footprint", _("The areas of the footprint within %(area)s") % {"area": area.name}, peers)
    words = {"area": area.parent.name}
    return _group("footprint", _("The areas of the footprint in %(area)s") % words, [area, *peers])


def _of_the_kind(area: Area) -> PeerGroup | None:
    """Of an area that is not in the database, which is of no kind, none."""
    if area.pk == NO_ROW:
        return None
    alike = Area.objects.with_ancestors().filter(kind=area.kind, ends_on__isnull=True).exclude(pk=area.pk)
    title = _("All areas of its kind with figures here: %(kind)s") % {"kind": area.get_kind_display()}
    return _group("kind", title, [area, *alike])


def _group(code: str, title: str, areas: Iterable[Area]) -> PeerGroup:
    return PeerGroup(code, title, tuple(sorted(areas, key=lambda one: one.name)))
