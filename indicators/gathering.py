"""The figures that a page needs, those of wholes among them: summed from their parts where nothing is published.

A board's area and a combined footprint have few figures of their own or none (indicators/wholes.py). So what is asked
of them is answered from the whole series of their parts; any other area is read as narrowly as the page allows.
"""

from collections.abc import Collection, Iterable
from datetime import date

from indicators import reading, wholes
from indicators.models import Indicator
from indicators.periods import Period
from indicators.reading import Figures, yardstick
from indicators.wholes import Whole
from partnerships.models import Area


def full(
    indicators: Collection[Indicator],
    areas: Iterable[Area],
    made_up: Collection[Whole],
    *,
    breakdowns: Iterable[str] | None = None,
    known_on: date | None = None,
) -> Figures:
    """The whole series of every indicator in every area. Four queries."""
    wanted = wholes.areas_to_read(areas, made_up)
    figures = reading.read(indicators, wanted, breakdowns=breakdowns, known_on=known_on)
    sticks = {one.code: yardstick(one) for one in indicators}
    return Figures(wholes.completed(figures.series, sticks, made_up), figures.breaks)


def newest(
    asked: Collection[tuple[Indicator, str]],
    areas: Collection[Area],
    made_up: Collection[Whole],
    *,
    known_on: date | None = None,
) -> Figures:
    """The newest fact of every indicator and breakdown in every area; of a whole its series. Three or seven queries."""
    summed, others = _parted(areas, made_up)
    figures = reading.read_newest(asked, others, known_on=known_on)
    return figures.joined(_of_wholes(asked, summed, made_up, known_on)) if summed else figures


def beside(
    facts: Collection[tuple[Indicator, str, Period | None]],
    areas: Collection[Area],
    made_up: Collection[Whole],
    *,
    known_on: date | None = None,
) -> Figures:
    """For every fact that of every area, else its newest; of a whole its series. Three queries, seven with wholes."""
    summed, others = _parted(areas, made_up)
    figures = reading.read_beside(facts, others, known_on=known_on)
    asked = {fact[:2] for fact in facts}
    return figures.joined(_of_wholes(asked, summed, made_up, known_on)) if summed else figures


def _parted(areas: Collection[Area], made_up: Collection[Whole]) -> tuple[list[Area], list[Area]]:
    """Those that are summed, and the others."""
    summed = {whole.area for whole in made_up}
    return [area for area in areas if area in summed], [area for area in areas if area not in summed]


def _of_wholes(
    asked: Collection[tuple[Indicator, str]], summed: list[Area], made_up: Collection[Whole], known_on: date | None
) -> Figures:
    codes = {area.code for area in summed}
    indicators, breakdowns = {one for one, _text in asked}, {text for _one, text in asked}
    figures = full(indicators, summed, made_up, breakdowns=breakdowns, known_on=known_on)
    return Figures({key: series for key, series in figures.series.items() if key[1] in codes}, figures.breaks)
