import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.models import KeyAction
from outcomes.models import (
    Element,
    GlossaryTerm,
    Horizon,
    Level,
    LevelKind,
    Measure,
    Origin,
    Statement,
    StatementKind,
    Strategy,
    Target,
)
from outcomes.plan import Plan, plan_of
from partnerships.models import Partnership

TODAY = date(2023, 6, 1)
PLAN = "/northshire/strategies/start-well/"
MOST_QUERIES = 14


@pytest.fixture
def strategy(world) -> Strategy:
    return Strategy.objects.select_related("partnership__area").get(slug="start-well")


def plan(strategy: Strategy, **reader) -> Plan:
    reader = {"visible": Partnership.objects.all(), "is_member": True, "today": TODAY, **reader}
    return plan_of(Strategy.objects.select_related("partnership__area").get(pk=strategy.pk), **reader)


def column(found: Plan, code: str):
    return next(node for band in found.bands for node in band.columns if node.element.code == code)


def measure(found: Plan, element: str, code: str):
    return next(one for one in column(found, element).measures if one.measure.code == code)


def text_of(response) -> str:
    """What a reader sees, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestTree:
    def test_a_column_for_each_element_at_the_top_under_the_partnerships_own_word(self, strategy):
        [band] = plan(strategy).bands
        assert band.heading == "Priorities"
        assert [node.element.code for node in band.columns] == ["healthy-start", "ready-to-learn"]

    def test_elements_under_one_another_keep_their_place(self, strategy):
        [child] = column(plan(strategy), "healthy-start").children
        assert (child.element.code, child.element.level.word) == ("healthy-mouths", "Objective")
        assert [one.measure.code for one in child.measures] == ["healthy-teeth", "healthy-teeth-most-deprived"]
        assert [one.action.code for one in child.actions] == ["brushing-at-nursery"]

    def test_levels_that_share_the_top_are_bands_of_their_own(self, strategy):
        level = Level.objects.create(
            strategy=strategy,
            code="outcome",
            kind=LevelKind.OUTCOME,
            depth=1,
            word="Outcome",
            plural="Outcomes",
            position=9,
        )
        Element.objects.create(strategy=strategy, level=level, code="happy", title="Happy")
        assert [(band.heading, len(band.columns)) for band in plan(strategy).bands] == [
            ("Priorities", 2),
            ("Outcome", 1),
        ]

    def test_what_belongs_to_the_strategy_as_a_whole_stands_apart(self, strategy):
        whole = plan(strategy).whole
        assert [one.measure.code for one in whole.measures] == ["wellbeing"]
        assert [one.action.code for one in whole.actions] == ["yearly-forum"]
        assert whole.children == ()

    def test_headings_go_down_with_the_tree_and_no_further_than_html_does(self, strategy):
        node = column(plan(strategy), "healthy-start")
        assert (node.heading_level, node.children[0].heading_level) == (3, 4)
        assert replace(node, depth=9).heading_level == 6

    def test_nothing_that_was_retired_is_shown(self, strategy):
        now = timezone.now()
        Element.objects.filter(code="ready-to-learn").update(retired_at=now)
        Measure.objects.filter(code="births").update(retired_at=now)
        KeyAction.objects.filter(code="safer-sleep").update(retired_at=now)
        Statement.objects.filter(code="children-first").update(retired_at=now)
        found = plan(strategy)
        [node] = found.bands[0].columns
        assert [one.measure.code for one in node.measures] == ["infant-deaths"]
        assert node.actions == ()
        assert "Children first" not in [saying.text for group in found.foundations for saying in group.sayings]

    def test_an_element_whose_parent_was_retired_is_not_lost(self, strategy):
        Element.objects.filter(code="healthy-start").update(retired_at=timezone.now())
        assert [band.heading for band in plan(strategy).bands] == ["Priority", "Objective"]


class TestMeasures:
    def test_a_measure_shows_how_it_stands_in_the_partnerships_main_area(self, strategy):
        one = measure(plan(strategy), "ready-to-learn", "school-ready")
        assert one.standing.latest.area == "E10000099"
        assert one.spark is not None

    def test_each_measure_is_judged_by_its_own_targets(self, strategy):
        target = measure(plan(strategy), "ready-to-learn", "school-ready").standing.target
        assert (target.due_on, target.value_text) == (date(2026, 12, 31), "75.0%")
        assert measure(plan(strategy), "healthy-start", "births").standing.target.status == "no-target"

    def test_a_target_added_for_the_demonstration_is_known_as_such(self, strategy):
        assert measure(plan(strategy), "healthy-start", "infant-deaths").standing.target.is_demonstration
        assert not measure(plan(strategy), "ready-to-learn", "school-ready").standing.target.is_demonstration

    def test_evidence_in_words_has_no_figure(self, strategy):
        one = measure(plan(strategy), "ready-to-learn", "families-say")
        assert (one.standing, one.spark) == (None, None)
        assert one.measure.narrative == "What families tell us at the yearly forum."

    def test_only_the_breakdown_that_is_measured_is_shown(self, strategy):
        [child] = column(plan(strategy), "healthy-start").children
        assert [one.standing.series.breakdown for one in child.measures] == ["", "deprivation: Most deprived"]


class TestAround:
    def test_horizons_go_from_now_to_the_farthest(self, strategy):
        Horizon.objects.create(strategy=strategy, years=5, title="In five years", text="Better.")
        assert [saying.heading for saying in plan(strategy).horizons] == [
            "Where we are now",
            "In three years",
            "In five years",
            "In ten years",
        ]

    def test_the_foundations_have_the_documents_headings_or_the_word_for_their_kind(self, strategy):
        groups = {group.heading: [saying.text for saying in group.sayings] for group in plan(strategy).foundations}
        assert groups == {
            "Values": ["Children first"],
            "How we talk": ["We say what we see"],
            "Ways of working": ["Help early"],
        }

    def test_what_stands_beside_the_plan_comes_below_it_by_kind(self, strategy):
        Statement.objects.create(strategy=strategy, kind=StatementKind.CONTEXT, code="then", text="In 2020.")
        assert [group.heading for group in plan(strategy).surroundings] == ["Foreword", "Context", "Successes so far"]

    def test_additions_are_explained_only_where_there_are_any(self, strategy):
        assert plan(strategy).has_additions
        for model in (Element, Measure, Statement, Target, KeyAction):
            model.objects.update(origin=Origin.SOURCE)
        assert not plan(strategy).has_additions

    @pytest.mark.parametrize("model", [Element, Measure, Statement, Target, KeyAction])
    def test_any_addition_is_explained(self, strategy, model):
        for other in (Element, Measure, Statement, Target, KeyAction):
            other.objects.update(origin=Origin.SOURCE)
        model.objects.update(origin=Origin.DEMONSTRATION)
        assert plan(strategy).has_additions

    def test_every_figure_can_be_traced_to_its_file(self, strategy):
        lines = {line.indicator: line for line in plan(strategy).sources}
        assert lines["Children ready for school"].file == "northshire.csv"
        assert lines["Children ready for school"].file_url.startswith("/northshire/uploads/")
        assert all(line.file_url == "" for line in plan(strategy, is_member=False).sources)


class TestLinks:
    def test_an_element_delivers_one_in_another_strategy_which_knows_it(self, strategy):
        [goal] = column(plan(strategy), "healthy-start").delivers
        assert (goal.partnership, goal.slug, goal.code) == ("southtown", "growing-up", "every-child")
        other = Strategy.objects.get(slug="growing-up")
        sources = {source.code for source in column(plan(other), "every-child").delivered_by}
        assert "healthy-start" in sources

    def test_an_element_delivers_one_in_its_own_strategy(self, strategy):
        found = plan(strategy)
        assert [end.code for end in column(found, "ready-to-learn").delivers] == ["healthy-start"]
        assert "ready-to-learn" in [end.code for end in column(found, "healthy-start").delivered_by]

    def test_a_whole_strategy_delivers_an_element_of_another(self, strategy):
        other = Strategy.objects.create(
            partnership=strategy.partnership, slug="next", title="Next", vision="More.", source="Next"
        )
        other.serves.add(Element.objects.get(code="ready-to-learn"))
        assert [end.element for end in plan(other).whole.delivers] == ["Ready to learn"]
        assert "Next" in [end.strategy for end in column(plan(strategy), "ready-to-learn").delivered_by]

    def test_links_stand_in_the_order_of_the_strategy_they_lead_to(self, strategy):
        other = Strategy.objects.create(
            partnership=strategy.partnership, slug="next", title="Next", vision="More.", source="Next"
        )
        other.serves.set(Element.objects.filter(code__in=["healthy-start", "ready-to-learn"]))
        Element.objects.filter(code="healthy-start").update(position=7)
        assert [end.code for end in plan(other).whole.delivers] == ["ready-to-learn", "healthy-start"]

    def test_a_partnership_that_the_reader_may_not_know_of_is_not_named(self, strategy):
        public = Partnership.objects.filter(is_public=True)
        assert column(plan(strategy, visible=public), "healthy-start").delivers == ()

    def test_a_retired_element_has_no_links(self, strategy):
        Element.objects.filter(code="every-child").update(retired_at=timezone.now())
        assert column(plan(strategy), "healthy-start").delivers == ()


class TestPage:
    def test_anybody_reads_the_plan_of_a_public_partnership_but_opens_no_action(self, world, client):
        response = client.get(PLAN)
        page = text_of(response)
        for told in (
            "Every child in Northshire is safe, healthy and ready to learn.",
            "Priorities",
            "A healthy start",
            "Healthy mouths",
            "Safer sleep campaign At risk",
            "What families tell us at the yearly forum.",
            "Children first",
            "We ask you to hold us to this plan.",
            "The chair of the partnership",
            "from 1 April 2021",
            "to 31 March 2026",
            "1.2, 1 May 2021",
            "Director of Children's Services",
        ):
            assert told in page.replace("&#x27;", "'")
        assert "/northshire/actions/safer-sleep/" not in response.content.decode()

    def test_a_member_can_open_the_actions(self, world, client):
        world.sign_in(client, "bob")
        assert 'href="/northshire/actions/safer-sleep/"' in client.get(PLAN).content.decode()

    def test_every_figure_carries_what_a_program_needs(self, world, client):
        page = client.get(PLAN).content.decode()
        figure = re.search(r'<span class="app-figure[^>]*data-indicator="school-ready"[^>]*>', page)[0]
        assert 'data-area="E10000099"' in figure
        assert 'data-breakdown=""' in figure
        assert re.search(r'data-value="[\d.]+"', figure)
        assert re.search(r'data-period="\d{4}"', figure)

    def test_a_measure_without_figures_says_so(self, world, client):
        Measure.objects.filter(code="school-ready").update(breakdown="sex: Female")
        assert "No figures for Northshire yet" in text_of(client.get(PLAN))

    def test_a_strategy_without_elements_says_what_would_be_here(self, world, client):
        Strategy.objects.create(
            partnership=world.partnership(), slug="empty", title="Empty", vision="Some day.", source="Nothing"
        )
        assert "This plan has no elements yet" in text_of(client.get("/northshire/strategies/empty/"))

    def test_only_an_administrator_is_shown_the_way_to_the_targets(self, world, client):
        world.sign_in(client, "olive")
        assert "Set targets" not in text_of(client.get(PLAN))
        world.sign_in(client, "alice")
        assert "Set targets" in text_of(client.get(PLAN))


class TestGlossary:
    def test_terms_are_in_the_order_of_the_alphabet_and_say_when_they_were_added(self, world, client, strategy):
        for term in ("early help", "Board"):
            GlossaryTerm.objects.create(
                strategy=strategy, term=term, meaning=f"Meaning of {term}", origin=Origin.DEMONSTRATION
            )
        page = text_of(client.get(f"{PLAN}glossary/"))
        places = [page.index(term) for term in ("Meaning of Board", "Meaning of early help", "Reception")]
        assert places == sorted(places)
        assert page.count("added for the demonstration") == 2

    def test_without_terms_it_says_what_would_be_here(self, world, client):
        GlossaryTerm.objects.all().delete()
        assert "No terms yet" in text_of(client.get(f"{PLAN}glossary/"))


def grow(strategy: Strategy) -> None:
    """Forty more of everything."""
    priority, objective = strategy.levels.order_by("depth")
    indicator = Measure.objects.get(code="school-ready", strategy=strategy).indicator
    for number in range(40):
        top = Element.objects.create(strategy=strategy, level=priority, code=f"top-{number}", title="Top")
        low = Element.objects.create(strategy=strategy, level=objective, parent=top, code=f"low-{number}", title="Low")
        low.serves.add(top)
        shown = Measure.objects.create(
            strategy=strategy, element=low, code=f"shown-{number}", title="Shown", indicator=indicator
        )
        Target.objects.create(measure=shown, value=70, due_on=TODAY + timedelta(days=number))
        KeyAction.objects.create(strategy=strategy, element=low, code=f"do-{number}", title="Do")
        Statement.objects.create(strategy=strategy, kind=StatementKind.VALUE, code=f"say-{number}", text="Say")


@pytest.mark.parametrize("person", ["anonymous", "bob", "alice", "stella"])
def test_the_plan_asks_the_database_as_often_for_much_as_for_little(client, world, strategy, person):
    world.sign_in(client, person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PLAN).status_code == 200
        return len(captured)

    few = queries()
    grow(strategy)
    assert queries() == few <= MOST_QUERIES
