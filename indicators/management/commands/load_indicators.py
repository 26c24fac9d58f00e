"""python manage.py load_indicators [FILE ...]"""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from indicators import catalogue
from partnerships.changes import UNCHANGED, counts
from partnerships.yamlfile import Rejected


class Command(BaseCommand):
    help = "Loads the indicator catalogue. With no FILE all of fixtures/indicators, retiring what none of them defines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE")

    def handle(self, *, files: list[str], **options) -> None:
        try:
            contents = {name: Path(name).read_bytes() for name in files or catalogue.default_files()}
            changes = catalogue.load(files=contents, whole=not files)
        except OSError as error:
            self.stderr.write(f"{error.filename}: {error.strerror}")
            sys.exit(2)
        except Rejected as rejected:
            for problem in rejected.problems:
                self.stderr.write(str(problem))
            sys.exit(1)
        for change in changes:
            if change.kind != UNCHANGED:
                self.stdout.write(str(change))
        self.stdout.write(counts(changes, catalogue.KINDS))
