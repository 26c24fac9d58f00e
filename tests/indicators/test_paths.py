from datetime import date

import pytest

from indicators import periods
from indicators.figures import Yardstick
from indicators.paths import Aim, TargetPoint, target_standing
from indicators.series import Break, Point, Series

HIGH = Yardstick("gld", "%", 1, "high")
LOW = Yardstick("infant-deaths", "per 1,000", 1, "low")
NEITHER = Yardstick("births", "", 0, "none")
TODAY = date(2025, 6, 1)


def series(facts: dict[str, float | str], breaks: tuple[Break, ...] = ()) -> Series:
    """Numbers, or markers, by period."""
    points = [
        Point(periods.read(label), None, fact) if isinstance(fact, str) else Point(periods.read(label), fact)
        for label, fact in facts.items()
    ]
    return Series("gld", "E10000017", "", tuple(points), breaks)


def aim(*targets: tuple[float, str], baseline: tuple[float, str] | None = None, tolerance: float | None = None) -> Aim:
    points = tuple(TargetPoint(value, date.fromisoformat(day)) for value, day in targets)
    if baseline is None:
        return Aim(points, tolerance=tolerance)
    return Aim(points, baseline[0], date.fromisoformat(baseline[1]), tolerance=tolerance)


def status(wanted: Aim, facts: dict[str, float | str], yardstick: Yardstick = HIGH, today: date = TODAY) -> str:
    return target_standing(wanted, series(facts), yardstick, today).word


# From 60.0 at the end of 2020 to 70.0 at the end of 2030: 64.0 at the end of 2024.
RISING = aim((70.0, "2030-12-31"), baseline=(60.0, "2020-12-31"))


def test_without_a_target_there_is_nothing_to_judge():
    assert status(aim(), {"2024": 65.0}) == "no target"


def test_without_a_figure_a_target_is_not_judged():
    found = target_standing(RISING, series({"2024": "c"}), HIGH, TODAY)
    assert (found.word, found.value_text, found.judged_by) == ("not judged", "70.0%", "")


@pytest.mark.parametrize(
    ("value", "word"), [(70.0, "met"), (69.96, "met"), (69.9, "on course"), (64.0, "on course"), (63.9, "off course")]
)
def test_before_it_is_due_a_target_is_judged_by_the_path_from_the_baseline(value, word):
    assert status(RISING, {"2024": value}) == word


@pytest.mark.parametrize(("value", "word"), [(4.0, "met"), (4.6, "on course"), (4.7, "off course")])
def test_the_path_falls_where_low_is_good(value, word):
    falling = aim((4.0, "2030-12-31"), baseline=(5.0, "2020-12-31"))
    assert status(falling, {"2024": value}, LOW) == word


@pytest.mark.parametrize(("value", "word"), [(63.0, "on course"), (62.9, "off course")])
def test_the_tolerance_lies_under_the_path(value, word):
    tolerant = aim((70.0, "2030-12-31"), baseline=(60.0, "2020-12-31"), tolerance=1)
    assert status(tolerant, {"2024": value}) == word


@pytest.mark.parametrize(("value", "word"), [(70.0, "met"), (68.0, "on course"), (67.9, "off course")])
def test_without_a_baseline_the_tolerance_lies_under_the_target(value, word):
    assert status(aim((70.0, "2030-12-31"), tolerance=2), {"2024": value}) == word


@pytest.mark.parametrize(("value", "word"), [(70.0, "met"), (69.9, "missed")])
def test_once_due_a_target_is_met_or_missed_whatever_the_tolerance(value, word):
    due = aim((70.0, "2024-12-31"), baseline=(60.0, "2020-12-31"), tolerance=5)
    assert status(due, {"2024": value}) == word


def test_a_target_is_due_on_its_day():
    assert status(aim((70.0, "2024-12-31"), tolerance=5), {"2024": 69.0}, today=date(2024, 12, 30)) == "on course"
    assert status(aim((70.0, "2024-12-31"), tolerance=5), {"2024": 69.0}, today=date(2024, 12, 31)) == "missed"


def test_a_due_target_is_judged_by_the_period_it_was_for_not_by_what_came_later():
    found = target_standing(aim((70.0, "2022-12-31")), series({"2022": 69.0, "2023": 71.0}), HIGH, TODAY)
    assert (found.word, found.judged_by) == ("missed", "2022")


def test_a_due_target_without_any_earlier_figure_is_judged_by_the_newest():
    assert status(aim((70.0, "2020-12-31")), {"2022": 69.0, "2023": 71.0}) == "met"


def test_of_several_targets_the_next_one_counts_and_the_path_runs_through_the_earlier():
    stepped = aim((66.0, "2022-12-31"), (70.0, "2026-12-31"), baseline=(60.0, "2020-12-31"))
    assert status(stepped, {"2024": 68.0}) == "on course"
    assert status(stepped, {"2024": 67.9}) == "off course"
    assert target_standing(stepped, series({"2024": 68.0}), HIGH, TODAY).value_text == "70.0%"


@pytest.mark.parametrize(("value", "word"), [(900, "met"), (950, "on course"), (970, "off course")])
def test_where_no_direction_is_good_the_target_lies_the_way_from_the_baseline(value, word):
    fewer = aim((900.0, "2030-12-31"), baseline=(1000.0, "2020-12-31"))
    assert status(fewer, {"2025": value}, NEITHER, date(2026, 1, 1)) == word


@pytest.mark.parametrize(("value", "word"), [(900, "met"), (910, "on course"), (890, "on course"), (911, "off course")])
def test_where_no_way_is_known_the_target_is_the_number_itself(value, word):
    assert status(aim((900.0, "2030-12-31"), tolerance=10), {"2024": value}, NEITHER) == word
