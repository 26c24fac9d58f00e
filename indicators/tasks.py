"""Runs performed: small ones at once, large ones by the background worker, which is handed their number."""

from django.db import transaction
from django_tasks import task

from indicators import runs
from indicators.models import Run


@task()
def perform(run_id: int) -> None:
    runs.perform(run_id)


def start(run: Run) -> Run:
    """Performs a run before returning or, where a request should not wait for it, hands it over."""
    if not runs.is_long(run.upload):
        return runs.perform(run.pk)
    hand_over(run)
    return run


def hand_over(run: Run) -> None:
    """Gives a run to the worker, once what recorded it is committed."""
    transaction.on_commit(lambda: perform.enqueue(run.pk))
