"""What a file would change: its rows beside the figures that stand. Without a database.

A column that the file does not have is not compared. Confidence limits are one column of the two, and so are numerator
and denominator: a file with one of a pair speaks for both. Where only something beside a figure changes, what the file
has no column for stays as it stands; where the figure itself changes, what stood beside the old one goes with it.

A change is marked implausible, for a second look and no more, where the figure moves by more than half and by more than
any step between two neighbouring periods of its series. A new period is held against the nearest one that stands.
"""

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isclose
from typing import NamedTuple

from indicators.rules import Content, Entry, Fact

# The fields that each column of a file speaks for.
SPOKEN_FOR = {
    "value": ("value", "marker", "flags"),
    "lower": ("lower", "upper"),
    "upper": ("lower", "upper"),
    "numerator": ("numerator", "denominator"),
    "denominator": ("numerator", "denominator"),
    "note": ("note",),
}
# A spreadsheet shows ten figures of a number and writes those into a CSV file.
SPREADSHEET_PRECISION = 1e-9
SUSPICIOUS_SHARE = 0.5


class Held(NamedTuple):
    """A figure that stands, with its id in the database."""

    id: int
    content: Content


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that a file adds or changes; `replaced` is what stands now, None where nothing does."""

    entry: Entry
    content: Content
    replaced: Held | None
    is_implausible: bool

    @property
    def kind(self) -> str:
        return "added" if self.replaced is None else "changed"


@dataclass(frozen=True)
class Comparison:
    differences: tuple[Difference, ...]
    unchanged: int

    def count(self, kind: str) -> int:
        return sum(difference.kind == kind for difference in self.differences)

    @property
    def digest(self) -> str:
        """The same for the same changes to the same standing figures, and for nothing else."""
        digest = hashlib.sha256()
        for one in sorted(self.differences, key=lambda difference: difference.entry.fact):
            digest.update(repr((*one.entry.fact, *one.content, one.replaced)).encode())
        return digest.hexdigest()


class _SeriesKey(NamedTuple):
    indicator: str
    area: str
    breakdown: str
    months: int


def compare(entries: Iterable[Entry], held: Mapping[Fact, Held], columns: Iterable[str]) -> Comparison:
    """`held` is what stands of the indicators and areas concerned, `columns` those of ours that the file has."""
    spoken_for = frozenset(field for column in columns for field in SPOKEN_FOR.get(column, ()))
    series = _series(held)
    differences, unchanged = [], 0
    for entry in entries:
        standing = held.get(entry.fact)
        content = entry.content if standing is None else _completed(entry.content, standing.content, spoken_for)
        if standing is not None and not changed_fields(standing.content, content):
            unchanged += 1
        else:
            implausible = _is_implausible(entry.fact, content, standing, series)
            differences.append(Difference(entry, content, standing, implausible))
    return Comparison(tuple(differences), unchanged)


def changed_fields(old: Content, new: Content) -> list[str]:
    return [name for name, was, now in zip(Content._fields, old, new, strict=True) if not _same(was, now)]


def _completed(new: Content, old: Content, spoken_for: frozenset[str]) -> Content:
    """The new content, with what stands where the file has no column or says the same."""
    if not _same(old.value, new.value) or old.marker != new.marker:
        return new
    changed = spoken_for & set(changed_fields(old, new))
    return old._replace(**{name: getattr(new, name) for name in changed})


def _same(old: float | str | None, new: float | str | None) -> bool:
    if old == new:
        return True
    if not (isinstance(old, float) and isinstance(new, float)) or (old.is_integer() and new.is_integer()):
        return False
    return isclose(old, new, rel_tol=SPREADSHEET_PRECISION)


def _series_of(fact: Fact) -> _SeriesKey:
    """Periods of another length are another series: a quarter's count is no step from a year's."""
    start, end = fact.period_start, fact.period_end
    return _SeriesKey(fact.indicator, fact.area, fact.breakdown, (end.year - start.year) * 12 + end.month - start.month)


def _series(held: Mapping[Fact, Held]) -> dict[_SeriesKey, list[tuple[date, float]]]:
    found = defaultdict(list)
    for fact, (_id, content) in held.items():
        if content.value is not None:
            found[_series_of(fact)].append((fact.period_end, content.value))
    for points in found.values():
        points.sort()
    return found


def _is_implausible(
    fact: Fact, new: Content, standing: Held | None, series: Mapping[_SeriesKey, list[tuple[date, float]]]
) -> bool:
    points = series.get(_series_of(fact), [])
    before = standing.content.value if standing else _nearest(points, fact.period_end)
    if before is None or new.value is None:
        return False
    move = abs(new.value - before)
    return move > SUSPICIOUS_SHARE * abs(before) and all(move > step for step in _steps(points))


def _steps(points: list[tuple[date, float]]) -> Iterator[float]:
    return (abs(later - earlier) for (_end, earlier), (_later_end, later) in pairwise(points))


def _nearest(points: list[tuple[date, float]], end: date) -> float | None:
    """The number of the period before, else of the one after."""
    place = bisect_left(points, (end, float("-inf")))
    return points[max(place - 1, 0)][1] if points else None
