"""A file on the mapping page: its first rows, the layout to start from, what it can be matched with, and a trial."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

from indicators import firstlook, layouts, mapping, matching, proposals, trial
from indicators.firstlook import Look
from indicators.layouts import OWN_NAME, Plan
from indicators.rules import Scope, alike
from indicators.tables import Book
from indicators.trial import Trial

# So many rows are searched for words that nobody knows, and so many of those are asked about.
ROWS_SEARCHED, MOST_WORDS, MOST_AREAS = 20_000, 40, 30
# What is likely enough to stand first, and so many of the commonest words are held against our names.
LIKELY, MOST_COMPARED = 88, 600


@dataclass(frozen=True)
class Word:
    """A text of the file that nobody knows, with its number of figures and our codes that are likest to it."""

    text: str
    figures: int
    likeliest: tuple[str, ...]
    is_likely: bool


@dataclass
class Workbench:
    """`base` is the data of the layout to start from; `indicators` and `areas` give names by code."""

    book: Book
    look: Look
    scope: Scope
    base: dict[str, Any]
    indicators: Mapping[str, list[str]]
    words: list[Word] = field(default_factory=list)
    places: list[Word] = field(default_factory=list)
    more_words: int = 0
    more_places: int = 0

    @cached_property
    def areas(self) -> dict[str, list[str]]:
        """The areas that may have figures here, by code; the partnership's own first, each by name."""
        own, others = (
            sorted(places, key=lambda place: place.name) for places in (self.scope.footprint, self.scope.comparators)
        )
        return {place.code: [place.name, *place.names] for place in (*own, *others)}

    @property
    def texts(self) -> list[str]:
        return [word.text for word in (*self.words, *self.places)]

    @property
    def names(self) -> tuple[str, ...]:
        return self.look.names

    @cached_property
    def initial(self) -> mapping.Choices:
        return mapping.choices_of(self.base, self.names, self.texts) | self._codes_as_words()

    def _codes_as_words(self) -> mapping.Choices:
        """A file may write our own codes."""
        known = {alike(code): code for code in self.indicators}
        matched = {alike(text) for text in self.base.get("indicators", {})}
        return {
            mapping.key("word", word.text): known[alike(word.text)]
            for word in self.words
            if alike(word.text) in known and alike(word.text) not in matched
        }

    def likeness(self, field: str) -> float:
        """How much the name of the column of a field such as value_3 is like that of a measure, if it is likely."""
        found = matching.candidates(self.names[int(field.rpartition("_")[2])], self.indicators, 1)
        return found[0][1] if found and found[0][1] >= LIKELY else 0

    def data(self, choices: Mapping[str, str]) -> dict[str, Any]:
        """The layout that the choices make, with its header and sheet."""
        look = self.look
        made = mapping.data_of(self.base, choices, self.names, self.texts)
        if len(look.sheets) > 1:
            made["sheet"] = look.sheet
        return mapping.with_header(made, look.head, look.index, look.header_rows)

    def find_words(self, choices: Mapping[str, str]) -> None:
        """Looks for the words of the file that have to be matched, given what its columns are."""
        made = self.data(choices)
        for part in ("area", "period"):
            if part not in made and made.get("across", {}).get("of") != part:
                made[part] = {"constant": "?"}
        try:
            plan = replace(layouts.plan(made), indicators={}, areas={})
        except layouts.LayoutError:
            return
        known = {text for place in self.scope.elsewhere for text in (place.code, *place.names, place.number)}
        known |= {text for code, names in self.areas.items() for text in (code, *names)}
        known |= {place.number for place in self.scope.footprint | self.scope.comparators} | {"?", ""}
        codes = {figure.indicator for figure in plan.figures}
        rows = islice(self.book.rows(self.look.sheet), ROWS_SEARCHED)
        found = matching.unmatched(rows, plan, file=self.book.file, indicators=codes, areas=known)
        if not _has_words(plan):
            found.indicators.clear()
        self.words, self.more_words = _ranked(found.indicators, self.indicators, MOST_WORDS)
        self.places, self.more_places = _ranked(found.areas, self.areas, MOST_AREAS)
        self.__dict__.pop("initial", None)

    def attempt(self, data: Mapping[str, Any]) -> Trial:
        """Raises LayoutError, and TableError where the file breaks off."""
        return trial.attempt(
            self.book.rows(self.look.sheet),
            layouts.plan(data),
            self.scope,
            file=self.book.file,
            indicator_name=lambda code: self.indicators.get(code, [code])[0],
            area_name=lambda code: self.areas.get(code, [code])[0],
        )


def prepared(
    book: Book,
    scope: Scope,
    indicators: Mapping[str, list[str]],
    *,
    plan: Mapping[str, Any] | None = None,
    sheet: str = "",
    header: int = 0,
    header_rows: int = 0,
) -> Workbench:
    """Starts from `plan`, how the file is read now, or else from a proposal. Raises TableError."""
    look = firstlook.look(book, sheet=sheet, header=header, header_rows=header_rows)
    bench = Workbench(book, look, scope, {}, indicators)
    if plan and plan.get("name") != OWN_NAME:
        bench.base = dict(plan)
    elif look.head:
        bench.base = proposals.propose(
            look.head,
            (look.index, look.header_rows),
            indicators={code: names[0] for code, names in indicators.items()},
            areas={place.code: place.names for place in (*scope.footprint, *scope.comparators, *scope.elsewhere)},
            multipliers={code: rules.multiplier for code, rules in scope.indicators.items()},
            sheet=look.sheet if len(look.sheets) > 1 else "",
        )
    return bench


def _has_words(plan: Plan) -> bool:
    """Whether the rows, the headers that run across or the line above the table name the indicators."""
    across = plan.across is not None and plan.across.of == "indicator"
    return bool(plan.indicator.columns) or plan.indicator.preamble is not None or across


def _ranked(found: Counter[str], names: Mapping[str, list[str]], most: int) -> tuple[list[Word], int]:
    """The likely ones first, then by their figures; and how many are not asked about."""
    words = []
    for text, figures in found.most_common(MOST_COMPARED):
        if text.strip():
            best = matching.candidates(text, names, 3)
            likely = bool(best) and best[0][1] >= LIKELY
            words.append(Word(text, figures, tuple(code for code, _likeness in best), likely))
    words.sort(key=lambda word: (not word.is_likely, -word.figures))
    return words[:most], len(found) - len(words[:most])
