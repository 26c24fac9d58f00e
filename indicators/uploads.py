"""A file of figures is received, checked, then published or discarded, and can be withdrawn: the only writer of Upload
and Value.

check reads the file, judges every figure and stages the good ones beside what stands; it changes no figure. publish
makes the staged figures stand, in one transaction, and stops where that would not do what the review showed. A figure
is never overwritten: a new one takes its place, so that withdraw can bring back what it replaced, and a figure that
says what already stands writes nothing.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import IO

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

from indicators import givenout, layouts, originals, review, staging, succession, suppression, suspicion
from indicators.examination import Examination, Progress, Reading, examine, open_book
from indicators.models import Indicator, Layout, Upload, UploadState
from indicators.rules import Scope
from indicators.scope import scope_of
from partnerships.access import Level, level_of
from partnerships.models import Area, Partnership, User
from partnerships.problems import Problem

LONGEST_FILE_NAME = 255
# Staged rows that one step of publishing looks at: between two steps it can be cancelled.
AT_ONCE = 20_000


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


@dataclass(frozen=True)
class HowRead:
    """How a file is to be read: the layout as data, the sheet of a workbook, and the saved layout if it is one."""

    plan: dict
    sheet: str = ""
    layout: Layout | None = None


def receive(
    *,
    file: IO[bytes],
    file_name: str,
    partnership: Partnership,
    by: User,
    how: HowRead | None = None,
    source: Source | None = None,
    corrects: Upload | None = None,
) -> Upload:
    """Keeps a file. `how` is None where it is not known yet; `file` is anything that can be read and sought."""
    source, how_read = source or Source(), how or HowRead(plan={})
    return Upload.objects.create(
        partnership=partnership,
        original=originals.keep(file),
        file_name=PurePath(file_name).name[-LONGEST_FILE_NAME:],
        layout=how_read.layout,
        plan=how_read.plan or None,
        sheet=how_read.sheet,
        corrects=corrects,
        publisher=source.publisher,
        source=source.title,
        source_url=source.url,
        licence=source.licence,
        uploaded_by=by,
    )


@transaction.atomic
def read_as(*, upload: Upload, how: HowRead) -> Upload:
    """Says how a file that is not published is to be read; it has to be checked then. Raises Refused."""
    upload = _locked(upload)
    _must_be_idle(upload)
    if upload.state != UploadState.RECEIVED:
        _must_be(UploadState.CHECKED, upload)
    staging.clear(upload)
    upload.plan, upload.sheet, upload.layout, upload.state = how.plan, how.sheet, how.layout, UploadState.RECEIVED
    upload.save(update_fields=["plan", "sheet", "layout", "state"])
    return upload


def check(
    *,
    upload: Upload,
    scope: Scope,
    progress: Progress | None = None,
    told: Callable[[list[Problem]], None] | None = None,
) -> Upload:
    """Reads a received file anew and stages what it gives, for somebody to review. Raises FileRefused and Refused.

    Outside a transaction every batch is written on its own, so that nobody else waits; what a check that broke off
    leaves behind, the next one clears away. `told` hears of every problem, however many there are.
    """
    with originals.opened(upload.original) as file:
        reading = Reading(open_book(file, upload.file_name), upload.sheet, layouts.plan(upload.plan))
        staging.clear(upload)
        found = _stage(upload, reading, scope, progress, told)
    return _keep_findings(upload, found, scope)


def _stage(
    upload: Upload,
    reading: Reading,
    scope: Scope,
    progress: Progress | None,
    told: Callable[[list[Problem]], None] | None,
) -> Examination:
    indicators, areas = _ids(Indicator, scope.indicators), _ids(Area, scope.codes)
    stage = partial(staging.add, upload, indicators=indicators, areas=areas)
    with _collector_paused():
        found = examine(reading, scope, stage=stage, progress=progress, told=told)
    staging.remove(upload, found.gone)
    protected = [areas[code] for code in sorted(scope.protected)]
    staging.compare(upload, columns=found.columns, protected=protected)
    givenout.spare(upload)
    suspicion.mark(upload, found.findings.ledger, found.judge, indicators=_codes(indicators), areas=_codes(areas))
    return found


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Reading makes millions of small lists and no cycles: the collector would go through them again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _ids(model: type[Indicator] | type[Area], codes: Iterable[str]) -> dict[str, int]:
    wanted = set(codes)
    return {code: pk for code, pk in model.objects.values_list("code", "pk") if code in wanted}


def _codes(ids: dict[str, int]) -> dict[int, str]:
    return {pk: code for code, pk in ids.items()}


@transaction.atomic
def _keep_findings(upload: Upload, found: Examination, scope: Scope) -> Upload:
    upload = _locked(upload)
    if upload.state not in (UploadState.RECEIVED, UploadState.CHECKED):
        _must_be(UploadState.CHECKED, upload)
    counts = staging.counts(upload)
    upload.state = UploadState.CHECKED
    upload.added, upload.changed, upload.unchanged = counts["added"], counts["changed"], counts["unchanged"]
    upload.left_out = found.findings.left_out + counts["barred"]
    upload.rejected = found.findings.rejected
    upload.figures_read = found.findings.read
    upload.doubtful = staging.doubtful(upload)
    upload.report = review.report(upload, found.findings, scope, barred=counts["barred"])
    names = ("added", "changed", "unchanged", "left_out", "rejected", "figures_read", "doubtful", "report", "state")
    upload.save(update_fields=names)
    return upload


def publish(
    *,
    upload: Upload,
    by: User,
    accept_valid: bool = False,
    confirm_doubtful: bool = False,
    progress: Progress | None = None,
) -> Upload:
    """Makes the checked figures the current ones, all or nothing.

    With `accept_valid` the good figures of a file with errors are published and the others left out. Raises Refused
    where the upload is not waiting for this, where figures are wrong or doubtful and that was not accepted, and where
    nothing would change; FiguresChanged where what would change is no longer what the review showed. `progress` is told
    figures written, and of how many; what it raises undoes everything.
    """
    scope = scope_of(partnership=upload.partnership, indicators=upload.report.get("indicators", ()), by=by)
    with transaction.atomic():
        upload = _locked(upload)
        _must_be(UploadState.CHECKED, upload)
        indicators = _lock_indicators(upload.staged.all())
        if is_as_reviewed := _is_as_reviewed(upload, scope):
            _must_be_publishable(upload, accept_valid=accept_valid, confirm_doubtful=confirm_doubtful)
            _write(upload, progress)
            _publish(upload, by)
            suppression.keep_up(upload=upload, indicators=indicators)
    return upload if is_as_reviewed else _check_again(upload, scope)


def _is_as_reviewed(upload: Upload, scope: Scope) -> bool:
    """Whether the staged figures are all there, stand beside what they stood beside, and this person may bring them."""
    staged = sum(staging.counts(upload).values())
    expected = upload.added + upload.changed + upload.unchanged + upload.report["barred"]
    return upload.report["scope"] == scope.fingerprint and staged == expected and staging.is_as_compared(upload)


def _check_again(upload: Upload, scope: Scope) -> Upload:
    check(upload=upload, scope=scope)
    raise FiguresChanged(
        _("The figures that stand have changed since this file was checked. It was checked again: see what is new.")
    )


def _write(upload: Upload, progress: Progress | None) -> None:
    done, total = 0, upload.added + upload.changed
    for written in succession.succeed(upload, at_once=AT_ONCE):
        done += written
        if progress:
            progress(done, total)
    staging.clear(upload)


@transaction.atomic
def discard(*, upload: Upload, by: User) -> Upload:
    """Puts a received or checked file aside for good. Raises Refused where it is not waiting for that."""
    upload = _locked(upload)
    _must_be_idle(upload)
    if upload.state != UploadState.RECEIVED:
        _must_be(UploadState.CHECKED, upload)
    staging.clear(upload)
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
    indicators = _lock_indicators(upload.values.all())
    _close(upload, UploadState.WITHDRAWN, by)
    restored, ended = succession.give_way(upload)
    suppression.keep_up(upload=upload, indicators=indicators)
    return restored, ended - restored


def _locked(upload: Upload) -> Upload:
    """The upload as it stands now; whoever else would publish or close it waits."""
    related = Upload.objects.select_related("partnership", "published_by", "closed_by")
    return related.select_for_update(of=("self",)).get(pk=upload.pk)


def _lock_indicators(figures: QuerySet) -> list[int]:
    """Whoever else would change figures of these indicators waits; one order for all, so nobody waits in a ring.

    Returns their ids.
    """
    # Two queries: PostgreSQL would go through all figures once for each indicator.
    ids = list(figures.order_by().values_list("indicator", flat=True).distinct())
    list(Indicator.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return ids


def _must_be(state: UploadState, upload: Upload) -> None:
    if upload.state == state:
        return
    sentences = {
        UploadState.RECEIVED: _("This file has not been checked yet."),
        UploadState.CHECKED: _("This file has not been published."),
        UploadState.PUBLISHED: _("This file was published by %(who)s on %(when)s."),
        UploadState.DISCARDED: _("This file was discarded by %(who)s on %(when)s."),
        UploadState.WITHDRAWN: _("This file was withdrawn by %(who)s on %(when)s."),
    }
    who, when = (upload.closed_by or upload.published_by), (upload.closed_at or upload.published_at)
    raise Refused(sentences[UploadState(upload.state)] % {"who": who, "when": when and _day_and_time(when)})


def _must_be_idle(upload: Upload) -> None:
    if upload.runs.open().exists():
        raise Refused(_("This file is being worked on. Wait until that is over, or cancel it."))


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


def _must_be_publishable(upload: Upload, *, accept_valid: bool, confirm_doubtful: bool) -> None:
    if upload.rejected and not accept_valid:
        raise Refused(
            _("Some rows of this file are wrong. Correct them and upload it again, or say that you leave them out.")
        )
    if not upload.added and not upload.changed:
        raise Refused(_("There is nothing to publish: every figure that this file could change stands already."))
    if upload.doubtful and not confirm_doubtful:
        raise Refused(
            _("Some figures look implausible. Look at them and say that they are right, or correct the file.")
        )


def _publish(upload: Upload, by: User) -> None:
    upload.state, upload.published_at, upload.published_by = UploadState.PUBLISHED, timezone.now(), by
    upload.save(update_fields=["state", "published_at", "published_by"])


def _close(upload: Upload, state: UploadState, by: User) -> None:
    upload.state, upload.closed_at, upload.closed_by = state, timezone.now(), by
    upload.save(update_fields=["state", "closed_at", "closed_by"])
