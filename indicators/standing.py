"""How an indicator stands in an area. Every page that shows a figure asks here; the database is asked by `reading`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from indicators.figures import Figure, Yardstick, data_attributes, figure, no_figure
from indicators.judgement import Change, Comparison, change, comparison
from indicators.models import Indicator
from indicators.paths import Aim, TargetStanding, target_standing
from indicators.periods import Period
from indicators.reading import Figures, yardstick
from indicators.series import Series, Source
from partnerships.models import Area


@dataclass(frozen=True)
class Place:
    """One area of a strip of areas; `is_this` marks the one that the page is about."""

    name: str
    value: float
    text: str
    is_this: bool = False


@dataclass(frozen=True)
class Places:
    """The figures of an area and its peers for one period, in the order of their values."""

    period: str
    places: tuple[Place, ...]
    nation: Place | None


@dataclass(frozen=True)
class Standing:
    """Latest is the newest fact, perhaps that there is no number; `latest_number` is then the newest number, if any."""

    series: Series
    yardstick: Yardstick
    latest: Figure | None
    latest_number: Figure | None
    source: Source | None
    change: Change
    comparison: Comparison
    target: TargetStanding
    places: Places | None

    @property
    def previous(self) -> Figure | None:
        return self.change.previous

    @property
    def attributes(self) -> SafeString:
        """What a program reads at the element that shows the standing."""
        return data_attributes(
            self.latest or no_figure(self.series),
            trend=self.trend,
            comparison=self.comparison.word,
            target_status=self.target.word,
            change=self.change.direction,
            judgement=self.change.judgement,
        )

    @property
    def trend(self) -> str:
        """Of the words that the contract has for a trend none is claimed: no change is tested for chance."""
        return "not tested"


def standing(
    figures: Figures,
    indicator: Indicator,
    area: Area,
    *,
    breakdown: str = "",
    nation: Area | None,
    peers: Sequence[Area] = (),
    aim: Aim | None = None,
    today: date,
) -> Standing:
    """`nation` is the one the area lies in, None for a nation itself. `peers` are the areas to show beside it."""
    series, stick = figures.of(indicator, area, breakdown), yardstick(indicator)
    national = figures.of(indicator, nation, breakdown) if nation else None
    latest, number = series.newest, series.newest_number
    return Standing(
        series=series,
        yardstick=stick,
        latest=figure(series, latest, stick) if latest else None,
        latest_number=figure(series, number, stick) if number and number is not latest else None,
        source=latest.source if latest else None,
        change=change(series, stick),
        comparison=comparison(latest, national, nation.name if nation else "", stick),
        target=target_standing(aim or Aim(), series, stick, today),
        places=places(
            (area.name, series),
            [(peer.name, figures.of(indicator, peer, breakdown)) for peer in peers],
            (nation.name, national) if nation else None,
            stick,
        ),
    )


def places(
    own: tuple[str, Series],
    peers: Sequence[tuple[str, Series]],
    nation: tuple[str, Series] | None,
    stick: Yardstick,
) -> Places | None:
    """The area among its peers, for the period of its newest number or else the latest that two of them have.

    None where there is nothing to set side by side: counts follow the size of the areas.
    """
    if not peers or stick.is_count:
        return None
    period = shared_period(own[1], [series for _name, series in peers])
    if period is None:
        return None
    found = [place for name, series in peers if (place := _place(name, series, period, stick))]
    this = _place(*own, period, stick, is_this=True)
    shown = sorted([*found, this] if this else found, key=lambda place: (place.value, place.name))
    return Places(period.label, tuple(shown), _place(*nation, period, stick) if nation else None)


def shared_period(own: Series, peers: Sequence[Series]) -> Period | None:
    """The period of its own newest number if another has that too, otherwise the latest that any two have."""
    newest = own.newest_number
    if newest and any((point := peer.at(newest.period)) and point.is_number for peer in peers):
        return newest.period
    counts = Counter(point.period for series in (own, *peers) for point in series.points if point.is_number)
    return max((period for period, count in counts.items() if count > 1), default=None)


def _place(name: str, series: Series, period: Period, stick: Yardstick, *, is_this: bool = False) -> Place | None:
    point = series.at(period)
    if point is None or not point.is_number:
        return None
    return Place(name, point.value, stick.text(point.value), is_this)
