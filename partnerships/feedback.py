"""Answers to "Did you find what you were looking for?": the only writer of Feedback, and how often one may answer."""

from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from partnerships import access
from partnerships.models import Feedback, Partnership, User

MOST_ANSWERS = 10
WITHIN_SECONDS = 10 * 60


def give(*, page: str, found: bool, why: str, partnership: Partnership | None) -> Feedback:
    """Keeps one answer, and nothing about who gave it. A reason is kept only where nothing was found."""
    return Feedback.objects.create(page=page, found=found, why="" if found else why, partnership=partnership)


def partnership_of(page: str, user: User | AnonymousUser) -> Partnership | None:
    """The partnership whose page has this address, unless the visitor may not know of it."""
    slug = page.strip("/").split("/")[0].split("?")[0]
    return access.visible_partnerships(user).filter(slug=slug).first()


def may_answer(address: str) -> bool:
    """Whether somebody at this network address may answer now; counts this time. A digest of it is kept, briefly."""
    key = f"feedback-{sha256(address.encode()).hexdigest()}"
    cache.add(key, 0, WITHIN_SECONDS)
    return cache.incr(key) <= MOST_ANSWERS
