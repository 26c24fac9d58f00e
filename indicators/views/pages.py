"""The pages of indicators: the catalogue, a definition, one indicator in depth, its figures as a file."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import disclosure, knownon, reading, seeingthrough, sources, valuesfile
from indicators.comparators import Comparator, choices, sets_for
from indicators.models import Indicator, Upload
from indicators.profile import Profile, Question, profile
from indicators.territory import Territory, territory_of
from indicators.views.choosing import SearchForm, SeriesForm
from indicators.views.finding import Links, area_of, comparator_of, crumbs_to, measures_of
from outcomes.measures import aim_of
from outcomes.models import Measure
from partnerships import access
from partnerships.access import Level
from partnerships.models import Area, Partnership

SEARCHED = ("name", "name_cy", "short_name", "code", "topic", "definition", "publisher")


@access.open_to_all
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    standing_indicators = list(Indicator.objects.standing())
    topics = sorted({indicator.topic for indicator in standing_indicators})
    form = SearchForm(request.GET, topics=topics)
    words, topic = form.chosen()
    found = [one for one in standing_indicators if topic in ("", one.topic) and _has_words(one, words)]
    context = {
        "crumbs": [(_("Indicators"), "")],
        "form": form,
        "found": found,
        "total": len(standing_indicators),
        "is_narrowed": bool(words or topic),
    }
    return render(request, "indicators/catalogue.html", context)


@access.open_to_all
@require_safe
def indicator_definition(request: HttpRequest, indicator: str) -> HttpResponse:
    found = get_object_or_404(Indicator, code=indicator)
    measures = Measure.objects.standing().filter(indicator=found)
    users = access.visible_partnerships(request.user).filter(pk__in=measures.values("strategy__partnership"))
    context = {
        "crumbs": [(_("Indicators"), reverse("catalogue")), (found.name, "")],
        "indicator": found,
        "breaks": found.breaks.all(),
        "rule": disclosure.in_words(reading.rule(found)),
        "partnerships": users,
    }
    return render(request, "indicators/definition.html", context)


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def indicator(request: HttpRequest, partnership: Partnership, indicator: str) -> HttpResponse:
    measures, territory = measures_of(partnership, indicator), territory_of(partnership)
    area = area_of(territory, request.GET.get("area") or partnership.area.code)
    day = knownon.asked_for(request).day
    sets = sets_for(area, partnership, known_on=day)
    asked = Question(
        measures[0].indicator,
        area,
        partnership,
        territory,
        breakdown=request.GET.get("breakdown", "").replace("\0", ""),
        comparator=comparator_of(request.GET.get("comparator", ""), area, territory, sets),
        as_known_on=day,
    )
    measure = _chosen(measures, asked.breakdown, request.GET.get("strategy", "")) if _is_ours(area, territory) else None
    shown = profile(asked, aim=aim_of(measure) if measure else None, today=day or timezone.localdate())
    context = {
        "crumbs": crumbs_to(area, partnership, request.known_on, (asked.indicator.name, "")),
        "form": _series_form(shown, asked, sets),
        "indicator": asked.indicator,
        "rule": disclosure.in_words(reading.rule(asked.indicator)),
        "profile": shown,
        "measure": measure,
        "measures": measures,
        "sources": _sources(shown, partnership, request.access),
        "uploads": _uploads(shown, partnership) if request.access.is_member else None,
        "links": _links(request, partnership, asked),
    }
    return render(request, "indicators/indicator.html", context)


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def indicator_values(request: HttpRequest, partnership: Partnership, indicator: str) -> HttpResponseBase:
    found = measures_of(partnership, indicator)[0].indicator
    known_on = knownon.asked_for(request)
    if known_on.mistake:
        return redirect(reverse("indicator", args=[partnership.slug, indicator], query=request.GET))
    territory = territory_of(partnership)
    figures = reading.read([found], territory.areas, known_on=known_on.day)
    order = {area.code: place for place, area in enumerate(territory.areas)}
    series = sorted(figures.series.values(), key=lambda one: (order[one.area], one.breakdown))
    name = f"{partnership.slug}-{found.code}-values{known_on.file_suffix}.csv"
    return StreamingHttpResponse(
        valuesfile.lines(series),
        content_type=valuesfile.CONTENT_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _has_words(indicator: Indicator, words: str) -> bool:
    text = " ".join(getattr(indicator, name) for name in SEARCHED).casefold()
    return all(word in text for word in words.casefold().split())


def _chosen(measures: Sequence[Measure], breakdown: str, strategy: str) -> Measure | None:
    """The measure whose targets are drawn: of the strategy asked for, otherwise the first with targets."""
    same_group = [measure for measure in measures if measure.breakdown == breakdown]
    asked_for = [measure for measure in same_group if measure.strategy.slug == strategy]
    return next((one for one in asked_for or same_group if one.targets.all()), None)


def _is_ours(area: Area, territory: Territory) -> bool:
    """Targets hold for the areas of the partnership, not for those that it compares with."""
    return area in territory.footprint


def _series_form(shown: Profile, asked: Question, sets: Sequence[Comparator]) -> SeriesForm:
    return SeriesForm(
        territory=asked.territory,
        area=asked.area.code,
        breakdown=asked.breakdown,
        breakdowns=shown.breakdowns,
        comparator=asked.comparator,
        comparators=choices(asked.area, asked.territory, sets),
        as_known_on=asked.as_known_on,
    )


def _links(request: HttpRequest, partnership: Partnership, asked: Question) -> Links:
    query = {name: text for name, text in request.GET.items() if name != knownon.PARAMETER}
    kept = request.known_on.kept.dict()
    return Links(partnership, asked.indicator.code, asked.area.code, asked.territory, query, kept)


def _sources(shown: Profile, partnership: Partnership, rights: access.Access) -> tuple[sources.SourceLine, ...]:
    return sources.lines([shown.indicator], shown.figures, partnership, originals_open=rights.is_member)


def _uploads(shown: Profile, partnership: Partnership) -> list[Upload]:
    """The partnership's own uploads that the figures of the page came with, with who brought them. One query."""
    found = {point.source.upload for series in shown.figures.series.values() for point in series.points if point.source}
    uploads = partnership.uploads.filter(pk__in=found).select_related("uploaded_by", "published_by")
    return list(uploads.defer("report"))
