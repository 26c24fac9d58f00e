"""A file of figures is checked, then published or discarded, and can be withdrawn: the only writer of Upload and Value.

check reads the file, judges every row and writes down what publishing would do; it changes no figure. publish reads
the kept bytes again, under the rights of whoever publishes, and stops where that would not do what the review showed.
A figure is never overwritten: a new one takes its place, so that withdraw can bring back what it replaced, and a row
that says what already stands writes nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import PurePath

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

from indicators import review
from indicators.differences import Difference
from indicators.examination import Examination, Progress, Readout, beside_what_stands, examine, read
from indicators.models import Indicator, Layout, OriginalFile, Upload, UploadState, Value
from indicators.rules import IndicatorRules, Place, Scope
from partnerships.access import Level, level_of
from partnerships.models import Area, ComparatorMember, Partnership, User

BATCH = 1000
LONGEST_FILE_NAME = 255
# The columns of Value that say what a figure is about, as they are stored.
FACT = ("indicator_id", "area_id", "period_start", "period_end", "breakdown")


class Refused(Exception):
    """What was asked cannot be done now; the text says why and what to do."""


class FiguresChanged(Refused):
    """Publishing would do something else than the review said; the upload has been checked again."""


@dataclass(frozen=True)
class Source:
    """Where the figures of a file come from, where that is not what the catalogue says of the indicator."""

    publisher: str = ""
    title: str = ""
    url: str = ""
    licence: str = ""


def scope_of(*, partnership: Partnership, indicators: Iterable[str], by: User | AnonymousUser) -> Scope:
    """What this person may upload for the partnership. `indicators` are the codes that its measures use.

    Five queries. Comparators are those of the partnership, those of the comparator sets for its areas, and whatever its
    areas lie in. A steward may upload any indicator of the catalogue and change the figures of comparators.
    """
    areas = {pk: rest for pk, *rest in Area.objects.values_list("pk", "parent_id", "code", "name", "name_cy")}
    footprint = set(partnership.footprint.values_list("pk", flat=True))
    comparators = set(partnership.comparators.values_list("pk", flat=True))
    members = ComparatorMember.objects.filter(comparator_set__area__in=footprint)
    comparators |= set(members.values_list("area", flat=True)) | _ancestors(footprint, areas)
    is_steward = level_of(by, partnership) >= Level.STEWARD
    used, catalogue = frozenset(indicators), _catalogue()
    return Scope(
        footprint=_places(footprint, areas),
        comparators=_places(comparators - footprint, areas),
        elsewhere=_places(areas.keys() - footprint - comparators, areas),
        indicators={code: rules for code, rules in catalogue.items() if is_steward or code in used},
        catalogue=frozenset(catalogue),
        used=used,
        may_change_comparators=is_steward,
    )


def _ancestors(footprint: Iterable[int], areas: Mapping[int, Sequence]) -> set[int]:
    found = set()
    for area in footprint:
        while (area := areas[area][0]) is not None:
            found.add(area)
    return found


def _places(ids: Iterable[int], areas: Mapping[int, Sequence]) -> frozenset[Place]:
    return frozenset(Place(*areas[pk][1:]) for pk in ids)


def _catalogue() -> dict[str, IndicatorRules]:
    rows = Indicator.objects.standing().values_list("code", "year_type", "value_type", "multiplier")
    return {row[0]: IndicatorRules(*row) for row in rows}


def check(
    *,
    content: bytes,
    file_name: str,
    partnership: Partnership,
    scope: Scope,
    by: User,
    layout: Layout | None = None,
    source: Source | None = None,
    progress: Progress | None = None,
) -> Upload:
    """Keeps the file and what was found in it, for somebody to review. Raises FileRefused, and then keeps nothing."""
    found = examine(content=content, file_name=file_name, scope=scope, layout=layout, progress=progress)
    given = {"content": content, "file_name": file_name, "scope": scope, "layout": layout}
    return keep(found=found, partnership=partnership, by=by, source=source, **given)


@transaction.atomic
def keep(
    *,
    found: Examination,
    content: bytes,
    file_name: str,
    partnership: Partnership,
    scope: Scope,
    by: User,
    layout: Layout | None = None,
    source: Source | None = None,
) -> Upload:
    """The second half of check, for whoever has examined the same file in the same scope already."""
    source = source or Source()
    return Upload.objects.create(
        partnership=partnership,
        original=_original(content),
        file_name=PurePath(file_name).name[-LONGEST_FILE_NAME:],
        layout=layout,
        publisher=source.publisher,
        source=source.title,
        source_url=source.url,
        licence=source.licence,
        uploaded_by=by,
        report=review.report(found, scope),
        **found.counts,
    )


def publish(*, upload: Upload, by: User, accept_valid: bool = False, progress: Progress | None = None) -> Upload:
    """Makes the checked figures the current ones, all or nothing.

    With `accept_valid` the good rows of a file with errors are published and the others left out. Raises Refused where
    the upload is not waiting for this, where rows are wrong and that was not accepted, and where nothing would change;
    FiguresChanged where what would change is no longer what the review showed.
    """
    readout, scope = _read_again(upload, by)
    with transaction.atomic():
        upload = _locked(upload)
        _must_be(UploadState.CHECKED, upload)
        _lock_indicators({entry.fact.indicator for entry in readout.judged.entries})
        examination = beside_what_stands(readout, scope)
        as_reviewed = examination.comparison.digest == upload.report["plan"]
        if as_reviewed:
            _must_be_publishable(upload, accept_valid=accept_valid)
            _write(upload, examination.comparison.differences, progress)
            _publish(upload, by)
        else:
            _keep_findings(upload, examination, scope)
    if not as_reviewed:
        raise FiguresChanged(
            _("The figures that stand have changed since this file was checked. It was checked again: see what is new.")
        )
    return upload


@transaction.atomic
def discard(*, upload: Upload, by: User) -> Upload:
    """Puts a checked file aside for good. Raises Refused where it is not waiting for that."""
    upload = _locked(upload)
    _must_be(UploadState.CHECKED, upload)
    _close(upload, UploadState.DISCARDED, by)
    return upload


@transaction.atomic
def withdraw(*, upload: Upload, by: User) -> tuple[int, int]:
    """Takes a published file back: of each fact that it gave, the newest figure of the other uploads stands again.

    Returns how many figures were restored and how many are now without one. Raises Refused where it is not published.
    """
    upload = _locked(upload)
    _must_be(UploadState.PUBLISHED, upload)
    _must_not_take_from_others(upload, by)
    _lock_indicators(upload.values.values_list("indicator__code", flat=True).distinct())
    ended = {tuple(fact): pk for pk, *fact in upload.values.current().values_list("pk", *FACT)}
    _close(upload, UploadState.WITHDRAWN, by)
    _set_current(ended.values(), current=False)
    restored = _newest_live(upload, ended.keys())
    _set_current(restored, current=True)
    return len(restored), len(ended) - len(restored)


def _newest_live(upload: Upload, facts: Iterable[tuple]) -> list[int]:
    """Of each fact the live figure that was published last, by id."""
    wanted = set(facts)
    others = (
        Value.objects.live_on(timezone.now())
        .filter(
            indicator__in={fact[0] for fact in wanted},
            area__in={fact[1] for fact in wanted},
            is_current=False,
        )
        .order_by("upload__published_at", "pk")
        .values_list("pk", *FACT)
    )
    newest = {tuple(fact): pk for pk, *fact in others.iterator() if tuple(fact) in wanted}
    return list(newest.values())


def _set_current(ids: Iterable[int], *, current: bool) -> None:
    for batch in _batches(ids):
        Value.objects.filter(pk__in=batch).update(is_current=current)


def _write(upload: Upload, differences: Sequence[Difference], progress: Progress | None) -> None:
    _set_current((one.replaced.id for one in differences if one.replaced), current=False)
    indicators = _ids(Indicator, {one.entry.fact.indicator for one in differences})
    areas = _ids(Area, {one.entry.fact.area for one in differences})
    values = (_value(upload, one, indicators, areas) for one in differences)
    written = 0
    for batch in _batches(values):
        written += len(Value.objects.bulk_create(batch))
        if progress:
            progress(written, len(differences))


def _ids(model: type[Indicator] | type[Area], codes: Iterable[str]) -> dict[str, int]:
    return dict(model.objects.filter(code__in=codes).values_list("code", "pk"))


def _value(upload: Upload, one: Difference, indicators: Mapping[str, int], areas: Mapping[str, int]) -> Value:
    fact = one.entry.fact
    return Value(
        upload=upload,
        row=one.entry.row,
        indicator_id=indicators[fact.indicator],
        area_id=areas[fact.area],
        period_start=fact.period_start,
        period_end=fact.period_end,
        period_label=one.entry.period,
        breakdown=fact.breakdown,
        is_current=True,
        **one.content._asdict(),
    )


def _batches(items: Iterable) -> Iterator[list]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def _read_again(upload: Upload, by: User) -> tuple[Readout, Scope]:
    """What the kept bytes say, under the rights of this person. Before the lock, since a long file takes a while."""
    upload = Upload.objects.select_related("original", "layout", "partnership").get(pk=upload.pk)
    scope = scope_of(partnership=upload.partnership, indicators=upload.report["indicators"], by=by)
    return read(bytes(upload.original.content), upload.file_name, scope, upload.layout), scope


def _locked(upload: Upload) -> Upload:
    """The upload as it stands now; whoever else would publish or close it waits."""
    related = Upload.objects.select_related("partnership", "published_by", "closed_by")
    return related.select_for_update(of=("self",)).get(pk=upload.pk)


def _lock_indicators(codes: Iterable[str]) -> None:
    """Whoever else would change figures of these indicators waits; one order for all, so nobody waits in a ring."""
    list(Indicator.objects.filter(code__in=codes).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _must_be(state: UploadState, upload: Upload) -> None:
    if upload.state == state:
        return
    sentences = {
        UploadState.CHECKED: _("This file has not been published."),
        UploadState.PUBLISHED: _("This file was published by %(who)s on %(when)s."),
        UploadState.DISCARDED: _("This file was discarded by %(who)s on %(when)s."),
        UploadState.WITHDRAWN: _("This file was withdrawn by %(who)s on %(when)s."),
    }
    who, when = (upload.closed_by or upload.published_by), (upload.closed_at or upload.published_at)
    raise Refused(sentences[UploadState(upload.state)] % {"who": who, "when": when and _day_and_time(when)})


def _must_not_take_from_others(upload: Upload, by: User) -> None:
    """Figures of an area outside the partnership may be those that another partnership shows too."""
    if level_of(by, upload.partnership) >= Level.STEWARD:
        return
    others = Partnership.objects.exclude(pk=upload.partnership_id)
    theirs = Q(area__in=others.values("footprint")) | Q(area__in=others.values("comparators"))
    shared = upload.values.current().filter(theirs).exclude(area__in=upload.partnership.footprint.all())
    if shared.exists():
        raise Refused(
            _(
                "This file also gave figures of areas outside the partnership, and other partnerships show them. "
                "Ask a steward of the site to withdraw it, or upload a corrected file."
            )
        )


def _day_and_time(moment: datetime) -> str:
    return date_text(timezone.localtime(moment), "j F Y, H:i")


def _must_be_publishable(upload: Upload, *, accept_valid: bool) -> None:
    if upload.rejected and not accept_valid:
        raise Refused(
            _("Some rows of this file are wrong. Correct them and upload it again, or say that you leave them out.")
        )
    if not upload.added and not upload.changed:
        raise Refused(_("There is nothing to publish: every figure that this file could change stands already."))


def _publish(upload: Upload, by: User) -> None:
    upload.state, upload.published_at, upload.published_by = UploadState.PUBLISHED, timezone.now(), by
    upload.save(update_fields=["state", "published_at", "published_by"])


def _close(upload: Upload, state: UploadState, by: User) -> None:
    upload.state, upload.closed_at, upload.closed_by = state, timezone.now(), by
    upload.save(update_fields=["state", "closed_at", "closed_by"])


def _keep_findings(upload: Upload, examination: Examination, scope: Scope) -> None:
    upload.report = review.report(examination, scope)
    for name, number in examination.counts.items():
        setattr(upload, name, number)
    upload.save(update_fields=["report", *examination.counts])


def _original(content: bytes) -> OriginalFile:
    sha256 = hashlib.sha256(content).hexdigest()
    return OriginalFile.objects.get_or_create(sha256=sha256, defaults={"content": content, "size": len(content)})[0]
