"""Checking and publishing as runs: at once or by the worker, cancelled, lost, taken up again."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from indicators import originals, progress, runs, savedlayouts, tasks, uploads
from indicators.models import Deed, OriginalFile, Run, RunState, StagedValue, Upload, UploadState, Value
from tests.indicators.ground import ASHBY, BIRKDALE, current, table

ROWS = (f"school-ready,{ASHBY},2023,72.5", f"school-ready,{BIRKDALE},2023,66")


@pytest.fixture(autouse=True)
def _own_progress(settings, tmp_path):
    settings.CACHES = settings.CACHES | {
        "progress": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path}
    }


def received(ground, *rows: str) -> Upload:
    return uploads.receive(
        file=io.BytesIO(table(*rows)),
        file_name="figures.csv",
        partnership=ground.northshire,
        by=ground.people["olive"],
        how=savedlayouts.own(),
    )


def asked(ground, upload: Upload, deed: Deed = Deed.CHECK, **options) -> Run:
    if deed == Deed.CHECK:
        options["indicators"] = sorted(ground.scope().used)
    return runs.ask(upload=upload, deed=deed, by=ground.people["olive"], **options)


def lost(run: Run) -> None:
    """As if its process had been killed a while ago."""
    long_ago = timezone.now() - timedelta(minutes=5)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, started_at=long_ago, attempts=run.attempts + 1)
    run.refresh_from_db()


def test_a_small_file_is_checked_and_published_at_once(ground):
    upload = received(ground, *ROWS)
    checked = tasks.start(asked(ground, upload))
    assert (checked.state, checked.message, checked.attempts) == (RunState.DONE, "", 1)
    upload.refresh_from_db()
    assert (upload.state, upload.added, upload.figures_read) == (UploadState.CHECKED, 2, 2)

    published = tasks.start(asked(ground, upload, Deed.PUBLISH))
    assert published.state == RunState.DONE
    assert published.ended_at
    assert current() == {(ASHBY, "2023"): 72.5, (BIRKDALE, "2023"): 66}
    assert progress.of(published.key).done == progress.of(published.key).total == 2
    assert not StagedValue.objects.exists()


def test_a_long_file_is_handed_to_the_worker(ground, settings, django_capture_on_commit_callbacks):
    settings.UPLOAD_BACKGROUND_BYTES = 10
    upload = received(ground, *ROWS)
    with django_capture_on_commit_callbacks(execute=True):
        run = tasks.start(asked(ground, upload))
    assert run.state == RunState.WAITING
    assert DBTaskResult.objects.get().args_kwargs["args"] == [run.pk]
    assert runs.perform(run.pk).state == RunState.DONE


def test_one_thing_at_a_time_is_done_with_a_file(ground):
    upload = received(ground, *ROWS)
    asked(ground, upload)
    with pytest.raises(runs.Busy, match="being worked on"):
        asked(ground, upload)
    assert Run.objects.count() == 1


def test_a_file_that_is_worked_on_is_not_discarded_nor_read_in_another_way(ground):
    upload = received(ground, *ROWS)
    run = asked(ground, upload)
    with pytest.raises(uploads.Refused, match="being worked on"):
        uploads.discard(upload=upload, by=ground.people["olive"])
    with pytest.raises(uploads.Refused, match="being worked on"):
        uploads.read_as(upload=upload, how=savedlayouts.own())
    runs.cancel(run=run)
    assert uploads.discard(upload=upload, by=ground.people["olive"]).state == UploadState.DISCARDED


def test_a_run_is_performed_once(ground):
    run = tasks.start(asked(ground, received(ground, *ROWS)))
    assert runs.perform(run.pk).attempts == 1


def test_what_refuses_a_deed_ends_the_run_with_its_sentence(ground):
    upload = received(ground, f"school-ready,{ASHBY},2023,many")
    tasks.start(asked(ground, upload))
    run = tasks.start(asked(ground, upload, Deed.PUBLISH))
    assert (run.state, run.message[:32]) == (RunState.FAILED, "Some rows of this file are wrong")

    broken = received(ground, f'school-ready,{ASHBY},2023,"72')
    run = tasks.start(asked(ground, broken))
    assert run.state == RunState.FAILED
    assert "quotation mark" in run.message
    broken.refresh_from_db()
    assert broken.state == UploadState.RECEIVED


def test_a_waiting_run_is_cancelled_at_once(ground):
    run = runs.cancel(run=asked(ground, received(ground, *ROWS)))
    assert run.state == RunState.CANCELLED
    assert runs.perform(run.pk).state == RunState.CANCELLED


@pytest.mark.parametrize("deed", [Deed.CHECK, Deed.PUBLISH])
def test_a_run_stops_at_its_next_step_when_asked_and_changes_nothing(ground, deed):
    upload = received(ground, *ROWS)
    if deed == Deed.PUBLISH:
        tasks.start(asked(ground, upload))
    run = asked(ground, upload, deed)
    progress.ask_to_stop(run.key)
    ended = runs.perform(run.pk)
    assert (ended.state, ended.message) == (RunState.CANCELLED, "Cancelled. Nothing was changed.")
    assert not Value.objects.exists()
    upload.refresh_from_db()
    assert upload.state == (UploadState.CHECKED if deed == Deed.PUBLISH else UploadState.RECEIVED)
    assert runs.perform(runs.start_again(run=ended, by=ground.people["alice"]).pk).state == RunState.DONE


def test_a_run_whose_process_is_gone_is_taken_up_once_and_then_given_up(ground):
    upload = received(ground, *ROWS)
    run = asked(ground, upload)
    assert runs.take_up_lost() == []
    lost(run)
    assert runs.is_lost(run)
    assert runs.take_up_lost() == [run]
    run.refresh_from_db()
    assert run.state == RunState.WAITING

    lost(run)
    assert runs.take_up_lost() == []
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "broken off twice" in run.message


def test_a_run_that_gives_signs_of_life_is_not_lost(ground):
    run = asked(ground, received(ground, *ROWS))
    lost(run)
    progress.Reporter(run.key).report()
    assert not runs.is_lost(run)
    assert runs.take_up_lost() == []


def test_a_lost_run_is_started_again_by_hand(ground):
    run = asked(ground, received(ground, *ROWS))
    lost(run)
    again = tasks.start(runs.start_again(run=run, by=ground.people["alice"]))
    assert (again.state, again.asked_by) == (RunState.DONE, ground.people["alice"])
    run.refresh_from_db()
    assert (run.state, run.message) == (RunState.FAILED, "The work was broken off. Nothing was changed.")


def test_what_a_check_that_broke_off_left_behind_is_cleared_away(ground):
    upload = received(ground, *ROWS)
    runs.perform(asked(ground, upload).pk)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.RECEIVED)
    runs.perform(asked(ground, upload).pk)
    assert upload.staged.count() == 2


def test_a_file_is_kept_in_parts_and_comes_back_whole(ground, monkeypatch):
    monkeypatch.setattr(originals, "PART", 7)
    content = table(*ROWS)
    upload = received(ground, *ROWS)
    assert upload.original.parts.count() == -(-len(content) // 7)
    with originals.opened(upload.original) as file:
        assert file.read() == content
    assert OriginalFile.objects.get().size == len(content)
