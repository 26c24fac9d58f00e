"""A corrected file beside the earlier one."""

import pytest

from indicators.attempts import Attempts, compared


def report(*mistakes: tuple[str, str, str | None], more: int = 0) -> dict:
    problems = [
        {"line": line, "column": column, "message": message, "value": value}
        for line, (column, message, value) in enumerate(mistakes, 2)
    ]
    return {"problems": problems, "problems_more": more}


MANY, SOON, TWICE = ("value", "not a number", "many"), ("period", "not a period", "soon"), ("", "given twice", None)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ((MANY, SOON), (), (2, 0, 0)),
        ((MANY, SOON), (SOON,), (1, 1, 0)),
        ((MANY,), (SOON,), (1, 0, 1)),
        ((MANY, MANY), (MANY,), (1, 1, 0)),
        ((TWICE,), (TWICE, TWICE), (0, 1, 1)),
        ((), (), (0, 0, 0)),
    ],
)
def test_mistakes_are_mended_remain_or_are_new_wherever_they_stand(earlier, later, expected):
    assert compared(report(*earlier), report(*later)) == Attempts(*expected, are_all_known=True)


def test_a_report_that_was_cut_does_not_know_all():
    assert not compared(report(MANY, more=3), report()).are_all_known
    assert compared({}, report()).are_all_known
