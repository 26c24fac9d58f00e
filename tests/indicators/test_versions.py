"""What stood when: a table of sequences of files published and withdrawn, and what each file changed."""

from datetime import UTC, date, datetime

import pytest

from indicators.figures import Yardstick
from indicators.periods import Period
from indicators.series import Point
from indicators.versions import Place, Version, column_letters, days_of, entries, standing_at

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31), "2023")
PERCENT, POUNDS = Yardstick("ready", "%"), Yardstick("pay", "£", decimals=0)


def day(number: int) -> datetime:
    return datetime(2026, 3, number, 12, tzinfo=UTC)


def version(published: int, withdrawn: int = 0, value: float | None = 70.0, **more) -> Version:
    """Named by the day on which it was published."""
    point = Point(YEAR, value, **more)
    return Version(published, published, point, Place(7), day(published), day(withdrawn) if withdrawn else None)


def stood(found) -> dict[int, list]:
    """Of each version its spans: from day, to day, and which version ended it."""
    return {
        entry.version.pk: [
            (span.start.day, span.end and span.end.day, span.ended_by and span.ended_by.pk) for span in entry.spans
        ]
        for entry in found
    }


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        pytest.param([version(1)], {1: [(1, None, None)]}, id="one"),
        pytest.param([version(1), version(3)], {1: [(1, 3, 3)], 3: [(3, None, None)]}, id="replaced"),
        pytest.param([version(1, 2)], {1: [(1, 2, None)]}, id="withdrawn"),
        pytest.param(
            [version(1), version(3, 5)],
            {1: [(1, 3, 3), (5, None, None)], 3: [(3, 5, None)]},
            id="stands again when what replaced it is withdrawn",
        ),
        pytest.param(
            [version(1), version(3, 7), version(5)],
            {1: [(1, 3, 3)], 3: [(3, 5, 5)], 5: [(5, None, None)]},
            id="withdrawn after it was replaced: nothing comes back",
        ),
        pytest.param(
            [version(1), version(3, 4), version(5, 6)],
            {1: [(1, 3, 3), (4, 5, 5), (6, None, None)], 3: [(3, 4, None)], 5: [(5, 6, None)]},
            id="stands three times",
        ),
        pytest.param(
            [version(1, 4), version(3, 6)], {1: [(1, 3, 3)], 3: [(3, 6, None)]}, id="all withdrawn, the older one first"
        ),
        pytest.param([version(5), version(1)], {1: [(1, 5, 5)], 5: [(5, None, None)]}, id="in whatever order"),
    ],
)
def test_what_stood_when(versions, expected):
    found = entries(versions, PERCENT)
    assert stood(found) == expected
    assert [entry.version.pk for entry in found] == sorted(expected, reverse=True)
    # The same rule asked for one moment at a time.
    for number in range(1, 10):
        now = standing_at(versions, day(number))
        assert [entry.version for entry in found if entry.stood_at(day(number))] == ([now] if now else [])


def test_a_state_is_one_of_three():
    found = entries([version(1), version(3, 4), version(5)], PERCENT)
    assert {entry.version.pk: entry.state for entry in found} == {1: "replaced", 3: "withdrawn", 5: "stands"}


def change(old: Version, new: Version, yardstick: Yardstick = PERCENT):
    return entries([old, new], yardstick)[0].alteration


@pytest.mark.parametrize(
    ("old", "new", "yardstick", "texts"),
    [
        (67.1, 67.5, PERCENT, ("67.1%", "67.5%", "up 0.4 percentage points (0.6% more)")),
        (67.5, 67.1, PERCENT, ("67.5%", "67.1%", "down 0.4 percentage points (0.6% less)")),
        (67.51, 67.54, PERCENT, ("67.51%", "67.54%", "up 0.03 percentage points (0.0% more)")),
        (0.0, 5.0, PERCENT, ("0.0%", "5.0%", "up 5.0 percentage points")),
        (-2.0, -1.0, PERCENT, ("−2.0%", "−1.0%", "up 1.0 percentage points (50.0% more)")),
        (7000.0, 7629.0, POUNDS, ("£7\u2009000", "£7\u2009629", "up £629 (9.0% more)")),
        (0.1, 0.3, PERCENT, ("0.1%", "0.3%", "up 0.2 percentage points (200.0% more)")),
    ],
)
def test_a_revision_says_old_new_absolute_and_percent(old, new, yardstick, texts):
    found = change(version(1, value=old), version(2, value=new), yardstick)
    assert (found.kind, (found.old, found.new, found.difference)) == ("revision", texts)


def test_a_number_that_becomes_a_reason_is_a_revision_without_a_difference():
    found = change(version(1), version(2, value=None, marker="c"))
    assert (found.kind, found.old, found.new, found.difference) == ("revision", "70.0%", "suppressed", "")


def test_what_stands_beside_the_figure_is_no_revision():
    found = change(version(1, lower=60.0, note="First"), version(2, lower=61.5, flags="pr"))
    assert found.kind == "beside"
    assert found.beside == (
        ("flags", "", "provisional, revised"),
        ("lower limit", "60", "61.5"),
        ("note", "First", ""),
    )


def test_the_first_version_and_one_after_all_were_withdrawn_change_nothing():
    found = entries([version(1, 2), version(3)], PERCENT)
    assert [entry.alteration.kind for entry in found] == ["again", "first"]


def test_a_change_is_told_from_what_stood_and_not_from_what_had_been_withdrawn():
    found = entries([version(1, value=60.0), version(3, 4, value=6.0), version(5, value=61.0)], PERCENT)
    assert found[0].alteration.old == "60.0%"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(7), "row 7"),
        (Place(7, 4), "row 7, column D"),
        (Place(7, 28, "Figures"), "sheet “Figures”, row 7, column AB"),
    ],
)
def test_a_place_is_named_as_a_spreadsheet_names_it(place, text):
    assert place.text == text


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_an_address_names_the_days_of_a_period():
    assert days_of(YEAR) == "2023-01-01/2023-12-31"
