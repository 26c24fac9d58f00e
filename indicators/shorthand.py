"""What stands in a cell for figures: a number, the flags beside it, or the shorthand for why there is none.

The shorthand is that of the Government Statistical Service for tables: c x z w low k instead of a number; p r e b u
beside one (provisional, revised, estimated, break in series, unreliable).
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.numbers import MARKERS

FLAGS = "preub"
LARGEST_NUMBER = 1e15

MARKER = re.compile(rf"\[ ?({'|'.join(MARKERS)}) ?\]|({'|'.join(MARKERS)})", re.IGNORECASE)
FLAGS_BESIDE = rf"(?: ?\[ ?[{FLAGS}](?: ?,? ?[{FLAGS}])* ?\])+| ?[{FLAGS}]"
# Thousands in proper threes, by commas or by the spaces that pages show; an exponent as spreadsheets write it.
NUMBER = (
    r"(?P<sign>[+−-]?) ?£? ?"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[\u2009\u202f\u00a0][0-9]{3})+|[0-9]+|(?=\.[0-9]))"
    r"(?P<fraction>(?:\.[0-9]*)?(?:E[+-][0-9]{1,3})?) ?%?"
)
CELL = re.compile(rf"{NUMBER}(?P<flags>{FLAGS_BESIDE})?", re.IGNORECASE)
FLAGS_ALONE = re.compile(FLAGS_BESIDE, re.IGNORECASE)


class ShorthandError(ValueError):
    """What is wrong with the text of a cell, as a sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its flags (letters of p r e b u, each once), or the marker that says why there is no number."""

    value: float | None
    marker: str = ""
    flags: str = ""


def read(text: str) -> Reading:
    """What the cell of a value says. Raises ShorthandError."""
    typed = text.strip()
    if not typed:
        raise ShorthandError(_("empty: write a number, or why there is none: %(markers)s") % {"markers": _markers()})
    if cell := CELL.fullmatch(typed):
        return Reading(_finite(cell), flags=_in_order(cell["flags"].lower()) if cell["flags"] else "")
    if match := MARKER.fullmatch(typed):
        return Reading(value=None, marker=(match[1] or match[2]).lower())
    if FLAGS_ALONE.fullmatch(typed):
        raise ShorthandError(
            _("a flag stands beside a number, as in 65.2 [p]: write the number, or why there is none: %(markers)s")
            % {"markers": _markers()}
        )
    raise ShorthandError(_what_is_wrong(typed))


def number(text: str) -> float | None:
    """What the cell of a confidence limit or a count says: nothing where it is empty or says why there is no number.

    Raises ShorthandError.
    """
    return read(text).value if text.strip() else None


def _in_order(flags: str) -> str:
    return "".join(flag for flag in FLAGS if flag in flags)


def _finite(cell: re.Match) -> float:
    sign, whole, fraction, _flags = cell.groups()
    size = float((whole if whole.isdecimal() else re.sub("[^0-9]", "", whole)) + fraction)
    if size >= LARGEST_NUMBER:
        raise ShorthandError(_("too large: a figure lies below 1,000,000,000,000,000"))
    # No minus zero, which would be told apart from zero where figures are compared as text.
    return -size if size and sign in ("-", "−") else size


def _what_is_wrong(typed: str) -> str:
    """The sentence for a text that is no number: for what publishers often write, which letter to write instead."""
    folded = typed.casefold()
    if folded.strip("-–—.:…") == "" or folded in ("n/a", "na", "#n/a", "null", "none", "nan"):
        return _(
            "publishers use '%(typed)s' for different things: write z where not applicable, x where not available, or 0"
        ) % {"typed": typed}
    if folded.strip("*") == "":
        return _("write c for a figure that is suppressed")
    if typed[0] in "<>≤≥~":
        return _("not one number: write c where the figure is suppressed, k where it is low")
    if typed[0] == "=":
        return _("a formula, not a number: paste its result instead")
    if typed[0] == "#":
        return _("the spreadsheet could not work this out: correct its formula, or write x where not available")
    if "," in typed and re.fullmatch(r"[^A-Za-z]*[0-9][^A-Za-z]*", typed):
        return _("commas stand between thousands, as in 1,234,567, and a full stop before decimals, as in 65.2")
    return _("not a number: write one such as 65.2, or why there is none: %(markers)s") % {"markers": _markers()}


def _markers() -> str:
    return ", ".join(f"{marker} {words}" for marker, words in MARKERS.items())
