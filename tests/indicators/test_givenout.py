"""What is given out with hidden or rounded figures can be brought back, and changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Value
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, counts
from tests.indicators.hiding import COTTERHAM, COUNTY, ruled

SMALL = (
    f"live-births,{COUNTY},2023,93",
    f"live-births,{ASHBY},2023,3",
    f"live-births,{BIRKDALE},2023,50",
    f"live-births,{COTTERHAM},2023,40",
)


def given_out(client: Client, code: str) -> bytes:
    return client.get(reverse("indicator-values", args=["northshire", code])).getvalue()


def test_a_download_with_hidden_figures_changes_nothing(ground, client):
    ruled()
    ground.publish(*SMALL)
    content = given_out(client, "live-births")
    assert content.count(b"[c]") == 2
    assert counts(ground.check(content=content)) == {"unchanged": 4}


def test_nor_that_of_a_nation_whose_figures_an_officer_may_not_change(ground, client):
    ruled()
    ground.publish(f"live-births,{ENGLAND},2023,4", by="stella")
    assert counts(ground.check(content=given_out(client, "live-births"))) == {"unchanged": 1}


def test_a_number_for_a_hidden_fact_is_a_change(ground):
    ruled()
    ground.publish(*SMALL)
    assert counts(ground.check(f"live-births,{ASHBY},2023,4")) == {"changed": 1}


def test_suppressed_by_its_publisher_is_a_change_where_the_fact_is_shown(ground):
    ruled()
    ground.publish(*SMALL)
    assert counts(ground.check(f"live-births,{BIRKDALE},2023,[c]")) == {"changed": 1}


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("live-births", [f"live-births,{ASHBY},2023,93", f"live-births,{BIRKDALE},2023,40 [p]"]),
        ("school-ready", [f"school-ready,{ASHBY},2023,62.5,50,70,27.5,44", f"school-ready,{BIRKDALE},2023,61.2"]),
        ("infant-deaths", [f"infant-deaths,{ASHBY},2021 - 23,8.1,,,33,9200"]),
    ],
)
def test_a_download_with_rounded_figures_changes_nothing(ground, client, code, rows):
    ruled(code, suppress_below=None, round_to=10)
    ground.publish(*rows)
    before = list(Value.objects.order_by("pk").values_list("value", "numerator", "denominator"))
    content = given_out(client, code)
    upload = ground.check(content=content)
    assert counts(upload) == {"unchanged": len(rows)}
    assert list(Value.objects.order_by("pk").values_list("value", "numerator", "denominator")) == before


def test_another_number_than_the_rounded_one_is_a_change(ground):
    ruled(suppress_below=None, round_to=10)
    ground.publish(f"live-births,{ASHBY},2023,93")
    assert counts(ground.check(f"live-births,{ASHBY},2023,91")) == {"changed": 1}
    assert counts(ground.check(f"live-births,{ASHBY},2023,90")) == {"unchanged": 1}
