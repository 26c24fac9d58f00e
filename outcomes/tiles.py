"""How the areas of a map are shown: the shade, the letter and the words of each hexagon, and the legend."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.charts.hexmap import Cell, abbreviated
from indicators.figures import Figure, data_attributes
from indicators.judgement import Comparison
from outcomes.matrix import LETTERS
from partnerships.models import Area

ABSENT, OUTLINE, PLAIN = "absent", "outline", "plain"
KEY_WORDS = {
    "better": gettext_lazy("better"),
    "similar": gettext_lazy("similar"),
    "worse": gettext_lazy("worse"),
    "higher": gettext_lazy("higher, where neither is good"),
    "lower": gettext_lazy("lower, where neither is good"),
    PLAIN: gettext_lazy("not compared"),
    ABSENT: gettext_lazy("no figures"),
    OUTLINE: gettext_lazy("other areas, of which nothing is shown"),
}
# In the order of their numbers: 1 is the worst fifth, or the lowest where neither is good.


class Shading(TextChoices):
    COMPARISON = "comparison", gettext_lazy("Comparison with the nation")
    FIFTHS = "fifths", gettext_lazy("Fifths of the areas")


@dataclass(frozen=True)
class Place:
    """One area: `figure` is that of the period of the map, None where nothing is known of it.

    The figure has no unit: `short` is for the room of a hexagon, `said` for a sentence. `fifth` is 1 to 5 and
    `fifth_words` says which that is; 0 and empty where the areas are not divided. `address` is that of its dashboard,
    empty where it has none here.
    """

    area: Area
    is_ours: bool
    figure: Figure | None
    short: str
    said: str
    comparison: Comparison
    fifth: int = 0
    fifth_words: str = ""
    address: str = ""

    @property
    def is_number(self) -> bool:
        return self.figure is not None and self.figure.value != ""

    @property
    def attributes(self) -> SafeString:
        """What a program reads at the area."""
        return data_attributes(self.figure, comparison=self.comparison.word) if self.figure else SafeString()


@dataclass(frozen=True)
class Tile:
    """A hexagon: its shade (static/css/_atlas.scss), the letter that goes with it, the lines under the name.

    `label` says all of it in words. `place` is None for an area of which nothing is shown.
    """

    cell: Cell
    shade: str
    letter: str
    lines: tuple[str, ...]
    label: str
    place: Place | None = None

    @property
    def is_hatched(self) -> bool:
        return self.shade == ABSENT


@dataclass(frozen=True)
class Key:
    """One line of the legend."""

    shade: str
    letter: str
    words: str


def tile(cell: Cell, place: Place | None, shading: str) -> Tile:
    """An area without a number is hatched if it is one of the partnership's, otherwise left an outline."""
    if place is None or not (place.is_ours or place.is_number):
        return Tile(cell, OUTLINE, "", (), cell.name)
    if not place.is_number:
        text = place.said or _("no figures")
        return Tile(cell, ABSENT, "", abbreviated(text), f"{place.area.name}: {text}", place)
    shade, letter, judged = _shade(place, shading)
    words = {"area": place.area.name, "figure": place.said, "period": place.figure.period}
    label = _("%(area)s: %(figure)s in %(period)s") % words
    return Tile(cell, shade, letter, (place.short,), f"{label}, {judged}" if judged else label, place)


def _shade(place: Place, shading: str) -> tuple[str, str, str]:
    """The shade, its letter, and what it says of the area."""
    if shading == Shading.FIFTHS:
        if not place.fifth:
            return PLAIN, "", ""
        return f"fifth-{place.fifth}", str(place.fifth), place.fifth_words
    code = place.comparison.code
    return (code, str(LETTERS[code]), place.comparison.text) if code in LETTERS else (PLAIN, "", place.comparison.text)


def keys(tiles: Sequence[Tile]) -> tuple[Key, ...]:
    """The legend of the shades that occur: fifths by number, then comparisons, then areas without a number."""
    shown = {tile.shade: tile for tile in tiles}
    fifths = sorted(shade for shade in shown if shade.startswith("fifth-"))
    words = {shade: shown[shade].place.fifth_words for shade in fifths} | KEY_WORDS
    return tuple(Key(shade, shown[shade].letter, str(said)) for shade, said in words.items() if shade in shown)
