"""The bytes of a strategy file -> a tree, or all that is wrong in it, each with its line.

What a file lists in an order that means nothing (links, organisations, targets, horizons, terms, documents) is put into
one order, so that two trees are equal where they say the same.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from indicators import breakdowns, periods
from outcomes import strategychecks
from outcomes.strategytree import (
    LINE,
    SOURCE,
    STATEMENT_KINDS,
    Action,
    Document,
    Element,
    Horizon,
    Level,
    Measure,
    Milestone,
    Organisation,
    Statement,
    StrategyFile,
    Target,
    Term,
)
from partnerships import yamlfile
from partnerships.yamlfile import Entry

SCHEMA_FILE = Path(__file__).parent.parent / "fixtures" / "strategies" / "schema.json"


def read(content: bytes, *, file: str) -> StrategyFile:
    """Raises Rejected with everything wrong in the file: what its schema forbids, or else what makes no sense."""
    tree = _strategy(yamlfile.read(content, file=file, schema=schema()).top)
    yamlfile.reject(strategychecks.problems(tree))
    return tree


@cache
def schema() -> dict:
    return json.loads(SCHEMA_FILE.read_text())


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
        path_shape=entry.text("path") or LINE,
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
    return Target(
        entry=entry,
        value=float(entry.data["value"]),
        upper=_number(entry, "upper"),
        period=entry.text("period"),
        due_on=entry.day("due_on"),
        origin=_origin(entry),
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
