from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: the visitor signed in or out elsewhere, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)
