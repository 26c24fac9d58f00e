"""The geometry of a map of hexagons: where each stands, and its name in the room that it has.

Pixels, the y axis downwards. Hexagons stand on a corner, so that their sides are upright.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.charts.geometry import pixels
from indicators.hexlayouts import Hex

RADIUS = 50
WIDE = math.sqrt(3) * RADIUS
ROW = 1.5 * RADIUS
# Leaves a seam between neighbours, and room for the outline of the one that has the focus.
SEAM, MARGIN = 0.96, 6
# Letters that fit between the upright sides in the size of static/css/_atlas.scss.
LETTERS = 10
SHORT_WORDS = {"and": "&", "with": "w.", "upon": "u.", "the": ""}


@dataclass(frozen=True)
class Cell:
    """One hexagon: its corners "x,y x,y ..." and its middle, as text; the name in at most two lines."""

    code: str
    name: str
    points: str
    x: str
    y: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Honeycomb:
    width: int
    height: int
    cells: tuple[Cell, ...]

    @property
    def columns(self) -> int:
        """How many hexagons would stand side by side in its width; the last may be cut."""
        return math.ceil((self.width - 2 * MARGIN - 1) / WIDE)


def honeycomb(hexes: Sequence[Hex]) -> Honeycomb:
    """The hexagons in the order given, moved so that the leftmost and the uppermost touch the margin."""
    if not hexes:
        return Honeycomb(0, 0, ())
    middles = [_middle(one) for one in hexes]
    left, top = min(x for x, _y in middles) - WIDE / 2, min(y for _x, y in middles) - RADIUS
    placed = [(x - left + MARGIN, y - top + MARGIN) for x, y in middles]
    return Honeycomb(
        math.ceil(max(x for x, _y in placed) + WIDE / 2 + MARGIN),
        math.ceil(max(y for _x, y in placed) + RADIUS + MARGIN),
        tuple(_cell(one, *middle) for one, middle in zip(hexes, placed, strict=True)),
    )


def _middle(one: Hex) -> tuple[float, float]:
    return WIDE * (one.q + (one.r % 2) / 2), -ROW * one.r


def _cell(one: Hex, x: float, y: float) -> Cell:
    angles = [math.radians(60 * corner - 90) for corner in range(6)]
    reach = SEAM * RADIUS
    corners = [f"{pixels(x + reach * math.cos(angle))},{pixels(y + reach * math.sin(angle))}" for angle in angles]
    return Cell(one.code, one.name, " ".join(corners), pixels(x), pixels(y), abbreviated(one.name))


def abbreviated(name: str, letters: int = LETTERS) -> tuple[str, ...]:
    """The name in one or two lines of so many letters; what is cut ends with a full stop.

    "Blackburn with Darwen" gives "Blackburn" and "w. Darwen".
    """
    words = [SHORT_WORDS.get(word, word) for word in name.partition(",")[0].replace("-", "- ").split()]
    lines = [""]
    for word in filter(None, words):
        joined = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}".strip()
        if len(joined) <= letters or not lines[-1]:
            lines[-1] = joined
        elif len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = joined
            break
    return tuple(_cut(line, letters) for line in lines)


def _cut(line: str, letters: int) -> str:
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip(' -.')}."
