"""The order of groups of deprivation: publishers name fifths and tenths in words or by number.

"Most deprived decile", "Third less deprived decile"; "Decile 1 (most deprived)"; "Most deprived", "Second", "Third",
"Fourth", "Least deprived". An order is told only where every group has a place of its own and there is no other.
"""

import re
from collections.abc import Callable, Sequence

# From the name of a group, in small letters, to its place, 1 for the most deprived.
Place = Callable[[str], int | None]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
FROM_AN_END = re.compile(r"(?:(second|third|fourth|fifth) )?(most|more|least|less) deprived")
NUMBERED = re.compile(r"\d+")


def ordered(groups: Sequence[str]) -> tuple[str, ...] | None:
    """From the most to the least deprived; None where the names do not tell."""
    for place_of in (_from_ends(len(groups)), _by_number(groups), _by_ordinal(len(groups))):
        places = {place_of(group.casefold()): group for group in groups}
        if sorted(places, key=str) == sorted(range(1, len(groups) + 1), key=str):
            return tuple(places[place] for place in sorted(places))
    return None


def _from_ends(count: int) -> Place:
    """ "Second least deprived" of ten is the ninth; what lies in the middle says so."""

    def place(group: str) -> int | None:
        if "middle" in group or "average" in group:
            return (count + 1) // 2
        found = FROM_AN_END.search(group)
        if found is None:
            return None
        steps = ORDINALS.get(found[1], 1)
        return steps if found[2] in ("most", "more") else count + 1 - steps

    return place


def _by_number(groups: Sequence[str]) -> Place:
    """Where a group says that it is the most or the least deprived, the others go by their numbers."""
    numbers = {group.casefold(): int(found[0]) for group in groups if (found := NUMBERED.search(group))}
    upwards = any("most" in group and number == 1 for group, number in numbers.items())
    downwards = any("least" in group and number == 1 for group, number in numbers.items())
    if upwards == downwards:
        return lambda group: None
    return lambda group: numbers.get(group, 0) if upwards else len(groups) + 1 - numbers.get(group, 0)


def _by_ordinal(count: int) -> Place:
    """ "Most deprived", "Second", ... "Least deprived"."""

    def place(group: str) -> int | None:
        if group.startswith(("most deprived", "least deprived")):
            return 1 if group.startswith("most") else count
        return ORDINALS.get(group.split()[0]) if group.split() else None

    return place
