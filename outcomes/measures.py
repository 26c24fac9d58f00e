"""The measures of a strategy in the order of its tree, and what is wanted of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import F

from indicators.aims import Aim, TargetPoint
from outcomes.models import Element, Measure, Origin, Strategy

LONG_TEXTS = (
    *("definition", "rationale", "numerator", "denominator", "frequency", "topic", "caveats", "series_choice"),
    *("name_cy", "published_on", "next_update_on", "next_update_note", "retired_at"),
)


@dataclass(frozen=True)
class AimedMeasure:
    measure: Measure
    aim: Aim


@dataclass(frozen=True)
class MeasureGroup:
    """The measures of one element, or of the strategy itself (element None). The trail leads from the top to it.

    `moved_from` are the elements whose actions are meant to move these measures: the element and those below it that
    have no measures of their own; None among them stands for the strategy.
    """

    element: Element | None
    trail: tuple[Element, ...]
    measures: tuple[AimedMeasure, ...]
    moved_from: frozenset[int | None]


def groups_of(strategy: Strategy) -> tuple[MeasureGroup, ...]:
    """Standing measures by standing element, in the order of the tree; those of the strategy itself come last.

    Two queries: elements with their levels, measures with their indicators and targets.
    """
    elements = list(strategy.elements.standing().select_related("level"))
    found: dict[int | None, list[AimedMeasure]] = defaultdict(list)
    for one in with_aims(strategy):
        found[one.measure.element_id].append(one)
    moved_from: dict[int | None, set[int | None]] = defaultdict(set, {None: {None}})
    groups: list[tuple[Element, ...]] = []
    for trail in trails(elements):
        ids = [element.pk for element in trail]
        moved_from[next((pk for pk in reversed(ids) if pk in found), None)].add(ids[-1])
        if ids[-1] in found:
            groups.append(trail)
    if None in found:
        groups.append(())
    return tuple(_group(trail, found, moved_from) for trail in groups)


def _group(
    trail: tuple[Element, ...],
    found: Mapping[int | None, Sequence[AimedMeasure]],
    moved_from: Mapping[int | None, set[int | None]],
) -> MeasureGroup:
    element = trail[-1] if trail else None
    key = element.pk if element else None
    return MeasureGroup(element, trail[:-1], tuple(found[key]), frozenset(moved_from[key]))


def trails(elements: Sequence[Element]) -> Iterator[tuple[Element, ...]]:
    """Every element after its parent, siblings in order, each with its ancestors before it.

    An element whose parent is not among them stands at the top.
    """
    known = {element.pk for element in elements}
    children: dict[int | None, list[Element]] = defaultdict(list)
    for element in sorted(elements, key=_place_among_siblings):
        children[element.parent_id if element.parent_id in known else None].append(element)

    def below(trail: tuple[Element, ...]) -> Iterator[tuple[Element, ...]]:
        for element in children[trail[-1].pk if trail else None]:
            yield (*trail, element)
            yield from below((*trail, element))

    return below(())


def _place_among_siblings(element: Element) -> tuple[int, int, int]:
    return element.level.depth, element.level.position, element.position


def with_aims(strategy: Strategy) -> list[AimedMeasure]:
    """Standing measures in their order, with what is wanted of each. One query: a row for every target.

    The long texts of the indicators stay behind: no page of a strategy shows them.
    """
    columns = {f"target_{name}": F(f"targets__{name}") for name in ("value", "due_on", "label", "origin", "upper")}
    rows = (
        strategy.measures.standing()
        .select_related("indicator")
        .defer(*(f"indicator__{name}" for name in LONG_TEXTS))
        .annotate(**columns)
        .order_by("position", "pk", "target_due_on")
    )
    found = []
    for _pk, same in groupby(rows, key=attrgetter("pk")):
        measure, *_more = several = list(same)
        targets = [
            _target(row.target_value, row.target_due_on, row.target_label, row.target_origin, row.target_upper)
            for row in several
            if row.target_due_on
        ]
        found.append(AimedMeasure(measure, _aim(measure, targets)))
    return found


def aim_of(measure: Measure) -> Aim:
    """What is wanted of the measure. Asks for nothing where its targets are prefetched."""
    targets = [
        _target(target.value, target.due_on, target.label, target.origin, target.upper)
        for target in sorted(measure.targets.all(), key=attrgetter("due_on"))
    ]
    return _aim(measure, targets)


def _target(value: float, due_on: date, label: str, origin: str, upper: float | None) -> TargetPoint:
    return TargetPoint(value, due_on, label, origin == Origin.DEMONSTRATION, upper)


def _aim(measure: Measure, targets: Sequence[TargetPoint]) -> Aim:
    return Aim(
        targets=tuple(targets),
        baseline_value=measure.baseline_value,
        baseline_on=measure.baseline_on,
        baseline_label=measure.baseline_label,
        tolerance=measure.tolerance,
        shape=measure.path_shape,
    )
