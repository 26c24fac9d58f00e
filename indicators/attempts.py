"""The mistakes of a corrected file beside those of the earlier one. Without a database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LISTS = ("mended", "remaining", "new")


@dataclass(frozen=True)
class Attempts:
    """The problems of the earlier report that are mended, and those of the later one that remain or are new.

    Each is a problem as its report holds it. `are_all_known` is False where a report was cut: there may be more.
    """

    mended: tuple[Mapping, ...]
    remaining: tuple[Mapping, ...]
    new: tuple[Mapping, ...]
    are_all_known: bool


def compared(earlier: Mapping, later: Mapping) -> Attempts:
    """Two reports of checks. The same mistake has the same column, sentence and text; its row may have moved."""
    before, after = earlier.get("problems", ()), later.get("problems", ())
    _kept, mended = _divided(before, Counter(map(_mistake, after)))
    remaining, new = _divided(after, Counter(map(_mistake, before)))
    are_all_known = not (earlier.get("problems_more") or later.get("problems_more"))
    return Attempts(mended, remaining, new, are_all_known)


def _divided(problems: Iterable[Mapping], others: Counter[tuple]) -> tuple[tuple[Mapping, ...], tuple[Mapping, ...]]:
    """The problems that the other file has too, each of its own only once, and the rest, in their order."""
    shared: list[Mapping] = []
    alone: list[Mapping] = []
    for problem in problems:
        is_shared = others[_mistake(problem)] > 0
        others[_mistake(problem)] -= is_shared
        (shared if is_shared else alone).append(problem)
    return tuple(shared), tuple(alone)


def _mistake(problem: Mapping) -> tuple[str, str, str | None]:
    return problem["column"], problem["message"], problem["value"]
