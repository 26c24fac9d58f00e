from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: the visitor signed in or out elsewhere, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)


def own_page_not_found(get_response: Callable) -> Callable:
    """Middleware for development: our page instead of Django's, which would list every address of the site."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        return page_not_found(request, Http404()) if response.status_code == 404 else response

    return answer
