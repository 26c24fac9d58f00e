"""What the database itself refuses of people, places and partnerships, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError
from django.utils import timezone

from partnerships.models import (
    RESERVED_SLUGS,
    Area,
    ComparatorMember,
    ComparatorSet,
    Document,
    Feedback,
    Meeting,
    Membership,
    Organisation,
    Partnership,
    User,
)
from tests.constraints import names, refuses

TODAY = date(2026, 3, 31)
MODELS = (
    User,
    Area,
    ComparatorSet,
    ComparatorMember,
    Partnership,
    Organisation,
    Membership,
    Meeting,
    Document,
    Feedback,
)


@pytest.fixture
def make(world):
    """Makes a row that the database takes, but for what is given."""
    northshire = Partnership.objects.get(slug="northshire")
    county, ashby = (Area.objects.get(code=code) for code in ("E10000099", "E07000901"))
    chosen = {"published_on": TODAY, "publisher": "P", "source": "S", "licence": "L"}
    neighbours = ComparatorSet.objects.create(code="near", version="1", area=county, title="Near", **chosen)
    ComparatorMember.objects.create(comparator_set=neighbours, area=ashby, rank=1)
    defaults = {
        User: {"email": "new@example.org"},
        Area: {"code": "E1", "name": "More", "kind": "district"},
        ComparatorSet: {"code": "near", "version": "2", "area": county, "title": "Near", **chosen},
        ComparatorMember: {"comparator_set": neighbours, "area": county, "rank": 2},
        Partnership: {"slug": "more", "name": "More", "short_name": "More", "area": county},
        Organisation: {"partnership": northshire, "code": "more", "name": "More", "kind": "charity"},
        Membership: {"partnership": northshire, "user": world.user("charlie"), "role": "board"},
        Meeting: {"partnership": northshire, "title": "More", "held_on": TODAY},
        Document: {"partnership": northshire, "code": "more", "title": "More", "kind": "paper"},
        Feedback: {"page": "/", "found": False},
    }

    def made(model, **changes):
        wanted = defaults[model] | {name: value() if callable(value) else value for name, value in changes.items()}
        return model.objects.create(**wanted)

    return made


def area(code: str):
    return lambda: Area.objects.get(code=code)


def partnership() -> Partnership:
    return Partnership.objects.get(slug="northshire")


def olive() -> User:
    return User.objects.get(email="olive@example.org")


# What a set of a publisher has and one of a partnership has not.
PUBLISHED = ("code", "version", "publisher", "source", "source_url", "licence")
OWN = {
    **dict.fromkeys(PUBLISHED, ""),
    "published_on": None,
    "partnership": partnership,
    "saved_by": olive,
    "saved_at": timezone.now,
}

REFUSED = [
    (User, "user_email_unique_in_any_case", {"email": "Alice@Example.org"}),
    (Area, "area_kind_in_set", {"kind": "town"}),
    (Area, "area_ends_after_it_starts", {"starts_on": TODAY, "ends_on": TODAY}),
    (Area, "area_successor_only_where_it_ended", {"successor": area("E07000901")}),
    (ComparatorSet, "comparator_set_unique_version_for_area", {"version": "1"}),
    (ComparatorSet, "comparator_set_published_or_own", {"partnership": partnership}),
    (ComparatorSet, "comparator_set_published_or_own", {"saved_at": timezone.now}),
    *(
        (ComparatorSet, "comparator_set_published_or_own", {name: empty})
        for name, empty in {"code": "", "version": "", "publisher": "", "source": "", "licence": ""}.items()
    ),
    (ComparatorSet, "comparator_set_published_or_own", {"published_on": None}),
    *(
        (ComparatorSet, "comparator_set_published_or_own", OWN | {name: content})
        for name, content in {**dict.fromkeys(PUBLISHED, "more"), "published_on": TODAY, "saved_by": None}.items()
    ),
    (ComparatorSet, "comparator_set_published_or_own", OWN | {"saved_at": None}),
    (ComparatorMember, "comparator_member_once_in_a_set", {"area": area("E07000901")}),
    (ComparatorMember, "comparator_member_rank_once_in_a_set", {"rank": 1}),
    (ComparatorMember, "comparator_member_rank_from_one", {"rank": 0}),
    *((Partnership, "partnership_slug_not_reserved", {"slug": slug}) for slug in RESERVED_SLUGS),
    (Partnership, "partnership_sees_suppressed_in_set", {"sees_suppressed": "everybody"}),
    (Organisation, "organisation_code_once_in_a_partnership", {"code": "northshire-nhs"}),
    (Organisation, "organisation_kind_in_set", {"kind": "club"}),
    (Membership, "membership_once_in_a_partnership", {"user": lambda: User.objects.get(email="bob@example.org")}),
    (Membership, "membership_role_in_set", {"role": "guest"}),
    (Meeting, "meeting_once_in_a_partnership", {"title": "Board of the partnership", "held_on": date(2022, 2, 14)}),
    (Document, "document_code_once_in_a_partnership", {"code": "teeth-paper"}),
    (Document, "document_kind_in_set", {"kind": "poem"}),
]
# These have tests of their own below.
APART = {
    "partnership_not_its_own_parent",
    "feedback_at_most_250_characters",
    "comparator_set_title_once_for_area",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_as_it_should_be_is_taken(make, model):
    assert make(model).pk


@pytest.mark.parametrize(
    ("model", "name", "changes"), REFUSED, ids=[f"{name}: {', '.join(made)}" for _model, name, made in REFUSED]
)
def test_a_row_that_cannot_be_is_refused(make, model, name, changes):
    with refuses(model, name):
        make(model, **changes)


def test_every_constraint_is_tested():
    assert {name for _model, name, _changes in REFUSED} | APART == names(*MODELS)


def test_a_partnership_is_not_its_own_parent(world):
    northshire = Partnership.objects.get(slug="northshire")
    with refuses(Partnership, "partnership_not_its_own_parent"):
        Partnership.objects.filter(pk=northshire.pk).update(parent=northshire)


def test_an_area_that_ended_may_have_a_successor(make):
    assert make(Area, ends_on=TODAY, successor=area("E07000901")).pk


def test_a_title_names_one_set_of_a_partnership_for_an_area_in_any_case_of_letters(make):
    assert make(ComparatorSet, **OWN, title="Coast").pk
    assert make(ComparatorSet, **OWN, title="COAST", area=area("E07000901")).pk
    with refuses(ComparatorSet, "comparator_set_title_once_for_area"):
        make(ComparatorSet, **OWN, title="COAST")


def test_feedback_has_at_most_250_characters(make):
    assert make(Feedback, why="x" * 250).pk
    # PostgreSQL minds the width of the column before the constraint.
    with pytest.raises(DatabaseError, match=r"feedback_at_most_250_characters|varying\(250\)"):
        make(Feedback, why="x" * 251)
