import pytest
from django.utils import timezone

from indicators import comparators
from indicators.comparators import sets_for
from indicators.models import Indicator, Upload
from indicators.peergroups import PeerGroup, peer_groups
from indicators.territory import territory_of
from outcomes.models import Measure, Strategy
from outcomes.spine import End, Row, Spine, spine
from tests.outcomes.wider import ASHBY, BIRKDALE, DUNMERE, ENGLAND, FERNLEY, NORTHSHIRE, widen
from tests.reading import Element, page
from tests.uploading import publish

ADDRESS = f"/northshire/spine/{DUNMERE}/"


@pytest.fixture
def wide(world):
    widen(world)
    return world


def groups_of(world, area: str = DUNMERE) -> list[PeerGroup]:
    partnership = world.partnership()
    territory = territory_of(partnership)
    place = territory.find(area)
    return peer_groups(place, territory, sets_for(place, partnership))


def drawn(world, area: str = DUNMERE, *, beside: PeerGroup | None = None, **options) -> Spine:
    strategy = Strategy.objects.select_related("partnership").get(slug="start-well")
    territory = territory_of(strategy.partnership)
    beside = beside or next(iter(groups_of(world, area)), None)
    place = territory.find(area)
    nation = comparators.find("", place, territory, [])
    return spine(strategy, place, territory, beside=beside, comparator=nation, **options)


def row(found: Spine, code: str) -> Row:
    return next(one for group in found.groups for one in group.rows if one.measure.code == code)


def test_rows_stand_under_the_elements_of_the_strategy_those_told_in_words_too(wide):
    found = drawn(wide)
    assert [(group.code, [one.measure.code for one in group.rows]) for group in found.groups] == [
        ("healthy-start", ["infant-deaths", "births"]),
        ("healthy-mouths", ["healthy-teeth", "healthy-teeth-most-deprived"]),
        ("ready-to-learn", ["school-ready", "families-say"]),
        ("strategy", ["wellbeing"]),
    ]


def test_a_row_has_the_worst_the_best_and_the_middle_half_of_the_areas(wide):
    found = row(drawn(wide), "school-ready")
    assert (found.figure.text, found.figure.period) == ("56.0%", "2023")
    scale = found.scale
    assert (scale.worst, scale.best) == (End("56.0%", "Dunmere"), End("84.0%", "Fernley"))
    assert (scale.areas, scale.half) == (7, "64.0% to 71.3%")
    assert scale.sentence == (
        "From Dunmere 56.0% on the left to Fernley 84.0% on the right, with England 69.5% in the middle; the middle "
        "half of 7 areas: 64.0% to 71.3%; this area: 56.0%."
    )


def test_areas_that_share_the_end_of_a_scale_are_counted(wide):
    publish(wide, *(f"school-ready,{code},2023,84.0,,,840,1000" for code in (BIRKDALE, ASHBY)))
    assert row(drawn(wide), "school-ready").scale.best == End("84.0%", "Ashby and 2 more")


def test_the_mark_says_how_the_area_compares(wide):
    worse, better = (row(drawn(wide, area), "school-ready") for area in (DUNMERE, FERNLEY))
    assert (worse.comparison.code, worse.shape) == ("worse", "alert")
    assert (better.comparison.code, better.shape) == ("better", "tick")
    assert float(worse.scale.strip.mark) < float(worse.scale.strip.middle) < float(better.scale.strip.mark)


@pytest.mark.parametrize(
    ("polarity", "worst", "best", "is_left"),
    [("high", "Dunmere", "Fernley", True), ("low", "Fernley", "Dunmere", False), ("none", "Dunmere", "Fernley", True)],
)
def test_better_lies_to_the_right_whichever_way_is_good(wide, polarity, worst, best, is_left):
    Indicator.objects.filter(code="school-ready").update(polarity=polarity)
    scale = row(drawn(wide), "school-ready").scale
    assert (scale.worst.areas, scale.best.areas) == (worst, best)
    assert (float(scale.strip.mark) < float(scale.strip.middle)) == is_left


@pytest.mark.parametrize(
    ("area", "code", "reason"),
    [
        (DUNMERE, "families-say", "it is told in words"),
        (DUNMERE, "births", "a count follows the size of the area"),
        (DUNMERE, "wellbeing", "there is no figure yet"),
        (ASHBY, "infant-deaths", "2 areas have a figure for 2021 - 23, and 4 are needed"),
        (ASHBY, "wellbeing", "2 areas have a figure for 2023/24, and 4 are needed"),
        (ENGLAND, "school-ready", "a whole nation has nothing to stand in the middle"),
    ],
)
def test_where_nothing_is_drawn_the_row_says_why(wide, area, code, reason):
    found = row(drawn(wide, area), code)
    assert (found.scale, found.reason) == (None, reason)


def test_without_a_figure_of_the_nation_nothing_stands_in_the_middle(wide):
    publish(wide, f"school-ready,{ENGLAND},2023,[c]")
    found = row(drawn(wide), "school-ready")
    assert found.reason == "there is no figure for England in 2023 to stand in the middle"


def test_the_newest_period_that_enough_areas_have_is_drawn_and_the_newer_fact_is_named(wide):
    publish(wide, f"school-ready,{DUNMERE},2024,57.0,,,570,1000")
    found = row(drawn(wide), "school-ready")
    assert (found.figure.period, found.newest.text, found.newest.period) == ("2023", "57.0%", "2024")
    assert found.scale


def test_a_suppressed_newest_figure_leaves_the_one_before_drawn(wide):
    publish(wide, f"school-ready,{DUNMERE},2024,[c]")
    found = row(drawn(wide), "school-ready")
    assert (found.figure.text, found.newest.text) == ("56.0%", "suppressed")


def test_a_whole_is_set_beside_its_parts_and_is_none_of_them(wide):
    found = drawn(wide, NORTHSHIRE)
    assert found.beside.title == "The areas of the footprint within Northshire"
    assert row(found, "school-ready").scale.areas == 7


def test_the_summary_counts(wide):
    assert drawn(wide).summary == "2 of 7 measures are drawn; compared with England 2 are worse."
    assert drawn(wide, ENGLAND).summary == "0 of 7 measures are drawn."


def test_what_a_private_partnership_published_of_areas_elsewhere_is_not_shown(wide):
    """Fernley is no longer Northshire's; the others still are, whoever published their figures."""
    partnership = wide.partnership()
    partnership.footprint.remove(*partnership.footprint.filter(code=FERNLEY))
    kind = next(one for one in groups_of(wide) if one.code == "kind")
    assert row(drawn(wide, beside=kind), "school-ready").scale.best.areas == "Fernley"
    Upload.objects.filter(file_name="wider.csv").update(partnership=wide.partnership("southtown"))
    scale = row(drawn(wide, beside=kind), "school-ready").scale
    assert (scale.best.areas, scale.areas) == ("Ashby", 6)


# The page.


def shown(client, **query) -> Element:
    return page(client.get(ADDRESS, query))


def test_a_row_can_be_read_by_a_person_and_by_a_program(wide, client):
    found = shown(client).one("tr", data_indicator="school-ready")
    assert (found["data-value"], found["data-period"], found["data-comparison"]) == ("56", "2023", "worse")
    assert "Middle half of 7 areas: 64.0% to 71.3%" in found.text
    assert "From Dunmere 56.0% on the left" in found.one("svg", class_="app-strip")["aria-label"]


def test_the_page_says_which_areas_stand_beside_and_offers_others(wide, client):
    found = shown(client)
    assert "Dunmere beside: The areas of the footprint in Northshire." in found.text
    assert [option["value"] for option in found.one("select", name="beside").find("option")] == ["footprint", "kind"]
    assert "All areas of its kind" in page(client.get(ADDRESS, {"beside": "kind"})).text


def test_where_neither_high_nor_low_is_good_the_row_says_so(wide, client):
    Indicator.objects.filter(code="school-ready").update(polarity="none")
    text = shown(client).one("tr", data_indicator="school-ready").text
    assert "high is on the right; neither is good." in text
    assert "lowest: Dunmere" in text


def test_an_area_with_too_few_beside_it_says_so(world, client):
    found = page(client.get(f"/northshire/spine/{BIRKDALE}/"))
    assert "There are no four areas here to set Birkdale beside" in found.text
    assert not found.find("svg", class_="app-strip")
    row = found.one("tr", data_indicator="school-ready")
    assert row.text.startswith("More children ready for school per cent of children 66.0% 2023")
    assert row.text.endswith("Not drawn: there are too few areas to set it beside.")


def test_another_area_is_chosen_by_a_form(wide, client):
    response = client.get(ADDRESS, {"area": ASHBY, "strategy": "start-well", "beside": "", "as_known_on": ""})
    assert response.headers["Location"] == f"/northshire/spine/{ASHBY}/?strategy=start-well"
    assert client.get(ADDRESS, {"area": "E06000099"}).status_code == 404


def test_the_page_leads_back_to_the_dashboard_and_is_linked_from_it(wide, client):
    dashboard = f"/northshire/dashboard/{DUNMERE}/"
    assert shown(client).find("a", href=f"{dashboard}?strategy=start-well")
    assert page(client.get(dashboard)).find("a", href=f"{ADDRESS}?strategy=start-well")


def test_a_strategy_without_measures_and_a_partnership_without_a_strategy_say_so(wide, client):
    Measure.objects.update(retired_at=timezone.now())
    assert "No measures yet" in shown(client).text
    Strategy.objects.filter(slug="growing-up").update(partnership=wide.partnership())
    wide.sign_in(client, "charlie")
    assert "No strategy yet" in page(client.get("/southtown/spine/E06000099/")).text


@pytest.mark.parametrize("person", ["anonymous", "bob", "alice", "stella"])
def test_the_same_queries_suffice_for_few_measures_and_for_many(
    wide, client, person, django_assert_max_num_queries, django_assert_num_queries
):
    wide.sign_in(client, person)
    with django_assert_max_num_queries(18) as many:
        client.get(ADDRESS)
    Measure.objects.exclude(code="school-ready").update(retired_at=timezone.now())
    with django_assert_num_queries(len(many)):
        client.get(ADDRESS)
