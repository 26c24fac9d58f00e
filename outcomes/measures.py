"""The measures of a strategy in the order of its tree, and what is wanted of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from indicators.judgement import Aim, TargetPoint
from outcomes.models import Element, Measure, Origin, Strategy


@dataclass(frozen=True)
class MeasureGroup:
    """The measures of one element, or of the strategy itself (element None). The trail leads from the top to it."""

    element: Element | None
    trail: tuple[Element, ...]
    measures: tuple[Measure, ...]


def groups_of(strategy: Strategy) -> tuple[MeasureGroup, ...]:
    """Standing measures by standing element, in the order of the tree; those of the strategy itself come last.

    Three queries: elements with their levels, measures with their indicators, targets.
    """
    elements = list(strategy.elements.standing().select_related("level"))
    found: dict[int | None, list[Measure]] = defaultdict(list)
    for measure in strategy.measures.standing().select_related("indicator").prefetch_related("targets"):
        found[measure.element_id].append(measure)
    groups = [
        MeasureGroup(trail[-1], trail[:-1], tuple(found[trail[-1].pk]))
        for trail in trails(elements)
        if trail[-1].pk in found
    ]
    if None in found:
        groups.append(MeasureGroup(None, (), tuple(found[None])))
    return tuple(groups)


def trails(elements: Iterable[Element]) -> Iterator[tuple[Element, ...]]:
    """Every element after its parent, siblings in order, each with its ancestors before it."""
    children: dict[int | None, list[Element]] = defaultdict(list)
    for element in elements:
        children[element.parent_id].append(element)

    def below(trail: tuple[Element, ...]) -> Iterator[tuple[Element, ...]]:
        parent = trail[-1].pk if trail else None
        for element in sorted(children[parent], key=_place_among_siblings):
            yield (*trail, element)
            yield from below((*trail, element))

    return below(())


def _place_among_siblings(element: Element) -> tuple[int, int, int]:
    return element.level.depth, element.level.position, element.position


def aim_of(measure: Measure) -> Aim:
    """What is wanted of the measure. Asks for nothing where its targets are prefetched."""
    targets = [
        TargetPoint(target.value, target.due_on, target.label, target.origin == Origin.DEMONSTRATION)
        for target in measure.targets.all()
    ]
    return Aim(
        tuple(sorted(targets, key=lambda target: target.due_on)),
        measure.baseline_value,
        measure.baseline_on,
        measure.baseline_label,
        measure.tolerance,
    )


def indicator_measures() -> Q:
    """Measures that stand and show an indicator."""
    return Q(retired_at__isnull=True, indicator__isnull=False)
