"""What somebody who looks at a run sees of it: whether it waits, goes on or is gone, and how far it is."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import progress, runs
from indicators.models import Deed, Run, RunState
from indicators.progress import Progress

LOST = "lost"
NEGLECTED = "neglected"
# A worker that is there and idle takes up within a second or two what waits.
PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True)
class Sight:
    """`state` is that of the run, except LOST (its process is gone) and NEGLECTED (no worker has come for it)."""

    state: str
    progress: Progress


def of(run: Run) -> Sight:
    return Sight(_state(run), progress.of(run.key))


def _state(run: Run) -> str:
    if runs.is_lost(run):
        return LOST
    if run.state == RunState.WAITING and timezone.now() - run.asked_at > PATIENCE:
        return NEGLECTED
    return run.state


def in_words(run: Run) -> str:
    """A run that is not over in a few words, as a list of uploads shows it."""
    seen, is_check = of(run), run.deed == Deed.CHECK
    if seen.state == LOST:
        return _("checking, broken off") if is_check else _("publishing, broken off")
    if seen.state == RunState.RUNNING:
        sentence = _("checking, %(percent)s%%") if is_check else _("publishing, %(percent)s%%")
        return sentence % {"percent": seen.progress.percent}
    return _("waiting to be checked") if is_check else _("waiting to be published")
