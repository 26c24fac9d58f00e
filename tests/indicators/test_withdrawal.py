"""What the page says of withdrawing a file: what comes back, what goes, what stays; then that this is what happens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indicators import uploads
from indicators.models import Upload
from indicators.withdrawal import withdrawal
from partnerships.models import Partnership
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, current
from tests.reading import page

COTTERHAM = "E07000903"


def fact(area: str, value: float | str, year: int = 2023) -> str:
    return f"school-ready,{area},{year},{value}"


def withdraw(ground, upload, by: str = "stella"):
    return uploads.withdraw(upload=upload, by=ground.people[by])


def counts(upload: Upload) -> tuple[dict, int, dict]:
    """Back by file, gone, staying by file."""
    found = withdrawal(Upload.objects.get(pk=upload.pk))
    back, stays = ({one.upload.file_name: one.figures for one in part} for part in (found.back, found.stays))
    assert found.figures == found.figures_back + found.gone + found.figures_staying
    assert [one.figures for one in found.back] == sorted((one.figures for one in found.back), reverse=True)
    return back, found.gone, stays


def outcomes(upload: Upload) -> list[tuple[str, str, str, str, str]]:
    """Of each fact: its area, the figure of the file, what stands without it, the outcome and the winning file."""
    return [
        (
            one.value.area.code,
            one.now.value,
            one.after.value if one.after else "",
            one.outcome,
            one.winner.file_name if one.winner else "",
        )
        for one in withdrawal(Upload.objects.get(pk=upload.pk)).facts
    ]


@pytest.fixture
def three(ground):
    """A file that replaced one figure, added another, and was itself replaced in a third."""
    ground.publish(fact(ASHBY, 70), fact(COTTERHAM, 60), file_name="first.csv")
    upload = ground.publish(fact(ASHBY, 71), fact(BIRKDALE, 66), fact(COTTERHAM, 61), file_name="second.csv")
    ground.publish(fact(COTTERHAM, 62), file_name="third.csv")
    return upload


def test_it_counts_what_comes_back_what_goes_and_what_stays(three):
    assert counts(three) == ({"first.csv": 1}, 1, {"third.csv": 1})


def test_it_names_each_fact_with_what_stands_and_who_wins(three):
    assert sorted(outcomes(three)) == [
        (ASHBY, "71", "70", "back", "first.csv"),
        (BIRKDALE, "66", "", "gone", ""),
        (COTTERHAM, "61", "62", "stays", "third.csv"),
    ]


def test_afterwards_it_says_the_same_of_what_happened(ground, three):
    before = counts(three), outcomes(three)
    assert withdraw(ground, three) == (1, 1)
    assert (counts(three), sorted(outcomes(three))) == (before[0], sorted(before[1]))
    # And goes on saying it, whatever happens later.
    ground.publish(fact(ASHBY, 75), fact(BIRKDALE, 76), fact(COTTERHAM, 77), file_name="fourth.csv")
    withdraw(ground, Upload.objects.get(file_name="third.csv"))
    assert (counts(three), sorted(outcomes(three))) == (before[0], sorted(before[1]))


def test_of_several_earlier_files_the_latest_that_was_not_withdrawn_wins(ground):
    for value in (70, 71, 72):
        ground.publish(fact(ASHBY, value), file_name=f"{value}.csv")
    last = ground.publish(fact(ASHBY, 73), file_name="73.csv")
    assert counts(last) == ({"72.csv": 1}, 0, {})
    withdraw(ground, Upload.objects.get(file_name="72.csv"))
    assert counts(last) == ({"71.csv": 1}, 0, {})


def test_of_several_later_files_the_one_that_stands_wins(ground):
    first = ground.publish(fact(ASHBY, 70), file_name="70.csv")
    for value in (71, 72):
        ground.publish(fact(ASHBY, value), file_name=f"{value}.csv")
    assert counts(first) == ({}, 0, {"72.csv": 1})


def test_a_file_that_is_only_checked_wins_nothing(ground):
    ground.check(fact(ASHBY, 70), file_name="checked.csv")
    upload = ground.publish(fact(ASHBY, 71))
    assert counts(upload) == ({}, 1, {})


def test_other_groups_and_periods_are_other_facts(ground):
    ground.publish(f"{fact(ASHBY, 70)},,,,,sex: Female", fact(ASHBY, 69, 2022))
    assert counts(ground.publish(fact(ASHBY, 71))) == ({}, 1, {})


def test_it_agrees_with_what_stands_after_any_sequence(ground):
    """The counts before are those that withdraw returns, and what it names is what is current then."""
    made = [
        ground.publish(*(fact(area, 50 + number) for area in areas), file_name=f"{number}.csv")
        for number, areas in enumerate(
            [(ASHBY, BIRKDALE), (ASHBY, COTTERHAM), (BIRKDALE,), (ASHBY, BIRKDALE, COTTERHAM)]
        )
    ]
    for number in (1, 3, 0, 2):
        upload = made[number]
        back, gone, _stays = counts(upload)
        promised = {area: after for area, _now, after, _outcome, _winner in outcomes(upload) if after}
        assert withdraw(ground, upload) == (sum(back.values()), gone)
        standing = {area: f"{value:g}" for (area, _year), value in current().items()}
        touched = {value.area.code for value in upload.values.select_related("area")}
        assert {area: value for area, value in standing.items() if area in touched} == promised


def test_files_published_at_the_same_moment_are_told_apart_as_the_dashboard_does(ground):
    one, two = (
        ground.publish(fact(ASHBY, 70), file_name="one.csv"),
        ground.publish(fact(ASHBY, 71), file_name="two.csv"),
    )
    Upload.objects.update(published_at=timezone.now() - timedelta(hours=1))
    assert counts(one) == ({}, 0, {"two.csv": 1})
    assert counts(two) == ({"one.csv": 1}, 0, {})


def test_only_the_first_facts_are_listed_and_the_rest_is_counted(ground):
    upload = ground.publish(*(fact(ASHBY, 70, year) for year in range(1990, 2020)))
    found = withdrawal(upload, shown=10)
    assert (len(found.facts), found.more, found.gone) == (10, 20, 30)


def test_five_queries_suffice_for_one_figure_and_for_many(ground, django_assert_num_queries):
    for years in (range(2020, 2021), range(1970, 2020)):
        ground.publish(*(fact(ASHBY, 70, year) for year in years))
        upload = ground.publish(*(fact(ASHBY, 71, year) for year in years))
        with django_assert_num_queries(5):
            assert withdrawal(upload).figures_back == len(years)


# On the page of the upload.


def shown(client, upload: Upload):
    return page(client.get(f"/northshire/uploads/{upload.pk}/"))


def test_the_page_says_it_before_and_after(world, ground, three, client):
    world.sign_in(client, "olive")
    found = shown(client, three)
    assert "If this file is withdrawn:" in found.text
    for words in (
        "1 figure comes back to an earlier version 1 from first.csv",
        "1 figure is gone: no other file gives it",
        "1 figure stays as it is: a later file has replaced it and wins 1 from third.csv",
    ):
        assert words in found.text
    assert {row["data-outcome"] for row in found.find("tr") if "data-outcome" in row.attributes} == {
        "back",
        "gone",
        "stays",
    }
    withdraw(ground, three)
    found = shown(client, three)
    assert "What withdrawing this file did" in found.text
    assert "1 figure comes back to an earlier version 1 from first.csv" in found.text
    assert not found.find("button", class_="govuk-button--warning")


def test_who_may_not_withdraw_is_not_asked_and_reads_what_happened(world, ground, three, client):
    world.sign_in(client, "bob")
    assert "Withdraw this file" not in shown(client, three).text
    withdraw(ground, three)
    assert "What withdrawing this file did" in shown(client, three).text


def test_the_file_of_a_private_partnership_is_not_named(world, ground, client):
    theirs = ground.publish(fact(ENGLAND, 70), by="stella", file_name="secret.csv")
    Upload.objects.filter(pk=theirs.pk).update(partnership=Partnership.objects.get(slug="southtown"))
    ours = ground.publish(fact(ENGLAND, 71), by="stella")
    world.sign_in(client, "olive")
    found = shown(client, ours)
    assert "a file of another partnership" in found.text
    assert "secret.csv" not in found.text


def test_of_a_large_file_it_is_worked_out_only_when_asked_for(world, ground, three, client):
    Upload.objects.filter(pk=three.pk).update(added=50_001, figures_read=50_001 + three.figures_read - three.added)
    world.sign_in(client, "olive")
    found = shown(client, three)
    assert "If this file is withdrawn:" not in found.text
    assert not found.find("button", class_="govuk-button--warning")
    link = next(link["href"] for link in found.find("a") if link.text == "Say what it would do")
    found = page(client.get(f"/northshire/uploads/{three.pk}/{link}"))
    assert "If this file is withdrawn:" in found.text
    assert found.find("button", class_="govuk-button--warning")


def test_each_fact_leads_to_its_history(world, ground, three, client):
    world.sign_in(client, "olive")
    found = shown(client, three)
    row = next(row for row in found.find("tr") if row.attributes.get("data-outcome") == "back")
    history = page(client.get(row.one("a")["href"]))
    assert [one["data-value"] for one in history.find("span", data_area=ASHBY)] == ["71", "70"]


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_the_page_takes_fifteen_queries_at_most_whatever_the_file_holds(
    world, ground, client, state, django_assert_max_num_queries, django_assert_num_queries
):
    world.sign_in(client, "olive")
    few, many = ([fact(ASHBY, 71, year) for year in years] for years in (range(2020, 2021), range(1970, 2020)))
    one, two = ground.publish(*few), ground.publish(*many)
    if state == "withdrawn":
        withdraw(ground, one)
        withdraw(ground, two)
    with django_assert_max_num_queries(15) as small:
        shown(client, one)
    with django_assert_num_queries(len(small)):
        shown(client, two)
    assert withdrawal(two).figures == 50
