"""Figures brought back as readers were given them: one that reads "suppressed", or was rounded, changes nothing.

A download of the app uploads again with everything unchanged. What it lacks is not to take the place of what stands.
"""

from collections.abc import Iterator

from indicators import staging
from indicators.disclosure import SUPPRESSED, shown
from indicators.models import Indicator, Outcome, Upload
from indicators.periods import Period
from indicators.reading import rule
from indicators.series import Point

SPREADSHEET_PRECISION = 1e-9


def spare(upload: Upload) -> None:
    """Of the staged figures that would change what stands, leaves those alone that say what readers see."""
    staging.spare_hidden(upload, SUPPRESSED)
    ruled = {one.pk: one for one in Indicator.objects.filter(round_to__isnull=False)}
    if ruled:
        staging.spare(upload, list(_rounded(upload, ruled)))


def _rounded(upload: Upload, ruled: dict[int, Indicator]) -> Iterator[int]:
    changed = upload.staged.filter(indicator__in=ruled, outcome__in=[Outcome.CHANGED, Outcome.BARRED])
    for one in changed.select_related("standing").iterator():
        seen = shown(_point(one.standing), rule(ruled[one.indicator_id]))
        if _say_the_same(_point(one), seen):
            yield one.place


def _point(one) -> Point:
    period = Period(one.period_start, one.period_end, one.period_label)
    counts = {"numerator": one.numerator, "denominator": one.denominator}
    return Point(period, one.value, one.marker, one.flags, note=one.note, **counts)


def _say_the_same(brought: Point, seen: Point) -> bool:
    numbers = ("value", "numerator", "denominator")
    return (brought.marker, brought.flags, brought.note) == (seen.marker, seen.flags, seen.note) and all(
        _same(getattr(brought, name), getattr(seen, name)) for name in numbers
    )


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SPREADSHEET_PRECISION * max(1, abs(other))
