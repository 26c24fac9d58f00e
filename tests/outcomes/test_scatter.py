import pytest
from django.utils import timezone

from indicators.peergroups import peer_groups
from indicators.territory import territory_of
from outcomes import measures
from outcomes.models import Measure, Strategy
from outcomes.scatter import Scatter, scatter
from tests.outcomes.wider import ASHBY, DUNMERE, MORE, widen
from tests.reading import Element, page
from tests.uploading import publish

ADDRESS = "/northshire/scatter/"
SOUTHTOWN = "E06000099"


@pytest.fixture
def wide(world):
    widen(world)
    return world


def drawn(x: str = "healthy-teeth", y: str = "school-ready") -> Scatter:
    strategy = Strategy.objects.select_related("partnership").get(slug="start-well")
    found = {one.measure.code: one.measure for one in measures.with_aims(strategy)}
    territory = territory_of(strategy.partnership)
    beside = next(iter(peer_groups(territory.footprint[0], territory, [])), None)
    return scatter(found[x], found[y], territory, beside)


def kinds(found: Scatter) -> dict[str, str]:
    return {place.area.name: place.kind for place in found.places}


def compare_with_southtown(world) -> None:
    """An eighth area that contains no other, to compare with."""
    world.partnership().comparators.add(*type(world.partnership().area).objects.filter(code=SOUTHTOWN))
    publish(
        world,
        f"school-ready,{SOUTHTOWN},2023,70.0,,,700,1000",
        f"healthy-teeth,{SOUTHTOWN},2023,77.0,,,770,1000",
    )


def test_every_area_that_has_both_is_a_point_and_those_that_contain_others_are_marked(wide):
    found = drawn()
    assert kinds(found) == dict.fromkeys(("Ashby", "Birkdale", "Cotterham", *MORE.values()), "own") | {
        "England": "whole",
        "Northshire": "whole",
    }
    assert [trace["name"] for trace in found.chart.figure["data"]] == [
        "Areas of Northshire",
        "Larger areas, which contain others",
    ]


def test_an_area_to_compare_with_is_a_point_of_its_own_kind(wide):
    compare_with_southtown(wide)
    assert kinds(drawn())["Southtown"] == "beside"


def test_an_area_without_a_figure_of_one_of_them_is_no_point(wide):
    publish(wide, f"school-ready,{ASHBY},2023,[c]")
    assert "Ashby" not in kinds(drawn())


def test_each_measure_has_the_newest_period_that_most_areas_have(wide):
    publish(wide, f"school-ready,{DUNMERE},2024,57.0,,,570,1000")
    found = drawn(x="infant-deaths")
    assert (found.x.period.label, found.y.period.label) == ("2021 - 23", "2023")
    assert found.chart.summary.endswith("Fewer babies die, 2021 - 23 across, More children ready for school, 2023 up.")


def test_the_table_has_all_the_points(wide):
    table = drawn().chart.table
    assert table.columns == ("Area", "More children without tooth decay, 2023", "More children ready for school, 2023")
    assert table.rows[3] == ("Dunmere", "64.0%", "56.0%")
    assert len(table.rows) == 9


def test_eight_areas_have_a_rank_correlation_and_seven_have_none(wide):
    assert drawn().correlation == ""
    compare_with_southtown(wide)
    assert drawn().correlation == (
        "Spearman’s rank correlation over 8 areas is 0.81: 1 would be the same order by both measures, −1 the opposite "
        "order, 0 nothing in common."
    )


@pytest.mark.parametrize("codes", [("births", "school-ready"), ("school-ready", "births")])
def test_counts_are_not_drawn(wide, codes):
    found = drawn(*codes)
    assert (found.chart, found.correlation) == (None, "")
    assert found.reason == "How many babies are born is a count, which follows the size of the area"


def test_fewer_than_three_areas_are_not_drawn(wide):
    found = drawn("healthy-teeth-most-deprived")
    assert (found.chart, found.reason) == (None, "1 area has a figure of both, and 3 are needed")


# The page.


def shown(client, **query) -> Element:
    return page(client.get(ADDRESS, {"x": "healthy-teeth", "y": "school-ready", **query}))


def test_the_page_has_the_chart_its_table_and_the_caution(wide, client):
    found = shown(client)
    assert found.find("figure", class_="app-chart")
    assert "Dunmere 64.0% 56.0%" in found.one("table").text
    assert "does not show that one causes the other" in found.text
    assert "Ministry of Examples" in found.one("section", class_="app-sources").text


def test_two_measures_are_chosen_by_a_form(wide, client):
    found = shown(client)
    chosen = [option["value"] for option in found.find("option") if "selected" in option.attributes]
    assert chosen == ["start-well", "healthy-teeth", "school-ready"]


def test_the_same_measure_twice_is_set_against_another(wide, client):
    found = shown(client, x="school-ready")
    chosen = [option["value"] for option in found.find("option") if "selected" in option.attributes]
    assert chosen[1] == "school-ready" != chosen[2]


def test_without_a_choice_counts_come_last(wide, client):
    found = page(client.get(ADDRESS))
    chosen = [option["value"] for option in found.find("option") if "selected" in option.attributes]
    assert chosen[1:] == ["infant-deaths", "healthy-teeth"]


def test_a_count_is_answered_with_a_sentence(wide, client):
    found = shown(client, x="births")
    assert "Not drawn: How many babies are born is a count" in found.text
    assert not found.find("figure", class_="app-chart")


def test_a_measure_that_the_strategy_does_not_have_is_named(wide, client):
    assert "has no measure “nonsense”" in shown(client, y="nonsense").one("p", role="alert").text


def test_links_keep_the_day(wide, client):
    day = timezone.localdate().isoformat()
    found = shown(client, as_known_on=day).one("main")
    for part in ("/map/", "/matrix/"):
        links = [link["href"] for link in found.find("a") if part in link["href"]]
        assert links
        assert all(f"as_known_on={day}" in link for link in links)


def test_a_strategy_with_one_measure_has_nothing_to_set_it_against(wide, client):
    Measure.objects.exclude(code="school-ready").update(retired_at=timezone.now())
    assert "Not drawn: there is but one measure to choose." in page(client.get(ADDRESS)).text


def test_a_strategy_without_figures_and_a_partnership_without_a_strategy_say_so(wide, client):
    Measure.objects.filter(indicator__isnull=False).update(retired_at=timezone.now())
    assert "No measures with figures" in page(client.get(ADDRESS)).text
    Strategy.objects.filter(slug="growing-up").update(partnership=wide.partnership())
    wide.sign_in(client, "charlie")
    assert "No strategy yet" in page(client.get("/southtown/scatter/")).text


@pytest.mark.parametrize("person", ["anonymous", "bob", "alice", "stella"])
def test_the_same_queries_suffice_for_few_areas_and_for_many(
    wide, client, person, django_assert_max_num_queries, django_assert_num_queries
):
    wide.sign_in(client, person)
    with django_assert_max_num_queries(14) as many:
        client.get(ADDRESS, {"x": "healthy-teeth", "y": "school-ready"})
    footprint = wide.partnership().footprint
    footprint.remove(*footprint.filter(code__in=MORE))
    with django_assert_num_queries(len(many)):
        client.get(ADDRESS, {"x": "healthy-teeth", "y": "school-ready"})
