import pytest

from indicators import periods
from indicators.commonperiod import common_period
from indicators.series import Point, Series


def series(facts: dict[str, float | None]) -> Series:
    points = [Point(periods.read(label), value, "" if value is not None else "c") for label, value in facts.items()]
    return Series("gld", "E1", "", tuple(points))


@pytest.mark.parametrize(
    ("several", "label"),
    [
        ([{"2022": 1, "2023": 2}, {"2022": 1, "2023": 2}], "2023"),
        ([{"2022": 1, "2023": 2}, {"2022": 1}], "2023"),
        ([{"2022": 1, "2023": 2}, {"2022": 1}, {"2022": 3}], "2022"),
        ([{"2022": 1, "2023": None}, {"2022": 1, "2023": None}], "2022"),
        ([{"2021": 1}, {"2022": 1}, {"2023": 1}], "2023"),
        ([{"2021": 1, "2022": 1}, {"2021": 1}, {"2023": 1}, {"2020": 1}, {"2019": 1}], "2021"),
        ([{"2021": 1}, {}, {}, {}], "2021"),
    ],
)
def test_the_newest_period_that_half_of_those_with_figures_have(several, label):
    assert common_period([series(facts) for facts in several]).label == label


def test_without_a_number_there_is_none():
    assert common_period([series({"2023": None}), series({})]) is None
    assert common_period([]) is None
