"""Runs a management command and stops for ever in the middle of writing figures, for a test to kill.

python import_and_pause.py SIGNAL COMMAND [ARGUMENT ...]: the file SIGNAL appears when the figures that are replaced
have been ended, and the first of the new ones written, but nothing has been committed.
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def pause_after_the_first_batch(signal: Path) -> None:
    from indicators import succession

    run = succession.run

    def run_and_wait(statement: str, parameters: list) -> int:
        touched = run(statement, parameters)
        if statement.startswith("INSERT"):
            signal.touch()
            while True:
                time.sleep(60)
        return touched

    succession.run = run_and_wait


def main(signal: str, *command: str) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    pause_after_the_first_batch(Path(signal))
    execute_from_command_line(["manage.py", *command])


if __name__ == "__main__":
    main(*sys.argv[1:])
