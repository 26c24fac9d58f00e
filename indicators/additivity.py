"""Which figures of one period add up to which others: the areas within an area, and the groups of one dimension."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators import breakdowns

# An area, by its key, and a breakdown; "" is everyone.
Fact = tuple[int, str]
# The areas that lie in an area. An area may be divided in two ways, as it was and as it is.
Division = Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Sum:
    """`is_complete` where there is a figure, or a reason why there is none, for all that the total is made of."""

    total: Fact
    parts: tuple[Fact, ...]
    is_complete: bool


def sums(facts: Collection[Fact], divisions: Sequence[Division]) -> list[Sum]:
    """Every sum over areas and over groups, each once. Everyone in an area that only has groups is a fact too."""
    whole = {*facts, *((area, "") for area, _breakdown in facts)}
    found = [*_over_groups(whole)]
    for division in divisions:
        found += _over_areas(whole, division)
    return list(dict.fromkeys(found))


def _over_groups(facts: Collection[Fact]) -> Iterator[Sum]:
    """Of each dimension the groups that any area has figures for."""
    groups = groups_of(facts)
    for area in sorted({area for area, _breakdown in facts}):
        for dimension in sorted(groups):
            parts = tuple((area, one) for one in sorted(groups[dimension]) if (area, one) in facts)
            if parts:
                yield Sum((area, ""), parts, len(parts) == len(groups[dimension]))


def groups_of(facts: Iterable[Fact]) -> dict[str, set[str]]:
    """The breakdowns of each dimension."""
    found = defaultdict(set)
    for _area, breakdown in facts:
        if breakdown:
            found[breakdowns.parts(breakdown)[0]].add(breakdown)
    return found


def _over_areas(facts: Collection[Fact], division: Division) -> Iterator[Sum]:
    """An area without a figure is passed over for the areas within it."""
    for area, breakdown in sorted(facts):
        parts, is_complete = _within(area, breakdown, facts, division)
        if parts:
            yield Sum((area, breakdown), tuple(parts), is_complete)


def _within(area: int, breakdown: str, facts: Collection[Fact], division: Division) -> tuple[list[Fact], bool]:
    found: list[Fact] = []
    is_complete = True
    for child in sorted(division.get(area, ())):
        if (child, breakdown) in facts:
            found.append((child, breakdown))
            continue
        parts, is_all = _within(child, breakdown, facts, division)
        found += parts
        is_complete &= is_all and bool(parts)
    return found, is_complete


def divisions(parents: Mapping[int, int | None], alive: Iterable[Collection[int]]) -> list[Division]:
    """How areas are divided, for each collection of areas that there were at one time. `parents`: what each lies in."""
    found = []
    for areas in alive:
        within = defaultdict(set)
        for area in areas:
            if (parent := parents.get(area)) is not None:
                within[parent].add(area)
        found.append({parent: frozenset(some) for parent, some in within.items()})
    return [one for place, one in enumerate(found) if one not in found[:place]]
