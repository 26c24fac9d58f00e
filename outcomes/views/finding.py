"""What an address names: a strategy, an area, a measure; and the way to a page."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from indicators import comparators
from indicators.comparators import Comparator
from indicators.territory import Territory, territory_of
from outcomes.models import Strategy
from partnerships.models import Area, Partnership


def home(partnership: Partnership) -> list[tuple[str, str]]:
    """The first crumb of every page of a partnership."""
    return [(partnership.short_name, partnership.get_absolute_url())]


def area_of(territory: Territory, code: str) -> Area:
    found = territory.find(code)
    if found is None:
        raise Http404
    return found


def strategy_of(strategies: Sequence[Strategy], request: HttpRequest) -> Strategy | None:
    """The one that the address names, otherwise the first; None of none."""
    slug = request.GET.get("strategy")
    if not slug:
        return strategies[0] if strategies else None
    found = next((strategy for strategy in strategies if strategy.slug == slug), None)
    if found is None:
        raise Http404
    return found


def comparator_of(
    request: HttpRequest, area: Area, territory: Territory, sets: Sequence[Comparator]
) -> Comparator | None:
    """What the address asks to compare with, otherwise the nation; None for a nation itself."""
    key = request.GET.get("comparator", "")
    found = comparators.find(key, area, territory, sets)
    if key and found is None:
        raise Http404
    return found


def to_area(request: HttpRequest, partnership: Partnership, page: str, code: str) -> HttpResponse:
    """A form names the area in its query; the address of a page names it in the path.

    A comparator belongs to an area, so it stays behind.
    """
    if not territory_of(partnership).find(code):
        raise Http404
    rest = {name: text for name, text in request.GET.items() if name not in ("area", "comparator") and text}
    address = reverse(page, args=[partnership.slug, code])
    return redirect(f"{address}?{urlencode(rest)}" if rest else address)
