"""What a file holds and what publishing it would do, found without writing anything."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from indicators import layouts, tables
from indicators.differences import Comparison, Held, compare
from indicators.layouts import ValueRow
from indicators.models import Layout, Upload, Value
from indicators.numbers import spreadsheet_safe
from indicators.rules import UNSEEN, Content, Entry, Fact, Judged, LeftOut, Scope, judge
from partnerships.problems import Problem

# The header of the column that the file with errors has more than the file that was uploaded.
ERROR_COLUMN = "error"
ROWS_BETWEEN_REPORTS = 1000

Progress = Callable[[int, int], None]


class FileRefused(Exception):
    """A file that cannot be read as a table of figures; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Readout:
    """A file read and judged, not yet compared; `columns` are those of ours that it has."""

    judged: Judged
    problems: tuple[Problem, ...]
    ignored_columns: tuple[str, ...]
    columns: frozenset[str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Examination:
    """Everything found in a file, none of it cut."""

    comparison: Comparison
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    ignored_columns: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """In the order in which pages and commands give them; rejected counts rows."""
        return {
            "added": self.comparison.count("added"),
            "changed": self.comparison.count("changed"),
            "unchanged": self.comparison.unchanged,
            "left_out": len(self.left_out),
            "rejected": len({problem.line for problem in self.problems}),
        }


def examine(
    *, content: bytes, file_name: str, scope: Scope, layout: Layout | None = None, progress: Progress | None = None
) -> Examination:
    """Raises FileRefused where the file cannot be read as figures. `progress` is told rows judged, and of how many."""
    return beside_what_stands(read(content, file_name, scope, layout, progress), scope)


def read(
    content: bytes, file_name: str, scope: Scope, layout: Layout | None, progress: Progress | None = None
) -> Readout:
    """The first half of examine: what the file says, whatever stands now. Raises FileRefused."""
    table = read_table(content, file_name)
    columns, constants = (layout.columns, layout.constants) if layout else ({}, {})
    found = layouts.value_rows(table, columns=columns, constants=constants)
    if of_no_row := [problem for problem in found.problems if problem.line <= table.header_row]:
        raise FileRefused(of_no_row)
    judged = judge(_counted(found.rows, progress), scope)
    renamed = {tables.same_name(theirs): ours for theirs, ours in columns.items()}
    headers = {renamed.get(name, name): header for header in table.header if (name := tables.same_name(header))}
    problems = (replace(problem, column=headers.get(problem.column, problem.column)) for problem in judged.problems)
    return Readout(
        judged, (*found.problems, *problems), found.ignored, frozenset(headers) | frozenset(constants), table.notes
    )


def read_table(content: bytes, file_name: str) -> tables.Book:
    """Raises FileRefused."""
    if len(content) > settings.UPLOAD_MAX_BYTES:
        most = {"most": filesizeformat(settings.UPLOAD_MAX_BYTES)}
        raise FileRefused([Problem(_("the file is larger than %(most)s: divide it into several files") % most)])
    try:
        return tables.read(content, file_name)
    except tables.TableError as error:
        raise FileRefused(error.problems) from error


def _counted(rows: Sequence[ValueRow], progress: Progress | None) -> Iterator[ValueRow]:
    for number, row in enumerate(rows, 1):
        yield row
        if progress and (number % ROWS_BETWEEN_REPORTS == 0 or number == len(rows)):
            progress(number, len(rows))


def beside_what_stands(readout: Readout, scope: Scope) -> Examination:
    """The second half of examine. A row that would change what this person may not change is left out."""
    compared = compare(readout.judged.entries, _held(readout.judged.entries), readout.columns)
    barred = [one for one in compared.differences if one.replaced and one.entry.fact.area in scope.protected]
    rows = {one.entry.row for one in barred}
    reason = _("a standing figure of an area outside the partnership, which only a steward may change")
    left_out = (*readout.judged.left_out, *(LeftOut(one.entry.row, one.entry.fact.area, reason) for one in barred))
    return Examination(
        Comparison(tuple(one for one in compared.differences if one.entry.row not in rows), compared.unchanged),
        tuple(sorted(readout.problems, key=lambda problem: problem.line)),
        tuple(sorted(left_out, key=lambda row: row.row)),
        tuple(UNSEEN.sub("�", name) for name in readout.ignored_columns),
        readout.notes,
    )


def _held(entries: Iterable[Entry]) -> dict[Fact, Held]:
    """What stands now of the indicators and areas that the entries are about."""
    indicators = {entry.fact.indicator for entry in entries}
    areas = {entry.fact.area for entry in entries}
    values = Value.objects.current().filter(indicator__code__in=indicators, area__code__in=areas)
    columns = ("pk", "indicator__code", "area__code", "period_start", "period_end", "breakdown", *Content._fields)
    return {Fact(*row[1:6]): Held(row[0], Content(*row[6:])) for row in values.values_list(*columns).iterator()}


def rows_with_errors(*, upload: Upload, scope: Scope) -> Iterator[list[str]]:
    """The uploaded table again, header first, with a column that says what is wrong with a row or why it is left out.

    Nothing in it is a formula to a spreadsheet. Uploaded again, the column is ignored.
    """
    content, name = bytes(upload.original.content), upload.file_name
    table = read_table(content, name)
    said = _said_of_rows(examine(content=content, file_name=name, scope=scope, layout=upload.layout))
    kept = [place for place, header in enumerate(table.header) if tables.same_name(header) != ERROR_COLUMN]
    yield [*(spreadsheet_safe(table.header[place]) for place in kept), ERROR_COLUMN]
    for row in table.rows:
        cells = [spreadsheet_safe(cell) for cell in row.cells]
        surplus = cells[len(table.header) :]
        cells += [""] * (len(table.header) - len(cells))
        yield [*(cells[place] for place in kept), said.get(row.number, ""), *surplus]


def _said_of_rows(found: Examination) -> dict[int, str]:
    said = defaultdict(list)
    for problem in found.problems:
        said[problem.line].append(str(replace(problem, file="", line=0, value=None)))
    for row in found.left_out:
        said[row.row].append(_("left out: %(reason)s") % {"reason": row.reason})
    return {row: "; ".join(sentences) for row, sentences in said.items()}
