"""The counts behind the figures of one indicator and one period, and how they are tied to each other.

Counts stand in one long row of numbers, the numerator of each figure and its denominator; a tie is a sum of some of
them. So a small count can be looked for, and the truth, as far as it is known, is the point to look from.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from indicators.additivity import Division, Fact, Sum, groups_of, sums
from indicators.counts import PROPORTION
from indicators.disclosure import Counts, Rule, counts_behind
from indicators.feasibility import NEAR, Ties, closest
from indicators.figures import COUNT
from indicators.overlaps import makings, overlap


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it was published once. Two versions of a fact that say the same are one cell."""

    area: int
    breakdown: str
    value: float | None
    marker: str = ""
    numerator: float | None = None
    denominator: float | None = None

    @property
    def fact(self) -> Fact:
        return self.area, self.breakdown


class Kind(Enum):
    """A tie holds a total and its parts: all of them, or some. Or a part lies within a whole, or is a share of it."""

    SUM = "sum"
    PART_SUM = "part sum"
    WITHIN = "within"
    SHARE = "share"


class Tie(NamedTuple):
    """The terms, each a place and how often it counts, make nothing; or at least nothing where something is left out.

    `blur` is by how much that may be off for the parts and the total still to tell of each other. `cell` is the one
    whose figure says it, where that is one.
    """

    kind: Kind
    terms: tuple[tuple[int, float], ...]
    blur: float = 0
    cell: Cell | None = None


class Table:
    """The figures that stood together at each moment of change, of an indicator with a rule that hides."""

    def __init__(self, states: Sequence[Collection[Cell]], divisions: Sequence[Division], rule: Rule) -> None:
        self.rule, self._divisions = rule, divisions
        self._states = [{cell.fact: cell for cell in state} for state in states]
        self.cells = sorted({cell for state in states for cell in state}, key=_order)
        self._width = 1 if rule.value_type == COUNT else 2
        self._place = {cell: self._width * place for place, cell in enumerate([*self.cells, *self._unsaid()])}
        self.size = self._width * len(self._place)

    def _unsaid(self) -> list[Cell]:
        """Everyone in an area that only has figures of groups."""
        facts = {cell.fact for cell in self.cells}
        return [Cell(area, "", None) for area in sorted({area for area, _text in facts}) if (area, "") not in facts]

    def numerator(self, cell: Cell) -> int:
        return self._place[cell]

    def denominator(self, cell: Cell) -> int | None:
        return self._place[cell] + 1 if self._width > 1 else None

    @cached_property
    def counts(self) -> dict[Cell, Counts]:
        return {cell: counts_behind(cell.value, cell.numerator, cell.denominator, self.rule) for cell in self._place}

    @cached_property
    def told(self) -> np.ndarray:
        """What somebody who sees every figure knows of the counts; NaN where that is nothing."""
        known = np.full(self.size, np.nan)
        for cell, place in self._place.items():
            for offset, count in enumerate(self.counts[cell][: self._width]):
                known[place + offset] = np.nan if count is None else count
        return known

    @cached_property
    def sums(self) -> list[tuple[Cell, tuple[Cell, ...], bool]]:
        """Total, parts and whether they are all, of every sum at any moment."""
        found: dict[tuple[Cell, tuple[Cell, ...], bool], None] = {}
        for state in self._states:
            for one in (*sums(state, self._divisions), *self._overlapping(state)):
                parts = tuple(_standing(fact, state) for fact in one.parts)
                found[_standing(one.total, state), parts, one.is_complete] = None
        return list(found)

    def _overlapping(self, state: Mapping[Fact, Cell]) -> Iterator[Sum]:
        """What of the groups of a dimension adds up where not all of them together do."""
        for groups in groups_of(state).values():
            names = sorted(groups)
            numbers = self._known(state, ["", *names])
            if not numbers.size or not overlap(numbers[:, 1:], numbers[:, 0]):
                continue
            made = []
            for place, total in enumerate(["", *names]):
                others = [column for column in range(1, len(names) + 1) if column != place]
                for making in makings(numbers[:, others], numbers[:, place]):
                    made.append((total, [names[others[column] - 1] for column in making]))
            for total, parts in made:
                yield from _in_areas(state, total, parts)

    def _known(self, state: Mapping[Fact, Cell], names: Sequence[str]) -> np.ndarray:
        """Of every area in which all these have one a row of denominators, or else of numerators."""
        areas = sorted({area for area, _breakdown in state})
        for offset in reversed(range(self._width)):
            rows = [[self._told_of(state.get((area, name)), offset) for name in names] for area in areas]
            known = [row for row in rows if None not in row]
            if known:
                return np.array(known, dtype=float)
        return np.empty((0, len(names)))

    def _told_of(self, cell: Cell | None, offset: int) -> float | None:
        return self.counts[cell][offset] if cell else None

    def ties(self) -> tuple[Ties, list[Cell | None]]:
        """What ties the counts in truth, told from the truth; beside it for each row the cell whose figure says it."""
        told = [*self._sum_ties(), *self._within_ties(), *self._share_ties()]
        matrix = _matrix(told, self.size)
        at = self._completed(told, matrix)
        left = matrix @ at
        kept = [row for row, tie in enumerate(told) if _holds(tie, left[row], self._least)]
        is_tight = np.array([_is_tight(told[row], left[row], self._least) for row in kept], dtype=bool)
        least = np.where(is_tight, 0.0, -np.maximum(left[kept], 0))
        most = np.where(is_tight, 0.0, np.inf)
        return Ties(matrix[kept], least, most, self._floor - at, at), [told[row].cell for row in kept]

    @property
    def _least(self) -> int:
        return self.rule.suppress_below or 1

    def _sum_ties(self) -> Iterator[Tie]:
        for total, parts, is_complete in self.sums:
            kind = Kind.SUM if is_complete else Kind.PART_SUM
            blur = sum(self.counts[cell].blur for cell in (total, *parts))
            for offset in range(self._width):
                terms = [(self._place[total] + offset, 1.0), *((self._place[part] + offset, -1.0) for part in parts)]
                yield Tie(kind, tuple(terms), blur)

    def _within_ties(self) -> Iterator[Tie]:
        if self.rule.value_type == PROPORTION:
            for place in self._place.values():
                yield Tie(Kind.WITHIN, ((place + 1, 1.0), (place, -1.0)))

    def _share_ties(self) -> Iterator[Tie]:
        """Of a figure without counts a reader knows how its counts, whatever they are, stand to each other."""
        for cell in self.cells if self._width > 1 else ():
            if cell.value is not None and self.counts[cell][:2] == (None, None):
                place, share = self._place[cell], cell.value / self.rule.multiplier
                yield Tie(Kind.SHARE, ((place, 1.0), (place + 1, -share)), cell=cell)

    @cached_property
    def _floor(self) -> np.ndarray:
        """Counts do not go below nought, unless what is counted does."""
        known = self.told[~np.isnan(self.told)]
        return np.full(self.size, 0.0 if not known.size or known.min() >= 0 else -np.inf)

    def _completed(self, told: Sequence[Tie], matrix: csr_array) -> np.ndarray:
        """The counts, with such as fit best where they are not known."""
        at, is_open = np.nan_to_num(self.told), np.isnan(self.told)
        columns = np.flatnonzero(is_open)
        rows = np.flatnonzero(np.diff(matrix[:, columns].indptr))
        if rows.size:
            some = matrix[rows]
            is_equal = np.array([told[row].kind in (Kind.SUM, Kind.SHARE) for row in rows])
            at[columns] = closest(some[:, columns], -(some @ at), self._floor[columns], is_equal=is_equal)
        return at


def _in_areas(state: Mapping[Fact, Cell], total: str, parts: Sequence[str]) -> Iterator[Sum]:
    """The sum in each area that has figures of all of it."""
    for area in sorted({area for area, _breakdown in state}):
        facts = tuple((area, part) for part in parts)
        if all(fact in state for fact in facts):
            yield Sum((area, total), facts, is_complete=True)


def _order(cell: Cell) -> tuple:
    numbers = (cell.value, cell.numerator, cell.denominator)
    return cell.fact, cell.marker, tuple((number is None, number or 0) for number in numbers)


def _standing(fact: Fact, state: Mapping[Fact, Cell]) -> Cell:
    return state.get(fact) or Cell(*fact, None)


def _matrix(ties: Sequence[Tie], width: int) -> csr_array:
    rows = [row for row, tie in enumerate(ties) for _term in tie.terms]
    columns = [place for tie in ties for place, _times in tie.terms]
    times = [times for tie in ties for _place, times in tie.terms]
    return csr_array((times, (rows, columns)), shape=(len(ties), width))


def _holds(tie: Tie, left: float, least: int) -> bool:
    """A sum whose parts are more than its total ties nothing: they overlap, or they count something else."""
    if tie.kind in (Kind.SUM, Kind.PART_SUM):
        return left > -(least + tie.blur)
    return tie.kind == Kind.WITHIN or abs(left) < NEAR * max(1, least)


def _is_tight(tie: Tie, left: float, least: int) -> bool:
    """Whether the parts make up the total; what is left of it, where it is less than a small count, hides nobody."""
    if tie.kind in (Kind.SUM, Kind.PART_SUM):
        return abs(left) < least + tie.blur
    return tie.kind == Kind.SHARE
