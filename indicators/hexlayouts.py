"""Layouts of hexagons: where each area stands on a map that gives every area the same room.

hexjson in the layout odd-r: `q` counts eastwards, `r` northwards, odd rows stand half a hexagon to the east. The files
are in fixtures/geography/, whose README.md names their source.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

# Fewer hexagons than this say nothing of where they are: the rest of the region is drawn around them.
FEW = 4


@dataclass(frozen=True, slots=True)
class Hex:
    """`region` is the code of the region or nation that the area lies in."""

    code: str
    name: str
    q: int
    r: int
    region: str


@dataclass(frozen=True)
class Layout:
    """Hexagons by the code of their area; `is_whole` tells that it is never shown in part."""

    title: str
    source: str
    source_url: str
    licence: str
    is_whole: bool
    hexes: Mapping[str, Hex]


def read(text: str) -> Layout:
    """A file of hexjson. Raises ValueError where it is in another layout than odd-r."""
    data = json.loads(text)
    if data["layout"] != "odd-r":
        raise ValueError(f"The layout is {data['layout']}; only odd-r can be drawn.")
    hexes = {code: Hex(code, one["n"], one["q"], one["r"], one["region"]) for code, one in data["hexes"].items()}
    return Layout(data["title"], data["source"], data["source_url"], data["licence"], data.get("whole", False), hexes)


def choose(layouts: Sequence[Layout], codes: Collection[str]) -> Layout | None:
    """The layout that has most of these areas, the first of several; None where none has any."""
    found = max(layouts, key=lambda layout: _shared(layout, codes), default=None)
    return found if found and _shared(found, codes) else None


def _shared(layout: Layout, codes: Collection[str]) -> int:
    return sum(code in layout.hexes for code in codes)


def part(layout: Layout, codes: Collection[str]) -> tuple[Hex, ...]:
    """The hexagons to draw for these areas, from north to south and west to east: with them what lies around a few."""
    ours = [layout.hexes[code] for code in codes if code in layout.hexes]
    regions = {one.region for one in ours} if len(ours) < FEW else set()
    shown = [one for one in layout.hexes.values() if layout.is_whole or one in ours or one.region in regions]
    return tuple(sorted(shown, key=lambda one: (-one.r, one.q)))
