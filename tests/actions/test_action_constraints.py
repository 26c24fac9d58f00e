"""What the database itself refuses of actions, milestones and reports, whoever writes."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from actions.models import KeyAction, Milestone, StatusUpdate
from outcomes.models import Strategy
from tests.constraints import names, refuses

TODAY = date(2026, 3, 31)
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
MODELS = (KeyAction, StatusUpdate, Milestone)


@pytest.fixture
def make(world):
    """Makes a row that the database takes, but for what is given."""
    action = world.action("yearly-forum")
    defaults = {
        KeyAction: {"strategy": Strategy.objects.get(slug="start-well"), "code": "more", "title": "More"},
        StatusUpdate: {
            "action": action,
            "version": 1,
            "status": "on-track",
            "progress": 10,
            "made_by": world.user("olive"),
        },
        Milestone: {"action": world.action("safer-sleep"), "code": "more", "title": "More"},
    }

    def made(model, **changes):
        return model.objects.create(**defaults[model] | changes)

    return made


REFUSED = [
    (KeyAction, "action_code_once_in_a_strategy", {"code": "safer-sleep"}),
    (KeyAction, "action_status_in_set", {"status": "fine"}),
    (KeyAction, "action_progress_0_to_100", {"progress": 101}),
    (KeyAction, "action_complete_when_and_by_whom", {"status": "complete"}),
    (KeyAction, "action_complete_when_and_by_whom", {"status": "complete", "completed_at": NOW}),
    (KeyAction, "action_complete_when_and_by_whom", {"completed_at": NOW}),
    (KeyAction, "action_due_after_it_starts", {"starts_on": TODAY, "due_on": TODAY}),
    (KeyAction, "action_origin_in_set", {"origin": "rumour"}),
    (KeyAction, "action_details_origin_in_set", {"details_origin": "rumour"}),
    (StatusUpdate, "status_update_status_in_set", {"status": "fine"}),
    (StatusUpdate, "status_update_progress_0_to_100", {"progress": 101}),
    (StatusUpdate, "status_update_says_why", {"status": "at-risk"}),
    (StatusUpdate, "status_update_says_why", {"status": "cancelled"}),
    (Milestone, "milestone_code_once_in_an_action", {"code": "leaflet"}),
]
# This needs two rows, and has a test of its own below.
IN_PAIRS = {"status_update_version_once_for_an_action"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_as_it_should_be_is_taken(make, model):
    assert make(model).pk


@pytest.mark.parametrize(("model", "name", "changes"), REFUSED, ids=[f"{name}: {made}" for _m, name, made in REFUSED])
def test_a_row_that_cannot_be_is_refused(make, model, name, changes):
    with refuses(model, name):
        make(model, **changes)


def test_every_constraint_is_tested():
    assert {name for _model, name, _changes in REFUSED} | IN_PAIRS == names(*MODELS)


def test_an_action_is_complete_with_when_and_by_whom(make, world):
    assert make(KeyAction, status="complete", completed_at=NOW, completed_by=world.user("olive")).pk


def test_a_version_once_for_an_action(make):
    make(StatusUpdate)
    with refuses(StatusUpdate, "status_update_version_once_for_an_action"):
        make(StatusUpdate, progress=20)


def test_a_confirmation_of_a_risk_needs_no_new_reason(make):
    assert make(StatusUpdate, status="at-risk", is_confirmation=True).pk


@pytest.mark.parametrize("changes", [{"note": "No."}, {"status": "on-track"}, {"progress": 99}], ids=str)
def test_a_report_is_never_changed(world, changes):
    with pytest.raises(IntegrityError, match="status_update_only_added_to"):
        StatusUpdate.objects.filter(action__code="safer-sleep").update(**changes)
