"""What entries of a file may say once only, and which areas they may name."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from partnerships.problems import Problem
from partnerships.yamlfile import Entry


def twice(entries: Iterable[Entry], *keys: str) -> Iterator[Problem]:
    first: dict[tuple[str | int, ...], Entry] = {}
    for entry in entries:
        earlier = first.setdefault(tuple(entry.data[key] for key in keys), entry)
        if earlier is not entry:
            place = {"file": earlier.document.file, "line": earlier.document.line(earlier.path)}
            yield entry.problem(keys[0], _("This stands here twice, first in %(file)s, line %(line)s.") % place)


def unknown_areas(entry: Entry, key: str, codes: Iterable[str]) -> Iterator[Problem]:
    value = entry.data.get(key, [])
    for number, code in enumerate([value] if isinstance(value, str) else value):
        if code.strip() not in codes:
            deeper = () if isinstance(value, str) else (number,)
            yield entry.problem(key, _("There is no area with this code. Add it to the areas first."), *deeper)
