import math
import random

import pytest

from indicators.models import Marker
from indicators.numbers import (
    MARKERS,
    marker_words,
    number_text,
    plain_number,
    spreadsheet_safe,
    with_unit,
    without_apostrophe,
)

SAME = object()


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (65.2, 1, "65.2"),
        (65, 1, "65.0"),
        (0.25, 1, "0.3"),
        (0.35, 1, "0.4"),
        (2.675, 2, "2.68"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (-0.04, 1, "0.0"),
        (999.95, 1, "1\u2009000.0"),
        (1234567.5, 0, "1\u2009234\u2009568"),
        (-1234.5, 1, "−1\u2009234.5"),
        (1e-7, 6, "0.000000"),
        (999999999999999.0, 6, "999\u2009999\u2009999\u2009999\u2009999.000000"),
    ],
)
def test_numbers_for_readers_round_half_up_as_written(value, decimals, text):
    assert number_text(value, decimals) == text


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("65.2", "%", "65.2%"),
        ("4.5", "per 1,000", "4.5 per 1,000"),
        ("62.5", "years", "62.5 years"),
        ("7\u2009629", "£", "£7\u2009629"),
        ("−5", "£", "−£5"),
        ("12", "", "12"),
    ],
)
def test_the_unit_stands_where_readers_expect_it(text, unit, shown):
    assert with_unit(text, unit) == shown


def test_every_marker_of_a_value_has_the_words_of_the_model():
    assert {marker: marker_words(marker) for marker in MARKERS} == {
        value: str(label) for value, label in Marker.choices
    }
    assert marker_words("") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (65.2, "65.2"),
        (-65.2, "-65.2"),
        (0.0, "0"),
        (-0.0, "0"),
        (100.0, "100"),
        (1e14, "100000000000000"),
        (1e-7, "0.0000001"),
        (0.1 + 0.2, "0.30000000000000004"),
        (7, "7"),
    ],
)
def test_numbers_for_programs_are_the_shortest_that_read_back(value, text):
    assert plain_number(value) == text


def test_every_number_reads_back_as_itself():
    chance = random.Random(1)
    for _ in range(2000):
        value = chance.uniform(-1, 1) * 10 ** chance.randint(-12, 14)
        text = plain_number(value)
        assert float(text) == value
        assert "e" not in text.lower()
    assert not math.copysign(1, float(plain_number(-0.0))) < 0


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+44 1234", "'+44 1234"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("-65.2", SAME),
        ("+5", SAME),
        ("-5-5", "'-5-5"),
        ("65.2", SAME),
        ("a = b", SAME),
        ("'tis", SAME),
        ("", SAME),
    ],
)
def test_a_text_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe_and_loses_it_again(text, safe):
    assert spreadsheet_safe(text) == (text if safe is SAME else safe)
    assert without_apostrophe(spreadsheet_safe(text)) == text
