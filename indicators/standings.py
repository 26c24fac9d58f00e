"""Asks how indicators stand in an area: reads what is needed, however many are asked for, and thinks about each.

A page asks once for all that it shows, in a fixed number of queries; nothing but `indicators.standing` thinks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from indicators import gathering, standing
from indicators.aims import Aim
from indicators.comparators import Comparator
from indicators.models import Indicator
from indicators.reading import Figures
from indicators.standing import Standing
from indicators.wholes import Whole
from partnerships.models import Area


@dataclass(frozen=True)
class Question:
    """An indicator, for whom, and what is wanted of it."""

    indicator: Indicator
    breakdown: str = ""
    aim: Aim | None = None


@dataclass(frozen=True)
class Surroundings:
    """What an area is set beside: what it is compared with (None for a nation), its peers; wholes that are summed."""

    comparator: Comparator | None = None
    peers: Sequence[Area] = ()
    wholes: Collection[Whole] = ()


@dataclass(frozen=True)
class Answers:
    """A standing for each question, in their order, and the figures that they were made from."""

    standings: tuple[Standing, ...]
    figures: Figures


def standing_of(
    question: Question, area: Area, surroundings: Surroundings, *, as_known_on: date | None = None, today: date
) -> Standing:
    """How one indicator stands in an area, now or as it was known at the end of a day. At most seven queries."""
    return standings([question], area, surroundings, as_known_on=as_known_on, today=today).standings[0]


def standings(
    questions: Sequence[Question],
    area: Area,
    surroundings: Surroundings,
    *,
    as_known_on: date | None = None,
    today: date,
) -> Answers:
    """The same for many at once, in as many queries; four more where the peers have wholes among them."""
    figures = _figures(questions, area, surroundings, as_known_on)
    found = tuple(
        standing.standing(
            figures,
            one.indicator,
            area,
            breakdown=one.breakdown,
            benchmark=standing.benchmark_of(figures, one.indicator, surroundings.comparator, one.breakdown),
            peers=surroundings.peers,
            aim=one.aim,
            today=today,
        )
        for one in questions
    )
    return Answers(found, figures)


def _figures(
    questions: Sequence[Question], area: Area, surroundings: Surroundings, as_known_on: date | None
) -> Figures:
    """The whole series of the area; of its peers and what it is compared with the facts that stand beside its own."""
    indicators, breakdowns = {one.indicator for one in questions}, {one.breakdown for one in questions}
    wholes, comparator = surroundings.wholes, surroundings.comparator
    own = gathering.full(indicators, [area], wholes, breakdowns=breakdowns, known_on=as_known_on)
    facts = set()
    for one in questions:
        number = own.of(one.indicator, area, one.breakdown).newest_number
        facts.add((one.indicator, one.breakdown, number.period if number else None))
    others = [*surroundings.peers, *(comparator.areas if comparator else ())]
    return gathering.beside(facts, others, wholes, known_on=as_known_on).joined(own)
