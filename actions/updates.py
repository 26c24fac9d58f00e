"""The only writer of an action's status: every report adds a StatusUpdate and changes the action with it."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions import history
from actions.models import STATUSES_WITH_NOTE, KeyAction, Milestone, Status, StatusUpdate
from partnerships.models import User


class Conflict(Exception):
    """Somebody reported on the action after the version that the present reporter had read. Nothing was written.

    `current` is the action as it stands; `since` holds the updates that the reporter has not seen, oldest first.
    """

    def __init__(self, current: KeyAction, since: list[history.Entry]) -> None:
        super().__init__(_("The action has been updated since you opened it."))
        self.current = current
        self.since = since


@transaction.atomic
def record(
    *,
    action: KeyAction,
    status: str,
    progress: int,
    note: str,
    by: User,
    seen_version: int,
    milestones_reached: Collection[str] | None = None,
    is_confirmation: bool = False,
) -> StatusUpdate:
    """Adds one report on an action and brings the action into line with it, both or neither.

    `progress` is in per cent; a complete action always has 100. `milestones_reached` names by code every milestone
    that is reached as of now (the others are not); None leaves them alone. A confirmation says that status and
    progress still hold, so it must repeat them.
    Raises Conflict when `seen_version` is not the action's version, ValueError for a report that contradicts itself.
    """
    locked = KeyAction.objects.select_for_update().get(pk=action.pk)
    if locked.version != seen_version:
        raise Conflict(locked, history.of_action(locked, after=seen_version))
    progress = 100 if status == Status.COMPLETE else progress
    if is_confirmation and (status, progress) != (locked.status, locked.progress):
        raise ValueError("A confirmation repeats the status and progress of the action.")
    if status in STATUSES_WITH_NOTE and not note and not is_confirmation:
        raise ValueError(f"The status '{status}' needs a note that says why.")

    update = StatusUpdate.objects.create(
        action=locked,
        version=locked.version + 1,
        status=status,
        progress=progress,
        note=note,
        is_confirmation=is_confirmation,
        made_by=by,
    )
    _bring_into_line(locked, update)
    if milestones_reached is not None:
        _mark_milestones(update, set(milestones_reached))
    return update


def _bring_into_line(action: KeyAction, update: StatusUpdate) -> None:
    is_complete = update.status == Status.COMPLETE
    if not is_complete:
        action.completed_at = action.completed_by = None
    elif action.completed_at is None:
        action.completed_at, action.completed_by = timezone.now(), update.made_by
    action.status, action.progress, action.version = update.status, update.progress, update.version
    action.save(update_fields=["status", "progress", "version", "completed_at", "completed_by"])


def _mark_milestones(update: StatusUpdate, reached: set[str]) -> None:
    """A milestone reached earlier keeps the update that told so."""
    milestones = Milestone.objects.standing().filter(action=update.action)
    unknown = reached - set(milestones.values_list("code", flat=True))
    if unknown:
        raise ValueError(f"No such milestone of this action: {', '.join(sorted(unknown))}.")
    milestones.filter(code__in=reached, reached_in__isnull=True).update(reached_in=update)
    milestones.exclude(code__in=reached).update(reached_in=None)
