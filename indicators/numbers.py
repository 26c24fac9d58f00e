"""Numbers and the reasons for their absence, as text: for readers, for downloads and for programs."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

THIN_SPACE = "\u2009"
MINUS = "\u2212"
# Pages show the same numbers again and again, and exact rounding is slow.
REMEMBERED = 100_000

MARKERS = {
    "c": _("suppressed"),
    "x": _("not available"),
    "z": _("not applicable"),
    "w": _("withheld"),
    "low": _("rounds to zero"),
    "k": _("low number"),
}

# What makes a spreadsheet take a text for a formula, its full-width forms too.
FORMULA_STARTS = "=+\\-@\t\r\n＝＋－＠"
MAY_BE_FORMULA = re.compile(f"'*[{FORMULA_STARTS}]")
WAS_MADE_SAFE = re.compile(f"'+[{FORMULA_STARTS}]")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


@lru_cache(maxsize=REMEMBERED)
def rounded(value: float, decimals: int) -> float:
    """Half up, as written: 0.25 gives 0.3."""
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@lru_cache(maxsize=REMEMBERED)
def number_text(value: float, decimals: int) -> str:
    """For readers: rounded half up as written ("0.25" gives 0.3), thin spaces between thousands, a true minus sign."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    return sign + f"{abs(rounded):,f}".replace(",", THIN_SPACE)


def count_text(count: float) -> str:
    """A count is a whole number, unless its publisher gave a part of one."""
    return number_text(count, 0 if count.is_integer() else 1)


def with_unit(text: str, unit: str) -> str:
    """The unit where readers expect it: "65.2%", "£7 629", "4.5 per 1,000"."""
    if unit == "£":
        return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
    return f"{text}{unit}" if unit in ("", "%") else f"{text} {unit}"


def marker_words(marker: str) -> str:
    """Why there is no number, in words; nothing for no marker."""
    return str(MARKERS[marker]) if marker else ""


@lru_cache(maxsize=REMEMBERED)
def plain_number(value: float) -> str:
    """For downloads and programs: the shortest decimal text that reads back as the same number ("5", "65.2")."""
    exact = Decimal(repr(float(value))).normalize()
    return f"{exact or abs(exact):f}"


def spreadsheet_safe(text: str) -> str:
    """A text cell of a download, with a leading apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if MAY_BE_FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def without_apostrophe(text: str) -> str:
    """What `spreadsheet_safe` was given."""
    return text[1:] if text.startswith("'") and WAS_MADE_SAFE.match(text) else text
