"""Numbers as text, multiplied without leaving text: "0.652" by 100 is "65.2", exactly."""

import re
from decimal import Decimal

NUMBER = re.compile(
    r"([+−-]?) ?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?(?:E[+-]?[0-9]{1,3})?)(.*)", re.I | re.S
)


def scaled(text: str, scale: float) -> str:
    """The number in the text multiplied, what follows it kept; a text with a per cent sign or without number stays."""
    match = NUMBER.fullmatch(text)
    if scale == 1 or not match or not any(letter.isdigit() for letter in match[2]) or "%" in match[3]:
        return text
    sign = "-" if match[1] in ("-", "−") else ""
    number = (Decimal(match[2].replace(",", "")) * Decimal(str(scale))).normalize()
    return f"{sign}{number:f}{match[3]}"
