from dataclasses import replace
from datetime import date

import pytest

from indicators import periods
from indicators.figures import Yardstick
from indicators.gaps import gaps, slope
from indicators.groups import Dimension, dimensions
from indicators.series import Break, Point, Series
from indicators.statistics import inequality

PER_CENT = Yardstick("gld", "%", 1, "high", "proportion", 100)
FIFTHS = ("Most deprived", "Second", "Third", "Fourth", "Least deprived")
REFORM = Break(date(2022, 1, 1), "2022", "")


def series(breakdown: str, values: dict[str, float | str], margin: float | None = None, **more) -> Series:
    points = [
        Point(periods.read(label), None, value) if isinstance(value, str)
        else Point(periods.read(label), value, lower=value - margin if margin else None,
                   upper=value + margin if margin else None)
        for label, value in values.items()
    ]  # fmt: skip
    return Series("gld", "E10000017", breakdown, tuple(points), **more)


def of(first: dict, second: dict, margin: float | None = 1, **more):
    found = [series("sex: Female", first, margin, **more), series("sex: Male", second, margin, **more)]
    return gaps(dimensions(found)[0], PER_CENT)


# Dimensions.


def test_groups_are_told_apart_by_dimension_and_everyone_is_none():
    found = dimensions([series(text, {"2023": 1}) for text in ("", "sex: Male", "sex: Female", "age: 5: and over")])
    assert [(one.name, [group.name for group in one.groups]) for one in found] == [
        ("age", ["5: and over"]),
        ("sex", ["Female", "Male"]),
    ]


def test_fifths_of_deprivation_stand_from_the_most_deprived():
    (found,) = dimensions([series(f"deprivation: {name}", {"2023": 1}) for name in sorted(FIFTHS)])
    assert found.is_ordered
    assert tuple(group.name for group in found.groups) == FIFTHS
    assert [group.name for group in found.ends] == ["Most deprived", "Least deprived"]


def test_of_three_groups_without_an_order_nothing_tells_which_two_to_set_against_each_other():
    (found,) = dimensions([series(f"need: {name}", {"2023": 1}) for name in "abc"])
    assert found.ends is None
    assert gaps(found, PER_CENT) is None


def test_the_period_of_a_dimension_is_the_latest_that_two_groups_share():
    (found,) = dimensions([series("sex: Female", {"2021": 1, "2022": 1, "2023": 1}), series("sex: Male", {"2022": 1})])
    assert found.period.label == "2022"
    (alone,) = dimensions([series("sex: Female", {"2021": 1, "2023": "c"})])
    assert alone.period.label == "2021"
    assert dimensions([series("sex: Female", {"2023": "c"})])[0].period is None


# Gaps.


def test_a_gap_is_the_higher_less_the_lower_with_its_interval_and_ratio():
    found = of({"2022": 60, "2023": 64}, {"2022": 50, "2023": 48}, margin=3)
    assert (found.higher.name, found.lower.name) == ("Female", "Male")
    assert [point.value for point in found.series.points] == [10, 16]
    half = (3**2 + 3**2) ** 0.5
    assert found.series.newest.lower == pytest.approx(16 - half)
    assert found.series.newest.upper == pytest.approx(16 + half)
    assert found.ratios[periods.read("2023")].value == pytest.approx(64 / 48)


def test_the_one_that_is_higher_now_comes_first():
    found = of({"2022": 60, "2023": 48}, {"2022": 50, "2023": 64})
    assert (found.higher.name, [point.value for point in found.series.points]) == ("Male", [-10, 16])


def test_only_periods_of_both_have_a_gap_and_a_marker_of_one_is_the_marker_of_the_gap():
    found = of({"2021": 60, "2022": "c", "2023": 62, "2020": 1}, {"2021": 50, "2022": 51, "2023": 52})
    assert [(point.period.label, point.value, point.marker) for point in found.series.points] == [
        ("2021", 10, ""), ("2022", None, "c"), ("2023", 10, ""),
    ]  # fmt: skip


def test_unlike_periods_have_no_gap():
    assert of({"2021 - 23": 60}, {"2023": 50}) is None


def test_counts_have_no_gap():
    (dimension,) = dimensions([series("sex: Female", {"2023": 9}), series("sex: Male", {"2023": 5})])
    assert gaps(dimension, Yardstick("births", value_type="count")) is None


@pytest.mark.parametrize(
    ("first", "second", "margin", "verdict"),
    [
        ({"2022": 60, "2023": 60}, {"2022": 40, "2023": 55}, 1, "narrowed"),
        ({"2022": 60, "2023": 60}, {"2022": 55, "2023": 40}, 1, "widened"),
        ({"2022": 60, "2023": 60}, {"2022": 50, "2023": 51}, 1, "unclear"),
        ({"2022": 60, "2023": 60}, {"2022": 40, "2023": 55}, None, "untold"),
        ({"2022": 40, "2023": 60}, {"2022": 60, "2023": 40}, 1, "swapped"),
        ({"2023": 60}, {"2023": 40}, 1, ""),
        ({"2021": 90, "2023": 60}, {"2021": 40, "2023": 40}, 1, ""),
        ({"2021": 90, "2022": "c", "2023": 60}, {"2021": 40, "2022": 40, "2023": 40}, 1, ""),
    ],
)
def test_a_gap_has_changed_only_where_intervals_are_apart(first, second, margin, verdict):
    assert of(first, second, margin).verdict == verdict


def test_a_gap_is_not_followed_across_a_break():
    values = ({"2020": 90, "2021": 90, "2022": 60, "2023": 60}, {"2020": 40, "2021": 40, "2022": 50, "2023": 51})
    found = of(*values, breaks=(REFORM,))
    assert [point.period.label for point in found.newest_run] == ["2022", "2023"]
    assert found.verdict == "unclear"
    assert of(*values).verdict == "narrowed"


# The slope index.


def fifths(values: list[float], sizes: list[float | None]) -> Dimension:
    point = Point(periods.read("2023"), 0.0)
    found = [
        Series("gld", "E1", f"deprivation: {name}", (
            point._replace(value=value, denominator=size, numerator=size and value * size / 100),
        ))
        for name, value, size in zip(FIFTHS, values, sizes, strict=True)
    ]  # fmt: skip
    return dimensions(found)[0]


def test_a_slope_through_five_groups_weighs_them_by_their_people():
    found = slope(fifths([60, 62, 66, 70, 71], [500, 400, 300, 200, 100]), periods.read("2023"), PER_CENT)
    expected = inequality.slope_index([5, 4, 3, 2, 1], [0.6, 0.62, 0.66, 0.7, 0.71], value_type="other", multiplier=100)
    assert (found.sii, found.rii) == (pytest.approx(expected.sii), pytest.approx(expected.rii))
    assert found.sii_lower is None


def test_a_slope_has_limits_where_every_group_has_them():
    dimension = fifths([60, 62, 66, 70, 71], [500] * 5)
    found = slope(dimension, periods.read("2023"), PER_CENT, with_limits=True)
    assert found.sii_lower < found.sii < found.sii_upper
    bare = replace(dimension.groups[0], series=series("deprivation: Most deprived", {"2023": 60}))
    point = bare.series.points[0]._replace(denominator=500)
    bare = replace(bare, series=replace(bare.series, points=(point,)))
    without = replace(dimension, groups=(bare, *dimension.groups[1:]))
    assert slope(without, periods.read("2023"), PER_CENT, with_limits=True).sii_lower is None


@pytest.mark.parametrize(
    "dimension",
    [
        fifths([60, 62, 66, 70, 71], [500, 400, None, 200, 100]),
        fifths([60, 62, 66, 70, 71], [500, 400, 0, 200, 100]),
        dimensions([series(f"sex: {name}", {"2023": 50}) for name in ("Female", "Male")])[0],
    ],
    ids=["no people known", "nobody", "two groups"],
)
def test_there_is_no_slope_without_five_groups_of_people_in_order(dimension):
    assert slope(dimension, periods.read("2023"), PER_CENT) is None
