"""Checking and publishing as runs: a small file within the request, a large one in the background worker.

The only writer of Run. A run is the record of one go: whoever looks sees what it does, and what became of one whose
process was killed. Check and publish are each safe to start again from the beginning.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import progress, uploads
from indicators.examination import FileRefused
from indicators.models import Deed, Run, RunState, Upload, UploadState
from indicators.progress import Cancelled
from indicators.scope import scope_of
from indicators.uploads import Refused
from partnerships.models import User

# The first try, and one more after a killed worker.
MOST_ATTEMPTS = 2


class Busy(Refused):
    """Another run of the same upload is not over."""


def ask(*, upload: Upload, deed: Deed, by: User, **options) -> Run:
    """Records that somebody wants a deed done. Raises Busy."""
    try:
        with transaction.atomic():
            return Run.objects.create(upload=upload, deed=deed, asked_by=by, options=options)
    except IntegrityError as error:
        raise Busy(_("This file is being worked on. Wait until that is over, or cancel it.")) from error


def is_long(upload: Upload) -> bool:
    """Whether a request should not wait for this file."""
    return upload.original.size > settings.UPLOAD_BACKGROUND_BYTES


def perform(run_id: int) -> Run:
    """Does what the run is for, once. Whatever becomes of it is written to the run, and nothing is raised for it."""
    run = _begun(run_id)
    if run is None:
        return Run.objects.get(pk=run_id)
    try:
        with progress.reporting(run.key) as report:
            _DEEDS[Deed(run.deed)](run, report)
    except Cancelled:
        return _ended(run, RunState.CANCELLED, _("Cancelled. Nothing was changed."))
    except (Refused, FileRefused) as refused:
        return _ended(run, RunState.FAILED, str(refused))
    return _ended(run, RunState.DONE)


def _check(run: Run, report: progress.Reporter) -> None:
    uploads.check(upload=run.upload, scope=_scope(run), progress=report)


def _publish(run: Run, report: progress.Reporter) -> None:
    uploads.publish(upload=run.upload, by=run.asked_by, progress=report, **run.options)


def _scope(run: Run):
    return scope_of(partnership=run.upload.partnership, indicators=run.options["indicators"], by=run.asked_by)


_DEEDS = {Deed.CHECK: _check, Deed.PUBLISH: _publish}


@transaction.atomic
def _begun(run_id: int) -> Run | None:
    """The run, now running; None where somebody else has begun it or it is over."""
    run = Run.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state != RunState.WAITING:
        return None
    run.state, run.started_at, run.attempts = RunState.RUNNING, timezone.now(), run.attempts + 1
    run.save(update_fields=["state", "started_at", "attempts"])
    return Run.objects.select_related("upload__partnership", "upload__original", "asked_by").get(pk=run_id)


def _ended(run: Run, state: RunState, message: str = "") -> Run:
    run.state, run.message, run.ended_at = state, message, timezone.now()
    run.save(update_fields=["state", "message", "ended_at"])
    return run


def cancel(*, run: Run) -> Run:
    """Ends a run that has not begun, and asks one that has to stop at its next step."""
    if run.state == RunState.WAITING:
        with transaction.atomic():
            run = Run.objects.select_for_update().get(pk=run.pk)
            if run.state == RunState.WAITING:
                return _ended(run, RunState.CANCELLED, _("Cancelled. Nothing was changed."))
    # Not by the database: on SQLite whoever publishes holds it.
    progress.ask_to_stop(run.key)
    return run


def is_lost(run: Run) -> bool:
    """Whether the process that ran it is gone."""
    return run.state == RunState.RUNNING and _is_silent(run.key, run.started_at)


def _is_silent(run: UUID, started_at: datetime) -> bool:
    grace = (timezone.now() - started_at).total_seconds() < progress.SILENT_SECONDS
    return not grace and not progress.of(run).is_alive


def take_up_lost() -> list[Run]:
    """Runs whose process was killed wait again, or are over where that happened before; returns those to perform."""
    again = []
    for run in Run.objects.filter(state=RunState.RUNNING):
        if is_lost(run):
            with transaction.atomic():
                again += _taken_up(run.pk)
    return again


def _taken_up(run_id: int) -> list[Run]:
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state != RunState.RUNNING:
        return []
    if run.attempts >= MOST_ATTEMPTS:
        sentence = _("The work was broken off twice. Nothing was changed. Try again, or divide the file into parts.")
        _ended(run, RunState.FAILED, sentence)
        return []
    run.state = RunState.WAITING
    run.save(update_fields=["state"])
    return [run]


def may_start_again(run: Run) -> bool:
    """Whether a run that is lost or over without success may be started again as it was asked for.

    A publication that was refused may not: its review may be another by now than the one that somebody agreed to.
    """
    if run.upload.state not in (UploadState.RECEIVED, UploadState.CHECKED):
        return False
    was_refused = run.state == RunState.FAILED and run.deed == Deed.CHECK
    return was_refused or run.state == RunState.CANCELLED or is_lost(run)


@transaction.atomic
def start_again(*, run: Run, by: User) -> Run:
    """A new run of the same deed, where the old one may be started again. Raises Busy, and Refused where it may not."""
    run = Run.objects.select_for_update(of=("self",)).select_related("upload").get(pk=run.pk)
    if run.state == RunState.WAITING or (run.state == RunState.RUNNING and not is_lost(run)):
        raise Busy(_("This file is being worked on. Wait until that is over, or cancel it."))
    if not may_start_again(run):
        raise Refused(_("This cannot be started again. See below what became of the file and what can be done."))
    if is_lost(run):
        _ended(run, RunState.FAILED, _("The work was broken off. Nothing was changed."))
    return ask(upload=run.upload, deed=Deed(run.deed), by=by, **run.options)
