"""Who may see and change what: the rules themselves. tests/test_walk.py walks every address by them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from partnerships import access, urls
from partnerships.access import Level, SignInNeeded


def who(world, person):
    return AnonymousUser() if person == "anonymous" else world.user(person)


@pytest.mark.parametrize(
    ("person", "northshire", "southtown"),
    [
        ("anonymous", Level.ANYONE, Level.STRANGER),
        ("charlie", Level.ANYONE, Level.ADMINISTRATOR),
        ("bob", Level.BOARD, Level.STRANGER),
        ("olive", Level.OFFICER, Level.STRANGER),
        ("alice", Level.ADMINISTRATOR, Level.STRANGER),
        ("stella", Level.STEWARD, Level.STEWARD),
    ],
)
def test_what_each_person_is_to_a_public_and_a_private_partnership(world, person, northshire, southtown):
    assert access.level_of(who(world, person), world.partnership()) == northshire
    assert access.level_of(who(world, person), world.partnership("southtown")) == southtown


@pytest.mark.parametrize("slug", ["southtown", "nowhere"])
def test_a_private_partnership_and_none_are_refused_alike(world, slug):
    partnership = world.partnership(slug) if slug == "southtown" else None
    with pytest.raises(SignInNeeded):
        access.judge(AnonymousUser(), partnership, Level.ANYONE)
    with pytest.raises(Http404):
        access.judge(world.user("alice"), partnership, Level.ANYONE)


def test_a_stranger_to_a_public_partnership_is_not_told_what_members_have(world):
    with pytest.raises(Http404):
        access.judge(world.user("charlie"), world.partnership(), Level.BOARD)


def test_a_member_below_the_level_needed_is_denied(world):
    with pytest.raises(PermissionDenied):
        access.judge(world.user("bob"), world.partnership(), Level.OFFICER)


@pytest.mark.parametrize(
    ("level", "member", "updates", "administers", "steward"),
    [
        (Level.ANYONE, False, False, False, False),
        (Level.BOARD, True, False, False, False),
        (Level.OFFICER, True, True, False, False),
        (Level.ADMINISTRATOR, True, True, True, False),
        (Level.STEWARD, True, True, True, True),
    ],
)
def test_each_level_may_do_what_the_lower_ones_may(level, member, updates, administers, steward):
    rights = access.Access(level)
    assert (rights.is_member, rights.may_update, rights.may_administer, rights.is_steward) == (
        member, updates, administers, steward,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("person", "slugs"),
    [
        ("anonymous", ["northshire"]),
        ("bob", ["northshire"]),
        ("charlie", ["northshire", "southtown"]),
        ("stella", ["northshire", "southtown"]),
    ],
)
def test_who_may_know_of_which_partnership(world, person, slugs):
    visible = access.visible_partnerships(who(world, person))
    assert sorted(visible.values_list("slug", flat=True)) == slugs


def test_the_view_gets_the_partnership_and_the_rights(world, rf):
    @access.requires(Level.BOARD)
    def view(request, partnership, number):
        return HttpResponse(f"{partnership.slug} {number} {request.access.level.name} {request.partnership.slug}")

    request = rf.get("/")
    request.user = world.user("olive")
    assert view(request, partnership="northshire", number=7).content == b"northshire 7 OFFICER northshire"


def test_the_way_to_sign_in_leads_back(world, client):
    response = client.get("/southtown/members/?page=2")
    assert response.headers["Location"] == "/accounts/login/?next=/southtown/members/%3Fpage%3D2"


@pytest.mark.parametrize("pattern", urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_every_view_here_says_who_may_open_it(pattern):
    assert pattern.callback.access_level in Level


@pytest.mark.parametrize("word", ["indicators", "admin", "static", "feedback"])
def test_the_first_words_of_other_addresses_are_no_partnerships(word):
    assert not any(pattern.resolve(f"{word}/members/") for pattern in urls.urlpatterns)
