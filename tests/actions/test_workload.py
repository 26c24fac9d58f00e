from datetime import date, timedelta

import pytest

from actions import workload
from actions.workload import Series, Step, Window

TODAY = date(2025, 6, 10)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def series(**changes) -> Series:
    given = {
        "code": "births",
        "name": "Births",
        "frequency": "annual",
        "next_update_on": None,
        "note": "",
        "latest_period_end": date(2024, 12, 31),
        "published_on": date(2025, 2, 1),
    }
    return Series(**{**given, **changes})


class TestDuty:
    def test_the_next_step_is_the_earliest_that_is_not_reached(self):
        steps = [Step("done", day(-9), True), Step("late", day(40), False), Step("soon", day(5), False)]
        duty = workload.duty(due_on=day(90), steps=steps, today=TODAY)
        assert duty.next_step.title == "soon"
        assert (duty.due_on, duty.days_left) == (day(5), 5)

    def test_a_step_without_a_date_comes_after_those_with_one(self):
        steps = [Step("some day", None, False), Step("soon", day(5), False)]
        assert workload.duty(due_on=None, steps=steps, today=TODAY).next_step.title == "soon"

    def test_an_action_due_before_its_next_step_counts_by_its_own_date(self):
        duty = workload.duty(due_on=day(-2), steps=[Step("later", day(5), False)], today=TODAY)
        assert duty.due_on == day(-2)
        assert duty.is_overdue

    def test_what_is_due_today_is_not_overdue(self):
        assert not workload.duty(due_on=TODAY, steps=[], today=TODAY).is_overdue

    def test_without_any_date_nothing_is_overdue_and_it_comes_last(self):
        undated = workload.duty(due_on=None, steps=[Step("reached", day(-3), True)], today=TODAY)
        dated = workload.duty(due_on=day(900), steps=[], today=TODAY)
        late = workload.duty(due_on=day(-1), steps=[], today=TODAY)
        assert not undated.is_overdue
        assert sorted([undated, dated, late], key=lambda duty: duty.urgency) == [late, dated, undated]


@pytest.mark.parametrize(
    ("days_left", "words"),
    [
        (None, "no date set"),
        (0, "due today"),
        (1, "due in 1 day"),
        (12, "due in 12 days"),
        (-1, "1 day overdue"),
        (-3, "3 days overdue"),
    ],
)
def test_how_long_is_left_is_said_in_words(days_left, words):
    assert workload.timing_words(days_left) == words


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window.OVERDUE, (None, day(-1))),
        (Window.MONTH, (TODAY, day(30))),
        (Window.QUARTER, (TODAY, day(90))),
        (Window.NONE, (None, None)),
    ],
)
def test_bounds_of_a_window(window, expected):
    assert workload.bounds(window, TODAY) == expected


class TestFiguresDue:
    def due(self, *rows: Series):
        return workload.figures_due(rows, today=TODAY)

    def test_an_announced_day_that_passed_without_a_publication_is_due(self):
        [due] = self.due(series(next_update_on=day(-4), published_on=day(-5)))
        assert due.is_announced
        assert due.reason == "New figures were announced for 6 June 2025."

    def test_what_was_published_on_or_after_the_announced_day_is_not_due(self):
        assert self.due(series(next_update_on=day(-4), published_on=day(-4))) == []

    def test_figures_never_published_here_are_due_once_announced(self):
        [due] = self.due(series(next_update_on=TODAY, published_on=None, latest_period_end=None))
        assert due.since == TODAY

    def test_an_announcement_still_to_come_silences_the_age_of_the_figures(self):
        assert self.due(series(next_update_on=day(1), latest_period_end=date(2015, 12, 31))) == []

    @pytest.mark.parametrize(("end", "is_old"), [(date(2023, 5, 1), True), (date(2023, 7, 1), False)])
    def test_without_an_announcement_annual_figures_are_old_after_two_years(self, end, is_old):
        found = self.due(series(latest_period_end=end))
        assert [due.is_announced for due in found] == ([False] if is_old else [])

    def test_old_figures_say_how_far_they_run_and_how_often_they_come(self):
        [due] = self.due(series(latest_period_end=date(2021, 3, 31)))
        assert due.reason == "The latest figures run to 31 March 2021, which is old for figures that are annual."

    def test_a_frequency_that_cannot_be_read_calls_for_nothing(self):
        assert self.due(series(frequency="now and then", latest_period_end=date(2001, 1, 1))) == []

    def test_what_was_announced_comes_before_what_is_old_and_the_longest_due_first(self):
        old = series(code="old", latest_period_end=date(2010, 1, 1))
        late = series(code="late", next_update_on=day(-90), published_on=None)
        later = series(code="later", next_update_on=day(-2), published_on=None)
        assert [due.series.code for due in self.due(old, later, late)] == ["late", "later", "old"]


@pytest.mark.parametrize(
    ("frequency", "months"),
    [
        ("annual", 12),
        ("three-year rolling", 12),
        ("quarterly", 3),
        ("monthly", 1),
        ("every two years", 24),
        ("every two years, by survey", 24),
        ("ad hoc", None),
    ],
)
def test_months_between_releases_are_read_from_the_words_of_the_catalogue(frequency, months):
    assert workload.months_between_releases(frequency) == months
