from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """What every page needs to know of the site itself."""
    return {"debug_site": settings.DEBUG}
