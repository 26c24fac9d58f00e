"""What is known of the figures that a partnership uses, for its officers to see which are due."""

from django.db.models import Max
from django.utils import timezone

from actions.workload import Series
from indicators.models import Indicator, Value
from outcomes.models import Measure
from partnerships.models import Partnership


def in_use(partnership: Partnership) -> list[Series]:
    """One row for each indicator that a standing measure of the partnership, or of the one it is part of, uses.

    What was published is looked for in the partnership's footprint. Two queries.
    """
    measures = Measure.objects.standing().filter(
        strategy__partnership__in=[partnership.pk, partnership.parent_id], indicator__isnull=False
    )
    indicators = Indicator.objects.standing().filter(pk__in=measures.values("indicator"))
    latest = {
        row["indicator"]: row
        for row in Value.objects.current()
        .filter(indicator__in=indicators, area__in=partnership.footprint.all())
        .order_by()
        .values("indicator")
        .annotate(period_end=Max("period_end"), published_at=Max("upload__published_at"))
    }
    return [_series(indicator, latest.get(indicator.pk, {})) for indicator in indicators]


def _series(indicator: Indicator, latest: dict) -> Series:
    published_at = latest.get("published_at")
    return Series(
        code=indicator.code,
        name=indicator.name,
        frequency=indicator.frequency,
        next_update_on=indicator.next_update_on,
        note=indicator.next_update_note,
        latest_period_end=latest.get("period_end"),
        published_on=timezone.localdate(published_at) if published_at else None,
    )
