"""The differences of a report as a page shows them: what moved by how much, and what is doubtful, in words.

Of an indicator with a rule that hides figures somebody who does not see through it sees that a figure changes, not from
what to what; whoever brought the file knows what is in it. What will be hidden is decided only when it is published.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from indicators.doubtwords import SENTENCES
from indicators.numbers import MINUS, plain_number


def differences(rows: Iterable[Mapping], *, hidden: Collection[str] = (), is_own: bool = False) -> Iterator[dict]:
    """`hidden` are the codes of indicators whose figures are not for this reader. `is_own`: who brought the file."""
    for row in rows:
        seen = _hidden(row, is_own=is_own) if hidden and row["indicator"] in hidden else row
        yield {**seen, "why": SENTENCES.get(seen["doubt"], ""), "moved": _moved(seen["move"])}


def problems(rows: Iterable[Mapping], *, are_hidden: bool) -> list[dict]:
    """The mistakes of a report, without what was typed where that may be a figure that is not for this reader."""
    return [{**row, "value": "" if are_hidden else row["value"]} for row in rows]


def _hidden(row: Mapping, *, is_own: bool) -> dict:
    nothing = {"value": "", "marker": "", "text": _("not shown")}
    return {
        **row,
        "old": row["old"] and nothing,
        "new": row["new"] if is_own else nothing,
        "move": None,
        "beside": [],
    }


def _moved(move: Mapping | None) -> str:
    """ "+3.2 (+5.1%)"; nothing where there is no number on one side."""
    if not move:
        return ""
    by = _signed(_legible(move["by"]))
    return (
        by if move["percent"] is None else _("%(by)s (%(percent)s%%)") % {"by": by, "percent": _signed(move["percent"])}
    )


def _signed(number: float) -> str:
    return f"{MINUS if number < 0 else '+'}{plain_number(abs(number))}"


def _legible(number: float) -> float:
    """Whole numbers in full, of decimals no more than makes four digits that count: the figures stand beside it."""
    places = 3 - math.floor(math.log10(abs(number))) if number else 0
    return round(number, max(0, places))
