"""The history of an action as people read it: who said what when, and what stood before."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.models import KeyAction, Milestone, Status, StatusUpdate


@dataclass(frozen=True)
class Entry:
    """One update, with the status code and progress (in per cent) that it replaced."""

    update: StatusUpdate
    status_before: str
    progress_before: int

    @property
    def status_changed(self) -> bool:
        return self.update.status != self.status_before

    @property
    def progress_changed(self) -> bool:
        return self.update.progress != self.progress_before

    @property
    def milestones_reached(self) -> list[Milestone]:
        return list(self.update.milestones_reached.all())

    @property
    def status_word_before(self) -> str:
        return Status(self.status_before).label


def entries(updates: Iterable[StatusUpdate]) -> list[Entry]:
    """Pairs the updates of one action, given oldest first, with what each replaced; an action begins not started."""
    found: list[Entry] = []
    for update in updates:
        before = found[-1].update if found else StatusUpdate(status=Status.NOT_STARTED, progress=0)
        found.append(Entry(update, before.status, before.progress))
    return found


def of_action(action: KeyAction, *, after: int = 0) -> list[Entry]:
    """The updates of an action later than a version, oldest first. Two queries."""
    updates = action.updates.filter(version__gte=after).order_by("version")
    paired = entries(updates.select_related("made_by").prefetch_related("milestones_reached"))
    return [entry for entry in paired if entry.update.version > after]
