import json
from datetime import timedelta

import pytest
from django.utils import timezone

from indicators import hexlayouts
from indicators.fifths import fifths
from indicators.models import Indicator, Upload
from indicators.territory import territory_of
from outcomes import atlas as module
from outcomes import measures
from outcomes.atlas import Atlas, atlas
from outcomes.models import Measure, Strategy
from outcomes.tiles import Tile
from tests.outcomes.wider import ASHBY, BIRKDALE, COTTERHAM, DUNMERE, ELMWICK, FERNLEY, GARSTON, NORTHSHIRE, widen
from tests.reading import Element, page
from tests.uploading import publish

ADDRESS = "/northshire/map/"
DISTRICTS = (ASHBY, BIRKDALE, COTTERHAM, DUNMERE, ELMWICK, FERNLEY, GARSTON)
ELSEWHERE = "E07000990"


@pytest.fixture
def wide(world, monkeypatch):
    """Northshire with seven districts and a layout that has them and one more, which is nobody's."""
    widen(world)
    hexes = {
        code: {"n": code, "q": place % 3, "r": place // 3, "region": "E12000098"}
        for place, code in enumerate((*DISTRICTS, ELSEWHERE))
    }
    data = {"layout": "odd-r", "title": "Far North", "source": "Tests", "source_url": "https://example.org/hexes"}
    layout = hexlayouts.read(json.dumps(data | {"licence": "MIT", "whole": True, "hexes": hexes}))
    monkeypatch.setattr(module, "layouts", lambda: (layout,))
    return world


def drawn(code: str = "school-ready", **options) -> Atlas:
    strategy = Strategy.objects.select_related("partnership").get(slug="start-well")
    measure = next(one.measure for one in measures.with_aims(strategy) if one.measure.code == code)
    return atlas(measure, territory_of(strategy.partnership), **options)


def tile(found: Atlas, code: str) -> Tile:
    return next(one for one in found.tiles if one.cell.code == code)


def test_every_area_of_the_layout_has_a_hexagon_and_the_others_stand_in_the_table(wide):
    found = drawn()
    assert {one.cell.code for one in found.tiles} == {*DISTRICTS, ELSEWHERE}
    assert [place.area.code for place in found.others] == [NORTHSHIRE, "E92000001"]
    assert [place.area.name for place in found.places][:2] == ["Ashby", "Birkdale"]


@pytest.mark.parametrize(
    ("code", "shade", "letter", "label"),
    [
        (DUNMERE, "worse", "W", "Dunmere: 56.0% in 2023, worse than England"),
        (FERNLEY, "better", "B", "Fernley: 84.0% in 2023, better than England"),
        (ELSEWHERE, "outline", "", ELSEWHERE),
    ],
)
def test_a_hexagon_is_shaded_and_lettered_by_its_comparison(wide, code, shade, letter, label):
    found = tile(drawn(), code)
    assert (found.shade, found.letter, found.label) == (shade, letter, label)


def test_it_is_shaded_by_fifths_where_asked_for(wide):
    found = drawn(shading="fifths")
    shades = {one.cell.code: one.shade for one in found.tiles}
    assert (shades[DUNMERE], shades[FERNLEY]) == ("fifth-1", "fifth-5")
    assert tile(found, DUNMERE).label == "Dunmere: 56.0% in 2023, worst fifth"
    assert [key.letter for key in found.keys if key.letter] == ["1", "2", "3", "4", "5"]


def test_the_best_fifth_is_the_lowest_where_low_is_good(wide):
    Indicator.objects.filter(code="school-ready").update(polarity="low")
    found = drawn(shading="fifths")
    assert (tile(found, DUNMERE).shade, tile(found, FERNLEY).shade) == ("fifth-5", "fifth-1")
    assert tile(found, DUNMERE).label == "Dunmere: 56.0% in 2023, best fifth"


def test_areas_with_the_same_figure_are_in_the_same_fifth():
    numbers = [number for number, _words in fifths([1, 2, 2, 3, 4, 5, 5], "high")]
    assert numbers == [1, 1, 1, 2, 3, 4, 4]


@pytest.mark.parametrize("values", [[7, 7, 7, 7, 7, 7], [1, 1, 2, 2, 3, 4], [1, 2, 3, 4], []])
def test_figures_that_hardly_differ_are_not_divided(values):
    assert fifths(values, "low") == [(0, "")] * len(values)


def test_fewer_than_five_areas_are_not_divided(wide):
    publish(wide, *(f"school-ready,{code},2023,[c]" for code in (ASHBY, BIRKDALE, COTTERHAM)))
    found = drawn(shading="fifths")
    assert not found.has_fifths
    assert tile(found, FERNLEY).shade == "plain"


def test_without_a_figure_to_compare_with_fifths_are_shown_unless_asked_otherwise(wide):
    publish(wide, "school-ready,E92000001,2023,[c]")
    assert drawn().shading == "fifths"
    assert drawn(shading="comparison").shading == "comparison"
    assert tile(drawn(shading="comparison"), FERNLEY).shade == "plain"


def test_areas_without_a_number_are_hatched_and_say_why(wide):
    publish(wide, f"school-ready,{GARSTON},2023,[c]")
    suppressed, nothing = tile(drawn(), GARSTON), tile(drawn("infant-deaths"), GARSTON)
    assert (suppressed.shade, suppressed.label) == ("absent", "Garston: suppressed")
    assert (nothing.shade, nothing.label) == ("absent", "Garston: no figures")


def test_counts_are_neither_compared_nor_divided(wide):
    found = drawn("births", shading="fifths")
    assert tile(found, ASHBY).shade == "plain"
    assert not found.has_fifths


def test_all_figures_are_of_the_newest_period_that_most_areas_have(wide):
    publish(wide, f"school-ready,{DUNMERE},2024,57.0,,,570,1000")
    found = drawn()
    assert found.period.label == "2023"
    assert tile(found, DUNMERE).lines == ("56.0%",)


def test_the_summary_runs_from_the_lowest_to_the_highest(wide):
    assert drawn().summary == "7 areas have a figure for 2023, from Dunmere 56.0% to Fernley 84.0%."
    assert drawn(as_known_on=timezone.localdate().replace(year=2000)).summary == "There are no figures to show."


def test_it_is_drawn_as_it_was_known_on_a_day(wide):
    today = timezone.localdate()
    Upload.objects.filter(file_name="wider.csv").update(published_at=timezone.now() - timedelta(days=5))
    assert tile(drawn(as_known_on=today), DUNMERE).lines == ("56.0%",)
    assert tile(drawn(as_known_on=today - timedelta(days=6)), DUNMERE).shade == "absent"


# The page.


def shown(client, **query) -> Element:
    return page(client.get(ADDRESS, {"measure": "school-ready", **query}))


def test_a_hexagon_leads_to_the_dashboard_of_its_area(wide, client):
    found = shown(client)
    link = found.one("svg", class_="app-hexmap").one("a", href=f"/northshire/dashboard/{FERNLEY}/?strategy=start-well")
    assert link.one("title").text == "Fernley: 84.0% in 2023, better than England"
    hexagon = found.one("g", class_="app-hex", data_area=FERNLEY)
    assert (hexagon["data-value"], hexagon["data-comparison"]) == ("84", "better")
    assert len(found.one("svg", class_="app-hexmap").find("a")) == len(DISTRICTS)


def test_the_table_has_the_same_facts(wide, client):
    rows = {row.one("th").text: row.text for row in shown(client).find("tr") if row.find("th", scope="row")}
    assert rows["Fernley"] == "Fernley 84.0 Better than England 5, best fifth"
    assert list(rows) == ["Ashby", "Birkdale", "Cotterham", "Dunmere", "Elmwick", "Fernley", "Garston",
                          "Northshire", "England"]  # fmt: skip


def test_the_legend_explains_what_occurs_and_the_layout_names_its_source(wide, client):
    found = shown(client)
    assert "worse" in found.one("ul", class_="app-legend").text
    assert "fifth" not in found.one("ul", class_="app-legend").text
    assert "worst fifth" in shown(client, shading="fifths").one("ul", class_="app-legend").text
    assert "MIT licence" in found.one("figcaption").text


def test_a_measure_and_a_shading_are_chosen_by_a_form(wide, client):
    found = shown(client, shading="fifths")
    chosen = [option["value"] for option in found.find("option") if "selected" in option.attributes]
    assert chosen == ["start-well", "school-ready", "fifths"]
    groups = [group["label"] for group in found.one("select", name="measure").find("optgroup")]
    assert groups == ["A healthy start", "Healthy mouths", "Ready to learn", "The strategy as a whole"]


def test_a_measure_that_the_strategy_does_not_have_is_named(wide, client):
    found = shown(client, measure="nonsense")
    assert "This strategy has no measure “nonsense” with figures." in found.one("p", role="alert").text
    assert found.find("svg", class_="app-hexmap")


def test_where_no_layout_has_the_areas_the_table_stands_alone(world, client):
    found = page(client.get(ADDRESS))
    assert "No layout of hexagons has the areas of this partnership" in found.text
    assert not found.find("svg", class_="app-hexmap")
    assert found.find("td", class_="govuk-table__cell--numeric")


def test_a_strategy_without_figures_and_a_partnership_without_a_strategy_say_so(wide, client):
    Measure.objects.filter(indicator__isnull=False).update(retired_at=timezone.now())
    assert "No measures with figures" in shown(client).text
    Strategy.objects.filter(slug="growing-up").update(partnership=wide.partnership())
    wide.sign_in(client, "charlie")
    assert "No strategy yet" in page(client.get("/southtown/map/")).text


def test_links_keep_the_day(wide, client):
    day = timezone.localdate().isoformat()
    found = shown(client, as_known_on=day)
    assert "Drawn as it was known on" in found.text
    for part in ("/dashboard/", "/scatter/", "/matrix/"):
        links = [link["href"] for link in found.one("main").find("a") if part in link["href"]]
        assert links
        assert all(f"as_known_on={day}" in link for link in links)


@pytest.mark.parametrize("address", ["/northshire/matrix/", "/northshire/indicators/school-ready/"])
def test_the_map_is_linked_from_where_its_figures_stand(wide, client, address):
    assert [link for link in page(client.get(address)).find("a") if link["href"].startswith(ADDRESS)]


@pytest.mark.parametrize("person", ["anonymous", "bob", "alice", "stella"])
def test_the_same_queries_suffice_for_few_areas_and_for_many(
    wide, client, person, django_assert_max_num_queries, django_assert_num_queries
):
    wide.sign_in(client, person)
    with django_assert_max_num_queries(13) as many:
        client.get(ADDRESS, {"measure": "school-ready"})
    footprint = wide.partnership().footprint
    footprint.remove(*footprint.filter(code__in=[BIRKDALE, COTTERHAM, DUNMERE]))
    with django_assert_num_queries(len(many)):
        client.get(ADDRESS, {"measure": "school-ready"})
