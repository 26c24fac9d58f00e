"""The mistakes of a corrected file beside those of the earlier one. Without a database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Attempts:
    """How many mistakes of the earlier file are mended, how many remain, and how many are new.

    `are_all_known` is False where a report was cut, so that there may be more.
    """

    mended: int
    remaining: int
    new: int
    are_all_known: bool


def compared(earlier: Mapping, later: Mapping) -> Attempts:
    """Two reports of checks. The same mistake has the same column, sentence and text; its row may have moved."""
    before, after = _mistakes(earlier.get("problems", ())), _mistakes(later.get("problems", ()))
    return Attempts(
        mended=(before - after).total(),
        remaining=(before & after).total(),
        new=(after - before).total(),
        are_all_known=not (earlier.get("problems_more") or later.get("problems_more")),
    )


def _mistakes(problems: Iterable[Mapping]) -> Counter[tuple]:
    return Counter((problem["column"], problem["message"], problem["value"]) for problem in problems)
