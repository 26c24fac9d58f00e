"""The differences of a report as a page shows them: what moved by how much, and what is doubtful, in words."""

import math
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from indicators.doubtwords import SENTENCES
from indicators.numbers import MINUS, plain_number


def differences(rows: Iterable[Mapping]) -> Iterator[dict]:
    for row in rows:
        yield {**row, "why": SENTENCES.get(row["doubt"], ""), "moved": _moved(row["move"])}


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
