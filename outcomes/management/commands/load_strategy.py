"""python manage.py load_strategy FILE ... [--check]"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management.base import BaseCommand

from outcomes import loading, strategyfile
from outcomes.loading import Loading
from partnerships.problems import Problem
from partnerships.yamlfile import Rejected


class Command(BaseCommand):
    help = "Loads strategy files, each all or nothing. Files that link to each other load in any order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--check", action="store_true", help="Say what would change and write nothing.")

    def handle(self, *, files: list[str], check: bool, **options) -> None:
        try:
            contents = {name: Path(name).read_bytes() for name in files}
        except OSError as error:
            self.stderr.write(f"{error.filename}: {error.strerror}")
            sys.exit(2)
        bring = loading.compare if check else loading.load
        found = [self.bring(name, content, bring) for name, content in contents.items()]
        if not check and len(found) > 1:
            # Links may lead to a file that came later.
            found = [one and loading.complete(one, by=None) for one in found]
        self.report(one for one in found if one)
        if not all(found):
            sys.exit(1)

    def bring(self, name: str, content: bytes, bring: Callable[..., Loading]) -> Loading | None:
        """None where the file was refused; why is said."""
        try:
            return bring(strategyfile.read(content, file=name), by=None)
        except Rejected as rejected:
            self.complain(rejected.problems)
            return None

    def complain(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.stderr.write(str(problem))

    def report(self, loaded: Iterable[Loading]) -> None:
        for found in loaded:
            self.complain(found.notes)
            for change in found.effective:
                self.stdout.write(str(change))
            self.stdout.write(found.counts())
