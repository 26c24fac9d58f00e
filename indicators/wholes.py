"""Areas that have figures only as the sum of their parts, and these figures. Nothing of them is stored.

Two kinds: the area of a board, over the areas whose parent it is, and the footprint of a partnership, over the areas
of it that contain no other. What is published for such an area stands; the rest is summed (`indicators.sums`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.figures import Yardstick
from indicators.reading import Key
from indicators.series import Series
from indicators.sums import combined, with_published
from partnerships.models import Area

FOOTPRINT = "FOOTPRINT"


@dataclass(frozen=True)
class Whole:
    """An area and what it is made of, all with their ancestors loaded."""

    area: Area
    parts: tuple[Area, ...]


def areas_to_read(areas: Iterable[Area], wholes: Iterable[Whole]) -> set[Area]:
    """The areas whose figures are needed to show those of `areas`; an area that only the app knows has none."""
    wanted = set(areas)
    parts = {part for whole in wholes if whole.area in wanted for part in whole.parts}
    return {area for area in wanted | parts if area.code != FOOTPRINT}


def completed(
    series: Mapping[Key, Series], sticks: Mapping[str, Yardstick], wholes: Iterable[Whole]
) -> dict[Key, Series]:
    """The same series, with those of each whole summed from its parts where nothing is published.

    `sticks` gives the yardstick of each indicator by its code.
    """
    found = dict(series)
    for whole in wholes:
        for indicator, breakdown in sorted({(key[0], key[2]) for key in series}):
            key = (indicator, whole.area.code, breakdown)
            parts = [(part.name, series.get((indicator, part.code, breakdown))) for part in whole.parts]
            if all(one for _name, one in parts):
                summed = combined(parts, sticks[indicator], area=whole.area.code)
                found[key] = with_published(series[key], summed) if key in series else summed
    return {key: one for key, one in found.items() if one.points}
