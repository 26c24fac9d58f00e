"""A whole strategy file: loaded all or nothing, again without a change, and written as a file that loads the same."""

import re
from contextlib import contextmanager
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from actions import plan
from actions.models import KeyAction, Milestone
from outcomes import loading, strategyfile, strategytext, strategytree
from outcomes.loading import Loading, NotAsSeen
from outcomes.models import Element, Level, Measure, Statement, Strategy, Target
from partnerships.changes import ADDED, UNCHANGED
from partnerships.models import Document, Meeting, Organisation, Partnership, User
from partnerships.yamlfile import Rejected
from tests.outcomes.bad_files import BAD, FILE, GOOD, UNKNOWN
from tests.universe import FILES

TEXT = (FILES / "northshire.yaml").read_text()
SOUTH = (FILES / "southtown.yaml").read_text()
TABLES = (Strategy, Level, Element, Measure, Target, Statement, KeyAction, Milestone, Document, Meeting, Organisation)

pytestmark = pytest.mark.usefixtures("world")


def load(text: str, *, by: User | None = None, **given) -> Loading:
    return loading.load(strategyfile.read(text.encode(), file=FILE), by=by, **given)


def compare(text: str, *, by: User | None = None) -> Loading:
    return loading.compare(strategyfile.read(text.encode(), file=FILE), by=by)


def northshire() -> Strategy:
    return Strategy.objects.get(slug="start-well")


def everything() -> list:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


@contextmanager
def nothing_written():
    before = everything()
    yield
    assert everything() == before


def test_loading_again_changes_nothing():
    again = load(TEXT)
    assert {change.kind for change in again.changes} == {UNCHANGED}
    assert again.counts() == "added=0 changed=0 moved=0 retired=0 unchanged=31"
    assert again.notes == ()


@pytest.mark.parametrize("text", [TEXT, SOUTH, GOOD], ids=["northshire", "southtown", "new"])
def test_the_dump_loads_without_a_change_and_is_its_own_dump(text):
    loaded = load(text)
    strategy = Strategy.objects.get(partnership=loaded.partnership, slug=loaded.tree.slug)
    dump = loading.dump(strategy)
    with nothing_written():
        assert load(dump).effective == []
    assert loading.dump(strategy) == dump


def test_the_dump_says_all_that_the_file_said():
    """Of organisations it names those that own an action, wherever they came from."""
    given = strategyfile.read(TEXT.encode(), file=FILE)
    dump = strategyfile.read(loading.dump(northshire()).encode(), file="dump")
    assert [one.code for one in dump.organisations] == ["ashby-nurseries", "northshire-nhs"]
    assert strategytext.write(dump).replace(organisations(dump), "") == strategytext.write(given).replace(
        organisations(given), ""
    )


def organisations(tree: strategytree.StrategyFile) -> str:
    text = strategytext.write(tree)
    return text[text.index("organisations:") : text.index("levels:")]


def test_a_rename_a_move_and_a_retirement_are_told_apart():
    text = (
        TEXT.replace("title: A healthy start", "title: A good start")
        .replace("  - {code: early-help, text: Help early}\n", "")
        .replace("ways_of_working:\n", "")
    )
    school = re.search(r"      - code: school-ready\n(        .*\n)+", text)[0]
    moved = text.replace(school, "").replace(
        "measures:\n  - code: wellbeing", "measures:\n" + dedent(school) + "  - code: wellbeing"
    )
    found = load(moved)
    assert [str(change) for change in found.effective] == [
        "changed Priority healthy-start: A good start; title 'A healthy start' -> 'A good start'",
        "moved measure school-ready: More children ready for school;"
        " under 'Ready to learn' -> 'Start Well in Northshire'",
        "retired way of working early-help: Help early",
    ]
    assert found.counts() == "added=0 changed=1 moved=1 retired=1 unchanged=28"
    assert compare(moved).effective == []


def dedent(text: str) -> str:
    return text.replace("\n    ", "\n").removeprefix("    ")


def test_what_comes_back_is_added_and_says_that_it_was_retired():
    load(TEXT.replace("  - {code: early-help, text: Help early}\n", "").replace("ways_of_working:\n", ""))
    (change,) = load(TEXT).effective
    assert str(change) == "added way of working early-help: Help early; retired 'yes' -> 'no'"


def test_comparing_writes_nothing():
    with nothing_written():
        assert {change.kind for change in compare(GOOD).changes} == {ADDED}


def test_an_organisation_that_is_there_already_is_not_added_again():
    text = GOOD + "organisations:\n  - {code: northshire-nhs, name: NHS in Northshire, kind: nhs}\n"
    (change,) = [change for change in compare(text).changes if change.what == "organisation"]
    assert change.kind == UNCHANGED


def test_an_organisation_that_the_file_no_longer_names_stays():
    text = TEXT.replace("organisations:\n  - {code: ashby-nurseries, name: Ashby Nurseries, kind: charity}\n", "")
    assert load(text).effective == []
    assert Organisation.objects.filter(code="ashby-nurseries").exists()


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_the_database_does_not_have_is_said_with_its_line(name):
    content, expected = UNKNOWN[name]
    with nothing_written(), pytest.raises(Rejected) as refused:
        loading.load(strategyfile.read(content, file=FILE), by=None)
    said = [str(problem) for problem in refused.value.problems]
    assert len(said) == 1
    assert said[0].startswith(expected), said


def test_a_level_that_still_has_elements_cannot_go():
    load(GOOD)
    load(GOOD.replace("    elements:\n      - code: under-first\n        level: step\n        title: A step\n", ""))
    with nothing_written(), pytest.raises(Rejected, match="The level “step” cannot go: elements belong to it"):
        load(
            GOOD.replace("  - {code: step, kind: objective, depth: 2, word: Step, plural: Steps}\n", "").replace(
                "    elements:\n      - code: under-first\n        level: step\n        title: A step\n", ""
            )
        )


def test_the_file_must_be_for_the_partnership_that_loads_it():
    with pytest.raises(Rejected) as refused:
        load(GOOD, partnership=Partnership.objects.get(slug="southtown"))
    assert str(refused.value.problems[0]) == (
        "plan.yaml:2: column 'partnership': This file is for another partnership: here it must be “southtown”."
        " ('northshire')"
    )


def test_a_failure_half_way_leaves_nothing(monkeypatch):
    def fails(**given):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(plan, "load", fails)
    with nothing_written(), pytest.raises(DatabaseError):
        load(TEXT.replace("A healthy start", "A good start"))


def test_a_link_to_a_strategy_that_is_not_loaded_is_left_out_until_it_is():
    text = GOOD.replace("serves: [first]", "serves: [first, southtown/later#goal]")
    loaded = load(text)
    assert [str(note) for note in loaded.notes] == [
        "plan.yaml:45: column 'serves': That strategy is not loaded yet: the link is left out. Load this file again"
        " when it is. ('southtown/later#goal')"
    ]
    assert compare(text).effective == []
    load(SOUTH.replace("slug: growing-up", "slug: later").replace("every-child", "goal").replace("story-time", "story"))
    (change,) = load(text).effective
    assert str(change) == "changed Aim second: Second aim; serves 'first' -> 'first, southtown/later#goal'"


def test_somebody_who_may_not_see_a_partnership_learns_nothing_of_it(world):
    alice = world.user("alice")
    for code in ("every-child", "no-such-thing"):
        text = GOOD.replace("serves: [first]", f"serves: [southtown/growing-up#{code}]")
        assert [note.message[:37] for note in load(text, by=alice).notes] == ["That strategy is not loaded yet: the "]


def test_a_link_that_somebody_else_could_make_stays(world):
    loaded = load(TEXT, by=world.user("alice"))
    assert (loaded.effective, loaded.notes) == ([], ())
    assert Element.objects.get(code="healthy-start").serves.get().code == "every-child"


def test_a_lead_without_an_account_is_left_out_until_there_is_one():
    text = GOOD.replace("owner: northshire-nhs", "lead: {title: A doctor, account: Doctor@Example.org}")
    (note,) = load(text).notes
    assert str(note) == (
        "plan.yaml:32: column 'account': There is no account with this email address: the action has no lead until"
        " this file is loaded again. ('Doctor@Example.org')"
    )
    doctor = User.objects.create_user("doctor@example.org", name="Doctor")
    (change,) = load(text).effective
    assert str(change) == "changed action clinic: Open a clinic; lead '' -> 'doctor@example.org'"
    assert KeyAction.objects.get(code="clinic").lead == doctor
    doctor.is_active = False
    doctor.save(update_fields=["is_active"])
    assert len(compare(text).notes) == 1


def test_who_loaded_a_file_is_kept(world):
    load(GOOD, by=world.user("alice"))
    entry = LogEntry.objects.get(user=world.user("alice"))
    assert entry.object_repr == "A new plan"
    assert entry.get_change_message() == "Strategy file loaded: added=15 changed=0 moved=0 retired=0 unchanged=0"
    load(GOOD, by=world.user("alice"))
    assert LogEntry.objects.filter(user=world.user("alice")).count() == 1, "nothing was changed the second time"


def test_what_was_seen_is_loaded_or_nothing():
    text = TEXT.replace("A healthy start", "A good start")
    seen = compare(text).digest
    load(TEXT.replace("Ready to learn", "Ready to play"))
    with nothing_written(), pytest.raises(NotAsSeen) as changed:
        load(text, seen=seen)
    assert len(changed.value.loading.effective) == 2
    assert len(load(text, seen=changed.value.loading.digest).effective) == 2


def test_a_public_copy_names_no_accounts_and_no_hidden_partnership():
    dump = loading.dump(northshire(), visible={"northshire"}, with_accounts=False)
    assert "@" not in dump
    assert "southtown" not in dump
    assert "serves:\n  - healthy-start\n" in dump
    whole = loading.dump(northshire())
    assert "olive@example.org" in whole
    assert "southtown/growing-up#every-child" in whole


def test_the_number_of_queries_does_not_grow_with_the_file():
    def asked(text: str) -> tuple[int, int]:
        tree = strategyfile.read(text.encode(), file=FILE)
        with CaptureQueriesContext(
            connection,
        ) as comparing:
            loading.compare(tree, by=None)
        with CaptureQueriesContext(connection) as writing:
            loading.load(tree, by=None)
        return len(comparing), len(writing)

    load(GOOD)
    more = "".join(
        f"      - code: ready-{number}\n        title: Ready\n        narrative: Words.\n" for number in range(20)
    )
    statements = "".join(f"  - {{code: more-{number}, text: More}}\n" for number in range(20))
    milestones = "".join(f"          - {{code: more-{number}, title: More}}\n" for number in range(20))
    large = (
        GOOD.replace("    measures:\n", "    measures:\n" + more)
        .replace("values:\n", "values:\n" + statements)
        .replace("        milestones:\n", "        milestones:\n" + milestones)
        .replace("indicator: school-ready", "indicator: infant-deaths")
    )
    load(large)
    few, many = asked(GOOD), asked(large)
    assert many[0] == few[0] <= 30
    assert many[1] == few[1] <= 80


def command(name: str, *arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def write(tmp_path):
    def written(text: str | bytes, name: str = "plan.yaml") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return written


def test_the_command_prints_a_line_a_change_and_the_counts(write):
    changed = TEXT.replace("A healthy start", "A good start").replace(
        "  - {code: children-first, text: Children first}\n", ""
    )
    assert command("load_strategy", write(changed)) == (
        0,
        "changed Priority healthy-start: A good start; title 'A healthy start' -> 'A good start'\n"
        "retired value children-first: Children first\n"
        "added=0 changed=1 moved=0 retired=1 unchanged=29\n",
        "",
    )


def test_the_command_with_check_writes_nothing_and_says_the_same(write):
    file = write(GOOD)
    with nothing_written():
        checked = command("load_strategy", file, "--check")
    assert checked[1].endswith("added=15 changed=0 moved=0 retired=0 unchanged=0\n")
    assert command("load_strategy", file) == checked


@pytest.mark.parametrize("name", BAD | UNKNOWN)
def test_the_command_refuses_a_bad_file_with_1_and_writes_nothing(write, name):
    content, expected = (BAD | UNKNOWN)[name]
    file = write(content)
    with nothing_written():
        code, out, err = command("load_strategy", file)
    assert (code, out) == (1, "")
    assert err.startswith(expected.replace(FILE, file))
    assert "Traceback" not in err


def test_the_command_stops_with_2_where_there_is_no_file(tmp_path):
    missing = str(tmp_path / "none.yaml")
    assert command("load_strategy", missing) == (2, "", f"{missing}: No such file or directory\n")


def test_a_bad_file_does_not_keep_a_good_one_out(write):
    bad, good = write(GOOD.replace("vision", "visoin"), "bad.yaml"), write(GOOD, "good.yaml")
    code, out, err = command("load_strategy", bad, good)
    assert code == 1
    assert out.endswith("added=15 changed=0 moved=0 retired=0 unchanged=0\n")
    assert err.startswith(f"{bad}:1: ")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_files_that_link_to_each_other_load_in_either_order(write, order):
    first = GOOD.replace("serves: [first]", "serves: [southtown/later#goal]")
    second = (
        SOUTH.replace("slug: growing-up", "slug: later")
        .replace("every-child", "goal")
        .replace("story-time", "story")
        .replace("northshire/start-well#ready-to-learn", "northshire/new-plan#first")
    )
    files = [write(first, "first.yaml"), write(second, "second.yaml")]
    code, out, err = command("load_strategy", *(files[number] for number in order))
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if line.startswith("added=")] == [
        ("added=15", "added=5")[number] + " changed=0 moved=0 retired=0 unchanged=0" for number in order
    ]
    assert Element.objects.get(code="second").serves.get().code == "goal"
    assert Element.objects.get(code="goal").serves.get().code == "first"


def test_the_dump_command_writes_what_load_takes(write):
    code, out, _err = command("dump_strategy", "northshire/start-well")
    assert code == 0
    assert out == loading.dump(northshire())
    assert command("load_strategy", write(out))[1].startswith("added=0 changed=0 moved=0 retired=0 ")


def test_the_dump_command_offers_the_nearest_strategy():
    assert command("dump_strategy", "northshire/start-wel") == (
        2,
        "",
        "There is no strategy northshire/start-wel. Did you mean “northshire/start-well”?\n",
    )


def test_every_strategy_of_the_project_loads_into_the_project(write):
    """The files of the demonstration, against the areas and the catalogue that come with them."""
    command("load_areas")
    command("load_indicators")
    files = sorted(str(path) for path in (FILES.parent.parent / "fixtures" / "strategies").glob("*.yaml"))
    code, _out, err = command("load_strategy", *files)
    assert code == 0
    assert {line.split(": ", 2)[1] for line in err.splitlines()} <= {"column 'account'"}
    assert Strategy.objects.count() == len(files) + 2
    assert {line for line in command("load_strategy", *files)[1].splitlines() if "unchanged" not in line} == set()
