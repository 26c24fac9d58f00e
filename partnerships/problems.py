"""What is wrong in a file that somebody brought, in one shape for every page and command."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong. `line` is the line or row as an editor or a spreadsheet counts it, from 1; 0 is the file."""

    message: str
    file: str = ""
    line: int = 0
    column: str = ""
    value: str | None = None

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, str(self.line) if self.line else "") if part)
        column = f"column '{self.column}': " if self.column else ""
        typed = "" if self.value is None else f" ('{shortened(self.value)}')"
        return (f"{place}: " if place else "") + f"{column}{self.message}{typed}"


def shortened(text: str, longest: int = 80) -> str:
    """One line of at most so many characters, so that a message stays readable whatever was typed."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"
