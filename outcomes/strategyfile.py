"""A strategy file as a tree of dataclasses, and back. Every error carries its line.

What a file lists in an order that means nothing (links, organisations, targets, horizons, terms, documents) is put into
one order, so that two trees are equal where they say the same.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from indicators import breakdowns, periods
from partnerships import yamlfile
from partnerships.problems import Problem
from partnerships.yamlfile import Entry, did_you_mean

SCHEMA_FILE = Path(__file__).parent.parent / "fixtures" / "strategies" / "schema.json"
FORMAT = 1
SOURCE = "source"
# The last word of the page that loads files.
RESERVED_SLUG = "load"
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
    """Either the period that it is for or its day."""

    value: float
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


def read(content: bytes, *, file: str) -> StrategyFile:
    """Raises Rejected with everything wrong in the file: what its schema forbids, or else what makes no sense."""
    tree = _strategy(yamlfile.read(content, file=file, schema=schema()).top)
    yamlfile.reject(_problems(tree))
    return tree


@cache
def schema() -> dict:
    return json.loads(SCHEMA_FILE.read_text())


def write(tree: StrategyFile) -> str:
    """The text of a file that reads as this tree."""
    return yaml.dump(_plain_strategy(tree), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


# From a document to the tree


def _origin(entry: Entry, key: str = "origin") -> str:
    return entry.text(key) or SOURCE


def _strategy(top: Entry) -> StrategyFile:
    source, control = top.part("source"), top.part("control")
    return StrategyFile(
        entry=top,
        **top.texts("partnership", "slug", "title", "vision", "summary"),
        **top.days("starts_on", "ends_on"),
        position=int(top.data.get("position", 0)),
        source=source.text("document"),
        source_url=source.text("url"),
        **control.texts("version", "owner"),
        dated=control.day("date"),
        delivers=_codes(top, "delivers"),
        organisations=_sorted(
            (Organisation(entry=item, **item.texts("code", "name", "kind")) for item in top.items("organisations")),
            "code",
        ),
        levels=tuple(_level(item) for item in top.items("levels")),
        **_attached(top),
        statements=tuple(_statement(item, kind) for key, kind in STATEMENT_KINDS.items() for item in top.items(key)),
        horizons=_sorted((_horizon(item) for item in top.items("horizons")), "years"),
        glossary=_sorted((_term(item) for item in top.items("glossary")), "term"),
        documents=_sorted((_document(item) for item in top.items("documents")), "code"),
    )


def _attached(entry: Entry) -> dict[str, tuple]:
    """What hangs on the strategy and on an element alike."""
    return {
        "elements": tuple(_element(item) for item in entry.items("elements")),
        "measures": tuple(_measure(item) for item in entry.items("measures")),
        "actions": tuple(_action(item) for item in entry.items("actions")),
    }


def _sorted(nodes: Iterable[Any], key: str) -> tuple:
    return tuple(sorted(nodes, key=lambda node: getattr(node, key)))


def _codes(entry: Entry, key: str) -> tuple[str, ...]:
    return tuple(sorted(code.strip() for code in entry.data.get(key, [])))


def _level(entry: Entry) -> Level:
    return Level(entry=entry, depth=int(entry.data["depth"]), **entry.texts("code", "kind", "word", "plural"))


def _element(entry: Entry) -> Element:
    return Element(
        entry=entry,
        **entry.texts("code", "level", "title", "text"),
        origin=_origin(entry),
        serves=_codes(entry, "serves"),
        **_attached(entry),
    )


def _measure(entry: Entry) -> Measure:
    baseline = entry.part("baseline")
    texts = entry.texts("code", "title", "indicator", "narrative", "note")
    return Measure(
        entry=entry,
        **texts,
        breakdown=_tidy_breakdown(entry.text("breakdown")),
        baseline=_number(baseline, "value"),
        baseline_period=baseline.text("period"),
        baseline_day=baseline.day("day"),
        tolerance=_number(entry, "tolerance"),
        targets=tuple(sorted((_target(item) for item in entry.items("targets")), key=_day_or_none)),
        origin=_origin(entry),
    )


def _tidy_breakdown(text: str) -> str:
    try:
        return breakdowns.read(text)
    except breakdowns.BreakdownError:
        return text


def _number(entry: Entry, key: str) -> float | None:
    return float(entry.data[key]) if key in entry.data else None


def _target(entry: Entry) -> Target:
    value = float(entry.data["value"])
    return Target(
        entry=entry, value=value, period=entry.text("period"), due_on=entry.day("due_on"), origin=_origin(entry)
    )


def _day_or_none(target: Target) -> date:
    try:
        return target.day()
    except periods.PeriodError:
        return date.min


def _action(entry: Entry) -> Action:
    lead = entry.part("lead")
    return Action(
        entry=entry,
        **entry.texts("code", "title", "description", "owner"),
        lead_title=lead.text("title"),
        lead_account=lead.text("account"),
        **entry.days("starts_on", "due_on"),
        origin=_origin(entry),
        details_origin=_origin(entry, "details_origin"),
        milestones=tuple(
            Milestone(entry=item, due_on=item.day("due_on"), **item.texts("code", "title"))
            for item in entry.items("milestones")
        ),
    )


def _statement(entry: Entry, kind: str) -> Statement:
    texts = entry.texts("code", "text", "group", "said_by")
    return Statement(entry=entry, kind=kind, origin=_origin(entry), **texts)


def _horizon(entry: Entry) -> Horizon:
    return Horizon(entry=entry, years=int(entry.data["years"]), **entry.texts("title", "text"))


def _term(entry: Entry) -> Term:
    return Term(entry=entry, origin=_origin(entry), **entry.texts("term", "meaning"))


def _document(entry: Entry) -> Document:
    meeting = entry.part("meeting")
    return Document(
        entry=entry,
        **entry.texts("code", "title", "kind", "url", "note"),
        published_on=entry.day("date"),
        meeting=meeting.text("title"),
        held_on=meeting.day("held_on"),
    )


# What makes no sense although the schema allows it


def _problems(tree: StrategyFile) -> Iterator[Problem]:
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
        for key in ("breakdown", "baseline", "tolerance", "targets"):
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


# From the tree to plain data


def _filled(**pairs: Any) -> dict[str, Any]:
    """The pairs that say something; 0 does."""
    return {key: value for key, value in pairs.items() if value is not None and value not in ("", (), [], {})}


def _plain_origin(origin: str) -> str:
    return "" if origin == SOURCE else origin


def _plain_strategy(tree: StrategyFile) -> dict[str, Any]:
    statements = {
        key: [_plain_statement(one) for one in tree.statements if one.kind == kind]
        for key, kind in STATEMENT_KINDS.items()
    }
    return _filled(
        format=FORMAT,
        partnership=tree.partnership,
        slug=tree.slug,
        position=tree.position or None,
        title=tree.title,
        vision=tree.vision,
        summary=tree.summary,
        source=_filled(document=tree.source, url=tree.source_url),
        starts_on=tree.starts_on,
        ends_on=tree.ends_on,
        control=_filled(version=tree.version, owner=tree.owner, date=tree.dated),
        delivers=list(tree.delivers),
        organisations=[{"code": one.code, "name": one.name, "kind": one.kind} for one in tree.organisations],
        levels=[
            {"code": one.code, "kind": one.kind, "depth": one.depth, "word": one.word, "plural": one.plural}
            for one in tree.levels
        ],
        **_plain_attached(tree),
        **statements,
        horizons=[{"years": one.years, "title": one.title, "text": one.text} for one in tree.horizons],
        glossary=[
            _filled(term=one.term, meaning=one.meaning, origin=_plain_origin(one.origin)) for one in tree.glossary
        ],
        documents=[_plain_document(one) for one in tree.documents],
    )


def _plain_attached(owner: StrategyFile | Element) -> dict[str, list]:
    return {
        "measures": [_plain_measure(measure) for measure in owner.measures],
        "actions": [_plain_action(action) for action in owner.actions],
        "elements": [_plain_element(element) for element in owner.elements],
    }


def _plain_element(element: Element) -> dict[str, Any]:
    return _filled(
        code=element.code,
        level=element.level,
        title=element.title,
        text=element.text,
        origin=_plain_origin(element.origin),
        serves=list(element.serves),
        **_plain_attached(element),
    )


def _plain_measure(measure: Measure) -> dict[str, Any]:
    return _filled(
        code=measure.code,
        title=measure.title,
        indicator=measure.indicator,
        narrative=measure.narrative,
        breakdown=measure.breakdown,
        baseline=_filled(value=measure.baseline, period=measure.baseline_period, day=measure.baseline_day),
        tolerance=measure.tolerance,
        targets=[
            _filled(value=one.value, period=one.period, due_on=one.due_on, origin=_plain_origin(one.origin))
            for one in measure.targets
        ],
        note=measure.note,
        origin=_plain_origin(measure.origin),
    )


def _plain_action(action: Action) -> dict[str, Any]:
    return _filled(
        code=action.code,
        title=action.title,
        description=action.description,
        owner=action.owner,
        lead=_filled(title=action.lead_title, account=action.lead_account),
        starts_on=action.starts_on,
        due_on=action.due_on,
        origin=_plain_origin(action.origin),
        details_origin=_plain_origin(action.details_origin),
        milestones=[_filled(code=one.code, title=one.title, due_on=one.due_on) for one in action.milestones],
    )


def _plain_statement(one: Statement) -> dict[str, Any]:
    origin = _plain_origin(one.origin)
    return _filled(code=one.code, text=one.text, group=one.group, said_by=one.said_by, origin=origin)


def _plain_document(one: Document) -> dict[str, Any]:
    return _filled(
        code=one.code,
        title=one.title,
        kind=one.kind,
        url=one.url,
        date=one.published_on,
        note=one.note,
        meeting=_filled(title=one.meeting, held_on=one.held_on),
    )


class _Dumper(yaml.SafeDumper):
    """Writes what yamlfile reads back as the same: no references, text in quotes where it would mean something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = None
    if "\n" in text:
        style = "|"
    elif yamlfile.plain(text) != text:
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_number(dumper: yaml.SafeDumper, number: float) -> yaml.Node:
    return dumper.represent_int(int(number)) if number.is_integer() else dumper.represent_float(number)


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(float, _write_number)
