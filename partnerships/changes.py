"""What loading a file does, one change for each thing, in one shape for every page and command."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnerships.problems import shortened

ADDED = "added"
CHANGED = "changed"
MOVED = "moved"
RETIRED = "retired"
UNCHANGED = "unchanged"


@dataclass(frozen=True)
class FieldChange:
    """Old and new are as a reader sees them, empty for nothing."""

    name: str
    old: str
    new: str

    def __str__(self) -> str:
        skipped = _alike_beginning(self.old, self.new)
        old, new = (shortened("…" * bool(skipped) + text[skipped:], 60) for text in (self.old, self.new))
        return f"{self.name} '{old}' -> '{new}'"


def _alike_beginning(old: str, new: str, kept: int = 20) -> int:
    """How much of two long texts to leave out so that a short line shows where they part."""
    alike = (a == b for a, b in zip(old, new, strict=False))
    parting = next((place for place, same in enumerate(alike) if not same), min(len(old), len(new)))
    return parting - kept if max(len(old), len(new)) > 60 and parting > kept else 0


@dataclass(frozen=True)
class Change:
    """`kind` is one of the words above; `what` names the sort of thing, such as "measure" or "Key priority area"."""

    kind: str
    what: str
    code: str
    title: str
    fields: tuple[FieldChange, ...] = ()

    def __str__(self) -> str:
        fields = "".join(f"; {field}" for field in self.fields)
        return f"{self.kind} {self.what} {self.code}: {shortened(self.title)}{fields}"


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """The fields of `new`, by their names for readers, that `old` has otherwise."""
    return tuple(FieldChange(name, old[name], text) for name, text in new.items() if old[name] != text)


def counts(changes: Iterable[Change], kinds: Iterable[str]) -> str:
    """ "added=2 changed=0 ...", in the order of the kinds given."""
    found = [change.kind for change in changes]
    return " ".join(f"{kind}={found.count(kind)}" for kind in kinds)
