"""Recent trend and comparison with England as the publisher printed them, beside ours from the same published figures.

The file has England, Lancashire and Thurrock, each for girls, boys and all children; districts are not in it.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from indicators import periods
from indicators.figures import Yardstick
from indicators.judgement import Benchmark, comparison
from indicators.series import Point, Series
from indicators.signals import signal
from indicators.statistics import benchmark, trend
from indicators.statistics.intervals import Estimate, rate

FILE = Path(__file__).parents[1] / "published" / "fingertips-hospital-admissions-0-14.csv"
AREAS = {"E92000001": "England", "E10000017": "Lancashire", "E06000034": "Thurrock"}
SEXES = ("Persons", "Male", "Female")
NEWEST = "2023/24"
# High is bad: admissions for injuries.
POLARITY = "low"
TURNED = "the publisher's trend runs from the newest figure to the oldest"

# Ours and the publisher's are the same but for these, each with the reason.
DIFFERENT_TRENDS = {
    ("England", "Persons"): TURNED,
    ("England", "Male"): TURNED,
    ("England", "Female"): TURNED,
    ("Lancashire", "Persons"): TURNED,
    ("Lancashire", "Male"): TURNED,
    ("Thurrock", "Persons"): TURNED,
}
# England is beside itself in the file, once as an area without a parent and once as its own.
ITSELF = "England is not compared with itself where it stands for the nation"


class Row(NamedTuple):
    """One line of the file."""

    area: str
    sex: str
    period: str
    parent: str
    point: trend.Point
    printed_trend: str
    printed_comparison: str

    @property
    def estimate(self) -> Estimate:
        return Estimate(self.point.value, self.point.lower, self.point.upper)


def read() -> list[Row]:
    with FILE.open(encoding="utf-8") as lines:
        return [
            _row(line) for line in csv.DictReader(lines) if line["Area Code"] in AREAS and not line["Category Type"]
        ]


def _row(line: dict[str, str]) -> Row:
    names = ("Count", "Denominator", "Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit")
    return Row(
        AREAS[line["Area Code"]],
        line["Sex"],
        line["Time period"],
        line["Parent Code"],
        trend.Point(int(line["Time period"][:4]), *(float(line[name]) if line[name] else None for name in names)),
        line["Recent Trend"],
        line["Compared to England value or percentiles"],
    )


ROWS = read()


def series(area: str, sex: str) -> list[Row]:
    """Without the lines where England stands a second time."""
    return [row for row in ROWS if row.area == area and row.sex == sex and (row.area == "England") == (not row.parent)]


def words(marker: str) -> str:
    judged = trend.judge(marker, polarity=POLARITY)
    return f"{marker} and {judged}" if judged else marker


def newest_first(points: list[trend.Point]) -> list[trend.Point]:
    """The newest five as if they had happened the other way round."""
    five = points[-trend.POINTS :]
    return [point._replace(year=year) for point, year in zip(five, [p.year for p in reversed(five)], strict=True)]


SERIES = [(area, sex) for area in AREAS.values() for sex in SEXES]


@pytest.mark.parametrize(("area", "sex"), SERIES)
def test_the_recent_trend_beside_the_one_printed(area, sex):
    rows = series(area, sex)
    points = [row.point for row in rows]
    printed = rows[-1].printed_trend.lower()
    assert rows[-1].period == NEWEST
    ours = words(trend.recent(points, value_type="crude rate").marker)
    print(f"{area}, {sex}: ours {ours}; printed {printed}")
    assert (ours != printed) == ((area, sex) in DIFFERENT_TRENDS)
    assert words(trend.recent(newest_first(points), value_type="crude rate").marker) == printed, TURNED


@pytest.mark.parametrize(("area", "sex"), sorted(DIFFERENT_TRENDS))
def test_what_the_publisher_prints_as_a_rise_is_a_fall(area, sex):
    """By the figures themselves: the oldest of the five is the highest, the newest is below it by more than chance."""
    rows = series(area, sex)[-trend.POINTS :]
    values = [row.point.value for row in rows]
    assert rows[-1].printed_trend == "Increasing and getting worse"
    assert values[0] == max(values)
    assert trend.since_previous(rows[-1].estimate, rows[0].estimate) == trend.DECREASING


def test_only_the_newest_figure_of_a_series_has_a_trend():
    assert {row.period for row in ROWS if row.printed_trend} == {NEWEST}


@pytest.mark.parametrize(("area", "sex"), SERIES)
def test_the_comparison_with_england_beside_the_one_printed(area, sex):
    england = {row.period: row.estimate for row in series("England", sex)}
    rows = [row for row in ROWS if row.area == area and row.sex == sex]
    assert {row.period for row in rows} == set(england)
    for row in rows:
        ours = benchmark.compare("single overlap", row.estimate, england[row.period], polarity=POLARITY)
        print(f"{area}, {sex}, {row.period}: ours {ours}; printed {row.printed_comparison}")
        assert row.printed_comparison.lower() == (ours if row.parent else "not compared"), ITSELF


@pytest.mark.parametrize("sex", SEXES)
def test_england_s_interval_is_byar_s(sex):
    for row in series("England", sex):
        found = rate(row.point.count, row.point.denominator, multiplier=10_000)
        assert found.value == pytest.approx(row.point.value, abs=1e-5)
        assert (found.lower, found.upper) == pytest.approx((row.point.lower, row.point.upper), abs=1e-4)


def test_counts_of_areas_are_rounded_to_five_so_that_only_the_published_interval_is_right():
    """The publisher's value is of the rounded count, its interval is not: ours is off by a case or two."""
    rounded = [row for row in ROWS if row.area != "England" and row.point.year >= 2012]
    assert all(row.point.count % 5 == 0 for row in rounded)
    for row in rounded:
        found, unit = rate(row.point.count, row.point.denominator, multiplier=10_000), 10_000 / row.point.denominator
        assert abs(found.lower - row.point.lower) < 3 * unit
        assert abs(found.upper - row.point.upper) < 3 * unit


# What a page says, through all that stands between a figure and its word.

STICK = Yardstick("hospital-admissions-injuries-0-14", "per 10,000", 1, POLARITY, "rate", 10_000)


def page_series(area: str, sex: str) -> Series:
    points = [
        Point(
            periods.read(row.period),
            row.point.value,
            lower=row.point.lower,
            upper=row.point.upper,
            numerator=row.point.count,
            denominator=row.point.denominator,
        )
        for row in series(area, sex)
    ]
    return Series(STICK.code, area, "", tuple(points))


@pytest.mark.parametrize(("area", "sex"), SERIES)
def test_a_page_says_what_these_functions_say(area, sex):
    shown, rows = page_series(area, sex), series(area, sex)
    england = page_series("England", sex)
    assert signal(shown, STICK).word == words(trend.recent([row.point for row in rows], value_type="crude rate").marker)
    said = comparison(shown.newest, Benchmark("England", england), STICK).word
    assert said == ("similar" if area == "England" else rows[-1].printed_comparison.lower())
