"""The page of one fact: every version, from which file and row, and what became of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators import uploads
from indicators.models import Upload
from outcomes.models import Measure
from partnerships.models import Partnership
from tests.indicators.hiding import ruled
from tests.reading import page
from tests.uploading import publish

NORTHSHIRE, ASHBY, ENGLAND = "E10000099", "E07000901", "E92000001"
ADDRESS = "/northshire/indicators/school-ready/history/"
FACT = {"area": NORTHSHIRE, "period": "2023"}


def versions(found) -> list:
    """The versions on the page, in its order."""
    return found.find("li", class_="app-version")


def withdraw(world, upload, by="stella"):
    return uploads.withdraw(upload=upload, by=world.user(by))


def test_every_version_stands_there_newest_first(world, client):
    publish(world, f"school-ready,{NORTHSHIRE},2023,68.1 [r],64,71,2043,3000,,Revised", file_name="revised.csv")
    publish(world, f"school-ready,{NORTHSHIRE},2023,c", file_name="final.csv")
    final, revised, first = versions(page(client.get(ADDRESS, FACT)))
    assert [one.one("span", class_="app-figure")["data-value"] for one in (final, revised, first)] == [
        "",
        "68.1",
        "67.5",
    ]
    assert final.one("span", class_="app-figure")["data-marker"] == "c"
    assert "stands now" in final.text
    assert "68.1% → suppressed" in final.text
    assert "Replaced by final.csv on" in revised.text
    assert "67.5% → 68.1% , up 0.6 percentage points (0.9% more)" in revised.text
    for words in ("revised", "64.0 to 71.0", "2 043 of 3 000", "Note Revised", "revised.csv , row 2"):
        assert words in revised.text
    assert "The first version." in first.text
    assert "northshire.csv , row 7" in first.text
    assert "revision" not in first.text


def test_a_withdrawn_version_says_so_and_the_one_before_stands_again(world, client):
    mistake = publish(world, f"school-ready,{NORTHSHIRE},2023,6.75", file_name="mistake.csv")
    withdraw(world, mistake)
    gone, back = versions(page(client.get(ADDRESS, FACT)))
    assert "Withdrawn on" in gone.text
    assert "Stands again since" in back.text
    assert "until mistake.csv replaced it" in back.text


def test_the_newest_period_is_shown_where_none_is_named(world, client):
    publish(world, f"school-ready,{ASHBY},2025,71")
    found = page(client.get(ADDRESS, {"area": ASHBY}))
    assert versions(found)[0].one("span", class_="app-figure")["data-period"] == "2025"
    # The main area where none is named either.
    assert versions(page(client.get(ADDRESS)))[0].one("span", class_="app-figure")["data-area"] == NORTHSHIRE


def test_a_group_is_another_fact(world, client):
    query = {"area": NORTHSHIRE, "breakdown": "deprivation: Third"}
    found = page(client.get("/northshire/indicators/healthy-teeth/history/", query))
    assert [one.one("span", class_="app-figure")["data-value"] for one in versions(found)] == ["79"]


@pytest.mark.parametrize("period", ["2023", "2023-01-01/2023-12-31", " 2023 "])
def test_a_period_is_named_by_its_label_or_its_days(world, client, period):
    assert len(versions(page(client.get(ADDRESS, FACT | {"period": period})))) == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"period": "when it rained"}, "The period “when it rained” cannot be read"),
        ({"period": "1999"}, "No file that was published here has given a figure of Northshire for 1999."),
        ({"breakdown": "sex: Purple"}, "No file that was published here has given a figure of Northshire."),
        ({"breakdown": "\0"}, "History of a figure"),
        ({"period": "\0"}, "cannot be read"),
        ({"as_known_on": "nonsense"}, "“nonsense” is not a day"),
        ({"as_known_on": "2999-01-01"}, "1 January 2999 has not come yet."),
    ],
)
def test_what_cannot_be_shown_is_answered_with_a_sentence(world, client, query, words):
    assert words in page(client.get(ADDRESS, query)).text


@pytest.mark.parametrize("area", ["E06000099", "E12000098", "x"])
def test_an_area_that_is_not_the_partnerships_is_not_found(world, client, area):
    assert client.get(ADDRESS, {"area": area}).status_code == 404


def test_an_indicator_that_the_partnership_does_not_use_is_not_found(world, client):
    Measure.objects.filter(indicator__code="wellbeing-score").update(retired_at=timezone.now())
    assert client.get("/northshire/indicators/wellbeing-score/history/").status_code == 404


def test_the_public_sees_file_publisher_and_date_and_members_also_who(world, client):
    withdraw(world, publish(world, f"school-ready,{NORTHSHIRE},2023,6.75", file_name="mistake.csv"))
    for person in ("anonymous", "charlie"):
        world.sign_in(client, person)
        found = page(client.get(ADDRESS, FACT))
        assert "mistake.csv" in found.text
        assert "Ministry of Examples" in found.text
        assert "Stella" not in found.one("main").text
        assert not [link for link in found.find("a") if "/uploads/" in link["href"]]
    world.sign_in(client, "bob")
    gone, first = versions(page(client.get(ADDRESS, FACT)))
    assert "by Stella." in gone.text
    assert first.find("a", href=f"/northshire/uploads/{Upload.objects.get(file_name='northshire.csv').pk}/")


def test_the_file_of_a_private_partnership_is_not_named(world, client):
    """Southtown, which is private, brought the nation's figure before Northshire replaced it."""
    first = world.upload()
    publish(world, f"school-ready,{ENGLAND},2023,70")
    Upload.objects.filter(pk=first.pk).update(partnership=Partnership.objects.get(slug="southtown"))
    for person in ("anonymous", "alice", "stella"):
        world.sign_in(client, person)
        ours, theirs = versions(page(client.get(ADDRESS, {"area": ENGLAND, "period": "2023"})))
        assert "northshire.csv" not in theirs.text
        assert "a file of another partnership" in theirs.text
        assert "Stella" not in theirs.text
        assert "more.csv" in ours.text


def test_the_version_that_stood_on_a_day_is_marked_and_links_keep_the_day(world, client):
    first = world.upload()
    earlier = timezone.now() - timedelta(days=10)
    Upload.objects.filter(pk=first.pk).update(published_at=earlier)
    publish(world, f"school-ready,{NORTHSHIRE},2023,68.1")
    day = timezone.localdate(earlier + timedelta(days=2)).isoformat()
    found = page(client.get(ADDRESS, FACT | {"as_known_on": day}))
    assert ["stood on" in one.text for one in versions(found)] == [False, True]
    assert "Drawn as it was known on" in found.text
    back = found.one("p", class_="app-known-on__back").one("a")["href"]
    assert back == f"{ADDRESS}?area={NORTHSHIRE}&period=2023"
    kept = [link["href"] for link in found.find("a") if f"as_known_on={day}" in link["href"]]
    assert any(link.startswith("/northshire/indicators/school-ready/?") for link in kept)
    assert any(link.startswith("/northshire/dashboard/E10000099/?") for link in kept)


def test_the_indicator_page_and_the_dashboard_lead_to_it(world, client):
    found = page(client.get("/northshire/indicators/healthy-teeth/", {"breakdown": "deprivation: Third"}))
    link = next(link["href"] for link in found.find("a") if "/history/" in link["href"])
    assert len(versions(page(client.get(link)))) == 1
    found = page(client.get(f"/northshire/dashboard/{ASHBY}/"))
    link = next(link["href"] for link in found.find("a") if "/school-ready/history/" in link["href"])
    shown = versions(page(client.get(link)))[0].one("span", class_="app-figure")
    assert (shown["data-area"], shown["data-period"]) == (ASHBY, "2023")


@pytest.mark.parametrize("person", ["anonymous", "bob", "stella"])
@pytest.mark.parametrize("query", [{}, FACT])
def test_nine_queries_suffice_for_one_version_and_for_many(
    world, client, person, query, django_assert_max_num_queries, django_assert_num_queries
):
    world.sign_in(client, person)
    with django_assert_max_num_queries(9) as few:
        client.get(ADDRESS, query)
    for value in range(60, 70):
        publish(world, f"school-ready,{NORTHSHIRE},2023,{value}", file_name=f"{value}.csv")
    with django_assert_num_queries(len(few)):
        assert len(versions(page(client.get(ADDRESS, query)))) == 11


def test_the_versions_of_a_hidden_fact_say_neither_what_they_are_nor_what_they_changed(world, client):
    """Not even whether it is a revision: two versions that say the same read as two that differ."""
    ruled("school-ready")
    publish(world, f"school-ready,{ASHBY},2023,7.5,5,10,3,40,,Three children")
    publish(world, f"school-ready,{ASHBY},2023,10,7,12,4,40,,Four children")
    shown = page(client.get(ADDRESS, {"area": ASHBY, "period": "2023"}))
    found = versions(shown)
    assert len(found) == 3
    for one in found:
        assert one.one("span", class_="app-figure")["data-marker"] == "c"
        assert "Hidden, as the figure is." in one.text
        assert "children" not in one.text
        assert "limits" not in one.text
    assert "revision" not in shown.one("header", class_="app-page-head").text
