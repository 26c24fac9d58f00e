"""The page of the spine chart of an area."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import knownon, seeingthrough
from indicators.comparators import choices, sets_for
from indicators.knownon import KnownOn
from indicators.peergroups import PeerGroup, peer_groups
from indicators.territory import territory_of
from outcomes.spine import spine as spine_of
from outcomes.views.finding import area_of, comparator_of, home, strategy_of, to_area
from outcomes.views.measurechoices import SpineForm
from partnerships import access
from partnerships.access import Level
from partnerships.models import Area, Partnership


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def spine(request: HttpRequest, partnership: Partnership, area: str) -> HttpResponse:
    asked_for = request.GET.get("area", area)
    if asked_for != area:
        return to_area(request, partnership, "spine", asked_for)
    territory, strategies = territory_of(partnership), list(partnership.strategies.all())
    place, strategy = area_of(territory, area), strategy_of(strategies, request)
    known_on = knownon.asked_for(request)
    sets = sets_for(place, partnership, known_on=known_on.day)
    groups = peer_groups(place, territory, sets)
    chosen = {
        "beside": _beside(groups, request.GET.get("beside", "")),
        "comparator": comparator_of(request, place, territory, sets),
        "as_known_on": known_on.day,
    }
    offered = {"groups": groups, "comparators": choices(place, territory, sets)}
    context = {
        "crumbs": _crumbs(partnership, place, known_on),
        "form": SpineForm(strategies, strategy, territory=territory, area=place, **offered, **chosen),
        "area": place,
        "strategy": strategy,
    }
    if strategy:
        context["spine"] = spine_of(strategy, place, territory, **chosen, is_member=request.access.is_member)
    return render(request, "outcomes/spine.html", context)


def _crumbs(partnership: Partnership, area: Area, known_on: KnownOn) -> list[tuple[str, str]]:
    dashboard = reverse("dashboard", args=[partnership.slug, area.code], query=known_on.kept)
    title = _("Dashboard of %(area)s") % {"area": area.name}
    return [*home(partnership), (title, dashboard), (_("Spine chart"), "")]


def _beside(groups: Sequence[PeerGroup], code: str) -> PeerGroup | None:
    """The group that the address names, otherwise the first; an area that has no such group is shown beside its own."""
    return next((group for group in groups if group.code == code), groups[0] if groups else None)
