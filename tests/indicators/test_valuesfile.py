import csv
import io

import pytest

from indicators import periods, shorthand, valuesfile
from indicators.series import Point, Series


def written(*points: Point, breakdown: str = "") -> list[dict[str, str]]:
    text = "".join(valuesfile.lines([Series("gld", "E10000017", breakdown, points)]))
    return list(csv.DictReader(io.StringIO(text)))


def point(value: float | None = 65.2, **fields) -> Point:
    return Point(periods.read("2022/23"), value, **fields)


def test_the_columns_are_those_of_an_upload():
    header = next(valuesfile.lines([]))
    assert header == "indicator,area,period,value,lower,upper,numerator,denominator,breakdown,note\r\n"


def test_a_figure_is_written_with_all_that_stands_beside_it():
    full = point(65.2, lower=64.0, upper=66.4, numerator=1304, denominator=2000, note="By residence.")
    assert written(full, breakdown="sex: Female") == [
        {
            "indicator": "gld",
            "area": "E10000017",
            "period": "2022/23",
            "value": "65.2",
            "lower": "64",
            "upper": "66.4",
            "numerator": "1304",
            "denominator": "2000",
            "breakdown": "sex: Female",
            "note": "By residence.",
        }
    ]


@pytest.mark.parametrize("value", [0.0, -3.25, 1234567.0, 0.1, 65.23456789012345])
def test_a_number_reads_back_as_the_same_number(value):
    assert shorthand.read(written(point(value))[0]["value"]).value == value


@pytest.mark.parametrize("marker", ["c", "x", "z", "w", "low", "k"])
def test_a_marker_stands_bracketed_and_reads_back(marker):
    text = written(point(None, marker=marker))[0]["value"]
    assert text == f"[{marker}]"
    assert shorthand.read(text).marker == marker


@pytest.mark.parametrize("flags", ["p", "pr", "preub"])
def test_flags_stand_bracketed_beside_the_number_and_read_back(flags):
    text = written(point(65.2, flags=flags))[0]["value"]
    assert text.startswith("65.2 [p]")
    assert shorthand.read(text) == shorthand.Reading(65.2, "", flags)


@pytest.mark.parametrize("note", ["=1+1", "+x", "-x", "@SUM(A1)", "\tx"])
def test_no_text_is_taken_for_a_formula(note):
    assert written(point(note=note))[0]["note"] == f"'{note}"


def test_a_note_with_commas_quotes_and_lines_stays_one_cell():
    assert written(point(note='one, "two"\nthree'))[0]["note"] == 'one, "two"\nthree'
