"""A strategy as its plan on a page: the tree with its measures and actions, and what stands around it.

The page has a budget of queries, so what belongs together is fetched together: a measure with its targets, statements
with horizons, and links in both directions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy

from actions import register
from actions.models import KeyAction
from indicators import charts, sources, standings
from indicators.charts import Spark
from indicators.sources import SourceLine
from indicators.standing import Standing
from indicators.standings import Question, Surroundings
from outcomes import links
from outcomes.links import End, Link
from outcomes.measures import with_aims
from outcomes.models import Element, Horizon, Level, Measure, Origin, Statement, StatementKind, Strategy
from partnerships.models import Partnership

# At the foot of the page, in this order: what the whole plan rests on.
FOUNDATION_KINDS = {
    StatementKind.FOUNDATION: gettext_lazy("Foundations"),
    StatementKind.VALUE: gettext_lazy("Values"),
    StatementKind.WAY_OF_WORKING: gettext_lazy("Ways of working"),
    StatementKind.THEME: gettext_lazy("Themes"),
    StatementKind.EXPECTATION: gettext_lazy("What is expected"),
}
# Below the plan: what the document says beside it.
SURROUNDING_KINDS = {
    StatementKind.FOREWORD: gettext_lazy("Foreword"),
    StatementKind.CONTEXT: gettext_lazy("Context"),
    StatementKind.GOVERNANCE: gettext_lazy("Governance"),
    StatementKind.SUCCESS: gettext_lazy("Successes so far"),
}
HORIZON = "horizon"
DEEPEST_HEADING = 6


@dataclass(frozen=True)
class PlanMeasure:
    """A measure with how it stands in the partnership's main area; one told in words has neither standing nor spark."""

    measure: Measure
    standing: Standing | None
    spark: Spark | None
    is_added: bool


@dataclass(frozen=True)
class PlanAction:
    """`address` is empty for a reader who may not open actions."""

    action: KeyAction
    address: str
    is_added: bool


@dataclass(frozen=True)
class Node:
    """An element, or with `element` None the strategy as a whole."""

    element: Element | None
    measures: tuple[PlanMeasure, ...]
    actions: tuple[PlanAction, ...]
    children: tuple["Node", ...] = ()
    delivers: tuple[End, ...] = ()
    delivered_by: tuple[End, ...] = ()
    depth: int = 0

    @property
    def heading_level(self) -> int:
        """Below the heading of its band, which has the second level; HTML has six."""
        return min(self.depth + 2, DEEPEST_HEADING)

    @property
    def is_added(self) -> bool:
        return self.element is not None and self.element.origin == Origin.DEMONSTRATION


@dataclass(frozen=True)
class Band:
    """The elements of one level that stand at the top, side by side."""

    level: Level
    columns: tuple[Node, ...]

    @property
    def heading(self) -> str:
        return self.level.word if len(self.columns) == 1 else self.level.plural


@dataclass(frozen=True)
class Saying:
    """A statement, or a horizon with its title as heading."""

    kind: str
    code: str
    heading: str
    text: str
    said_by: str
    is_added: bool


@dataclass(frozen=True)
class Group:
    heading: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Plan:
    strategy: Strategy
    bands: tuple[Band, ...]
    whole: Node
    horizons: tuple[Saying, ...]
    foundations: tuple[Group, ...]
    surroundings: tuple[Group, ...]
    sources: tuple[SourceLine, ...]
    has_additions: bool


@dataclass(frozen=True)
class _Material:
    """What has been fetched, by the element it hangs on (None for the strategy as a whole)."""

    measures: Mapping[int | None, Sequence[PlanMeasure]]
    actions: Mapping[int | None, Sequence[PlanAction]]
    children: Mapping[int | None, Sequence[Element]]
    links: Sequence[Link]
    strategy: Strategy


def plan_of(
    strategy: Strategy,
    *,
    visible: QuerySet[Partnership],
    is_member: bool,
    today: date,
    as_known_on: date | None = None,
) -> Plan:
    """The plan of a strategy, given with its partnership and the partnership's area. Eight queries, however large.

    `visible` are the partnerships that the reader may know of; a member may also open actions and uploaded files.
    `as_known_on` draws its figures as they were known at the end of that day, and judges targets by that day.
    """
    partnership = strategy.partnership
    elements = list(Element.objects.standing().filter(strategy=strategy).select_related("level"))
    aimed = with_aims(strategy)
    indicators = {one.measure.indicator for one in aimed if one.measure.indicator}
    shown = [one for one in aimed if one.measure.indicator]
    answers = standings.standings(
        [Question(one.measure.indicator, one.measure.breakdown, one.aim) for one in shown],
        partnership.area,
        Surroundings(),
        as_known_on=as_known_on,
        today=as_known_on or today,
    )
    found = {one.measure.pk: standing for one, standing in zip(shown, answers.standings, strict=True)}
    measures = [_plan_measure(one.measure, found.get(one.measure.pk)) for one in aimed]
    actions = _actions(strategy, is_member=is_member)
    sayings = _sayings(strategy)
    material = _Material(
        measures=_grouped((one.measure.element_id, one) for one in measures),
        actions=_grouped((one.action.element_id, one) for one in actions),
        children=_children(elements),
        links=links.of_strategy(strategy, visible=visible),
        strategy=strategy,
    )
    return Plan(
        strategy=strategy,
        bands=_bands(material),
        whole=_node(None, material),
        horizons=tuple(saying for saying in sayings if saying.kind == HORIZON),
        foundations=_foundations(sayings),
        surroundings=_surroundings(sayings),
        sources=sources.lines(indicators, answers.figures, partnership, originals_open=is_member),
        has_additions=_has_additions(elements, measures, actions, sayings),
    )


def _grouped(pairs: Iterable[tuple]) -> dict:
    found = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return found


def _children(elements: Sequence[Element]) -> dict[int | None, list[Element]]:
    """By the element above; None at the top, and where the one above has been retired."""
    standing_ones = {element.pk for element in elements}
    return _grouped(
        (element.parent_id if element.parent_id in standing_ones else None, element) for element in elements
    )


def _actions(strategy: Strategy, *, is_member: bool) -> list[PlanAction]:
    partnership = strategy.partnership
    return [
        PlanAction(
            action=action,
            address=register.address(action, partnership) if is_member else "",
            is_added=action.origin == Origin.DEMONSTRATION,
        )
        for action in register.of_partnership(partnership).filter(strategy=strategy)
    ]


def _plan_measure(measure: Measure, found: Standing | None) -> PlanMeasure:
    is_added = measure.origin == Origin.DEMONSTRATION
    return PlanMeasure(measure, found, charts.spark(found.series, found.yardstick) if found else None, is_added)


def _bands(material: _Material) -> tuple[Band, ...]:
    """Levels that share the top stand one below the other, each with its own word."""
    tops = _grouped((element.level, element) for element in material.children[None])
    return tuple(
        Band(level, tuple(_node(element, material, depth=1) for element in elements))
        for level, elements in tops.items()
    )


def _node(element: Element | None, material: _Material, depth: int = 0) -> Node:
    key = element.pk if element else None
    own, code = material.strategy, element.code if element else ""

    def is_here(end: End) -> bool:
        return (end.partnership, end.slug, end.code) == (own.partnership.slug, own.slug, code)

    return Node(
        element=element,
        measures=tuple(material.measures[key]),
        actions=tuple(material.actions[key]),
        children=tuple(_node(child, material, depth + 1) for child in material.children[key]) if element else (),
        delivers=tuple(link.goal for link in material.links if is_here(link.source)),
        delivered_by=tuple(link.source for link in material.links if is_here(link.goal)),
        depth=depth,
    )


def _sayings(strategy: Strategy) -> list[Saying]:
    """Statements and horizons, in their order. One query."""
    statements = Statement.objects.standing().filter(strategy=strategy).order_by()
    horizons = Horizon.objects.filter(strategy=strategy).order_by()
    horizons = horizons.annotate(
        kind=Value(HORIZON), position=F("years"), code=Value(""), group=F("title"), said_by=Value(""), origin=Value("")
    )
    columns = ("kind", "position", "code", "group", "text", "said_by", "origin")
    rows = statements.values_list(*columns).union(horizons.values_list(*columns), all=True)
    return [
        Saying(kind, code, group, text, said_by, is_added=origin == Origin.DEMONSTRATION)
        for kind, _position, code, group, text, said_by, origin in sorted(rows)
    ]


def _foundations(sayings: Sequence[Saying]) -> tuple[Group, ...]:
    """Under the document's own headings, or the word for the kind where it has none."""
    groups = _grouped(
        ((kind, saying.heading or str(word)), saying)
        for kind, word in FOUNDATION_KINDS.items()
        for saying in sayings
        if saying.kind == kind
    )
    return tuple(Group(heading, tuple(found)) for (_kind, heading), found in groups.items())


def _surroundings(sayings: Sequence[Saying]) -> tuple[Group, ...]:
    """By kind; each saying keeps the heading that the document has it under."""
    groups = _grouped((saying.kind, saying) for saying in sayings)
    return tuple(Group(str(word), tuple(groups[kind])) for kind, word in SURROUNDING_KINDS.items() if groups[kind])


def _has_additions(
    elements: Iterable[Element],
    measures: Iterable[PlanMeasure],
    actions: Iterable[PlanAction],
    sayings: Iterable[Saying],
) -> bool:
    return (
        any(element.origin == Origin.DEMONSTRATION for element in elements)
        or any(one.is_added or (one.standing and one.standing.target.is_demonstration) for one in measures)
        or any(one.is_added for one in (*actions, *sayings))
    )
