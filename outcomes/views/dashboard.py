"""The pages of figures of a strategy: the dashboard of an area, its figures as a file, and the matrix of all areas."""

from collections.abc import Sequence
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import knownon, reading, valuesfile
from indicators.territory import Territory, territory_of
from outcomes import measures
from outcomes.dashboard import dashboard as dashboard_of
from outcomes.matrix import LETTERS, Sorting
from outcomes.matrix import matrix as matrix_of
from outcomes.models import Strategy
from outcomes.views.choosing import DashboardForm, DayForm, StrategyForm
from partnerships import access
from partnerships.access import Level
from partnerships.models import Area, Partnership


@access.requires(Level.ANYONE)
@require_safe
def dashboard(request: HttpRequest, partnership: Partnership, area: str) -> HttpResponse:
    asked_for = request.GET.get("area", area)
    if asked_for != area:
        return _to_area(request, partnership, asked_for)
    territory = territory_of(partnership)
    place, strategies = _area(territory, area), list(partnership.strategies.all())
    strategy = _strategy(strategies, request)
    day = knownon.asked_for(request).day
    context = {
        "crumbs": [*_home(partnership), (_("Dashboard of %(area)s") % {"area": place.name}, "")],
        "form": DashboardForm(strategies, strategy, territory=territory, area=place, as_known_on=day),
        "area": place,
        "strategy": strategy,
    }
    if strategy:
        seen, is_member = _previous_visit(request), request.access.is_member
        context["dashboard"] = dashboard_of(
            strategy, place, territory, as_known_on=day, seen_since=seen, is_member=is_member
        )
    return render(request, "outcomes/dashboard.html", context)


@access.requires(Level.ANYONE)
@require_safe
def dashboard_values(request: HttpRequest, partnership: Partnership, area: str) -> HttpResponseBase:
    place = _area(territory_of(partnership), area)
    strategy = _strategy(list(partnership.strategies.all()), request)
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
@require_safe
def matrix(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    strategies = list(partnership.strategies.all())
    strategy = _strategy(strategies, request)
    sorting = Sorting(request.GET.get("sort", ""), is_down=request.GET.get("order") == "desc")
    day = knownon.asked_for(request).day
    context = {
        "crumbs": [*_home(partnership), (_("Matrix"), "")],
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


def _home(partnership: Partnership) -> list[tuple[str, str]]:
    return [(partnership.short_name, partnership.get_absolute_url())]


def _to_area(request: HttpRequest, partnership: Partnership, code: str) -> HttpResponse:
    """The form of a dashboard names the area in its query; the address of a dashboard names it in the path."""
    if not territory_of(partnership).find(code):
        raise Http404
    rest = {name: text for name, text in request.GET.items() if name != "area" and text}
    address = reverse("dashboard", args=[partnership.slug, code])
    return redirect(f"{address}?{urlencode(rest)}" if rest else address)


def _area(territory: Territory, code: str) -> Area:
    found = territory.find(code)
    if found is None:
        raise Http404
    return found


def _strategy(strategies: Sequence[Strategy], request: HttpRequest) -> Strategy | None:
    """The one that the address names, otherwise the first; None of none."""
    slug = request.GET.get("strategy")
    if not slug:
        return strategies[0] if strategies else None
    found = next((strategy for strategy in strategies if strategy.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _previous_visit(request: HttpRequest) -> datetime | None:
    """When the reader signed in the time before, as signing in keeps it."""
    text = request.session.get("previous_visit") if request.user.is_authenticated else None
    return datetime.fromisoformat(text) if text else None
