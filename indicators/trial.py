"""What a layout makes of the first rows of a file, before anything is kept: figures, and why others are none."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from indicators.assembling import Batch
from indicators.batches import batches
from indicators.judging import Figures, Judge
from indicators.layouts import LeftOut, Plan
from indicators.numbers import plain_number
from indicators.rules import Scope
from indicators.tables import Row
from partnerships.problems import Problem

# So many rows are read, and so many figures and other rows are shown.
ROWS, SHOWN, SHOWN_OTHERS = 2_000, 10, 4


@dataclass(frozen=True)
class Example:
    """A figure, or with a `reason` what stands in its place."""

    row: int
    indicator: str = ""
    area: str = ""
    period: str = ""
    group: str = ""
    value: str = ""
    reason: str = ""
    is_wrong: bool = False


@dataclass
class Trial:
    """`problems` say why nothing can be read; numbers are those of the first rows."""

    good: int = 0
    left_out: int = 0
    wrong: int = 0
    problems: list[str] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)


def attempt(
    rows: Iterable[Row],
    plan: Plan,
    scope: Scope,
    *,
    file: str,
    indicator_name: Callable[[str], str] = str,
    area_name: Callable[[str], str] = str,
) -> Trial:
    """Reads the first rows. Raises TableError where the file breaks off."""
    trial, judge = Trial(), Judge(scope, plan)
    figures: list[Example] = []
    others: dict[str, Example] = {}
    for batch in batches(islice(rows, ROWS), plan, file=file):
        if refused := _refusals(batch):
            return Trial(problems=refused)
        judged = judge.take(batch)
        trial.good += len(judged.figures)
        trial.left_out += len(judged.left_out)
        trial.wrong += judged.rejected
        trial.reasons.update(one.reason for one in judged.left_out)
        trial.reasons.update(one.message for one in judged.problems)
        figures += islice(_figures(judged.figures, indicator_name, area_name), SHOWN - len(figures))
        for other in (*map(_wrong, judged.problems), *map(_left_out, judged.left_out)):
            others.setdefault(other.reason, other)
    shown = [*figures, *list(others.values())[:SHOWN_OTHERS]]
    trial.examples = sorted(shown, key=lambda example: example.row)
    return trial


def _refusals(batch: Batch) -> list[str]:
    return [one.message for one in batch.problems if not batch.heading or one.line <= batch.heading.row]


def _figures(
    figures: Figures, indicator_name: Callable[[str], str], area_name: Callable[[str], str]
) -> Iterator[Example]:
    for place, row in enumerate(figures.rows):
        yield Example(
            row,
            indicator_name(figures.indicators[place]),
            area_name(figures.areas[place]),
            figures.periods[place].label,
            figures.breakdowns[place],
            figures.markers[place] or plain_number(figures.numbers["value"][place]),
        )


def _wrong(problem: Problem) -> Example:
    return Example(problem.line, value=problem.value or "", reason=problem.message, is_wrong=True)


def _left_out(one: LeftOut) -> Example:
    return Example(one.row, value=one.text, reason=one.reason)
