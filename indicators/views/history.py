"""The page of one fact: all the versions that were ever published of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import knownon, periods, seeingthrough
from indicators.history import Reader
from indicators.history import history as history_of
from indicators.models import Indicator
from indicators.periods import Period, PeriodError
from indicators.territory import territory_of
from indicators.views.finding import area_of, crumbs_to, measures_of
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def history(request: HttpRequest, partnership: Partnership, indicator: str) -> HttpResponse:
    found = measures_of(partnership, indicator)[0].indicator
    area = area_of(territory_of(partnership), request.GET.get("area") or partnership.area.code)
    # No breakdown holds a NUL, and PostgreSQL takes none.
    breakdown = request.GET.get("breakdown", "").replace("\0", "")
    known_on = knownon.asked_for(request)
    period, mistake = _period(request.GET.get("period", ""), found)
    shown = history_of(
        found,
        area,
        breakdown=breakdown,
        period=period,
        reader=Reader(partnership, request.access.is_member),
        as_known_on=known_on.day,
    )
    asked = {"area": area.code, "breakdown": breakdown, **known_on.kept.dict()}
    asked = {name: text for name, text in asked.items() if text}
    page = reverse("indicator", args=[partnership.slug, found.code], query=asked)
    context = {
        "crumbs": crumbs_to(area, partnership, known_on, (found.name, page), (_("History of a figure"), "")),
        "indicator": found,
        "area": area,
        "breakdown": breakdown,
        "history": shown,
        "mistake": mistake,
        "indicator_page": page,
    }
    return render(request, "indicators/history.html", context)


def _period(text: str, indicator: Indicator) -> tuple[Period | None, str]:
    """The period as typed in the address, and otherwise a sentence about what is wrong with it; neither of no text."""
    if not text.strip():
        return None, ""
    try:
        return periods.read(text, year_type=indicator.year_type), ""
    except PeriodError as error:
        words = {"typed": text[:40], "why": str(error)}
        return None, _("The period “%(typed)s” cannot be read: %(why)s. The page shows the latest.") % words
