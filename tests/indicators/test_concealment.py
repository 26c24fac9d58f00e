"""No hidden count can be worked out: random tables, and an attacker that knows all that is shown (tests/.../attack.py)."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.additivity import divisions
from indicators.concealment import Concealed, conceal
from indicators.disclosure import Rule
from indicators.ties import Cell
from tests.indicators.attack import Puzzle, determined_by_algebra

# England, two counties, districts.
PARENTS = {1: None, 2: 1, 3: 1, 21: 2, 22: 2, 23: 2, 31: 3, 32: 3}
LEAVES = (21, 22, 23, 31, 32)
GROUPS = {"sex": ("Female", "Male"), "age": ("0 to 4", "5 to 9", "10 to 15")}
FAMILY = divisions(PARENTS, [PARENTS])
COUNT = Rule(5)
PROPORTION = Rule(5, None, "proportion", 100)
RATE = Rule(5, None, "rate", 1000)


def summed(leaves: Mapping[tuple[int, str], int], parents: Mapping[int, int | None] = PARENTS) -> dict:
    """Counts of leaves by group, added up the tree."""
    found: dict[tuple[int, str], int] = {}
    for (leaf, group), number in leaves.items():
        area = leaf
        while area is not None:
            found[area, group] = found.get((area, group), 0) + number
            area = parents[area]
    return found


def everyone_and_groups(draw) -> dict[tuple[int, str], int]:
    """Counts of everyone in each leaf, and of each group of each dimension, which add up to it. `draw(n)`: 0 to n."""
    found = {}
    for leaf in LEAVES:
        whole = draw(60)
        found[leaf, ""] = whole
        for dimension, names in GROUPS.items():
            left = whole
            for name in names[:-1]:
                some = draw(left)
                found[leaf, f"{dimension}: {name}"] = some
                left -= some
            found[leaf, f"{dimension}: {names[-1]}"] = left
    return found


def equations(kinds=("numerator",)) -> list:
    groups = ["", *(f"{one}: {name}" for one, names in GROUPS.items() for name in names)]
    found = []
    for kind in kinds:
        for area in PARENTS:
            parts = [other for other, parent in PARENTS.items() if parent == area]
            if parts:
                found += [((kind, area, group), [(kind, part, group) for part in parts]) for group in groups]
            for dimension, names in GROUPS.items():
                found.append(((kind, area, ""), [(kind, area, f"{dimension}: {name}") for name in names]))
    return found


def shown_of(counts: Mapping, hidden: frozenset, kind: str = "numerator") -> dict:
    return {(kind, *fact): number for fact, number in counts.items() if fact not in hidden}


def counts_of(counts: Mapping) -> list[Cell]:
    return [Cell(area, group, float(number)) for (area, group), number in counts.items()]


def attack_counts(counts: Mapping, found: Concealed, least: int = 5) -> None:
    puzzle = Puzzle(shown_of(counts, found.facts), equations())
    assert not determined_by_algebra(puzzle)
    for fact in found.facts:
        low, high = puzzle.range_of(("numerator", *fact))
        assert low <= counts[fact] <= high
        assert high - low >= (least if counts[fact] < least else 1), (fact, low, high)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_count_of_a_random_table_is_worked_out(source):
    counts = summed(everyone_and_groups(lambda most: source.choice([0, 1, 2, 4, 7, 15, 30, most]) % (most + 1)))
    found = conceal([counts_of(counts)], FAMILY, COUNT)
    assert {fact for fact, number in counts.items() if number < 5} <= found.facts
    attack_counts(counts, found)


@pytest.mark.parametrize("seed", range(30))
def test_no_numerator_of_a_random_table_of_shares_is_worked_out(seed):
    source = random.Random(seed)
    below = everyone_and_groups(lambda most: source.choice([2, 6, 9, 20, 40, most]) % (most + 1))
    above = {}
    for leaf in LEAVES:
        for dimension, names in GROUPS.items():
            facts = [(leaf, f"{dimension}: {name}") for name in names]
            whole = above.setdefault((leaf, ""), source.randint(0, below[leaf, ""]))
            left, room = whole, sum(below[fact] for fact in facts)
            for fact in facts:
                room -= below[fact]
                above[fact] = source.randint(max(0, left - room), min(below[fact], left))
                left -= above[fact]
    above, below = summed(above), summed(below)
    cells = [
        Cell(*fact, 100 * above[fact] / below[fact] if below[fact] else None, "" if below[fact] else "z",
             float(above[fact]), float(below[fact]))
        for fact in above
    ]  # fmt: skip
    found = conceal([cells], FAMILY, PROPORTION)
    shown = shown_of(above, found.facts)
    shown |= shown_of(below, found.facts if found.denominators else frozenset(), "denominator")
    within = [(("numerator", *fact), ("denominator", *fact)) for fact in above]
    puzzle = Puzzle(shown, equations(("numerator", "denominator")), within)
    assert found.denominators == any(number < 5 for number in below.values())
    for fact in found.facts:
        names = [("numerator", *fact), ("denominator", *fact)]
        low, high = puzzle.range_of(names[0])
        assert high - low >= (5 if above[fact] < 5 else 1), (fact, low, high)
        if below[fact] < 5:
            low, high = puzzle.range_of(names[1])
            assert high - low >= 5, (fact, low, high)
        if below[fact] - above[fact] < 5:
            low, high = puzzle.range_of(*reversed(names))
            assert high - low >= 5, (fact, low, high)
