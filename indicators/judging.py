"""Judges the figures of a file, a batch of columns at a time: which are good, and what is wrong with the others.

A text is read once however often it stands in the file; numbers are held against each other as whole columns. Without a
database.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import compress
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from indicators import breakdowns, periods, shorthand
from indicators.assembling import Batch
from indicators.layouts import COLUMNS, LeftOut, Plan
from indicators.periods import Period
from indicators.rules import UNSEEN, IndicatorRules, Outside, Reader, Scope
from partnerships.problems import Problem, shortened

LONGEST_TYPED = 200
COUNTS_AND_LIMITS = ("lower", "upper", "numerator", "denominator")
# Most cells of most files: read without looking for flags, signs and markers.
PLAIN_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
MOST_REMEMBERED = 200_000
# The key of a fact is the number of its series, and in so many bits behind it the number of its period.
PERIOD_BITS = 32


@dataclass(frozen=True, slots=True)
class Figures:
    """Good figures of a batch. Every list has one item a figure; numbers are NaN where there is none."""

    rows: list[int]
    columns: list[int]
    indicators: list[str]
    areas: list[str]
    periods: list[Period]
    breakdowns: list[str]
    markers: list[str]
    flags: list[str]
    notes: list[str]
    numbers: dict[str, np.ndarray]
    series: np.ndarray
    keys: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch judged. `rejected` counts the figures that have problems.

    `spoilt` are the keys and rows of those of them whose fact can be told: they still give that fact.
    """

    figures: Figures
    problems: list[Problem]
    left_out: list[LeftOut]
    rejected: int
    spoilt: tuple[tuple[int, int], ...] = ()

    @property
    def read(self) -> int:
        return len(self.figures) + len(self.left_out) + self.rejected


NONE = Figures([], [], [], [], [], [], [], [], [], {"value": np.zeros(0)}, np.zeros(0, np.int64), np.zeros(0, np.int64))


class _Reading(dict):
    """What each text of a column means, read when it is first met. `wrong` and `outside` say why some mean nothing."""

    def __init__(self, reader: Callable[[str], Any]) -> None:
        super().__init__()
        self.reader = reader
        self.wrong: dict[str, str] = {}
        self.outside: dict[str, str] = {}

    def __missing__(self, text: str) -> Any:
        meaning = None
        try:
            if UNSEEN.search(text):
                raise _UnseenError
            meaning = self.reader(text)
        except ValueError as error:
            self.wrong[text] = str(error)
        except Outside as outside:
            self.outside[text] = str(outside)
        self[text] = meaning
        return meaning

    def column(self, texts: list[str]) -> list:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        return list(map(self.__getitem__, texts))


class _UnseenError(ValueError):
    def __str__(self) -> str:
        return _("a character that cannot be seen: type the cell again")


class _Numbering(dict):
    """Numbers things in the order in which they are met."""

    def __missing__(self, thing: object) -> int:
        self[thing] = number = len(self)
        return number


class Judge:
    """Takes one batch of a file after another, remembering what it has read."""

    def __init__(self, scope: Scope, plan: Plan) -> None:
        reader = Reader(scope, is_own=plan.is_own)
        self.plan = plan
        self.areas = _Reading(reader.area)
        self.indicators = _Reading(reader.indicator)
        self.breakdowns = _Reading(breakdowns.read)
        self.notes = _Reading(str.strip)
        self.values = _Reading(partial(_value, plan))
        self.counts = _Reading(partial(_number, plan))
        self.periods: dict[str, _Reading] = {}
        self.series, self.period_numbers = _Numbering(), _Numbering()

    def take(self, batch: Batch) -> Judged:
        """Problems in the order of the rows."""
        texts, many = batch.texts, len(batch.rows)
        if not many:
            return Judged(NONE, batch.problems, batch.left_out, _rows_of(batch.problems))
        rules = self.indicators.column(texts["indicator"])
        columns = {
            "indicator": (self.indicators, rules),
            "area": (self.areas, self.areas.column(texts["area"])),
            "value": (self.values, self.values.column(texts["value"])),
            **{
                name: (reading, reading.column(texts[name]))
                for name, reading in (
                    ("breakdown", self.breakdowns),
                    ("note", self.notes),
                    *((name, self.counts) for name in COUNTS_AND_LIMITS),
                )
                if name in texts
            },
        }
        period_wrong, found = self._periods(rules, texts["period"])
        out = {
            place: (texts[name][place], reason)
            for name in ("value", "indicator", "area")
            for place, reason in _places(texts[name], columns[name][0].outside)
        }
        wrong: dict[int, list[tuple[str, str]]] = {}
        for place, name, sentence in [*_wrong(columns, texts), *period_wrong]:
            if place not in out:
                wrong.setdefault(place, []).append((name, sentence))
        for said in wrong.values():
            said.sort(key=lambda one: COLUMNS.index(one[0]))
        meanings = {name: meaning for name, (_reading, meaning) in columns.items()} | {"period": found}
        good = [place not in wrong and place not in out for place in range(many)] if wrong or out else None
        figures = self._figures(batch, meanings, good)
        figures, doubted = _held_to_rules(figures, list(compress(rules, good)) if good else rules)
        places = list(compress(range(many), good)) if good else range(many)
        for place, name, sentence in doubted:
            wrong.setdefault(places[place], []).append((name, sentence))
        problems = sorted((*batch.problems, *self._problems(batch, wrong)), key=lambda problem: problem.line)
        left_out = [*batch.left_out, *(LeftOut(batch.rows[place], *why) for place, why in sorted(out.items()))]
        spoilt = tuple(self._spoilt(batch, meanings, wrong))
        return Judged(figures, problems, left_out, len(wrong) + _rows_of(batch.problems), spoilt)

    def _spoilt(self, batch: Batch, meanings: dict[str, list], wrong: Iterable[int]) -> Iterator[tuple[int, int]]:
        for place in wrong:
            rules, area, period = (meanings[name][place] for name in ("indicator", "area", "period"))
            group = meanings["breakdown"][place] if "breakdown" in meanings else ""
            if None not in (rules, area, period, group):
                series = self.series[rules.code, area, group]
                yield (series << PERIOD_BITS) + self.period_numbers[period], batch.rows[place]

    def _periods(self, rules: list[IndicatorRules | None], texts: list[str]) -> tuple[list, list[Period | None]]:
        """What "2023/24" means depends on the indicator."""
        kinds = [rule.year_type if rule else "financial" for rule in rules]
        for kind in set(kinds) - self.periods.keys():
            self.periods[kind] = _Reading(partial(periods.read, year_type=kind, style=self.plan.periods))
        if len(set(kinds)) == 1:
            reading = self.periods[kinds[0]]
            found = reading.column(texts)
            return [(at, "period", why) for at, why in _places(texts, reading.wrong)], found
        found = [self.periods[kind][text] for kind, text in zip(kinds, texts, strict=True)]
        wrong = [
            (place, "period", self.periods[kind].wrong[text])
            for place, (kind, text, period) in enumerate(zip(kinds, texts, found, strict=True))
            if period is None
        ]
        return wrong, found

    def _figures(self, batch: Batch, meanings: dict[str, list], good: list[bool] | None) -> Figures:
        def column(name: str, missing: Any) -> list:
            meaning = meanings.get(name)
            if meaning is None:
                return [missing] * (sum(good) if good else len(batch.rows))
            return list(compress(meaning, good)) if good else meaning

        rules, areas = column("indicator", None), column("area", None)
        groups, when, values = column("breakdown", ""), column("period", None), column("value", None)
        codes = [rule.code for rule in rules]
        series = np.fromiter(map(self.series.__getitem__, zip(codes, areas, groups, strict=True)), np.int64, len(codes))
        numbered = np.fromiter(map(self.period_numbers.__getitem__, when), np.int64, len(codes))
        return Figures(
            rows=list(compress(batch.rows, good)) if good else batch.rows,
            columns=list(compress(batch.places, good)) if good else batch.places,
            indicators=codes,
            areas=areas,
            periods=when,
            breakdowns=groups,
            markers=[value[1] for value in values],
            flags=[value[2] for value in values],
            notes=column("note", ""),
            numbers={
                "value": np.array([value[0] for value in values], float),
                **{name: np.array(column(name, None), float) for name in COUNTS_AND_LIMITS if name in meanings},
            },
            series=series,
            keys=(series << PERIOD_BITS) + numbered,
        )

    @staticmethod
    def _problems(batch: Batch, wrong: dict[int, list[tuple[str, str]]]) -> Iterator[Problem]:
        unseen = str(_UnseenError())
        for place, said in wrong.items():
            alone = [one for one in said if one[1] == unseen] or said
            for name, sentence in alone:
                typed = shortened(UNSEEN.sub("�", batch.texts[name][place]), LONGEST_TYPED)
                yield Problem(sentence, line=batch.rows[place], column=_header(name, batch, place), value=typed)


def _header(name: str, batch: Batch, place: int) -> str:
    """What the file calls the column of one of our columns; of a value the very column it stands in."""
    if name == "value":
        return batch.heading.name(batch.places[place] - 1)
    return batch.heading.header_of(name) or name


def _rows_of(problems: list[Problem]) -> int:
    return len({problem.line for problem in problems})


def _value(plan: Plan, text: str) -> tuple[float | None, str, str]:
    """The number, the marker and the flags of a cell; Outside where the layout leaves such a cell out."""
    if PLAIN_NUMBER.fullmatch(text):
        return float(text), "", ""
    if not text.strip() and plan.blank == "left out":
        raise Outside(_("the cell is empty"))
    reading = shorthand.read(text, plan.markers)
    if reading.value is None and not reading.marker:
        raise Outside(_("a mark that the layout leaves out"))
    return reading.value, reading.marker, reading.flags


def _number(plan: Plan, text: str) -> float | None:
    if PLAIN_NUMBER.fullmatch(text):
        return float(text)
    return shorthand.read(text, plan.markers).value if text.strip() else None


def _places(texts: list[str], why: dict[str, str]) -> Iterator[tuple[int, str]]:
    if why:
        for place, text in enumerate(texts):
            if text in why:
                yield place, why[text]


def _wrong(columns: dict[str, tuple[_Reading, list]], texts: dict[str, list[str]]) -> Iterator[tuple[int, str, str]]:
    for name, (reading, _meaning) in columns.items():
        for place, sentence in _places(texts[name], reading.wrong):
            yield place, name, sentence


def _held_to_rules(figures: Figures, rules: list[IndicatorRules]) -> tuple[Figures, list[tuple[int, str, str]]]:
    """The figures whose numbers go together, and of the others the place, the column and what is wrong."""
    wrong = list(_misfits(figures.numbers, rules))
    if not wrong:
        return figures, wrong
    keep = np.ones(len(figures), bool)
    keep[[place for place, _name, _sentence in wrong]] = False
    return taken(figures, keep), wrong


def taken(figures: Figures, keep: np.ndarray) -> Figures:
    """Those of the figures for which `keep` is true."""
    chosen = keep.tolist()
    return Figures(
        **{
            name: {of: numbers[keep] for of, numbers in column.items()}
            if name == "numbers"
            else column[keep]
            if isinstance(column, np.ndarray)
            else list(compress(column, chosen))
            for name in Figures.__slots__
            for column in [getattr(figures, name)]
        }
    )


def _misfits(numbers: dict[str, np.ndarray], rules: list[IndicatorRules]) -> Iterator[tuple[int, str, str]]:
    """Comparisons with NaN are false: where there is no number, nothing is held against it."""
    value = numbers["value"]
    nothing = np.full(len(value), np.nan)
    lower, upper, numerator, denominator = (numbers.get(name, nothing) for name in COUNTS_AND_LIMITS)
    kinds = [rule.value_type for rule in rules]
    is_count = np.fromiter((kind == "count" for kind in kinds), bool, len(kinds))
    is_share = np.fromiter((kind == "proportion" for kind in kinds), bool, len(kinds))
    whole = np.fromiter((rule.multiplier for rule in rules), float, len(rules))
    missing = np.isnan(value)
    # A share may exceed the whole where the count and its base come from different sources; not with such a value.
    more_than_all = is_share & (numerator > denominator) & (value <= whole)
    for column, is_wrong, sentence in (
        ("value", is_count & (value < 0), _("a count cannot be below 0")),
        ("value", is_share & (value < 0), _("a share cannot be below 0")),
        ("lower", missing & ~np.isnan(lower), _("a row without a number has no confidence limits")),
        ("upper", missing & ~np.isnan(upper), _("a row without a number has no confidence limits")),
        ("lower", lower > value, _("the lower limit is above the value")),
        ("upper", upper < value, _("the upper limit is below the value")),
        ("numerator", numerator < 0, _("a count cannot be below 0")),
        ("numerator", more_than_all, _("the numerator is larger than the denominator")),
        ("denominator", denominator < 0, _("a count cannot be below 0")),
    ):
        for place in np.flatnonzero(is_wrong):
            yield int(place), column, sentence
