"""python manage.py work: the background worker, which checks and publishes large files."""

import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from indicators import runs, tasks

LOOK_EVERY_SECONDS = 10


class Command(BaseCommand):
    help = "Works through what the pages hand over to the background, until it is stopped (Ctrl+C). Run one or more."

    def handle(self, **options) -> None:
        watch = threading.Thread(target=_take_up_lost, daemon=True, name="looks for runs whose worker was killed")
        watch.start()
        call_command("db_worker", reload=False, startup_delay=False, verbosity=options["verbosity"])


def _take_up_lost() -> None:
    pause = threading.Event()
    while True:
        for run in runs.take_up_lost():
            tasks.hand_over(run)
        close_old_connections()
        pause.wait(LOOK_EVERY_SECONDS)
