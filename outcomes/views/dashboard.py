"""The pages of figures of a strategy: the dashboard of an area, its figures as a file, and the matrix of all areas."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import knownon, reading, seeingthrough, valuesfile
from indicators.comparators import choices, sets_for
from indicators.territory import territory_of
from outcomes import measures
from outcomes.dashboard import dashboard as dashboard_of
from outcomes.matrix import LETTERS, Sorting
from outcomes.matrix import matrix as matrix_of
from outcomes.views.choosing import DashboardForm, DayForm, StrategyForm
from outcomes.views.finding import area_of, comparator_of, home, strategy_of, to_area
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def dashboard(request: HttpRequest, partnership: Partnership, area: str) -> HttpResponse:
    asked_for = request.GET.get("area", area)
    if asked_for != area:
        return to_area(request, partnership, "dashboard", asked_for)
    territory = territory_of(partnership)
    place, strategies = area_of(territory, area), list(partnership.strategies.all())
    strategy = strategy_of(strategies, request)
    day = knownon.asked_for(request).day
    sets = sets_for(place, partnership, known_on=day)
    comparator = comparator_of(request, place, territory, sets)
    context = {
        "crumbs": [*home(partnership), (_("Dashboard of %(area)s") % {"area": place.name}, "")],
        "form": DashboardForm(
            strategies,
            strategy,
            territory=territory,
            area=place,
            comparators=choices(place, territory, sets),
            comparator=comparator,
            as_known_on=day,
        ),
        "area": place,
        "strategy": strategy,
    }
    if strategy:
        seen, is_member = _previous_visit(request), request.access.is_member
        context["dashboard"] = dashboard_of(
            strategy,
            place,
            territory,
            comparator=comparator,
            as_known_on=day,
            seen_since=seen,
            is_member=is_member,
        )
    return render(request, "outcomes/dashboard.html", context)


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def dashboard_values(request: HttpRequest, partnership: Partnership, area: str) -> HttpResponseBase:
    place = area_of(territory_of(partnership), area)
    strategy = strategy_of(list(partnership.strategies.all()), request)
    known_on = knownon.asked_for(request)
    if known_on.mistake:
        return redirect(reverse("dashboard", args=[partnership.slug, area], query=request.GET))
    shown = [one.measure for one in measures.with_aims(strategy) if one.measure.indicator] if strategy else []
    breakdowns = {measure.breakdown for measure in shown}
    figures = reading.read(
        {measure.indicator for measure in shown}, [place], breakdowns=breakdowns, known_on=known_on.day
    )
    name = f"{partnership.slug}-{area}-values{known_on.file_suffix}.csv"
    wanted = dict.fromkeys((measure.indicator, measure.breakdown) for measure in shown)
    return StreamingHttpResponse(
        valuesfile.lines([figures.of(indicator, place, breakdown) for indicator, breakdown in wanted]),
        content_type=valuesfile.CONTENT_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def matrix(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    strategies = list(partnership.strategies.all())
    strategy = strategy_of(strategies, request)
    sorting = Sorting(request.GET.get("sort", ""), is_down=request.GET.get("order") == "desc")
    day = knownon.asked_for(request).day
    context = {
        "crumbs": [*home(partnership), (_("Matrix"), "")],
        "form": StrategyForm(strategies, strategy, as_known_on=day) if len(strategies) > 1 else DayForm(day),
        "strategy": strategy,
        "letters": LETTERS.items(),
    }
    if strategy:
        territory = territory_of(partnership)
        context["matrix"] = matrix_of(
            strategy, territory, sorting=sorting, as_known_on=day, is_member=request.access.is_member
        )
    return render(request, "outcomes/matrix.html", context)


def _previous_visit(request: HttpRequest) -> datetime | None:
    """When the reader signed in the time before, as signing in keeps it."""
    text = request.session.get("previous_visit") if request.user.is_authenticated else None
    return datetime.fromisoformat(text) if text else None
