"""What an address of an indicator names: the measures that show it and an area; and the way to such a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from indicators import comparators
from indicators.comparators import Comparator
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


def comparator_of(key: str, area: Area, territory: Territory, sets: Sequence[Comparator]) -> Comparator | None:
    """What the address asks to compare with; the nation where it asks for nothing, or for what this area has not.

    The form of the page chooses area and comparator at once, so the comparator may be that of the area before.
    """
    return comparators.find(key, area, territory, sets) or comparators.find("", area, territory, sets)


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


@dataclass(frozen=True)
class Links:
    """The addresses that the page of an indicator leads to: itself for other areas and groups, and its histories.

    `asked` is what its own address asks for, the day left out; `kept` is the day, which every link keeps.
    """

    partnership: Partnership
    indicator: str
    area: str
    territory: Territory
    asked: Mapping[str, str]
    kept: Mapping[str, str]

    def here(self, **changes: str) -> str:
        """With something else asked for. What an area is compared with stays behind with it."""
        left = ("comparator",) if "area" in changes else ()
        asked = {name: text for name, text in self.asked.items() if name not in left}
        return f"?{_query({**asked, **self.kept, **changes})}"

    def has_page(self, area: Area) -> bool:
        return self.territory.find(area.code) is not None

    def history(self, days: str) -> str:
        """Of the figure of a period."""
        breakdown = self.asked.get("breakdown", "")
        return f"{self._histories}?{_query({**self.kept, 'area': self.area, 'period': days, 'breakdown': breakdown})}"

    @cached_property
    def _histories(self) -> str:
        return reverse("history", args=[self.partnership.slug, self.indicator])


def _query(asked: Mapping[str, str]) -> str:
    return urlencode({name: text for name, text in asked.items() if text})
