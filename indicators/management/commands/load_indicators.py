"""python manage.py load_indicators [FILE ...]"""

from collections.abc import Mapping

from indicators import catalogue
from partnerships.changes import Change
from partnerships.management.loadcommand import LoadCommand


class Command(LoadCommand):
    help = "Loads the indicator catalogue. With no FILE all of fixtures/indicators, retiring what none of them defines."
    kinds = catalogue.KINDS

    def default_files(self) -> list[str]:
        return catalogue.default_files()

    def load(self, contents: Mapping[str, bytes], *, whole: bool) -> list[Change]:
        return catalogue.load(files=contents, whole=whole)
