"""The writer of figures: what check, publish and discard leave behind. See test_withdraw.py for withdraw."""

import pytest
from django.utils import timezone

from indicators import succession, uploads
from indicators.models import Layout, OriginalFile, Upload, UploadState, Value
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, UNUSED, counts, current


def test_where_the_upload_cannot_be_written_the_file_is_not_kept(ground, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Upload.objects, "create", fail)
    with pytest.raises(RuntimeError):
        ground.check(f"school-ready,{ASHBY},2023,70")
    assert not OriginalFile.objects.exists()


def test_publishing_makes_the_figures_current_and_says_by_whom(ground):
    before = timezone.now()
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5")
    upload.refresh_from_db()

    assert upload.state == UploadState.PUBLISHED
    assert upload.published_by == ground.people["olive"]
    assert before <= upload.published_at <= timezone.now()
    assert current() == {(ASHBY, "2023"): 72.5}


def test_a_changed_figure_supersedes_the_old_one_which_stays(ground):
    first = ground.publish(f"school-ready,{ASHBY},2023,72.5")
    second = ground.publish(f"school-ready,{ASHBY},2023,73.5")

    assert current() == {(ASHBY, "2023"): 73.5}
    assert list(Value.objects.order_by("pk").values_list("value", "is_current", "upload")) == [
        (72.5, False, first.pk),
        (73.5, True, second.pk),
    ]


def test_a_row_that_says_what_stands_writes_nothing(ground):
    ground.publish(f"school-ready,{ASHBY},2023,72.5")
    ground.publish(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{ASHBY},2022,71.5")
    assert Value.objects.count() == 2


def test_any_page_can_be_drawn_as_it_was_known_on_a_date(ground):
    start = timezone.now()
    first = ground.publish(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{ASHBY},2022,71.5")
    second = ground.publish(f"school-ready,{ASHBY},2023,73.5")
    uploads.withdraw(upload=second, by=ground.people["olive"])
    second.refresh_from_db()

    def known(moment) -> list[float]:
        return sorted(Value.objects.known_on(moment).values_list("value", flat=True))

    assert known(start) == []
    assert known(first.published_at) == [71.5, 72.5]
    assert known(second.published_at) == [71.5, 73.5]
    assert known(second.closed_at) == [71.5, 72.5] == known(timezone.now())
    assert sorted(Value.objects.current().values_list("value", flat=True)) == [71.5, 72.5]


def test_a_file_with_errors_is_published_only_when_they_are_accepted(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{BIRKDALE},2023,many")
    with pytest.raises(uploads.Refused, match="Some rows of this file are wrong"):
        uploads.publish(upload=upload, by=ground.people["olive"])
    assert not Value.objects.exists()

    uploads.publish(upload=upload, by=ground.people["olive"], accept_valid=True)
    assert current() == {(ASHBY, "2023"): 72.5}


def test_there_is_nothing_to_publish_where_everything_stands(ground):
    ground.publish(f"school-ready,{ASHBY},2023,72.5")
    with pytest.raises(uploads.Refused, match="nothing to publish"):
        ground.publish(f"school-ready,{ASHBY},2023,72.5")


def test_publishing_twice_is_refused_and_says_who_was_first(ground):
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5")
    with pytest.raises(uploads.Refused, match="published by Olive on"):
        uploads.publish(upload=upload, by=ground.people["alice"])
    assert Value.objects.count() == 1


def test_figures_that_changed_since_the_review_are_shown_again_before_they_are_published(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5")
    ground.publish(f"school-ready,{ASHBY},2023,73.5", by="alice")

    with pytest.raises(uploads.FiguresChanged):
        uploads.publish(upload=upload, by=ground.people["olive"])
    upload.refresh_from_db()
    assert current() == {(ASHBY, "2023"): 73.5}
    assert counts(upload) == {"changed": 1}
    assert upload.report["differences"][0]["old"]["value"] == "73.5"

    uploads.publish(upload=upload, by=ground.people["olive"])
    assert current() == {(ASHBY, "2023"): 72.5}


def test_other_figures_that_changed_do_not_stand_in_the_way(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5")
    ground.publish(f"school-ready,{BIRKDALE},2023,66", by="alice")
    uploads.publish(upload=upload, by=ground.people["olive"])
    assert len(current()) == 2


def test_a_file_is_published_with_the_rights_of_whoever_publishes(ground):
    ground.publish(f"school-ready,{ENGLAND},2023,69.5")
    upload = ground.check(f"school-ready,{ENGLAND},2023,70.5", f"{UNUSED},{ASHBY},2023,70", by="stella")
    assert counts(upload) == {"added": 1, "changed": 1}

    with pytest.raises(uploads.FiguresChanged):
        uploads.publish(upload=upload, by=ground.people["olive"])
    upload.refresh_from_db()
    assert counts(upload) == {"left_out": 1, "rejected": 1}
    assert current() == {(ENGLAND, "2023"): 69.5}


def test_where_the_new_figures_cannot_be_written_the_old_ones_stand(ground, monkeypatch):
    ground.publish(f"school-ready,{ASHBY},2023,72.5")
    upload = ground.check(f"school-ready,{ASHBY},2023,73.5")

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(succession, "run", fail)
        with pytest.raises(RuntimeError):
            uploads.publish(upload=upload, by=ground.people["olive"])

    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED
    assert current() == {(ASHBY, "2023"): 72.5}


def test_where_the_upload_cannot_be_marked_published_no_figure_is(ground, monkeypatch):
    upload = ground.check(f"school-ready,{ASHBY},2023,73.5")

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Upload, "save", fail)
    with pytest.raises(RuntimeError):
        uploads.publish(upload=upload, by=ground.people["olive"])
    assert not Value.objects.exists()


def test_publishing_takes_the_same_queries_for_one_row_and_for_many(ground, django_assert_num_queries):
    def publish_in(queries: int, *rows: str) -> None:
        upload = ground.check(*rows)
        with django_assert_num_queries(queries):
            uploads.publish(upload=upload, by=ground.people["olive"])

    queries = 19
    publish_in(queries, f"school-ready,{ASHBY},2023,72.5")
    publish_in(queries, *(f"school-ready,{ASHBY},{year},70" for year in range(1970, 2020)))


def test_a_long_file_is_written_in_batches_and_says_how_far_it_is(ground, monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    upload = ground.check(*(f"school-ready,{ASHBY},{year},70" for year in range(1990, 2015)))
    seen = []
    uploads.publish(upload=upload, by=ground.people["olive"], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(10, 25), (20, 25), (25, 25)]
    assert len(current()) == 25


def test_a_saved_layout_is_applied_when_checking_and_when_publishing(ground):
    layout = Layout.objects.create(
        name="theirs",
        title="Theirs",
        data={
            "name": "theirs",
            "title": "Theirs",
            "area": {"columns": ["Area Code"]},
            "period": {"columns": ["Time period"]},
            "indicator": {"constant": "school-ready"},
            "figures": [{"value": "Per cent"}],
        },
    )
    upload = ground.publish(f"{ASHBY},2023,72.5", header="Area Code,Time period,Per cent", layout=layout)
    assert upload.layout == layout
    assert current() == {(ASHBY, "2023"): 72.5}


def test_discarding_changes_no_figure_and_is_final(ground):
    upload = uploads.discard(upload=ground.check(f"school-ready,{ASHBY},2023,72.5"), by=ground.people["alice"])

    assert (upload.state, upload.closed_by) == (UploadState.DISCARDED, ground.people["alice"])
    assert not Value.objects.exists()
    with pytest.raises(uploads.Refused, match="discarded by Alice on"):
        uploads.publish(upload=upload, by=ground.people["olive"])
    with pytest.raises(uploads.Refused, match="discarded by Alice on"):
        uploads.discard(upload=upload, by=ground.people["olive"])


def test_a_published_file_is_not_discarded(ground):
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5")
    with pytest.raises(uploads.Refused, match="published by Olive"):
        uploads.discard(upload=upload, by=ground.people["olive"])
