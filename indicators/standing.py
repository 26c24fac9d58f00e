"""How an indicator stands in an area. Every page that shows a figure asks here; the database is asked by `reading`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.safestring import SafeString

from indicators.aims import Aim
from indicators.comparators import Comparator, series_of
from indicators.estimates import Interval, interval, interval_text
from indicators.fifths import fifth
from indicators.figures import Figure, Yardstick, data_attributes, figure, no_figure
from indicators.judgement import Benchmark, Change, Comparison, change, comparison, comparison_sentence
from indicators.models import Indicator
from indicators.paths import TargetStanding, target_standing
from indicators.periods import Period
from indicators.reading import Figures, yardstick
from indicators.series import Series, Source
from indicators.signals import Signal, signal
from indicators.wording import gettext as _
from partnerships.models import Area


class Place(NamedTuple):
    """One area of a strip of areas; `is_this` marks the one that the page is about. A tuple: a page has a thousand."""

    name: str
    value: float
    text: str
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """The figures of an area and its peers for one period, in the order of their values.

    `rank` of the area among them, best first ("2=" where another has the same), and its `fifth` in words: both empty
    where it has no figure; no fifth where fewer than five differ.
    """

    period: str
    places: tuple[Place, ...]
    benchmark: Place | None
    rank: str = ""
    fifth: str = ""

    @property
    def rank_text(self) -> str:
        """ "3 of 12, better fifth"."""
        if not self.rank:
            return ""
        text = _("%(rank)s of %(count)d") % {"rank": self.rank, "count": len(self.places)}
        return f"{text}, {self.fifth}" if self.fifth else text


@dataclass(frozen=True, slots=True)
class Standing:
    """Latest is the newest fact, perhaps that there is no number; `latest_number` is then the newest number, if any.

    `margin` is the 95% interval of the newest fact: as published, or computed from its counts.
    """

    series: Series
    yardstick: Yardstick
    latest: Figure | None
    latest_number: Figure | None
    margin: Interval | None
    source: Source | None
    change: Change
    signal: Signal
    comparison: Comparison
    target: TargetStanding
    places: Places | None

    @property
    def margin_text(self) -> str:
        """ "65.6% to 67.2%"."""
        return interval_text(self.margin, self.yardstick) if self.margin else ""

    @property
    def comparison_sentence(self) -> str:
        return comparison_sentence(self.comparison, self.yardstick)

    @property
    def attributes(self) -> SafeString:
        """What a program reads at the element that shows the standing."""
        return data_attributes(
            self.latest or no_figure(self.series),
            trend=self.signal.word,
            method=self.signal.method,
            comparison=self.comparison.word,
            target_status=self.target.word,
            change=self.change.direction,
        )


def standing(
    figures: Figures,
    indicator: Indicator,
    area: Area,
    *,
    breakdown: str = "",
    benchmark: Benchmark | None,
    peers: Sequence[Area] = (),
    aim: Aim | None = None,
    today: date,
) -> Standing:
    """How the indicator stands in the area; the figures were read before, for as many standings as a page needs.

    `benchmark` is what the area is compared with, None for a nation itself. `peers` are the areas to show beside it.
    """
    series, stick = figures.of(indicator, area, breakdown), yardstick(indicator)
    latest, number = series.newest, series.newest_number
    return Standing(
        series=series,
        yardstick=stick,
        latest=figure(series, latest, stick) if latest else None,
        latest_number=figure(series, number, stick) if number and number is not latest else None,
        margin=interval(latest, stick) if latest else None,
        source=latest.source if latest else None,
        change=change(series, stick),
        signal=signal(series, stick),
        comparison=comparison(latest, benchmark, stick),
        target=target_standing(aim or Aim(), series, stick, today),
        places=places(
            (area.name, series),
            [(peer.name, figures.of(indicator, peer, breakdown)) for peer in peers],
            benchmark,
            stick,
        ),
    )


def benchmark_of(
    figures: Figures, indicator: Indicator, comparator: Comparator | None, breakdown: str = ""
) -> Benchmark | None:
    """What the indicator is compared with: the figures of the comparator, or of a set their average."""
    if comparator is None:
        return None
    series = series_of(comparator, lambda area: figures.of(indicator, area, breakdown), yardstick(indicator))
    return Benchmark(comparator.full_name, series, comparator.kind)


def national(figures: Figures, indicator: Indicator, area: Area, breakdown: str = "") -> Benchmark | None:
    """The nation that the area lies in, which is what it is compared with unless something else is asked for."""
    return beside(area.nation(), figures, indicator, breakdown)


def beside(nation: Area | None, figures: Figures, indicator: Indicator, breakdown: str = "") -> Benchmark | None:
    """The same where the nation is known already; None for a nation itself."""
    return Benchmark(nation.name, figures.of(indicator, nation, breakdown), "nation") if nation else None


def places(
    own: tuple[str, Series], peers: Sequence[tuple[str, Series]], benchmark: Benchmark | None, stick: Yardstick
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
    beside = _place(benchmark.name, benchmark.series, period, stick) if benchmark else None
    if this is None:
        return Places(period.label, tuple(shown), beside)
    values = [stick.shown(place.value) for place in shown]
    return Places(period.label, tuple(shown), beside, *_order(stick.shown(this.value), values, stick))


def _order(value: float, values: Sequence[float], stick: Yardstick) -> tuple[str, str]:
    """The rank, best first (highest first where no direction is good), and the fifth; equal values are in the same."""
    in_order = sorted(values, reverse=stick.polarity != "low")
    rank = f"{in_order.index(value) + 1}{'=' if in_order.count(value) > 1 else ''}"
    return rank, fifth(value, values, stick.polarity)[1]


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
