"""What the database itself refuses of figures and files, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from indicators.models import (
    Deed,
    Indicator,
    Layout,
    OriginalFile,
    OriginalPart,
    Run,
    SeriesBreak,
    Upload,
    Value,
)
from partnerships.models import Area


@pytest.fixture
def upload(ground) -> Upload:
    original = OriginalFile.objects.create(sha256="0" * 64, size=1)
    return Upload.objects.create(
        partnership=ground.northshire,
        original=original,
        file_name="x.csv",
        plan={"name": "own"},
        state="checked",
        uploaded_by=ground.people["olive"],
    )


def value(upload: Upload, **changes) -> Value:
    fields = {
        "indicator": Indicator.objects.get(code="school-ready"),
        "area": Area.objects.get(code="E07000901"),
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 12, 31),
        "period_label": "2023",
        "value": 70.0,
        "upload": upload,
        "row": 2,
        "is_current": True,
    } | changes
    return Value.objects.create(**fields)


def refuses(name: str):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"value": None}, "value_number_or_reason"),
        ({"marker": "c"}, "value_number_or_reason"),
        ({"value": None, "marker": "q"}, "value_marker_in_set"),
        ({"value": 1e15}, "value_is_finite"),
        ({"value": -1e15}, "value_is_finite"),
        ({"value": float("inf")}, "value_is_finite"),
        ({"lower": 71.0}, "value_within_limits"),
        ({"upper": 69.0}, "value_within_limits"),
        ({"value": None, "marker": "c", "lower": 1.0}, "value_within_limits"),
        ({"value": None, "marker": "c", "upper": 1.0}, "value_within_limits"),
        ({"upper": 1e15}, "value_within_limits"),
        ({"numerator": -1.0}, "value_numerator_from_0"),
        ({"denominator": -1.0}, "value_denominator_from_0"),
        ({"numerator": 1e15}, "value_numerator_from_0"),
        ({"denominator": 1e15}, "value_denominator_from_0"),
        ({"period_end": date(2022, 12, 31)}, "value_period_ends_after_it_starts"),
    ],
)
def test_a_figure_that_cannot_be(upload, changes, name):
    with refuses(name):
        value(upload, **changes)


def test_one_current_figure_for_a_fact(upload):
    value(upload)
    other = Upload.objects.create(
        partnership=upload.partnership,
        original=upload.original,
        file_name="y.csv",
        plan={"name": "own"},
        state="checked",
        uploaded_by=upload.uploaded_by,
    )
    value(other, is_current=False)
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        value(other, breakdown="", is_current=True)


def test_a_fact_once_in_an_upload(upload):
    value(upload, is_current=False)
    value(upload, is_current=False, breakdown="sex: Female")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        value(upload)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 71.0},
        {"value": None, "marker": "c"},
        {"flags": "p"},
        {"lower": 1.0},
        {"upper": 99.0},
        {"numerator": 1.0},
        {"denominator": 1.0},
        {"note": "Corrected."},
        {"row": 3},
        {"breakdown": "sex: Female"},
        {"period_label": "2023-24"},
        {"period_start": date(2022, 1, 1)},
        {"period_end": date(2024, 1, 1)},
    ],
    ids=lambda change: ",".join(change),
)
def test_a_figure_is_never_overwritten(upload, change):
    value(upload)
    with transaction.atomic(), pytest.raises(DatabaseError, match="value_only_superseded"):
        Value.objects.update(**change)


def test_a_figure_can_be_superseded(upload):
    value(upload)
    assert Value.objects.update(is_current=False) == 1


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        # Every other constraint of the state refuses this too, and a database names the one it meets first.
        ({"state": "open"}, "upload_(state_in_set|published_when_and_by_whom|closed_when_and_by_whom)"),
        ({"state": "published"}, "upload_published_when_and_by_whom"),
        ({"published_at": timezone.now()}, "upload_published_when_and_by_whom"),
        ({"state": "discarded"}, "upload_closed_when_and_by_whom"),
        ({"closed_at": timezone.now()}, "upload_closed_when_and_by_whom"),
        ({"added": 1}, "upload_counts_reconcile"),
        ({"figures_read": 1}, "upload_counts_reconcile"),
        ({"plan": None}, "upload_read_by_a_plan"),
    ],
)
def test_an_upload_says_when_by_whom_and_how_much(upload, changes, name):
    with refuses(name):
        Upload.objects.update(**changes)


def test_a_received_file_needs_no_plan_yet(upload):
    Upload.objects.update(state="received", plan=None)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"deed": "withdraw"}, "run_deed_in_set"),
        ({"state": "asleep"}, "run_(state_in_set|ended_when_over)"),
        ({"state": "done"}, "run_ended_when_over"),
        ({"ended_at": timezone.now()}, "run_ended_when_over"),
    ],
)
def test_a_run_that_cannot_be(upload, changes, name):
    Run.objects.create(upload=upload, deed=Deed.CHECK, asked_by=upload.uploaded_by)
    with refuses(name):
        Run.objects.update(**changes)


def test_one_open_run_of_an_upload(upload):
    Run.objects.create(upload=upload, deed=Deed.CHECK, asked_by=upload.uploaded_by)
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        Run.objects.create(upload=upload, deed=Deed.PUBLISH, asked_by=upload.uploaded_by)


def test_a_part_of_a_file_once(upload):
    OriginalPart.objects.create(original=upload.original, number=0, content=b"x")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        OriginalPart.objects.create(original=upload.original, number=0, content=b"y")


def test_the_name_of_a_layout_once_for_all_and_once_in_a_partnership(ground):
    for partnership in (None, ground.northshire, ground.southtown):
        Layout.objects.create(name="theirs", title="Theirs", partnership=partnership, data={})
    for partnership in (None, ground.northshire):
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            Layout.objects.create(name="theirs", title="Again", partnership=partnership, data={})


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"polarity": "up"}, "indicator_polarity_in_set"),
        ({"value_type": "sum"}, "indicator_value_type_in_set"),
        ({"year_type": "lunar"}, "indicator_year_type_in_set"),
        ({"decimals": 7}, "indicator_decimals_0_to_6"),
        ({"multiplier": 0}, "indicator_multiplier_above_0"),
        ({"multiplier": 1e15}, "indicator_multiplier_above_0"),
        ({"next_update_on": None, "next_update_note": ""}, "indicator_says_when_updated_next"),
    ],
)
def test_an_indicator_that_cannot_be(ground, changes, name):
    with refuses(name):
        Indicator.objects.filter(code="school-ready").update(**changes)


def test_an_indicator_once(ground):
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        Indicator.objects.filter(code="school-ready").update(code="live-births")


def test_a_series_breaks_once_on_a_day(ground):
    indicator = Indicator.objects.get(code="school-ready")
    SeriesBreak.objects.create(indicator=indicator, starts_on=date(2021, 9, 1), label="2021/22", note="Reformed.")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        SeriesBreak.objects.create(indicator=indicator, starts_on=date(2021, 9, 1), label="2021/22", note="Again.")
