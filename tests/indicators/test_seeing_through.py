"""Hidden figures on every page and in every file, and who may see them all the same, each look written down."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators import seeing, seeingthrough
from indicators.models import SuppressedView
from indicators.seeingthrough import offered_at
from partnerships import members
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, Ground
from tests.indicators.hiding import COTTERHAM, COUNTY, ruled
from tests.reading import page

SMALL = (
    f"live-births,{COUNTY},2023,93",
    f"live-births,{ASHBY},2023,3",
    f"live-births,{BIRKDALE},2023,50",
    f"live-births,{COTTERHAM},2023,40",
)
DAYS = "2023-01-01%2F2023-12-31"
PAGES = {
    "dashboard": f"/northshire/dashboard/{ASHBY}/",
    "matrix": "/northshire/matrix/",
    "indicator": f"/northshire/indicators/live-births/?area={ASHBY}",
    "history": f"/northshire/indicators/live-births/history/?area={ASHBY}&period={DAYS}",
}
FILES = {
    "dashboard-values": f"/northshire/dashboard/{ASHBY}/values.csv",
    "indicator-values": "/northshire/indicators/live-births/values.csv",
}


@pytest.fixture
def small(ground: Ground) -> Ground:
    ruled()
    ground.publish(*SMALL)
    return ground


def allow(ground: Ground, who: str) -> None:
    members.set_sees_suppressed(partnership=ground.northshire, sees_suppressed=who, by=ground.people["alice"])


def asking(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}hidden=show"


def sign_in(client: Client, ground: Ground, person: str) -> Client:
    client.force_login(ground.people[person], backend="django.contrib.auth.backends.ModelBackend")
    return client


def look(client: Client, address: str):
    """As the button does: the step that writes it down, and where it leads."""
    return client.post(reverse("hidden-show", args=["northshire"]), {"address": asking(address)}, follow=True)


def births(response) -> set[str]:
    """What a program reads of the births in Ashby in 2023: numbers and markers."""
    if response.headers["Content-Type"].startswith("text/csv"):
        rows = csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")))
        return {row["value"].strip("[]") for row in rows if row["indicator"] == "live-births" and row["area"] == ASHBY}
    found = page(response).find(data_indicator="live-births", data_area=ASHBY)
    return {one["data-value"] or one["data-marker"] for one in found}


@pytest.mark.parametrize("address", [*PAGES.values(), *FILES.values()])
@pytest.mark.parametrize("person", ["anonymous", "bob", "olive", "alice", "stella"])
@pytest.mark.parametrize("asked", [False, True])
def test_nobody_sees_a_hidden_figure_where_nobody_may(small, client, address, person, asked):
    if person != "anonymous":
        sign_in(client, small, person)
    response = client.get(asking(address) if asked else address)
    assert births(response) == {"c"}
    assert not SuppressedView.objects.exists()


@pytest.mark.parametrize("address", PAGES.values())
def test_a_page_says_that_figures_are_hidden_and_where_it_is_explained(small, client, address):
    note = page(client.get(address)).one(class_="app-hidden")
    assert "so few people" in note.text
    assert note.one("a")["href"] == "/method/#suppressed"
    assert not note.find("button")


@pytest.mark.parametrize("address", [*PAGES.values(), "/northshire/strategies/start-well/"])
def test_a_page_without_hidden_figures_says_nothing(ground, client, address):
    ruled()
    ground.publish(f"live-births,{ASHBY},2023,30")
    assert not page(client.get(address)).find(class_="app-hidden")


@pytest.mark.parametrize("address", [*PAGES.values(), *FILES.values()])
@pytest.mark.parametrize(
    ("allowed", "person", "may"),
    [
        ("nobody", "stella", False),
        ("administrator", "olive", False),
        ("administrator", "alice", True),
        ("officer", "bob", False),
        ("officer", "olive", True),
        ("officer", "alice", True),
        ("administrator", "stella", True),
    ],
)
def test_who_may_look_looks_and_it_is_written_down(small, client, address, allowed, person, may):
    allow(small, allowed)
    response = look(sign_in(client, small, person), address)
    if not may:
        assert response.status_code == 403
        assert not SuppressedView.objects.exists()
        return
    assert births(response) == {"3"}
    (viewing,) = SuppressedView.objects.all()
    assert (viewing.user, viewing.partnership, viewing.address) == (
        small.people[person], small.northshire, asking(address),
    )  # fmt: skip


def test_a_stranger_is_told_nothing(small, client):
    allow(small, "officer")
    assert look(sign_in(client, small, "charlie"), PAGES["dashboard"]).status_code == 404


@pytest.mark.parametrize("address", PAGES.values())
def test_a_page_offers_the_step_and_then_says_what_is_shown(small, client, address):
    allow(small, "officer")
    before = page(sign_in(client, small, "olive").get(address)).one(class_="app-hidden")
    assert before.one("button").text == "Show hidden figures"
    assert before.one("input", name="address")["value"] == asking(address)
    after = page(look(client, address)).one(class_="app-hidden--shown")
    assert "Hidden figures are shown." in after.text
    assert after.one("a")["href"] == address


@pytest.mark.parametrize(("name", "file"), seeingthrough.FILES.items())
def test_a_page_that_is_looked_at_offers_its_file(small, client, name, file):
    allow(small, "officer")
    sign_in(client, small, "olive")
    form = page(look(client, PAGES[name])).one(class_="app-hidden--shown").one("form")
    response = client.post(form["action"], {"address": form.one("input", name="address")["value"]}, follow=True)
    assert response.headers["Content-Type"].startswith("text/csv")
    assert births(response) == {"3"}
    assert SuppressedView.objects.count() == 2


def test_a_look_is_at_one_address_and_for_a_short_while(small, client, monkeypatch):
    allow(small, "officer")
    sign_in(client, small, "olive")
    look(client, PAGES["dashboard"])
    assert births(client.get(asking(PAGES["dashboard"]))) == {"3"}
    assert births(client.get(PAGES["dashboard"])) == {"c"}
    assert births(client.get(asking(PAGES["indicator"]))) == {"c"}
    later = timezone.now() + seeingthrough.FOR_SO_LONG + timedelta(seconds=1)
    monkeypatch.setattr("indicators.seeingthrough.timezone.now", lambda: later)
    assert births(client.get(asking(PAGES["dashboard"]))) == {"c"}


def test_a_look_ends_where_the_partnership_allows_it_no_more(small, client):
    allow(small, "officer")
    look(sign_in(client, small, "olive"), PAGES["dashboard"])
    allow(small, "nobody")
    assert births(client.get(asking(PAGES["dashboard"]))) == {"c"}


def test_a_look_ends_with_the_request():
    with seeing.looking({1}):
        assert seeing._look.get() is not None
    assert seeing._look.get() is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org/northshire/matrix/?hidden=show",
        "//example.org/northshire/matrix/?hidden=show",
        "/southtown/matrix/?hidden=show",
        "/northshire/members/?hidden=show",
        "/northshire/nowhere/?hidden=show",
    ],
)
def test_the_step_leads_only_to_pages_that_offer_it(small, client, address):
    allow(small, "officer")
    assert not offered_at(address, small.northshire)
    sign_in(client, small, "olive")
    assert client.post(reverse("hidden-show", args=["northshire"]), {"address": address}).status_code == 400
    assert not SuppressedView.objects.exists()


def test_only_areas_of_the_partnership_are_seen_through(small, client):
    """What is hidden of a nation that it compares with is not this partnership's to see."""
    small.publish(f"live-births,{ENGLAND},2023,4", by="stella")
    allow(small, "officer")
    sign_in(client, small, "olive")
    address = f"/northshire/indicators/live-births/history/?area={ENGLAND}&period={DAYS}"
    shown = page(look(client, address)).find(data_indicator="live-births", data_area=ENGLAND)
    assert {one["data-marker"] for one in shown} == {"c"}


def test_rounded_counts_are_seen_as_they_are_too(ground, client):
    ruled(suppress_below=None, round_to=10)
    ground.publish(f"live-births,{ASHBY},2023,33")
    allow(ground, "officer")
    assert births(sign_in(client, ground, "olive").get(PAGES["dashboard"])) == {"30"}
    assert births(look(client, PAGES["dashboard"])) == {"33"}


@pytest.mark.parametrize(
    "change", [lambda: SuppressedView.objects.update(address="/"), SuppressedView.objects.all().delete]
)
def test_what_was_written_down_is_not_changed_nor_taken_away(small, client, change):
    allow(small, "officer")
    look(sign_in(client, small, "olive"), PAGES["dashboard"])
    with pytest.raises(DatabaseError, match="suppressed_view_only_added_to"), transaction.atomic():
        change()


def test_an_administrator_reads_who_looked_and_says_who_may(small, client):
    allow(small, "officer")
    look(sign_in(client, small, "olive"), PAGES["dashboard"])
    log = reverse("hidden-log", args=["northshire"])
    shown = page(sign_in(client, small, "alice").get(log)).one("main")
    assert "Olive" in shown.text
    assert asking(PAGES["dashboard"]) in shown.text
    assert client.post(log, {"sees_suppressed": "everybody"}).status_code == 200
    client.post(log, {"sees_suppressed": "administrator"})
    small.northshire.refresh_from_db()
    assert small.northshire.sees_suppressed == "administrator"


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_the_same_queries_for_one_look_and_for_many(small, client, count, django_assert_max_num_queries):
    allow(small, "officer")
    sign_in(client, small, "olive")
    for _time in range(count):
        look(client, PAGES["matrix"])
    sign_in(client, small, "alice")
    with django_assert_max_num_queries(7):
        client.get(reverse("hidden-log", args=["northshire"]))
