"""The same fact twice in one file: found over all batches at once, as columns. Without a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from indicators.judging import COUNTS_AND_LIMITS, Figures, Judged


@dataclass
class Ledger:
    """What is remembered of every good figure of a file, a few numbers each, in the order of the file.

    `spoilt` are keys and rows of wrong figures whose fact can be told.
    """

    keys: list[np.ndarray] = field(default_factory=list)
    rows: list[np.ndarray] = field(default_factory=list)
    values: list[np.ndarray] = field(default_factory=list)
    contents: list[np.ndarray] = field(default_factory=list)
    spoilt: list[tuple[int, int]] = field(default_factory=list)

    def add(self, judged: Judged) -> None:
        figures = judged.figures
        self.spoilt += judged.spoilt
        self.keys.append(figures.keys)
        self.rows.append(np.array(figures.rows, np.int32))
        self.values.append(figures.numbers["value"])
        self.contents.append(_contents(figures))

    def __len__(self) -> int:
        return sum(map(len, self.keys))

    def whole(self, name: str) -> np.ndarray:
        parts = getattr(self, name)
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _contents(figures: Figures) -> np.ndarray:
    """One number for what a figure says, the same for the same."""
    names = [name for name in ("value", *COUNTS_AND_LIMITS) if name in figures.numbers]
    numbers = (np.where(np.isnan(column), np.inf, column).tolist() for column in map(figures.numbers.get, names))
    said = zip(figures.markers, figures.flags, *numbers, strict=True)
    return np.fromiter(map(hash, said), np.int64, len(figures))


@dataclass(frozen=True)
class Repeat:
    """Figures that give one fact: the places in the ledger of the good ones, the rows of all, and whether all of them
    are good and say the same."""

    places: list[int]
    rows: list[int]
    all_the_same: bool


def find(ledger: Ledger) -> Iterator[Repeat]:
    many = len(ledger)
    spoilt_keys, spoilt_rows = np.array(ledger.spoilt, np.int64).reshape(-1, 2).T
    keys = np.concatenate((ledger.whole("keys"), spoilt_keys))
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    again = np.flatnonzero(ordered[1:] == ordered[:-1])
    if not len(again):
        return
    rows, contents = np.concatenate((ledger.whole("rows"), spoilt_rows)), ledger.whole("contents")
    for run in np.split(again, np.flatnonzero(np.diff(again) > 1) + 1):
        found = order[run[0] : run[-1] + 2]
        places = found[found < many]
        all_the_same = len(places) == len(found) and len(set(contents[places].tolist())) == 1
        yield Repeat(places.tolist(), rows[found].tolist(), all_the_same)
