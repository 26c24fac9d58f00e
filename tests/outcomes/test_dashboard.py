"""Northshire on 1 June 2026. Its figures end in 2023; its targets are those of tests/world/northshire.yaml."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from indicators import comparators
from indicators.territory import territory_of
from outcomes.dashboard import dashboard
from outcomes.models import Measure, Strategy
from tests.reading import Element, page
from tests.uploading import bring, counts, publish

NORTHSHIRE, ASHBY, ENGLAND = "E10000099", "E07000901", "E92000001"
UNTESTED = "cannot be calculated"
ADDRESS = f"/northshire/dashboard/{NORTHSHIRE}/"


@pytest.fixture(autouse=True)
def on_1_june_2026(monkeypatch):
    local = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: local(moment) if moment else date(2026, 6, 1))


def drawn(world, area: str = NORTHSHIRE, comparator: str = "", **options):
    strategy = Strategy.objects.select_related("partnership__area").get(slug="start-well")
    territory = territory_of(strategy.partnership)
    place = territory.find(area)
    sets = comparators.sets_for(place, strategy.partnership)
    chosen = comparators.find(comparator, place, territory, sets)
    return dashboard(strategy, place, territory, comparator=chosen, **options)


def rows(found) -> dict:
    return {row.measure.code: row for group in found.groups for row in group.rows}


@pytest.mark.parametrize(
    ("code", "latest", "change", "trend", "comparison", "target"),
    [
        ("infant-deaths", "3.6 per 1,000", "Down 0.3 per 1,000 from 2020 - 22", UNTESTED, "similar", "on course"),
        ("births", "2\u2009930", "Down 40 from 2022", UNTESTED, "not compared", "no target"),
        ("healthy-teeth", "77.8%", "Up 1.2 percentage points from 2022", UNTESTED, "similar", "missed"),
        ("healthy-teeth-most-deprived", "65.0%", "Up 1.0 percentage points from 2022", UNTESTED, "not compared", ""),
        ("school-ready", "67.5%", "Up 0.4 percentage points from 2022", "no significant change", "worse", "off course"),
        ("wellbeing", "7.31", "Down 0.05 from 2022/23", UNTESTED, "not compared", "no target"),
    ],
)
def test_a_measure_stands_as_its_figures_say(world, code, latest, change, trend, comparison, target):
    standing = rows(drawn(world))[code].standing
    assert standing.latest.text == latest
    assert standing.change.text == change
    assert standing.signal.word == trend
    assert standing.comparison.word == comparison
    assert standing.target.word == (target or "no target")


def test_the_sentence_counts_what_can_be_counted(world):
    assert drawn(world).summary == (
        "Of 6 measures, 1 shows no significant change, 5 cannot be tested, 1 is on course, 1 is off course"
        " and 1 missed its target."
    )


def test_measures_without_figures_are_counted(world):
    assert drawn(world, ASHBY).summary.endswith("1 has no figures.")


def test_what_cannot_be_tested_says_why(world):
    reasons = {code: row.standing.signal.reason for code, row in rows(drawn(world)).items() if row.standing}
    assert reasons["infant-deaths"] == "each figure covers 3 years"
    assert reasons["births"] == "a count follows the size of the population"
    assert reasons["school-ready"] == ""


def test_a_district_can_be_compared_with_the_county_that_it_lies_in(world):
    standing = rows(drawn(world, ASHBY, comparator="parent"))["school-ready"].standing
    assert (standing.comparison.word, standing.comparison.name) == ("better", "Northshire")


def test_a_row_says_in_a_sentence_what_its_figures_support(world):
    assert rows(drawn(world))["school-ready"].sentence == (
        "67.5% in 2023: no significant change over the last five years; worse than England (69.5%); "
        "off course for the target of 75.0% in 2026."
    )


def test_a_measure_told_in_words_has_no_standing(world):
    assert rows(drawn(world))["families-say"].standing is None


def test_a_county_is_shown_among_its_districts_and_the_nation(world):
    spread = rows(drawn(world))["school-ready"].spread
    assert [(label, is_this) for _x, label, is_this in spread.dots] == [
        ("Cotterham 62.0%", False),
        ("Birkdale 66.0%", False),
        ("Ashby 72.5%", False),
        ("Northshire 67.5%", True),
    ]
    assert spread.sentence.endswith("England 69.5%")


def test_a_district_is_shown_among_the_others_of_its_county(world):
    spread = rows(drawn(world, ASHBY))["school-ready"].spread
    assert [label for _x, label, _this in spread.dots] == ["Cotterham 62.0%", "Birkdale 66.0%", "Ashby 72.5%"]


def test_a_district_is_held_to_the_targets_of_the_partnership_and_a_comparator_is_not(world):
    assert rows(drawn(world, ASHBY))["school-ready"].standing.target.word == "on course"
    assert rows(drawn(world, ENGLAND))["school-ready"].standing.target.word == "no target"


def test_actions_stand_by_the_measures_they_are_meant_to_move(world):
    found = {group.title: [one.action.code for one in group.actions] for group in drawn(world).groups}
    assert found == {
        "A healthy start": ["safer-sleep"],
        "Healthy mouths": ["brushing-at-nursery"],
        "Ready to learn": [],
        "The strategy as a whole": ["yearly-forum"],
    }


def test_what_was_published_since_the_last_visit_is_new(world):
    before = timezone.now()
    publish(world, f"school-ready,{NORTHSHIRE},2024,68.1")
    assert {code for code, row in rows(drawn(world, seen_since=before)).items() if row.is_new} == {"school-ready"}
    assert not any(row.is_new for row in rows(drawn(world)).values())
    assert not any(row.is_new for row in rows(drawn(world, seen_since=timezone.now())).values())


def test_a_newest_figure_that_is_suppressed_stands_in_words_above_the_latest_number(world):
    publish(world, f"school-ready,{NORTHSHIRE},2024,c")
    standing = rows(drawn(world))["school-ready"].standing
    assert (standing.latest.text, standing.latest.period) == ("suppressed", "2024")
    assert (standing.latest_number.text, standing.latest_number.period) == ("67.5%", "2023")
    assert standing.change.text == "2024 is suppressed"
    assert standing.comparison.word == "not compared"


def test_no_change_runs_across_a_break(world):
    publish(world, f"school-ready,{NORTHSHIRE},2024,60 [b]")
    assert rows(drawn(world))["school-ready"].standing.change.text == "A new series began in 2024"


def test_it_can_be_drawn_as_it_was_known_on_a_day(world):
    published = publish(world, f"school-ready,{NORTHSHIRE},2024,68.1", f"school-ready,{NORTHSHIRE},2023,67.9")
    yesterday = timezone.now() - timedelta(days=1)
    type(published).objects.exclude(pk=published.pk).update(published_at=yesterday)
    now, then = drawn(world), drawn(world, as_known_on=timezone.localdate(yesterday))
    assert rows(now)["school-ready"].standing.latest.text == "68.1%"
    assert rows(then)["school-ready"].standing.latest.text == "67.5%"


def test_before_anything_was_published_there_are_no_figures(world):
    assert drawn(world, as_known_on=date(2020, 1, 1)).summary == "Of 6 measures, 6 have no figures."


def test_every_figure_can_be_traced_to_its_file_and_publisher(world):
    found = {source.indicator: source for source in drawn(world).sources}
    assert set(found) == {
        "Average wellbeing of pupils",
        "Children aged five without tooth decay",
        "Children ready for school",
        "Infant deaths",
        "Live births",
    }
    assert found["Infant deaths"].file == "northshire.csv"
    assert found["Infant deaths"].publisher == "Ministry of Examples"


# The page.


def row(found: Element, indicator: str, breakdown: str = "") -> Element:
    return found.one("tr", data_indicator=indicator, data_breakdown=breakdown)


def test_a_row_can_be_read_by_a_person_and_by_a_program(world, client):
    shown = row(page(client.get(ADDRESS)), "school-ready")
    expected = {
        "data-area": NORTHSHIRE,
        "data-period": "2023",
        "data-value": "67.5",
        "data-marker": "",
        "data-trend": "no significant change",
        "data-comparison": "worse",
        "data-target-status": "off course",
        "data-change": "up",
    }
    assert {name: shown[name] for name in expected} == expected
    for words in (
        "More children ready for school",
        "67.5%",
        "65.8% to 69.2% computed",
        "No significant change",
        "Up 0.4 percentage points from 2022",
        "Off course",
    ):
        assert words in shown.text
    assert "75.0% in 2026" in shown.text
    assert "Worse than England" in shown.text
    assert "69.5%" in shown.text
    assert shown.one("span", data_area=ENGLAND)["data-value"] == "69.5"


def test_the_heads_of_the_columns_lead_to_what_their_words_mean(world, client):
    heads = [head for head in page(client.get(ADDRESS)).find("th") if head.find("a", class_="app-method-link")]
    assert {head.one("a")["href"] for head in heads} == {
        "/method/#interval",
        "/method/#trend",
        "/method/#target",
        "/method/#comparison",
        "/method/#rank",
    }


def test_a_comparator_of_another_area_is_not_found(world, client):
    assert client.get(ADDRESS, {"comparator": "parent"}).status_code == 404
    assert client.get(ADDRESS, {"comparator": "nation"}).status_code == 200


def test_the_page_names_its_sources(world, client):
    sources = page(client.get(ADDRESS)).one("section", class_="app-sources").text
    for words in ("Ministry of Examples", "Children in examples", "Open Government Licence v3.0", "northshire.csv"):
        assert words in sources


def test_members_can_open_the_actions_and_the_files_that_others_only_read_of(world, client):
    action, file = "/northshire/actions/safer-sleep/", f"/northshire/uploads/{world.upload().pk}/original/"
    world.sign_in(client, "bob")
    found = page(client.get(ADDRESS))
    assert found.find("a", href=action)
    assert found.find("a", href=file)
    world.sign_in(client, "charlie")
    found = page(client.get(ADDRESS))
    assert "Safer sleep campaign" in found.text
    assert not found.find("a", href=action)
    assert not found.find("a", href=file)


def test_what_was_added_for_the_demonstration_says_so(world, client):
    found = page(client.get(ADDRESS))
    assert "added for the demonstration" in row(found, "healthy-teeth", "deprivation: Most deprived").text
    assert "2023 - 25 demonstration" in row(found, "infant-deaths").text
    assert "demonstration" not in row(found, "school-ready").text


def test_the_note_of_a_measure_stands_beside_it(world, client):
    Measure.objects.filter(code="school-ready").update(note="The document means another age.")
    assert "The document means another age." in row(page(client.get(ADDRESS)), "school-ready").text


def test_new_figures_are_marked_for_who_was_here_before(world, client):
    world.sign_in(client, "bob")
    session = client.session
    session["previous_visit"] = datetime(2020, 1, 1, tzinfo=UTC).isoformat()
    session.save()
    assert row(page(client.get(ADDRESS)), "school-ready").find("span", class_="app-new")
    session["previous_visit"] = None
    session.save()
    assert not row(page(client.get(ADDRESS)), "school-ready").find("span", class_="app-new")


@pytest.mark.parametrize("area", ["E06000099", "E12000098", "E99999999", "x"])
def test_an_area_that_is_not_the_partnerships_is_not_found(world, client, area):
    assert client.get(f"/northshire/dashboard/{area}/").status_code == 404
    assert client.get(f"/northshire/dashboard/{area}/values.csv").status_code == 404
    assert client.get(ADDRESS, {"area": area}).status_code == 404


def test_choosing_another_area_leads_to_its_own_address_and_keeps_the_rest(world, client):
    response = client.get(ADDRESS, {"area": ASHBY, "strategy": "start-well", "as_known_on": ""})
    assert response.headers["Location"] == f"/northshire/dashboard/{ASHBY}/?strategy=start-well"


def test_a_strategy_of_another_partnership_is_not_found(world, client):
    assert client.get(ADDRESS, {"strategy": "growing-up"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/01/2026", "“31/01/2026” is not a day: write one such as 2026-01-31."),
        ("2026-02-30", "“2026-02-30” is not a day"),
        ("<b>", "“<b>” is not a day"),
        ("2999-01-01", "1 January 2999 has not come yet."),
    ],
)
def test_a_day_that_cannot_be_is_answered_with_a_sentence_and_todays_figures(world, client, typed, words):
    found = page(client.get(ADDRESS, {"as_known_on": typed}))
    assert words in found.text
    assert row(found, "school-ready")["data-value"] == "67.5"


def test_a_day_before_the_figures_shows_that_there_were_none(world, client):
    found = page(client.get(ADDRESS, {"as_known_on": "2020-01-31"}))
    assert "Drawn as it was known on 31 January 2020." in found.text
    assert row(found, "school-ready")["data-value"] == ""
    assert "No figures yet" in row(found, "school-ready").text


def test_a_partnership_without_a_strategy_says_who_can_load_one(world, client):
    empty = world.partnership("southtown")
    Strategy.objects.filter(partnership=empty).update(partnership=world.partnership())
    world.sign_in(client, "charlie")
    found = page(client.get("/southtown/dashboard/E06000099/"))
    assert "No strategy yet" in found.text
    assert found.find("a", href="/southtown/strategies/load/")


def test_a_strategy_without_measures_says_so(world, client):
    Measure.objects.update(retired_at=timezone.now())
    assert "No measures yet" in page(client.get(ADDRESS)).text


@pytest.mark.parametrize("person", ["anonymous", "bob", "alice", "stella"])
def test_seventeen_queries_suffice_for_few_rows_and_for_many(
    world, client, person, django_assert_max_num_queries, django_assert_num_queries
):
    world.sign_in(client, person)
    with django_assert_max_num_queries(17) as many:
        client.get(ADDRESS)
    Measure.objects.exclude(code="school-ready").update(retired_at=timezone.now())
    with django_assert_num_queries(len(many)):
        client.get(ADDRESS)


# Its figures as a file.


def examined(world, client, address: str, person: str = "olive"):
    content = b"".join(client.get(address).streaming_content)
    return content, bring(content, "values.csv", world.partnership(), world.scope(person), world.user(person))


@pytest.mark.parametrize("area", [NORTHSHIRE, ASHBY, ENGLAND])
def test_the_file_uploads_again_without_a_change(world, client, area):
    content, found = examined(world, client, f"/northshire/dashboard/{area}/values.csv")
    rows = content.count(b"\r\n") - 1
    assert rows > 5
    assert counts(found) == {"added": 0, "changed": 0, "unchanged": rows, "left_out": 0, "rejected": 0}


def test_the_file_holds_the_measures_of_the_area_and_no_other_groups(world, client):
    response = client.get(f"{ADDRESS}values.csv")
    content = b"".join(response.streaming_content).decode()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "northshire-E10000099-values.csv" in response.headers["Content-Disposition"]
    assert "deprivation: Most deprived" in content
    assert "deprivation: Third" not in content
    assert ASHBY not in content


def test_the_file_is_drawn_as_known_on_a_day_too(world, client):
    response = client.get(f"{ADDRESS}values.csv", {"as_known_on": "2020-01-31"})
    assert b"".join(response.streaming_content).count(b"\r\n") == 1
