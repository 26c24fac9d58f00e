"""An uploaded file that holds hidden figures, and the pages about it, for who brought it and for others."""

import pytest
from django.urls import reverse

from indicators import discretion
from partnerships import members
from tests.indicators.ground import ASHBY, BIRKDALE
from tests.indicators.hiding import COTTERHAM, COUNTY, ruled
from tests.reading import page

SMALL = (
    f"live-births,{COUNTY},2023,93",
    f"live-births,{ASHBY},2023,3",
    f"live-births,{BIRKDALE},2023,50",
    f"live-births,{COTTERHAM},2023,40",
)
SECRETS = {"93", "3", "50", "40"}


def allow(ground, who: str) -> None:
    members.set_sees_suppressed(partnership=ground.northshire, sees_suppressed=who, by=ground.people["alice"])


def births(response) -> set[str]:
    found = page(response).find(data_indicator="live-births")
    return {one["data-value"] or one["data-marker"] or one.text for one in found}


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (SMALL, {"live-births"}),
        ((f"school-ready,{ASHBY},2023,72.5",), set()),
        ((f"school-ready,{ASHBY},2023,72.5", "school-ready,Nowhere,2023,1"), {"live-births"}),
        ((f"school-ready,{ASHBY},2023,72.5", "school-ready,S12000035,2023,1"), {"live-births"}),
    ],
    ids=["of the indicator", "of others", "with a wrong row", "with a row left out"],
)
def test_a_file_is_ruled_by_what_is_in_it_and_may_be(ground, rows, codes):
    ruled()
    assert discretion.ruled_in(ground.check(*rows), ()) == codes


def test_a_file_that_was_not_checked_may_be_of_any_indicator_in_use(world, ground):
    upload = world.received("northshire")
    ruled()
    assert discretion.ruled_in(upload, ["live-births", "school-ready"]) == {"live-births"}
    assert discretion.ruled_in(upload, ["school-ready"]) == set()


def test_an_indicator_whose_rule_was_taken_away_is_ruled_while_facts_are_hidden(ground):
    ruled()
    upload = ground.publish(*SMALL)
    ruled(suppress_below=None)
    assert discretion.ruled_in(upload, ()) == {"live-births"}


@pytest.mark.parametrize("person", ["bob", "alice", "stella"])
def test_who_did_not_bring_a_file_sees_that_figures_change_but_not_how(ground, browse, person):
    ruled()
    upload = ground.check(*SMALL, f"school-ready,{ASHBY},2023,72.5")
    response = browse("upload", upload.pk, by=person)
    assert births(response) == {"not shown"}
    assert page(response).one(data_indicator="school-ready")["data-value"] == "72.5"
    assert page(response).one(class_="app-hidden")


def test_who_brought_a_file_sees_what_is_in_it_but_not_what_it_replaces(ground, browse):
    ruled()
    ground.publish(*SMALL)
    upload = ground.check(f"live-births,{ASHBY},2023,4", f"live-births,{BIRKDALE},2023,51")
    assert births(browse("upload", upload.pk)) == {"4", "51", "not shown"}


def test_withdrawing_shows_what_readers_see(ground, browse):
    ruled()
    upload = ground.publish(*SMALL)
    assert births(browse("upload", upload.pk, by="alice")) == {"93", "50", "c", "not shown"}
    browse("upload-withdraw", upload.pk, post={})
    assert births(browse("upload", upload.pk, by="bob")) == {"93", "50", "c", "not shown"}


def test_what_was_typed_in_a_wrong_row_is_not_shown(ground, browse):
    ruled()
    upload = ground.check(f"live-births,{ASHBY},2023,3.x")
    assert page(browse("upload", upload.pk, by="olive")).one("table", class_="app-problems").text.endswith("3.x")
    assert "3.x" not in browse("upload", upload.pk, by="bob").content.decode()


def test_nor_that_of_the_file_that_it_corrects(ground, browse):
    ruled()
    first = ground.check(f"live-births,{ASHBY},2023,3.x", f"live-births,{BIRKDALE},2023,5.x")
    second = ground.check(f"live-births,{ASHBY},2023,3.x", f"live-births,{BIRKDALE},2023,5", corrects=first)
    content = browse("upload", second.pk, by="bob").content.decode()
    assert "3.x" not in content
    assert "5.x" not in content


FILES = ("upload-original", "upload-errors")


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_for_who_brought_it(ground, browse, name):
    ruled()
    upload = ground.check(*SMALL, "live-births,Nowhere,2023,1")
    assert browse(name, upload.pk, by="olive").status_code == 200
    for person in ("bob", "alice", "stella"):
        response = browse(name, upload.pk, by=person)
        assert response.status_code == 302
        assert response.headers["Location"] == upload.get_absolute_url()
        shown = page(browse("upload", upload.pk, by=person))
        assert "Only who brought it" in shown.one("dl", class_="govuk-summary-list").text
        assert not [
            one for one in shown.find("a") if one["href"].endswith(reverse(name, args=["northshire", upload.pk]))
        ]


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_for_who_may_look_by_the_step_that_writes_it_down(ground, browse, client, name):
    ruled()
    upload = ground.check(*SMALL, "live-births,Nowhere,2023,1")
    allow(ground, "administrator")
    address = reverse(name, args=["northshire", upload.pk]) + "?hidden=show"
    assert browse(name, upload.pk, by="alice", query="?hidden=show").status_code == 302
    forms = page(browse("upload", upload.pk, by="alice")).find("input", name="address")
    assert address in [one["value"] for one in forms]
    response = client.post(reverse("hidden-show", args=["northshire"]), {"address": address}, follow=True)
    assert b"live-births" in response.getvalue()
    assert ground.northshire.suppressed_views.get().address == address


def test_the_page_of_the_file_is_looked_at_by_the_same_step(ground, browse, client):
    ruled()
    upload = ground.check(*SMALL)
    allow(ground, "administrator")
    shown = page(browse("upload", upload.pk, by="alice")).one(class_="app-hidden")
    address = shown.one("input", name="address")["value"]
    response = client.post(reverse("hidden-show", args=["northshire"]), {"address": address}, follow=True)
    assert births(response) == SECRETS


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_such_figures_is_for_every_member(ground, browse, name):
    ruled()
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5")
    assert browse(name, upload.pk, by="bob").status_code == 200


def test_how_a_file_is_read_is_for_who_brought_it(world, ground, browse):
    ruled()
    upload = world.received("northshire")
    assert browse("upload-mapping", upload.pk, by="stella").status_code == 200
    assert browse("upload-mapping", upload.pk, by="olive").status_code == 302


def test_the_administration_shows_what_readers_see(ground, client):
    ruled()
    upload = ground.publish(*SMALL)
    client.force_login(ground.people["stella"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("admin:indicators_value_changelist")).content.decode().count("[c]") == 2
    hidden = upload.values.get(area__code=ASHBY)
    content = client.get(reverse("admin:indicators_value_change", args=[hidden.pk])).content.decode()
    assert "[c]" in content
    assert "3.0" not in content
