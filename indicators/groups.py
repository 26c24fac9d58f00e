"""The groups that figures of an area are broken down by: by sex, by deprivation, by whatever a publisher counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indicators import breakdowns, deprivation
from indicators.periods import Period
from indicators.series import Series


@dataclass(frozen=True)
class Group:
    """One category of a dimension ("Female" of "sex") and its series."""

    name: str
    series: Series


@dataclass(frozen=True)
class Dimension:
    """Groups in the order of their names; those of deprivation from the most deprived, where their names tell."""

    name: str
    groups: tuple[Group, ...]
    is_ordered: bool = False

    @property
    def ends(self) -> tuple[Group, Group] | None:
        """The two that a gap lies between: the only two or the ends of an order; None where nothing tells."""
        if len(self.groups) == 2 or self.is_ordered:
            return self.groups[0], self.groups[-1]
        return None

    @property
    def period(self) -> Period | None:
        """The latest for which two groups have a number, otherwise the latest for which one has."""
        counts = Counter(point.period for group in self.groups for point in group.series.points if point.is_number)
        return max(counts, key=lambda period: (counts[period] > 1, period), default=None)


def dimensions(series: Iterable[Series]) -> list[Dimension]:
    """Of the series of one indicator in one area, those of everyone left out; by name."""
    found: dict[str, list[Group]] = defaultdict(list)
    for one in series:
        if one.breakdown:
            dimension, name = breakdowns.parts(one.breakdown)
            found[dimension].append(Group(name, one))
    return [_dimension(name, found[name]) for name in sorted(found)]


def _dimension(name: str, groups: Sequence[Group]) -> Dimension:
    order = deprivation.ordered([group.name for group in groups]) if len(groups) > 1 else None
    if order is None:
        return Dimension(name, tuple(sorted(groups, key=lambda group: group.name)))
    return Dimension(name, tuple(sorted(groups, key=lambda group: order.index(group.name))), is_ordered=True)
