"""What loading a strategy file would change: the tree of the file beside the tree that stands. Without a database."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outcomes.strategytree import (
    Action,
    Document,
    Element,
    Measure,
    Milestone,
    Organisation,
    Statement,
    StrategyFile,
    Target,
)
from partnerships.changes import ADDED, CHANGED, MOVED, RETIRED, UNCHANGED, Change, FieldChange, differences

# What a load counts, in the order in which it says so.
KINDS = (ADDED, CHANGED, MOVED, RETIRED, UNCHANGED)

# The sort of a thing and its code: what it is known by from one load to the next.
Key = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One thing of a strategy, flat. `fields` are its texts by their names for readers.

    `place` is what it stands under, if it is of a sort that has an order there; None where the order means nothing.
    """

    key: Key
    what: str
    title: str
    fields: Mapping[str, str]
    place: Key | None = None


def compare(old: Iterable[Row], new: Iterable[Row], *, retired: Collection[Key] = ()) -> tuple[Change, ...]:
    """One change for everything among the rows, the unchanged too: first what is new or stays, then what goes.

    `retired` names what once stood and went; where it comes back it counts as added and says so.
    """
    before = {row.key: row for row in old}
    after = {row.key: row for row in new}
    moves = _moves(before, after)
    changes = [_change(before.get(key), row, moves.get(key, ()), key in retired) for key, row in after.items()]
    gone = [row for key, row in before.items() if key not in after]
    return (*changes, *(Change(RETIRED, row.what, row.key[1], row.title) for row in gone))


def _change(old: Row | None, new: Row, moves: tuple[FieldChange, ...], returns: bool) -> Change:
    code = new.key[1]
    if old is None:
        fields = (FieldChange(_("retired"), _("yes"), _("no")),) if returns else ()
        return Change(ADDED, new.what, code, new.title, fields)
    fields = differences(old.fields, new.fields)
    if moves:
        return Change(MOVED, new.what, code, new.title, moves + fields)
    return Change(CHANGED if fields else UNCHANGED, new.what, code, new.title, fields)


def _moves(before: Mapping[Key, Row], after: Mapping[Key, Row]) -> dict[Key, tuple[FieldChange, ...]]:
    """What stands under something else or, of what stayed, in another order; as few as explain the new order."""
    found = {}
    old_places, new_places = _places(before), _places(after)
    for place, keys in new_places.items():
        stayed = [key for key in keys if key in before and before[key].place == place]
        ranks = {key: rank for rank, key in enumerate(old_places.get(place, []), start=1)}
        in_order = _longest_rising([ranks[key] for key in stayed])
        for key in keys:
            if key in before and key not in stayed:
                titles = [_title_of(rows, rows[key].place) for rows in (before, after)]
                found[key] = (FieldChange(_("under"), *titles),)
            elif key in stayed and ranks[key] not in in_order:
                found[key] = (FieldChange(_("place in the list"), str(ranks[key]), str(keys.index(key) + 1)),)
    return found


def _places(rows: Mapping[Key, Row]) -> dict[Key, list[Key]]:
    places = defaultdict(list)
    for key, row in rows.items():
        if row.place is not None:
            places[row.place].append(key)
    return places


def _title_of(rows: Mapping[Key, Row], key: Key) -> str:
    return rows[key].title if key in rows else key[1]


def _longest_rising(numbers: list[int]) -> set[int]:
    """The numbers of a longest rising subsequence; the numbers are distinct."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        before[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    found, number = set(), ends[-1] if ends else None
    while number is not None:
        found.add(number)
        number = before[number]
    return found


def rows(tree: StrategyFile) -> Iterator[Row]:
    """Everything in a tree, in its order."""
    yield _strategy_row(tree)
    yield from organisation_rows(tree.organisations)
    yield from _level_rows(tree)
    yield from _element_rows(tree)
    for owner in tree.owners():
        place = _key_of(owner)
        for measure in owner.measures:
            yield _measure_row(measure, place)
        for action in owner.actions:
            yield _action_row(action, place)
            for milestone in action.milestones:
                yield _milestone_row(milestone, action)
    for statement in tree.statements:
        yield _statement_row(statement)
    yield from _reference_rows(tree)


def _key_of(owner: StrategyFile | Element) -> Key:
    return ("strategy", owner.address) if isinstance(owner, StrategyFile) else ("element", owner.code)


def _strategy_row(tree: StrategyFile) -> Row:
    fields = {
        _("title"): tree.title,
        _("vision"): tree.vision,
        _("summary"): tree.summary,
        _("source document"): tree.source,
        _("address of the source"): tree.source_url,
        _("starts on"): _day(tree.starts_on),
        _("ends on"): _day(tree.ends_on),
        _("version"): tree.version,
        _("owner"): tree.owner,
        _("date of this version"): _day(tree.dated),
        _("delivers"): ", ".join(tree.delivers),
        _("position"): str(tree.position),
    }
    return Row(_key_of(tree), _("strategy"), tree.title, fields)


def organisation_rows(organisations: Iterable[Organisation]) -> Iterator[Row]:
    for one in organisations:
        fields = {_("name"): one.name, _("kind"): one.kind}
        yield Row(("organisation", one.code), _("organisation"), one.name, fields)


def _level_rows(tree: StrategyFile) -> Iterator[Row]:
    for level in tree.levels:
        fields = {
            _("kind"): level.kind,
            _("depth"): str(level.depth),
            _("word for one"): level.word,
            _("word for several"): level.plural,
        }
        yield Row(("level", level.code), _("level"), level.word, fields, ("levels", _("levels")))


def _element_rows(tree: StrategyFile) -> Iterator[Row]:
    words = {level.code: level.word for level in tree.levels}
    for element, parent in tree.placed_elements():
        fields = {
            _("title"): element.title,
            _("level"): words[element.level],
            _("text"): element.text,
            _("serves"): ", ".join(element.serves),
            _("origin"): element.origin,
        }
        yield Row(_key_of(element), words[element.level], element.title, fields, _key_of(parent or tree))


def _measure_row(measure: Measure, place: Key) -> Row:
    fields = {
        _("title"): measure.title,
        _("indicator"): measure.indicator,
        _("breakdown"): measure.breakdown,
        _("evidence in words"): measure.narrative,
        _("note"): measure.note,
        _("baseline"): _number(measure.baseline, measure.baseline_period or _day(measure.baseline_day)),
        _("tolerance"): _number(measure.tolerance),
        _("targets"): "; ".join(_target(target) for target in measure.targets),
        _("path to the targets"): measure.path_shape,
        _("origin"): measure.origin,
    }
    return Row(("measure", measure.code), _("measure"), measure.title, fields, place)


def _target(target: Target) -> str:
    period = target.period or _day(target.due_on)
    if target.upper is None:
        number = _number(target.value, period)
    else:
        ends = {"lower": _number(target.value), "upper": _number(target.upper, period)}
        number = _("%(lower)s to %(upper)s") % ends
    return number if target.origin == "source" else f"{number}, {target.origin}"


def _action_row(action: Action, place: Key) -> Row:
    fields = {
        _("title"): action.title,
        _("description"): action.description,
        _("owner"): action.owner,
        _("lead, in words"): action.lead_title,
        _("lead"): action.lead_account,
        _("starts on"): _day(action.starts_on),
        _("due on"): _day(action.due_on),
        _("origin"): action.origin,
        _("origin of owner, lead, dates and milestones"): action.details_origin,
    }
    return Row(("action", action.code), _("action"), action.title, fields, place)


def _milestone_row(milestone: Milestone, action: Action) -> Row:
    fields = {_("title"): milestone.title, _("due on"): _day(milestone.due_on)}
    key = ("milestone", f"{action.code}/{milestone.code}")
    return Row(key, _("milestone"), milestone.title, fields, ("action", action.code))


def _statement_row(statement: Statement) -> Row:
    fields = {
        _("text"): statement.text,
        _("heading"): statement.group,
        _("signed by"): statement.said_by,
        _("origin"): statement.origin,
    }
    words = _statement_words()
    place = ("statements", words[statement.kind])
    return Row(("statement", statement.code), words[statement.kind], statement.text, fields, place)


def _statement_words() -> dict[str, str]:
    return {
        "value": _("value"),
        "way-of-working": _("way of working"),
        "theme": _("theme"),
        "foundation": _("foundation"),
        "expectation": _("expectation"),
        "success": _("success"),
        "governance": _("governance"),
        "foreword": _("foreword"),
        "context": _("context"),
    }


def _reference_rows(tree: StrategyFile) -> Iterator[Row]:
    for horizon in tree.horizons:
        fields = {_("title"): horizon.title, _("text"): horizon.text}
        yield Row(("horizon", str(horizon.years)), _("horizon"), horizon.title, fields)
    for term in tree.glossary:
        fields = {_("meaning"): term.meaning, _("origin"): term.origin}
        yield Row(("term", term.term), _("glossary term"), term.meaning, fields)
    for document in tree.documents:
        yield _document_row(document)


def _document_row(document: Document) -> Row:
    fields = {
        _("title"): document.title,
        _("kind"): document.kind,
        _("address"): document.url,
        _("date"): _day(document.published_on),
        _("note"): document.note,
        _("meeting"): document.meeting,
        _("held on"): _day(document.held_on),
    }
    return Row(("document", document.code), _("document"), document.title, fields)


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _number(number: float | None, period: str = "") -> str:
    if number is None:
        return ""
    return f"{number:.15g}" + (f" ({period})" if period else "")
