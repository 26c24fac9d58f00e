"""What is missing, as tables: which series lead to which rows."""

from datetime import date

import pytest

from indicators import missing, periods
from indicators.missing import Place, Wanted
from indicators.periods import PeriodError
from indicators.series import Point, Series

TODAY = date(2026, 6, 1)
READY = Wanted("ready", "Ready for school")
ACADEMIC = Wanted("ready", "Ready for school", "academic")
ASHBY, BIRKDALE, COTTERHAM, ENGLAND = (Place(name[0], name) for name in ("Ashby", "Birkdale", "Cotterham", "England"))


def series(area: Place, *labels: str, year_type: str = "financial") -> Series:
    points = [Point(periods.read(label, year_type=year_type), 70.0 + number) for number, label in enumerate(labels)]
    return Series("ready", area.code, "", tuple(points))


def gaps(
    known: dict[Place, tuple[str, ...]], areas=(ASHBY,), *, indicator: Wanted = READY, today: date = TODAY, **options
) -> list[tuple[str, str, str]]:
    """Area, period and reason of each row."""
    given = {
        ("ready", area.code): series(area, *labels, year_type=indicator.year_type) for area, labels in known.items()
    }
    found = missing.gaps([indicator], areas, given, today=today, others=[ENGLAND], **options)
    return [(gap.area.name, gap.period, gap.reason) for gap in found]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("2022", "2023"), ["2024", "2025"]),
        (("2024", "2025"), []),
        # A single figure: one period follows the other.
        (("2023",), ["2024", "2025"]),
        (("2022/23", "2023/24"), ["2024/25", "2025/26"]),
        # Pooled years move by the step of the series, not by their length.
        (("2020 - 22", "2021 - 23"), ["2022 - 24", "2023 - 25"]),
        (("2017 - 19", "2020 - 22"), ["2023 - 25"]),
        # Every other year; a hole in the middle does not make the step longer.
        (("2019", "2021", "2023"), ["2025"]),
        (("2018", "2019", "2022", "2023"), ["2024", "2025"]),
        (("2025 Q2", "2025 Q3"), ["2025 Q4", "2026 Q1"]),
        (("2026-02", "2026-03"), ["April 2026", "May 2026"]),
        (("December 2025", "January 2026"), ["February 2026", "March 2026", "April 2026", "May 2026"]),
        # Pooled split years.
        (("2019/20 - 21/22", "2020/21 - 22/23"), ["2021/22 - 2023/24", "2022/23 - 2024/25", "2023/24 - 2025/26"]),
    ],
)
def test_the_periods_after_the_last_one_that_have_ended(labels, expected):
    assert gaps({ASHBY: labels}) == [("Ashby", period, "next") for period in expected]
    # An upload reads the label as the period that is meant.
    steps = [periods.read(label) for label in (*labels, *expected)]
    assert steps == sorted(set(steps))


@pytest.mark.parametrize(("today", "expected"), [(date(2026, 8, 31), []), (date(2026, 9, 1), ["2025/26"])])
def test_a_period_is_due_on_the_day_after_its_last(today, expected):
    """Of an academic year, which ends in August."""
    found = gaps({ASHBY: ("2023/24", "2024/25")}, indicator=ACADEMIC, today=today)
    assert [period for _area, period, _reason in found] == expected


def test_each_area_goes_on_from_its_own_last_period():
    found = gaps({ASHBY: ("2022", "2023"), BIRKDALE: ("2023", "2024")}, (ASHBY, BIRKDALE))
    assert found == [("Ashby", "2024", "next"), ("Ashby", "2025", "next"), ("Birkdale", "2025", "next")]


def test_a_short_series_moves_as_the_others_do():
    found = gaps({ASHBY: ("2021",), BIRKDALE: ("2019", "2021", "2023")}, (ASHBY, BIRKDALE))
    assert found[:2] == [("Ashby", "2023", "next"), ("Ashby", "2025", "next")]


def test_an_area_without_figures_starts_where_most_of_the_others_are():
    known = {ASHBY: ("2023", "2024"), BIRKDALE: ("2023", "2024"), ENGLAND: ("2024", "2025")}
    found = gaps(known, (ASHBY, BIRKDALE, COTTERHAM))
    assert found[2:] == [("Cotterham", "2024", "nothing"), ("Cotterham", "2025", "nothing")]


def test_figures_of_the_nation_alone_tell_the_period():
    assert gaps({ENGLAND: ("2023", "2024", "2025")}) == [("Ashby", "2025", "nothing")]


def test_of_an_indicator_without_any_figure_the_period_is_left_to_the_officer():
    assert gaps({}, (ASHBY, BIRKDALE)) == [("Ashby", "", "never"), ("Birkdale", "", "never")]


def test_holes_within_a_series_are_not_asked_for():
    assert gaps({ASHBY: ("2020", "2021", "2024", "2025")}) == []


def test_a_series_that_stopped_long_ago_asks_for_its_latest_periods_only():
    found = gaps({ASHBY: ("1990", "1991")})
    assert [period for _area, period, _reason in found] == [str(year) for year in range(2014, 2026)]


def test_a_row_knows_the_last_figure_of_its_area():
    known = {("ready", "A"): series(ASHBY, "2023", "2024")}
    (gap,) = missing.gaps([READY], [ASHBY], known, today=TODAY)
    assert (gap.last.period.label, gap.last.value) == ("2024", 71.0)


# One period asked for.


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({ASHBY: ("2023", "2024")}, []),
        ({ASHBY: ("2023", "2025")}, ["next"]),
        ({BIRKDALE: ("2023",)}, ["nothing"]),
        ({}, ["never"]),
        # Financial years are as long, pooled years are not.
        ({ASHBY: ("2022/23",)}, ["next"]),
        ({ASHBY: ("2021 - 23",)}, []),
        ({ASHBY: ("2023 Q4",)}, []),
    ],
)
def test_a_period_asked_for_is_what_an_area_has_no_figure_for(known, expected):
    given = {("ready", area.code): series(area, *labels) for area, labels in known.items()}
    found = list(missing.gaps([READY], [ASHBY], given, today=TODAY, others=[BIRKDALE], period="2024"))
    assert [(gap.period, gap.reason) for gap in found] == [("2024", reason) for reason in expected]


def test_a_period_that_nobody_can_read_is_an_error():
    with pytest.raises(PeriodError):
        gaps({}, period="when it rained")
