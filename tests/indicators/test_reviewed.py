"""By how much a figure moved, as the review says it, without a database."""

import pytest

from indicators.reviewed import differences


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (None, ""),
        ({"by": 0.4, "percent": 0.6}, "+0.4 (+0.6%)"),
        ({"by": -0.4, "percent": -0.6}, "−0.4 (−0.6%)"),
        ({"by": 1.5, "percent": None}, "+1.5"),
        ({"by": 211.8680289698, "percent": 900.0}, "+211.9 (+900%)"),
        ({"by": -0.0012345678, "percent": -0.1}, "−0.001235 (−0.1%)"),
        ({"by": 1234567.0, "percent": 12.5}, "+1234567 (+12.5%)"),
        ({"by": 123456.75, "percent": 0.0}, "+123457 (+0%)"),
    ],
)
def test_a_move_has_its_sign_and_no_more_decimals_than_can_be_read(move, words):
    (row,) = differences([{"doubt": "", "move": move}])
    assert row["moved"] == words
