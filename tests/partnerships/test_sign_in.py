"""Signing in and out, passwords, and the demonstration accounts on the sign-in page."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from partnerships import demonstration, invitations
from partnerships.lockout import account_tried
from partnerships.models import User
from tests.universe import PASSPHRASE

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def sign_in(client, email="bob@example.org", word=PASSPHRASE, **data):
    return client.post(LOGIN, {"username": email, "password": word, **data})


def test_email_and_password_open_the_site_in_any_case_of_letters(world, client):
    assert sign_in(client, "Bob@Example.org").status_code == 302
    assert client.get("/").context["user"] == world.user("bob")


def test_a_wrong_password_keeps_the_address_and_says_so(world, client):
    response = sign_in(client, word="wrong")
    assert response.status_code == 200
    assert 'value="bob@example.org"' in response.text
    assert "There is a problem" in response.text


def test_a_closed_account_does_not_open(world, client):
    User.objects.filter(email="bob@example.org").update(is_active=False)
    assert sign_in(client).status_code == 200


def test_the_page_asked_for_follows_but_never_another_site(world, client):
    assert sign_in(client, next="/northshire/actions/").headers["Location"] == "/northshire/actions/"
    client.logout()
    assert sign_in(client, next="https://example.com/").headers["Location"] == "/"


def test_the_visit_before_this_one_is_remembered(world, client):
    sign_in(client)
    assert client.session["previous_visit"] is None
    before = world.user("bob").last_login
    client.logout()
    sign_in(client)
    assert client.session["previous_visit"] == before.isoformat()
    assert world.user("bob").last_login > before


def test_ten_failures_shut_the_account_from_that_place_even_to_the_right_password(world, client):
    for _attempt in range(9):
        assert sign_in(client, word="wrong").status_code == 200
    response = sign_in(client, word="wrong")
    assert response.status_code == 429
    assert "Try again in 15 minutes" in response.text
    assert sign_in(client).status_code == 429


@pytest.mark.parametrize("address", [LOGIN, "/admin/login/"])
def test_failures_count_together_however_the_address_is_spelt(world, client, address):
    spellings = ("bob@example.org", "BOB@example.org", "boB@Example.Org", " bob@example.org ")
    for attempt in range(9):
        client.post(address, {"username": spellings[attempt % len(spellings)], "password": "wrong"})
    assert client.post(address, {"username": "bOb@example.org", "password": "wrong"}).status_code == 429
    assert sign_in(client).status_code == 429


@pytest.mark.parametrize("address", [LOGIN, "/admin/login/"])
def test_an_address_longer_than_any_account_has_is_merely_wrong(world, client, address):
    assert client.post(address, {"username": "ß" * 3000, "password": "wrong"}).status_code == 200


def test_a_letter_with_the_same_capital_is_no_other_account():
    assert account_tried(None, {"username": "off\u0131ce@example.org"}) == "office@example.org"
    assert account_tried(None, {}) == ""


def test_a_shut_account_shuts_no_other_and_nobody_elsewhere(world, client):
    for _attempt in range(10):
        sign_in(client, word="wrong")
    assert sign_in(client, "olive@example.org").status_code == 302
    client.logout()
    elsewhere = client.post(LOGIN, {"username": "bob@example.org", "password": PASSPHRASE}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_signing_out_takes_a_post(world, client):
    world.sign_in(client, "bob")
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).headers["Location"] == "/"
    assert not client.get("/").context["user"].is_authenticated


def test_demonstration_accounts_are_shown_only_while_debugging_and_only_those_made(world, client, settings):
    first = demonstration.DEMO_ACCOUNTS[1]
    User.objects.create_user(first.email, demonstration.DEMO_SIGN_IN_WORD, name=first.name)
    settings.DEBUG = False
    assert demonstration.DEMO_SIGN_IN_WORD not in client.get(LOGIN).text
    settings.DEBUG = True
    page = client.get(LOGIN).text
    assert first.email in page
    assert demonstration.DEMO_SIGN_IN_WORD in page
    assert demonstration.DEMO_ACCOUNTS[2].email not in page


def test_the_demonstration_has_a_steward_and_three_people_in_each_of_four_partnerships():
    emails = {account.email for account in demonstration.DEMO_ACCOUNTS}
    wanted = {"steward@example.org"}
    for slug in ("lancashire", "argyll-bute", "thurrock", "wales"):
        wanted |= {f"{role}.{slug}@example.org" for role in ("officer", "board", "admin")}
    assert emails == wanted


def test_a_password_is_changed_by_whoever_knows_it(world, client):
    world.sign_in(client, "bob")
    new = "quite another phrase"
    data = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert client.post(reverse("password_change"), data).status_code == 200
    response = client.post(reverse("password_change"), data | {"old_password": PASSPHRASE}, follow=True)
    assert "Your password is changed" in response.text
    assert world.user("bob").check_password(new)


def test_a_link_sets_a_password_once(world, client, rf):
    user = User.objects.create_user("dora@example.org", None, name="Dora")
    link = invitations.link_to_set_password(user, rf.get("/"))
    page = client.get(link, follow=True)
    assert "dora@example.org" in page.text
    word = "one more long phrase"
    response = client.post(page.redirect_chain[-1][0], {"new_password1": word, "new_password2": word})
    assert response.headers["Location"] == LOGIN
    assert sign_in(client, "dora@example.org", word).status_code == 302
    client.logout()
    assert "no longer works" in client.get(link, follow=True).text


def test_a_weak_password_is_refused_with_the_reason(world, client, rf):
    user = User.objects.create_user("dora@example.org", None, name="Dora")
    page = client.get(invitations.link_to_set_password(user, rf.get("/")), follow=True)
    response = client.post(page.redirect_chain[-1][0], {"new_password1": "short", "new_password2": "short"})
    assert "too short" in response.text


def test_a_made_up_link_says_that_it_does_not_work(client, db):
    response = client.get("/accounts/set-password/MQ/made-up/")
    assert response.status_code == 200
    assert "This link no longer works" in response.text
