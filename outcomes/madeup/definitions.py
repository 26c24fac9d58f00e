"""The indicators of the made-up catalogue: of what kind, how often, broken down by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import yaml

from indicators import periods
from indicators.periods import Period

SEXES = ("sex: Female", "sex: Male")
DECILES = (
    "deprivation: Most deprived decile",
    *(f"deprivation: {ordinal} decile" for ordinal in ("2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th")),
    "deprivation: Least deprived decile",
)
BROKEN_DOWN_BY = ((), SEXES, (), DECILES, SEXES, (), DECILES, ())
YEARS, QUARTERS = 15, 30
NEWEST_YEAR, NEWEST_QUARTER = 2025, (2026, 2)


@dataclass(frozen=True)
class Kind:
    """A sort of figure: what is counted has a share within `base` of a district's cohort of about so many children."""

    value_type: str
    unit: str
    unit_words: str
    multiplier: int
    decimals: int
    base: tuple[float, float]
    cohort: int = 1500
    has_counts: bool = True
    has_limits: bool = True
    is_quarterly: bool = False


PROPORTION = Kind("proportion", "%", "per cent of children", 100, 1, (0.06, 0.85))
CRUDE_RATE = Kind("rate", "per 100,000", "children for every 100,000", 100_000, 0, (0.004, 0.03), cohort=30_000)
QUARTERLY = Kind("proportion", "%", "per cent of children", 100, 1, (0.5, 0.95), has_limits=False, is_quarterly=True)
COUNT = Kind("count", "", "children", 1, 0, (0.1, 0.4), has_counts=False, has_limits=False)
ANNUAL = (PROPORTION, PROPORTION, CRUDE_RATE, PROPORTION)
KINDS = (*ANNUAL, QUARTERLY, *ANNUAL, COUNT)


@dataclass(frozen=True)
class Definition:
    """The indicator with this number; everything follows from the number."""

    number: int

    @property
    def code(self) -> str:
        return f"made-up-{self.number}"

    @property
    def name(self) -> str:
        return f"Made-up {'number' if self.kind == COUNT else 'share'} of children {self.number}"

    @property
    def kind(self) -> Kind:
        return KINDS[self.number % len(KINDS)]

    @property
    def polarity(self) -> str:
        return ("high", "low", "low", "high", "none")[self.number % 5]

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """The groups that everyone is broken down into; none where only figures for everyone are published."""
        return () if self.kind.is_quarterly else BROKEN_DOWN_BY[self.number % len(BROKEN_DOWN_BY)]

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Oldest first."""
        if self.kind.is_quarterly:
            last = NEWEST_QUARTER[0] * 4 + NEWEST_QUARTER[1] - 1
            return tuple(periods.read(f"{n // 4} Q{n % 4 + 1}") for n in range(last - QUARTERS + 1, last + 1))
        years = range(NEWEST_YEAR - YEARS + 1, NEWEST_YEAR + 1)
        return tuple(periods.read(f"{year}/{(year + 1) % 100:02}") for year in years)


def catalogue_file(definitions: Iterable[Definition]) -> bytes:
    """As indicators.catalogue loads it."""
    return yaml.safe_dump({"indicators": [_entry(one) for one in definitions]}, sort_keys=False).encode()


def _entry(one: Definition) -> dict:
    return {
        "code": one.code,
        "name": one.name,
        "short_name": f"Made-up {one.number}",
        "topic": f"Made-up topic {one.number % 7 + 1}",
        "definition": "Made up to measure the pages by: no child was counted.",
        "numerator": "Made-up children that are counted",
        "denominator": "All made-up children",
        **({"unit": one.kind.unit} if one.kind.unit else {}),
        "unit_words": one.kind.unit_words,
        "value_type": one.kind.value_type,
        "multiplier": one.kind.multiplier,
        "decimals": one.kind.decimals,
        "polarity": one.polarity,
        "frequency": "quarterly" if one.kind.is_quarterly else "annual",
        "publisher": "Nobody",
        "source": "Made-up figures",
        "source_url": "https://example.org/",
        "licence": "None",
        "next_update_note": "Never: the figures are made up.",
    }
