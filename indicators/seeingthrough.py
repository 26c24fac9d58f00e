"""Pages and files that may be looked at with their hidden figures (?hidden=show) by members who may.

Each look is written down before it happens, so it begins with a POST (indicators/views/hidden.py), which leaves a
permission for this one address in the session, for a short while. Everybody else who asks for ?hidden=show gets the
page as everyone sees it. Seen through is what is about the areas of the partnership, not what it compares with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from indicators import seeing
from indicators.seeing import Look
from partnerships import access
from partnerships.models import Partnership

PARAMETER, SHOW = "hidden", "show"
PERMITTED = "hidden_figures"
FOR_SO_LONG = timedelta(minutes=10)
# The file that a page of the same arguments leads to.
FILES = {"dashboard": "dashboard-values", "indicator": "indicator-values"}


@dataclass(frozen=True)
class HiddenFigures:
    """Of one page: whether they are shown, whether this reader may ask for it, and by which addresses."""

    look: Look
    is_shown: bool
    may_show: bool
    address: str
    file: str
    without: str

    @property
    def are_met(self) -> bool:
        return self.look.has_met_hidden


def offered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorates a page or file of a partnership, below `access.requires`; leaves HiddenFigures with the request."""

    @wraps(view)
    def looked_at(request: HttpRequest, partnership: Partnership, **kwargs) -> HttpResponse:
        may_show = access.sees_hidden(request.access, partnership)
        is_shown = may_show and _is_permitted(request)
        through = frozenset(partnership.footprint.values_list("pk", flat=True)) if is_shown else frozenset()
        with seeing.looking(through) as look:
            request.hidden = _hidden_figures(request, look, is_shown=is_shown, may_show=may_show)
            return view(request, partnership, **kwargs)

    looked_at.offers_hidden = True
    return looked_at


def permit(request: HttpRequest, address: str) -> None:
    """Lets whoever signed in look at this address for a short while."""
    until = (timezone.now() + FOR_SO_LONG).isoformat()
    request.session[PERMITTED] = {**_standing(request), address: until}


def offered_at(address: str, partnership: Partnership) -> str:
    """The address of a page or file of the partnership that offers a look, as the look is kept; empty of any other."""
    path, _mark, query = address.partition("?")
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    is_ours = found.kwargs.get("partnership") == partnership.slug and hasattr(found.func, "offers_hidden")
    return _asking(path, QueryDict(query)) if is_ours else ""


def _hidden_figures(request: HttpRequest, look: Look, *, is_shown: bool, may_show: bool) -> HiddenFigures:
    match = request.resolver_match
    file = FILES.get(match.url_name)
    rest = _without(request.GET)
    return HiddenFigures(
        look=look,
        is_shown=is_shown,
        may_show=may_show,
        address=_asking(request.path, request.GET),
        file=_asking(reverse(file, kwargs=match.kwargs), request.GET) if file else "",
        without=f"{request.path}?{rest.urlencode()}" if rest else request.path,
    )


def _asking(path: str, query: QueryDict) -> str:
    asked = _without(query)
    asked[PARAMETER] = SHOW
    return f"{path}?{asked.urlencode()}"


def _without(query: QueryDict) -> QueryDict:
    rest = query.copy()
    rest.pop(PARAMETER, None)
    return rest


def _is_permitted(request: HttpRequest) -> bool:
    return request.GET.get(PARAMETER) == SHOW and _asking(request.path, request.GET) in _standing(request)


def _standing(request: HttpRequest) -> dict[str, str]:
    """The permissions that have not run out, by address."""
    now, permitted = timezone.now(), request.session.get(PERMITTED, {})
    return {address: until for address, until in permitted.items() if datetime.fromisoformat(until) > now}
