"""What a reader sees of a figure under a rule."""

from datetime import date

import pytest

from indicators.disclosure import Counts, Hiding, Rule, Small, counts_behind, in_words, shown, small
from indicators.periods import Period
from indicators.series import Point

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31), "2023")
SHARE = Rule(5, None, "proportion", 100)
RATE = Rule(5, None, "rate", 1000)
FULL = Point(YEAR, 62.5, "", "pe", 50.1, 70.9, 25.0, 40.0, "three schools", 7)


def test_of_a_hidden_fact_the_denominator_is_left_and_where_it_stands():
    assert shown(FULL, SHARE, Hiding.FIGURE) == Point(YEAR, None, "c", denominator=40.0, row=7)


def test_of_a_hidden_fact_with_a_small_denominator_nothing_is_left():
    assert shown(FULL, SHARE, Hiding.DENOMINATOR_TOO) == Point(YEAR, None, "c", row=7)


@pytest.mark.parametrize("marker", ["c", "x", "low", "k"])
def test_another_reason_why_there_is_no_number_reads_suppressed_too(marker):
    point = Point(YEAR, None, marker, numerator=3.0)
    assert shown(point, SHARE, Hiding.FIGURE) == Point(YEAR, None, "c")


def test_what_is_not_hidden_is_shown_as_it_is():
    assert shown(FULL, SHARE) is FULL


@pytest.mark.parametrize(("kept", "hiding"), [(None, None), (False, Hiding.FIGURE), (True, Hiding.DENOMINATOR_TOO)])
def test_how_a_fact_is_hidden_follows_from_what_is_kept_of_it(kept, hiding):
    assert Hiding.of(kept) == hiding


@pytest.mark.parametrize(
    ("count", "base", "rounded"), [(0, 5, 0), (2, 5, 0), (2.5, 5, 5), (3, 5, 5), (7, 5, 5), (12, 10, 10), (15, 10, 20)]
)
def test_a_count_is_rounded_halves_up(count, base, rounded):
    point = Point(YEAR, float(count), lower=0.0, upper=20.0)
    assert shown(point, Rule(None, base)) == Point(YEAR, float(rounded))


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_a_figure_is_worked_out_from_its_rounded_counts_without_limits(kind):
    point = Point(YEAR, 62.5, "", "p", 50.1, 70.9, 27.5, 44.0, "note")
    found = shown(point, Rule(None, 5, kind, 100))
    assert found == Point(YEAR, 100 * 30 / 45, "", "p", None, None, 30.0, 45.0, "note")


@pytest.mark.parametrize(("numerator", "denominator"), [(None, 44.0), (27.5, None)])
def test_a_count_that_is_not_given_is_rounded_as_if_it_were(numerator, denominator):
    found = shown(Point(YEAR, 62.5, numerator=numerator, denominator=denominator), Rule(None, 5, "proportion", 100))
    assert found.value == pytest.approx(100 * 30 / 45)
    assert (found.numerator is None, found.denominator is None) == (numerator is None, denominator is None)


def test_a_standardised_rate_is_not_its_counts_and_keeps_its_number():
    point = Point(YEAR, 8.1, lower=7.0, upper=9.2, numerator=33.0, denominator=9200.0)
    found = shown(point, Rule(None, 10, "rate", 1000))
    assert (found.value, found.lower, found.numerator, found.denominator) == (8.1, None, 30.0, 9200.0)


def test_a_mean_keeps_its_number_and_loses_its_limits():
    point = Point(YEAR, 7.25, lower=7.0, upper=7.5, denominator=133.0)
    assert shown(point, Rule(None, 10, "mean")) == Point(YEAR, 7.25, denominator=130.0)


def test_a_figure_of_hardly_anybody_cannot_be_worked_out_from_rounded_counts():
    point = Point(YEAR, 50.0, numerator=1.0, denominator=2.0)
    assert shown(point, Rule(None, 5, "proportion", 100)) == Point(YEAR, None, "c", numerator=0.0, denominator=0.0)


def test_the_denominator_of_a_hidden_fact_is_rounded():
    assert shown(FULL._replace(denominator=42.0), Rule(5, 5, "proportion", 100), Hiding.FIGURE).denominator == 40.0


@pytest.mark.parametrize(
    ("given", "rule", "behind"),
    [
        ((7.0, None, None), Rule(5), (7.0, None)),
        ((None, 7.0, None), Rule(5), (7.0, None)),
        ((62.5, 25.0, 40.0), SHARE, (25.0, 40.0)),
        ((62.5, None, 40.0), SHARE, (25, 40.0)),
        ((62.5, 25.0, None), SHARE, (25.0, 40)),
        ((0.0, None, None), SHARE, (0, None)),
        ((62.5, None, None), SHARE, (None, None)),
        ((None, 25.0, 40.0), SHARE, (25.0, 40.0)),
        ((2.5, None, 4000.0), RATE, (10, 4000.0)),
        ((7.25, None, 4.0), Rule(5, None, "mean"), (29.0, 4.0)),
        ((0.0, None, None), Rule(5, None, "mean"), (None, None)),
    ],
)
def test_the_counts_behind_a_figure_are_given_or_worked_out(given, rule, behind):
    assert counts_behind(*given, rule)[:2] == behind


@pytest.mark.parametrize(
    ("value", "counts", "rule", "found"),
    [
        (4.0, (4.0, None), Rule(5), Small(numerator=True)),
        (5.0, (5.0, None), Rule(5), Small()),
        (0.0, (0.0, None), Rule(1), Small(numerator=True)),
        (10.0, (4.0, 40.0), SHARE, Small(numerator=True)),
        (90.0, (36.0, 40.0), SHARE, Small(rest=True)),
        (90.0, (36.0, 40.0), RATE, Small()),
        (75.0, (3.0, 4.0), SHARE, Small(numerator=True, denominator=True, rest=True)),
        (100.0, (None, None), SHARE, Small(rest=True)),
        (None, (None, None), SHARE, Small()),
        (1.0, (1.0, 1.0), Rule(None, 5), Small()),
    ],
)
def test_a_figure_is_small_where_one_of_its_counts_is(value, counts, rule, found):
    assert small(value, Counts(*counts), rule) == found


def test_the_rule_in_words():
    assert in_words(Rule()) == []
    assert len(in_words(Rule(5, 10))) == 3
    assert "below 5" in in_words(Rule(5))[0]
    assert in_words(Rule(None, 10)) == ["Counts are rounded to the nearest 10."]
    assert in_words(Rule(None, 1)) == ["Counts are rounded to the nearest whole number."]
