"""Who looks at figures: a reader, from whom some are hidden, or somebody who sees them as they are.

A page reads figures in many places, and who looks is known at its edge. So it is kept for the time of a request, as
Django keeps the language and the time zone; whoever says nothing is a reader.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from indicators.disclosure import Hiding, Rule, shown
from indicators.series import Point


@dataclass
class Look:
    """`through` are the ids of areas whose figures are seen as they are. `has_met_hidden` once a hidden one came."""

    through: Collection[int] = frozenset()
    has_met_hidden: bool = False


_look: ContextVar[Look | None] = ContextVar("look", default=None)


@contextmanager
def looking(through: Collection[int] = frozenset()) -> Iterator[Look]:
    look = Look(through)
    token = _look.set(look)
    try:
        yield look
    finally:
        _look.reset(token)


def as_seen(point: Point, rule: Rule, hiding: Hiding | None, area: int) -> Point:
    """The point of an area as whoever looks may see it. `hiding` is how its fact is hidden, None where it is not."""
    if hiding is None and rule.round_to is None:
        return point
    look = _look.get()
    if look and hiding is not None:
        look.has_met_hidden = True
    return point if look and area in look.through else shown(point, rule, hiding)


def sees_through(area: int) -> bool:
    look = _look.get()
    return look is not None and area in look.through
