"""Who a command acts for, held to the same rights as on the pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from partnerships import access
from partnerships.models import Partnership, User


class BadCall(Exception):
    """The command was called with something that cannot be, or by somebody who may not; the text says what."""


def person(email: str, partnership: Partnership, needed: access.Level) -> User:
    """The person with this email, if they have the level needed in the partnership. Raises BadCall."""
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise BadCall(_("Nobody who can sign in has the email address %(email)s.") % {"email": email})
    try:
        access.judge(found, partnership, needed)
    except (PermissionDenied, Http404) as error:
        words = {"email": email, "partnership": partnership.slug}
        raise BadCall(_("%(email)s may not do this in the partnership %(partnership)s.") % words) from error
    return found
