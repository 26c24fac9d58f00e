"""What an address of an indicator names: the measures that show it and an area; and the way to such a page."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.knownon import KnownOn
from indicators.territory import Territory
from outcomes.models import Measure
from partnerships.models import Area, Partnership


def measures_of(partnership: Partnership, code: str) -> list[Measure]:
    """The partnership's measures that show the indicator, with it, their strategies and targets. 404 where none do."""
    standing_element = Q(element__isnull=True) | Q(element__retired_at__isnull=True)
    measures = (
        Measure.objects.standing()
        .filter(standing_element, strategy__partnership=partnership, indicator__code=code)
        .select_related("indicator", "strategy")
        .prefetch_related("targets")
        .order_by("strategy__position", "strategy__title", "position")
    )
    if not measures:
        raise Http404
    return list(measures)


def area_of(territory: Territory, code: str) -> Area:
    found = territory.find(code)
    if found is None:
        raise Http404
    return found


def crumbs_to(
    area: Area, partnership: Partnership, known_on: KnownOn, *pages: tuple[str, str]
) -> list[tuple[str, str]]:
    """The way to a page of an indicator: the partnership, the dashboard of the area, and then `pages`."""
    dashboard = _("Dashboard of %(area)s") % {"area": area.name}
    return [
        (partnership.short_name, partnership.get_absolute_url()),
        (dashboard, reverse("dashboard", args=[partnership.slug, area.code], query=known_on.kept)),
        *pages,
    ]
