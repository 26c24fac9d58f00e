"""python manage.py load_areas [FILE ...]"""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from partnerships import areas
from partnerships.changes import UNCHANGED, counts
from partnerships.yamlfile import Rejected


class Command(BaseCommand):
    help = (
        "Loads areas (CSV), partnerships and comparator sets (YAML). With no FILE those of fixtures/areas and"
        " fixtures/comparators."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE")

    def handle(self, *, files: list[str], **options) -> None:
        try:
            contents = {name: Path(name).read_bytes() for name in files or areas.default_files()}
            changes = areas.load(files=contents)
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
        self.stdout.write(counts(changes, areas.KINDS))
