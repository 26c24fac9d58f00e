"""Sets that officers make: of at least two areas that do not overlap, with who did what kept in the log."""

import pytest
from django.contrib.admin.models import LogEntry

from partnerships import areas, comparatorsets
from partnerships.comparatorsets import SetRefused
from partnerships.models import Area, ComparatorSet
from tests.partnerships.sets import YAML

ASHBY, BIRKDALE, COTTERHAM, NORTHSHIRE, SOUTHTOWN = "E07000901", "E07000902", "E07000903", "E10000099", "E06000099"


def areas_of(*codes: str) -> list[Area]:
    return [Area.objects.with_ancestors().get(code=code) for code in codes]


def make(world, *members: str, area: str = ASHBY, title: str = "Like us") -> ComparatorSet:
    return comparatorsets.make(
        partnership=world.partnership(),
        area=Area.objects.get(code=area),
        title=title,
        members=areas_of(*members),
        note="By size.",
        by=world.user("olive"),
    )


def log() -> list[tuple[str, str]]:
    entries = LogEntry.objects.filter(content_type__model="comparatorset").order_by("pk")
    return list(entries.values_list("user__name", "change_message"))


def names(one: ComparatorSet) -> list[tuple[int, str]]:
    return list(one.members.values_list("rank", "area__name"))


def test_a_set_has_its_areas_in_the_order_given_and_knows_who_saved_it(world):
    made = make(world, COTTERHAM, BIRKDALE)
    assert names(made) == [(1, "Cotterham"), (2, "Birkdale")]
    assert (made.is_own, made.saved_by.name, made.note, str(made)) == (True, "Olive", "By size.", "Like us: Ashby")


def test_a_change_replaces_the_areas_and_says_who_changed_them(world):
    made = make(world, COTTERHAM, BIRKDALE)
    before = made.saved_at
    comparatorsets.change(
        comparator_set=made,
        title="Like us",
        members=areas_of(SOUTHTOWN, BIRKDALE),
        note="",
        by=world.user("alice"),
    )
    made.refresh_from_db()
    assert names(made) == [(1, "Southtown"), (2, "Birkdale")]
    assert (made.saved_by.name, made.saved_at > before) == ("Alice", True)


def test_the_log_keeps_every_step_with_the_areas(world):
    made = make(world, COTTERHAM, BIRKDALE)
    comparatorsets.change(
        comparator_set=made, title="L", members=areas_of(SOUTHTOWN, BIRKDALE), note="", by=world.user("alice")
    )
    comparatorsets.remove(comparator_set=made, by=world.user("olive"))
    assert log() == [
        ("Olive", "Made of Cotterham, Birkdale."),
        ("Alice", "Now of Southtown, Birkdale."),
        ("Olive", "Removed; it was of Southtown, Birkdale."),
    ]
    assert not ComparatorSet.objects.exists()


@pytest.mark.parametrize(
    ("members", "area", "field", "words"),
    [
        ([BIRKDALE], ASHBY, "members", "Choose at least two areas."),
        ([BIRKDALE, ASHBY], ASHBY, "members", "Ashby is not compared with itself: leave it out."),
        ([NORTHSHIRE, BIRKDALE], ASHBY, "members", "Birkdale lies in Northshire: leave out one of the two."),
        ([BIRKDALE, COTTERHAM], SOUTHTOWN, "area", "Choose an area of this partnership."),
    ],
)
def test_a_set_that_could_not_be_compared_with_is_refused(world, members, area, field, words):
    with pytest.raises(SetRefused) as refused:
        make(world, *members, area=area)
    assert (refused.value.code, refused.value.message) == (field, words)
    assert log() == []


def test_a_title_is_taken_once_for_an_area_in_any_case_of_letters(world):
    make(world, BIRKDALE, COTTERHAM)
    with pytest.raises(SetRefused, match="Ashby has a set with this title already"):
        make(world, BIRKDALE, COTTERHAM, title="LIKE US")
    assert make(world, ASHBY, COTTERHAM, area=BIRKDALE).pk
    assert len(log()) == 2


def test_a_refused_change_leaves_the_set_as_it_was(world):
    made = make(world, BIRKDALE, COTTERHAM)
    with pytest.raises(SetRefused):
        comparatorsets.change(
            comparator_set=made, title="New", members=areas_of(BIRKDALE), note="", by=world.user("olive")
        )
    assert names(ComparatorSet.objects.get(title="Like us")) == [(1, "Birkdale"), (2, "Cotterham")]


def test_files_of_publishers_leave_the_sets_of_partnerships_alone(world):
    own = world.comparator_set(title="Neighbours")
    areas.load(files={"sets.yaml": YAML})
    areas.load(files={"sets.yaml": YAML.replace(b"title: Neighbours", b"title: Near")})
    assert set(ComparatorSet.objects.values_list("title", "partnership__slug")) == {
        ("Neighbours", "northshire"),
        ("Near", None),
    }
    assert names(own) == [(1, "Birkdale"), (2, "Cotterham")]
