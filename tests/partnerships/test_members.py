"""Members are added, changed and removed by one writer, which never leaves a partnership without an administrator."""

import pytest
from django.contrib.admin.models import LogEntry

from partnerships import members
from partnerships.models import Membership, Organisation, Role, User


def add(world, email="dora@example.org", *, slug="northshire", by="alice", role=Role.OFFICER, **fields):
    return members.add(
        partnership=world.partnership(slug), email=email, name="Dora", role=role, by=world.user(by), **fields
    )


def membership(world, person):
    return world.user(person).memberships.get()


def test_somebody_new_gets_an_account_without_a_password(world):
    added = add(world)
    assert added.is_new_account
    assert added.membership.user.name == "Dora"
    assert not added.membership.user.has_usable_password()


def test_somebody_with_an_account_keeps_it_whatever_the_letters_of_the_address(world):
    added = add(world, "CHARLIE@Example.org")
    assert not added.is_new_account
    assert added.membership.user == world.user("charlie")
    assert added.membership.user.name == "Charlie"
    assert User.objects.filter(email__iexact="charlie@example.org").count() == 1


def test_a_member_is_not_added_twice(world):
    with pytest.raises(members.MembershipRefused, match="already a member"):
        add(world, "Bob@example.org")


def test_a_closed_account_is_not_added(world):
    User.objects.filter(email="charlie@example.org").update(is_active=False)
    with pytest.raises(members.MembershipRefused, match="closed"):
        add(world, "charlie@example.org")


def test_an_invitation_of_one_partnership_does_not_open_another(world):
    add(world, slug="southtown", by="charlie")
    with pytest.raises(members.MembershipRefused, match="still to set a password"):
        add(world)


def test_a_member_speaks_for_an_organisation_of_the_same_partnership_only(world):
    own = Organisation.objects.get(code="northshire-nhs")
    foreign = Organisation.objects.get(code="southtown-council")
    assert add(world, organisation=own).membership.organisation == own
    with pytest.raises(members.MembershipRefused, match="organisation of this partnership"):
        add(world, "emil@example.org", organisation=foreign)
    with pytest.raises(members.MembershipRefused, match="organisation of this partnership"):
        members.change(
            membership=membership(world, "bob"), role=Role.BOARD, organisation=foreign, by=world.user("alice")
        )


def test_a_role_is_changed(world):
    bob = membership(world, "bob")
    members.change(membership=bob, role=Role.OFFICER, organisation=None, by=world.user("alice"))
    assert membership(world, "bob").role == Role.OFFICER


def test_the_only_administrator_stays_one(world):
    alice = membership(world, "alice")
    with pytest.raises(members.MembershipRefused, match="only administrator"):
        members.change(membership=alice, role=Role.BOARD, organisation=None, by=world.user("stella"))
    with pytest.raises(members.MembershipRefused, match="only administrator"):
        members.remove(membership=alice, by=world.user("stella"))
    assert membership(world, "alice").role == Role.ADMINISTRATOR


def test_one_of_two_administrators_may_go(world):
    members.change(
        membership=membership(world, "olive"), role=Role.ADMINISTRATOR, organisation=None, by=world.user("alice")
    )
    members.remove(membership=membership(world, "alice"), by=world.user("alice"))
    assert not world.user("alice").memberships.exists()


def test_an_administrator_whose_account_is_closed_does_not_count(world):
    add(world, role=Role.ADMINISTRATOR)
    User.objects.filter(email="dora@example.org").update(is_active=False)
    with pytest.raises(members.MembershipRefused, match="only administrator"):
        members.remove(membership=membership(world, "alice"), by=world.user("alice"))


def test_what_the_database_says_counts_not_what_was_read_earlier(world):
    """Two administrators with the same two pages open remove each other."""
    olive = membership(world, "olive")
    members.change(membership=olive, role=Role.ADMINISTRATOR, organisation=None, by=world.user("alice"))
    seen_by_olive, seen_by_alice = membership(world, "alice"), membership(world, "olive")
    members.remove(membership=seen_by_olive, by=world.user("olive"))
    with pytest.raises(members.MembershipRefused, match="only administrator"):
        members.remove(membership=seen_by_alice, by=world.user("alice"))


def test_removing_keeps_the_account_and_what_was_entered(world):
    members.remove(membership=membership(world, "olive"), by=world.user("alice"))
    assert world.user("olive").is_active
    assert world.user("olive").status_updates.exists()


def test_every_change_is_logged_with_its_author(world):
    LogEntry.objects.all().delete()
    added = add(world).membership
    members.change(membership=added, role=Role.BOARD, organisation=None, by=world.user("alice"))
    members.remove(membership=added, by=world.user("alice"))
    members.set_visibility(partnership=world.partnership(), is_public=False, by=world.user("alice"))
    logged = LogEntry.objects.order_by("pk").values_list("user__name", "change_message")
    assert list(logged) == [
        ("Alice", "Added as officer."),
        ("Alice", "Made board member."),
        ("Alice", "Removed from Northshire."),
        ("Alice", "Made private."),
    ]


def test_without_its_log_no_change_stands(world, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(members, "_log", fail)
    with pytest.raises(RuntimeError):
        add(world)
    with pytest.raises(RuntimeError):
        members.set_visibility(partnership=world.partnership(), is_public=False, by=world.user("alice"))
    assert not User.objects.filter(email="dora@example.org").exists()
    assert world.partnership().is_public


def test_a_link_is_handed_out_only_for_an_account_that_is_new_and_nothing_elsewhere(world):
    added = add(world).membership
    assert members.may_hand_out_link(added)
    assert not members.may_hand_out_link(membership(world, "bob"))
    elsewhere = Membership.objects.create(
        user=added.user, partnership=world.partnership("southtown"), role=Role.ADMINISTRATOR
    )
    assert not members.may_hand_out_link(added)
    elsewhere.delete()
    User.objects.filter(pk=added.user.pk).update(is_steward=True)
    assert not members.may_hand_out_link(Membership.objects.get(pk=added.pk))


# The pages


def test_an_administrator_adds_a_member_and_is_shown_a_link_once(world, client):
    world.sign_in(client, "alice")
    data = {"email": "dora@example.org", "name": "Dora", "role": "officer", "organisation": ""}
    response = client.post("/northshire/members/new/", data)
    assert response.status_code == 200
    link = response.context["link"]
    assert link in response.text
    assert link not in client.get("/northshire/members/").text
    assert client.get(link, follow=True).context["validlink"]


def test_a_refusal_keeps_what_was_typed_and_says_why_beside_the_field(world, client):
    world.sign_in(client, "alice")
    data = {"email": "bob@example.org", "name": "Bobby", "role": "officer"}
    response = client.post("/northshire/members/new/", data)
    assert "already a member" in response.text
    assert 'value="Bobby"' in response.text
    response = client.post("/northshire/members/new/", {"email": "no address", "name": "", "role": "king"})
    assert set(response.context["form"].errors) == {"email", "name", "role"}
    assert 'value="no address"' in response.text
    assert "Enter a whole email address" in response.text


def test_an_officer_reads_the_members_and_sees_nothing_to_press(world, client):
    world.sign_in(client, "olive")
    page = client.get("/northshire/members/").text
    assert "alice@example.org" in page
    assert "/members/new/" not in page
    assert "/remove/" not in page


def test_nobody_of_another_partnership_is_listed(world, client):
    world.sign_in(client, "alice")
    assert "charlie@example.org" not in client.get("/northshire/members/").text


def test_a_membership_of_another_partnership_is_not_found_under_this_one(world, client):
    world.sign_in(client, "alice")
    foreign = membership(world, "charlie").pk
    for page in ("", "remove/", "link/"):
        assert client.post(f"/northshire/members/{foreign}/{page}").status_code == 404
    assert world.user("charlie").memberships.exists()


def test_a_member_is_removed_after_asking(world, client):
    world.sign_in(client, "alice")
    address = f"/northshire/members/{membership(world, 'bob').pk}/remove/"
    assert "Remove Bob from" in client.get(address).text
    assert world.user("bob").memberships.exists()
    assert client.post(address).headers["Location"] == "/northshire/members/"
    assert not world.user("bob").memberships.exists()


def test_the_page_says_why_the_only_administrator_cannot_go(world, client):
    world.sign_in(client, "alice")
    number = membership(world, "alice").pk
    response = client.post(f"/northshire/members/{number}/remove/")
    assert response.status_code == 409
    assert "only administrator" in response.text
    response = client.post(f"/northshire/members/{number}/", {"role": "board"})
    assert "only administrator" in response.text


def test_making_a_partnership_private_hides_it_at_once(world, client):
    world.sign_in(client, "alice")
    client.post("/northshire/members/visibility/", {"is_public": "False"})
    client.logout()
    assert client.get("/northshire/").status_code == 302
    world.sign_in(client, "charlie")
    assert client.get("/northshire/").status_code == 404


def test_a_visibility_that_is_neither_changes_nothing(world, client):
    world.sign_in(client, "alice")
    client.post("/northshire/members/visibility/", {"is_public": "maybe"})
    assert world.partnership().is_public


def test_another_link_only_while_there_is_no_password(world, client):
    world.sign_in(client, "alice")
    added = add(world).membership
    assert "/accounts/set-password/" in client.post(f"/northshire/members/{added.pk}/link/").context["link"]
    bob = membership(world, "bob").pk
    assert client.post(f"/northshire/members/{bob}/link/").headers["Location"] == f"/northshire/members/{bob}/"
