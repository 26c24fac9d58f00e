import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from actions import history, updates
from actions.models import KeyAction, Milestone, Status, StatusUpdate
from partnerships.models import User

pytestmark = pytest.mark.django_db
RACED, OLIVE, ALICE = "brushing-at-nursery", "olive@example.org", "alice@example.org"


@pytest.fixture
def action(world) -> KeyAction:
    """Nobody has reported on it; its one milestone is "half"."""
    return world.action("brushing-at-nursery")


@pytest.fixture
def sleep(world) -> KeyAction:
    """At risk in its first version, 40%, with "leaflet" reached and "all-wards" not."""
    return world.action("safer-sleep")


@pytest.fixture
def olive(world) -> User:
    return world.user("olive")


@pytest.fixture
def alice(world) -> User:
    return world.user("alice")


class Database:
    """What other connections than the test's own see: on PostgreSQL the database itself, on SQLite a copy in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if connection.vendor == "sqlite":
            # As text, because the copy page by page waits for the transaction of the test, which waits for the copy.
            with closing(sqlite3.connect(path)) as copy:
                copy.executescript("\n".join(connection.connection.iterdump()))

    def run(self, deed: Callable) -> threading.Thread:
        thread = threading.Thread(target=self._run, args=[deed])
        thread.start()
        return thread

    def _run(self, deed: Callable) -> None:
        if connection.vendor == "sqlite":
            wrapper = type(connections["default"])
            connections["default"] = wrapper({**connection.settings_dict, "NAME": str(self.path)}, "default")
        try:
            deed()
        finally:
            connections["default"].close()

    def restore(self) -> None:
        """Takes back what was committed outside the transaction that ends with the test."""
        if connection.vendor == "sqlite":
            return

        def take_back():
            Milestone.objects.filter(action__code=RACED).update(reached_in=None)
            StatusUpdate.objects.filter(action__code=RACED).delete()
            KeyAction.objects.filter(code=RACED).update(status=Status.NOT_STARTED, progress=0, version=0)

        self.run(take_back).join()


def report(action: KeyAction, by: User, **said) -> StatusUpdate:
    """A report by somebody who sees the action as it stands."""
    action.refresh_from_db()
    given = {"status": Status.ON_TRACK, "progress": 30, "note": "", "seen_version": action.version}
    return updates.record(action=action, by=by, **{**given, **said})


def reached(action: KeyAction) -> set[str]:
    return set(action.milestones.filter(reached_in__isnull=False).values_list("code", flat=True))


def test_a_report_adds_an_update_and_changes_the_action(action, olive):
    update = report(action, olive, status=Status.AT_RISK, progress=40, note="The printer is late.")
    action.refresh_from_db()
    assert (action.status, action.progress, action.version) == (Status.AT_RISK, 40, 1)
    assert (update.version, update.made_by, update.note) == (1, olive, "The printer is late.")


def test_every_report_takes_the_next_version_and_none_is_lost(action, olive, alice):
    report(action, olive, progress=10)
    report(action, alice, progress=20)
    assert list(action.updates.order_by("version").values_list("version", "progress")) == [(1, 10), (2, 20)]


def test_a_complete_action_says_when_and_by_whom_and_has_all_its_progress(action, olive):
    report(action, olive, status=Status.COMPLETE, progress=80)
    action.refresh_from_db()
    assert (action.progress, action.completed_by) == (100, olive)
    assert action.completed_at is not None


def test_a_second_report_of_complete_keeps_who_completed_it_first(action, olive, alice):
    report(action, olive, status=Status.COMPLETE)
    action.refresh_from_db()
    first = action.completed_at
    report(action, alice, status=Status.COMPLETE, note="Evaluated.")
    action.refresh_from_db()
    assert (action.completed_at, action.completed_by) == (first, olive)


def test_an_action_taken_up_again_is_no_longer_completed_by_anybody(action, olive):
    report(action, olive, status=Status.COMPLETE)
    report(action, olive, status=Status.ON_TRACK, progress=90)
    action.refresh_from_db()
    assert (action.completed_at, action.completed_by) == (None, None)


@pytest.mark.parametrize("status", [Status.AT_RISK, Status.OFF_TRACK, Status.CANCELLED])
def test_a_status_that_calls_for_a_reason_is_refused_without_one(action, olive, status):
    with pytest.raises(ValueError, match="needs a note"):
        report(action, olive, status=status, note="")
    assert not action.updates.exists()


def test_the_database_itself_refuses_a_reason_left_out(action, olive):
    with pytest.raises(IntegrityError, match="status_update_says_why"):
        StatusUpdate.objects.create(action=action, version=1, status=Status.AT_RISK, progress=0, made_by=olive)


def test_an_update_cannot_be_rewritten(action, olive):
    update = report(action, olive)
    with pytest.raises(DatabaseError, match="status_update_only_added_to"), transaction.atomic():
        StatusUpdate.objects.filter(pk=update.pk).update(note="It never happened.")


class TestConfirmation:
    def test_it_is_an_update_of_its_own_that_changes_nothing_but_the_version(self, action, olive):
        report(action, olive, status=Status.OFF_TRACK, progress=20, note="No printer.")
        update = report(action, olive, status=Status.OFF_TRACK, progress=20, is_confirmation=True)
        action.refresh_from_db()
        assert (action.status, action.progress, action.version) == (Status.OFF_TRACK, 20, 2)
        assert update.is_confirmation

    def test_it_must_repeat_what_stands(self, action, olive):
        with pytest.raises(ValueError, match="repeats the status and progress"):
            report(action, olive, progress=55, is_confirmation=True)
        assert not action.updates.exists()


class TestMilestones:
    def test_a_milestone_is_reached_in_the_update_that_tells_so(self, action, olive):
        update = report(action, olive, milestones_reached=["half"])
        assert action.milestones.get().reached_in == update

    def test_one_reached_before_keeps_its_update(self, sleep, olive):
        report(sleep, olive, milestones_reached=["leaflet", "all-wards"])
        found = dict(sleep.milestones.values_list("code", "reached_in__version"))
        assert found == {"leaflet": 1, "all-wards": 2}

    def test_one_no_longer_named_is_not_reached_any_more(self, sleep, olive):
        report(sleep, olive, milestones_reached=[])
        assert reached(sleep) == set()

    def test_without_a_word_on_them_they_stay_as_they_are(self, sleep, olive):
        report(sleep, olive, progress=60)
        assert reached(sleep) == {"leaflet"}

    def test_a_code_that_the_action_does_not_have_is_refused_with_everything_else(self, sleep, olive):
        with pytest.raises(ValueError, match="no-such-thing"):
            report(sleep, olive, milestones_reached=["all-wards", "no-such-thing"])
        assert sleep.updates.count() == 1
        assert reached(sleep) == {"leaflet"}


class TestTwoPeopleAtOnce:
    def test_the_second_who_saw_an_older_version_is_told_what_changed_and_writes_nothing(self, action, olive, alice):
        seen = action.version
        report(action, olive, status=Status.AT_RISK, progress=40, note="Late.", milestones_reached=["half"])
        with pytest.raises(updates.Conflict) as caught:
            report(action, alice, progress=90, seen_version=seen)
        [entry] = caught.value.since
        assert (entry.update.made_by, entry.status_before, entry.progress_before) == (olive, Status.NOT_STARTED, 0)
        assert [milestone.code for milestone in entry.milestones_reached] == ["half"]
        assert (caught.value.current.progress, caught.value.current.version) == (40, 1)
        assert action.updates.count() == 1

    def test_only_what_came_after_the_version_seen_is_told(self, action, olive, alice):
        report(action, olive, progress=10)
        report(action, olive, progress=20)
        report(action, olive, progress=30)
        with pytest.raises(updates.Conflict) as caught:
            report(action, alice, seen_version=1)
        assert [(entry.progress_before, entry.update.progress) for entry in caught.value.since] == [(10, 20), (20, 30)]


class TestAtTheSameMoment:
    """Two connections, since one transaction cannot wait for itself."""

    @pytest.fixture
    def committed(self, world, tmp_path) -> Iterator[Callable]:
        """Runs something in a thread with a connection of its own, to what the world has committed.

        The database of the tests is in memory on SQLite, which two connections cannot share as they do a file.
        """
        own = Database(tmp_path / "world.sqlite3")
        yield own.run
        own.restore()

    def test_the_second_waits_for_the_first_and_is_then_told_of_it(self, committed):
        first_has_written = threading.Event()
        outcomes = {}

        def first():
            with transaction.atomic():
                outcomes["first"] = report(KeyAction.objects.get(code=RACED), User.objects.get(email=OLIVE)).version
                first_has_written.set()
                # Long enough for the second to arrive at the row while the first still holds it.
                time.sleep(0.5)

        def second():
            action, alice = KeyAction.objects.get(code=RACED), User.objects.get(email=ALICE)
            first_has_written.wait(timeout=10)
            try:
                updates.record(
                    action=action, status=Status.ON_TRACK, progress=90, note="", by=alice, seen_version=action.version
                )
            except updates.Conflict as conflict:
                outcomes["second"] = [entry.update.made_by.email for entry in conflict.since]

        threads = [committed(second), committed(first)]
        for thread in threads:
            thread.join(timeout=30)
        assert outcomes == {"first": 1, "second": [OLIVE]}


class TestBothOrNeither:
    def test_an_update_does_not_stand_when_the_action_cannot_be_changed(self, action, olive, monkeypatch):
        def refuse(*args, **kwargs):
            raise DatabaseError("no")

        monkeypatch.setattr(KeyAction, "save", refuse)
        with pytest.raises(DatabaseError, match="no"):
            report(action, olive)
        assert not action.updates.exists()

    def test_neither_stands_when_a_milestone_cannot_be_marked(self, action, olive, monkeypatch):
        def refuse(*args, **kwargs):
            raise DatabaseError("no")

        monkeypatch.setattr(Milestone.objects, "standing", refuse)
        with pytest.raises(DatabaseError, match="no"):
            report(action, olive, status=Status.COMPLETE, milestones_reached=["half"])
        action.refresh_from_db()
        assert (action.status, action.version) == (Status.NOT_STARTED, 0)
        assert not action.updates.exists()


def test_history_pairs_each_update_with_what_stood_before(action, olive):
    report(action, olive, status=Status.ON_TRACK, progress=10)
    report(action, olive, status=Status.OFF_TRACK, progress=10, note="Nobody came.")
    first, second = history.of_action(action)
    assert (first.status_before, first.status_changed, first.progress_changed) == (Status.NOT_STARTED, True, True)
    assert (second.status_before, second.status_changed, second.progress_changed) == (Status.ON_TRACK, True, False)
    assert second.status_word_before == "on track"
