from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership
from partnerships.views import overview


@access.open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The partnerships that the visitor may know of, their own first."""
    partnerships = list(overview.with_plans(access.visible_partnerships(request.user)))
    context = {
        "own": overview.own_partnerships(request.user, partnerships),
        "groups": overview.grouped(partnerships),
    }
    return render(request, "partnerships/home.html", context)


@access.requires(Level.ANYONE)
@require_safe
def partnership_home(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    visible = access.visible_partnerships(request.user)
    context = {
        "crumbs": [(_("Partnerships"), reverse("home")), (partnership.short_name, "")],
        "strategies": overview.strategies_of(partnership),
        "others": overview.other_areas_of(partnership),
        "parent": visible.filter(pk=partnership.parent_id).first() if partnership.parent_id else None,
        "parts": visible.filter(parent=partnership),
        "changes": overview.changes(partnership, to_members=request.access.is_member),
    }
    return render(request, "partnerships/partnership.html", context)


@access.open_to_all
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, for whatever watches the site."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
