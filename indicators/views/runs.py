"""A run as it goes on: how far it has come, a way to stop it, and a way to start it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from indicators import runs, sight, tasks
from indicators.models import RunState, Upload
from indicators.progress import Progress
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership


@access.requires(Level.BOARD)
@require_safe
@never_cache
def upload_progress(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """JSON for the progress bar: the state of the latest run, and what is done of how much."""
    run = _upload(partnership, upload).runs.first()
    seen = sight.of(run) if run else sight.Sight("", Progress())
    return JsonResponse({"state": seen.state, "done": seen.progress.done, "total": seen.progress.total})


@access.requires(Level.OFFICER)
@require_POST
def upload_cancel(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    found = _upload(partnership, upload)
    if run := found.runs.open().first():
        is_over = runs.cancel(run=run).state == RunState.CANCELLED
        stops = _("The work will stop at its next step. Nothing is changed.")
        messages.success(request, _("The work is cancelled. Nothing was changed.") if is_over else stops)
    return redirect(found)


@access.requires(Level.OFFICER)
@require_POST
def upload_again(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """Starts the last run once more, after a failure or a lost worker."""
    found = _upload(partnership, upload)
    run = found.runs.first()
    try:
        if run:
            tasks.start(runs.start_again(run=run, by=request.user))
    except runs.Refused as refused:
        messages.warning(request, str(refused))
    return redirect(found)


def _upload(partnership: Partnership, upload: int) -> Upload:
    return get_object_or_404(partnership.uploads.select_related("partnership", "original"), pk=upload)
