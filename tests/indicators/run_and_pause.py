"""Performs a run as the pages or the worker do and stops for ever in the middle of it, for a test to kill.

python run_and_pause.py SIGNAL check|publish web|worker RUN      the file SIGNAL appears in the middle
python run_and_pause.py prepare FILE check|publish               keeps the file, asks for the deed, prints the run
python run_and_pause.py again RUN                                takes it up as a worker does later; prints states
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def prepare(file: str, deed: str) -> None:
    from indicators import runs, savedlayouts, uploads
    from indicators.models import Deed
    from indicators.scope import scope_of
    from partnerships.models import Partnership, User

    by, partnership = User.objects.get(), Partnership.objects.get(slug="northshire")
    with open(file, "rb") as content:
        upload = uploads.receive(
            file=content, file_name="figures.csv", partnership=partnership, by=by, how=savedlayouts.own()
        )
    if deed == Deed.PUBLISH:
        uploads.check(upload=upload, scope=scope_of(partnership=partnership, indicators=(), by=by))
    options = {"indicators": []} if deed == Deed.CHECK else {"confirm_doubtful": True}
    print(runs.ask(upload=upload, deed=Deed(deed), by=by, **options).pk)


def perform(signal: str, deed: str, who: str, run: str) -> None:
    from django.core.management import call_command

    from indicators import runs, staging, succession, tasks
    from indicators.models import Run

    def wait() -> None:
        Path(signal).touch()
        while True:
            time.sleep(60)

    if deed == "check":
        staging.compare = lambda *_arguments, **_options: wait()
    else:
        statement = succession.run
        succession.run = lambda *arguments: wait() if arguments[0].startswith("INSERT") else statement(*arguments)
    if who == "web":
        runs.perform(int(run))
    else:
        tasks.hand_over(Run.objects.get(pk=run))
        call_command("work")


def again(run: str) -> None:
    from django.utils import timezone

    from indicators import progress, runs
    from indicators.models import Run

    # As if it were later: its process gives no more signs of life.
    Run.objects.filter(pk=run).update(started_at=timezone.now() - timedelta(minutes=5))
    progress.SILENT_SECONDS = 0
    found = Run.objects.get(pk=run)
    print(found.state, "lost" if runs.is_lost(found) else "alive", found.upload.state)
    for lost in runs.take_up_lost():
        done = runs.perform(lost.pk)
        print(done.state, done.attempts, Run.objects.get(pk=run).upload.state)


def main(first: str, *rest: str) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    commands = {"prepare": prepare, "again": again}
    commands[first](*rest) if first in commands else perform(first, *rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
