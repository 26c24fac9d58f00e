"""What an area can be compared with: the nation it lies in, its region, its parent, other areas, sets of areas.

A comparator has a key for the address of a page (`?comparator=nation`), which stays the same when a publisher brings a
new version of a set: "nation", "region", "parent", "set-<code>" for a publisher's set, "set-<number>" for a
partnership's own, "area-<code>" for an area of the partnership's pages. Another nation is not offered, only found.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

from indicators.figures import Yardstick
from indicators.series import Series
from indicators.sums import average_series
from indicators.territory import Territory
from partnerships.models import Area, AreaKind, ComparatorMember, ComparatorSet, Partnership

DEFAULT = "nation"


@dataclass(frozen=True)
class Comparator:
    """Kind is "nation", "region", "parent", "area" (one area each) or "set". `dated` and `version` are of a set."""

    key: str
    kind: str
    name: str
    areas: tuple[Area, ...]
    dated: date | None = None
    version: str = ""
    note: str = ""

    @property
    def is_set(self) -> bool:
        return self.kind == "set"

    @property
    def full_name(self) -> str:
        """As a page names it: a set with its date. A publisher's is dated by the month, as publishers do."""
        if self.dated is None:
            return self.name
        day = date_text(self.dated, "F Y" if self.version else "j F Y")
        return _("%(set)s (%(day)s)") % {"set": self.name, "day": day}


def sets_for(area: Area, partnership: Partnership, *, known_on: date | None = None) -> list[Comparator]:
    """The sets that hold for an area of the partnership's pages: publishers' first, then the partnership's own.

    Of a publisher's versions the newest that was published by today, or by the day that the page is drawn for. One
    query.
    """
    wanted = Q(comparator_set__partnership__isnull=True) | Q(comparator_set__partnership=partnership)
    members = (
        ComparatorMember.objects.filter(wanted, comparator_set__area=area.pk)
        .select_related("comparator_set", "area__parent__parent__parent")
        .order_by("comparator_set__title", "comparator_set", "rank")
    )
    areas: dict[ComparatorSet, list[Area]] = {}
    for member in members:
        areas.setdefault(member.comparator_set, []).append(member.area)
    standing = in_force(areas, known_on or timezone.localdate())
    return [_set(one, areas[one]) for one in sorted(standing, key=lambda one: one.is_own)]


def in_force(sets: Iterable[ComparatorSet], day: date) -> list[ComparatorSet]:
    """Of each publisher's set for an area the version that held on a day; all sets that partnerships made."""
    found: dict[object, ComparatorSet] = {}
    for one in sets:
        key = one.pk if one.is_own else (one.code, one.area_id)
        earlier = found.get(key)
        if one.is_own or (one.published_on <= day and (not earlier or earlier.published_on < one.published_on)):
            found[key] = one
    return list(found.values())


def choices(area: Area, territory: Territory, sets: Sequence[Comparator]) -> list[Comparator]:
    """What a page about the area offers, the usual first. Every area stands there once, the area itself never."""
    nation = area.nation()
    found = _above(area)
    taken = {area.pk, *(one.areas[0].pk for one in found)}
    beside = [one for one in territory.comparators if one.pk not in taken and nation and one.nation() == nation]
    return [*found, *sets, *map(_area, beside)]


def find(key: str, area: Area, territory: Territory, sets: Sequence[Comparator]) -> Comparator | None:
    """The comparator that an address asks for, None where there is no such one for this area.

    Without a key the nation that the area lies in. An area of the territory is found by its code, even if it is
    another nation or lies in one.
    """
    offered = {one.key: one for one in choices(area, territory, sets)}
    if not key or key in offered:
        return offered.get(key or DEFAULT)
    asked = territory.find(key.removeprefix("area-")) if key.startswith("area-") else None
    return _area(asked) if asked and asked.pk != area.pk else None


def series_of(comparator: Comparator, of: Callable[[Area], Series], stick: Yardstick) -> Series:
    """What to draw and compare with: the figures of the one area, or the average of a set in every period.

    `of` gives the series of an area. The note of a point of an average says of how many areas, and who is missing.
    """
    if not comparator.is_set:
        return of(comparator.areas[0])
    return average_series([(area.name, of(area)) for area in comparator.areas], stick, area=comparator.key)


def _above(area: Area) -> list[Comparator]:
    """Nation, region and, where it is neither, what the area lies in."""
    ancestors = area.ancestors()
    nation = next((one for one in ancestors if one.kind == AreaKind.NATION), None)
    region = next((one for one in ancestors if one.kind == AreaKind.REGION), None)
    parent = area.parent if area.parent not in (nation, region) else None
    above = {"nation": nation, "region": region, "parent": parent}
    return [Comparator(kind, kind, one.name, (one,)) for kind, one in above.items() if one]


def _area(area: Area) -> Comparator:
    return Comparator(f"area-{area.code}", "area", area.name, (area,))


def _set(one: ComparatorSet, areas: Sequence[Area]) -> Comparator:
    return Comparator(
        key=f"set-{one.pk if one.is_own else one.code}",
        kind="set",
        name=one.title,
        areas=tuple(areas),
        dated=timezone.localdate(one.saved_at) if one.is_own else one.published_on,
        version=one.version,
        note=one.note,
    )
