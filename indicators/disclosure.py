"""What an indicator's rule lets a reader see of a figure. Which figures are hidden beside the small ones, and thus
which facts are hidden at all, is decided by `indicators.concealment` and kept by `indicators.suppression`.

A figure is small where one of the counts behind it is below the rule's number, nought too: the numerator (the figure
itself where it is a count), the denominator, and of a proportion the rest, since "all but one" tells as much as "one".
A count that is not given is worked out from the others, as a reader would.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.counts import PROPORTION, counts_agree, half_a_last_place
from indicators.figures import COUNT, Yardstick
from indicators.series import Point

SUPPRESSED = "c"
RATIOS = (PROPORTION, "rate")


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts below `suppress_below` are hidden, counts shown are rounded to `round_to`; None for neither."""

    suppress_below: int | None = None
    round_to: int | None = None
    value_type: str = COUNT
    multiplier: float = 1

    @property
    def says_nothing(self) -> bool:
        return self.suppress_below is None and self.round_to is None


class Hiding(IntEnum):
    """How much of a hidden fact is not shown. The denominator goes too where a small one would tell."""

    FIGURE = 1
    DENOMINATOR_TOO = 2

    @classmethod
    def of(cls, hides_denominator: bool | None) -> "Hiding | None":
        """From what is kept of the fact; None where it is not hidden."""
        return None if hides_denominator is None else cls.DENOMINATOR_TOO if hides_denominator else cls.FIGURE


class Counts(NamedTuple):
    """The counts behind a figure; None where nothing tells. `blur` is how far a numerator worked out may be off."""

    numerator: float | None
    denominator: float | None
    blur: float = 0


def counts_behind(value: float | None, numerator: float | None, denominator: float | None, rule: Rule) -> Counts:
    """As given, or worked out from the figure and the other count."""
    if rule.value_type == COUNT:
        return Counts(numerator if value is None else value, None)
    if value is None or rule.multiplier <= 0:
        return Counts(numerator, denominator)
    share = value / rule.multiplier
    if numerator is None and denominator is not None:
        worked_out = share * denominator
        blur = half_a_last_place(value) / rule.multiplier * denominator
        return Counts(round(worked_out) if rule.value_type in RATIOS else worked_out, denominator, blur)
    if numerator is None and share == 0 and rule.value_type in RATIOS:
        return Counts(0, None)
    if denominator is None and numerator and share > 0:
        return Counts(numerator, round(numerator / share))
    return Counts(numerator, denominator)


class Small(NamedTuple):
    """Which of the counts behind a figure are too small to be shown."""

    numerator: bool = False
    denominator: bool = False
    rest: bool = False


def small(value: float | None, counts: Counts, rule: Rule) -> Small:
    """`value` is the figure that the counts are behind."""
    least = rule.suppress_below
    if least is None:
        return Small()
    numerator, denominator = counts.numerator, counts.denominator
    is_all = rule.value_type == PROPORTION and denominator is None and value == rule.multiplier
    has_rest = rule.value_type == PROPORTION and None not in (numerator, denominator)
    return Small(
        numerator=numerator is not None and numerator < least,
        denominator=denominator is not None and denominator < least,
        rest=is_all or (has_rest and denominator - numerator < least),
    )


def shown(point: Point, rule: Rule, hiding: Hiding | None = None) -> Point:
    """The point as a reader sees it. `hiding` is how its fact is hidden, None where it is not."""
    if hiding is None:
        return point if rule.round_to is None else _rounded(point, rule, rule.round_to)
    denominator = None if hiding == Hiding.DENOMINATOR_TOO else point.denominator
    bare = Point(point.period, None, SUPPRESSED, denominator=denominator, row=point.row, source=point.source)
    return bare if rule.round_to is None else _rounded(bare, rule, rule.round_to)


def _rounded(point: Point, rule: Rule, base: int) -> Point:
    """Counts to the nearest multiple, the figure worked out from them; limits are finer than that, so they go.

    A figure that is not its counts, such as a standardised rate, keeps its number.
    """
    numerator, denominator = _to(point.numerator, base), _to(point.denominator, base)
    plain = point._replace(numerator=numerator, denominator=denominator, lower=None, upper=None)
    if point.value is None:
        return plain
    if rule.value_type == COUNT:
        return plain._replace(value=_to(point.value, base))
    behind = counts_behind(point.value, point.numerator, point.denominator, rule)
    given = point._replace(numerator=behind.numerator, denominator=behind.denominator)
    stick = Yardstick("", value_type=rule.value_type, multiplier=rule.multiplier)
    if rule.value_type not in RATIOS or not counts_agree(given, stick):
        return plain
    above, below = _to(behind.numerator, base), _to(behind.denominator, base)
    if not below:
        return plain._replace(value=None, marker=SUPPRESSED, flags="")
    return plain._replace(value=rule.multiplier * above / below)


def _to(count: float | None, base: int) -> float | None:
    """Halves up."""
    return None if count is None else float(base * int((count + base / 2) // base))


def in_words(rule: Rule) -> list[str]:
    """The rule as sentences, for whoever reads the definition of the indicator."""
    sentences = []
    if rule.suppress_below is not None:
        sentences.append(
            _("A figure is hidden where one of the counts behind it is below %(number)s, nought too.")
            % {"number": rule.suppress_below}
        )
        sentences.append(_("Others are hidden where it could be worked out from them."))
    if rule.round_to is not None:
        sentences.append(
            ngettext(
                "Counts are rounded to the nearest whole number.",
                "Counts are rounded to the nearest %(number)s.",
                rule.round_to,
            )
            % {"number": rule.round_to}
        )
    return sentences
