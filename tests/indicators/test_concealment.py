"""No hidden count can be worked out: random tables, and an attacker that knows all that is shown."""

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
        assert puzzle.may_differ(("numerator", *fact), by=least if counts[fact] < least else 1), fact


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_count_of_a_random_table_is_worked_out(source):
    counts = summed(everyone_and_groups(lambda most: source.choice([0, 1, 2, 4, 7, 15, 30, most]) % (most + 1)))
    found = conceal([counts_of(counts)], FAMILY, COUNT)
    assert {fact for fact, number in counts.items() if number < 5} <= found.facts
    attack_counts(counts, found)


@pytest.mark.parametrize("seed", range(15))
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
        assert puzzle.may_differ(names[0], by=5 if above[fact] < 5 else 1), fact
        if below[fact] < 5:
            assert puzzle.may_differ(names[1], by=5), fact
        if below[fact] - above[fact] < 5:
            assert puzzle.may_differ(*reversed(names), by=5), fact


def cells(**numbers: float | str) -> list[Cell]:
    """Counts by "a21" for everyone in an area or "a21_Female" for a sex; a text is a marker."""
    found = []
    for name, number in numbers.items():
        area, _underscore, sex = name.partition("_")
        is_marker = isinstance(number, str)
        value, marker = (None, number) if is_marker else (float(number), "")
        found.append(Cell(int(area[1:]), f"sex: {sex}" if sex else "", value, marker))
    return found


def facts(*names: str) -> frozenset:
    return frozenset(cell.fact for cell in cells(**dict.fromkeys(names, 0)))


def test_nothing_small_hides_nothing():
    assert conceal([cells(a2=60, a21=10, a22=20, a23=30)], FAMILY, COUNT) == Concealed()


def test_without_a_rule_only_what_was_hidden_stays():
    before = Concealed(facts("a21"))
    assert conceal([cells(a2=60, a21=1)], FAMILY, Rule(None, 5), before=before) == before


def test_the_smallest_that_is_large_enough_is_hidden_beside():
    found = conceal([cells(a2=93, a21=3, a22=50, a23=40)], FAMILY, COUNT)
    assert found.facts == facts("a21", "a23")


def test_small_ones_that_are_few_together_need_another():
    """Two hidden counts of 1 and 1 would be known to be at most 2."""
    found = conceal([cells(a2=52, a21=1, a22=1, a23=50)], FAMILY, COUNT)
    assert found.facts == facts("a21", "a22", "a23")


def test_small_ones_that_are_many_together_hide_each_other():
    assert conceal([cells(a2=58, a21=4, a22=4, a23=50)], FAMILY, COUNT).facts == facts("a21", "a22")


def test_a_total_is_hidden_where_no_part_is_left_to_hide():
    found = conceal([cells(a2=6, a21=1, a22=2, a23=3)], FAMILY, COUNT)
    assert found.facts == facts("a21", "a22", "a23")
    assert conceal([cells(a2=4, a21=1, a22=2, a23=1)], FAMILY, COUNT).facts == facts("a2", "a21", "a22", "a23")


def test_areas_between_that_have_no_figure_are_passed_over():
    """England, no counties, and all their districts."""
    found = conceal([cells(a1=103, a21=3, a22=20, a23=20, a31=20, a32=40)], FAMILY, COUNT)
    assert len(found.facts) == 2


def test_a_part_that_is_missing_may_be_anything_if_the_rest_is_large():
    assert conceal([cells(a2=200, a21=3, a22=50)], FAMILY, COUNT).facts == facts("a21")


def test_a_part_that_is_missing_hides_nobody_where_nothing_is_left_for_it():
    assert conceal([cells(a2=54, a21=3, a22=50)], FAMILY, COUNT).facts == facts("a21", "a22")


def test_parts_that_are_more_than_their_whole_tie_nothing():
    assert conceal([cells(a2=80, a21=3, a22=50, a23=40)], FAMILY, COUNT).facts == facts("a21")


def test_a_difference_below_a_small_count_hides_nobody():
    """People of unknown sex: 2. What is left of everyone tells the three to within two."""
    found = conceal([cells(a21=60, a21_Female=55, a21_Male=3)], FAMILY, COUNT)
    assert found.facts == facts("a21_Female", "a21_Male")


@pytest.mark.parametrize("marker", ["c", "k", "low", "w"])
def test_what_its_publisher_withholds_is_not_the_only_one(marker):
    found = conceal([cells(a2=93, a21=marker, a22=50, a23=40)], FAMILY, COUNT)
    assert found.facts == facts("a23")


@pytest.mark.parametrize("marker", ["x", "z"])
def test_what_nobody_has_needs_no_hiding(marker):
    assert not conceal([cells(a2=93, a21=marker, a22=50, a23=40)], FAMILY, COUNT).facts


def test_what_its_publisher_gave_later_is_no_secret():
    states = [cells(a2=93, a21="c", a22=50, a23=40), cells(a2=93, a21=7, a22=46, a23=40)]
    assert not conceal(states, FAMILY, COUNT).facts


def test_what_its_publisher_withholds_hides_what_stands_beside_it():
    assert conceal([cells(a2=93, a21="c", a22=3, a23=80)], FAMILY, COUNT).facts == facts("a22")


def test_a_version_that_was_small_hides_the_fact_and_another_of_its_time():
    states = [cells(a2=93, a21=3, a22=50, a23=40), cells(a2=120, a21=30, a22=50, a23=40)]
    assert conceal(states, FAMILY, COUNT).facts == facts("a21", "a23")


def test_two_moments_are_solved_together():
    """Each alone leaves two unknown; together they would give three equations for three counts."""
    first = cells(a2=90, a21=3, a22=17, a23=70)
    second = cells(a2=91, a21=3, a22=17, a23=71)
    found = conceal([first, second], FAMILY, COUNT, before=Concealed(facts("a21", "a22")))
    assert found.facts == facts("a21", "a22")


def test_what_was_hidden_stays_and_is_hidden_well():
    """Nothing is small any more, and still nothing that is hidden can be worked out."""
    before = Concealed(facts("a21"))
    found = conceal([cells(a2=120, a21=30, a22=50, a23=40)], FAMILY, COUNT, before=before)
    assert found.facts == facts("a21", "a23")


def test_preferred_are_those_hidden_before():
    table = cells(a2=93, a21=3, a22=50, a23=40)
    assert conceal([table], FAMILY, COUNT, preferred=facts("a22")).facts == facts("a21", "a22")


def test_the_same_table_in_another_order_hides_the_same():
    table = cells(a2=93, a21=3, a22=45, a23=45)
    assert conceal([table], FAMILY, COUNT) == conceal([table[::-1]], FAMILY, COUNT)


def test_divided_in_two_ways_an_area_ties_in_both():
    """A county of three districts, of which two were one until lately."""
    parents = {2: None, 21: 2, 22: 2, 23: 2, 24: 2}
    family = divisions(parents, [{2, 21, 24}, {2, 21, 22, 23}])
    found = conceal([cells(a2=93, a21=3, a22=50, a23=40, a24=90)], family, COUNT)
    assert facts("a21", "a24") < found.facts


def test_counts_below_nought_are_no_secret_but_tie():
    assert conceal([cells(a2=-5, a21=-10, a22=5)], FAMILY, COUNT).facts >= facts("a2", "a21")


def share(area: int, numerator: float | None, denominator: float | None, value: float | None = None) -> Cell:
    value = 100 * numerator / denominator if value is None and denominator else value
    return Cell(area, "", value, "" if value is not None else "z", numerator, denominator)


def test_denominators_stay_where_none_is_small():
    table = [share(2, 60, 120), share(21, 3, 40), share(22, 27, 40), share(23, 30, 40)]
    found = conceal([table], FAMILY, PROPORTION)
    assert len(found.facts) == 2
    assert not found.denominators


def test_denominators_go_where_one_is_small():
    table = [share(2, 60, 103), share(21, 3, 3), share(22, 27, 40), share(23, 30, 60)]
    assert conceal([table], FAMILY, PROPORTION) == Concealed(facts("a21", "a22"), denominators=True)


def test_nearly_all_is_as_small_as_nearly_none():
    table = [share(2, 97, 120), share(21, 38, 40), share(22, 27, 40), share(23, 32, 40)]
    assert facts("a21") < conceal([table], FAMILY, PROPORTION).facts
    assert conceal([[cell for cell in table if cell.area != 2]], FAMILY, RATE).facts == frozenset()


def test_a_total_that_is_only_given_as_a_rate_gives_a_numerator_away():
    """50% of 120 are 60, though nobody wrote 60."""
    table = [share(2, None, 120, 50.0), share(21, 3, 40), share(22, 27, 40), share(23, 30, 40)]
    assert len(conceal([table], FAMILY, PROPORTION).facts) == 2


def test_a_figure_without_counts_still_ties_its_counts():
    """22 has no counts but 67.5%; with the denominators of the others it would give those of 21 away."""
    table = [share(2, 60, 120), share(21, 3, 40), share(22, None, None, 67.5), share(23, 30, 40)]
    assert facts("a21") < conceal([table], FAMILY, PROPORTION).facts


def test_nothing_is_asked_of_a_table_of_no_counts():
    table = [share(2, None, None, 50.0), share(21, None, None, 40.0)]
    assert conceal([table], FAMILY, PROPORTION).facts == frozenset()
    assert conceal([[*table, share(22, None, None, 0.0)]], FAMILY, PROPORTION).facts == facts("a22")


BANDS = {"0 to 4": 3, "5 to 9": 40, "0 to 9": 43, "10 to 15": 50}


def bands(area: int, numbers: dict[str, int]) -> list[Cell]:
    everyone = Cell(area, "", float(numbers["0 to 9"] + numbers["10 to 15"]))
    return [everyone, *(Cell(area, f"age: {name}", float(number)) for name, number in numbers.items())]


def test_groups_within_groups_tie_too():
    """All bands together are more than everyone; still 0 to 9 less 5 to 9 is 0 to 4."""
    others = {"0 to 4": 11, "5 to 9": 23, "0 to 9": 34, "10 to 15": 47}
    found = conceal([[*bands(21, BANDS), *bands(22, others)]], FAMILY, COUNT)
    assert found.facts == {(21, "age: 0 to 4"), (21, "age: 5 to 9")}


def test_two_classifications_of_one_name_tie_each_for_itself():
    broad = {"Asian": 43, "White": 50}
    fine = {"Indian": 3, "Pakistani": 40, "British": 31, "Irish": 19}
    others = {"Asian": 80, "White": 120, "Indian": 33, "Pakistani": 47, "British": 101, "Irish": 19}
    table = [Cell(21, "", 93.0), Cell(22, "", 200.0)]
    for area, numbers in ((21, broad | fine), (22, others)):
        table += [Cell(area, f"ethnicity: {name}", float(number)) for name, number in numbers.items()]
    found = conceal([table], FAMILY, COUNT)
    assert (21, "ethnicity: Indian") in found.facts
    assert len(found.facts) == 2


@pytest.mark.parametrize("seed", range(8))
def test_no_count_of_overlapping_groups_is_worked_out(seed):
    source = random.Random(seed)
    counts = {}
    for leaf in LEAVES:
        young, older, rest = (source.choice([1, 3, 8, 20, 40]) + source.randint(0, 3) for _ in range(3))
        numbers = {"": young + older + rest, "age: 0 to 4": young, "age: 5 to 9": older, "age: 0 to 9": young + older}
        counts |= {(leaf, group): number for group, number in {**numbers, "age: 10 to 15": rest}.items()}
    counts = summed(counts)
    found = conceal([counts_of(counts)], FAMILY, COUNT)
    groups = sorted({group for _area, group in counts})
    sums = []
    for area in PARENTS:
        parts = [other for other, parent in PARENTS.items() if parent == area]
        if parts:
            sums += [(("numerator", area, one), [("numerator", part, one) for part in parts]) for one in groups]
        name = {one: ("numerator", area, one) for one in groups}
        sums.append((name[""], [name["age: 0 to 9"], name["age: 10 to 15"]]))
        sums.append((name["age: 0 to 9"], [name["age: 0 to 4"], name["age: 5 to 9"]]))
    puzzle = Puzzle(shown_of(counts, found.facts), sums)
    for fact in found.facts:
        assert puzzle.may_differ(("numerator", *fact), by=5 if counts[fact] < 5 else 1), fact


@pytest.mark.parametrize("seed", range(10))
def test_no_count_is_worked_out_from_two_days_together(seed):
    """Some districts come later, some are revised: what a reader keeps of the first day is of no use on the second."""
    source = random.Random(seed)
    leaves = everyone_and_groups(lambda most: source.choice([0, 2, 4, 8, 15, 30, most]) % (most + 1))
    later = {LEAVES[source.randrange(len(LEAVES))]}
    revised = {fact: number + source.choice([0, 0, 0, 7]) for fact, number in leaves.items() if fact[1] == "sex: Male"}
    days = [{fact: number for fact, number in leaves.items() if fact[0] not in later}, {**leaves, **revised}]
    days = [summed(_added_up(day)) for day in days]
    first = conceal([counts_of(days[0])], FAMILY, COUNT)
    both = conceal([counts_of(day) for day in days], FAMILY, COUNT, before=first)
    assert first.facts <= both.facts
    name = {
        (day, fact): ("numerator", *fact, counts[fact] != days[0].get(fact))
        for day, counts in enumerate(days)
        for fact in counts
    }
    shown = {
        name[day, fact]: counts[fact] for day, counts in enumerate(days) for fact in counts if fact not in both.facts
    }
    sums = [
        (name[day, total[1:]], [name[day, part[1:]] for part in parts])
        for day, counts in enumerate(days)
        for total, parts in equations()
        if total[1:] in counts and all(part[1:] in counts for part in parts)
    ]
    puzzle = Puzzle(shown, sums)
    for day, counts in enumerate(days):
        for fact in both.facts & counts.keys():
            assert puzzle.may_differ(name[day, fact], by=5 if counts[fact] < 5 else 1), (day, fact)


def _added_up(leaves: Mapping[tuple[int, str], int]) -> dict[tuple[int, str], int]:
    """With everyone as the two sexes make them, and the youngest as many as are left of them."""
    found = dict(leaves)
    for leaf in {area for area, _group in leaves}:
        found[leaf, ""] = leaves[leaf, "sex: Female"] + leaves[leaf, "sex: Male"]
        found[leaf, "age: 0 to 4"] = found[leaf, ""] - leaves[leaf, "age: 5 to 9"] - leaves[leaf, "age: 10 to 15"]
    return found


@pytest.mark.parametrize("seed", range(10))
def test_what_publishers_withhold_is_not_worked_out_either(seed):
    source = random.Random(seed)
    counts = summed(everyone_and_groups(lambda most: source.choice([6, 9, 15, 30, most]) % (most + 1)))
    withheld = set(source.sample(sorted(fact for fact in counts if fact[0] in LEAVES), 3))
    cells = [Cell(*fact, None, "c") if fact in withheld else Cell(*fact, float(n)) for fact, n in counts.items()]
    found = conceal([cells], FAMILY, COUNT)
    puzzle = Puzzle(shown_of(counts, found.facts | withheld), equations())
    for fact in found.facts | withheld:
        assert puzzle.may_differ(("numerator", *fact), by=5 if fact in withheld or counts[fact] < 5 else 1), fact
