"""Did you find what you were looking for? Asked on every page, answered in 250 characters, by nobody in particular."""

import pytest
from django.core.cache import cache

from partnerships import feedback
from partnerships.models import Feedback

PAGE = "/northshire/dashboard/E10000099/?strategy=start-well"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def answer(client, found="no", why="", page=PAGE, **extra):
    return client.post("/feedback/", {"page": page, "found": found, "why": why}, **extra)


def test_every_page_asks(world, client):
    page = client.get("/northshire/").text
    assert "Did you find what you were looking for?" in page
    assert 'name="page" value="/northshire/"' in page
    assert 'data-maxlength="250"' in page


def test_an_answer_is_kept_with_its_page_and_its_partnership(world, client):
    response = answer(client, why="I wanted Ashby.")
    assert response.headers["Location"].startswith("/feedback/?thanks=1&page=")
    kept = Feedback.objects.get()
    assert (kept.page, kept.found, kept.why) == (PAGE, False, "I wanted Ashby.")
    assert kept.partnership == world.partnership()
    thanks = client.get(response.headers["Location"]).text
    assert "Thank you" in thanks
    assert f'href="{PAGE}"' in thanks


def test_yes_keeps_no_reason(world, client):
    answer(client, found="yes", why="typed and then thought better of")
    assert Feedback.objects.get().why == ""


def test_no_needs_no_reason(world, client):
    answer(client)
    assert not Feedback.objects.get().found


def test_250_characters_fit_and_251_do_not(world, client):
    answer(client, why="é" * 250)
    assert Feedback.objects.get().why == "é" * 250
    response = answer(client, why="x" * 251)
    assert response.status_code == 200
    assert "x" * 251 in response.text
    assert "Shorten this to 250 characters: it has 251." in response.text
    assert Feedback.objects.count() == 1


def test_a_line_break_counts_as_one_character(world, client):
    answer(client, why="a" * 124 + "\r\n" + "b" * 125)
    assert len(Feedback.objects.get().why) == 250


def test_neither_yes_nor_no_is_asked_again_with_the_text_kept(world, client):
    response = answer(client, found="", why="half an answer")
    assert "Choose yes or no." in response.text
    assert "half an answer" in response.text
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "page", ["https://example.com/", "//example.com/", "/\\example.com/", "javascript:alert(1)", ""]
)
def test_a_page_elsewhere_is_refused_and_never_linked_to(world, client, page):
    assert "names no page of this site" in answer(client, page=page).text
    assert not Feedback.objects.exists()
    assert 'href="/"' in client.get("/feedback/", {"thanks": 1, "page": page}).text
    assert client.get("/feedback/", {"thanks": 1, "page": page}).context["page"] == "/"


@pytest.mark.parametrize(
    ("person", "page", "slug"),
    [
        ("anonymous", "/southtown/", None),
        ("bob", "/southtown/matrix/", None),
        ("charlie", "/southtown/matrix/", "southtown"),
        ("anonymous", "/northshire?x=1", "northshire"),
        ("anonymous", "/", None),
        ("anonymous", "/indicators/", None),
    ],
)
def test_the_partnership_is_told_from_the_page_only_to_those_who_may_see_it(world, client, person, page, slug):
    world.sign_in(client, person)
    answer(client, page=page)
    kept = Feedback.objects.get().partnership
    assert (kept.slug if kept else None) == slug


def test_a_very_long_address_is_kept_without_its_question(world, client):
    answer(client, page="/northshire/matrix/?" + "x" * 600)
    assert Feedback.objects.get().page == "/northshire/matrix/"


def test_answers_from_one_place_are_limited_and_what_was_typed_is_kept(world, client):
    for _answer in range(feedback.MOST_ANSWERS):
        assert answer(client).status_code == 302
    response = answer(client, why="once more")
    assert response.status_code == 429
    assert "once more" in response.text
    assert Feedback.objects.count() == feedback.MOST_ANSWERS
    assert answer(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_the_form_can_be_opened_by_itself(client, db):
    page = client.get("/feedback/?page=/northshire/").text
    assert 'value="/northshire/"' in page


def test_administrators_read_what_was_said_about_their_partnership_alone(world, client):
    answer(client, why="I wanted Ashby.")
    answer(client, why="of the site", page="/")
    world.sign_in(client, "charlie")
    answer(client, why="of Southtown", page="/southtown/")
    world.sign_in(client, "alice")
    page = client.get("/northshire/feedback/").text
    assert "I wanted Ashby." in page
    assert "Did not: 1." in page
    assert "of the site" not in page
    assert "of Southtown" not in page


def test_a_form_without_its_token_gets_a_page_that_says_what_to_do(world, client):
    client.handler.enforce_csrf_checks = True
    response = answer(client)
    assert response.status_code == 403
    assert "This form has run out" in response.text
