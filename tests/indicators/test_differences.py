"""What a file would change, and what of that wants a second look."""

import pytest

from indicators.models import Value
from tests.indicators.ground import ASHBY, ENGLAND, counts


def test_added_changed_and_unchanged(ground):
    ground.publish(f"school-ready,{ASHBY},2022,71.5", f"school-ready,{ASHBY},2021,70")

    upload = ground.check(
        f"school-ready,{ASHBY},2023,72.5", f"school-ready,{ASHBY},2022,71.9 [r]", f"school-ready,{ASHBY},2021,70.0"
    )
    assert counts(upload) == {"added": 1, "changed": 1, "unchanged": 1}
    changed, added = upload.report["differences"]
    assert (changed["row"], changed["kind"], changed["period"], changed["area_name"]) == (3, "changed", "2022", "Ashby")
    assert (changed["old"]["text"], changed["new"]["text"]) == ("71.5", "71.9 [r]")
    assert (added["row"], added["kind"], added["old"], added["new"]["value"]) == (2, "added", None, "72.5")


@pytest.mark.parametrize(
    "row",
    [
        "70.1,60,80,7,10,,A note",
        "70 [p],60,80,7,10,,A note",
        "c,,,7,10,,A note",
        "70,61,80,7,10,,A note",
        "70,60,79,7,10,,A note",
        "70,60,80,8,10,,A note",
        "70,60,80,7,11,,A note",
        "70,60,80,7,10,,Another note",
        "70,,,,,,",
    ],
)
def test_a_row_is_changed_where_anything_in_it_is_different(ground, row):
    ground.publish(f"school-ready,{ASHBY},2023,70,60,80,7,10,,A note")
    assert counts(ground.check(f"school-ready,{ASHBY},2023,{row}")) == {"changed": 1}


def test_a_column_that_the_file_does_not_have_is_not_compared_and_stays(ground):
    ground.publish(f"school-ready,{ASHBY},2023,70,60,80,7,10,,A note")
    assert counts(ground.check(f"school-ready,{ASHBY},2023,70", header="indicator,area,period,value")) == {
        "unchanged": 1
    }

    ground.publish(f"school-ready,{ASHBY},2023,70 [r]", header="indicator,area,period,value")

    value = Value.objects.current().get()
    assert (value.flags, value.lower, value.upper, value.numerator, value.note) == ("r", 60, 80, 7, "A note")


def test_what_stood_beside_a_figure_goes_with_it(ground):
    ground.publish(f"school-ready,{ASHBY},2023,70,60,80,7,10,,A note")
    ground.publish(f"school-ready,{ASHBY},2023,90", header="indicator,area,period,value")
    value = Value.objects.current().get()
    assert (value.lower, value.upper, value.numerator, value.denominator, value.note) == (None, None, None, None, "")


def test_what_changes_beside_a_figure_is_named(ground):
    ground.publish(f"school-ready,{ASHBY},2023,70,60,80,7,10")
    upload = ground.check(f"school-ready,{ASHBY},2023,70,60,80,8,10,,Recounted")
    (difference,) = upload.report["differences"]
    assert difference["beside"] == [
        {"column": "numerator", "old": "7", "new": "8"},
        {"column": "note", "old": "", "new": "Recounted"},
    ]


def test_a_number_that_a_spreadsheet_shortened_is_unchanged(ground):
    ground.publish(f"school-ready,{ASHBY},2023,72.35331609425647")
    assert counts(ground.check(f"school-ready,{ASHBY},2023,72.35331609")) == {"unchanged": 1}
    assert counts(ground.check(f"school-ready,{ASHBY},2023,72.3533")) == {"changed": 1}


def test_a_large_count_changes_by_one(ground):
    ground.publish(f"live-births,{ENGLAND},2023,123456789012", by="stella")
    assert counts(ground.check(f"live-births,{ENGLAND},2023,123456789013", by="stella")) == {"changed": 1}


SERIES = [f"school-ready,{ASHBY},{year},{value}" for year, value in ((2019, 60), (2020, 64), (2021, 61), (2022, 65))]


@pytest.mark.parametrize(
    ("row", "is_marked"),
    [
        ("2022,6.5", True),
        ("2022,30", True),
        ("2022,40", False),
        ("2022,c", False),
        ("2023,6.9", True),
        ("2023,66", False),
        ("2018,6.1", True),
        ("2018,59", False),
    ],
)
def test_a_jump_by_more_than_half_and_more_than_any_step_of_the_series_is_marked(ground, row, is_marked):
    ground.publish(*SERIES)
    upload = ground.check(f"school-ready,{ASHBY},{row}")
    assert upload.report["differences"][0]["implausible"] is is_marked
    assert upload.report["implausible"] == is_marked


def test_a_series_that_jumps_by_nature_is_not_marked(ground):
    ground.publish(*(f"live-births,{ASHBY},{year},{value}" for year, value in ((2020, 2), (2021, 9), (2022, 3))))
    upload = ground.check(f"live-births,{ASHBY},2023,8")
    assert not upload.report["implausible"]


def test_a_quarter_is_no_step_from_a_year(ground):
    ground.publish(f"live-births,{ASHBY},2022,1000")
    upload = ground.check(f"live-births,{ASHBY},2023 Q1,250")
    assert not upload.report["implausible"]
