"""What a row of a value file must satisfy to become a figure. It knows the scope of an upload, and no database."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from indicators import breakdowns, periods, shorthand
from indicators.layouts import COLUMNS, ValueRow
from partnerships.problems import Problem, shortened
from partnerships.yamlfile import did_you_mean

GSS_CODE = re.compile(r"[A-Z][0-9]{8}")
# A spreadsheet can hold these in a cell; PostgreSQL cannot, and nobody can see them.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
LONGEST_TYPED = 200
COUNTS_AND_LIMITS = ("lower", "upper", "numerator", "denominator")


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    name_cy: str = ""

    @property
    def names(self) -> set[str]:
        return {alike(name) for name in (self.name, self.name_cy) if name}


@dataclass(frozen=True)
class IndicatorRules:
    """What an indicator asks of its figures, in the words of indicators.models."""

    code: str
    year_type: str
    value_type: str
    multiplier: float


@dataclass(frozen=True)
class Scope:
    """What one person may upload for one partnership; `elsewhere` holds the other places that the site knows."""

    footprint: frozenset[Place]
    comparators: frozenset[Place]
    elsewhere: frozenset[Place]
    indicators: Mapping[str, IndicatorRules]
    catalogue: frozenset[str]
    used: frozenset[str]
    may_change_comparators: bool

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(place.code for place in self.footprint | self.comparators)

    @cached_property
    def protected(self) -> frozenset[str]:
        """The areas whose standing figures this person may not change, because other partnerships show them too."""
        return frozenset() if self.may_change_comparators else frozenset(place.code for place in self.comparators)

    @cached_property
    def codes_by_name(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for place in self.footprint | self.comparators:
            for name in place.names:
                found[name].add(place.code)
        return found

    @cached_property
    def known_elsewhere(self) -> frozenset[str]:
        """Codes and names, as `alike` makes them."""
        return frozenset(text for place in self.elsewhere for text in (alike(place.code), *place.names))


class Fact(NamedTuple):
    """What a figure is about: everything except its value. Indicator and area by their codes."""

    indicator: str
    area: str
    period_start: date
    period_end: date
    breakdown: str


class Content(NamedTuple):
    """What a file says of a fact: a number, or a marker for why there is none, and what stands around it."""

    value: float | None
    marker: str = ""
    flags: str = ""
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""


class Entry(NamedTuple):
    """One good row."""

    row: int
    fact: Fact
    period: str
    content: Content


@dataclass(frozen=True)
class LeftOut:
    """A row that is no mistake but not this upload's business either; `area` as typed."""

    row: int
    area: str
    reason: str


@dataclass(frozen=True)
class Judged:
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]


class Wrong(ValueError):
    """What is wrong with one cell, as a sentence."""


class Outside(Exception):
    """An area that this upload does not cover, with the reason as a sentence."""


def alike(text: str) -> str:
    """The form in which two spellings of a name or code are the same: case and runs of spaces do not matter."""
    return " ".join(text.split()).casefold()


def judge(rows: Iterable[ValueRow], scope: Scope) -> Judged:
    """Reads every row, and says everything that is wrong in any of them, by row and column with the text as typed."""
    judge = _Judge(scope)
    for row in rows:
        judge.take(row)
    return judge.judged()


class _Judge:
    """Takes one row after another, remembering what it has already looked up."""

    def __init__(self, scope: Scope):
        self.scope = scope
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.left_out: list[LeftOut] = []
        self.rows_of: dict[Fact, list[int]] = defaultdict(list)
        self.offers: dict[str, str] = {}

    def judged(self) -> Judged:
        twice = {fact: rows for fact, rows in self.rows_of.items() if len(rows) > 1}
        self.problems += (problem for rows in twice.values() for problem in _said_twice(rows))
        rejected = {problem.line for problem in self.problems}
        entries = tuple(entry for entry in self.entries if entry.row not in rejected)
        problems = tuple(sorted(self.problems, key=lambda problem: problem.line))
        return Judged(entries, problems, tuple(self.left_out))

    def take(self, row: ValueRow) -> None:
        if unseen := [column for column in COLUMNS if UNSEEN.search(getattr(row, column))]:
            for column in unseen:
                self._wrong(row, column, _("a character that cannot be seen: type the cell again"))
            return
        try:
            area = self._read(row, "area", self._area)
        except Outside as outside:
            self.left_out.append(LeftOut(row.row, row.area, str(outside)))
            return
        rules = self._read(row, "indicator", self._indicator)
        year_type = rules.year_type if rules else "financial"
        period = self._read(row, "period", lambda text: periods.read(text, year_type=year_type))
        breakdown = self._read(row, "breakdown", breakdowns.read)
        content = self._content(row)
        if None in (area, rules, period, breakdown):
            return
        fact = Fact(rules.code, area, period.start, period.end, breakdown)
        self.rows_of[fact].append(row.row)
        if content is not None:
            self._hold_to(rules, row, content)
            self.entries.append(Entry(row.row, fact, period.label, content))

    def _read(self, row: ValueRow, column: str, reader: Callable[[str], Any]) -> Any:
        """The cell as its reader understands it; None, and a problem noted, where it does not."""
        text = getattr(row, column)
        try:
            return reader(text)
        except ValueError as error:
            self._wrong(row, column, str(error))
            return None

    def _wrong(self, row: ValueRow, column: str, message: str) -> None:
        typed = shortened(UNSEEN.sub("�", getattr(row, column)), LONGEST_TYPED)
        self.problems.append(Problem(message, line=row.row, column=column, value=typed))

    def _content(self, row: ValueRow) -> Content | None:
        before = len(self.problems)
        reading = self._read(row, "value", shorthand.read)
        numbers = {column: self._read(row, column, shorthand.number) for column in COUNTS_AND_LIMITS}
        if len(self.problems) > before:
            return None
        return Content(reading.value, reading.marker, reading.flags, note=row.note.strip(), **numbers)

    def _hold_to(self, rules: IndicatorRules, row: ValueRow, content: Content) -> None:
        for column, message in (*_about_value(content, rules), *_about_limits(content), *_about_counts(content, rules)):
            self._wrong(row, column, message)

    def _area(self, text: str) -> str:
        typed, code = alike(text), text.strip().upper()
        if code in self.scope.codes:
            return code
        found = self.scope.codes_by_name.get(typed, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            codes = {"codes": ", ".join(sorted(found))}
            raise Wrong(_("more than one area has this name: write the code, one of %(codes)s") % codes)
        if typed in self.scope.known_elsewhere:
            raise Outside(_("outside the partnership's areas and those it compares with"))
        if GSS_CODE.fullmatch(code):
            raise Outside(_("a code of no area that this site knows"))
        raise Wrong(self._unknown_area(text))

    def _unknown_area(self, text: str) -> str:
        if not text.strip():
            return _("there is no area: write its code or its exact name")
        names = [place.name for place in self.scope.footprint | self.scope.comparators]
        return self._with_offer(_("no area has this code or name"), text, names)

    def _indicator(self, text: str) -> IndicatorRules:
        code = text.strip().lower()
        if code in self.scope.indicators:
            return self.scope.indicators[code]
        if not code:
            raise Wrong(_("there is no indicator: write its code"))
        if code in self.scope.catalogue:
            raise Wrong(_("no measure of this partnership uses this indicator, so its figures cannot be uploaded here"))
        raise Wrong(self._with_offer(_("no indicator has this code"), code, self.scope.indicators))

    def _with_offer(self, sentence: str, text: str, known: Iterable[str]) -> str:
        """The sentence and the nearest word known; looking for it is slow, and a file repeats its mistakes."""
        if text not in self.offers:
            self.offers[text] = did_you_mean(text, known)
        return f"{sentence}.{self.offers[text]}" if self.offers[text] else sentence


def _said_twice(rows: list[int]) -> Iterator[Problem]:
    *first, last = map(str, rows)
    listed = {"rows": ", ".join(first), "last": last}
    message = _("rows %(rows)s and %(last)s give the same indicator, area, period and breakdown: keep one")
    return (Problem(message % listed, line=row) for row in rows)


def _about_value(content: Content, rules: IndicatorRules) -> Iterator[tuple[str, str]]:
    if content.value is None:
        return
    if rules.value_type == "count" and content.value < 0:
        yield "value", _("a count cannot be below 0")
    if rules.value_type == "proportion" and not 0 <= content.value <= rules.multiplier:
        yield "value", _("a share lies between 0 and %(whole)s") % {"whole": f"{rules.multiplier:g}"}


def _about_limits(content: Content) -> Iterator[tuple[str, str]]:
    for column, limit in (("lower", content.lower), ("upper", content.upper)):
        if limit is not None and content.value is None:
            yield column, _("a row without a number has no confidence limits")
    if content.value is not None:
        if content.lower is not None and content.lower > content.value:
            yield "lower", _("the lower limit is above the value")
        if content.upper is not None and content.upper < content.value:
            yield "upper", _("the upper limit is below the value")


def _about_counts(content: Content, rules: IndicatorRules) -> Iterator[tuple[str, str]]:
    for column, number in (("numerator", content.numerator), ("denominator", content.denominator)):
        if number is not None and number < 0:
            yield column, _("a count cannot be below 0")
    both = None not in (content.numerator, content.denominator)
    if both and rules.value_type == "proportion" and content.numerator > content.denominator:
        yield "numerator", _("the numerator is larger than the denominator")
