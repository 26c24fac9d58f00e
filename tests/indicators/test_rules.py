"""The rules of a row, without a database. What they say of real files: test_examination.py."""

from indicators.layouts import ValueRow
from indicators.models import LARGEST_NUMBER
from indicators.rules import IndicatorRules, Judged, Place, Scope, judge
from indicators.shorthand import LARGEST_NUMBER as LARGEST_READ

ASHTON_NORTH, ASHTON_SOUTH, BURY = (
    Place("E07000001", "Ashton"),
    Place("E07000002", "Ashton"),
    Place("W06000001", "Bury", "Bwri"),
)
SCOPE = Scope(
    footprint=frozenset({ASHTON_NORTH, BURY}),
    comparators=frozenset({ASHTON_SOUTH}),
    elsewhere=frozenset({Place("E92000001", "England")}),
    indicators={"ready": IndicatorRules("ready", "academic", "proportion", 100)},
    catalogue=frozenset({"ready", "births"}),
    used=frozenset({"ready"}),
    may_change_comparators=False,
)


def judged(*areas: str, **cells: str) -> Judged:
    given = {"indicator": "ready", "period": "2023/24", "value": "70"} | cells
    return judge([ValueRow(row=row, area=area, **given) for row, area in enumerate(areas, 2)], SCOPE)


def test_a_name_of_two_areas_asks_for_the_code():
    (problem,) = judged("Ashton").problems
    assert problem.message == "more than one area has this name: write the code, one of E07000001, E07000002"


def test_a_name_in_any_language_and_spelling_of_case_and_blanks_is_one_area():
    found = judged("  bwri ")
    assert [entry.fact.area for entry in found.entries] == ["W06000001"]


def test_an_area_elsewhere_is_left_out_by_code_and_by_name():
    assert [row.row for row in judged("E92000001", "england", "E99999999").left_out] == [2, 3, 4]


def test_a_row_left_out_is_not_judged_any_further():
    found = judged("England", indicator="nothing", value="nothing")
    assert (len(found.left_out), found.problems) == (1, ())


def test_three_rows_of_one_fact_name_each_other():
    found = judged("E07000001", "E07000001", "e07000001")
    assert found.entries == ()
    assert {problem.message for problem in found.problems} == {
        "rows 2, 3 and 4 give the same indicator, area, period and breakdown: keep one"
    }


def test_a_wrong_row_still_counts_as_one_of_two_about_the_same_fact():
    found = judge(
        [ValueRow(2, "ready", "Bury", "2023/24", "many"), ValueRow(3, "ready", "Bury", "2023/24", "70")], SCOPE
    )
    assert {problem.line for problem in found.problems} == {2, 3}
    assert found.entries == ()


def test_a_character_that_cannot_be_seen_is_refused_wherever_it_stands():
    found = judged("Bu\0ry", value="7\x01")
    assert [(problem.column, problem.value) for problem in found.problems] == [("area", "Bu�ry"), ("value", "7�")]
    assert judged("England", breakdown="sex: \x1bF").problems


def test_what_was_typed_is_kept_short():
    (problem,) = judged("Bury " * 100).problems
    assert len(problem.value) == 200


def test_the_figures_of_comparators_are_protected_from_whoever_may_not_change_them():
    assert SCOPE.protected == {"E07000002"}


def test_what_is_read_fits_into_the_database():
    assert LARGEST_READ == LARGEST_NUMBER
