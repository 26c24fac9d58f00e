"""What one word on the pages means: the shape of a section of the method page."""

from dataclasses import dataclass

from indicators.charts import Spread
from indicators.judgement import Comparison
from indicators.paths import TargetStanding
from indicators.signals import Signal


@dataclass(frozen=True, slots=True)
class Term:
    """A word as pages show it and what it means. `mark` is what is drawn in its place: the word with its shape."""

    word: str
    meaning: str
    mark: Signal | Comparison | TargetStanding | None = None

    @property
    def kind(self) -> str:
        """The component that draws the mark: "signal", "comparison" or "target"; empty for a plain word."""
        kinds = {Signal: "signal", Comparison: "comparison", TargetStanding: "target"}
        return kinds.get(type(self.mark), "")


@dataclass(frozen=True, slots=True)
class Section:
    """`text` and `example` are paragraphs, `formulas` and `references` lines for those who want to check.

    The anchor is what other pages link to and does not change.
    """

    anchor: str
    word: str
    text: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    example: tuple[str, ...] = ()
    strip: Spread | None = None
    formulas: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Sections that belong together, in the order in which a reader meets them."""

    code: str
    title: str
    sections: tuple[Section, ...]
