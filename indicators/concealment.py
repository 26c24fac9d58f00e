"""Which facts of one indicator and one period are hidden, so that no small count can be read or worked out.

Hidden is every fact with a small count (indicators/disclosure.py), and others with it, until from all that is shown
  - no small count, and none that its publisher hides, can be placed within fewer than the rule's number of others,
  - no other hidden count can be worked out.
What a reader can work out follows from sums (indicators/additivity.py), from figures that are their counts divided, and
from counts being whole and not below nought. It is computed by linear programmes (indicators/feasibility.py), and so
is the cheapest choice of what else to hide. A reader is never told which of the hidden facts is the small one.

All versions of a fact that were ever published are hidden or shown together, since pages of a day in the past and the
history of a fact show them all; sums hold between the figures that stood at one moment.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import NamedTuple

import numpy as np

from indicators.additivity import Division, Fact
from indicators.disclosure import Rule, Small, small
from indicators.feasibility import Sought, Ties, Unknown, nearest
from indicators.ties import Cell, Table

# Reasons that a publisher gives instead of a number that it has.
WITHHELD = frozenset({"c", "k", "low", "w"})
# What it costs to hide a fact beside others: nearly nothing where it is hidden already, much where it is a total.
HIDDEN, PREFERRED, TOTAL = 1e-6, 1e-3, 4.0


class Concealed(NamedTuple):
    """The facts to hide. `denominators` tells that their denominators go too, since one of the period is small."""

    facts: frozenset[Fact] = frozenset()
    denominators: bool = False


NOTHING = Concealed()


class Need(NamedTuple):
    """How far apart the values have to lie that a reader must think possible."""

    sought: Sought
    width: float


def conceal(
    states: Sequence[Collection[Cell]],
    divisions: Sequence[Division],
    rule: Rule,
    *,
    before: Concealed = NOTHING,
    preferred: Collection[Fact] = (),
) -> Concealed:
    """What to hide of one indicator and period. `states` are the figures that stood together at each moment of change.

    What was hidden `before` stays hidden. `preferred` are facts to hide rather than others.
    """
    if rule.suppress_below is None:
        return before
    table = Table(states, divisions, rule)
    smalls = {cell: small(cell.value, table.counts[cell], rule) for cell in table.cells}
    start = before.facts | {cell.fact for cell, found in smalls.items() if any(found)}
    denominators = before.denominators or any(found.denominator for found in smalls.values())
    search = _Search(table, smalls, denominators, before.facts | frozenset(preferred))
    return Concealed(search.narrowed(search.widened(start), start), denominators)


@dataclass
class _Search:
    table: Table
    smalls: dict[Cell, Small]
    denominators: bool
    preferred: frozenset[Fact]

    def widened(self, hidden: frozenset[Fact]) -> frozenset[Fact]:
        """With what has to be hidden beside. Hiding more never tells more, so what is safe once stays safe."""
        safe: set[Need] = set()
        unknown = self._unknown(hidden)
        while exposed := self._first_exposed(hidden, unknown, safe):
            more = self._beside(hidden, exposed, unknown)
            if not more:
                safe.add(exposed)
            hidden |= more
            unknown = self._unknown(hidden, unknown)
        return hidden

    def _first_exposed(self, hidden: frozenset[Fact], unknown: Unknown, safe: set[Need]) -> Need | None:
        for need in self._needs(hidden):
            if need not in safe and not unknown.moves_by(*need):
                return need
            safe.add(need)
        return None

    def narrowed(self, hidden: frozenset[Fact], start: frozenset[Fact]) -> frozenset[Fact]:
        """Without what turns out not to be needed, the dearest first."""
        unknown = self._unknown(hidden)
        for fact in sorted(hidden - start, key=lambda one: (-self._cost_of[one], one)):
            left = self._unknown(hidden - {fact}, unknown)
            if all(left.moves_by(*need) for need in self._needs_near(fact, hidden, unknown)):
                hidden, unknown = hidden - {fact}, left
        return hidden

    def _needs_near(self, fact: Fact, hidden: frozenset[Fact], unknown: Unknown) -> list[Need]:
        """The needs of all others that a fact may help to hide, first of those that stand in a sum with it."""
        own = [self.table.numerator(cell) for cell in self._cells_of[fact]]
        tied, beside = unknown.tied_to(*own), self._ties(hidden).neighbours(np.array(own))
        ranks = dict.fromkeys(tied.tolist(), 1) | dict.fromkeys(beside.tolist(), 0)
        found = [
            (min(ranks.get(place, 2) for place, _times in need.sought), need) for need in self._needs(hidden - {fact})
        ]
        return [need for rank, need in sorted(found) if rank < 2]

    def _unknown(self, hidden: frozenset[Fact], earlier: Unknown | None = None) -> Unknown:
        return Unknown(self._ties(hidden), self._mask(hidden), list(earlier.solutions) if earlier else ())

    def _needs(self, hidden: Collection[Fact]) -> Iterator[Need]:
        least = self.table.rule.suppress_below
        for cell in self.table.cells:
            if cell.fact in hidden:
                yield from self._needs_of(cell, least)
            elif cell in self._withheld:
                yield Need(((self.table.numerator(cell), 1.0),), least)

    def _needs_of(self, cell: Cell, least: int) -> Iterator[Need]:
        above, below, found = self.table.numerator(cell), self.table.denominator(cell), self.smalls[cell]
        is_withheld = cell in self._withheld
        yield Need(((above, 1.0),), least if found.numerator or is_withheld else min(1, least))
        if found.denominator:
            yield Need(((below, 1.0),), least)
        if found.rest:
            yield Need(((below, 1.0), (above, -1.0)), least)

    @cached_property
    def _withheld(self) -> frozenset[Cell]:
        """What its publisher never gave a number for, and could have."""
        counts = self.table.counts
        numbered = {cell.fact for cell in self.table.cells if counts[cell].numerator is not None}
        return frozenset(cell for cell in self.table.cells if cell.marker in WITHHELD and cell.fact not in numbered)

    def _mask(self, hidden: Collection[Fact]) -> np.ndarray:
        """The counts that a reader is not told."""
        mask = np.isnan(self.table.told)
        for fact in hidden:
            for cell in self._cells_of.get(fact, ()):
                mask[self.table.numerator(cell)] = True
                if self.denominators and (below := self.table.denominator(cell)) is not None:
                    mask[below] = True
        return mask

    def _ties(self, hidden: Collection[Fact]) -> Ties:
        """Without what hidden figures would say."""
        ties, said_by = self._all_ties
        return ties.without({row for row, cell in enumerate(said_by) if cell and cell.fact in hidden})

    @cached_property
    def _all_ties(self) -> tuple[Ties, list[Cell | None]]:
        return self.table.ties()

    @cached_property
    def _cells_of(self) -> dict[Fact, list[Cell]]:
        found: dict[Fact, list[Cell]] = {}
        for cell in self.table.cells:
            found.setdefault(cell.fact, []).append(cell)
        return found

    def _beside(self, hidden: frozenset[Fact], need: Need, unknown: Unknown) -> frozenset[Fact]:
        """The cheapest facts that free what is exposed; or else one that is tied to it."""
        places = nearest(self._ties(hidden), *need, self._costs(hidden), self._fixed)
        more = {self._fact_at[place] for place in places.tolist()} - hidden - {None}
        if not more:
            near = self._ties(hidden).neighbours(unknown.tied_to(*(place for place, _times in need.sought)))
            facts = {self._fact_at[place] for place in near.tolist() if not self._fixed[place]} - hidden - {None}
            more = set(sorted(facts, key=lambda one: (self._cost_of[one], one))[:1])
        return frozenset(more)

    @cached_property
    def _fact_at(self) -> list[Fact | None]:
        """By the place of a count: the fact that has it, None of counts that nobody gave."""
        found: list[Fact | None] = [None] * self.table.size
        for cell in self.table.cells:
            for place in (self.table.numerator(cell), self.table.denominator(cell)):
                if place is not None:
                    found[place] = cell.fact
        return found

    @cached_property
    def _fixed(self) -> np.ndarray:
        """Denominators that stay whatever is hidden."""
        fixed = np.zeros(self.table.size, dtype=bool)
        for cell in () if self.denominators else self.table.cells:
            if (below := self.table.denominator(cell)) is not None:
                fixed[below] = not np.isnan(self.table.told[below])
        return fixed

    def _costs(self, hidden: Iterable[Fact]) -> np.ndarray:
        costs = np.full(self.table.size, HIDDEN)
        mask = self._mask(hidden)
        for place, fact in enumerate(self._fact_at):
            if fact is not None and not mask[place]:
                costs[place] = self._cost_of[fact]
        return costs

    @cached_property
    def _cost_of(self) -> dict[Fact, float]:
        """Large counts and totals tell readers most."""
        totals: dict[Fact, int] = {}
        for total, _parts, _is_complete in self.table.sums:
            totals[total.fact] = totals.get(total.fact, 0) + 1
        found = {}
        for place, (fact, cells) in enumerate(sorted(self._cells_of.items())):
            size = max((self.table.counts[cell].numerator or 0 for cell in cells), default=0)
            cost = log2(2 + max(size, 0)) * (1 + TOTAL * totals.get(fact, 0)) * (1 + HIDDEN * place)
            found[fact] = cost * (PREFERRED if fact in self.preferred else 1)
        return found
