"""The home of the site and of a partnership, and the frame around every page."""

import re
from html.parser import HTMLParser

import pytest
from django.db import DatabaseError
from django.test import override_settings

from actions.models import Status
from outcomes.models import Strategy
from partnerships import access
from partnerships.models import Partnership, User
from partnerships.views import overview, pages

PAGES = [
    ("anonymous", "/"),
    ("anonymous", "/northshire/"),
    ("anonymous", "/accounts/login/"),
    ("anonymous", "/feedback/"),
    ("bob", "/accounts/password/"),
    ("bob", "/northshire/members/"),
    ("alice", "/northshire/members/new/"),
    ("alice", "/northshire/feedback/"),
    ("anonymous", "/northshire/comparators/"),
    ("olive", "/northshire/comparators/new/"),
    ("charlie", "/southtown/"),
]


TABLES = ["area", "comparatorset", "document", "feedback", "meeting", "membership", "organisation", "partnership"]


class Page(HTMLParser):
    """What the frame promises of a page: elements by name, and attributes that the security policy would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _attributes in self.tags)


@pytest.mark.parametrize(("person", "address"), PAGES)
def test_every_page_has_its_frame(world, client, person, address):
    world.sign_in(client, person)
    response = client.get(address)
    page = Page(response.text)
    assert response.status_code == 200
    assert page.count("h1") == page.count("main") == page.count("header") == page.count("footer") == 1
    assert ("html", {"class": "govuk-template", "lang": "en-gb"}) in page.tags
    assert 'href="#main"' in response.text
    assert "Open Government Licence" in response.text


@pytest.mark.parametrize(("person", "address"), PAGES)
def test_nothing_inline_that_the_security_policy_refuses(world, client, person, address):
    world.sign_in(client, person)
    response = client.get(address)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    for tag, attributes in Page(response.text).tags:
        assert tag != "style"
        assert tag != "script" or "src" in attributes or attributes.get("type") == "application/json"
        assert not [name for name in attributes if name == "style" or name.startswith("on")], (tag, attributes)


def test_the_title_says_page_partnership_and_site(world, client):
    world.sign_in(client, "bob")
    title = re.search("<title>(.*?)</title>", client.get("/northshire/members/").text)[1]
    assert title == "Members – Northshire – Outcomes framework"


def test_the_title_says_when_a_form_was_refused(world, client):
    title = re.search("<title>(.*?)</title>", client.post("/feedback/", {}).text)[1]
    assert title.startswith("Error: ")


def test_the_navigation_marks_where_you_are_and_shows_what_you_may_open(world, client):
    public = client.get("/northshire/").text
    assert re.search(r'aria-current="true"><strong[^>]*>Overview', public)
    assert "/northshire/uploads/" not in public
    world.sign_in(client, "bob")
    assert 'href="/northshire/members/"' in client.get("/northshire/").text


def test_home_lists_what_the_visitor_may_know_of(world, client):
    assert "Northshire" in client.get("/").text
    assert "Southtown" not in client.get("/").text
    world.sign_in(client, "charlie")
    page = client.get("/")
    assert "Southtown" in page.text
    assert [one.slug for one in page.context["own"]] == ["southtown"]


def test_home_without_partnerships_says_what_would_be_there(world, client):
    Partnership.objects.update(is_public=False)
    assert "No partnerships to show yet" in client.get("/").text


def test_a_welsh_name_stands_beside_and_says_its_language(world, client):
    Partnership.objects.filter(slug="northshire").update(name_cy="Swydd y Gogledd")
    assert '<p class="app-welsh" lang="cy">Swydd y Gogledd</p>' in client.get("/").text
    assert 'lang="cy">Swydd y Gogledd' in client.get("/northshire/").text


def test_parts_stand_under_the_partnership_they_are_part_of(world):
    north, south = world.partnership(), world.partnership("southtown")
    Partnership.objects.filter(pk=south.pk).update(parent=north)
    (group,) = overview.grouped(Partnership.objects.all())
    assert (group.head, group.members) == (north, (south,))
    (alone,) = overview.grouped(Partnership.objects.filter(pk=south.pk))
    assert (alone.head, alone.members) == (None, (south,))


def test_a_private_parent_is_not_named_to_strangers(world, client):
    Partnership.objects.filter(slug="northshire").update(parent=world.partnership("southtown"))
    assert "Southtown" not in client.get("/northshire/").text
    assert "Southtown" not in client.get("/").text
    world.sign_in(client, "charlie")
    assert "Southtown" in client.get("/northshire/").text


def test_a_partnership_shows_its_plans_its_areas_and_what_is_new(world, client):
    page = client.get("/northshire/")
    assert [strategy.slug for strategy in page.context["strategies"]] == ["start-well"]
    assert [area.name for area in page.context["others"]] == ["Ashby", "Birkdale", "Cotterham"]
    assert "figures from northshire.csv" in page.text


def test_the_public_sees_figures_published_and_members_also_who_reported_what(world):
    public = overview.changes(world.partnership(), to_members=False)
    assert [(one.by, one.url) for one in public] == [("", "")]
    members = overview.changes(world.partnership(), to_members=True)
    assert [one.by for one in members] == ["Olive", "Stella"]
    assert (members[0].detail, members[0].status) == ("reported", Status.AT_RISK)
    assert members[0].url == "/northshire/actions/safer-sleep/?strategy=start-well"


def test_a_partnership_without_plans_says_who_can_load_one(world, client):
    world.sign_in(client, "stella")
    Partnership.objects.create(slug="newplace", name="New place", short_name="New place", area=world.partnership().area)
    page = client.get("/newplace/").text
    assert "No plans yet" in page
    assert "/newplace/strategies/load/" in page


@pytest.mark.parametrize("person", ["anonymous", "alice", "stella"])
def test_home_takes_as_many_queries_for_many_partnerships(world, client, person, django_assert_max_num_queries):
    for number in range(20):
        Partnership.objects.create(
            slug=f"more-{number}", name="More", short_name="More", area=world.partnership().area, is_public=True
        )
    world.sign_in(client, person)
    with django_assert_max_num_queries(5):
        client.get("/")


@pytest.mark.parametrize("more", [0, 15])
@pytest.mark.parametrize(("person", "most"), [("anonymous", 6), ("bob", 9), ("stella", 8)])
def test_a_partnership_takes_as_many_queries_for_many_plans(
    world, client, person, most, more, django_assert_max_num_queries
):
    for number in range(more):
        Strategy.objects.create(partnership=world.partnership(), slug=f"more-{number}", title="More", vision="More")
    world.sign_in(client, person)
    with django_assert_max_num_queries(most):
        client.get("/northshire/")


def test_healthz_says_ok_when_the_database_answers(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")


def test_healthz_says_503_when_it_does_not(client, monkeypatch):
    class Dead:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(pages, "connection", Dead())
    assert client.get("/healthz").status_code == 503


def test_an_unknown_address_gets_a_page_that_leads_on(world, client):
    response = client.get("/northshire/no-such-page/")
    assert response.status_code == 404
    assert "Page not found" in response.text


def test_a_reader_is_told_that_the_role_does_not_open_the_page(world, client):
    world.sign_in(client, "bob")
    response = client.get("/northshire/members/new/")
    assert response.status_code == 403
    assert "Your role does not open this page" in response.text


@override_settings(DEBUG=False)
def test_a_fault_is_answered_with_a_page_that_needs_nothing(client, monkeypatch, db):
    def fail(user):
        raise RuntimeError

    monkeypatch.setattr(access, "visible_partnerships", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong" in response.text


# The administration site


@pytest.mark.parametrize("model", [*TABLES, "user"])
def test_every_table_of_who_and_where_can_be_looked_through(world, client, model):
    world.sign_in(client, "stella")
    assert client.get(f"/admin/partnerships/{model}/?q=north").status_code == 200


def test_a_steward_opens_a_person_a_place_and_a_partnership(world, client):
    world.sign_in(client, "stella")
    partnership = world.partnership()
    for model, key in [("user", world.user("bob").pk), ("area", partnership.area_id), ("partnership", partnership.pk)]:
        assert client.get(f"/admin/partnerships/{model}/{key}/change/").status_code == 200
        assert client.get(f"/admin/partnerships/{model}/add/").status_code == 200


def test_an_account_made_by_a_steward_has_no_password_until_its_link_is_used(world, client):
    world.sign_in(client, "stella")
    client.post("/admin/partnerships/user/add/", {"email": "dora@example.org", "name": "Dora"})
    dora = User.objects.get(email="dora@example.org")
    assert not dora.has_usable_password()
    chosen = {"action": "show_links", "_selected_action": dora.pk}
    assert "/accounts/set-password/" in client.post("/admin/partnerships/user/", chosen, follow=True).text
    response = client.post("/admin/partnerships/user/add/", {"email": "DORA@example.org", "name": "Dora"})
    assert "There is an account with this email address." in response.text


def test_what_cannot_be_read_is_answered_with_a_page_of_the_site(client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "This could not be read" in response.text
