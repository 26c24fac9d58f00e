"""Who may see and change what: decided here and nowhere else.

A stranger to a partnership gets 404, a member who may see but not change gets 403, and a visitor who is not signed in
is sent to sign in, whether or not the partnership exists: the answer must not tell.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from partnerships.models import Membership, Partnership, Role, SeesSuppressed, User


class Level(IntEnum):
    """What somebody is to one partnership. Each level may do all that the lower ones may."""

    STRANGER = 0
    ANYONE = 1
    BOARD = 2
    OFFICER = 3
    ADMINISTRATOR = 4
    STEWARD = 5


LEVEL_OF_ROLE = {Role.BOARD: Level.BOARD, Role.OFFICER: Level.OFFICER, Role.ADMINISTRATOR: Level.ADMINISTRATOR}


@dataclass(frozen=True)
class Access:
    """The rights of one person in one partnership, in the words that pages use."""

    level: Level

    @property
    def is_member(self) -> bool:
        return self.level >= Level.BOARD

    @property
    def may_update(self) -> bool:
        """Update actions and upload values."""
        return self.level >= Level.OFFICER

    @property
    def may_administer(self) -> bool:
        """Load strategies, manage members, documents and targets."""
        return self.level >= Level.ADMINISTRATOR

    @property
    def is_steward(self) -> bool:
        return self.level >= Level.STEWARD


# The least level that may look at hidden figures, by what the partnership allows.
SEES_HIDDEN = {SeesSuppressed.ADMINISTRATOR: Level.ADMINISTRATOR, SeesSuppressed.OFFICER: Level.OFFICER}


class SignInNeeded(Exception):
    """The visitor is nobody yet; after signing in the page may open."""


def level_of(user: User | AnonymousUser, partnership: Partnership) -> Level:
    """One query for a signed-in person who is not a steward, otherwise none."""
    if user.is_authenticated and user.is_steward:
        return Level.STEWARD
    if user.is_authenticated:
        role = Membership.objects.filter(user=user, partnership=partnership).values_list("role", flat=True).first()
        if role is not None:
            return LEVEL_OF_ROLE[Role(role)]
    return Level.ANYONE if partnership.is_public else Level.STRANGER


def judge(user: User | AnonymousUser, partnership: Partnership | None, needed: Level) -> Access:
    """The rights of the user, if they reach the level needed.

    Raises SignInNeeded, Http404 or PermissionDenied otherwise.
    """
    level = Level.STRANGER if partnership is None else level_of(user, partnership)
    if level >= needed:
        return Access(level)
    if not user.is_authenticated:
        raise SignInNeeded
    if level < Level.BOARD:
        raise Http404
    raise PermissionDenied


def sees_hidden(rights: Access, partnership: Partnership) -> bool:
    """Whether somebody with these rights may look at figures that are hidden from readers, each time written down.

    Where the partnership allows nobody, a steward may not either, but may allow it.
    """
    needed = SEES_HIDDEN.get(SeesSuppressed(partnership.sees_suppressed))
    return needed is not None and rights.level >= needed


def requires(needed: Level) -> Callable:
    """Decorates a view of a partnership: turns its slug into the Partnership and sets request.access, or refuses."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, partnership: str, **kwargs) -> HttpResponse:
            found = Partnership.objects.select_related("area", "parent").filter(slug=partnership).first()
            try:
                request.access = judge(request.user, found, needed)
            except SignInNeeded:
                return redirect_to_login(request.get_full_path())
            request.partnership = found
            return view(request, found, **kwargs)

        guarded.access_level = needed
        return guarded

    return decorate


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view that belongs to no partnership and shows nothing of one, so that a test can see it was meant."""
    view.access_level = Level.ANYONE
    return view


def visible_partnerships(user: User | AnonymousUser) -> QuerySet[Partnership]:
    """The partnerships whose existence this visitor may know of."""
    if not user.is_authenticated:
        return Partnership.objects.filter(is_public=True)
    if user.is_steward:
        return Partnership.objects.all()
    return Partnership.objects.filter(Q(is_public=True) | Q(memberships__user=user)).distinct()
