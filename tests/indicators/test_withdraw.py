"""Withdrawing a file: what it replaced stands again, whatever was published before, between and after."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from indicators import succession, uploads
from indicators.models import Upload, UploadState, Value
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, current


def withdraw(ground, upload: Upload, by: str = "olive") -> tuple[int, int]:
    return uploads.withdraw(upload=upload, by=ground.people[by])


def test_what_a_file_replaced_stands_again_and_what_it_added_is_gone(ground):
    ground.publish(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{ASHBY},2022,71.5")
    upload = ground.publish(f"school-ready,{ASHBY},2023,73.5", f"school-ready,{BIRKDALE},2023,66")

    assert withdraw(ground, upload, by="alice") == (1, 1)

    upload.refresh_from_db()
    assert (upload.state, upload.closed_by) == (UploadState.WITHDRAWN, ground.people["alice"])
    assert upload.published_by == ground.people["olive"]
    assert current() == {(ASHBY, "2023"): 72.5, (ASHBY, "2022"): 71.5}
    assert Value.objects.count() == 4


def test_a_file_that_was_superseded_is_withdrawn_without_a_trace_on_the_pages(ground):
    first = ground.publish(f"school-ready,{ASHBY},2023,72.5")
    ground.publish(f"school-ready,{ASHBY},2023,73.5")
    assert withdraw(ground, first) == (0, 0)
    assert current() == {(ASHBY, "2023"): 73.5}


def test_of_several_earlier_files_the_newest_that_was_not_withdrawn_comes_back(ground):
    ground.publish(f"school-ready,{ASHBY},2023,70")
    second = ground.publish(f"school-ready,{ASHBY},2023,71")
    third = ground.publish(f"school-ready,{ASHBY},2023,72")
    fourth = ground.publish(f"school-ready,{ASHBY},2023,73")

    assert withdraw(ground, third) == (0, 0)
    assert withdraw(ground, fourth) == (1, 0)
    assert current() == {(ASHBY, "2023"): 71}
    assert withdraw(ground, second) == (1, 0)
    assert current() == {(ASHBY, "2023"): 70}


def test_when_all_are_withdrawn_nothing_stands(ground):
    published = [ground.publish(f"school-ready,{ASHBY},2023,{value}") for value in (70, 71, 72)]
    for upload in published:
        withdraw(ground, upload)
    assert current() == {}
    assert not Value.objects.known_on(timezone.now()).exists()


def test_a_group_and_everyone_are_different_facts(ground):
    ground.publish(f"school-ready,{ASHBY},2023,70,,,,,sex: Female")
    upload = ground.publish(f"school-ready,{ASHBY},2023,72")
    assert withdraw(ground, upload) == (0, 1)
    assert Value.objects.current().get().breakdown == "sex: Female"


def test_withdrawing_twice_is_refused_and_says_who_was_first(ground):
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5")
    withdraw(ground, upload, by="alice")
    with pytest.raises(uploads.Refused, match="withdrawn by Alice on"):
        withdraw(ground, upload)


def test_only_a_published_file_is_withdrawn(ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5")
    with pytest.raises(uploads.Refused, match="has not been published"):
        withdraw(ground, upload)


def test_figures_that_another_partnership_shows_are_taken_back_only_by_a_steward(ground):
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{ENGLAND},2023,69.5")
    with pytest.raises(uploads.Refused, match="Ask a steward"):
        withdraw(ground, upload)
    assert len(current()) == 2
    assert withdraw(ground, upload, by="stella") == (0, 2)


def test_a_file_whose_figures_of_others_were_replaced_is_ours_to_take_back(ground):
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{ENGLAND},2023,69.5")
    ground.publish(f"school-ready,{ENGLAND},2023,70.5", by="stella")
    assert withdraw(ground, upload) == (0, 1)
    assert current() == {(ENGLAND, "2023"): 70.5}


def test_a_withdrawn_file_can_be_uploaded_again(ground):
    withdraw(ground, ground.publish(f"school-ready,{ASHBY},2023,72.5"))
    ground.publish(f"school-ready,{ASHBY},2023,72.5")
    assert current() == {(ASHBY, "2023"): 72.5}


def test_what_is_known_on_a_date_agrees_with_what_is_current_after_any_sequence(ground):
    rows = {name: f"school-ready,{ASHBY},2023,{value}" for name, value in (("one", 70), ("two", 71), ("three", 72))}
    one, two = ground.publish(rows["one"]), ground.publish(rows["two"], f"school-ready,{BIRKDALE},2023,66")
    withdraw(ground, one)
    three = ground.publish(rows["three"])
    withdraw(ground, two)
    for step in (None, three):
        if step:
            withdraw(ground, step)
        known = set(Value.objects.known_on(timezone.now()).values_list("pk", flat=True))
        assert known == set(Value.objects.current().values_list("pk", flat=True))


def test_where_the_old_figures_cannot_be_restored_the_file_stays_published(ground, monkeypatch):
    ground.publish(f"school-ready,{ASHBY},2023,72.5")
    upload = ground.publish(f"school-ready,{ASHBY},2023,73.5")

    def fail(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(succession, "run", fail)
    with pytest.raises(RuntimeError):
        withdraw(ground, upload)

    upload.refresh_from_db()
    assert upload.state == UploadState.PUBLISHED
    assert current() == {(ASHBY, "2023"): 73.5}


def test_withdrawing_takes_the_same_queries_for_one_row_and_for_many(ground, django_assert_num_queries):
    for years in (range(2020, 2021), range(1970, 2020)):
        ground.publish(*(f"school-ready,{ASHBY},{year},70" for year in years))
        upload = ground.publish(*(f"school-ready,{ASHBY},{year},71" for year in years))
        with django_assert_num_queries(11):
            assert withdraw(ground, upload) == (len(years), 0)


def test_the_command_prints_what_it_did(ground, capsys):
    ground.publish(f"school-ready,{ASHBY},2023,72.5")
    upload = ground.publish(f"school-ready,{ASHBY},2023,73.5", f"school-ready,{BIRKDALE},2023,66")
    call_command("withdraw_upload", str(upload.pk), "--by", "Olive@example.org")
    assert capsys.readouterr().out == "restored=1 removed=1\n"


@pytest.mark.parametrize(
    ("upload", "by", "status", "words"),
    [
        ("theirs", "bob@example.org", 2, "may not do this"),
        ("theirs", "charlie@example.org", 2, "may not do this"),
        ("theirs", "nobody@example.org", 2, "Nobody who can sign in"),
        ("0", "olive@example.org", 2, "There is no upload 0."),
        ("unpublished", "olive@example.org", 1, "has not been published"),
    ],
)
def test_the_command_refuses_with_a_sentence(ground, capsys, upload, by, status, words):
    pks = {
        "theirs": ground.publish(f"school-ready,{ASHBY},2023,72.5").pk,
        "unpublished": ground.check(f"school-ready,{ASHBY},2023,73.5").pk,
    }
    with pytest.raises(SystemExit) as stopped:
        call_command("withdraw_upload", str(pks.get(upload, upload)), "--by", by)
    printed = capsys.readouterr()
    assert stopped.value.code == status
    assert words in printed.err
    assert not printed.out
    assert current() == {(ASHBY, "2023"): 72.5}
