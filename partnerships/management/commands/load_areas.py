"""python manage.py load_areas [FILE ...]"""

from collections.abc import Mapping

from partnerships import areas
from partnerships.changes import Change
from partnerships.management.loadcommand import LoadCommand


class Command(LoadCommand):
    help = (
        "Loads areas (CSV), partnerships and comparator sets (YAML). With no FILE those of fixtures/areas and"
        " fixtures/comparators."
    )
    kinds = areas.KINDS

    def default_files(self) -> list[str]:
        return areas.default_files()

    def load(self, contents: Mapping[str, bytes], *, whole: bool) -> list[Change]:
        return areas.load(files=contents)
