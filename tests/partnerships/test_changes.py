from partnerships.changes import ADDED, CHANGED, UNCHANGED, Change, FieldChange, counts, differences


def test_a_change_is_one_line():
    fields = (FieldChange("title", "Old", "New\nline"), FieldChange("text", "", "x" * 100))
    change = Change(CHANGED, "measure", "ready", "Ready for\nschool", fields)
    assert str(change) == (
        f"changed measure ready: Ready for school; title 'Old' -> 'New line'; text '' -> '{'x' * 59}…'"
    )


def test_only_fields_that_differ_are_named():
    assert differences({"a": "1", "b": "2"}, {"a": "1", "b": "3"}) == (FieldChange("b", "2", "3"),)


def test_counts_name_every_kind_in_the_order_asked_for():
    changes = [Change(ADDED, "area", "a", "A"), Change(UNCHANGED, "area", "b", "B"), Change(ADDED, "area", "c", "C")]
    assert counts(changes, (UNCHANGED, CHANGED, ADDED)) == "unchanged=1 changed=0 added=2"
