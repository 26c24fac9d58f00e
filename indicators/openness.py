"""Which figures of areas beyond its territory the readers of a partnership may see."""

from dataclasses import replace

from indicators.reading import Figures
from indicators.series import Point
from indicators.territory import Territory
from partnerships.models import Partnership


def open_to(partnership: Partnership, territory: Territory, figures: Figures) -> Figures:
    """Without what only a private partnership has published: all of it is for the members of that partnership.

    Figures of the territory stay as they are: whoever published them, they are about this partnership's areas or about
    those it compares with.
    """
    own = {area.code for area in territory.areas}
    series = {
        key: one if key[1] in own else replace(one, points=tuple(filter(_is_open_to(partnership), one.points)))
        for key, one in figures.series.items()
    }
    return Figures(series, figures.breaks)


def _is_open_to(partnership: Partnership):
    def is_open(point: Point) -> bool:
        source = point.source
        return source is None or source.is_public or source.partnership == partnership.slug

    return is_open
