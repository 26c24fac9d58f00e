"""The pages of the sets of areas that a partnership compares with."""

import re

import pytest
from django.urls import reverse

from partnerships import areas
from partnerships.models import Area, ComparatorSet
from tests.partnerships.sets import YAML

ASHBY, BIRKDALE, COTTERHAM, NORTHSHIRE, SOUTHTOWN = "E07000901", "E07000902", "E07000903", "E10000099", "E06000099"
LIST = "/northshire/comparators/"
NEW = "/northshire/comparators/new/"
OLDER = YAML.replace(b'"2024"', b'"2021"').replace(b"2024-05-01", b"2021-04-01")
TYPED = {"area": ASHBY, "title": "Coast", "members": [BIRKDALE, COTTERHAM], "note": "By the sea."}


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def sets() -> list[tuple[str, str, list[str]]]:
    return [
        (one.area.name, one.title, [member.area.name for member in one.members.select_related("area")])
        for one in ComparatorSet.objects.order_by("pk")
    ]


def test_an_officer_makes_a_set_and_everybody_who_may_see_the_partnership_reads_it(world, client):
    world.sign_in(client, "olive")
    response = client.post(NEW, TYPED, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert sets() == [("Ashby", "Coast", ["Birkdale", "Cotterham"])]
    assert "Made: Coast" in text_of(response)
    assert "For Ashby · last saved on" in text_of(response)
    world.sign_in(client, "anonymous")
    text = text_of(client.get(LIST))
    assert "Birkdale Cotterham By the sea." in text


def test_who_saved_a_set_is_for_members_to_read(world, client):
    world.comparator_set(by="olive")
    for person, reads in (("anonymous", False), ("charlie", False), ("bob", True)):
        world.sign_in(client, person)
        assert ("by Olive" in text_of(client.get(LIST))) == reads


def test_the_sets_of_publishers_stand_with_their_version_and_which_of_them_is_used(world, client):
    areas.load(files={"2024.yaml": YAML, "2021.yaml": OLDER})
    text = text_of(client.get(LIST))
    assert "Neighbours, May 2024 For Northshire · version 2024 · Used today Southtown Ashby" in text
    assert "Neighbours, April 2021 For Northshire · version 2021 · Not used today" in text
    assert text.index("May 2024") < text.index("April 2021")


def test_a_set_of_another_partnership_is_not_listed_even_for_an_area_of_both(world, client):
    world.partnership("southtown").footprint.add(Area.objects.get(code=NORTHSHIRE))
    world.comparator_set("northshire", title="Ours")
    world.sign_in(client, "stella")
    assert "Ours" not in client.get("/southtown/comparators/").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"members": [BIRKDALE]}, "Choose at least two areas."),
        ({"members": []}, "Choose at least two areas."),
        ({"members": [BIRKDALE, ASHBY]}, "Ashby is not compared with itself: leave it out."),
        ({"members": [NORTHSHIRE, BIRKDALE]}, "Birkdale lies in Northshire: leave out one of the two."),
        ({"members": [BIRKDALE, "X1"]}, "There is no area X1 here. Choose among those listed."),
        ({"title": ""}, "Enter a title."),
        ({"title": "x" * 201}, "Shorten this to 200 characters: it has 201."),
        ({"area": SOUTHTOWN}, "Choose an area of this partnership."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world, client, changed, sentence):
    world.sign_in(client, "olive")
    response = client.post(NEW, TYPED | changed)
    assert sentence in text_of(response)
    assert "There is a problem" in response.text
    assert "By the sea." in response.text
    assert sets() == []
    for code in (TYPED | changed)["members"]:
        assert code == "X1" or re.search(f'value="{code}" checked', response.text)


def test_a_second_set_of_one_title_for_an_area_is_refused(world, client):
    world.sign_in(client, "olive")
    client.post(NEW, TYPED)
    assert "Ashby has a set with this title already." in text_of(client.post(NEW, TYPED | {"title": "coast"}))


def test_the_areas_to_choose_stand_by_region_without_those_that_have_ended(world, client):
    world.sign_in(client, "olive")
    response = client.get(NEW, {"area": BIRKDALE})
    groups = re.findall(r'app-choose__legend">([^<]+)<', response.text)
    assert groups == ["Nations and regions", "Far North"]
    assert "Oldham Vale" not in response.text
    assert f'<option value="{BIRKDALE}" selected>' in response.text


def test_a_set_is_changed_with_what_it_had_ticked_even_an_area_that_has_ended(world, client):
    made = world.comparator_set()
    gone = Area.objects.get(name="Oldham Vale")
    made.members.filter(rank=2).update(area=gone)
    world.sign_in(client, "olive")
    address = reverse("comparator-set", args=["northshire", made.pk])
    page = client.get(address).text
    assert re.findall(r'value="(E\d+)" checked', page) == [BIRKDALE, gone.code]
    assert 'name="area"' not in page
    client.post(address, {"title": "Like us", "members": [SOUTHTOWN, gone.code], "note": ""})
    assert sets() == [("Northshire", "Like us", ["Oldham Vale", "Southtown"])]


def test_removing_asks_first(world, client):
    made = world.comparator_set()
    address = reverse("comparator-set-remove", args=["northshire", made.pk])
    world.sign_in(client, "olive")
    assert "Remove Like us of Northshire? " in text_of(client.get(address))
    assert sets()
    assert "Removed: Like us" in text_of(client.post(address, follow=True))
    assert not sets()


@pytest.mark.parametrize("page", ["comparator-set", "comparator-set-remove"])
def test_a_publishers_set_is_not_changed_on_these_pages(world, client, page):
    areas.load(files={"sets.yaml": YAML})
    world.sign_in(client, "stella")
    published = ComparatorSet.objects.get()
    assert client.get(reverse(page, args=["northshire", published.pk])).status_code == 404


def test_the_administration_site_keeps_publishers_sets_only(world, client):
    areas.load(files={"sets.yaml": YAML})
    own = world.comparator_set()
    world.sign_in(client, "stella")
    assert "Like us" not in client.get(reverse("admin:partnerships_comparatorset_changelist")).text
    assert client.get(reverse("admin:partnerships_comparatorset_change", args=[own.pk])).status_code == 302


def test_only_officers_are_offered_to_make_and_change(world, client):
    world.comparator_set()
    for person, offered in (("anonymous", False), ("bob", False), ("olive", True), ("alice", True)):
        world.sign_in(client, person)
        page = client.get(LIST).text
        assert (f'href="{NEW}"' in page, ">Change<" in page) == (offered, offered), person


def test_the_home_of_a_partnership_leads_its_members_there(world, client):
    for person, led in (("anonymous", False), ("bob", True)):
        world.sign_in(client, person)
        assert (f'href="{LIST}"' in client.get("/northshire/").text) == led


def test_as_many_queries_for_one_set_as_for_many(world, client, django_assert_max_num_queries):
    world.comparator_set()
    with django_assert_max_num_queries(5):
        client.get(LIST)
    for number in range(4):
        world.comparator_set(title=f"Set {number}")
    areas.load(files={"2024.yaml": YAML, "2021.yaml": OLDER})
    with django_assert_max_num_queries(5):
        client.get(LIST)
