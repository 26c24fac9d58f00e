"""What stands in a cell for figures: a number, the flags beside it, or the shorthand for why there is none.

The shorthand is that of the Government Statistical Service for tables: c x z w low k instead of a number; p r e b u
beside one (provisional, revised, estimated, break in series, unreliable). Files of others have markers of their own,
which mean different things in different files: what they mean in one file, its layout says (`markers`), and
`PUBLISHED` is what they mean most often.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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


# A comparison stands for all numbers: "<n" of 1 and more, "<0.n" of less.
COMPARISON = re.compile(r"([<>≤≥])=? ?([0-9]+)([.,][0-9]+)? ?%?")
LESS_IN_WORDS = re.compile(r"(?:less|fewer|lower) than (?=[0-9])|under (?=[0-9])")
NOTE_MARK = re.compile(r" ?[\[(](?:see )?(?:foot)?notes? ?[0-9a-z ,&]*[\])]$", re.IGNORECASE)
SIGN_MARK = re.compile(r"(?<=[0-9%\]]) ?[*†‡]+$")
LOW_QUALITY = re.compile(r" ?\(!{1,3}\)$|(?<=[0-9%]) ?!{1,3}$")
FLAG_IN_ROUND_BRACKETS = re.compile(rf"\(([{FLAGS}])\)", re.IGNORECASE)
FLAGS_AFTER_MARKER = re.compile(rf"(?<=[^\s\[(]) ?(?:\[ ?[{FLAGS}] ?\] ?)+$", re.IGNORECASE)

PUBLISHED: Mapping[str, str] = MappingProxyType(
    {
        # An empty cell says nothing: leave it out.
        "": "",
        # Government Statistical Service and StatsWales; a u without its number was withheld as unreliable.
        **{marker: marker for marker in MARKERS},
        "u": "w",
        "note n": "x",
        "note": "x",
        # The older signs of the same (harmonised with Eurostat): "0~" is a number that rounds to zero.
        "~": "low",
        "0~": "low",
        ":": "x",
        # StatsWales before 2025, the Department for Education before 2020, the Scottish Government, NHS Digital. A dash
        # is zero, nearly zero or nothing, by publisher: it is taken to say least. Layouts say what it is in their file.
        ".": "z",
        "..": "x",
        "...": "x",
        "-": "x",
        "--": "x",
        "*": "c",
        "**": "c",
        "***": "c",
        "#": "c",
        # Small numbers that are not given, and percentages that would give them away.
        "<n": "c",
        "≤n": "c",
        ">n": "c",
        "≥n": "c",
        "<0.n": "low",
        "≤0.n": "low",
        # What statistical programs write for nothing. NaN is not among them: it may be a division by zero.
        **dict.fromkeys(("n/a", "na", "n.a.", "#n/a", "null", "none", "(blank)", "blank"), "x"),
        # School and college performance tables (Department for Education).
        "supp": "c",
        "ne": "z",
        "np": "w",
        "lowcov": "w",
        "dns": "x",
        # In words.
        **dict.fromkeys(("suppressed", "confidential", "disclosive", "redacted"), "c"),
        **dict.fromkeys(("not available", "not yet available", "unavailable", "missing", "no data"), "x"),
        **dict.fromkeys(("not applicable",), "z"),
        **dict.fromkeys(("withheld", "not published", "unreliable"), "w"),
    }
)


class ShorthandError(ValueError):
    """What is wrong with the text of a cell, as a sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its flags (letters of p r e b u, each once), or the marker that says why there is no number."""

    value: float | None
    marker: str = ""
    flags: str = ""


def read(text: str, markers: Mapping[str, str] | None = None) -> Reading:
    """What the cell of a value says. Raises ShorthandError.

    `markers` are what texts mean in this file, as in `PUBLISHED`: by the text as `folded` or in small letters, the
    marker that they stand for, or "" for a cell to be left out, which is a Reading of nothing at all. They go before
    numbers, and with them the marks of footnotes beside a number or marker are passed over. Without them the shorthand
    is our own and nothing else.
    """
    typed = text.strip()
    if markers is not None:
        if (meaning := _meaning(typed, markers)) is not None:
            return Reading(None, meaning)
        typed = _without_marks(typed)
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


def number(text: str, markers: Mapping[str, str] | None = None) -> float | None:
    """What the cell of a confidence limit or a count says: nothing where it is empty or says why there is no number.

    Raises ShorthandError.
    """
    return read(text, markers).value if text.strip() else None


def folded(text: str) -> str:
    """What the spellings of one marker share: "[Low]" is "low", "–" is "-", "<= 4%" is "≤4"."""
    flat = " ".join(text.replace("…", "...").split()).casefold()
    if re.fullmatch(r"\[[^\[\]]*\]|\([^()]*\)", flat) and flat != "(blank)":
        flat = flat[1:-1].strip()
    flat = LESS_IN_WORDS.sub("<", flat.replace("<=", "≤").replace(">=", "≥"))
    if comparison := COMPARISON.fullmatch(flat):
        return "".join(part or "" for part in comparison.groups())
    return flat if flat.strip("‐‑‒–—−") else "-" * min(len(flat), 2)


def _meaning(typed: str, markers: Mapping[str, str]) -> str | None:
    """Nothing where the text is no marker of this file: as typed goes before as folded, "<5" before "<n"."""
    key = folded(typed)
    wider = COMPARISON.sub(lambda found: f"{found[1]}{'n' if int(found[2]) else '0.n'}", key)
    wider = re.sub(r"^(notes?) ?[0-9].*", "note n", wider)
    bare = folded(FLAGS_AFTER_MARKER.sub("", NOTE_MARK.sub("", typed)))
    return next((markers[one] for one in (typed.casefold(), key, wider, bare) if one in markers), None)


def _without_marks(typed: str) -> str:
    """A number without the marks of its footnotes; "(r)" is the flag [r], "(!!)" of StatsWales says unreliable."""
    bare = SIGN_MARK.sub("", NOTE_MARK.sub("", typed))
    return FLAG_IN_ROUND_BRACKETS.sub(r"[\1]", LOW_QUALITY.sub(" [u]", bare))


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
