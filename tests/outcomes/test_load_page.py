"""The page that loads a strategy file: first what would change, then that and nothing else; and the file given out."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from outcomes.models import Element, Strategy
from outcomes.views import loading as view
from partnerships.models import Organisation
from partnerships.yamlfile import MAX_BYTES
from tests.outcomes.bad_files import BAD, FILE, GOOD, UNKNOWN
from tests.outcomes.test_loading import TEXT, nothing_written

ADDRESS = "/northshire/strategies/load/"


@pytest.fixture
def alice(world, client) -> Client:
    world.sign_in(client, "alice")
    return client


def choose(client: Client, content: str | bytes, *, address: str = ADDRESS):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(address, {"file": SimpleUploadedFile(FILE, data)})


def seen(response) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', response.content.decode())[1]


def words(response) -> str:
    """The text of a page in one line, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_address_is_not_that_of_a_strategy():
    assert reverse("strategy-load", args=["northshire"]) == ADDRESS


@pytest.mark.parametrize(
    ("person", "status"), [("alice", 200), ("stella", 200), ("olive", 403), ("bob", 403), ("charlie", 404)]
)
def test_only_an_administrator_loads(world, client, person, status):
    world.sign_in(client, person)
    assert client.get(ADDRESS).status_code == status
    with nothing_written():
        assert choose(client, GOOD).status_code == status


def test_a_visitor_is_sent_to_sign_in(world, client):
    assert client.get(ADDRESS).url.startswith("/accounts/login/")
    with nothing_written():
        assert choose(client, GOOD).url.startswith("/accounts/login/")


def test_the_page_offers_the_files_as_they_stand(alice):
    page = alice.get(ADDRESS)
    assert 'href="/northshire/strategies/start-well/file.yaml"' in page.content.decode()
    assert "You first see what the file would add, change, move and retire." in words(page)


def test_a_file_is_shown_before_it_is_loaded_and_loaded_as_shown(alice):
    changed = (
        TEXT.replace("A healthy start", "A good start")
        .replace("  - {code: children-first, text: Children first}\n", "  - {code: fun, text: Fun}\n")
        .replace("due_on: 2027-07-31", "due_on: 2027-08-31")
    )
    with nothing_written():
        preview = choose(alice, changed)
    assert preview.status_code == 200
    assert "Added: 1" in words(preview)
    assert "Changed: 2" in words(preview)
    assert "Retired: 1" in words(preview)
    assert "Title: A healthy start → now A good start" in words(preview)
    assert "Due on: 31 July 2027 → now 31 August 2027" in words(preview)
    assert "28 things stay as they are." in words(preview)

    loaded = alice.post(ADDRESS, {"seen": seen(preview)}, follow=True)
    assert loaded.redirect_chain == [("/northshire/strategies/start-well/", 302)]
    assert "Loaded: Start Well in Northshire" in words(loaded)
    assert Element.objects.get(code="healthy-start").title == "A good start"


def test_a_new_strategy_is_named_as_new(alice):
    preview = choose(alice, GOOD)
    assert "This is a new strategy of the partnership." in words(preview)
    alice.post(ADDRESS, {"seen": seen(preview)})
    assert Strategy.objects.filter(slug="new-plan").exists()


def test_a_file_that_changes_nothing_has_nothing_to_load(alice):
    preview = choose(alice, TEXT)
    assert "Nothing: the strategy already says what the file says." in words(preview)
    assert "Load this file" not in words(preview)


def test_what_is_left_out_for_now_is_said(alice):
    preview = choose(alice, GOOD.replace("serves: [first]", "serves: [southtown/later#goal]"))
    assert (
        "Line 45: That strategy is not loaded yet: the link is left out. Load this file again when it is."
        " (southtown/later#goal)" in words(preview)
    )


@pytest.mark.parametrize("name", BAD | UNKNOWN)
def test_a_bad_file_is_refused_with_every_line_and_nothing_is_written(alice, name):
    content, expected = (BAD | UNKNOWN)[name]
    with nothing_written():
        page = choose(alice, content)
    assert page.status_code == 400
    assert "The file" in words(page)
    if "larger than 1 MB" not in expected:
        problem = page.context["problems"][0]
        assert str(problem).startswith(expected) or name == "a partnership from nowhere"
        assert str(problem.line or "") in words(page)


def test_a_bad_file_lists_all_its_errors(alice):
    page = choose(alice, GOOD.replace("code: second", "code: first").replace("2029-03-31", "2020-03-31"))
    text = words(page)
    assert "Nothing was loaded: the file has 3 errors" in text
    assert "8 ends_on This is not after the day on which the strategy starts. 2020-03-31" in text
    assert "42 code This stands here twice, first in line 13. first" in text
    assert "Error: Load a strategy file" in text, "the title says so too"


def test_no_file_is_asked_for(alice):
    page = alice.post(ADDRESS, {})
    assert page.status_code == 400
    assert "Choose a strategy file" in words(page)


def test_a_file_beyond_the_limit_is_not_read(alice):
    page = choose(alice, b"#" * (MAX_BYTES + 1))
    assert page.status_code == 400
    assert "The file is larger than 1 MB, the most that is read" in words(page)


def test_a_file_of_exactly_the_limit_can_be_loaded(alice):
    content = GOOD + "#" * (MAX_BYTES - len(GOOD.encode()))
    preview = choose(alice, content)
    assert alice.post(ADDRESS, {"seen": seen(preview)}).status_code == 302


def test_the_file_of_another_partnership_is_refused(world, client):
    world.sign_in(client, "charlie")
    with nothing_written():
        page = choose(client, GOOD, address="/southtown/strategies/load/")
    assert page.status_code == 400
    assert "2 partnership This file is for another partnership: here it must be “southtown”. northshire" in words(page)


def test_the_file_shown_for_one_partnership_is_not_loaded_into_another(world, client):
    world.sign_in(client, "stella")
    preview = choose(client, GOOD)
    with nothing_written():
        page = client.post("/southtown/strategies/load/", {"seen": seen(preview)})
    assert page.status_code == 400
    assert "This file is for another partnership" in words(page)


def test_something_that_changed_since_is_shown_again(alice):
    preview = choose(alice, TEXT.replace("A healthy start", "A good start"))
    Element.objects.filter(code="ready-to-learn").update(title="Ready to play")
    with nothing_written():
        again = alice.post(ADDRESS, {"seen": seen(preview)})
    assert "Something has changed since you looked." in words(again)
    assert "Title: Ready to play → now Ready to learn" in words(again)
    assert alice.post(ADDRESS, {"seen": seen(again)}).status_code == 302


def test_the_file_of_another_window_is_not_loaded_instead(alice):
    first = choose(alice, TEXT.replace("A healthy start", "A good start"))
    choose(alice, GOOD)
    with nothing_written():
        again = alice.post(ADDRESS, {"seen": seen(first)})
    assert "Something has changed since you looked." in words(again)
    assert "A new plan" in words(again)


def test_a_file_that_became_wrong_since_is_refused(alice):
    preview = choose(alice, GOOD)
    Organisation.objects.filter(code="northshire-nhs").update(code="nhs-of-northshire")
    with nothing_written():
        page = alice.post(ADDRESS, {"seen": seen(preview)})
    assert page.status_code == 400
    assert "32 owner The partnership has no organisation with this code." in words(page)


def test_a_preview_that_is_gone_is_asked_for_again(alice):
    preview = choose(alice, GOOD)
    alice.post(ADDRESS, {"seen": seen(preview)})
    again = alice.post(ADDRESS, {"seen": seen(preview)}, follow=True)
    assert view.KEPT_FILE not in alice.session
    assert "There is no file to load any more. Choose it again." in words(again)


def test_words_of_a_file_are_shown_as_words(alice):
    page = choose(alice, GOOD.replace("title: A new plan", "title: <script>alert(1)</script>"))
    assert b"<script>alert" not in page.content
    assert b"&lt;script&gt;alert(1)" in page.content


def test_an_administrator_gets_the_whole_file(alice):
    response = alice.get("/northshire/strategies/start-well/file.yaml")
    assert response["Content-Disposition"] == 'attachment; filename="northshire-start-well.yaml"'
    assert response["Content-Type"] == "application/yaml; charset=utf-8"
    assert b"olive@example.org" in response.content
    assert b"southtown/growing-up#every-child" in response.content
    assert "Nothing: the strategy already says" in words(choose(alice, response.content))


@pytest.mark.parametrize("person", ["anonymous", "bob", "charlie"])
def test_anybody_gets_the_file_without_what_is_not_for_everybody(world, client, person):
    world.sign_in(client, person)
    content = client.get("/northshire/strategies/start-well/file.yaml").content.decode()
    assert "title: Start Well in Northshire" in content
    assert "@" not in content
    assert ("southtown/" in content) == (person == "charlie"), "a member of Southtown may know of it"


def test_the_file_of_a_private_partnership_is_not_given_out(world, client):
    address = "/southtown/strategies/growing-up/file.yaml"
    assert client.get(address).url.startswith("/accounts/login/")
    world.sign_in(client, "bob")
    assert client.get(address).status_code == 404
    world.sign_in(client, "charlie")
    assert client.get(address).status_code == 200


def test_there_is_no_file_of_a_strategy_that_is_not(alice):
    assert alice.get("/northshire/strategies/none/file.yaml").status_code == 404
