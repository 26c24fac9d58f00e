"""What a column of an unknown table seems to hold, told by its name and by the texts in it."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from indicators import shorthand
from indicators.headings import BY_PLACE, reads_as_period
from indicators.recognition import GSS_CODE, is_area
from indicators.shorthand import FLAGS
from indicators.tables import same_name

# A part of a column's texts that is enough to say what the column is, since every file has its exceptions.
MOST = 0.7
ALMOST_ALL = 0.9
DFE_NUMBER = re.compile(r"[2-9][0-9]{2}(?:\.0)?")
YEAR = re.compile(r"(?:19[89]|20[0-4])[0-9].*")
PART_OF_YEAR = re.compile(
    r"Q(?:uarter )?[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:academic|calendar|financial) year",
    re.IGNORECASE,
)
EVERYONE = frozenset(
    ("total", "all", "all pupils", "all children", "persons", "people", "everyone", "both", "both sexes", "all ages")
)
HINTS = {
    "area": "area authority council district la lad ltla utla region place county geography areacd areanm local ons",
    "period": "year years period time date quarter month academic financial",
    "part of period": "quarter month term identifier",
    "indicator": "indicator measure measures metric statistic variable series item topic",
    "lower": "lower lci lcl ll lo lowci",
    "upper": "upper uci ucl ul hi upci",
    "numerator": "numerator count num cases events number",
    "denominator": "denominator den denom population base cohort eligible estimate",
    "breakdown": "sex gender age ages characteristic ethnicity ethnic category group breakdown deprivation quintile"
    " decile phase fsm sen disability language",
    "share": "percent percentage pct proportion rate average avg mean score gap change",
    "note": "note notes comment comments footnote footnotes remark remarks caveat",
    "flag": "flag flags status marker",
    "no figure": "id index unnamed sortable rank quartile quintile decile uid row",
}


@dataclass(frozen=True)
class Column:
    """`texts` are its cells below the header, stripped; `known` the names of areas, folded."""

    place: int
    name: str
    texts: tuple[str, ...]
    known: Collection[str]

    @cached_property
    def filled(self) -> list[str]:
        return [text for text in self.texts if text]

    @cached_property
    def distinct(self) -> list[str]:
        return list(dict.fromkeys(self.filled))

    @cached_property
    def words_of_name(self) -> set[str]:
        return set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).replace("_", " ").lower()))

    @property
    def has_name(self) -> bool:
        return not BY_PLACE.fullmatch(self.name)

    def is_called(self, kind: str) -> bool:
        """Whether its name has a word that columns of this kind have."""
        return self.has_name and bool(self.words_of_name & set(HINTS[kind].split()))

    def share(self, fits: Callable[[str], bool]) -> float:
        """The part of its different texts of which this holds."""
        return sum(map(fits, self.distinct)) / len(self.distinct) if self.distinct else 0.0

    @cached_property
    def has_codes(self) -> bool:
        return self.share(lambda text: bool(GSS_CODE.fullmatch(text))) >= MOST

    @cached_property
    def has_dfe_numbers(self) -> bool:
        named = self.words_of_name & {"la", "lea", "authority", "old"} and self.words_of_name & {
            "number",
            "num",
            "code",
        }
        return bool(named) and self.share(lambda text: bool(DFE_NUMBER.fullmatch(text))) >= MOST

    @cached_property
    def has_areas(self) -> bool:
        if self.has_codes or self.has_dfe_numbers:
            return True
        share = self.share(lambda text: is_area(text, self.known))
        return share >= MOST or (self.is_called("area") and self.has_words and share >= MOST / 3)

    @cached_property
    def has_periods(self) -> bool:
        """Years alone could be counts: then the name has to say it, or every one of them has to be of our time."""
        if not self.distinct or self.share(reads_as_period) < MOST:
            return False
        if self.is_called("period"):
            return True
        return self.share(lambda text: bool(YEAR.fullmatch(text))) == 1 and len(self.distinct) <= 60

    @cached_property
    def has_parts_of_years(self) -> bool:
        return bool(self.distinct) and self.share(lambda text: bool(PART_OF_YEAR.fullmatch(text))) == 1

    @cached_property
    def has_figures(self) -> bool:
        """Numbers and what stands for them, with at least one number."""
        return bool(self.numbers) and self.share(self._is_figure) >= ALMOST_ALL

    @cached_property
    def has_words(self) -> bool:
        return self.share(lambda text: not self._is_figure(text)) >= MOST

    @cached_property
    def may_have_flags(self) -> bool:
        """Letters of flags, or nothing yet: flags are few, and may stand further down."""
        return all(text.lower().strip("[]") in FLAGS for text in self.distinct)

    @cached_property
    def has_groups(self) -> bool:
        """Few different words, again and again."""
        return self.has_words and len(self.distinct) <= max(2, min(40, len(self.filled) / 2))

    @cached_property
    def readings(self) -> dict[str, shorthand.Reading]:
        """What those of its texts say that are numbers or stand for one."""
        found = {}
        for text in self.distinct:
            try:
                found[text] = shorthand.read(text, shorthand.PUBLISHED)
            except shorthand.ShorthandError:
                continue
        return found

    @cached_property
    def numbers(self) -> list[float]:
        return [reading.value for reading in self.readings.values() if reading.value is not None]

    def _is_figure(self, text: str) -> bool:
        return text in self.readings


def columns_of(names: Sequence[str], rows: Sequence[Sequence[str]], known: Collection[str]) -> list[Column]:
    """The columns of a table by its header and some of its rows."""
    folded = {same_name(name) for name in known}
    return [
        Column(place, name, tuple(row[place].strip() if place < len(row) else "" for row in rows), folded)
        for place, name in enumerate(names)
    ]
