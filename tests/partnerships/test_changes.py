import pytest

from partnerships.changes import FieldChange

LONG = "Children, young people and their families are safe, healthy and achieve their full potential"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Best start", "Good start", "title 'Best start' -> 'Good start'"),
        ("", "Good start", "title '' -> 'Good start'"),
        (LONG + ".", LONG + "!", "title '…their full potential.' -> '…their full potential!'"),
        (LONG, LONG + " at last", "title '…their full potential' -> '…their full potential at last'"),
    ],
)
def test_a_change_shows_where_two_texts_part(old, new, shown):
    assert str(FieldChange("title", old, new)) == shown
