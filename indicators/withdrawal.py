"""What withdrawing an upload does to each of its figures, before it happens and after.

Of each fact the live figure that was published last stands; live is what is published and not withdrawn
(models.ValueQuerySet.known_on). So of each figure of the upload one thing is true at the moment it is withdrawn:
  stays    a live figure of another upload was published later: it stands already, and goes on standing
  back     there are only earlier ones: the latest of them stands again
  gone     no other live upload gives the fact: nothing stands
The whole upload is counted in the database, in one statement; only the first facts are listed one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.http import urlencode

from indicators.figures import Figure, figure
from indicators.history import point_of
from indicators.models import FACT, Upload, UploadState, Value
from indicators.periods import Period
from indicators.reading import yardstick
from indicators.series import Series
from indicators.versions import days_of

SHOWN = 100

# Of each figure of the upload the live one of the others that was published last, counted by its upload and by whether
# it is later than the figure itself. What others give is looked for in two halves, because each has its own index:
# current figures by their fact, beginning with ours; superseded ones, of which there are few, beginning with them.
# CROSS JOIN keeps SQLite to that order; PostgreSQL finds its own.
WINNERS = """
WITH live AS (
    SELECT id, published_at
    FROM indicators_upload
    WHERE id <> %(upload)s AND published_at <= %(moment)s AND NOT (state = 'withdrawn' AND closed_at <= %(moment)s)
), candidates AS (
    SELECT mine.id AS mine, other.id AS other, other.upload_id AS upload, live.published_at AS published_at
    FROM indicators_value mine
    CROSS JOIN indicators_value other
    CROSS JOIN live
    WHERE mine.upload_id = %(upload)s
        AND other.is_current
        AND other.indicator_id = mine.indicator_id
        AND other.area_id = mine.area_id
        AND other.period_start = mine.period_start
        AND other.period_end = mine.period_end
        AND other.breakdown = mine.breakdown
        AND live.id = other.upload_id
    UNION ALL
    SELECT mine.id, other.id, other.upload_id, live.published_at
    FROM (SELECT DISTINCT indicator_id FROM indicators_value WHERE upload_id = %(upload)s) used
    CROSS JOIN indicators_value other
    CROSS JOIN live
    CROSS JOIN indicators_value mine
    WHERE other.indicator_id = used.indicator_id
        AND NOT other.is_current
        AND live.id = other.upload_id
        AND mine.upload_id = %(upload)s
        AND mine.indicator_id = other.indicator_id
        AND mine.area_id = other.area_id
        AND mine.period_start = other.period_start
        AND mine.period_end = other.period_end
        AND mine.breakdown = other.breakdown
), ranked AS (
    SELECT
        mine,
        other,
        upload,
        published_at,
        ROW_NUMBER() OVER (PARTITION BY mine ORDER BY published_at DESC, other DESC) AS place
    FROM candidates
)
SELECT
    upload,
    CASE WHEN published_at > %(published)s OR (published_at = %(published)s AND other > mine) THEN 1 ELSE 0 END,
    COUNT(*)
FROM ranked
WHERE place = 1
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class FromUpload:
    """So many figures, and the upload whose figures stand for them."""

    upload: Upload
    figures: int


@dataclass(frozen=True)
class FactAfter:
    """One fact of the upload: its own figure, and the one that stands after; None where none does.

    `outcome` is "stays", "back" or "gone"; `winner` is the upload of the figure that stands.
    """

    value: Value
    now: Figure
    after: Figure | None
    outcome: str
    winner: Upload | None

    @property
    def address(self) -> str:
        """What the address of the fact's history asks for."""
        days = days_of(Period(self.value.period_start, self.value.period_end, self.value.period_label))
        query = {"area": self.now.area, "period": days, "breakdown": self.value.breakdown}
        return urlencode({name: text for name, text in query.items() if text})


@dataclass(frozen=True)
class Withdrawal:
    """What happens, or happened, to the figures of an upload: counts of all, and the first facts one by one.

    `back` and `stays` are by the upload that wins, the one with most figures first.
    """

    figures: int
    back: tuple[FromUpload, ...]
    stays: tuple[FromUpload, ...]
    facts: tuple[FactAfter, ...]

    @property
    def figures_back(self) -> int:
        return sum(one.figures for one in self.back)

    @property
    def figures_staying(self) -> int:
        return sum(one.figures for one in self.stays)

    @property
    def gone(self) -> int:
        return self.figures - self.figures_back - self.figures_staying

    @property
    def more(self) -> int:
        """How many facts are not listed."""
        return self.figures - len(self.facts)


def withdrawal(upload: Upload, *, shown: int = SHOWN) -> Withdrawal:
    """Of a published upload what withdrawing it now would do; of a withdrawn one what that did when it was done.

    Five queries, however many figures.
    """
    moment = upload.closed_at if upload.state == UploadState.WITHDRAWN else timezone.now()
    counts = _winners(upload, moment)
    uploads = _uploads({pk for pk, _later in counts})
    mine = list(
        upload.values.with_hiding()
        .select_related("indicator", "area")
        .order_by("-is_current", "indicator_id", "area_id", "period_start", "period_end", "breakdown")[:shown]
    )
    return Withdrawal(
        figures=upload.values.count(),
        back=_by_upload(counts, uploads, later=False),
        stays=_by_upload(counts, uploads, later=True),
        facts=tuple(_facts(mine, upload, _others(mine, upload, moment))),
    )


def _winners(upload: Upload, moment: datetime) -> dict[tuple[int, bool], int]:
    """How many figures, by the upload that wins and whether it is later than this one."""
    adapt = connection.ops.adapt_datetimefield_value
    given = {"upload": upload.pk, "moment": adapt(moment), "published": adapt(upload.published_at)}
    with connection.cursor() as cursor:
        cursor.execute(WINNERS, given)
        return {(pk, bool(later)): figures for pk, later, figures in cursor.fetchall()}


def _uploads(ids: Iterable[int]) -> dict[int, Upload]:
    return Upload.objects.select_related("partnership").defer("report").in_bulk(list(ids))


def _by_upload(
    counts: Mapping[tuple[int, bool], int], uploads: Mapping[int, Upload], *, later: bool
) -> tuple[FromUpload, ...]:
    found = [FromUpload(uploads[pk], figures) for (pk, is_later), figures in counts.items() if is_later == later]
    return tuple(sorted(found, key=lambda one: (-one.figures, one.upload.pk)))


def _others(mine: Sequence[Value], upload: Upload, moment: datetime) -> dict[tuple, Value]:
    """Of each of these facts the live figure of the other uploads that was published last."""
    if not mine:
        return {}
    facts = reduce(or_, (Q(**dict(zip(FACT, _fact(value), strict=True))) for value in mine))
    found = (
        Value.objects.live_on(moment)
        .with_hiding()
        .filter(facts)
        .exclude(upload=upload)
        .select_related("upload__partnership")
        .defer("upload__report")
        .order_by("upload__published_at", "pk")
    )
    return {_fact(value): value for value in found}


def _fact(value: Value) -> tuple:
    return tuple(getattr(value, name) for name in FACT)


def _facts(mine: Sequence[Value], upload: Upload, others: Mapping[tuple, Value]) -> Iterable[FactAfter]:
    for value in mine:
        other, stick = others.get(_fact(value)), yardstick(value.indicator)
        series = Series(value.indicator.code, value.area.code, value.breakdown)
        yield FactAfter(
            value=value,
            now=figure(series, point_of(value, value.indicator), stick),
            after=figure(series, point_of(other, value.indicator), stick) if other else None,
            outcome=_outcome(value, upload, other),
            winner=other.upload if other else None,
        )


def _outcome(value: Value, upload: Upload, other: Value | None) -> str:
    if other is None:
        return "gone"
    is_later = (other.upload.published_at, other.pk) > (upload.published_at, value.pk)
    return "stays" if is_later else "back"
