"""The page on which somebody says how a file is to be read that nothing recognises, or that is read wrongly."""

from pathlib import PurePath

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from indicators import originals, savedlayouts, seeingthrough, uploads, workbench
from indicators.examination import FileRefused, open_book
from indicators.mappingforms import MappingForm, SheetForm
from indicators.models import Upload, UploadState
from indicators.tables import TableError
from indicators.trial import Trial
from indicators.uploads import HowRead
from indicators.views.reading import start_check
from indicators.views.scope import scope_for
from indicators.views.secrecy import refusal_to_open
from indicators.workbench import Workbench
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership


@access.requires(Level.OFFICER)
@seeingthrough.offered
@require_http_methods(["GET", "POST"])
def upload_mapping(request: HttpRequest, partnership: Partnership, upload: int) -> HttpResponse:
    found = get_object_or_404(partnership.uploads.select_related("partnership", "original", "layout"), pk=upload)
    if refusal := _refusal(found):
        messages.warning(request, refusal)
        return redirect(found)
    if closed := refusal_to_open(request, found):
        return closed
    try:
        with originals.opened(found.original) as file:
            return _answer(
                request, found, workbench.prepared(open_book(file, found.file_name), **_wanted(request, found))
            )
    except (FileRefused, TableError) as refused:
        messages.warning(request, "; ".join(problem.message for problem in refused.problems))
        return redirect(found)


def _refusal(upload: Upload) -> str:
    if upload.state not in (UploadState.RECEIVED, UploadState.CHECKED):
        return _("This file is no longer waiting, so how it is read cannot be changed.")
    if upload.runs.open().exists():
        return _("This file is being worked on. Wait until that is over, or cancel it.")
    return ""


def _wanted(request: HttpRequest, upload: Upload) -> dict:
    """Where to begin: as the file is read now, unless another sheet or header is asked for."""
    scope = scope_for(upload.partnership, request.user)
    sheet, header, rows, of = (request.GET.get(name, "") for name in ("sheet", "header", "rows", "of"))
    if of and sheet != of:
        header = rows = ""
    is_asked = bool(header) or sheet not in ("", upload.sheet)
    return {
        "scope": scope,
        "indicators": savedlayouts.indicator_names(scope),
        "plan": None if is_asked else upload.plan,
        "sheet": sheet or upload.sheet,
        "header": _number(header),
        "header_rows": _number(rows),
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _answer(request: HttpRequest, upload: Upload, bench: Workbench) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    bench.find_words(bench.initial if typed is None else typed.dict())
    title = upload.layout.title if upload.layout else upload.source or PurePath(upload.file_name).stem
    form = MappingForm(typed, bench=bench, title=title)
    trial = _tried(form, bench) if typed is not None else None
    if trial and "read" in typed and form.is_valid():
        return _read_as(request, upload, form, bench)
    return _page(request, upload, form, bench, trial)


def _tried(form: MappingForm, bench: Workbench) -> Trial | None:
    if not form.is_valid():
        return None
    trial = bench.attempt(form.made)
    for sentence in trial.problems:
        form.add_error(None, sentence)
    return None if trial.problems else trial


def _read_as(request: HttpRequest, upload: Upload, form: MappingForm, bench: Workbench) -> HttpResponse:
    partnership, scope = upload.partnership, bench.scope
    layout, data = None, form.made
    try:
        with transaction.atomic():
            if form.cleaned_data["keep"]:
                title = form.cleaned_data["title"]
                layout = savedlayouts.keep(
                    partnership=partnership, title=title, data=data, by=request.user, layout=upload.layout
                )
                data = layout.data
            found = uploads.read_as(upload=upload, how=HowRead(data, bench.look.sheet, layout))
        start_check(found, scope, request.user)
    except uploads.Refused as refused:
        messages.warning(request, str(refused))
    return redirect(upload)


def _page(
    request: HttpRequest, upload: Upload, form: MappingForm, bench: Workbench, trial: Trial | None
) -> HttpResponse:
    partnership = upload.partnership
    crumbs = [
        (partnership.short_name, partnership.get_absolute_url()),
        (_("Uploads"), reverse("uploads", args=[partnership.slug])),
        (upload.file_name, upload.get_absolute_url()),
        (_("How it is read"), ""),
    ]
    context = {"crumbs": crumbs, "upload": upload, "form": form, "look": bench.look, "trial": trial}
    return render(request, "indicators/mapping.html", context | {"sheet_form": SheetForm(bench.look)})
