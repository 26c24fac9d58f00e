"""The group that a figure is for: everyone, or one category of one dimension."""

from django.utils.translation import gettext as _

LONGEST = 120
EVERYONE = {"all", "everyone", "person", "persons", "people", "total"}


class BreakdownError(ValueError):
    """What is wrong with the text of a breakdown, as a sentence."""


def read(text: str) -> str:
    """ "" for everyone, otherwise "dimension: category", such as "sex: Female", in one spelling of spaces and case.

    Raises BreakdownError.
    """
    tidy = " ".join(text.split())
    if not tidy:
        return ""
    dimension, colon, category = (part.strip() for part in tidy.partition(":"))
    if (category if colon else tidy).casefold() in EVERYONE:
        raise BreakdownError(_("leave the breakdown empty where the figure is for everyone"))
    if not (dimension and category):
        raise BreakdownError(_("write what is broken down, a colon and the group, such as sex: Female"))
    breakdown = f"{dimension.lower()}: {category}"
    if len(breakdown) > LONGEST:
        raise BreakdownError(_("at most %(longest)s letters: shorten the breakdown") % {"longest": LONGEST})
    return breakdown


def parts(breakdown: str) -> tuple[str, str]:
    """ "sex: Female" as its dimension and its category."""
    dimension, _colon, category = breakdown.partition(": ")
    return dimension, category
