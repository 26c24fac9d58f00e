"""What differs between two trees: added, changed, moved, retired. Without a database."""

from dataclasses import replace

import pytest

from outcomes import strategyfile
from outcomes.differences import compare, rows
from outcomes.strategytree import Action, Element, StrategyFile
from partnerships.changes import ADDED, CHANGED, MOVED, RETIRED, UNCHANGED, Change
from tests.outcomes.bad_files import FILE, GOOD


@pytest.fixture
def tree() -> StrategyFile:
    return strategyfile.read(GOOD.encode(), file=FILE)


def changes(old: StrategyFile, new: StrategyFile, **given) -> dict[str, Change]:
    """What is not as it was, by code."""
    found = compare(rows(old), rows(new), **given)
    return {change.code: change for change in found if change.kind != UNCHANGED}


def element(code: str, *elements: Element, level: str = "aim") -> Element:
    return Element(code=code, level=level, title=code.title(), elements=elements)


def with_elements(tree: StrategyFile, *elements: Element) -> StrategyFile:
    return replace(tree, elements=elements)


def test_the_same_tree_has_no_changes(tree):
    assert changes(tree, tree) == {}


def test_of_nothing_everything_is_added(tree):
    found = compare((), rows(tree))
    assert {change.kind for change in found} == {ADDED}
    assert [change.what for change in found] == [
        "strategy", "level", "level", "Aim", "Aim", "Step", "measure", "measure", "action", "milestone", "milestone",
        "value", "horizon", "glossary term", "document",
    ]  # fmt: skip


def test_a_rename_names_both_titles(tree):
    renamed = strategyfile.read(GOOD.replace("First aim", "The first aim").encode(), file=FILE)
    (change,) = changes(tree, renamed).values()
    assert str(change) == "changed Aim first: The first aim; title 'First aim' -> 'The first aim'"


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("All is well.", "All is better.", "northshire/new-plan", "vision 'All is well.' -> 'All is better.'"),
        ("2029-03-31", "2030-03-31", "northshire/new-plan", "ends on '31 March 2029' -> '31 March 2030'"),
        ("word: Aim", "word: Goal", "aim", "word for one 'Aim' -> 'Goal'"),
        ("value: 66", "value: 66.5", "ready", "baseline '66 (2018)' -> '66.5 (2018)'"),
        ('period: "2018"', "day: 2018-12-31", "ready", "baseline '66 (2018)' -> '66 (31 December 2018)'"),
        (
            'value: 70, period: "2026"',
            'value: 71, period: "2026", origin: demonstration',
            "ready",
            "targets '70 (2026); 75 (31 December 2028)' -> '71 (2026), demonstration; 75 (31 December 2028)'",
        ),
        (
            "value: 75, due_on: 2028-12-31",
            "value: 75, upper: 80.5, due_on: 2028-12-31",
            "ready",
            "targets '70 (2026); 75 (31 December 2028)' -> '70 (2026); 75 to 80.5 (31 December 2028)'",
        ),
        ("tolerance: 1", "tolerance: 0.5", "ready", "tolerance '1' -> '0.5'"),
        ("tolerance: 1", "tolerance: 1\n        path: steps", "ready", "path to the targets 'line' -> 'steps'"),
        ("Open a clinic", "Open two clinics", "clinic", "title 'Open a clinic' -> 'Open two clinics'"),
        ("2025-06-30", "2025-07-31", "clinic/room", "due on '30 June 2025' -> '31 July 2025'"),
        ("text: Honesty", "text: Honesty always", "honesty", "text 'Honesty' -> 'Honesty always'"),
        ("Much is to do.", "Little is to do.", "0", "text 'Much is to do.' -> 'Little is to do.'"),
        ("A place of healing", "A surgery", "Clinic", "meaning 'A place of healing.' -> 'A surgery.'"),
        ("kind: paper,", "kind: reading,", "paper", "kind 'paper' -> 'reading'"),
        ("    serves: [first]\n", "", "second", "serves 'first' -> ''"),
    ],
)
def test_a_changed_field_is_named_with_what_it_was(tree, old, new, code, field):
    assert GOOD.count(old) == 1
    found = changes(tree, strategyfile.read(GOOD.replace(old, new).encode(), file=FILE))
    assert found[code].kind == CHANGED
    assert str(found[code]).endswith(f"; {field}")


def test_what_goes_is_retired_and_told_last(tree):
    found = compare(rows(tree), rows(replace(tree, elements=tree.elements[1:], statements=())))
    gone = [change for change in found if change.kind == RETIRED]
    assert [change.code for change in gone] == [
        "first", "under-first", "ready", "teeth", "clinic", "clinic/room", "clinic/staff", "honesty",
    ]  # fmt: skip
    assert list(found[-len(gone) :]) == gone


def test_what_comes_back_says_that_it_was_retired(tree):
    without = with_elements(tree, tree.elements[1])
    found = changes(without, tree, retired={("element", "first"), ("measure", "ready")})
    assert str(found["first"]) == "added Aim first: First aim; retired 'yes' -> 'no'"
    assert found["teeth"].fields == ()


def test_what_stands_under_something_else_has_moved(tree):
    old = with_elements(tree, element("a", element("x", level="step")), element("b"))
    new = with_elements(tree, element("a"), element("b", element("x", level="step")))
    assert {code: str(change) for code, change in changes(old, new).items()} == {
        "x": "moved Step x: X; under 'A' -> 'B'"
    }


def test_what_moves_and_changes_says_both(tree):
    old = with_elements(tree, element("a", element("x", level="step")), element("b"))
    new = with_elements(tree, element("a"), element("b"), replace(element("x"), title="Ex"))
    assert [field.name for field in changes(old, new)["x"].fields] == ["under", "title", "level"]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "bacd", "b"),
        ("abcd", "bcda", "a"),
        ("abcd", "dabc", "d"),
        ("abcd", "dcba", "bcd"),
        ("abcd", "xabcd", ""),
        ("abcd", "axbcyd", ""),
        ("abcd", "bd", ""),
        ("abcd", "db", "d"),
    ],
)
def test_as_few_as_explain_the_new_order_have_moved(tree, before, after, moved):
    old, new = (with_elements(tree, *(element(code) for code in codes)) for codes in (before, after))
    found = changes(old, new)
    assert sorted(code for code, change in found.items() if change.kind == MOVED) == sorted(moved)


def test_a_change_of_place_in_the_list_says_from_where_to_where(tree):
    old, new = (with_elements(tree, *(element(code) for code in codes)) for codes in ("abc", "cab"))
    assert str(changes(old, new)["c"]) == "moved Aim c: C; place in the list '3' -> '1'"


def test_an_action_moves_from_the_strategy_to_an_element(tree):
    action = Action(code="forum", title="Forum")
    old = replace(with_elements(tree, element("a")), actions=(action,))
    new = replace(with_elements(tree, replace(element("a"), actions=(action,))), actions=())
    assert str(changes(old, new)["forum"]) == "moved action forum: Forum; under 'A new plan' -> 'A'"


def test_a_statement_moves_from_one_heading_of_the_file_to_another(tree):
    new = strategyfile.read(GOOD.replace("values:", "themes:").encode(), file=FILE)
    assert str(changes(tree, new)["honesty"]) == "moved theme honesty: Honesty; under 'value' -> 'theme'"
