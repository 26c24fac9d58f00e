"""Every page of figures, and every download, as it was known on a day.

The world's figures were published ten days ago here; since then one was revised and one added.
"""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from indicators import knownon, uploads
from indicators.models import Upload
from tests.reading import page
from tests.uploading import publish

NORTHSHIRE, ASHBY = "E10000099", "E07000901"
DASHBOARD, MATRIX = f"/northshire/dashboard/{NORTHSHIRE}/", "/northshire/matrix/"
PLAN, INDICATOR = "/northshire/strategies/start-well/", "/northshire/indicators/school-ready/"
SPINE = f"/northshire/spine/{NORTHSHIRE}/"
PAGES = (DASHBOARD, MATRIX, PLAN, INDICATOR, SPINE)
FILES = (f"{DASHBOARD}values.csv", f"{INDICATOR}values.csv")
# The pages that draw figures: a link to one of these keeps the day.
DRAWN = (
    *("/dashboard/", "/matrix/", "/strategies/start-well/", "/indicators/school-ready/", "values.csv", "/history/"),
    *("/spine/", "/map/", "/scatter/"),
)
NOT_DRAWN = ("/glossary/", "/documents/", "/file.yaml", "/targets/")


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


@pytest.fixture
def revised(world):
    """67.5 ten days ago, 68.5 five days ago and a figure for 2024, all withdrawn two days ago and 69.5 since."""
    moment = timezone.now()
    Upload.objects.filter(pk=world.upload().pk).update(published_at=moment - timedelta(days=10))
    second = publish(world, f"school-ready,{NORTHSHIRE},2023,68.5", f"school-ready,{NORTHSHIRE},2024,70")
    uploads.withdraw(upload=second, by=world.user("stella"))
    Upload.objects.filter(pk=second.pk).update(
        published_at=moment - timedelta(days=5), closed_at=moment - timedelta(days=2)
    )
    publish(world, f"school-ready,{NORTHSHIRE},2023,69.5", by="stella")
    return world


def values(found) -> set[str]:
    """What the page shows of school-ready in Northshire."""
    return {one["data-value"] for one in found.find(data_indicator="school-ready", data_area=NORTHSHIRE)}


@pytest.mark.parametrize("address", [DASHBOARD, MATRIX, PLAN, SPINE])
@pytest.mark.parametrize(
    ("days", "value"), [(20, None), (10, "67.5"), (7, "67.5"), (5, "70"), (3, "70"), (1, "67.5"), (0, "69.5")]
)
def test_a_page_shows_what_was_known_at_the_end_of_the_day(revised, client, address, days, value):
    found = page(client.get(address, {"as_known_on": days_ago(days)}))
    assert values(found) - {""} == ({value} if value else set())
    assert "Drawn as it was known on" in found.one("div", class_="app-known-on").text


@pytest.mark.parametrize(
    ("days", "shown"), [(20, set()), (7, {"67.5"}), (3, {"68.5", "70"}), (1, {"67.5"}), (0, {"69.5"})]
)
def test_the_indicator_page_shows_all_its_periods_as_known(revised, client, days, shown):
    found = page(client.get(INDICATOR, {"as_known_on": days_ago(days)}))
    assert values(found) & {"67.5", "68.5", "69.5", "70"} == shown


@pytest.mark.parametrize("address", FILES)
@pytest.mark.parametrize(("days", "line"), [(7, "2023,67.5,"), (3, "2023,68.5,"), (1, "2023,67.5,"), (0, "2023,69.5,")])
def test_a_download_holds_what_was_known_and_says_so_in_its_name(revised, client, address, days, line):
    response = client.get(address, {"as_known_on": days_ago(days)})
    assert f"school-ready,{NORTHSHIRE},{line}" in b"".join(response.streaming_content).decode()
    assert f"-as-known-on-{days_ago(days)}.csv" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_now_has_neither_banner_nor_day(revised, client, address):
    found = page(client.get(address))
    assert not found.find("div", class_="app-known-on")
    assert not [link for link in found.find("a") if "as_known_on" in link["href"]]
    assert found.one("input", name="as_known_on").attributes.get("value", "") == ""


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("person", ["anonymous", "alice"])
def test_links_to_figures_keep_the_day_and_one_leads_back_to_now(revised, client, address, person):
    day = days_ago(7)
    revised.sign_in(client, person)
    found = page(client.get(address, {"as_known_on": day}))
    links = [link["href"] for link in found.find("a") if not link["href"].startswith("/accounts/")]
    drawn = [link for link in links if any(part in link for part in DRAWN) and not link.endswith(NOT_DRAWN)]
    back = found.one("p", class_="app-known-on__back").one("a")["href"]
    assert back.rstrip("?") == address
    assert drawn.count(back) == 1
    drawn.remove(back)
    assert len(drawn) >= 5
    assert not [link for link in drawn if parse_qs(urlsplit(link).query).get("as_known_on") != [day]]
    assert found.one("input", name="as_known_on")["value"] == day


@pytest.mark.parametrize("typed", ["31/01/2026", "2026-02-30", "2999-01-01", "\0", "0", "-1", "2026-01-31T10:00"])
@pytest.mark.parametrize("address", PAGES)
def test_a_day_that_cannot_be_is_answered_with_a_sentence_and_what_is_known_now(revised, client, address, typed):
    found = page(client.get(address, {"as_known_on": typed}))
    alert = found.one("p", role="alert").text
    assert "The page shows what is known now." in alert
    assert "69.5" in values(found)
    assert not found.find("div", class_="app-known-on")
    assert not [link for link in found.find("a") if "/history/" in link["href"] and "known" in link["href"]]


@pytest.mark.parametrize(("file", "address"), [(FILES[0], DASHBOARD), (FILES[1], INDICATOR)])
def test_a_download_of_a_day_that_cannot_be_leads_to_the_page_that_says_so(revised, client, file, address):
    """Rather than hand out figures of now under another name."""
    response = client.get(file, {"as_known_on": "31/01/2026", "strategy": "start-well"}, follow=True)
    assert response.request["PATH_INFO"] == address
    assert "“31/01/2026” is not a day" in page(response).text


@pytest.mark.parametrize("typed", ["0001-01-01", "1066-10-14"])
@pytest.mark.parametrize("address", PAGES)
def test_a_day_long_ago_is_a_day(revised, client, address, typed):
    assert page(client.get(address, {"as_known_on": typed})).find("div", class_="app-known-on")


@pytest.mark.parametrize("address", PAGES)
def test_a_day_keeps_to_the_budget(revised, client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address, {"as_known_on": days_ago(3)})


def test_nothing_typed_is_no_day():
    assert knownon.day_typed("") == (None, "")
    assert knownon.KnownOn().file_suffix == ""
