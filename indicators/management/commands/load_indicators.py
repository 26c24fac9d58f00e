"""python manage.py load_indicators [FILE ...]"""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from indicators import catalogue
from partnerships.yamlfile import Rejected


class Command(BaseCommand):
    help = "Loads the indicator catalogue. With no FILE all of fixtures/indicators, retiring what none of them defines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options) -> None:
        paths = files or sorted((settings.FIXTURES_DIR / "indicators").glob("*.yaml"))
        try:
            contents = {str(path): path.read_bytes() for path in paths}
            loaded = catalogue.load(files=contents, whole=not files)
        except OSError as error:
            self.stderr.write(f"{error.filename}: {error.strerror}")
            sys.exit(2)
        except Rejected as rejected:
            for problem in rejected.problems:
                self.stderr.write(str(problem))
            sys.exit(1)
        for change in loaded.changes:
            self.stdout.write(str(change))
        self.stdout.write(str(loaded))
