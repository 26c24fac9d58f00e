"""Figures of wholes come with those of other areas, however narrowly these are read."""

import pytest

from indicators import gathering
from indicators.models import Indicator
from indicators.territory import Territory, territory_of
from indicators.wholes import Whole
from partnerships.models import Area

DISTRICTS = ("E07000901", "E07000902", "E07000903")


@pytest.fixture
def ready(world) -> Indicator:
    return Indicator.objects.get(code="school-ready")


@pytest.fixture
def territory(world) -> Territory:
    """Northshire's, with its three districts as one board."""
    return territory_of(world.partnership())


@pytest.fixture
def board(territory) -> Whole:
    parts = tuple(territory.find(code) for code in DISTRICTS)
    return Whole(Area(pk=0, code="FOOTPRINT", name="Together"), parts)


def test_a_whole_is_summed_from_its_parts(ready, board):
    series = gathering.full([ready], [board.area], [board]).of(ready, board.area)
    newest = series.newest
    assert (newest.numerator, newest.denominator) == (870 + 660 + 496, 3000)
    assert newest.value == pytest.approx(100 * 2026 / 3000)


def test_its_parts_are_not_among_what_was_asked_narrowly(ready, board):
    figures = gathering.newest([(ready, "")], [board.area], [board])
    assert {key[1] for key in figures.series} == {"FOOTPRINT"}


def test_a_whole_stands_beside_others(ready, board, territory):
    county = territory.footprint[0]
    own = gathering.full([ready], [county], [])
    facts = [(ready, "", own.of(ready, county).newest.period)]
    figures = gathering.beside(facts, [board.area, *board.parts], [board])
    assert figures.of(ready, board.area).at(facts[0][2]).numerator == 2026
    assert len(figures.of(ready, board.parts[0]).points) == 1


def test_without_wholes_nothing_more_is_asked(ready, territory, django_assert_num_queries):
    with django_assert_num_queries(3):
        gathering.newest([(ready, "")], territory.footprint, [])
