"""A workbook to fill in, with the figures that a partnership lacks: the page that says which, and the file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from indicators import missing, reading, templatefile
from indicators.forms import TemplateForm
from indicators.missing import Gap, Place, Wanted
from indicators.models import Indicator
from indicators.templatefile import Lists
from indicators.territory import territory_of
from outcomes.models import Measure
from partnerships import access
from partnerships.access import Level
from partnerships.models import Area, Partnership

MOST_ROWS = 5000


@dataclass(frozen=True)
class Contents:
    """What a template holds: every gap, of which the first MOST_ROWS go into the file."""

    gaps: Sequence[Gap]
    lists: Lists

    @property
    def rows(self) -> Sequence[Gap]:
        return self.gaps[:MOST_ROWS]

    @property
    def left_out(self) -> int:
        return max(0, len(self.gaps) - MOST_ROWS)

    @cached_property
    def by_indicator(self) -> list[tuple[Wanted, dict[str, int]]]:
        """Each indicator that lacks something, with how many rows it has for each reason."""
        counts = Counter((gap.indicator, gap.reason) for gap in self.gaps)
        found = dict.fromkeys(gap.indicator for gap in self.gaps)
        return [(one, {reason: counts[one, reason] for reason in missing.REASONS}) for one in found]


@access.requires(Level.OFFICER)
@require_safe
def upload_template(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    measures = _measures(partnership)
    form = TemplateForm(request.GET, measures=measures)
    uploads = reverse("uploads", args=[partnership.slug]), reverse("upload-new", args=[partnership.slug])
    context = {
        "crumbs": [
            (partnership.short_name, partnership.get_absolute_url()),
            (_("Uploads"), uploads[0]),
            (_("New upload"), uploads[1]),
            (_("What is missing"), ""),
        ],
        "form": form,
        "contents": _contents(partnership, measures, form) if form.is_valid() else None,
        "most_rows": MOST_ROWS,
    }
    return render(request, "indicators/upload_template.html", context, status=200 if form.is_valid() else 400)


@access.requires(Level.OFFICER)
@require_safe
def upload_template_file(request: HttpRequest, partnership: Partnership) -> HttpResponseBase:
    measures = _measures(partnership)
    form = TemplateForm(request.GET, measures=measures)
    if not form.is_valid():
        return redirect(reverse("upload-template", args=[partnership.slug], query=request.GET))
    contents = _contents(partnership, measures, form)
    name = f"{partnership.slug}-{_('missing')}-{timezone.localdate().isoformat()}.xlsx"
    return HttpResponse(
        templatefile.workbook(contents.rows, contents.lists, partnership=partnership.name, left_out=contents.left_out),
        content_type=templatefile.CONTENT_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _measures(partnership: Partnership) -> list[Measure]:
    """The standing measures whose figures the partnership may upload, with indicators and strategies. One query."""
    measures = Measure.objects.standing().of_partnership(partnership).filter(indicator__retired_at__isnull=True)
    return list(
        measures.filter(indicator__isnull=False)
        .select_related("indicator", "strategy")
        .order_by("strategy__position", "strategy__title", "position")
    )


def _contents(partnership: Partnership, measures: Sequence[Measure], form: TemplateForm) -> Contents:
    """Three queries."""
    chosen = form.chosen_of(measures)
    territory = territory_of(partnership)
    areas = [area for area in territory.footprint if area.ends_on is None]
    others = {*territory.comparators, *filter(None, (area.nation() for area in areas))} - set(areas)
    figures = reading.read(chosen, {*areas, *others}, breakdowns={""})
    found = missing.gaps(
        [_wanted(one) for one in chosen],
        [_place(area) for area in areas],
        {(indicator, area): series for (indicator, area, _everyone), series in figures.series.items()},
        today=timezone.localdate(),
        others=[_place(area) for area in others],
        period=form.cleaned_data["period"],
    )
    wanted = form.cleaned_data["rows"]
    lists = Lists([_wanted(one) for one in chosen], [_place(area) for area in areas])
    return Contents([gap for gap in found if wanted in ("", gap.reason)], lists)


def _wanted(indicator: Indicator) -> Wanted:
    return Wanted(indicator.code, indicator.name, indicator.year_type)


def _place(area: Area) -> Place:
    return Place(area.code, area.name)
