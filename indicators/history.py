"""The history of a fact as a page shows it: every version, from which file and row, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

from indicators import reading, seeing, versions
from indicators.disclosure import Hiding
from indicators.figures import Figure, figure
from indicators.models import Indicator, Upload, Value
from indicators.numbers import count_text
from indicators.periodrows import limits_text
from indicators.periods import Period
from indicators.series import Point, Series
from indicators.versions import Alteration, Entry, Place, Span, Version
from partnerships.models import Area, Partnership


@dataclass(frozen=True)
class File:
    """The file of a version. `upload` is its id where the reader may open it, otherwise None; `name` is empty where the
    reader may not know it, and `by` where the reader may not know who published it.
    """

    name: str
    upload: int | None
    publisher: str
    published_at: datetime
    by: str


@dataclass(frozen=True)
class Row:
    """One version. State is "stands", "replaced" or "withdrawn"; `state_words` says it with who and when.

    `earlier` tells of the spans in which it stood before the last one; `was_known` that it stood on the page's day.
    """

    figure: Figure
    limits: str
    counts: str
    note: str
    alteration: Alteration
    state: str
    state_words: str
    earlier: tuple[str, ...]
    file: File
    place: str
    was_known: bool


@dataclass(frozen=True)
class History:
    """`period` is None where nothing was ever published and none was asked for."""

    period: Period | None
    rows: tuple[Row, ...]

    @property
    def revisions(self) -> int:
        return sum(row.alteration.kind == "revision" for row in self.rows)


@dataclass(frozen=True)
class Reader:
    """Who reads: a member of the partnership sees names of people and may open its uploads."""

    partnership: Partnership
    is_member: bool

    def owns(self, upload: Upload) -> bool:
        return self.is_member and upload.partnership_id == self.partnership.pk

    def name_of(self, upload: Upload) -> str:
        """Empty for the file of another, private partnership."""
        is_ours = upload.partnership_id == self.partnership.pk
        return upload.file_name if is_ours or upload.partnership.is_public else ""


def history(
    indicator: Indicator,
    area: Area,
    *,
    breakdown: str = "",
    period: Period | None = None,
    reader: Reader,
    as_known_on: date | None = None,
) -> History:
    """Every version of a fact, newest first; without a period, of the newest one that there ever was a figure for.

    One query, or two without a period. The version that stood at the end of `as_known_on` is marked.
    """
    values = Value.objects.filter(indicator=indicator, area=area, breakdown=breakdown)
    period = period or _newest_period(values)
    if period is None:
        return History(None, ())
    found = list(
        values.filter(period_start=period.start, period_end=period.end)
        .with_hiding()
        .select_related("upload__partnership", "upload__published_by", "upload__closed_by")
        .defer("upload__report")
    )
    setting = _Setting(
        indicator,
        Series(indicator.code, area.code, breakdown),
        {value.upload_id: value.upload for value in found},
        reader,
        reading.end_of(as_known_on) if as_known_on else None,
        is_hidden=any(value.hides_denominator is not None for value in found) and not seeing.sees_through(area.pk),
    )
    entries = versions.entries((_version(value, indicator) for value in found), reading.yardstick(indicator))
    label = entries[0].version.point.period if entries else period
    return History(label, tuple(_row(entry, setting) for entry in entries))


@dataclass(frozen=True)
class _Setting:
    """What all versions of a fact share."""

    indicator: Indicator
    series: Series
    uploads: Mapping[int, Upload]
    reader: Reader
    moment: datetime | None
    is_hidden: bool


def _row(entry: Entry, setting: _Setting) -> Row:
    point, stick = entry.version.point, reading.yardstick(setting.indicator)
    upload = setting.uploads[entry.version.upload]
    return Row(
        figure=figure(setting.series, point, stick),
        limits=limits_text(point, stick),
        counts=counts_text(point),
        note=point.note,
        alteration=Alteration("hidden") if setting.is_hidden else entry.alteration,
        state=entry.state,
        state_words=_state(entry, upload, setting),
        earlier=tuple(_earlier(span, setting) for span in entry.spans[:-1]),
        file=_file(upload, setting),
        place=entry.version.place.text,
        was_known=setting.moment is not None and entry.stood_at(setting.moment),
    )


def _newest_period(values: QuerySet[Value]) -> Period | None:
    newest = values.order_by("-period_end", "-period_start", "-pk")
    days = newest.values_list("period_start", "period_end", "period_label").first()
    return Period(*days) if days else None


def point_of(value: Value, indicator: Indicator) -> Point:
    """What the figure says to whoever looks, without where it comes from. Takes a value `with_hiding`."""
    period = Period(value.period_start, value.period_end, value.period_label)
    limits, counts = (value.lower, value.upper), (value.numerator, value.denominator)
    point = Point(period, value.value, value.marker, value.flags, *limits, *counts, value.note, value.row)
    return seeing.as_seen(point, reading.rule(indicator), Hiding.of(value.hides_denominator), value.area_id)


def _version(value: Value, indicator: Indicator) -> Version:
    upload = value.upload
    return Version(
        pk=value.pk,
        upload=upload.pk,
        point=point_of(value, indicator),
        place=_place(value),
        published_at=upload.published_at,
        withdrawn_at=upload.closed_at,
    )


def _place(value: Value) -> Place:
    """Where in its file the figure stood, as far as it was kept. The one place that says so."""
    return Place(value.row, value.column, value.upload.sheet)


def _file(upload: Upload, setting: _Setting) -> File:
    is_open = setting.reader.owns(upload)
    return File(
        name=setting.reader.name_of(upload),
        upload=upload.pk if is_open else None,
        publisher=upload.publisher or setting.indicator.publisher,
        published_at=upload.published_at,
        by=str(upload.published_by) if is_open else "",
    )


def counts_text(point: Point) -> str:
    """ "25 of 40", with an ellipsis for a count that is not known; empty without counts."""
    if point.numerator is None and point.denominator is None:
        return ""
    counts = ("…" if count is None else count_text(count) for count in (point.numerator, point.denominator))
    return _("%(numerator)s of %(denominator)s") % dict(zip(("numerator", "denominator"), counts, strict=True))


def _state(entry: Entry, upload: Upload, setting: _Setting) -> str:
    """In a sentence, with who did it for those who may know."""
    last = entry.spans[-1] if entry.spans else None
    if entry.state == "stands":
        since = {"when": _moment(last.start)}
        return (_("Stands again since %(when)s.") if len(entry.spans) > 1 else _("Stands since %(when)s.")) % since
    if entry.state == "withdrawn":
        words = {"when": _moment(entry.version.withdrawn_at), "who": upload.closed_by}
        withdrawn = (
            _("Withdrawn on %(when)s by %(who)s.") if setting.reader.owns(upload) else _("Withdrawn on %(when)s.")
        )
        replaced = f" {_replaced(last, setting)}" if last and last.ended_by else ""
        return withdrawn % words + replaced
    return _replaced(last, setting) if last else _("Replaced at once by a file published at the same time.")


def _replaced(span: Span, setting: _Setting) -> str:
    words = {"file": _name_of(span.ended_by, setting), "when": _moment(span.end)}
    return _("Replaced by %(file)s on %(when)s.") % words


def _earlier(span: Span, setting: _Setting) -> str:
    words = {"start": _moment(span.start), "end": _moment(span.end), "file": _name_of(span.ended_by, setting)}
    return _("Stood from %(start)s to %(end)s, until %(file)s replaced it.") % words


def _name_of(version: Version, setting: _Setting) -> str:
    return setting.reader.name_of(setting.uploads[version.upload]) or _("a file of another partnership")


def _moment(moment: datetime) -> str:
    return date_text(timezone.localtime(moment), "j F Y, H:i")
