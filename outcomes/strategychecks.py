"""What makes no sense in a strategy file although its schema allows it, each with its line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from indicators import breakdowns, periods
from outcomes.strategytree import Action, Measure, Node, StrategyFile
from partnerships.problems import Problem
from partnerships.yamlfile import Entry, did_you_mean

# The last word of the page that loads files.
RESERVED_SLUG = "load"


def problems(tree: StrategyFile) -> Iterator[Problem]:
    yield from _strategy_problems(tree)
    yield from _repeated(tree.organisations, "code")
    yield from _repeated(tree.levels, "code")
    yield from _repeated((element for element, _parent in tree.placed_elements()), "code")
    yield from _repeated(tree.all_measures(), "code")
    yield from _repeated(tree.all_actions(), "code")
    yield from _repeated(tree.statements, "code")
    yield from _repeated(tree.horizons, "years")
    yield from _repeated(tree.glossary, "term")
    yield from _repeated(tree.documents, "code")
    yield from _element_problems(tree)
    for owner in tree.owners():
        yield from _twice_measured(owner.measures)
        for measure in owner.measures:
            yield from _measure_problems(measure)
        for action in owner.actions:
            yield from _action_problems(action)


def _repeated(nodes: Iterable[Node], key: str) -> Iterator[Problem]:
    first: dict[Any, Node] = {}
    for node in sorted(nodes, key=_line):
        value = getattr(node, key)
        earlier = first.setdefault(value.casefold() if isinstance(value, str) else value, node)
        if earlier is not node:
            yield node.problem(key, _("This stands here twice, first in line %(line)s.") % {"line": _line(earlier)})


def _line(node: Node) -> int:
    return node.entry.document.line(node.entry.path)


def _strategy_problems(tree: StrategyFile) -> Iterator[Problem]:
    if tree.slug == RESERVED_SLUG:
        yield tree.problem("slug", _("This word is kept for addresses of the site. Choose another."))
    if tree.starts_on and tree.ends_on and tree.ends_on <= tree.starts_on:
        yield tree.problem("ends_on", _("This is not after the day on which the strategy starts."))
    yield from _links_home(tree, tree, "delivers")


def _links_home(tree: StrategyFile, node: Node, key: str) -> Iterator[Problem]:
    for number, link in enumerate(node.entry.data.get(key, [])):
        if link.startswith(f"{tree.address}#"):
            yield node.problem(key, _("This is an element of this strategy itself."), number)


def _element_problems(tree: StrategyFile) -> Iterator[Problem]:
    depths = {level.code: level.depth for level in tree.levels}
    codes = {element.code: None for element, _parent in tree.placed_elements()}
    for element, parent in tree.placed_elements():
        if element.level not in depths:
            offer = did_you_mean(element.level, depths)
            yield element.problem("level", _("There is no level with this code among the levels above.") + offer)
        elif parent and depths.get(parent.level, 0) >= depths[element.level]:
            message = _("Its level is not deeper than that of “%(parent)s”, which it stands under.")
            yield element.problem("level", message % {"parent": parent.code})
        yield from _links_home(tree, element, "serves")
        for number, link in enumerate(element.entry.data.get("serves", [])):
            if link == element.code:
                yield element.problem("serves", _("An element does not serve itself."), number)
            elif "#" not in link and link not in codes:
                offer = did_you_mean(link, codes)
                yield element.problem("serves", _("There is no element with this code in this file.") + offer, number)


def _twice_measured(measures: Iterable[Measure]) -> Iterator[Problem]:
    found = Counter()
    for measure in measures:
        found[measure.indicator, measure.breakdown] += 1
        if measure.indicator and found[measure.indicator, measure.breakdown] == 2:
            yield measure.problem("indicator", _("This indicator with this breakdown stands here twice."))


def _measure_problems(measure: Measure) -> Iterator[Problem]:
    if not measure.indicator and not measure.narrative:
        yield measure.problem("indicator", _("A measure needs an indicator or, where no number fits, a narrative."))
    if measure.indicator and measure.narrative:
        yield measure.problem("narrative", _("A measure has an indicator or a narrative, not both."))
    if measure.narrative and not measure.indicator:
        for key in ("breakdown", "baseline", "tolerance", "targets", "path"):
            if key in measure.entry.data:
                yield measure.problem(key, _("Evidence in words has no numbers. Leave this out or name an indicator."))
    try:
        breakdowns.read(measure.breakdown)
    except breakdowns.BreakdownError as error:
        yield measure.problem("breakdown", _sentence(error))
    if measure.baseline is not None:
        yield from _period_problems(measure.entry.part("baseline"), "day")
    yield from _target_problems(measure)


def _sentence(error: ValueError) -> str:
    text = str(error)
    return text[0].upper() + text[1:] + "."


def _period_problems(entry: Entry, day: str) -> Iterator[Problem]:
    """`day` is the key that says the last day where there is no period."""
    if "period" in entry.data and day in entry.data:
        yield entry.problem(day, _("Write the period or its last day, not both."))
    elif "period" in entry.data:
        try:
            periods.read(entry.text("period"))
        except periods.PeriodError as error:
            yield entry.problem("period", _sentence(error))
    elif day not in entry.data:
        yield entry.problem(
            "period", _("Write the period that the number is for, or its last day as “%(key)s”.") % {"key": day}
        )


def _target_problems(measure: Measure) -> Iterator[Problem]:
    for target in measure.targets:
        yield from _period_problems(target.entry, "due_on")
        if target.upper is not None and target.upper <= target.value:
            yield target.problem("upper", _("The upper end of a range must be above its value."))
    yield from targets_on_one_day(measure)


def targets_on_one_day(measure: Measure, year_type: str = "financial") -> Iterator[Problem]:
    """Two targets of a measure for the same day; `year_type` says what a period such as 2023/24 is."""
    days = set()
    for target in measure.targets:
        try:
            day = target.day(year_type)
        except periods.PeriodError:
            continue
        if day in days:
            key = "period" if target.period else "due_on"
            yield target.problem(key, _("This measure has another target for the same day."))
        days.add(day)


def _action_problems(action: Action) -> Iterator[Problem]:
    if action.starts_on and action.due_on and action.due_on <= action.starts_on:
        yield action.problem("due_on", _("This is not after the day on which the action starts."))
    yield from _repeated(action.milestones, "code")
