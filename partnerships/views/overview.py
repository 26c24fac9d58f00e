"""What the home of a partnership shows: its strategies, its areas, and what changed lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Status, StatusUpdate
from indicators.models import Upload, UploadState
from outcomes.models import Strategy
from partnerships.models import Area, Partnership, User

CHANGES_SHOWN = 8


@dataclass(frozen=True)
class Group:
    """Partnerships that belong together; `head` is the one the others are part of, None for those on their own."""

    head: Partnership | None
    members: tuple[Partnership, ...]


@dataclass(frozen=True)
class Happening:
    """One thing that changed lately. `url` is empty where the visitor may not open it; `status` is an action's."""

    at: datetime
    what: str
    detail: str
    by: str
    url: str = ""
    status: Status | None = None


def with_plans(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Each with its area, and with its strategies as the list `plans`."""
    titles = Strategy.objects.only("title", "partnership")
    return partnerships.select_related("area").prefetch_related(Prefetch("strategies", titles, to_attr="plans"))


def own_partnerships(user: User | AnonymousUser, partnerships: Iterable[Partnership]) -> list[Partnership]:
    """Those that the person is a member of."""
    if not user.is_authenticated:
        return []
    memberships = set(user.memberships.values_list("partnership", flat=True))
    return [one for one in partnerships if one.pk in memberships]


def grouped(partnerships: Iterable[Partnership]) -> list[Group]:
    """Those with parts first, each with its parts, where the visitor may see both; then the rest together."""
    found = list(partnerships)
    known = {one.pk for one in found}
    parts = [one for one in found if one.parent_id in known]
    heads = [one for one in found if any(part.parent_id == one.pk for part in parts)]
    alone = tuple(one for one in found if one not in parts and one not in heads)
    groups = [Group(head, tuple(part for part in parts if part.parent_id == head.pk)) for head in heads]
    return ([Group(None, alone)] if alone else []) + groups


def changes(partnership: Partnership, *, to_members: bool) -> list[Happening]:
    """Newest first. The public sees that figures were published; members also who did what, and updates of actions."""
    found = [_published(upload, partnership, to_members) for upload in _uploads(partnership)]
    if to_members:
        found += [_updated(update, partnership) for update in _updates(partnership)]
    return sorted(found, key=lambda happening: happening.at, reverse=True)[:CHANGES_SHOWN]


def _uploads(partnership: Partnership) -> QuerySet[Upload]:
    published = partnership.uploads.filter(state=UploadState.PUBLISHED).select_related("published_by")
    return published.defer("report").order_by("-published_at")[:CHANGES_SHOWN]


def _updates(partnership: Partnership) -> QuerySet[StatusUpdate]:
    made = StatusUpdate.objects.filter(action__strategy__partnership=partnership)
    return made.select_related("action__strategy", "made_by").order_by("-made_at")[:CHANGES_SHOWN]


def _published(upload: Upload, partnership: Partnership, to_members: bool) -> Happening:
    count = upload.added + upload.changed
    detail = ngettext("%(count)s figure from %(file)s", "%(count)s figures from %(file)s", count)
    return Happening(
        at=upload.published_at,
        what=upload.source or upload.publisher or upload.file_name,
        detail=detail % {"count": count, "file": upload.file_name},
        by=str(upload.published_by) if to_members else "",
        url=reverse("upload", args=[partnership.slug, upload.pk]) if to_members else "",
    )


def _updated(update: StatusUpdate, partnership: Partnership) -> Happening:
    strategy = update.action.strategy.slug
    return Happening(
        at=update.made_at,
        what=update.action.title,
        detail=_("no change, confirmed") if update.is_confirmation else _("reported"),
        by=str(update.made_by),
        url=reverse("action", args=[partnership.slug, update.action.code], query={"strategy": strategy}),
        status=Status(update.status),
    )


def other_areas_of(partnership: Partnership) -> QuerySet[Area]:
    """The areas of the footprint that stand today, beside the main one."""
    others = partnership.footprint.exclude(pk=partnership.area_id).filter(ends_on__isnull=True)
    return others.order_by("name")


def strategies_of(partnership: Partnership) -> QuerySet[Strategy]:
    return partnership.strategies.only("partnership", "slug", "title", "vision", "starts_on", "ends_on")
