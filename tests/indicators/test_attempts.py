"""A corrected file beside the earlier one."""

import pytest

from indicators.attempts import compared


def report(*mistakes: tuple[str, str, str | None], more: int = 0, first: int = 2) -> dict:
    problems = [
        {"line": line, "column": column, "message": message, "value": value}
        for line, (column, message, value) in enumerate(mistakes, first)
    ]
    return {"problems": problems, "problems_more": more}


MANY, SOON, TWICE = ("value", "not a number", "many"), ("period", "not a period", "soon"), ("", "given twice", None)
FEW = ("value", "not a number", "few")


@pytest.mark.parametrize(
    ("earlier", "later", "mended", "remaining", "new"),
    [
        ((MANY, SOON), (), [2, 3], [], []),
        ((MANY, SOON), (SOON,), [2], [9], []),
        ((MANY,), (SOON,), [2], [], [9]),
        ((MANY,), (FEW,), [2], [], [9]),
        ((MANY, MANY), (MANY,), [3], [9], []),
        ((TWICE,), (TWICE, TWICE), [], [9], [10]),
        ((SOON, MANY), (MANY, FEW, SOON), [], [9, 11], [10]),
        ((), (MANY,), [], [], [9]),
        ((), (), [], [], []),
    ],
)
def test_mistakes_are_mended_remain_or_are_new_wherever_they_stand(earlier, later, mended, remaining, new):
    """By their rows: those of the earlier file begin with 2, those of the later one with 9."""
    found = compared(report(*earlier), report(*later, first=9))
    assert [one["line"] for one in found.mended] == mended
    assert [one["line"] for one in found.remaining] == remaining
    assert [one["line"] for one in found.new] == new
    assert found.are_all_known


def test_a_report_that_was_cut_does_not_know_all():
    assert not compared(report(MANY, more=3), report()).are_all_known
    assert not compared(report(MANY), report(more=1)).are_all_known
    assert compared({}, report()).are_all_known
