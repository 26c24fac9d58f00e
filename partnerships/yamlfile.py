"""A YAML file as plain data that remembers the line of everything in it, judged by a JSON Schema.

It reads less than YAML allows, so that what stands in a file is what is meant: no tags, anchors, aliases or merge keys,
every key once, and only true and false are booleans. Dates, yes, no, on and off stay the text that was typed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import islice
from math import isfinite
from typing import Any

import yaml
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from partnerships.problems import Problem

# The keys and the numbers of items (from 0) that lead from the top of a file to a place in it.
Path = tuple[str | int, ...]

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40
MAX_PROBLEMS = 200
MAX_WORDS = 1000

# libyaml where it is there; both give the same events, and neither goes deeper for deeper nesting.
EventLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNSEEN_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})?(\.[0-9]{1,18})?([eE][-+]?[0-9]{1,3})?")
WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class Rejected(ValueError):
    """A file that cannot be taken; `problems` says everything that is wrong with it, in the order of its lines."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Document:
    """The data of a file: dicts, lists, text, numbers, booleans and None."""

    file: str
    data: Any
    lines: dict[Path, int] = field(repr=False)
    typed: dict[Path, str] = field(repr=False)

    def line(self, path: Path) -> int:
        """The line of the key or item at the path or, where there is none, of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    @property
    def top(self) -> "Entry":
        return Entry(self, (), self.data)

    def problem(self, path: Path, message: str, *, column: str = "") -> Problem:
        """A problem at the path: its line, the nearest key as its column and, for a plain value, that as typed."""
        key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        return Problem(message, self.file, self.line(path), column or key, self.typed.get(path))


@dataclass(frozen=True)
class Entry:
    """Keys with values somewhere in a document that its schema allows, and where."""

    document: Document
    path: Path
    data: Mapping[str, Any]

    def text(self, key: str) -> str:
        """The text without blanks around it, "" where there is none."""
        return self.data.get(key, "").strip()

    def texts(self, *keys: str) -> dict[str, str]:
        return {key: self.text(key) for key in keys}

    def day(self, key: str) -> date | None:
        return date.fromisoformat(self.data[key]) if key in self.data else None

    def days(self, *keys: str) -> dict[str, date | None]:
        return {key: self.day(key) for key in keys}

    def part(self, key: str) -> "Entry":
        """The keys with values under the key, none where there are none."""
        return Entry(self.document, (*self.path, key), self.data.get(key, {}))

    def items(self, key: str) -> list["Entry"]:
        """The things listed under the key."""
        return [Entry(self.document, (*self.path, key, n), item) for n, item in enumerate(self.data.get(key, []))]

    def problem(self, key: str, message: str, *deeper: str | int) -> Problem:
        return self.document.problem((*self.path, key, *deeper), message, column=key)


def read(content: bytes, *, file: str, schema: dict) -> Document:
    """Reads a file and holds it against a schema (JSON Schema, draft 2020-12).

    `file` is the name that problems carry. Raises Rejected with everything wrong: first what keeps the file from being
    read, and only in a file that can be read what the schema forbids.
    """
    document = parse(content, file=file)
    check(document, schema)
    return document


def parse(content: bytes, *, file: str) -> Document:
    """Reads a file, whatever it says. Raises Rejected with what keeps it from being read."""
    return _parsed(decoded(content, file=file), file)


def check(document: Document, schema: dict) -> None:
    """Raises Rejected with what in the document the schema forbids."""
    reject(_schema_problems(document, schema))


def reject(problems: Iterable[Problem]) -> None:
    """Raises Rejected where there are problems, with all of them or as many as somebody would read."""
    found = list(islice(problems, MAX_PROBLEMS))
    if len(found) == MAX_PROBLEMS:
        last = max(found, key=lambda problem: problem.line)
        more = _("There may be more wrong than is listed here: put this right first.")
        found.append(Problem(more, last.file, last.line))
    if found:
        raise Rejected(found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest of the known words, to follow another sentence; empty where none is near.

    Only so many words are looked at, since looking takes time.
    """
    nearest = get_close_matches(word, list(islice(known, MAX_WORDS)), n=1)
    return " " + _("Did you mean “%(word)s”?") % {"word": nearest[0]} if nearest else ""


def decoded(content: bytes, *, file: str) -> str:
    """The text of a file that is to be read by a program. Raises Rejected where it is not clean text in UTF-8."""
    if len(content) > MAX_BYTES:
        raise Rejected([Problem(_("The file is larger than 1 MB, the most that is read."), file)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("This is not text in UTF-8. Save the file as plain text with the encoding UTF-8.")
        raise Rejected([Problem(message, file, line)]) from error
    if not text.strip():
        raise Rejected([Problem(_("The file is empty."), file)])
    if problems := list(islice(_character_problems(text, file), MAX_PROBLEMS)):
        raise Rejected(problems)
    return text


def _character_problems(text: str, file: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            yield Problem(_("There is a tab in this line. Use spaces."), file, number)
        if unseen := UNSEEN_CHARACTER.search(line):
            yield Problem(_unseen(unseen[0]), file, number)


def _unseen(character: str) -> str:
    message = _("There is a character in this line that cannot be seen: %(code)s.")
    return message % {"code": f"U+{ord(character):04X}"}


def _parsed(text: str, file: str) -> Document:
    loader = EventLoader(text)
    try:
        return _Reader(loader, file).document()
    except yaml.MarkedYAMLError as error:
        raise Rejected([_syntax_problem(error, file)]) from error
    finally:
        loader.dispose()


def _syntax_problem(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark, start = error.problem_mark or error.context_mark, error.context_mark
    reason = {"reason": error.problem or error.context}
    if start and mark and start.line < mark.line:
        message = _("This is not YAML that can be read: %(reason)s. Look at line %(line)s too, where this part begins.")
        return Problem(message % (reason | {"line": start.line + 1}), file, mark.line + 1)
    message = _("This is not YAML that can be read: %(reason)s.")
    return Problem(message % reason, file, mark.line + 1 if mark else 0)


class _Reader:
    """Builds the data of one file from the events of the YAML parser, noting lines and problems on the way."""

    def __init__(self, loader: Any, file: str):
        self.loader = loader
        self.file = file
        self.lines: dict[Path, int] = {}
        self.typed: dict[Path, str] = {}
        self.problems: list[Problem] = []

    def document(self) -> Document:
        events = (yaml.StreamStartEvent, yaml.DocumentStartEvent)
        while self.loader.check_event(*events):
            self.loader.get_event()
        if self.loader.check_event(yaml.StreamEndEvent):
            raise Rejected([Problem(_("The file is empty."), self.file)])
        self.lines[()] = self.loader.peek_event().start_mark.line + 1
        data = self._node(())
        self.loader.get_event()
        if self.loader.check_event(yaml.DocumentStartEvent):
            self._wrong(self.loader.peek_event(), _("A second document begins here. Put each into its own file."))
        if self.problems:
            raise Rejected(self.problems)
        return Document(self.file, data, self.lines, self.typed)

    def _wrong(self, event: yaml.Event, message: str, column: str = "") -> None:
        self.problems.append(Problem(message, self.file, event.start_mark.line + 1, column))

    def _node(self, path: Path) -> Any:
        event = self.loader.get_event()
        if len(path) > MAX_DEPTH:
            message = _("This is nested more than %(depth)s deep.") % {"depth": MAX_DEPTH}
            raise Rejected([*self.problems, Problem(message, self.file, event.start_mark.line + 1)])
        if isinstance(event, yaml.AliasEvent):
            self._wrong(event, _("A reference to another place (*name) is not read. Write the text out."))
            return None
        self._refuse_marks(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if unseen := UNSEEN_CHARACTER.search(event.value):
            # Written as an escape, such as \0 between double quotes.
            self._wrong(event, _unseen(unseen[0]))
        self.typed[path] = event.value
        return event.value if event.style else plain(event.value)

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._wrong(event, _("A name for a place (&name) is not read. Leave it out."))
        if event.tag is not None:
            self._wrong(event, _("A type (!name) is not read. Leave it out."))

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            event = self.loader.peek_event()
            key = self._key(path)
            if key in found:
                first = {"line": self.lines[(*path, key)]}
                self._wrong(event, _("This key stands here twice, first in line %(line)s.") % first, key)
            self.lines.setdefault((*path, key), event.start_mark.line + 1)
            found[key] = self._node((*path, key))
        self.loader.get_event()
        return found

    def _key(self, path: Path) -> str:
        event = self.loader.peek_event()
        if not isinstance(event, yaml.ScalarEvent):
            self._wrong(event, _("A key must be a word, not a list or other keys."))
            self._node(path)
            return ""
        self.loader.get_event()
        self._refuse_marks(event)
        if event.value == "<<" and not event.style:
            self._wrong(event, _("A merge key (<<) is not read. Write the keys out."))
        return event.value

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not self.loader.check_event(yaml.SequenceEndEvent):
            here = (*path, len(found))
            self.lines[here] = self.loader.peek_event().start_mark.line + 1
            found.append(self._node(here))
        self.loader.get_event()
        return found


def plain(text: str) -> str | int | float | bool | None:
    """What a value without quotes means. Numbers too long to be exact, NaN and infinity stay text."""
    if text in WORDS:
        return WORDS[text]
    if WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text) and any(character.isdigit() for character in re.split("[eE]", text)[0]):
        number = float(text)
        return number if isfinite(number) else text
    return text


def _schema_problems(document: Document, schema: dict) -> Iterator[Problem]:
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for error in validator.iter_errors(document.data):
        path = tuple(error.absolute_path)
        if error.validator == "required":
            yield from _missing_keys(document, path, error)
        elif error.validator == "additionalProperties":
            yield from _unknown_keys(document, path, error)
        else:
            yield document.problem(path, _SENTENCES.get(error.validator, _other)(error))


def _missing_keys(document: Document, path: Path, error: ValidationError) -> Iterator[Problem]:
    for key in error.validator_value:
        if key not in error.instance:
            yield document.problem(path, _("This key is missing."), column=key)


def _unknown_keys(document: Document, path: Path, error: ValidationError) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            listed = {"keys": ", ".join(known)}
            offer = did_you_mean(key, known) or " " + _("The keys known here are: %(keys)s.") % listed
            yield Problem(_("This key is not known here.") + offer, document.file, document.line((*path, key)), key)


def _type_words(kinds: str | list[str]) -> str:
    words = {
        "string": _("text"),
        "number": _("a number"),
        "integer": _("a whole number"),
        "boolean": _("true or false"),
        "array": _("a list (items that begin with “- ”)"),
        "object": _("keys with values (“key: value”)"),
        "null": _("nothing"),
    }
    return _(" or ").join(words[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _wrong_type(error: ValidationError) -> str:
    wanted = {"wanted": _type_words(error.validator_value)}
    if error.instance is None:
        return _("Nothing is written here: write %(wanted)s, or leave the key out.") % wanted
    if error.validator_value == "string" and isinstance(error.instance, bool | int | float):
        return _("This must be text: put it in quotes.")
    return _("This must be %(wanted)s.") % wanted


def _not_one_of(error: ValidationError) -> str:
    allowed = [str(value) for value in error.validator_value]
    return _("This must be one of: %(allowed)s.") % {"allowed": ", ".join(allowed)} + did_you_mean(
        str(error.instance), allowed
    )


def _too_short(error: ValidationError) -> str:
    if error.validator_value == 1:
        return _("This must not be empty.")
    return _("This must have at least %(least)s characters.") % {"least": error.validator_value}


def _too_long(error: ValidationError) -> str:
    lengths = {"most": error.validator_value, "length": len(error.instance)}
    return _("This may have at most %(most)s characters and has %(length)s.") % lengths


def _bad_pattern(error: ValidationError) -> str:
    wanted = error.schema.get("description") or error.validator_value
    return _("This must be %(wanted)s.") % {"wanted": _(wanted)}


def _bad_format(error: ValidationError) -> str:
    if error.validator_value == "date":
        return _("This must be a date of the calendar, written like 2024-03-31.")
    return _("This must be written as: %(format)s.") % {"format": error.validator_value}


def _needs_keys(error: ValidationError) -> str:
    missing = [
        f"{key}: {other}"
        for key, others in error.validator_value.items()
        if key in error.instance
        for other in others
        if other not in error.instance
    ]
    return _("One key calls for another that is missing (%(keys)s).") % {"keys": ", ".join(missing)}


def _number_sentence(sentence: Callable[[], str]) -> Callable[[ValidationError], str]:
    return lambda error: sentence() % {"number": error.validator_value}


def _other(error: ValidationError) -> str:
    return _("This is not as it should be (%(rule)s).") % {"rule": error.validator}


_SENTENCES: dict[str, Callable[[ValidationError], str]] = {
    "type": _wrong_type,
    "enum": _not_one_of,
    "const": _number_sentence(lambda: _("This must be %(number)s.")),
    "minLength": _too_short,
    "maxLength": _too_long,
    "pattern": _bad_pattern,
    "format": _bad_format,
    "minimum": _number_sentence(lambda: _("This must be %(number)s or more.")),
    "maximum": _number_sentence(lambda: _("This must be %(number)s or less.")),
    "exclusiveMinimum": _number_sentence(lambda: _("This must be more than %(number)s.")),
    "exclusiveMaximum": _number_sentence(lambda: _("This must be less than %(number)s.")),
    "minItems": _number_sentence(lambda: _("This list must have at least %(number)s.")),
    "maxItems": _number_sentence(lambda: _("This list may have at most %(number)s.")),
    "uniqueItems": _number_sentence(lambda: _("The same stands twice in this list.")),
    "dependentRequired": _needs_keys,
}
