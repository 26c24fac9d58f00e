"""What a strategy file says, as a tree of dataclasses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from indicators import periods
from partnerships.problems import Problem
from partnerships.yamlfile import Entry

SOURCE = "source"
# The shape of a path for which a file need not say any.
LINE = "line"
# The keys that hold statements, in the order in which they are written, and the kinds of statement that they hold.
STATEMENT_KINDS = {
    "values": "value",
    "ways_of_working": "way-of-working",
    "themes": "theme",
    "foundations": "foundation",
    "expectations": "expectation",
    "successes": "success",
    "governance": "governance",
    "foreword": "foreword",
    "context": "context",
}


@dataclass(frozen=True, kw_only=True)
class Node:
    """Something that a file names. `entry` is where, and None for what does not come from a file."""

    entry: Entry | None = field(default=None, compare=False, repr=False)

    def problem(self, key: str, message: str, *deeper: str | int) -> Problem:
        return self.entry.problem(key, message, *deeper) if self.entry else Problem(message, column=key)


@dataclass(frozen=True, kw_only=True)
class Organisation(Node):
    code: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Level(Node):
    code: str
    kind: str
    depth: int
    word: str
    plural: str


@dataclass(frozen=True, kw_only=True)
class Target(Node):
    """Either the period that it is for or its day. With `upper` it is a range, and the value its lower end."""

    value: float
    upper: float | None = None
    period: str = ""
    due_on: date | None = None
    origin: str = SOURCE

    def day(self, year_type: str = "financial") -> date:
        """The last day of the period. Raises periods.PeriodError."""
        return self.due_on or periods.read(self.period, year_type=year_type).end


@dataclass(frozen=True, kw_only=True)
class Measure(Node):
    """Either an indicator or a narrative. A baseline has either the period that it is of or its last day."""

    code: str
    title: str
    indicator: str = ""
    narrative: str = ""
    breakdown: str = ""
    baseline: float | None = None
    baseline_period: str = ""
    baseline_day: date | None = None
    tolerance: float | None = None
    targets: tuple[Target, ...] = ()
    path_shape: str = LINE
    note: str = ""
    origin: str = SOURCE


@dataclass(frozen=True, kw_only=True)
class Milestone(Node):
    code: str
    title: str
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Action(Node):
    code: str
    title: str
    description: str = ""
    owner: str = ""
    lead_title: str = ""
    lead_account: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    origin: str = SOURCE
    details_origin: str = SOURCE
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Element(Node):
    """`serves` holds codes of this strategy and, as partnership/strategy#code, of others."""

    code: str
    level: str
    title: str
    text: str = ""
    origin: str = SOURCE
    serves: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    actions: tuple[Action, ...] = ()
    elements: tuple["Element", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Statement(Node):
    kind: str
    code: str
    text: str
    group: str = ""
    said_by: str = ""
    origin: str = SOURCE


@dataclass(frozen=True, kw_only=True)
class Horizon(Node):
    years: int
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Term(Node):
    term: str
    meaning: str
    origin: str = SOURCE


@dataclass(frozen=True, kw_only=True)
class Document(Node):
    """The meeting is its title and day, or neither."""

    code: str
    title: str
    kind: str
    url: str = ""
    published_on: date | None = None
    note: str = ""
    meeting: str = ""
    held_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class StrategyFile(Node):
    partnership: str
    slug: str
    title: str
    vision: str
    source: str
    levels: tuple[Level, ...]
    position: int = 0
    summary: str = ""
    source_url: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    version: str = ""
    owner: str = ""
    dated: date | None = None
    delivers: tuple[str, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    elements: tuple[Element, ...] = ()
    measures: tuple[Measure, ...] = ()
    actions: tuple[Action, ...] = ()
    statements: tuple[Statement, ...] = ()
    horizons: tuple[Horizon, ...] = ()
    glossary: tuple[Term, ...] = ()
    documents: tuple[Document, ...] = ()

    @property
    def address(self) -> str:
        """partnership/strategy, as links name it."""
        return f"{self.partnership}/{self.slug}"

    def placed_elements(self) -> Iterator[tuple[Element, Element | None]]:
        """Every element with the one that it stands under, from the top down."""
        waiting: list[tuple[Element, Element | None]] = [(element, None) for element in self.elements]
        while waiting:
            element, parent = waiting.pop(0)
            yield element, parent
            waiting += [(child, element) for child in element.elements]

    def owners(self) -> Iterator["StrategyFile | Element"]:
        """What measures and actions stand under: the strategy itself, then every element."""
        yield self
        for element, _parent in self.placed_elements():
            yield element

    def all_measures(self) -> list[Measure]:
        return [measure for owner in self.owners() for measure in owner.measures]

    def all_actions(self) -> list[Action]:
        return [action for owner in self.owners() for action in owner.actions]

    def with_elements(self, change: Callable[[Element], Element]) -> "StrategyFile":
        """The same tree, every element changed; what the change does to an element's children counts for nothing."""

        def changed(element: Element) -> Element:
            return replace(change(element), elements=tuple(changed(child) for child in element.elements))

        return replace(self, elements=tuple(changed(element) for element in self.elements))

    def with_actions(self, change: Callable[[Action], Action]) -> "StrategyFile":
        """The same tree, every action changed."""

        def changed(owner: Any) -> Any:
            return replace(owner, actions=tuple(change(action) for action in owner.actions))

        return changed(self.with_elements(changed))
