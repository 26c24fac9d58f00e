"""The rules of a figure, without a database. What they say of real files: test_examination.py."""

from dataclasses import replace

import pytest

from indicators.batches import batches
from indicators.judging import Judge, Judged
from indicators.layouts import OWN, Plan
from indicators.models import LARGEST_NUMBER
from indicators.rules import IndicatorRules, Place, Scope
from indicators.shorthand import LARGEST_NUMBER as LARGEST_READ
from indicators.tables import Row

ASHTON_NORTH, ASHTON_SOUTH, BURY = (
    Place("E07000001", "Ashton"),
    Place("E07000002", "Ashton", number="301"),
    Place("W06000001", "Bury", "Bwri", other_names=("Bury (Greater Manchester)",)),
)
SCOPE = Scope(
    footprint=frozenset({ASHTON_NORTH, BURY}),
    comparators=frozenset({ASHTON_SOUTH}),
    elsewhere=frozenset({Place("E92000001", "England", number="302")}),
    indicators={"ready": IndicatorRules("ready", "academic", "proportion", 100)},
    catalogue=frozenset({"ready", "births"}),
    used=frozenset({"ready"}),
    may_change_comparators=False,
)


HEADER = ("indicator", "area", "period", "value", "breakdown", "lower", "upper", "numerator", "denominator")


def judged(*areas: str, plan: Plan = OWN, **cells: str) -> Judged:
    """One row an area, from row 2 on."""
    given = {"indicator": "ready", "period": "2023/24", "value": "70"} | cells
    return judged_rows(*({"area": area} | given for area in areas), plan=plan)


def judged_rows(*rows: dict[str, str], plan: Plan = OWN) -> Judged:
    table = [Row(1, HEADER), *(Row(n, [row.get(name, "") for name in HEADER]) for n, row in enumerate(rows, 2))]
    (batch,) = batches(table, plan, file="a.csv")
    return Judge(SCOPE, plan).take(batch)


def test_a_name_of_two_areas_asks_for_the_code():
    (problem,) = judged("Ashton").problems
    assert problem.message == "more than one area has this name: write the code, one of E07000001, E07000002"


def test_a_name_in_any_language_and_spelling_of_case_and_blanks_is_one_area():
    found = judged("  bwri ")
    assert found.figures.areas == ["W06000001"]


def test_an_area_elsewhere_is_left_out_by_code_and_by_name():
    assert [row.row for row in judged("E92000001", "england", "E99999999").left_out] == [2, 3, 4]


def test_a_row_left_out_is_not_judged_any_further():
    found = judged("England", indicator="nothing", value="nothing")
    assert (len(found.left_out), found.problems, found.rejected) == (1, [], 0)


def test_what_is_read_is_good_left_out_or_rejected():
    found = judged("E07000001", "England", "Nowhere", "Bury")
    assert (found.read, len(found.figures), len(found.left_out), found.rejected) == (4, 2, 1, 1)


def test_several_mistakes_of_a_row_are_one_figure_rejected():
    found = judged("Nowhere", value="many", indicator="redy")
    assert [problem.column for problem in found.problems] == ["indicator", "area", "value"]
    assert found.rejected == 1


def test_in_a_published_table_a_name_that_nobody_has_is_left_out():
    theirs = replace(OWN, name="theirs")
    found = judged("Nowhere", "E07000001", plan=theirs)
    assert [row.reason for row in found.left_out] == ["no area here has this code or name"]
    assert found.problems == []
    assert judged("E07000001", plan=theirs, indicator="births").left_out[0].reason == (
        "no measure of this partnership uses this indicator"
    )


def test_an_area_is_known_by_its_number_by_other_names_and_with_a_footnote_mark():
    found = judged("301", "301.0", "Bury (Greater Manchester)", "Bury [note 2]", "Bury1")
    assert found.figures.areas == ["E07000002"] * 2 + ["W06000001"] * 3
    assert [row.text for row in judged("302").left_out] == ["302"]


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"value": "-1"}, "value", "a share cannot be below 0"),
        ({"lower": "71"}, "lower", "the lower limit is above the value"),
        ({"upper": "69"}, "upper", "the upper limit is below the value"),
        ({"value": "c", "lower": "1"}, "lower", "a row without a number has no confidence limits"),
        ({"numerator": "-1"}, "numerator", "a count cannot be below 0"),
        ({"denominator": "-1"}, "denominator", "a count cannot be below 0"),
        ({"numerator": "3", "denominator": "2"}, "numerator", "the numerator is larger than the denominator"),
    ],
)
def test_numbers_that_do_not_go_together(cells, column, message):
    (problem,) = judged("Bury", **cells).problems
    assert (problem.line, problem.column, problem.message) == (2, column, message)


def test_a_share_above_the_whole_is_no_mistake_and_nor_are_its_counts():
    found = judged("Bury", value="104", numerator="104", denominator="100")
    assert (len(found.figures), found.problems) == (1, [])


def test_a_character_that_cannot_be_seen_is_refused_wherever_it_stands():
    found = judged("Bu\0ry", value="7\x01")
    assert [(problem.column, problem.value) for problem in found.problems] == [("area", "Bu�ry"), ("value", "7�")]
    assert judged("England", breakdown="sex: \x1bF").left_out


def test_what_was_typed_is_kept_short():
    (problem,) = judged("Bury " * 100).problems
    assert len(problem.value) == 200


def test_the_figures_of_comparators_are_protected_from_whoever_may_not_change_them():
    assert SCOPE.protected == {"E07000002"}


def test_what_is_read_fits_into_the_database():
    assert LARGEST_READ == LARGEST_NUMBER
