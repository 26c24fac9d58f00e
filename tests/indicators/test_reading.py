"""Narrow reading must come to what the whole series says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators import periods, reading
from indicators.models import Indicator, Upload
from partnerships.models import Area
from tests.uploading import publish

NORTHSHIRE, ASHBY, BIRKDALE = "E10000099", "E07000901", "E07000902"


@pytest.fixture
def everything(world):
    return [(one, "") for one in Indicator.objects.all()], list(Area.objects.all())


def days_ago(days: int):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def revised(world):
    """Figures of nine days ago, one of them corrected since, and one more."""
    Upload.objects.update(published_at=timezone.now() - timedelta(days=9))
    publish(world, f"school-ready,{ASHBY},2023,70.1", f"school-ready,{ASHBY},2024,c")


@pytest.mark.parametrize("day", [None, days_ago(3)])
def test_the_newest_fact_is_the_last_of_the_series(revised, everything, day):
    asked, areas = everything
    whole = reading.read([one for one, _text in asked], areas, breakdowns={""}, known_on=day)
    newest = reading.read_newest(asked, areas, known_on=day)
    assert newest.series.keys() == whole.series.keys()
    assert all(one.points == (whole.series[key].newest,) for key, one in newest.series.items())


@pytest.mark.parametrize("day", [None, days_ago(3)])
def test_what_stands_beside_a_fact_is_of_its_period_or_else_the_newest(revised, everything, day):
    asked, areas = everything
    whole = reading.read([one for one, _text in asked], areas, breakdowns={""}, known_on=day)
    period = periods.read("2023")
    beside = reading.read_beside([(one, text, period) for one, text in asked], areas, known_on=day)
    assert beside.series.keys() == whole.series.keys()
    for key, one in beside.series.items():
        wanted = whole.series[key].at(period) or whole.series[key].newest
        assert wanted in one.points


def test_without_a_period_the_newest_stands_beside(revised, everything):
    asked, areas = everything
    newest = reading.read_newest(asked, areas)
    assert reading.read_beside([(one, text, None) for one, text in asked], areas).series == newest.series


def test_three_queries_read_what_is_narrow(everything, django_assert_num_queries):
    asked, areas = everything
    with django_assert_num_queries(3):
        reading.read_newest(asked, areas)
    with django_assert_num_queries(3):
        reading.read_beside([(one, text, periods.read("2023")) for one, text in asked], areas)


def test_nothing_asked_is_nothing_read(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not reading.read_newest([], list(Area.objects.none())).series
        assert not reading.read_beside([], []).series
