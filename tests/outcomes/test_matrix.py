import pytest
from django.utils import timezone

from indicators.territory import territory_of
from outcomes.matrix import Sorting, matrix
from outcomes.models import Measure, Strategy
from tests.reading import Element, page

ADDRESS = "/northshire/matrix/"
NORTHSHIRE, ASHBY, BIRKDALE, COTTERHAM, ENGLAND = "E10000099", "E07000901", "E07000902", "E07000903", "E92000001"


def drawn(world, **options):
    strategy = Strategy.objects.select_related("partnership").get(slug="start-well")
    return matrix(strategy, territory_of(strategy.partnership), **options)


def cell(found, area: str, code: str):
    place = [column.measure.code for column in found.columns].index(code)
    return next(row for row in (*found.rows, *found.beside) if row.area.code == area).cells[place]


def test_areas_stand_down_with_the_nation_below_and_measures_across(world):
    found = drawn(world)
    assert [row.area.name for row in found.rows] == ["Northshire", "Ashby", "Birkdale", "Cotterham"]
    assert [row.area.name for row in found.beside] == ["England"]
    assert [column.measure.code for column in found.columns] == [
        "infant-deaths",
        "births",
        "healthy-teeth",
        "healthy-teeth-most-deprived",
        "school-ready",
        "wellbeing",
    ]


@pytest.mark.parametrize(
    ("area", "code", "text", "letter"),
    [
        (NORTHSHIRE, "school-ready", "67.5", "W"),
        (ASHBY, "school-ready", "72.5", "B"),
        (NORTHSHIRE, "infant-deaths", "3.6", "S"),
        (ASHBY, "births", None, ""),
        (ENGLAND, "school-ready", "69.5", ""),
    ],
)
def test_a_cell_has_its_figure_and_the_letter_of_its_comparison(world, area, code, text, letter):
    found = cell(drawn(world), area, code)
    assert str(found.letter) == letter
    assert text is None or found.figure.text == text


def test_an_area_without_figures_has_an_empty_cell(world):
    found = cell(drawn(world), ASHBY, "healthy-teeth-most-deprived")
    assert (found.figure, found.letter, found.number) == (None, "", None)


def test_a_period_that_all_share_stands_in_the_head_only(world):
    found = drawn(world)
    periods = {column.measure.code: column.period for column in found.columns}
    assert (periods["school-ready"], periods["infant-deaths"]) == ("2023", "2021 - 23")
    assert not cell(found, ASHBY, "school-ready").has_own_period


def test_sorting_by_a_measure_leaves_those_without_a_number_last(world):
    rising = drawn(world, sorting=Sorting("school-ready")).rows
    falling = drawn(world, sorting=Sorting("school-ready", is_down=True)).rows
    assert [row.area.name for row in rising] == ["Cotterham", "Birkdale", "Northshire", "Ashby"]
    assert [row.area.name for row in falling] == ["Ashby", "Northshire", "Birkdale", "Cotterham"]
    deprived = drawn(world, sorting=Sorting("healthy-teeth-most-deprived", is_down=True)).rows
    assert deprived[0].area.name == "Northshire"


def test_sorting_by_what_is_no_measure_changes_nothing(world):
    assert drawn(world, sorting=Sorting("nonsense")).rows[0].area.name == "Northshire"


# The page.


def data_cell(found: Element, area: str, indicator: str) -> Element:
    return found.one("td", data_area=area, data_indicator=indicator, data_breakdown="")


def test_a_cell_can_be_read_by_a_person_and_by_a_program(world, client):
    shown = data_cell(page(client.get(ADDRESS)), ASHBY, "school-ready")
    assert (shown["data-value"], shown["data-period"], shown["data-comparison"]) == ("72.5", "2023", "better")
    assert shown.text == "72.5 B better than England"


def test_the_page_explains_its_letters_and_names_its_sources(world, client):
    found = page(client.get(ADDRESS))
    assert "B better" in found.one("ul", class_="app-legend").text
    assert "Ministry of Examples" in found.one("section", class_="app-sources").text
    assert found.find("a", href="/method/#comparison")


def test_the_heads_sort_and_say_how_the_table_is_sorted(world, client):
    found = page(client.get(ADDRESS, {"sort": "school-ready", "order": "asc"}))
    heads = {
        head.one("a", class_="app-sort").text: head for head in found.find("th") if head.find("a", class_="app-sort")
    }
    assert heads["School ready"]["aria-sort"] == "ascending"
    assert "order=desc" in heads["School ready"].one("a", class_="app-sort")["href"]
    assert heads["Births"]["aria-sort"] == "none"
    assert [row.text for row in found.find("th", scope="row")] == [
        "Cotterham",
        "Birkdale",
        "Northshire",
        "Ashby",
        "England",
    ]


def test_an_area_leads_to_its_dashboard_under_the_same_strategy(world, client):
    assert page(client.get(ADDRESS)).find("a", href=f"/northshire/dashboard/{ASHBY}/?strategy=start-well")


def test_a_strategy_of_another_partnership_is_not_found(world, client):
    assert client.get(ADDRESS, {"strategy": "growing-up"}).status_code == 404


def test_a_partnership_without_a_strategy_says_who_can_load_one(world, client):
    Strategy.objects.filter(slug="growing-up").update(partnership=world.partnership())
    world.sign_in(client, "charlie")
    assert "No strategy yet" in page(client.get("/southtown/matrix/")).text


def test_a_strategy_without_indicators_says_so(world, client):
    Measure.objects.filter(indicator__isnull=False).update(retired_at=timezone.now())
    assert "No measures with figures" in page(client.get(ADDRESS)).text


@pytest.mark.parametrize("person", ["anonymous", "bob", "alice", "stella"])
def test_fourteen_queries_suffice_for_few_areas_and_for_many(
    world, client, person, django_assert_max_num_queries, django_assert_num_queries
):
    world.sign_in(client, person)
    with django_assert_max_num_queries(14) as many:
        client.get(ADDRESS)
    footprint = world.partnership().footprint
    footprint.remove(*footprint.filter(code__in=[BIRKDALE, COTTERHAM]))
    with django_assert_num_queries(len(many)):
        client.get(ADDRESS)
