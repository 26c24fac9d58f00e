"""The only writer of comparator sets: publishers' from their files, and those that officers make for a partnership.

A publisher's set is known by its code, version and area. Who made, changed or removed a partnership's own is kept in
the log of the administration site, with the areas that it then had.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.bringing import bring, change_of
from partnerships.changes import Change, FieldChange
from partnerships.fileproblems import twice, unknown_areas
from partnerships.models import Area, ComparatorMember, ComparatorSet, Partnership, User
from partnerships.problems import Problem
from partnerships.yamlfile import Entry

LEAST_MEMBERS = 2


class SetRefused(ValidationError):
    """A set cannot be so; the message is a sentence for whoever asked, the code the field that it is about."""


@transaction.atomic
def make(
    *, partnership: Partnership, area: Area, title: str, members: Sequence[Area], note: str, by: User
) -> ComparatorSet:
    """The members in the order given. Raises SetRefused."""
    if not partnership.footprint.filter(pk=area.pk).exists():
        raise SetRefused(_("Choose an area of this partnership."), "area")
    made = ComparatorSet(partnership=partnership, area=area)
    _write(made, title=title, members=members, note=note, by=by)
    _log(made, ADDITION, by, _("Made of %(areas)s.") % {"areas": _names(members)})
    return made


@transaction.atomic
def change(*, comparator_set: ComparatorSet, title: str, members: Sequence[Area], note: str, by: User) -> None:
    """The area that a set is for stays. Raises SetRefused."""
    _write(comparator_set, title=title, members=members, note=note, by=by)
    _log(comparator_set, CHANGE, by, _("Now of %(areas)s.") % {"areas": _names(members)})


@transaction.atomic
def remove(*, comparator_set: ComparatorSet, by: User) -> None:
    members = [member.area for member in comparator_set.members.select_related("area")]
    _log(comparator_set, DELETION, by, _("Removed; it was of %(areas)s.") % {"areas": _names(members)})
    comparator_set.delete()


def problems(entries: list[Entry], codes: Iterable[str]) -> Iterator[Problem]:
    """What is wrong in the sets of a file, where `codes` are those of all areas."""
    yield from twice(entries, "code", "version", "area")
    for entry in entries:
        yield from unknown_areas(entry, "area", codes)
        members = entry.items("members")
        yield from twice(members, "area")
        yield from twice(members, "rank")
        for member in members:
            yield from unknown_areas(member, "area", codes)
            if member.text("area") == entry.text("area"):
                yield member.problem("area", _("An area is not compared with itself."))


def load(entries: list[Entry], areas: Mapping[str, Area]) -> list[Change]:
    """Brings publishers' sets to what the entries of a file say, within the transaction of whoever loads it."""
    published = ComparatorSet.objects.filter(partnership__isnull=True)
    found = published.select_related("area").prefetch_related("members__area")
    known = {(one.code, one.version, one.area.code): one for one in found}
    changes = []
    for entry in entries:
        key = tuple(entry.text(name) for name in ("code", "version", "area"))
        one = known.get(key) or ComparatorSet(code=key[0], version=key[1], area=areas[key[2]])
        is_new = one.pk is None
        values = entry.texts("title", "publisher", "source", "source_url", "licence", "note")
        fields = bring(one, values | entry.days("published_on"))
        if fields:
            one.save()
        fields += _bring_members(one, entry, areas)
        changes.append(change_of(_("comparator set"), "/".join(key), one.title, is_new, fields))
    return changes


def _bring_members(one: ComparatorSet, entry: Entry, areas: Mapping[str, Area]) -> tuple[FieldChange, ...]:
    old = [(member.rank, member.area.code, member.closeness) for member in one.members.all()]
    new = sorted((member["rank"], member["area"], member.get("closeness")) for member in entry.data["members"])
    if old == new:
        return ()
    one.members.all().delete()
    ComparatorMember.objects.bulk_create(
        ComparatorMember(comparator_set=one, rank=rank, area=areas[code], closeness=closeness)
        for rank, code, closeness in new
    )
    names = [", ".join(areas[code].name for _rank, code, _closeness in members) for members in (old, new)]
    return (FieldChange(_("members"), *names),)


def _write(one: ComparatorSet, *, title: str, members: Sequence[Area], note: str, by: User) -> None:
    _refuse_members(one.area, members)
    one.title, one.note, one.saved_by, one.saved_at = title, note, by, timezone.now()
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        words = {"area": one.area}
        raise SetRefused(_("%(area)s has a set with this title already.") % words, "title") from error
    one.members.all().delete()
    ComparatorMember.objects.bulk_create(
        ComparatorMember(comparator_set=one, rank=rank, area=area) for rank, area in enumerate(members, start=1)
    )


def _refuse_members(area: Area, members: Sequence[Area]) -> None:
    """An area within another of the set would count twice in its average."""
    if len(members) < LEAST_MEMBERS:
        raise SetRefused(_("Choose at least two areas."), "members")
    if area in members:
        raise SetRefused(_("%(area)s is not compared with itself: leave it out.") % {"area": area}, "members")
    for member in members:
        if above := next((one for one in member.ancestors() if one in members), None):
            words = {"part": member, "whole": above}
            raise SetRefused(_("%(part)s lies in %(whole)s: leave out one of the two.") % words, "members")


def _names(members: Iterable[Area]) -> str:
    return ", ".join(area.name for area in members)


def _log(one: ComparatorSet, action: int, by: User, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [one], action, change_message=message, single_object=True)
