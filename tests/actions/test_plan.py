"""The actions of a strategy file: what they are is written, how they stand is left alone."""

import re
from datetime import date

import pytest

from actions import plan, updates
from actions.models import KeyAction, Milestone, Status, StatusUpdate
from outcomes import loading, strategies, strategyfile
from outcomes.models import Strategy
from partnerships.models import Partnership
from tests.universe import FILES

TEXT = (FILES / "northshire.yaml").read_text()
SAFER_SLEEP = re.search(r"    actions:\n      - code: safer-sleep\n(        .*\n)+", TEXT)[0]
# What actions.updates alone may write.
STANDING = ("status", "progress", "completed_at", "completed_by_id", "version")

pytestmark = pytest.mark.usefixtures("world")


def load(text: str) -> None:
    loading.load(strategyfile.read(text.encode(), file="plan.yaml"), by=None)


def action(code: str = "safer-sleep") -> KeyAction:
    return KeyAction.objects.get(code=code)


def standing(code: str) -> tuple:
    return KeyAction.objects.values_list(*STANDING).get(code=code)


def test_an_action_has_what_the_file_says():
    found = action()
    assert (found.element.code, found.owner.code, found.lead.email) == (
        "healthy-start",
        "northshire-nhs",
        "olive@example.org",
    )
    assert (found.starts_on, found.due_on) == (date(2022, 1, 10), date(2024, 3, 31))
    assert (found.origin, found.details_origin, found.lead_title) == ("source", "demonstration", "Head of midwifery")
    assert list(found.milestones.values_list("code", "position", "due_on")) == [
        ("leaflet", 0, date(2022, 6, 30)),
        ("all-wards", 1, date(2023, 12, 31)),
    ]


def test_an_action_of_the_whole_strategy_has_no_element():
    assert action("yearly-forum").element is None


def test_loading_never_touches_how_an_action_stands():
    before = standing("safer-sleep")
    assert before[:2] == ("at-risk", 40)
    load(TEXT.replace("Safer sleep campaign", "Sleep campaign").replace("2024-03-31", "2024-06-30"))
    assert action().title == "Sleep campaign"
    assert standing("safer-sleep") == before


def test_a_complete_action_stays_complete_through_retirement_and_return(world):
    updates.record(
        action=action(), status=Status.COMPLETE, progress=100, note="", by=world.user("olive"), seen_version=1
    )
    before, row, history = standing("safer-sleep"), action().pk, list(StatusUpdate.objects.values())
    load(TEXT.replace(SAFER_SLEEP, ""))
    assert action().retired_at is not None
    assert standing("safer-sleep") == before
    load(TEXT)
    assert (action().pk, action().retired_at) == (row, None)
    assert standing("safer-sleep") == before
    assert list(StatusUpdate.objects.values()) == history


def test_a_milestone_keeps_when_it_was_reached():
    reached = Milestone.objects.get(code="leaflet").reached_in
    assert reached is not None
    load(TEXT.replace("Leaflet printed", "Leaflets are printed"))
    assert Milestone.objects.get(code="leaflet").reached_in == reached
    load(TEXT.replace("          - {code: leaflet, title: Leaflet printed, due_on: 2022-06-30}\n", ""))
    gone = Milestone.objects.get(code="leaflet")
    assert gone.retired_at is not None
    assert gone.reached_in == reached
    load(TEXT)
    assert Milestone.objects.get(code="leaflet").retired_at is None


def test_the_milestones_of_a_retired_action_stay_as_they_are():
    load(TEXT.replace(SAFER_SLEEP, ""))
    assert set(action().milestones.values_list("retired_at", flat=True)) == {None}


def test_what_went_is_known(world):
    text = TEXT.replace("          - {code: leaflet, title: Leaflet printed, due_on: 2022-06-30}\n", "")
    load(text.replace("actions:\n  - code: yearly-forum\n    title: Yearly forum of families\n", ""))
    assert plan.retired(Strategy.objects.get(slug="start-well")) == {
        ("action", "yearly-forum"),
        ("milestone", "safer-sleep/leaflet"),
    }


def test_actions_are_found_again_as_they_were_loaded():
    strategy = Strategy.objects.get(slug="start-well")
    found = plan.with_stored_actions(strategies.stored(strategy), strategy)
    tree = strategyfile.read(TEXT.encode(), file="plan.yaml")
    assert found.actions == tree.actions
    assert {one.code: one.actions for one, _parent in found.placed_elements()} == {
        one.code: one.actions for one, _parent in tree.placed_elements()
    }


def test_an_action_of_another_strategy_may_have_the_same_code():
    load(TEXT.replace("slug: start-well", "slug: other"))
    assert KeyAction.objects.filter(code="safer-sleep").count() == 2
    assert KeyAction.objects.get(code="safer-sleep", strategy__slug="other").status == Status.NOT_STARTED


def test_an_owner_is_an_organisation_of_the_partnership_or_of_the_file():
    tree = strategyfile.read(TEXT.encode(), file="plan.yaml")
    assert list(plan.problems(tree, Partnership.objects.get(slug="northshire"))) == []
    elsewhere = list(plan.problems(tree, Partnership.objects.get(slug="southtown")))
    assert [(problem.column, problem.value) for problem in elsewhere] == [("owner", "northshire-nhs")]


def test_a_lead_is_known_in_any_case_of_letters():
    load(TEXT.replace("olive@example.org", "Olive@EXAMPLE.org"))
    assert action().lead.email == "olive@example.org"


def test_a_lead_that_the_file_no_longer_names_is_gone():
    load(TEXT.replace(", account: olive@example.org", ""))
    assert (action().lead, action().lead_title) == (None, "Head of midwifery")
