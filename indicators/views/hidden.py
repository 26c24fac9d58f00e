"""Looking at hidden figures: the step that writes it down, and what was written down."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indicators import seeingthrough, viewings
from indicators.forms import SeesSuppressedForm
from partnerships import access, members
from partnerships.access import Level
from partnerships.models import Partnership

VIEWINGS_ON_A_PAGE = 50


@access.requires(Level.BOARD)
@require_POST
def hidden_show(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Writes down who is going to look at what, and leads there."""
    address = seeingthrough.offered_at(request.POST.get("address", ""), partnership)
    if not address:
        raise BadRequest
    if not access.sees_hidden(request.access, partnership):
        raise PermissionDenied
    viewings.record(partnership=partnership, by=request.user, address=address)
    seeingthrough.permit(request, address)
    return redirect(address)


@access.requires(Level.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def hidden_log(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Who may look at hidden figures, and who did."""
    form = SeesSuppressedForm(request.POST or None, initial={"sees_suppressed": partnership.sees_suppressed})
    if form.is_valid():
        members.set_sees_suppressed(partnership=partnership, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("hidden-log", partnership.slug)
    found = partnership.suppressed_views.select_related("user")
    context = {
        "crumbs": [
            (partnership.short_name, partnership.get_absolute_url()),
            (_("Members"), reverse("members", args=[partnership.slug])),
            (_("Hidden figures"), ""),
        ],
        "form": form,
        "page": Paginator(found, VIEWINGS_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "indicators/hidden_log.html", context)
