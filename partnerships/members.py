"""The only writer of Membership, of whether a partnership is public, and of who of it may see hidden figures.

Each change is kept with its author in the log of the administration site.
"""

from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.models import Membership, Organisation, Partnership, Role, SeesSuppressed, User


class MembershipRefused(ValidationError):
    """The membership cannot be changed so; the message is a sentence for whoever asked."""


@dataclass(frozen=True)
class Added:
    """A new membership, and whether the account was made for it (and so has no password yet)."""

    membership: Membership
    is_new_account: bool


@transaction.atomic
def add(
    *,
    partnership: Partnership,
    email: str,
    name: str,
    role: Role,
    by: User,
    organisation: Organisation | None = None,
) -> Added:
    """Adds the person with this e-mail address, in any case of letters, and makes an account where there is none.

    The name of an account that exists stays as it is.
    Raises MembershipRefused for a member, a closed account, or one of elsewhere that has no password yet: whoever
    invited that person holds a link to set it, and must not get into a second partnership by it.
    """
    _refuse_foreign_organisation(partnership, organisation)
    user = User.objects.filter(email__iexact=email).first()
    is_new = user is None
    if is_new:
        user = User.objects.create_user(email, None, name=name)
    else:
        _refuse_account(user, partnership)
    membership = Membership.objects.create(partnership=partnership, user=user, role=role, organisation=organisation)
    _log(membership, ADDITION, by, _("Added as %(role)s.") % {"role": membership.get_role_display()})
    return Added(membership, is_new)


@transaction.atomic
def change(*, membership: Membership, role: Role, organisation: Organisation | None, by: User) -> None:
    """Raises MembershipRefused where the partnership would be left without an administrator."""
    _refuse_foreign_organisation(membership.partnership, organisation)
    if role != Role.ADMINISTRATOR:
        _refuse_without_administrator(membership)
    membership.role = role
    membership.organisation = organisation
    membership.save(update_fields=["role", "organisation"])
    _log(membership, CHANGE, by, _("Made %(role)s.") % {"role": membership.get_role_display()})


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """Ends the membership; the account and what the person entered stay.

    Raises MembershipRefused where the partnership would be left without an administrator.
    """
    _refuse_without_administrator(membership)
    _log(membership, DELETION, by, _("Removed from %(partnership)s.") % {"partnership": membership.partnership})
    membership.delete()


@transaction.atomic
def set_visibility(*, partnership: Partnership, is_public: bool, by: User) -> None:
    partnership.is_public = is_public
    partnership.save(update_fields=["is_public"])
    _log(partnership, CHANGE, by, _("Made public.") if is_public else _("Made private."))


@transaction.atomic
def set_sees_suppressed(*, partnership: Partnership, sees_suppressed: SeesSuppressed, by: User) -> None:
    partnership.sees_suppressed = sees_suppressed
    partnership.save(update_fields=["sees_suppressed"])
    words = {"who": partnership.get_sees_suppressed_display()}
    _log(partnership, CHANGE, by, _("May see hidden figures: %(who)s.") % words)


def may_hand_out_link(membership: Membership) -> bool:
    """Whether an administrator here may give this person a link to set a password.

    Only while there is none, and only for an account that is nothing elsewhere: the link opens the whole account.
    """
    user = membership.user
    if user.has_usable_password() or user.is_steward or not user.is_active:
        return False
    return not user.memberships.exclude(pk=membership.pk).exists()


def _refuse_account(user: User, partnership: Partnership) -> None:
    if user.memberships.filter(partnership=partnership).exists():
        raise MembershipRefused(_("This person is already a member. Change their role in the list of members."))
    if not user.is_active:
        raise MembershipRefused(_("This account is closed. Ask the site steward to open it again."))
    if not user.has_usable_password():
        raise MembershipRefused(
            _("This person has still to set a password for their account. Ask them to do that first.")
        )


def _refuse_foreign_organisation(partnership: Partnership, organisation: Organisation | None) -> None:
    if organisation is not None and organisation.partnership_id != partnership.pk:
        raise MembershipRefused(_("Choose an organisation of this partnership."))


def _refuse_without_administrator(membership: Membership) -> None:
    """Locks the administrators, so that two of them cannot remove each other at the same moment."""
    administrators = Membership.objects.select_for_update(of=("self",)).filter(
        partnership=membership.partnership_id, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if [one.pk for one in administrators.order_by("pk")] == [membership.pk]:
        raise MembershipRefused(_("This is the only administrator. Make somebody else an administrator first."))


def _log(changed: Membership | Partnership, action: int, by: User, message: str) -> None:
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(changed),
        object_id=str(changed.pk),
        object_repr=str(changed)[:200],
        action_flag=action,
        change_message=message,
    )
