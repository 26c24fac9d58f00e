"""A file read from end to end under one scope: its good figures handed on, batch by batch, and what else was found."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from indicators import batches, repeats, tables
from indicators.assembling import Batch
from indicators.judging import Figures, Judge, Judged
from indicators.layouts import LeftOut, Plan
from indicators.repeats import Ledger
from indicators.rules import UNSEEN, Scope
from partnerships.problems import Problem

# The file with an error column has every problem, however many.
MOST_PROBLEMS = 1000
MOST_LEFT_OUT = 500

# Told how much is done, and of how much; it may raise to stop the work.
Progress = Callable[[int, int], None]


class FileRefused(Exception):
    """A file that cannot be read as a table of figures; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Findings:
    """What was found in a file beside its good figures. Lists are cut, numbers are not.

    `unmatched` counts figures by the publisher's word for their indicator, where nobody has said which of ours it is.
    """

    read: int = 0
    rejected: int = 0
    left_out: int = 0
    problems: list[Problem] = field(default_factory=list)
    problems_more: int = 0
    left_out_first: list[LeftOut] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    unmatched: Counter[str] = field(default_factory=Counter)
    unmatched_columns: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)

    def take(self, judged: Judged) -> None:
        self.read += judged.read
        self.rejected += judged.rejected
        self.note_problems(judged.problems)
        self.note_left_out(judged.left_out)
        self.ledger.add(judged)

    def note_problems(self, problems: list[Problem]) -> None:
        room = MOST_PROBLEMS - len(self.problems)
        self.problems += problems[:room]
        self.problems_more += max(0, len(problems) - room)

    def note_left_out(self, rows: list[LeftOut], counted_as: str = "") -> None:
        """Each row under its own reason or, where the reasons name rows, all under one."""
        self.left_out += len(rows)
        self.left_out_first += rows[: MOST_LEFT_OUT - len(self.left_out_first)]
        self.reasons.update(counted_as or row.reason for row in rows)

    def settle(self, settled: "Repeats") -> None:
        self.note_problems(settled.problems)
        self.problems.sort(key=lambda problem: problem.line)
        self.rejected += len(settled.rejected)
        self.note_left_out(settled.left_out, counted_as=_("the same as an earlier row of the file"))


@dataclass(frozen=True)
class Examination:
    """A whole file examined. `columns` are those of ours that it has, `gone` the places of staged
    figures that must not be published."""

    findings: Findings
    judge: Judge
    columns: frozenset[str]
    gone: list[int]


@dataclass(frozen=True)
class Reading:
    """An opened file with how it is to be read."""

    book: tables.Book
    sheet: str
    plan: Plan

    def batches(self) -> Iterator[Batch]:
        """Raises FileRefused where the columns are not as the plan needs them, or the file breaks off."""
        try:
            for batch in batches.batches(self.book.rows(self.sheet), self.plan, file=self.book.file):
                if of_no_row := [one for one in batch.problems if not batch.heading or one.line <= batch.heading.row]:
                    raise FileRefused(of_no_row)
                yield batch
        except tables.TableError as error:
            raise FileRefused(error.problems) from error


def open_book(file: IO[bytes], file_name: str) -> tables.Book:
    """Raises FileRefused."""
    size = file.seek(0, 2)
    if size > settings.UPLOAD_MAX_BYTES:
        most = {"most": filesizeformat(settings.UPLOAD_MAX_BYTES)}
        raise FileRefused([Problem(_("the file is larger than %(most)s: divide it into several files") % most)])
    try:
        file.seek(0)
        return tables.open_book(file, file_name)
    except tables.TableError as error:
        raise FileRefused(error.problems) from error


def examine(
    reading: Reading,
    scope: Scope,
    *,
    stage: Callable[[Figures, int], None],
    progress: Progress | None = None,
    told: Callable[[list[Problem]], None] | None = None,
) -> "Examination":
    """Reads the whole file: good figures go to `stage`, with the place of the first.

    `told` hears of every problem, however many there are. Raises FileRefused.
    """
    findings, judge = Findings(notes=reading.book.notes), Judge(scope, reading.plan)
    total = reading.book.size_hint(reading.sheet)
    columns: set[str] = set()
    for batch in reading.batches():
        columns |= batch.texts.keys()
        findings.unmatched.update(batch.unmatched)
        judged = judge.take(batch)
        stage(judged.figures, len(findings.ledger))
        findings.take(judged)
        if told:
            told(judged.problems)
        findings.unmatched_columns = batch.heading.unmatched
        findings.ignored_columns = tuple(UNSEEN.sub("�", name) for name in batch.heading.ignored)
        if progress and batch.rows:
            progress(min(batch.rows[-1], total), total)
    if progress:
        progress(total, total)
    settled = settle_repeats(findings.ledger, reading.plan)
    if told:
        told(settled.problems)
    findings.settle(settled)
    return Examination(findings, judge, frozenset(columns), settled.said_again + settled.rejected)


@dataclass(frozen=True)
class Repeats:
    """What comes of facts that a file gives twice: the places of good figures that say the same again, and of those
    that become wrong."""

    said_again: list[int]
    rejected: list[int]
    problems: list[Problem]
    left_out: list[LeftOut]


def settle_repeats(ledger: Ledger, plan: Plan) -> Repeats:
    """Published files repeat themselves; in our own layout that is a mistake."""
    settled = Repeats([], [], [], [])
    for repeat in repeats.find(ledger):
        if repeat.all_the_same and plan.repeats == "same left out":
            reason = _("the same as row %(row)s") % {"row": repeat.rows[0]}
            settled.left_out.extend(LeftOut(row, "", reason) for row in repeat.rows[1:])
            settled.said_again.extend(repeat.places[1:])
        else:
            settled.problems.extend(_said_twice(repeat))
            settled.rejected.extend(repeat.places)
    return settled


def _said_twice(repeat: repeats.Repeat) -> list[Problem]:
    rows = sorted(set(repeat.rows))
    if len(rows) == 1:
        message = _("several cells of this row give the same indicator, area, period and breakdown: keep one")
    else:
        *first, last = map(str, rows)
        message = _("rows %(rows)s and %(last)s give the same indicator, area, period and breakdown: keep one")
        message %= {"rows": ", ".join(first), "last": last}
    return [Problem(message, line=row) for row in repeat.rows]


def said_of_rows(reading: Reading, scope: Scope) -> dict[int, list[str]]:
    """What is wrong with a row or why it is left out, by its number: everything, however much."""
    said: dict[int, list[str]] = defaultdict(list)
    ledger, judge = Ledger(), Judge(scope, reading.plan)
    for batch in reading.batches():
        judged = judge.take(batch)
        ledger.add(judged)
        _say(said, judged.problems, judged.left_out)
    settled = settle_repeats(ledger, reading.plan)
    _say(said, settled.problems, settled.left_out)
    return said


def _say(said: dict[int, list[str]], problems: Iterable[Problem], left_out: Iterable[LeftOut]) -> None:
    for problem in problems:
        said[problem.line].append(str(replace(problem, file="", line=0, value=None)))
    for row in left_out:
        said[row.row].append(_("left out: %(reason)s") % {"reason": row.reason})
