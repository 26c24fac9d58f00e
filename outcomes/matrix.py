"""The matrix: the newest figure of every measure of a strategy in every area, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from indicators import reading, sources, standing
from indicators.figures import Figure, data_attributes, figure
from indicators.judgement import Comparison, comparison
from indicators.reading import Figures
from indicators.sources import SourceLine
from indicators.territory import Territory
from outcomes import measures
from outcomes.dashboard import indicator_address
from outcomes.models import Measure, Strategy
from partnerships.models import Area

# Each word of a comparison in one letter, in the order of the legend.
LETTERS = {
    "better": pgettext_lazy("letter for better", "B"),
    "similar": pgettext_lazy("letter for similar", "S"),
    "worse": pgettext_lazy("letter for worse", "W"),
    "higher": pgettext_lazy("letter for higher", "H"),
    "lower": pgettext_lazy("letter for lower", "L"),
}


@dataclass(frozen=True)
class Sorting:
    """By the code of a measure; empty for the order of the areas. `is_down` puts the largest first."""

    by: str = ""
    is_down: bool = False


@dataclass(frozen=True)
class Column:
    """A measure. `period` is that of all its cells, empty where they differ; `sorted` is up, down or empty."""

    measure: Measure
    address: str
    period: str
    sorted: str

    @property
    def next_order(self) -> str:
        """The order that sorting by this column again would give."""
        return "desc" if self.sorted == "up" else "asc"


@dataclass(frozen=True)
class Cell:
    """The newest fact of an area, lettered by its comparison; figure is None where nothing is known."""

    figure: Figure | None
    comparison: Comparison
    letter: str
    has_own_period: bool
    number: float | None

    @property
    def attributes(self) -> SafeString:
        """What a program reads at the cell, and what the page sorts by."""
        return data_attributes(self.figure, comparison=self.comparison.word, sort_value=self.figure.value)


@dataclass(frozen=True)
class Row:
    """One area; `has_dashboard` tells whether it is one of the partnership's."""

    area: Area
    cells: tuple[Cell, ...]
    has_dashboard: bool


@dataclass(frozen=True)
class Matrix:
    strategy: Strategy
    sorting: Sorting
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    nations: tuple[Row, ...]
    sources: tuple[SourceLine, ...]


def matrix(
    strategy: Strategy,
    territory: Territory,
    *,
    sorting: Sorting | None = None,
    as_known_on: date | None = None,
    is_member: bool = False,
) -> Matrix:
    """Every area of the footprint, with the nations they lie in below. Six queries, for two areas or two hundred.

    `as_known_on` draws it as it was known at the end of that day. `is_member` tells whether the reader may open
    uploaded files.
    """
    sorting = sorting or Sorting()
    shown = [one.measure for group in measures.groups_of(strategy) for one in group.measures if one.measure.indicator]
    nations = _nations(territory)
    figures = _figures(shown, territory, nations, as_known_on)
    periods = [_shared_period(measure, territory.footprint, figures) for measure in shown]
    rows = [_row(area, shown, periods, figures, has_dashboard=True) for area in territory.footprint]
    return Matrix(
        strategy=strategy,
        sorting=sorting,
        columns=tuple(
            _column(measure, period, indicator_address(measure, territory.footprint[0], as_known_on), sorting)
            for measure, period in zip(shown, periods, strict=True)
        ),
        rows=_sorted(rows, shown, sorting),
        nations=tuple(
            _row(area, shown, periods, figures, has_dashboard=area in territory.comparators)
            for area in nations
            if area not in territory.footprint
        ),
        sources=sources.lines(
            {measure.indicator for measure in shown}, figures, strategy.partnership, originals_open=is_member
        ),
    )


def _figures(
    shown: Sequence[Measure], territory: Territory, nations: Sequence[Area], as_known_on: date | None
) -> Figures:
    """The newest fact of every area; of every nation that too, and its figures for the periods of the areas."""
    footprint = territory.footprint
    asked = {(one.indicator, one.breakdown) for one in shown}
    figures = reading.read_newest(asked, footprint, known_on=as_known_on)
    found = ((one, text, figures.of(one, area, text).newest) for one, text in asked for area in footprint)
    facts = {(one, text, point.period) for one, text, point in found if point}
    return figures.joined(reading.read_beside(facts, nations, known_on=as_known_on))


def _nations(territory: Territory) -> list[Area]:
    """The nations that areas of the footprint lie in."""
    nations = {nation for area in territory.footprint if (nation := area.nation())}
    return sorted(nations, key=lambda area: area.name)


def _shared_period(measure: Measure, areas: Iterable[Area], figures: Figures) -> str:
    newest = [figures.of(measure.indicator, area, measure.breakdown).newest for area in areas]
    labels = {point.period.label for point in newest if point}
    return labels.pop() if len(labels) == 1 else ""


def _column(measure: Measure, period: str, address: str, sorting: Sorting) -> Column:
    direction = "down" if sorting.is_down else "up"
    return Column(measure, address, period, direction if sorting.by == measure.code else "")


def _row(area: Area, shown: Sequence[Measure], periods: Sequence[str], figures: Figures, *, has_dashboard: bool) -> Row:
    cells = [_cell(measure, area, period, figures) for measure, period in zip(shown, periods, strict=True)]
    return Row(area, tuple(cells), has_dashboard)


def _cell(measure: Measure, area: Area, period: str, figures: Figures) -> Cell:
    indicator, stick = measure.indicator, reading.yardstick(measure.indicator)
    series = figures.of(indicator, area, measure.breakdown)
    newest = series.newest
    compared = comparison(newest, standing.national(figures, indicator, area, measure.breakdown), stick)
    return Cell(
        figure=figure(series, newest, stick, unit=False) if newest else None,
        comparison=compared,
        letter=LETTERS.get(compared.code, ""),
        has_own_period=newest is not None and newest.period.label != period,
        number=newest.value if newest else None,
    )


def _sorted(rows: Sequence[Row], shown: Sequence[Measure], sorting: Sorting) -> tuple[Row, ...]:
    """By the figures of a measure, those without a number last either way; otherwise in the territory's order."""
    place = next((number for number, measure in enumerate(shown) if measure.code == sorting.by), None)
    if place is None:
        return tuple(rows)
    sign = -1 if sorting.is_down else 1
    numbers = [row for row in rows if row.cells[place].number is not None]
    others = [row for row in rows if row.cells[place].number is None]
    return (*sorted(numbers, key=lambda row: sign * row.cells[place].number), *others)
