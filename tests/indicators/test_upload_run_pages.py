"""The page of an upload while it is worked on, after that failed, and while nobody comes for it."""

from datetime import timedelta

from django.utils import timezone

from indicators import progress, runs
from indicators.models import Deed, Run, RunState, Upload
from tests.indicators.ground import ASHBY, BIRKDALE, current
from tests.indicators.pages import bring, seen


def test_a_long_file_is_left_to_the_worker_and_its_page_says_how_far_it_is(browse, settings):
    settings.UPLOAD_BACKGROUND_BYTES = 10
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    upload = Upload.objects.get()
    page = seen(browse("upload", upload.pk))
    assert "The file waits to be checked" in page
    assert "rows checked" in page
    assert "Publish these figures" not in page
    assert browse("upload-progress", upload.pk).json() == {"state": "waiting", "done": 0, "total": 0}
    assert "figures.csv Waiting to be checked" in seen(browse("uploads"))
    runs.perform(upload.runs.get().pk)
    assert "1 added 0 changed" in seen(browse("upload", upload.pk))
    assert browse("upload-progress", upload.pk).json()["state"] == "done"


def long_ago(**fields) -> None:
    """As if every run had come to this some minutes ago, and its process had been silent since."""
    Run.objects.update(asked_at=timezone.now() - timedelta(minutes=5), **fields)


def test_where_no_worker_comes_the_page_says_who_starts_one(browse, settings):
    settings.UPLOAD_BACKGROUND_BYTES = 10
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    upload = Upload.objects.get()
    assert "No worker has taken it up yet" not in seen(browse("upload", upload.pk))
    long_ago()
    page = seen(browse("upload", upload.pk))
    assert "No worker has taken it up yet. The person who runs the site starts one with “manage.py work”." in page
    assert "Cancel" in page
    assert browse("upload-progress", upload.pk).json()["state"] == "neglected"


def test_a_check_that_goes_on_counts_its_rows_on_its_page_and_in_the_list(browse, settings):
    settings.UPLOAD_BACKGROUND_BYTES = 10
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    run = Run.objects.get()
    Run.objects.update(state=RunState.RUNNING, started_at=timezone.now())
    reporter = progress.Reporter(run.key)
    reporter.done, reporter.total = 12_000, 500_000
    reporter.report()
    response = browse("upload", run.upload_id)
    assert "The file is being checked" in seen(response)
    assert "12,000 of 500,000 rows checked" in seen(response)
    assert '<progress class="app-run__bar" max="100" value="2"' in response.content.decode()
    assert "Checking, 2%" in seen(browse("uploads"))
    assert browse("upload-progress", run.upload_id).json() == {"state": "running", "done": 12_000, "total": 500_000}


def test_a_run_whose_worker_was_killed_says_so_and_is_started_again(browse, settings):
    settings.UPLOAD_BACKGROUND_BYTES = 10
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    upload = Upload.objects.get()
    long_ago(state=RunState.RUNNING, started_at=timezone.now() - timedelta(minutes=5))
    page = seen(browse("upload", upload.pk))
    assert "The work was broken off The process that worked on this file is gone. Nothing was changed." in page
    assert "Start again" in page
    assert "Start again" not in seen(browse("upload", upload.pk, by="bob"))
    assert "Checking, broken off" in seen(browse("uploads"))
    settings.UPLOAD_BACKGROUND_BYTES = 10_000
    assert "1 added 0 changed" in seen(browse("upload-again", upload.pk, post={}))


def test_while_figures_wait_to_be_published_nobody_publishes_or_discards_them(browse, ground):
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5")
    runs.ask(upload=upload, deed=Deed.PUBLISH, by=ground.people["alice"])
    page = seen(browse("upload", upload.pk))
    assert "The figures wait to be published" in page
    assert "Publish these figures" not in page
    assert "Discard this file" not in page
    assert "Waiting to be published" in seen(browse("uploads"))
    for name in ("upload-publish", "upload-discard", "upload-again"):
        assert "This file is being worked on" in seen(browse(name, upload.pk, post={}))
    assert Run.objects.count() == 1


def test_a_refused_publication_is_agreed_to_anew_never_started_again(browse, ground):
    """Whoever ticked the boxes saw another review."""
    bring(browse, f"school-ready,{ASHBY},2023,72.5", f"school-ready,{BIRKDALE},2023,many")
    upload = Upload.objects.get()
    ground.publish(f"school-ready,{ASHBY},2023,73.5", by="alice")
    page = seen(browse("upload-publish", upload.pk, post={"accept_valid": "yes", "confirm_doubtful": "yes"}))
    assert "The figures could not be published" in page
    assert "Start again" not in page
    assert "Publish these figures" in page
    assert "This cannot be started again" in seen(browse("upload-again", upload.pk, post={}))
    assert current() == {(ASHBY, "2023"): 73.5}


def test_a_waiting_run_can_be_cancelled_and_started_again(browse, settings):
    settings.UPLOAD_BACKGROUND_BYTES = 10
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    upload = Upload.objects.get()
    page = seen(browse("upload-cancel", upload.pk, post={}))
    assert "The work is cancelled. Nothing was changed." in page
    assert "The work was cancelled" in page
    assert "This file has not been checked yet. Change how the file is read" in page
    assert "Nobody has said" not in page
    settings.UPLOAD_BACKGROUND_BYTES = 10_000
    assert "1 added 0 changed" in seen(browse("upload-again", upload.pk, post={}))


def test_who_cancels_a_check_that_goes_on_is_told_when_it_stops(browse, settings):
    settings.UPLOAD_BACKGROUND_BYTES = 10
    bring(browse, f"school-ready,{ASHBY},2023,72.5")
    Run.objects.update(state=RunState.RUNNING, started_at=timezone.now())
    page = seen(browse("upload-cancel", Upload.objects.get().pk, post={}))
    assert "The work will stop at its next step. Nothing is changed." in page
