"""The pages of measures in many areas at once: the map of one, and two set against each other."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import knownon, seeingthrough
from indicators.comparators import sets_for
from indicators.knownon import KnownOn
from indicators.peergroups import peer_groups
from indicators.territory import territory_of
from outcomes import measures
from outcomes.atlas import atlas
from outcomes.measures import MeasureGroup
from outcomes.models import Measure
from outcomes.scatter import scatter as scatter_of
from outcomes.tiles import Shading
from outcomes.views.finding import home, strategy_of
from outcomes.views.measurechoices import MapForm, ScatterForm
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def map_of_areas(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    strategies, known_on = list(partnership.strategies.all()), knownon.asked_for(request)
    strategy = strategy_of(strategies, request)
    groups = measures.groups_of(strategy) if strategy else ()
    measure = _named(request.GET.get("measure", ""), _shown(groups))
    shading = request.GET.get("shading", "")
    context = {
        "crumbs": _crumbs(partnership, known_on, _("Map")),
        "strategy": strategy,
        "unknown": _unknown(request, groups, "measure"),
    }
    if measure:
        context["atlas"] = found = atlas(
            measure,
            territory_of(partnership),
            shading=shading if shading in Shading else "",
            as_known_on=known_on.day,
            is_member=request.access.is_member,
        )
        shading = found.shading
    context["form"] = MapForm(
        strategies, strategy, groups=groups, measure=measure, shading=shading, as_known_on=known_on.day
    )
    return render(request, "outcomes/map.html", context)


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def scatter(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    strategies, known_on = list(partnership.strategies.all()), knownon.asked_for(request)
    strategy = strategy_of(strategies, request)
    groups = measures.groups_of(strategy) if strategy else ()
    shown = _shown(groups)
    x = _named(request.GET.get("x", ""), shown)
    y = _named(request.GET.get("y", ""), [one for one in shown if one != x] or shown)
    context = {
        "crumbs": _crumbs(partnership, known_on, _("Two measures")),
        "form": ScatterForm(strategies, strategy, groups=groups, x=x, y=y, as_known_on=known_on.day),
        "strategy": strategy,
        "unknown": _unknown(request, groups, "x", "y"),
    }
    if x and y:
        territory = territory_of(partnership)
        main = territory.footprint[0]
        sets = sets_for(main, partnership, known_on=known_on.day)
        beside = next(iter(peer_groups(main, territory, sets)), None)
        context["scatter"] = scatter_of(
            x, y, territory, beside, as_known_on=known_on.day, is_member=request.access.is_member
        )
    return render(request, "outcomes/scatter.html", context)


def _shown(groups: Sequence[MeasureGroup]) -> list[Measure]:
    """Those with an indicator, counts last: they follow the size of an area, so that little can be seen of them."""
    found = [one.measure for group in groups for one in group.measures if one.measure.indicator]
    return sorted(found, key=lambda measure: measure.indicator.value_type == "count")


def _named(code: str, offered: Sequence[Measure]) -> Measure | None:
    """The measure of that code, otherwise the first: another strategy may have been chosen together with a measure."""
    return next((one for one in offered if one.code == code), offered[0] if offered else None)


def _unknown(request: HttpRequest, groups: Sequence[MeasureGroup], *names: str) -> str:
    """The first code of a measure in the address that is none of the strategy's, so that the page can say so."""
    known = {measure.code for measure in _shown(groups)}
    asked = (request.GET.get(name, "") for name in names)
    return next((code[:60] for code in asked if code and code not in known), "")


def _crumbs(partnership: Partnership, known_on: KnownOn, title: str) -> list[tuple[str, str]]:
    matrix = reverse("matrix", args=[partnership.slug], query=known_on.kept)
    return [*home(partnership), (_("Matrix"), matrix), (title, "")]
