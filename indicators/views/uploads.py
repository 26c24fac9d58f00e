"""The pages of uploads: bring a file, review what it would change, publish it, and take it back."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import PurePath

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indicators import (
    attempts,
    csvlines,
    descriptions,
    errorfile,
    layouts,
    originals,
    reviewed,
    runs,
    seeingthrough,
    sight,
    tasks,
    uploads,
)
from indicators.examination import FileRefused
from indicators.forms import UploadForm
from indicators.models import Deed, Run, RunState, Upload, UploadState
from indicators.views.reading import how_read, start_check
from indicators.views.scope import scope_for
from indicators.views.secrecy import is_own, kept_from, opens, refusal_to_open
from indicators.withdrawal import Withdrawal, withdrawal
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership

UPLOADS_ON_A_PAGE = 50
MOST_FIGURES_UNASKED = 50_000
UTF8_MARK = "\ufeff"


@access.requires(Level.BOARD)
@require_safe
def upload_list(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    open_runs = Prefetch("runs", Run.objects.open(), to_attr="open_runs")
    found = partnership.uploads.select_related("uploaded_by").prefetch_related(open_runs).defer("report", "plan")
    page = Paginator(found, UPLOADS_ON_A_PAGE).get_page(request.GET.get("page"))
    for upload in page:
        upload.work = ", ".join(map(sight.in_words, upload.open_runs))
    context = {
        "crumbs": [_home(partnership), (_("Uploads"), "")],
        "page": page,
    }
    return render(request, "indicators/uploads.html", context)


@access.requires(Level.OFFICER)
@require_http_methods(["GET", "POST"])
def upload_new(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*given, partnership=partnership)
    if form.is_valid():
        try:
            return redirect(_received(request, partnership, form))
        except FileRefused as refused:
            form.refuse(refused.problems)
    context = {
        "crumbs": [_home(partnership), _list(partnership), (_("New upload"), "")],
        "form": form,
        "corrects": _corrected(request, partnership),
    }
    return render(request, "indicators/upload_new.html", context)


def _received(request: HttpRequest, partnership: Partnership, form: UploadForm) -> str:
    """Keeps the file and starts its check where it is known how to read it; returns the page to go on with.

    Raises FileRefused, and then keeps nothing.
    """
    file, scope = form.cleaned_data["file"], scope_for(partnership, request.user)
    how = how_read(file, file.name, partnership, scope, layout=form.cleaned_data.get("layout"))
    upload = uploads.receive(
        file=file,
        file_name=file.name,
        partnership=partnership,
        by=request.user,
        how=how,
        source=form.source(),
        corrects=_corrected(request, partnership),
    )
    if how is None:
        return reverse("upload-mapping", args=[partnership.slug, upload.pk])
    start_check(upload, scope, request.user)
    return upload.get_absolute_url()


def _corrected(request: HttpRequest, partnership: Partnership) -> Upload | None:
    """The earlier file that this one is to mend, where the address names one."""
    number = request.GET.get("corrects", "")
    return partnership.uploads.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None


@access.requires(Level.BOARD)
@seeingthrough.offered
@require_safe
def upload_review(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    found = _find(partnership, upload, "layout", "corrects")
    run = found.runs.select_related("asked_by").first()
    is_working = bool(run) and run.state in (RunState.WAITING, RunState.RUNNING)
    secret, own = kept_from(request, found), is_own(request, found)
    context = {
        "run": run,
        "sight": sight.of(run) if run else None,
        "is_working": is_working,
        "may_start_again": bool(run) and runs.may_start_again(run),
        "may_be_mapped": found.state in (UploadState.RECEIVED, UploadState.CHECKED) and not is_working,
        "differences": list(reviewed.differences(found.report.get("differences", ()), hidden=secret, is_own=own)),
        "attempts": _attempts(found, are_hidden=bool(secret) and not own),
        "problems": reviewed.problems(found.report.get("problems", ()), are_hidden=bool(secret) and not own),
        "opens": opens(request, found, secret),
        "described": _described(found),
        "crumbs": [_home(partnership), _list(partnership), (found.file_name, "")],
        "upload": found,
        "report": found.report,
        "is_waiting": found.state == UploadState.CHECKED and not is_working,
        "has_figures": bool(found.added or found.changed),
        "good_figures": found.added + found.changed + found.unchanged,
        "tells_withdrawal": _tells_withdrawal(found, request.access),
        "withdrawal": _withdrawal(found, request),
    }
    return render(request, "indicators/upload.html", context)


def _attempts(upload: Upload, *, are_hidden: bool) -> attempts.Attempts | None:
    """Beside the file that it corrects."""
    if not (upload.corrects and upload.report):
        return None
    found = attempts.compared(upload.corrects.report, upload.report)
    shown = {name: reviewed.problems(getattr(found, name), are_hidden=are_hidden) for name in attempts.LISTS}
    return replace(found, **shown)


def _described(upload: Upload) -> list[str]:
    """How it was read, in sentences; nothing for our own layout, which the upload page describes."""
    try:
        plan = layouts.plan(upload.plan) if upload.plan else layouts.OWN
    except layouts.LayoutError:
        return [_("By a layout that this release of the site does not understand any more.")]
    return [] if plan.is_own else descriptions.describe(plan)


@access.requires(Level.OFFICER)
@require_POST
def upload_publish(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    found = _find(partnership, upload, "original")
    options = {name: name in request.POST for name in ("accept_valid", "confirm_doubtful")}
    try:
        run = tasks.start(runs.ask(upload=found, deed=Deed.PUBLISH, by=request.user, **options))
    except uploads.Refused as refused:
        messages.warning(request, str(refused))
    else:
        _say_what_became(request, run, found)
    return redirect(found)


def _say_what_became(request: HttpRequest, run: Run, upload: Upload) -> None:
    """Of a run that is over. What one in the background does, the page of the upload shows."""
    if run.state == RunState.FAILED:
        messages.warning(request, run.message)
    elif run.state == RunState.DONE:
        figures = upload.added + upload.changed
        sentence = ngettext("%(number)s figure is published.", "%(number)s figures are published.", figures)
        messages.success(request, sentence % {"number": figures})


@access.requires(Level.OFFICER)
@require_POST
def upload_discard(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    found = _find(partnership, upload)
    try:
        uploads.discard(upload=found, by=request.user)
    except uploads.Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The file is discarded. No figure was changed."))
    return redirect(found)


@access.requires(Level.OFFICER)
@require_POST
def upload_withdraw(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    found = _find(partnership, upload)
    try:
        restored, removed = uploads.withdraw(upload=found, by=request.user)
    except uploads.Refused as refused:
        messages.warning(request, str(refused))
    else:
        sentence = _(
            "The file is withdrawn. Earlier figures that stand again: %(restored)s. Figures gone: %(removed)s."
        )
        messages.success(request, sentence % {"restored": restored, "removed": removed})
    return redirect(found)


@access.requires(Level.BOARD)
@seeingthrough.offered
@require_safe
def upload_original(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    found = _find(partnership, upload, "original")
    if refusal := refusal_to_open(request, found):
        return refusal
    parts = originals.contents(found.original)
    return _attachment(StreamingHttpResponse(parts, content_type="application/octet-stream"), found.file_name)


@access.requires(Level.BOARD)
@seeingthrough.offered
@require_safe
def upload_errors(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    """The file with what is wrong with each row; with ?rows=wrong only the rows to mend."""
    found = _find(partnership, upload, "original")
    if refusal := refusal_to_open(request, found):
        return refusal
    only_wrong = request.GET.get("rows") == "wrong"
    try:
        rows = errorfile.rows(upload=found, scope=scope_for(partnership, request.user), only_wrong=only_wrong)
    except FileRefused as refused:
        messages.warning(request, "; ".join(problem.message for problem in refused.problems))
        return redirect(found)
    return _csv(rows, f"{PurePath(found.file_name).stem}-{_('errors')}.csv")


def _tells_withdrawal(upload: Upload, rights: access.Access) -> bool:
    """What withdrawing would do is for those who may do it; what it did for every member."""
    return upload.state == UploadState.WITHDRAWN or (upload.state == UploadState.PUBLISHED and rights.may_update)


def _withdrawal(upload: Upload, request: HttpRequest) -> Withdrawal | None:
    """Of a large file only when asked for, since it takes a second for each 100,000 figures."""
    is_small = upload.added + upload.changed <= MOST_FIGURES_UNASKED
    if _tells_withdrawal(upload, request.access) and (is_small or "withdrawal" in request.GET):
        return withdrawal(upload)
    return None


def _find(partnership: Partnership, upload: int, *related: str) -> Upload:
    people = ("uploaded_by", "published_by", "closed_by")
    return get_object_or_404(partnership.uploads.select_related(*people, "partnership", *related), pk=upload)


def _home(partnership: Partnership) -> tuple[str, str]:
    return partnership.short_name, partnership.get_absolute_url()


def _list(partnership: Partnership) -> tuple[str, str]:
    return _("Uploads"), reverse("uploads", args=[partnership.slug])


def _csv(rows: Iterable[Iterable[str]], file_name: str) -> HttpResponse:
    lines = chain([UTF8_MARK], csvlines.lines(rows))
    return _attachment(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), file_name)


def _attachment(response: HttpResponseBase, file_name: str) -> HttpResponseBase:
    """Whatever somebody uploaded is saved, never opened as a page of this site."""
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name)
    return response
