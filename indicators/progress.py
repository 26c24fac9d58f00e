"""How far a run has come, told to whoever watches, also while its transaction hides everything else it does.

It goes through the cache named "progress": by default files under var/, which the worker and the web processes of one
machine share. A run is told apart by its key.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.cache import caches

# A run that gave no sign of life for so long is dead.
SILENT_SECONDS = 20
BEAT_SECONDS = 3
KEPT_SECONDS = 24 * 60 * 60


class Cancelled(Exception):
    """Somebody asked for the run to stop."""


@dataclass(frozen=True)
class Progress:
    """`done` of `total` rows or figures; `seen_at` is in seconds since the epoch."""

    done: int = 0
    total: int = 0
    seen_at: float = 0

    @property
    def is_alive(self) -> bool:
        return time.time() - self.seen_at < SILENT_SECONDS

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


def of(run: UUID) -> Progress:
    found = caches["progress"].get(f"run-{run}")
    return Progress(**found) if found else Progress()


def ask_to_stop(run: UUID) -> None:
    caches["progress"].set(f"stop-{run}", True, KEPT_SECONDS)


class Reporter:
    """Call it with how much is done and how much there is. Raises Cancelled once somebody asked for it."""

    def __init__(self, run: UUID) -> None:
        self.run = run
        self.done = self.total = 0
        self.reported_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if time.monotonic() - self.reported_at > 1 or done >= total:
            self.report()
            if caches["progress"].get(f"stop-{self.run}"):
                raise Cancelled

    def report(self) -> None:
        self.reported_at = time.monotonic()
        seen = asdict(Progress(self.done, self.total, time.time()))
        caches["progress"].set(f"run-{self.run}", seen, KEPT_SECONDS)


@contextmanager
def reporting(run: UUID) -> Iterator[Reporter]:
    """A reporter that gives signs of life while its process lives, also during one long statement."""
    reporter, over = Reporter(run), threading.Event()
    reporter.report()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            reporter.report()

    thread = threading.Thread(target=beat, daemon=True, name=f"progress of run {run}")
    thread.start()
    try:
        yield reporter
    finally:
        over.set()
        thread.join()
