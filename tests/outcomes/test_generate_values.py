"""The command that fills the database of a benchmark: how many, what, where it refuses, and that the pages show it."""

import io

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from indicators import reading
from indicators.models import Indicator, Upload, Value
from outcomes.madeup.definitions import Definition
from outcomes.madeup.figures import figures
from outcomes.madeup.places import COUNTY, PARTNERSHIP, places
from outcomes.management.filling import OFFICER
from outcomes.models import Measure, Target
from partnerships.models import Area, Partnership, User

MANY = 5000
DISTRICT = "MADE-UP-D1"


def generate(*options: str, values: int = MANY) -> list[str]:
    out = io.StringIO()
    call_command("generate_values", "--values", str(values), *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def filled(db) -> list[str]:
    """The world of the tests has published figures, so it takes the option."""
    return generate("--into-existing")


def made():
    return Value.objects.filter(upload__partnership__slug=PARTNERSHIP)


def test_so_many_values_as_asked_for_and_it_says_how_fast(filled):
    assert made().count() == MANY
    assert filled[-1].startswith("5,000 of 5,000 values, ")
    assert 0 < made().filter(is_current=False).count() < MANY / 20
    uploads = Upload.objects.filter(partnership__slug=PARTNERSHIP).annotate(many=Count("values"))
    assert all(upload.many == upload.figures_read for upload in uploads)


def test_a_superseded_value_has_a_current_one_that_was_published_later(filled):
    for old in made().filter(is_current=False).select_related("upload")[:20]:
        new = (
            made()
            .select_related("upload")
            .get(
                indicator=old.indicator_id,
                area=old.area_id,
                period_start=old.period_start,
                period_end=old.period_end,
                breakdown=old.breakdown,
                is_current=True,
            )
        )
        assert new.flags == "r"
        assert new.upload.published_at > old.upload.published_at


def test_what_is_read_back_is_what_was_made(filled):
    definition = Definition(0)
    indicator, county = Indicator.objects.get(code=definition.code), Area.objects.get(code=COUNTY)
    series = reading.read([indicator], [county]).of(indicator, county)
    expected = figures(definition, areas=24, seed=1)
    place = [one.code for one in places()].index(COUNTY)
    chosen = expected.is_current & (expected.area == place) & (expected.group == 0)
    in_order = np.argsort(expected.period[chosen])
    assert [point.value for point in series.points] == expected.value[chosen][in_order].tolist()
    assert [point.period for point in series.points] == list(definition.periods)


def test_the_strategy_has_sixty_measures_and_most_have_targets(filled):
    measures = Measure.objects.filter(strategy__partnership__slug=PARTNERSHIP)
    assert measures.count() == 60
    assert measures.exclude(breakdown="").exists()
    assert Target.objects.filter(measure__in=measures).values("measure").distinct().count() >= 45


@pytest.mark.parametrize(
    "address",
    [
        f"/{PARTNERSHIP}/dashboard/{DISTRICT}/",
        f"/{PARTNERSHIP}/matrix/",
        f"/{PARTNERSHIP}/indicators/made-up-1/?area={DISTRICT}",
        f"/{PARTNERSHIP}/strategies/made-up/",
    ],
)
def test_the_pages_show_it_to_anyone(filled, client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "Made-up" in response.content.decode()


def test_an_officer_of_it_can_be_signed_in_but_not_by_a_password(filled):
    officer = User.objects.get(email=OFFICER)
    assert officer.memberships.get().partnership == Partnership.objects.get(slug=PARTNERSHIP)
    assert not officer.has_usable_password()


def test_no_real_area_gets_a_made_up_figure(filled):
    assert not made().exclude(area__code__startswith="MADE-UP-").exists()


def test_beside_published_figures_it_refuses_and_says_what_to_do(world):
    with pytest.raises(CommandError, match=r"published figures of \w+.*DATABASE_URL.*--into-existing"):
        generate()
    assert not Partnership.objects.filter(slug=PARTNERSHIP).exists()


def test_twice_it_refuses_in_any_case(filled):
    with pytest.raises(CommandError, match="made-up figures already"):
        generate("--into-existing")


def test_none_are_not_made(db):
    with pytest.raises(CommandError, match="at least 1"):
        generate(values=0)
