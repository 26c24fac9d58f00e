"""The catalogue of indicators, kept in reviewed files: the only writer of Indicator and SeriesBreak.

The code is the identity of an indicator: a file that names it again changes it. Whoever corrects a definition by hand
in the admin corrects it in the file too, or the next load takes it back.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import periods, suppression
from indicators.models import Indicator, SeriesBreak
from partnerships import yamlfile
from partnerships.changes import ADDED, CHANGED, RETIRED, UNCHANGED, Change, FieldChange
from partnerships.problems import Problem

# What a load counts, in the order in which it says so.
KINDS = (ADDED, CHANGED, RETIRED, UNCHANGED)
WHAT = "indicator"
# What a file says of an indicator by the same key, with what holds where it says nothing.
TEXTS = (
    "name",
    "name_cy",
    "short_name",
    "topic",
    "definition",
    "rationale",
    "numerator",
    "denominator",
    "unit",
    "unit_words",
    "frequency",
    "publisher",
    "source",
    "source_url",
    "licence",
    "next_update_note",
    "caveats",
    "series_choice",
)
DAYS = ("published_on", "next_update_on")
PLAIN = {
    "value_type": None,
    "multiplier": 1,
    "decimals": 1,
    "polarity": None,
    "year_type": "financial",
    "suppress_below": None,
    "round_to": None,
}


@dataclass(frozen=True)
class Break:
    starts_on: date
    label: str
    note: str


@dataclass(frozen=True)
class Definition:
    """One indicator as a file defines it, and where."""

    code: str
    fields: Mapping[str, str | float | date | None]
    breaks: tuple[Break, ...]
    file: str
    line: int


def default_files() -> list[str]:
    """The files of the project itself, in the order of their names."""
    return sorted(str(path) for path in (settings.FIXTURES_DIR / "indicators").glob("*.yaml"))


def load(*, files: Mapping[str, bytes], whole: bool) -> list[Change]:
    """Brings the catalogue to what the files say, all or nothing.

    `files` gives the content by the name that problems carry. `whole` says that the files are the whole catalogue: an
    indicator that none of them defines is then retired. Returns one change for every indicator defined or retired, the
    unchanged too. Raises yamlfile.Rejected with everything wrong in any of the files.
    """
    return _write(read(files), whole=whole)


def read(files: Mapping[str, bytes]) -> list[Definition]:
    """The definitions in the files, in their order. Raises yamlfile.Rejected with everything wrong in any of them."""
    found: list[Definition] = []
    problems: list[Problem] = []
    for name, content in files.items():
        try:
            found += _definitions(yamlfile.read(content, file=name, schema=_schema()))
        except yamlfile.Rejected as rejected:
            problems += rejected.problems
    problems += _defined_twice(found)
    if problems:
        raise yamlfile.Rejected(problems)
    return found


@cache
def _schema() -> dict:
    return json.loads((settings.FIXTURES_DIR / "indicators" / "schema.json").read_text())


def _definitions(document: yamlfile.Document) -> list[Definition]:
    entries = document.top.items("indicators")
    problems = [problem for entry in entries for problem in (*_unsaid(entry), *_misplaced_breaks(entry))]
    if problems:
        raise yamlfile.Rejected(problems)
    return [_definition(entry) for entry in entries]


def _definition(entry: yamlfile.Entry) -> Definition:
    plain = {name: entry.data.get(name, default) for name, default in PLAIN.items()}
    fields = {**entry.texts(*TEXTS), **entry.days(*DAYS), **plain}
    breaks = (Break(_start(entry, item), item.text("from"), item.text("note")) for item in entry.items("breaks"))
    line = entry.document.line((*entry.path, "code"))
    return Definition(entry.text("code"), fields, tuple(breaks), entry.document.file, line)


def _unsaid(entry: yamlfile.Entry) -> Iterator[Problem]:
    if not entry.text("next_update_on") and not entry.text("next_update_note"):
        message = _("Say when the next figures come: a date here or, where none is known, words in next_update_note.")
        yield entry.problem("next_update_on", message)


def _misplaced_breaks(entry: yamlfile.Entry) -> Iterator[Problem]:
    starts = set()
    for item in entry.items("breaks"):
        try:
            start = _start(entry, item)
        except periods.PeriodError as error:
            yield item.problem("from", str(error))
            continue
        if start in starts:
            yield item.problem("from", _("Another break of this indicator starts on the same day."))
        starts.add(start)


def _start(entry: yamlfile.Entry, item: yamlfile.Entry) -> date:
    """The first day of the period that a break names. Raises PeriodError."""
    return periods.read(item.text("from"), year_type=entry.data.get("year_type", "financial")).start


def _defined_twice(definitions: Iterable[Definition]) -> Iterator[Problem]:
    first: dict[str, Definition] = {}
    for definition in definitions:
        earlier = first.setdefault(definition.code, definition)
        if earlier is not definition:
            message = _("This indicator is defined twice, first in %(file)s, line %(line)s.")
            place = {"file": earlier.file, "line": earlier.line}
            yield Problem(message % place, definition.file, definition.line, "code", definition.code)


@transaction.atomic
def _write(definitions: list[Definition], *, whole: bool) -> list[Change]:
    standing = {indicator.code: indicator for indicator in Indicator.objects.prefetch_related("breaks")}
    changes = [_bring(definition, standing.get(definition.code)) for definition in definitions]
    if whole:
        changes += _retire(standing, {definition.code for definition in definitions})
    return changes


def _bring(definition: Definition, indicator: Indicator | None) -> Change:
    """Writes what differs, and says what."""
    name = definition.fields["name"]
    if indicator is None:
        indicator = Indicator.objects.create(code=definition.code, **definition.fields)
        _write_breaks(indicator, definition.breaks)
        return Change(ADDED, WHAT, definition.code, name)
    changed = _bring_fields(definition, indicator) + _bring_breaks(definition, indicator)
    return Change(CHANGED if changed else UNCHANGED, WHAT, definition.code, name, changed)


def _bring_fields(definition: Definition, indicator: Indicator) -> tuple[FieldChange, ...]:
    wanted = {**definition.fields, "retired_at": None}
    new = {name: value for name, value in wanted.items() if getattr(indicator, name) != value}
    changed = tuple(FieldChange(name, _text(getattr(indicator, name)), _text(value)) for name, value in new.items())
    for name, value in new.items():
        setattr(indicator, name, value)
    if new:
        indicator.save(update_fields=list(new))
    if suppression.DECIDED_BY & new.keys():
        suppression.hide(indicators=[indicator])
    return changed


def _bring_breaks(definition: Definition, indicator: Indicator) -> tuple[FieldChange, ...]:
    standing = tuple(Break(one.starts_on, one.label, one.note) for one in indicator.breaks.all())
    if set(standing) == set(definition.breaks):
        return ()
    indicator.breaks.all().delete()
    _write_breaks(indicator, definition.breaks)
    return (FieldChange("breaks", _labels(standing), _labels(definition.breaks)),)


def _text(value: str | float | date | datetime | None) -> str:
    return "" if value is None else str(value)


def _labels(breaks: Iterable[Break]) -> str:
    return ", ".join(one.label for one in breaks)


def _write_breaks(indicator: Indicator, breaks: Iterable[Break]) -> None:
    SeriesBreak.objects.bulk_create(
        SeriesBreak(indicator=indicator, starts_on=one.starts_on, label=one.label, note=one.note) for one in breaks
    )


def _retire(standing: Mapping[str, Indicator], defined: set[str]) -> Iterator[Change]:
    for code, indicator in standing.items():
        if code not in defined and indicator.retired_at is None:
            indicator.retired_at = timezone.now()
            indicator.save(update_fields=["retired_at"])
            yield Change(RETIRED, WHAT, code, indicator.name)
