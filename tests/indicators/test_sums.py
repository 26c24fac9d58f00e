"""Figures of several areas made into one: averages of those that have a figure, sums of all or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from indicators.figures import Yardstick
from indicators.series import Break, Point, Series
from indicators.sums import average, average_series, combined, with_published

RATE = Yardstick("rate", value_type="rate", multiplier=1)
PER_CENT = Yardstick("gld", "%", 1, "high", "proportion", 100)
MEAN = Yardstick("hle", "years", 1, "high", "other", 1)
BIRTHS = Yardstick("births", "", 0, "none", "count", 1)
YEAR = periods.read("2023")


def point(label: str, value: float | None, *counts: float, flags: str = "", **more) -> Point:
    numerator, denominator = counts or (None, None)
    marker = "" if value is not None else "c"
    return Point(periods.read(label), value, marker, flags, numerator=numerator, denominator=denominator, **more)


def series(*points: Point, area: str = "A") -> Series:
    return Series("gld", area, "sex: Female", points)


def named(*found: Series) -> list[tuple[str, Series]]:
    return list(zip(("Ashby", "Birkdale", "Cotterham"), found, strict=False))


def counted(numerator: float, denominator: float, stick: Yardstick = PER_CENT) -> Series:
    return series(point("2023", stick.multiplier * numerator / denominator, numerator, denominator))


@pytest.mark.parametrize(
    ("multiplier", "members", "expected"),
    [(1, [(8, 4), (32, 8)], 40 / 12), (10, [(8, 4), (32, 8)], 400 / 12), (1, [(8, 4)], None)],
)
def test_counts_are_summed_first_and_divided_once(multiplier, members, expected):
    """The numbers of Fingertips' own test of its parent-area average."""
    stick = Yardstick("rate", value_type="rate", multiplier=multiplier)
    found = average(named(*(counted(*one, stick) for one in members)), YEAR, stick)
    assert (found.point.value if found.point else None) == expected


def test_an_average_from_counts_keeps_them_and_differs_from_the_mean():
    found = average(named(counted(10, 100), counted(900, 1000)), YEAR, PER_CENT)
    assert (found.point.value, found.point.numerator, found.point.denominator) == (pytest.approx(910 / 11), 910, 1100)
    assert (found.label, found.is_mean, found.missing) == ("average of 2 areas", False, ())


def test_without_the_counts_of_one_it_is_a_mean_and_says_so():
    found = average(named(counted(10, 100), series(point("2023", 90.0))), YEAR, PER_CENT)
    assert (found.point.value, found.point.numerator, found.point.lower) == (50, None, None)
    assert (found.label, found.is_mean) == ("mean of 2 areas", True)


def test_counts_that_do_not_give_back_their_figure_are_not_summed():
    standardised = series(point("2023", 55.5, 10, 100))
    found = average(named(standardised, counted(10, 100)), YEAR, PER_CENT)
    assert (found.point.value, found.is_mean) == (32.75, True)


def test_limits_of_members_are_not_those_of_the_average():
    years = [series(point("2023", value, lower=value - 1, upper=value + 1)) for value in (60.0, 62.0)]
    found = average(named(*years), YEAR, MEAN)
    assert (found.point.value, found.point.lower, found.point.upper) == (61, None, None)


def test_numbers_of_people_are_summed():
    found = average(named(*(series(point("2023", value)) for value in (2.0, 4.0))), YEAR, BIRTHS)
    assert (found.point.value, found.label, found.is_mean) == (6, "sum of 2 areas", False)


def test_who_has_no_figure_is_named_the_suppressed_too():
    found = average(named(counted(10, 100), series(point("2023", None)), counted(30, 100)), YEAR, PER_CENT)
    assert (found.point.value, found.missing) == (20, ("Birkdale",))
    assert found.point.note == "average of 2 areas, without Birkdale"


def test_two_areas_of_one_name_are_two():
    members = [("Ashby", counted(10, 100)), ("Ashby", counted(30, 100))]
    assert average(members, YEAR, PER_CENT).point.value == 20


@pytest.mark.parametrize("label", ["2021 - 23", "2023/24", "2023 Q4", "2022"])
def test_periods_of_other_days_are_never_mixed(label):
    found = average(named(counted(10, 100), series(point(label, 20.0, 20, 100))), YEAR, PER_CENT)
    assert (found.point, found.missing, found.label) == (None, ("Birkdale",), "fewer than two areas have a figure")


def test_a_series_of_averages_has_the_periods_that_two_members_share():
    one = series(point("2021", 10.0), point("2022", 20.0), point("2023", 30.0))
    other = series(point("2022", 40.0), point("2023", None), point("2021 - 23", 1.0), area="B")
    found = average_series(named(one, other), PER_CENT, area="set-near")
    assert [(one.period.label, one.value) for one in found.points] == [("2022", 30)]
    assert (found.indicator, found.area, found.breakdown) == ("gld", "set-near", "sex: Female")


def test_the_average_of_nobody_is_empty():
    assert average_series([], PER_CENT, area="set-near").points == ()


def test_a_whole_is_the_sum_of_all_its_parts():
    found = combined(named(counted(10, 100), counted(900, 1000)), PER_CENT, area="WHOLE")
    (only,) = found.points
    assert (only.value, only.numerator, only.denominator) == (pytest.approx(910 / 11), 910, 1100)
    assert (only.lower, only.upper, only.note, found.area) == (None, None, "Sum of Ashby and Birkdale.", "WHOLE")


def test_numbers_of_people_need_no_counts_to_be_summed():
    found = combined(named(*(series(point("2023", value)) for value in (2.0, 4.0, 5.0))), BIRTHS, area="WHOLE")
    assert [(one.value, one.note) for one in found.points] == [(11, "Sum of Ashby, Birkdale and Cotterham.")]


@pytest.mark.parametrize(
    "other",
    [
        series(point("2023", None)),
        series(point("2023", None, 10, 100)),
        series(point("2023", 10.0)),
        series(point("2023", 55.5, 10, 100)),
        series(point("2022", 10.0, 10, 100)),
        series(point("2021 - 23", 10.0, 10, 100)),
        series(),
    ],
    ids=["suppressed", "suppressed with counts", "no counts", "standardised", "another year", "pooled", "nothing"],
)
def test_a_whole_has_no_figure_where_one_part_cannot_be_summed(other):
    assert combined(named(counted(10, 100), other), PER_CENT, area="WHOLE").points == ()


def test_one_part_is_not_a_whole():
    assert combined(named(counted(10, 100)), PER_CENT, area="WHOLE").points == ()


def test_provisional_estimated_and_broken_parts_make_such_a_whole():
    parts = [series(point("2023", 10.0, 10, 100, flags=flags)) for flags in ("r", "up", "bep")]
    assert [one.flags for one in combined(named(*parts), PER_CENT, area="WHOLE").points] == ["peb"]


def test_the_breaks_of_the_indicator_hold_for_the_whole_too():
    new = Break(periods.read("2022").start, "2022", "counted anew")
    parts = [Series("gld", code, "", counted(10, 100).points, (new,)) for code in "AB"]
    assert combined(named(*parts), PER_CENT, area="WHOLE").breaks == (new,)


def test_what_is_published_for_the_whole_stands_even_a_marker():
    summed = series(point("2021", 1.0), point("2022", 2.0), point("2023", 3.0))
    published = series(point("2021", None), point("2022", 2.5))
    found = with_published(published, summed)
    assert [(one.period.label, one.value, one.marker) for one in found.points] == [
        ("2021", None, "c"),
        ("2022", 2.5, ""),
        ("2023", 3.0, ""),
    ]


def test_years_are_not_slipped_in_between_pooled_years():
    published = series(point("2019 - 21", 2.0), point("2020 - 22", 2.5))
    summed = series(point("2018 - 20", 1.5), point("2022", 3.0))
    assert [one.period.label for one in with_published(published, summed).points] == [
        "2018 - 20",
        "2019 - 21",
        "2020 - 22",
    ]


def test_where_nothing_is_published_the_sums_stand():
    summed = series(point("2021", 1.0))
    assert with_published(series(), summed) is summed


COUNTS = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(COUNTS, min_size=2, max_size=12))
def test_an_average_lies_between_its_members_and_a_whole_of_them_is_the_same(members):
    found = [("Ashby", counted(*one)) for one in members]
    values = [series.points[0].value for _name, series in found]
    point = average(found, YEAR, PER_CENT).point
    assert min(values) - 1e-9 <= point.value <= max(values) + 1e-9
    assert point.denominator == sum(n for _x, n in members)
    (whole,) = combined(found[::-1], PER_CENT, area="WHOLE").points
    assert whole.value == point.value
