"""Strategies from their files, but for the actions: the only writer of a strategy's structure.

A code is the identity of a thing. Loading retires everything and brings back what the file names, in bulk, so that the
number of queries does not grow with the file and no two things stand in each other's way while they change places.
Horizons, glossary terms and targets have no history: what the file no longer names is deleted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from indicators import periods
from indicators.models import Indicator
from outcomes import strategytree
from outcomes.differences import Key
from outcomes.models import Element, GlossaryTerm, Horizon, Level, Measure, Statement, Strategy, Target
from outcomes.strategychecks import targets_on_one_day
from outcomes.strategytree import StrategyFile
from partnerships.models import Document, Meeting, Organisation, Partnership
from partnerships.problems import Problem
from partnerships.yamlfile import did_you_mean

# The rows of the two tables of links, by the element or the strategy that they start from.
ElementLink = Element.serves.through
StrategyLink = Strategy.serves.through


def find(partnership: Partnership, slug: str) -> Strategy | None:
    return Strategy.objects.filter(partnership=partnership, slug=slug).select_related("partnership").first()


# The strategy that stands, as a tree


def stored(strategy: Strategy) -> StrategyFile:
    """What stands, as a tree without actions and organisations. A fixed number of queries."""
    measures = _stored_measures(strategy)
    return as_node(
        StrategyFile,
        strategy,
        partnership=strategy.partnership.slug,
        delivers=_sorted_links(_link(*row) for row in strategy.serves.values_list(*ADDRESS)),
        levels=tuple(as_node(strategytree.Level, level) for level in strategy.levels.order_by("position")),
        elements=_stored_elements(strategy, measures),
        measures=measures[None],
        statements=_stored_statements(strategy),
        horizons=tuple(as_node(strategytree.Horizon, horizon) for horizon in strategy.horizons.order_by("years")),
        glossary=tuple(
            as_node(strategytree.Term, term) for term in sorted(strategy.glossary.all(), key=lambda term: term.term)
        ),
        documents=_stored_documents(strategy),
    )


def as_node(node: type[strategytree.Node], row: models.Model, **different: Any) -> Any:
    """A node of the tree from a row that calls its values the same, but for what is different or has a default."""
    names = {one.name for one in fields(node)} & {one.name for one in row._meta.concrete_fields} - different.keys()
    return node(**{name: getattr(row, name) for name in names}, **different)


# Where the partnership, the strategy and the code of an element are found.
ADDRESS = ("strategy__partnership__slug", "strategy__slug", "code")


def _link(partnership: str, strategy: str, code: str) -> str:
    return f"{partnership}/{strategy}#{code}"


def _sorted_links(links: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(links))


def _stored_elements(
    strategy: Strategy, measures: Mapping[int | None, tuple[strategytree.Measure, ...]]
) -> tuple[strategytree.Element, ...]:
    serves = _stored_serves(strategy)
    children: dict[int | None, list[Element]] = defaultdict(list)
    for element in strategy.elements.standing().select_related("level").order_by("position", "pk"):
        children[element.parent_id].append(element)

    def under(parent: int | None) -> tuple[strategytree.Element, ...]:
        return tuple(
            as_node(
                strategytree.Element,
                element,
                level=element.level.code,
                serves=_sorted_links(serves[element.pk]),
                measures=measures[element.pk],
                elements=under(element.pk),
            )
            for element in children[parent]
        )

    return under(None)


def _stored_serves(strategy: Strategy) -> dict[int, list[str]]:
    """By the key of the element, what it serves, as a file writes it."""
    home = f"{strategy.partnership.slug}/{strategy.slug}#"
    found = defaultdict(list)
    links = ElementLink.objects.filter(from_element__strategy=strategy)
    for source, *address in links.values_list("from_element", *(f"to_element__{part}" for part in ADDRESS)):
        found[source].append(_link(*address).removeprefix(home))
    return found


def _stored_measures(strategy: Strategy) -> dict[int | None, tuple[strategytree.Measure, ...]]:
    """By the key of the element; under None those of the strategy itself."""
    found: dict[int | None, tuple[strategytree.Measure, ...]] = defaultdict(tuple)
    standing = strategy.measures.standing().select_related("indicator").prefetch_related("targets")
    for measure in standing.order_by("position", "pk"):
        found[measure.element_id] += (
            as_node(
                strategytree.Measure,
                measure,
                indicator=measure.indicator.code if measure.indicator else "",
                baseline=measure.baseline_value,
                baseline_period=measure.baseline_label,
                baseline_day=None if measure.baseline_label else measure.baseline_on,
                targets=tuple(_stored_target(target) for target in measure.targets.all()),
            ),
        )
    return found


def _stored_target(target: Target) -> strategytree.Target:
    due_on = None if target.label else target.due_on
    return as_node(strategytree.Target, target, period=target.label, due_on=due_on)


def _stored_statements(strategy: Strategy) -> tuple[strategytree.Statement, ...]:
    kinds = list(strategytree.STATEMENT_KINDS.values())
    standing = strategy.statements.standing().order_by("position", "pk")
    in_order = sorted(standing, key=lambda statement: kinds.index(statement.kind))
    return tuple(as_node(strategytree.Statement, statement) for statement in in_order)


def _stored_documents(strategy: Strategy) -> tuple[strategytree.Document, ...]:
    return tuple(
        as_node(
            strategytree.Document,
            document,
            meeting=document.meeting.title if document.meeting else "",
            held_on=document.meeting.held_on if document.meeting else None,
        )
        for document in strategy.documents.standing().select_related("meeting").order_by("code")
    )


def stored_organisations(partnership: Partnership, codes: Collection[str]) -> tuple[strategytree.Organisation, ...]:
    """Those with these codes."""
    found = partnership.organisations.filter(code__in=codes).order_by("code")
    return tuple(as_node(strategytree.Organisation, organisation) for organisation in found)


def retired(strategy: Strategy) -> set[Key]:
    """What once stood and went, as outcomes.differences knows it."""
    return {
        (sort, code)
        for sort, things in (
            ("element", strategy.elements),
            ("measure", strategy.measures),
            ("statement", strategy.statements),
            ("document", strategy.partnership.documents),
        )
        for code in things.filter(retired_at__isnull=False).values_list("code", flat=True)
    }


# What only the database knows to be wrong


@dataclass(frozen=True)
class Reachable:
    """Elements of other strategies: the keys of those that a file may link to, and the strategies that are known."""

    elements: Mapping[str, int]
    addresses: Collection[str]


def reachable(tree: StrategyFile, strategy: Strategy | None, visible: QuerySet[Partnership]) -> Reachable:
    """The elements of the strategies that the file links to and whose partnership is visible to whoever loads it, and
    those linked already, which somebody else may have been able to see.
    """
    named = {link.partition("#")[0] for link in _foreign_links(tree)}
    loaded = Strategy.objects.filter(partnership__in=visible).values_list("partnership__slug", "slug", "pk")
    strategies = {f"{partnership}/{slug}": key for partnership, slug, key in loaded}
    wanted = Q(strategy__in=[key for address, key in strategies.items() if address in named])
    if strategy:
        wanted |= Q(pk__in=ElementLink.objects.filter(from_element__strategy=strategy).values("to_element"))
        wanted |= Q(pk__in=StrategyLink.objects.filter(strategy=strategy).values("element"))
    found = Element.objects.filter(wanted).values_list(*ADDRESS, "pk")
    return Reachable({_link(*address): key for *address, key in found}, strategies.keys())


def _foreign_links(tree: StrategyFile) -> Iterator[str]:
    yield from tree.delivers
    for element, _parent in tree.placed_elements():
        yield from (link for link in element.serves if "#" in link)


def problems(tree: StrategyFile, strategy: Strategy | None, links: Reachable) -> Iterator[Problem]:
    """What the file asks for and the database does not have, or cannot give up."""
    year_types = dict(Indicator.objects.values_list("code", "year_type"))
    for measure in tree.all_measures():
        if measure.indicator and measure.indicator not in year_types:
            offer = did_you_mean(measure.indicator, year_types)
            yield measure.problem("indicator", _("There is no indicator with this code in the catalogue.") + offer)
        elif year_types.get(measure.indicator) == "academic":
            yield from targets_on_one_day(measure, "academic")
    for node, key in _linking(tree):
        for number, link in enumerate(node.entry.data.get(key, [])):
            address = link.partition("#")[0]
            if "#" in link and address in links.addresses and link not in links.elements:
                offer = did_you_mean(link, [known for known in links.elements if known.startswith(f"{address}#")])
                yield node.problem(key, _("That strategy has no element with this code.") + offer, number)
    if strategy:
        yield from _level_problems(tree, strategy)


def _linking(tree: StrategyFile) -> Iterator[tuple[strategytree.Node, str]]:
    yield tree, "delivers"
    yield from ((element, "serves") for element, _parent in tree.placed_elements())


def _level_problems(tree: StrategyFile, strategy: Strategy) -> Iterator[Problem]:
    named = [level.code for level in tree.levels]
    for code in strategy.levels.filter(elements__isnull=False).exclude(code__in=named).distinct().values_list("code"):
        message = _(
            "The level “%(level)s” cannot go: elements belong to it, if only retired ones. Keep it in the file."
        )
        yield tree.problem("levels", message % {"level": code[0]})


def without_unknown_links(tree: StrategyFile, links: Reachable) -> tuple[StrategyFile, list[Problem]]:
    """The tree without links to strategies that are not loaded, and a note for each."""

    def known(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(code for code in codes if "#" not in code or code in links.elements)

    message = _("That strategy is not loaded yet: the link is left out. Load this file again when it is.")
    notes = [
        node.problem(key, message, number)
        for node, key in _linking(tree)
        for number, link in enumerate(node.entry.data.get(key, []))
        if "#" in link and link not in links.elements
    ]
    linked = tree.with_elements(lambda element: replace(element, serves=known(element.serves)))
    return replace(linked, delivers=known(tree.delivers)), notes


# Writing


@transaction.atomic
def load(
    *, tree: StrategyFile, partnership: Partnership, links: Reachable, now: datetime, is_change: bool = True
) -> Strategy:
    """Brings everything but the actions to what the tree says, in a number of queries that does not grow with it.

    The tree must have no problems and no unknown links. A load that is no change leaves the moment of the last one.
    """
    strategy = _write_strategy(tree, partnership, {"loaded_at": now} if is_change else {})
    for things in (strategy.elements, strategy.measures, strategy.statements):
        things.standing().update(retired_at=now)
    _write_organisations(tree, partnership)
    _write_levels(tree, strategy)
    elements = _write_elements(tree, strategy)
    _write_links(tree, strategy, elements, links)
    _write_measures(tree, strategy, elements)
    _write_targets(tree, strategy)
    _write_statements(tree, strategy)
    _write_horizons_and_glossary(tree, strategy)
    _write_documents(tree, strategy, now)
    return strategy


def _same(node: strategytree.Node, model: type[models.Model], *without: str) -> dict[str, Any]:
    """The values of a node that the model calls the same."""
    names = {one.name for one in fields(node)} & {one.name for one in model._meta.concrete_fields}
    return {name: getattr(node, name) for name in names if name not in without}


def upsert(rows: Iterable[models.Model], model: type[models.Model], key: Iterable[str], fields: Iterable[str]) -> None:
    """Adds the rows, or brings the fields of those there already, known by the key."""
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=list(key), update_fields=list(fields))


def _write_strategy(tree: StrategyFile, partnership: Partnership, more: Mapping[str, Any]) -> Strategy:
    values = {**_same(tree, Strategy, "partnership", "slug"), **more}
    strategy, _made = Strategy.objects.update_or_create(partnership=partnership, slug=tree.slug, defaults=values)
    return strategy


def _write_organisations(tree: StrategyFile, partnership: Partnership) -> None:
    rows = [Organisation(partnership=partnership, **_same(one, Organisation)) for one in tree.organisations]
    upsert(rows, Organisation, ("partnership", "code"), ("name", "kind"))


def _write_levels(tree: StrategyFile, strategy: Strategy) -> None:
    rows = [
        Level(strategy=strategy, position=position, **_same(level, Level)) for position, level in enumerate(tree.levels)
    ]
    upsert(rows, Level, ("strategy", "code"), ("kind", "depth", "word", "plural", "position"))
    strategy.levels.exclude(code__in=[level.code for level in tree.levels]).delete()


def _write_elements(tree: StrategyFile, strategy: Strategy) -> dict[str, int]:
    """From the top down, because an element names the one above it. Returns their keys by code."""
    levels = dict(strategy.levels.values_list("code", "pk"))
    keys: dict[str, int] = {}
    groups = [(None, tree.elements)]
    while groups:
        rows = [
            Element(
                strategy=strategy,
                level_id=levels[element.level],
                parent_id=keys.get(parent),
                position=position,
                **_same(element, Element, "level"),
            )
            for parent, siblings in groups
            for position, element in enumerate(siblings)
        ]
        changing = ("level", "title", "text", "parent", "position", "origin", "retired_at")
        upsert(rows, Element, ("strategy", "code"), changing)
        keys = dict(strategy.elements.values_list("code", "pk"))
        groups = [(one.code, one.elements) for _parent, siblings in groups for one in siblings if one.elements]
    return keys


def _write_links(tree: StrategyFile, strategy: Strategy, elements: Mapping[str, int], links: Reachable) -> None:
    keys = {**links.elements, **elements}
    serves = {(elements[one.code], keys[code]) for one, _parent in tree.placed_elements() for code in one.serves}
    standing = ElementLink.objects.filter(from_element__strategy=strategy, from_element__retired_at__isnull=True)
    _bring_pairs(standing, ("from_element_id", "to_element_id"), serves)
    delivers = {(strategy.pk, keys[link]) for link in tree.delivers}
    _bring_pairs(StrategyLink.objects.filter(strategy=strategy), ("strategy_id", "element_id"), delivers)


def _bring_pairs(rows: QuerySet, names: tuple[str, str], wanted: set[tuple[int, int]]) -> None:
    """Deletes of the rows of a table of links those not wanted, and adds those missing."""
    standing = {tuple(pair): key for *pair, key in rows.values_list(*names, "pk")}
    rows.filter(pk__in=[key for pair, key in standing.items() if pair not in wanted]).delete()
    missing = sorted(wanted - standing.keys())
    rows.model.objects.bulk_create(rows.model(**dict(zip(names, pair, strict=True))) for pair in missing)


def _write_measures(tree: StrategyFile, strategy: Strategy, elements: Mapping[str, int]) -> None:
    indicators = _indicators(tree)
    rows = []
    for owner in tree.owners():
        for position, measure in enumerate(owner.measures):
            indicator = indicators.get(measure.indicator)
            rows.append(
                Measure(
                    strategy=strategy,
                    element_id=None if owner is tree else elements[owner.code],
                    indicator=indicator,
                    baseline_value=measure.baseline,
                    baseline_label=measure.baseline_period,
                    baseline_on=_baseline_day(measure, indicator),
                    position=position,
                    **_same(measure, Measure, "indicator"),
                )
            )
    written = ("strategy", "code", "id")
    changing = [field.name for field in Measure._meta.concrete_fields if field.name not in written]
    upsert(rows, Measure, ("strategy", "code"), changing)


def _indicators(tree: StrategyFile) -> dict[str, Indicator]:
    codes = {measure.indicator for measure in tree.all_measures()}
    return {indicator.code: indicator for indicator in Indicator.objects.all() if indicator.code in codes}


def _baseline_day(measure: strategytree.Measure, indicator: Indicator | None) -> date | None:
    if measure.baseline_period and indicator:
        return periods.read(measure.baseline_period, year_type=indicator.year_type).end
    return measure.baseline_day


def _write_targets(tree: StrategyFile, strategy: Strategy) -> None:
    keys = {
        code: (key, year) for code, key, year in strategy.measures.values_list("code", "pk", "indicator__year_type")
    }
    rows = [
        Target(
            measure_id=keys[measure.code][0],
            label=target.period,
            due_on=target.day(keys[measure.code][1]),
            **_same(target, Target, "due_on"),
        )
        for measure in tree.all_measures()
        for target in measure.targets
    ]
    upsert(rows, Target, ("measure", "due_on"), ("value", "upper", "label", "origin"))
    named = {(row.measure_id, row.due_on) for row in rows}
    standing = Target.objects.filter(measure__strategy=strategy, measure__retired_at__isnull=True)
    gone = [target.pk for target in standing if (target.measure_id, target.due_on) not in named]
    Target.objects.filter(pk__in=gone).delete()


def _write_statements(tree: StrategyFile, strategy: Strategy) -> None:
    rows = [
        Statement(strategy=strategy, position=position, **_same(statement, Statement))
        for position, statement in enumerate(tree.statements)
    ]
    changing = ("kind", "group", "text", "said_by", "position", "origin", "retired_at")
    upsert(rows, Statement, ("strategy", "code"), changing)


def _write_horizons_and_glossary(tree: StrategyFile, strategy: Strategy) -> None:
    horizons = [Horizon(strategy=strategy, **_same(horizon, Horizon)) for horizon in tree.horizons]
    upsert(horizons, Horizon, ("strategy", "years"), ("title", "text"))
    strategy.horizons.exclude(years__in=[horizon.years for horizon in horizons]).delete()
    terms = [GlossaryTerm(strategy=strategy, **_same(term, GlossaryTerm)) for term in tree.glossary]
    upsert(terms, GlossaryTerm, ("strategy", "term"), ("meaning", "origin"))
    strategy.glossary.exclude(term__in=[term.term for term in terms]).delete()


def _write_documents(tree: StrategyFile, strategy: Strategy, now: datetime) -> None:
    """A document that the file no longer names leaves the strategy, and is retired where no other strategy holds it."""
    partnership = strategy.partnership
    meetings = _write_meetings(tree, partnership)
    rows = [
        Document(
            partnership=partnership,
            meeting=meetings.get((one.meeting, one.held_on)),
            **_same(one, Document, "meeting"),
        )
        for one in tree.documents
    ]
    changing = ("title", "kind", "url", "published_on", "meeting", "note", "retired_at")
    upsert(rows, Document, ("partnership", "code"), changing)
    named = [one.code for one in tree.documents]
    gone = list(strategy.documents.standing().exclude(code__in=named).values_list("pk", flat=True))
    keys = partnership.documents.filter(code__in=named).values_list("pk", flat=True)
    pairs = {(strategy.pk, key) for key in keys}
    _bring_pairs(Strategy.documents.through.objects.filter(strategy=strategy), ("strategy_id", "document_id"), pairs)
    partnership.documents.filter(pk__in=gone, strategies__isnull=True).update(retired_at=now)


def _write_meetings(tree: StrategyFile, partnership: Partnership) -> dict[tuple[str, Any], Meeting]:
    named = {(one.meeting, one.held_on) for one in tree.documents if one.held_on}
    rows = [Meeting(partnership=partnership, title=title, held_on=held_on) for title, held_on in sorted(named)]
    Meeting.objects.bulk_create(rows, ignore_conflicts=True)
    return {(meeting.title, meeting.held_on): meeting for meeting in partnership.meetings.all()}
