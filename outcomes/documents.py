"""The documents of a strategy: how they are laid out, and the writer of those that somebody enters in the browser."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import transaction
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from outcomes.models import Strategy
from partnerships.models import Document, DocumentKind, Meeting, Partnership, User

LONGEST_CODE = 80


@dataclass(frozen=True)
class Shelf:
    """Documents under one heading: the papers of a meeting, with its day, or those of one kind."""

    heading: str
    day: date | None
    documents: tuple[Document, ...]


def shelves(strategy: Strategy) -> list[Shelf]:
    """Those of no meeting first, by kind; then meeting by meeting, the latest first. One query."""
    by_kind: dict[str, list[Document]] = defaultdict(list)
    by_meeting: dict[Meeting, list[Document]] = defaultdict(list)
    for document in strategy.documents.standing().select_related("meeting"):
        if document.meeting:
            by_meeting[document.meeting].append(document)
        else:
            by_kind[document.kind].append(document)
    kinds = [Shelf(capfirst(kind.label), None, tuple(by_kind[kind])) for kind in DocumentKind if by_kind[kind]]
    meetings = sorted(by_meeting, key=lambda meeting: (meeting.held_on, meeting.title), reverse=True)
    return kinds + [Shelf(meeting.title, meeting.held_on, tuple(by_meeting[meeting])) for meeting in meetings]


@transaction.atomic
def add(
    *,
    strategy: Strategy,
    title: str,
    kind: str,
    by: User,
    url: str = "",
    published_on: date | None = None,
    note: str = "",
    meeting_title: str = "",
    held_on: date | None = None,
) -> Document:
    """Keeps a document beside a strategy. A meeting is given by its title and day, both or neither, and made if new.

    Who did it is kept in the log of the administration (django.contrib.admin).
    """
    if bool(meeting_title) != bool(held_on):
        raise ValueError("A meeting needs a title and a day.")
    partnership = strategy.partnership
    meeting = None
    if held_on:
        meeting, _made = Meeting.objects.get_or_create(partnership=partnership, title=meeting_title, held_on=held_on)
    document = Document.objects.create(
        partnership=partnership,
        code=_free_code(partnership, title),
        title=title,
        kind=kind,
        url=url,
        published_on=published_on,
        note=note,
        meeting=meeting,
    )
    strategy.documents.add(document)
    LogEntry.objects.log_actions(by.pk, [document], ADDITION, change_message=_("Document added"), single_object=True)
    return document


def _free_code(partnership: Partnership, title: str) -> str:
    """A code from the title that no document of the partnership has, numbered where it must be."""
    stem = slugify(title)[: LONGEST_CODE - 6].strip("-") or "document"
    taken = set(partnership.documents.filter(code__startswith=stem).values_list("code", flat=True))
    codes = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)
