"""Which figures add up to which, without a database."""

from indicators.additivity import Sum, divisions, groups_of, sums

PARENTS = {1: None, 2: 1, 3: 1, 21: 2, 22: 2, 31: 3}
ALL = divisions(PARENTS, [PARENTS])
WOMEN, MEN = "sex: Female", "sex: Male"


def everyone(*areas: int) -> list[tuple[int, str]]:
    return [(area, "") for area in areas]


def test_the_areas_within_an_area_add_up_to_it():
    assert sums(everyone(2, 21, 22), ALL) == [Sum((2, ""), ((21, ""), (22, "")), is_complete=True)]


def test_an_area_that_lacks_a_part_says_so():
    assert sums(everyone(2, 21), ALL) == [Sum((2, ""), ((21, ""),), is_complete=False)]


def test_an_area_without_a_figure_is_passed_over():
    (found,) = sums(everyone(1, 2, 31), ALL)
    assert found == Sum((1, ""), ((2, ""), (31, "")), is_complete=True)


def test_nor_is_anything_complete_below_an_area_that_has_no_areas():
    assert not sums(everyone(1, 2), ALL)[0].is_complete


def test_the_groups_of_a_dimension_add_up_to_everyone():
    assert sums([(21, ""), (21, WOMEN), (21, MEN)], []) == [Sum((21, ""), ((21, WOMEN), (21, MEN)), is_complete=True)]


def test_a_group_that_only_other_areas_have_is_missing():
    found = sums([(21, ""), (21, WOMEN), (22, ""), (22, WOMEN), (22, MEN)], [])
    assert {one.total: one.is_complete for one in found} == {(21, ""): False, (22, ""): True}


def test_everyone_is_there_even_without_a_figure():
    found = sums([(2, ""), (21, WOMEN), (22, "")], ALL)
    assert Sum((2, ""), ((21, ""), (22, "")), is_complete=True) in found
    assert Sum((21, ""), ((21, WOMEN),), is_complete=True) in found


def test_groups_add_up_over_areas_too():
    assert Sum((2, MEN), ((21, MEN), (22, MEN)), is_complete=True) in sums([(2, MEN), (21, MEN), (22, MEN)], ALL)


def test_an_area_divided_in_two_ways_has_two_sums():
    ways = divisions({2: None, 21: 2, 22: 2, 24: 2}, [{21, 22}, {24}, {24}])
    assert len(ways) == 2
    totals = [one.parts for one in sums(everyone(2, 21, 22, 24), ways)]
    assert totals == [((21, ""), (22, "")), ((24, ""),)]


def test_groups_are_those_of_a_dimension():
    assert groups_of([(21, ""), (21, WOMEN), (22, MEN), (22, "age: 5")]) == {"sex": {WOMEN, MEN}, "age": {"age: 5"}}
