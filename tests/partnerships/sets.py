"""Comparator sets for the world of the tests: a publisher's as a file, and a partnership's own."""

from typing import TYPE_CHECKING

from partnerships import comparatorsets
from partnerships.models import Area, ComparatorSet

if TYPE_CHECKING:
    from tests.universe import World

YAML = b"""\
comparator_sets:
  - code: neighbours
    version: "2024"
    title: Neighbours
    published_on: 2024-05-01
    publisher: Ministry of Examples
    source: Neighbours in examples
    licence: Open Government Licence v3.0
    area: E10000099
    members:
      - {area: E06000099, rank: 1, closeness: 0.5}
      - {area: E07000901, rank: 2}
"""


def own_set(world: "World", *, title: str = "Like us", slug: str = "northshire", by: str = "stella") -> ComparatorSet:
    """A set for the partnership's main area: Birkdale and Cotterham."""
    partnership = world.partnership(slug)
    members = list(Area.objects.filter(code__in=["E07000902", "E07000903"]))
    return comparatorsets.make(
        partnership=partnership, area=partnership.area, title=title, members=members, note="", by=world.user(by)
    )
