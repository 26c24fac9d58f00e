"""Whether somebody may see what is in an uploaded file, where rules hide figures of its indicators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from indicators import discretion
from indicators.models import Upload
from indicators.views.scope import used_by


def kept_from(request: HttpRequest, upload: Upload) -> frozenset[str]:
    """The codes of the indicators in the file whose figures this reader does not see. At most two queries."""
    if request.hidden.is_shown:
        return frozenset()
    found = discretion.ruled_in(upload, () if upload.report else list(used_by(upload.partnership)))
    if found:
        request.hidden.look.has_met_hidden = True
    return found


def is_own(request: HttpRequest, upload: Upload) -> bool:
    """Whoever brought a file knows what is in it."""
    return upload.uploaded_by_id == request.user.pk


def opens(request: HttpRequest, upload: Upload, kept: frozenset[str]) -> str:
    """How this reader opens the file: "freely", by a "step" that writes it down, or "never"."""
    if is_own(request, upload) or not (kept or request.hidden.is_shown):
        return "freely"
    return "step" if request.hidden.may_show else "never"


def refusal_to_open(request: HttpRequest, upload: Upload) -> HttpResponse | None:
    """The way back to the upload, with the reason, where this reader may not see the file itself."""
    if is_own(request, upload) or not kept_from(request, upload):
        return None
    sentence = _("A rule hides figures of this file. Only who brought it, and who may see hidden figures, may open it.")
    messages.warning(request, sentence)
    return redirect(upload)
