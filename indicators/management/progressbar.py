"""A bar that grows while a command works, on a terminal only."""

from typing import TextIO

WIDTH = 40


class ProgressBar:
    """Call it with how much is done and how much there is; it draws over itself and ends its line when all is done."""

    def __init__(self, stream: TextIO, label: str):
        self.stream = stream
        self.label = label
        self.drawn = ""

    def __call__(self, done: int, total: int) -> None:
        filled = WIDTH * done // total if total else WIDTH
        bar = f"\r{self.label} [{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,}"
        if self.stream.isatty() and bar != self.drawn:
            self.stream.write(bar + ("\n" if done >= total else ""))
            self.stream.flush()
            self.drawn = bar
