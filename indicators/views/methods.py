"""The page that says what the words on all others mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import methods
from partnerships import access


@access.open_to_all
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    context = {"crumbs": [(_("What the words mean"), "")], "groups": methods.groups()}
    return render(request, "indicators/method.html", context)
