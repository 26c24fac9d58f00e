"""The matrix: the newest figure of every measure of a strategy in every area, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext_lazy

from indicators import gathering, reading, sources, standing
from indicators.figures import Figure, Yardstick, figure
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
    """A measure. `period` is that of all its cells, empty where they differ; `aria_sort` says how it is sorted.

    `sort_address` leads to the matrix sorted by this column, the other way round where it is already.
    """

    measure: Measure
    address: str
    period: str
    aria_sort: str
    sort_address: str


@dataclass(frozen=True)
class Cell:
    """The newest fact of an area, lettered by its comparison; figure is None where nothing is known.

    `words` are the comparison in words, empty where there is none.
    """

    figure: Figure | None
    comparison: Comparison
    letter: str
    words: str
    has_own_period: bool
    number: float | None


@dataclass(frozen=True)
class Row:
    """One area; `address` is that of its dashboard, empty where it is none of the partnership's."""

    area: Area
    cells: tuple[Cell, ...]
    address: str


@dataclass(frozen=True)
class Matrix:
    strategy: Strategy
    sorting: Sorting
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    beside: tuple[Row, ...]
    sources: tuple[SourceLine, ...]

    @property
    def groups(self) -> tuple[tuple[Row, ...], ...]:
        """The bodies of the table."""
        return self.rows, self.beside


def matrix(
    strategy: Strategy,
    territory: Territory,
    *,
    sorting: Sorting | None = None,
    as_known_on: date | None = None,
    is_member: bool = False,
) -> Matrix:
    """Every area of the footprint, below them the footprint as one and the nations. For two areas or two hundred.

    Eight queries, twelve where wholes are summed. `as_known_on` draws it as it was known at the end of that day.
    `is_member` tells whether the reader may open uploaded files.
    """
    sorting = sorting or Sorting()
    shown = [one.measure for group in measures.groups_of(strategy) for one in group.measures if one.measure.indicator]
    nations = _nations(territory)
    figures = _figures(shown, territory, nations, as_known_on)
    periods = [_shared_period(measure, territory.footprint, figures) for measure in shown]
    sticks = [reading.yardstick(measure.indicator) for measure in shown]
    kept = _kept(strategy, as_known_on)

    wording = _Wording()

    def row(area: Area) -> Row:
        address = reverse("dashboard", args=[strategy.partnership.slug, area.code], query=kept)
        nation = area.nation()
        cells = [
            _cell(measure, area, nation, stick, period, figures, wording)
            for measure, stick, period in zip(shown, sticks, periods, strict=True)
        ]
        return Row(area, tuple(cells), address if territory.find(area.code) else "")

    return Matrix(
        strategy=strategy,
        sorting=sorting,
        columns=tuple(
            _column(measure, period, indicator_address(measure, territory.footprint[0], as_known_on), sorting, kept)
            for measure, period in zip(shown, periods, strict=True)
        ),
        rows=_sorted([row(area) for area in territory.footprint], shown, sorting),
        beside=tuple(row(area) for area in _beside(territory, nations)),
        sources=sources.lines(
            {measure.indicator for measure in shown}, figures, strategy.partnership, originals_open=is_member
        ),
    )


def _figures(
    shown: Sequence[Measure], territory: Territory, nations: Sequence[Area], as_known_on: date | None
) -> Figures:
    """The newest fact of every area; of every nation that too, and its figures for the periods of the areas."""
    footprint = [*territory.footprint, *([territory.combined.area] if territory.combined else [])]
    asked = {(one.indicator, one.breakdown) for one in shown}
    figures = gathering.newest(asked, footprint, territory.wholes, known_on=as_known_on)
    found = ((one, text, figures.of(one, area, text).newest) for one, text in asked for area in footprint)
    facts = {(one, text, point.period) for one, text, point in found if point}
    return figures.joined(gathering.beside(facts, nations, territory.wholes, known_on=as_known_on))


def _nations(territory: Territory) -> list[Area]:
    """The nations that areas of the footprint lie in."""
    nations = {nation for area in territory.footprint if (nation := area.nation())}
    return sorted(nations, key=lambda area: area.name)


def _beside(territory: Territory, nations: Sequence[Area]) -> list[Area]:
    """What stands below the areas of the footprint: they combined, and the nations that are none of them."""
    combined = [territory.combined.area] if territory.combined else []
    return combined + [area for area in nations if area not in territory.footprint]


def _kept(strategy: Strategy, as_known_on: date | None) -> dict[str, str]:
    """What every link of the page keeps."""
    return {"strategy": strategy.slug} | ({"as_known_on": as_known_on.isoformat()} if as_known_on else {})


def _shared_period(measure: Measure, areas: Iterable[Area], figures: Figures) -> str:
    newest = [figures.of(measure.indicator, area, measure.breakdown).newest for area in areas]
    labels = {point.period.label for point in newest if point}
    return labels.pop() if len(labels) == 1 else ""


def _column(measure: Measure, period: str, address: str, sorting: Sorting, kept: Mapping[str, str]) -> Column:
    is_sorted = sorting.by == measure.code
    direction = ("descending" if sorting.is_down else "ascending") if is_sorted else "none"
    order = "desc" if direction == "ascending" else "asc"
    return Column(measure, address, period, direction, f"?{urlencode({**kept, 'sort': measure.code, 'order': order})}")


class _Wording:
    """Letters and words of comparisons, each translated once: a page has a thousand cells."""

    def __init__(self) -> None:
        self.letters = {code: str(letter) for code, letter in LETTERS.items()}
        self._words: dict[tuple[str, str], str] = {}

    def of(self, compared: Comparison) -> str:
        if compared.code not in self.letters:
            return ""
        key = (compared.code, compared.name)
        return self._words.get(key) or self._words.setdefault(key, compared.text)


def _cell(
    measure: Measure,
    area: Area,
    nation: Area | None,
    stick: Yardstick,
    period: str,
    figures: Figures,
    wording: _Wording,
) -> Cell:
    """What is the same for a row or a column is given: a matrix has a thousand cells."""
    series = figures.of(measure.indicator, area, measure.breakdown)
    newest = series.newest
    compared = comparison(newest, standing.beside(nation, figures, measure.indicator, measure.breakdown), stick)
    return Cell(
        figure=figure(series, newest, stick, unit=False) if newest else None,
        comparison=compared,
        letter=wording.letters.get(compared.code, ""),
        words=wording.of(compared),
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
