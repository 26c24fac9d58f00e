from datetime import date
from itertools import pairwise

import pytest
from django.utils import timezone

from indicators.models import Indicator, Upload, Value
from outcomes.models import Measure
from tests.reading import page
from tests.uploading import bring, counts, publish

NORTHSHIRE, ASHBY, ENGLAND = "E10000099", "E07000901", "E92000001"
ADDRESS = "/northshire/indicators/school-ready/"


@pytest.fixture(autouse=True)
def on_1_june_2026(monkeypatch):
    local = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: local(moment) if moment else date(2026, 6, 1))


# The catalogue and its definitions.


def test_the_catalogue_lists_standing_indicators_by_topic(world, client):
    Indicator.objects.filter(code="wellbeing-score").update(retired_at=timezone.now())
    found = page(client.get("/indicators/"))
    assert [head.text for head in found.find("h2", class_="govuk-heading-m")] == ["Early years", "Health", "People"]
    assert found.find("a", href="/indicators/school-ready/")
    assert not found.find("a", href="/indicators/wellbeing-score/")
    assert "Babies born alive in the calendar year." in found.text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"q": "READY school"}, {"school-ready"}),
        ({"q": "live-births"}, {"live-births"}),
        ({"topic": "Health"}, {"infant-deaths", "wellbeing-score", "healthy-teeth"}),
        ({"q": "teeth", "topic": "Health"}, {"healthy-teeth"}),
        (
            {"topic": "no such topic"},
            {"school-ready", "infant-deaths", "live-births", "wellbeing-score", "healthy-teeth"},
        ),
        ({"q": "unheard of"}, set()),
    ],
)
def test_the_catalogue_can_be_searched(world, client, query, codes):
    found = page(client.get("/indicators/", query))
    links = {link["href"] for link in found.one("main").find("a") if link["href"].startswith("/indicators/")}
    assert links - {"/indicators/"} == {f"/indicators/{code}/" for code in codes}
    assert ("No indicator fits" in found.text) == (not codes)


def test_a_definition_says_what_where_and_who_uses_it(world, client):
    found = page(client.get("/indicators/healthy-teeth/"))
    for words in (
        "Children without decay",
        "Per cent of children examined",
        "High is good",
        "Dental survey in examples",
    ):
        assert words in found.text
    assert "New series from 2021" in found.text
    assert found.find("a", href="/northshire/indicators/healthy-teeth/")


@pytest.mark.parametrize(
    ("person", "sees"), [("anonymous", False), ("bob", False), ("charlie", True), ("stella", True)]
)
def test_a_definition_names_a_private_partnership_only_to_who_may_know_of_it(world, client, person, sees):
    world.sign_in(client, person)
    found = page(client.get("/indicators/school-ready/"))
    assert bool(found.find("a", href="/southtown/indicators/school-ready/")) == sees


def test_a_retired_indicator_keeps_its_definition_and_says_so(world, client):
    Indicator.objects.filter(code="wellbeing-score").update(retired_at=timezone.now())
    assert "This indicator was retired on" in page(client.get("/indicators/wellbeing-score/")).text


def test_an_indicator_that_does_not_exist_is_not_found(world, client):
    assert client.get("/indicators/nonsense/").status_code == 404


# One indicator in depth.


def test_the_page_opens_at_the_main_area(world, client):
    found = page(client.get(ADDRESS))
    shown = found.one("div", class_="app-latest")
    expected = {
        "data-indicator": "school-ready",
        "data-area": NORTHSHIRE,
        "data-period": "2023",
        "data-value": "67.5",
        "data-trend": "no significant change",
        "data-comparison": "worse",
        "data-target-status": "off course",
    }
    assert {name: shown[name] for name in expected} == expected
    assert "95% interval 65.8% to 69.2%, computed from the counts" in shown.text
    assert "No significant change Recent trend of the five figures from 2019 to 2023." in shown.text
    assert "Up 0.4 percentage points from 2022" in shown.text
    assert "Worse than England" in shown.text
    assert "target 75.0% in 2026, Start Well in Northshire" in shown.text


def test_another_area_and_group_are_in_the_address(world, client):
    query = {"area": NORTHSHIRE, "breakdown": "deprivation: Third"}
    found = page(client.get("/northshire/indicators/healthy-teeth/", query))
    assert found.one("h1").text == "Children aged five without tooth decay, deprivation: Third"
    assert found.one("div", class_="app-latest")["data-value"] == "79"
    assert found.one("select", name="breakdown").one("option", selected="")["value"] == "deprivation: Third"


def test_every_period_can_be_traced_to_a_file_and_a_row(world, client):
    found = page(client.get(ADDRESS))
    row = next(row for row in found.find("tr") if row.find("span", data_area=NORTHSHIRE, data_period="2023"))
    assert row.one("span", data_area=NORTHSHIRE)["data-value"] == "67.5"
    assert "northshire.csv, row 7" in row.text
    assert "2 026 3 000" in row.text


def test_the_file_of_another_private_partnership_is_not_named(world, client):
    Upload.objects.filter(pk=world.upload().pk).update(partnership=world.partnership("southtown"))
    text = page(client.get(ADDRESS, {"area": ENGLAND})).text
    assert "northshire.csv" not in text
    assert "a file of another partnership, row" in text


def test_the_public_sees_the_file_and_members_who_brought_it(world, client):
    assert "northshire.csv" in page(client.get(ADDRESS)).one("section", class_="app-sources").text
    assert "Who brought the files" not in page(client.get(ADDRESS)).text
    world.sign_in(client, "bob")
    found = page(client.get(ADDRESS))
    assert "Who brought the files" in found.text
    assert world.upload().original_id[:12] in found.text
    assert "Stella" in found.one("main").text


def test_a_member_of_another_partnership_does_not_see_who_brought_a_file(world, client):
    world.sign_in(client, "charlie")
    assert "Who brought the files" not in page(client.get(ADDRESS)).text


def test_the_page_claims_nothing_that_it_does_not_test(world, client):
    text = page(client.get("/northshire/indicators/infant-deaths/")).text
    assert "Not tested Each figure covers 3 years." in text
    assert "95% interval 2.4 per 1,000 to 4.8 per 1,000, as published" in text
    assert "significan" not in text


def test_targets_belong_to_the_strategy_that_the_address_names(world, client):
    growing_up = Measure.objects.get(code="ready").strategy
    type(growing_up).objects.filter(pk=growing_up.pk).update(partnership=world.partnership())
    named = page(client.get(ADDRESS, {"strategy": "start-well"}))
    assert named.one("div", class_="app-latest")["data-target-status"] == "off course"
    other = page(client.get(ADDRESS, {"strategy": "growing-up"}))
    assert other.one("div", class_="app-latest")["data-target-status"] == "no target"


def test_the_page_says_what_the_partnership_shows_by_it(world, client):
    Measure.objects.filter(code="school-ready").update(note="The document means another age.")
    found = page(client.get(ADDRESS))
    assert "More children ready for school" in found.text
    assert "The document means another age." in found.text
    assert found.find("a", href="/northshire/strategies/start-well/")


def test_a_comparator_is_not_held_to_the_partnerships_targets(world, client):
    found = page(client.get(ADDRESS, {"area": ENGLAND}))
    assert found.one("div", class_="app-latest")["data-target-status"] == "no target"


def test_an_area_without_figures_says_who_can_add_them(world, client):
    Value.objects.filter(area__code=ASHBY).update(is_current=False)
    world.sign_in(client, "olive")
    found = page(client.get(ADDRESS, {"area": ASHBY}))
    assert "No figures yet" in found.text
    assert found.find("a", href="/northshire/uploads/new/")


def test_a_suppressed_newest_figure_stands_in_words(world, client):
    publish(world, f"school-ready,{NORTHSHIRE},2024,c")
    shown = page(client.get(ADDRESS)).one("div", class_="app-latest")
    assert (shown["data-value"], shown["data-marker"]) == ("", "c")
    assert "2024 is suppressed; the last figure is 67.5% in 2023." in shown.text


@pytest.mark.parametrize("person", ["anonymous", "bob", "alice", "stella"])
@pytest.mark.parametrize("page_name", ["", "values.csv"])
def test_an_indicator_that_the_partnership_does_not_use_is_not_found(world, client, person, page_name):
    Measure.objects.filter(indicator__code="wellbeing-score").update(retired_at=timezone.now())
    world.sign_in(client, person)
    assert client.get(f"/northshire/indicators/wellbeing-score/{page_name}").status_code == 404


@pytest.mark.parametrize("area", ["E06000099", "E12000098", "x"])
def test_an_area_that_is_not_the_partnerships_is_not_found(world, client, area):
    assert client.get(ADDRESS, {"area": area}).status_code == 404


@pytest.mark.parametrize("person", ["anonymous", "bob", "stella"])
def test_the_same_queries_suffice_for_few_periods_and_for_many(
    world, client, person, django_assert_max_num_queries, django_assert_num_queries
):
    world.sign_in(client, person)
    with django_assert_max_num_queries(20) as many:
        client.get(ADDRESS)
    Value.objects.exclude(period_label="2023").update(is_current=False)
    with django_assert_num_queries(len(many)):
        client.get(ADDRESS)


# Its pictures.


def table(found, heading: str):
    """The table under a caption that begins so."""
    return next(
        one for one in found.find("table") if one.find("caption") and one.one("caption").text.startswith(heading)
    )


def test_areas_are_ranked_with_bars_intervals_and_the_line_of_the_nation(world, client):
    ranking = table(page(client.get(ADDRESS)), "Areas in 2023, best first")
    assert "England 69.5%" in ranking.one("thead").text
    rows = ranking.one("tbody").find("tr")
    assert [row.one("th").text for row in rows] == [
        "Ashby",
        "England",
        "Northshire (this area)",
        "Birkdale",
        "Cotterham",
    ]
    assert "69.9 to 75.0, computed" in rows[0].text
    bars = [row.one("rect") for row in rows]
    assert [float(bar["width"].rstrip("%")) for bar in bars] == sorted(
        (float(bar["width"].rstrip("%")) for bar in bars), reverse=True
    )
    assert ["app-bars__bar--this" in bar["class"] for bar in bars] == [False, False, True, False, False]
    assert len({row.one("line", class_="app-bars__line")["x1"] for row in rows}) == 1


def test_areas_that_have_the_newest_period_not_in_common_say_in_which_they_are_compared(world, client):
    words = "The areas stand side by side in 2023, the latest period for which they have figures in common."
    assert words not in page(client.get(ADDRESS)).text
    publish(world, f"school-ready,{NORTHSHIRE},2024,68.0,,,2040,3000")
    assert words in page(client.get(ADDRESS)).text


def test_a_link_to_another_area_keeps_what_is_asked_for_but_not_the_comparator(world, client):
    found = page(client.get(ADDRESS, {"strategy": "start-well", "comparator": "region", "area": ASHBY}))
    links = [link["href"] for link in table(found, "Areas in").find("a")]
    assert f"?strategy=start-well&area={NORTHSHIRE}" in links
    assert not [one for one in links if "comparator" in one]


def test_a_comparator_of_the_area_before_gives_way_to_the_nation(world, client):
    found = page(client.get(ADDRESS, {"area": NORTHSHIRE, "comparator": "set-nonsense"}))
    assert found.one("select", name="comparator").one("option", selected="")["value"] == "nation"


def test_groups_stand_with_bars_beside_everyone_and_their_gap(world, client):
    found = page(client.get("/northshire/indicators/healthy-teeth/"))
    groups = table(found, "Deprivation, Northshire in 2023")
    assert [row.one("th").text for row in groups.one("tbody").find("tr")] == [
        "Most deprived", "Second", "Third", "Fourth", "Least deprived", "Everyone (this group)",
    ]  # fmt: skip
    assert groups.find("a", href="?breakdown=deprivation%3A+Third")
    assert "Everyone 77.8%" in groups.one("thead").text
    assert found.find("h3", class_="app-chart__title")[0].text.startswith("Gap by deprivation")


def test_a_page_without_groups_or_enough_areas_has_no_empty_frames(world, client):
    found = page(client.get(ADDRESS))
    assert "Inequality between groups" not in found.text
    assert len(found.find("figure", class_="app-chart")) == 1


def test_headings_step_down_one_by_one(world, client):
    found = page(client.get("/northshire/indicators/healthy-teeth/"))
    levels = [int(one.tag[1]) for one in found.one("main").find() if one.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


# Its figures as a file.


def downloaded(client, code: str) -> bytes:
    return b"".join(client.get(f"/northshire/indicators/{code}/values.csv").streaming_content)


@pytest.mark.parametrize("code", ["school-ready", "infant-deaths", "live-births", "wellbeing-score", "healthy-teeth"])
@pytest.mark.parametrize("person", ["olive", "stella"])
def test_the_file_uploads_again_without_a_change(world, client, code, person):
    content = downloaded(client, code)
    found = bring(content, "values.csv", world.partnership(), world.scope(person), world.user(person))
    rows = content.count(b"\r\n") - 1
    assert rows == Value.objects.current().filter(indicator__code=code).exclude(area__code="E06000099").count()
    assert counts(found) == {"added": 0, "changed": 0, "unchanged": rows, "left_out": 0, "rejected": 0}


def test_markers_flags_and_notes_that_look_like_formulas_come_back_as_they_were(world, client):
    publish(
        world,
        """school-ready,E07000901,2024,71.23456789 [p] [r],70,72.5,,,,'=HYPERLINK(A1)""",
        "school-ready,E07000902,2024,c,,,,,,'-1 was printed",
        'school-ready,E07000903,2024,"61.0 [e]",,,,,group: +A,"one, two"',
    )
    content = downloaded(client, "school-ready")
    assert b"71.23456789 [p] [r]" in content
    assert b"2024,[c],,,,,,'-1 was printed" in content
    assert b"'=HYPERLINK(A1)" in content
    found = bring(content, "values.csv", world.partnership(), world.scope("olive"), world.user("olive"))
    assert found.unchanged == content.count(b"\r\n") - 1
    assert not any(getattr(found, name) for name in ("added", "changed", "left_out", "rejected"))


def test_the_file_has_a_name_that_says_what_it_is(world, client):
    response = client.get(f"{ADDRESS}values.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="northshire-school-ready-values.csv"' in response.headers["Content-Disposition"]
