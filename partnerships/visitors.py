"""Where a visitor comes from, as far as that can be believed."""

from django.conf import settings
from django.http import HttpRequest


def network_address(request: HttpRequest) -> str:
    """The address that spoke to us; behind our proxy the one that spoke to it.

    A proxy adds that one at the end of X-Forwarded-For. What stands before it is the visitor's to invent.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")
