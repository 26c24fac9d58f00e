"""The versions of one fact: which of them stood when, and what each changed.

Of each fact the live version that was published last stands; live is what is published and not withdrawn. So a
version is replaced by a later one, stands again when that is withdrawn, and is gone when it is withdrawn itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.figures import FLAGS, Yardstick
from indicators.numbers import marker_words, number_text, plain_number
from indicators.periods import Period
from indicators.series import Point

LETTERS = 26
MOST_DECIMALS = 12
PERCENT_DECIMALS = 1
# What may stand beside a figure, in the order of a value file.
BESIDE = {
    "flags": gettext_lazy("flags"),
    "lower": gettext_lazy("lower limit"),
    "upper": gettext_lazy("upper limit"),
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
    "note": gettext_lazy("note"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a figure stood, as its owner sees it. No sheet in a CSV file; column 0 where it is not known."""

    row: int
    column: int = 0
    sheet: str = ""

    @property
    def text(self) -> str:
        """ "sheet “Figures”, row 7, column D"."""
        parts = [_("row %(row)s") % {"row": self.row}]
        if self.sheet:
            parts.insert(0, _("sheet “%(sheet)s”") % {"sheet": self.sheet})
        if self.column:
            parts.append(_("column %(column)s") % {"column": column_letters(self.column)})
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Version:
    """One figure as one upload gave it. `upload` and `pk` are ids."""

    pk: int
    upload: int
    point: Point
    place: Place
    published_at: datetime
    withdrawn_at: datetime | None = None

    def is_live(self, moment: datetime) -> bool:
        return self.published_at <= moment and (self.withdrawn_at is None or self.withdrawn_at > moment)

    @property
    def order(self) -> tuple[datetime, int]:
        return self.published_at, self.pk


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a version stood; `ended_by` replaced it, None where it was withdrawn or stands still."""

    start: datetime
    end: datetime | None = None
    ended_by: Version | None = None


@dataclass(frozen=True, slots=True)
class Alteration:
    """What a version changed of the one that stood before it.

    Kind is "first", "again" (there were earlier ones, all withdrawn by then), "revision" (another figure), "beside"
    (the same figure, with something else beside it) or "hidden" (not for this reader). `old`, `new` and `difference`
    are texts; the last is empty where one of the two is no number. `beside` holds name, old and new of what stands
    beside the figure.
    """

    kind: str
    old: str = ""
    new: str = ""
    difference: str = ""
    beside: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    version: Version
    spans: tuple[Span, ...]
    alteration: Alteration

    @property
    def state(self) -> str:
        """ "stands", "withdrawn" or "replaced"."""
        if self.version.withdrawn_at:
            return "withdrawn"
        return "stands" if self.spans and self.spans[-1].end is None else "replaced"

    def stood_at(self, moment: datetime) -> bool:
        return any(span.start <= moment and (span.end is None or span.end > moment) for span in self.spans)


def entries(versions: Iterable[Version], yardstick: Yardstick) -> list[Entry]:
    """All versions of one fact, the newest first."""
    in_order = sorted(versions, key=lambda version: version.order)
    spans = _spans(in_order)
    found = []
    for place, version in enumerate(in_order):
        before = standing_at(in_order[:place], version.published_at)
        found.append(Entry(version, tuple(spans[version.pk]), _alteration(before, version, place == 0, yardstick)))
    return found[::-1]


def standing_at(versions: Iterable[Version], moment: datetime) -> Version | None:
    live = [version for version in versions if version.is_live(moment)]
    return max(live, key=lambda version: version.order, default=None)


def _spans(versions: Sequence[Version]) -> dict[int, list[Span]]:
    """By version; walks through every moment at which something was published or withdrawn."""
    moments = {version.published_at for version in versions}
    moments |= {version.withdrawn_at for version in versions if version.withdrawn_at}
    found: dict[int, list[Span]] = {version.pk: [] for version in versions}
    before: Version | None = None
    for moment in sorted(moments):
        now = standing_at(versions, moment)
        if now is before:
            continue
        if before:
            stood = found[before.pk]
            stood[-1] = Span(stood[-1].start, moment, now if before.is_live(moment) else None)
        if now:
            found[now.pk].append(Span(moment))
        before = now
    return found


def _alteration(before: Version | None, version: Version, is_first: bool, yardstick: Yardstick) -> Alteration:
    if before is None:
        return Alteration("first" if is_first else "again")
    old, new = before.point, version.point
    beside = tuple(_beside(old, new))
    if (old.value, old.marker) == (new.value, new.marker):
        return Alteration("beside", beside=beside)
    if not (old.is_number and new.is_number):
        return Alteration("revision", _text(old, yardstick), _text(new, yardstick), beside=beside)
    fine = _fine_enough(old.value, new.value, yardstick)
    return Alteration("revision", fine.text(old.value), fine.text(new.value), _difference(old, new, fine), beside)


def _fine_enough(old: float, new: float, yardstick: Yardstick) -> Yardstick:
    """With as many decimals as tell the two apart: a revision from 67.51 to 67.54 is not "67.5 to 67.5"."""
    for decimals in range(yardstick.decimals, MOST_DECIMALS):
        if number_text(old, decimals) != number_text(new, decimals):
            return replace(yardstick, decimals=decimals)
    return yardstick


def _difference(old: Point, new: Point, yardstick: Yardstick) -> str:
    """ "up 0.4 percentage points (0.6% more)"; without the part in brackets from nothing."""
    difference = Decimal(repr(new.value)) - Decimal(repr(old.value))
    words = {"difference": yardstick.difference_text(float(difference))}
    absolute = (_("up %(difference)s") if difference > 0 else _("down %(difference)s")) % words
    if not old.value:
        return absolute
    share = {"share": number_text(float(abs(difference / Decimal(repr(old.value))) * 100), PERCENT_DECIMALS)}
    return f"{absolute} ({(_('%(share)s%% more') if difference > 0 else _('%(share)s%% less')) % share})"


def _beside(old: Point, new: Point) -> Iterable[tuple[str, str, str]]:
    for name, word in BESIDE.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield str(word), _beside_text(name, before), _beside_text(name, after)


def _beside_text(name: str, content: float | str | None) -> str:
    if name == "flags":
        return ", ".join(str(FLAGS.get(letter, letter)) for letter in content)
    return content or "" if content is None or isinstance(content, str) else plain_number(content)


def _text(point: Point, yardstick: Yardstick) -> str:
    return yardstick.text(point.value) if point.is_number else marker_words(point.marker)


def days_of(period: Period) -> str:
    """The period as an address names it, whatever its label: its first and last day."""
    return f"{period.start.isoformat()}/{period.end.isoformat()}"


def column_letters(number: int) -> str:
    """As a spreadsheet names its columns: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
