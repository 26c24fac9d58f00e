"""What the commands that load reference files have in common."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.management.base import BaseCommand

from partnerships.changes import UNCHANGED, Change, counts
from partnerships.yamlfile import Rejected


class LoadCommand(BaseCommand):
    """Loads FILEs, or those of the project: a line for every change, then the counts by kind.

    A file that cannot be opened ends it with 2; files with anything wrong, each with its line, with 1.
    """

    kinds: Iterable[str]

    def default_files(self) -> list[str]:
        raise NotImplementedError

    def load(self, contents: Mapping[str, bytes], *, whole: bool) -> list[Change]:
        """`whole` tells that these are all the files of the project."""
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE")

    def handle(self, *, files: list[str], **options) -> None:
        try:
            contents = {name: Path(name).read_bytes() for name in files or self.default_files()}
            changes = self.load(contents, whole=not files)
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
        self.stdout.write(counts(changes, self.kinds))
