"""Strategy files are read into a tree, all their errors with their lines, and written back. Without a database."""

from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from outcomes import strategyfile, strategytext
from outcomes.strategytree import Element, Level, Measure, Statement, StrategyFile, Term
from partnerships import yamlfile
from partnerships.yamlfile import Rejected
from tests.outcomes.bad_files import BAD, FILE, GOOD

ROOT = Path(__file__).parent.parent.parent
WORLD = ROOT / "tests" / "world"
FIXTURES = sorted((ROOT / "fixtures" / "strategies").glob("*.yaml"))


def read(text: str) -> StrategyFile:
    return strategyfile.read(text.encode(), file=FILE)


@pytest.fixture
def full() -> StrategyFile:
    """A file that uses every key."""
    return strategyfile.read((WORLD / "northshire.yaml").read_bytes(), file="northshire.yaml")


def test_at_least_45_bad_files_are_held_against_the_reader():
    assert len(BAD) >= 45


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_line_and_why(name):
    content, expected = BAD[name]
    with pytest.raises(Rejected) as refused:
        strategyfile.read(content, file=FILE)
    said = [str(problem) for problem in refused.value.problems]
    assert said[0].startswith(expected), said


def test_a_file_says_everything_that_is_wrong_in_the_order_of_its_lines():
    broken = GOOD.replace("code: second", "code: first").replace("[first]", "[frist]").replace("2029-", "2020-")
    with pytest.raises(Rejected) as refused:
        read(broken)
    assert [problem.line for problem in refused.value.problems] == [8, 42, 45]


def test_what_the_schema_forbids_is_said_before_what_makes_no_sense():
    broken = GOOD.replace("vision: All is well.\n", "").replace("[first]", "[frist]")
    with pytest.raises(Rejected) as refused:
        read(broken)
    assert [problem.column for problem in refused.value.problems] == ["vision"]


def test_a_good_file_becomes_a_tree():
    tree = read(GOOD)
    first, second = tree.elements
    assert tree.address == "northshire/new-plan"
    assert [level.code for level in tree.levels] == ["aim", "step"]
    assert [element.code for element in first.elements] == ["under-first"]
    assert second.serves == ("first",)
    assert first.measures[0].baseline == 66.0
    assert [str(target.day()) for target in first.measures[0].targets] == ["2026-12-31", "2028-12-31"]
    assert first.actions[0].milestones[1].title == "Staff are found"
    assert tree.statements[0].kind == "value"


def test_the_whole_tree_is_walked_from_the_top_down(full):
    placed = [(element.code, parent and parent.code) for element, parent in full.placed_elements()]
    assert placed == [("healthy-start", None), ("ready-to-learn", None), ("healthy-mouths", "healthy-start")]
    assert {action.code for action in full.all_actions()} == {"yearly-forum", "safer-sleep", "brushing-at-nursery"}
    assert len(full.all_measures()) == 7


@pytest.mark.parametrize("path", [*FIXTURES, WORLD / "northshire.yaml", WORLD / "southtown.yaml"], ids=lambda p: p.name)
def test_what_is_written_reads_as_the_same_tree(path):
    tree = strategyfile.read(path.read_bytes(), file=path.name)
    text = strategytext.write(tree)
    assert read(text) == tree
    assert strategytext.write(read(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "yes", "no", "on", "null", "~", "true", "12", "1e5", ".5", "-3", "0x1F", "1_000", "2024-03-31", "=", "<<",
        "- a list?", "a: b", "# not a comment", "*star", "&and", "!bang", "{brace}", "[bracket]", "'quoted'",
        '"double"', "it's", "%per cent", "@at", "`tick", "trailing colon:", "two\nlines", "\u00a0 inside",
        "Ynys Môn – “tŷ”", "😀", "first\n\n  indented\n- dashed", "a  b   c", "x" * 500, "a\tb",
    ],
)  # fmt: skip
def test_whatever_somebody_writes_comes_back_as_it_was(text):
    """Text with blanks around it is trimmed, and no more."""
    tree = StrategyFile(
        partnership="p",
        slug="s",
        title="t",
        vision=text,
        source="d",
        levels=(Level(code="l", kind="outcome", depth=1, word="w", plural="ws"),),
        elements=(Element(code="e", level="l", title="t", text=text),),
        statements=(Statement(kind="value", code="v", text=text),),
        glossary=(Term(term="T", meaning=text),),
    )
    kept = read(strategytext.write(tree))
    assert (kept.vision, kept.elements[0].text, kept.glossary[0].meaning) == (text.strip(),) * 3


@pytest.mark.parametrize("number", [0.0, 4.0, 4.5, 0.1 + 0.2, 1e-7, 1234567.891, -3.5, 999999999999999.0])
def test_numbers_come_back_exactly(number):
    measure = Measure(
        code="m", title="t", indicator="i", baseline=number, baseline_period="2018", tolerance=abs(number)
    )
    tree = replace(read(GOOD), measures=(measure,))
    assert read(strategytext.write(tree)).measures == (measure,)


def test_a_path_in_steps_and_a_range_come_back_and_the_usual_path_is_not_written():
    text = GOOD.replace("tolerance: 1", "path: steps").replace("value: 75,", "value: 75, upper: 80,")
    (measure,) = (one for one in read(text).all_measures() if one.code == "ready")
    assert (measure.path_shape, [target.upper for target in measure.targets]) == ("steps", [None, 80.0])
    assert read(strategytext.write(read(text))) == read(text)
    assert "path:" not in strategytext.write(read(text.replace("path: steps", "path: line")))


def test_an_order_that_means_nothing_is_the_same_order():
    swapped = GOOD.replace('          - {value: 70, period: "2026"}\n', "").replace(
        "due_on: 2028-12-31}", 'due_on: 2028-12-31}\n          - {value: 70, period: "2026"}'
    )
    assert read(swapped) == read(GOOD)


def test_the_order_of_elements_means_something():
    tree = read(GOOD)
    assert replace(tree, elements=tree.elements[::-1]) != tree


def test_spaces_in_a_breakdown_do_not_make_another():
    assert read(GOOD.replace("deprivation: Most deprived", "Deprivation:  Most deprived")) == read(GOOD)


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(strategyfile.schema())


def keys_of_schema(schema: dict, definitions: dict, seen: frozenset = frozenset()) -> set[str]:
    """Every key that the schema allows, wherever it stands, as "parent.key"."""
    found = set()
    for name in (schema.get("$ref", "").removeprefix("#/$defs/"),):
        if name and name not in seen:
            found |= {
                key if "." in key else f"{name}.{key}"
                for key in keys_of_schema(definitions[name], definitions, seen | {name})
            }
    for key, inner in schema.get("properties", {}).items():
        found |= {key} | keys_of_schema(inner, definitions, seen)
    return found | (keys_of_schema(schema["items"], definitions, seen) if "items" in schema else set())


def keys_of_data(data: object) -> set[str]:
    if isinstance(data, dict):
        return set(data) | {key for value in data.values() for key in keys_of_data(value)}
    return {key for item in data for key in keys_of_data(item)} if isinstance(data, list) else set()


def every_key() -> set[str]:
    schema = strategyfile.schema()
    return {key.rpartition(".")[2] for key in keys_of_schema(schema, schema["$defs"])}


def test_every_key_of_the_schema_is_read_and_written_again():
    example = strategytext.write(read(EVERY_KEY))
    written = yamlfile.parse(example.encode(), file=FILE).data
    given = yamlfile.parse(EVERY_KEY.encode(), file=FILE).data
    assert keys_of_data(given) == every_key(), "the example must use every key of the schema"
    assert keys_of_data(written) == every_key()


EVERY_KEY = (
    GOOD.replace("source: {document: The plan}", 'source: {document: The plan, url: "https://example.org/"}')
    .replace("title: A new plan", "title: A new plan\nposition: 2\nsummary: In short.")
    .replace('value: 70, period: "2026"', 'value: 70, upper: 72, period: "2026"')
    .replace("        tolerance: 1", "        tolerance: 1\n        path: steps\n        note: Mind the gap.\n"
             "        origin: demonstration")
    .replace("title: A step", "title: A step\n        text: It is small.\n        origin: demonstration")
    .replace("owner: northshire-nhs", "owner: northshire-nhs\n        description: With doctors.\n        lead: "
             "{title: A doctor, account: doctor@example.org}\n        details_origin: demonstration")
    .replace("text: Honesty}", "text: Honesty, group: Ours, said_by: The chair}")
    .replace("kind: paper, date", "kind: paper, note: Long., url: 'https://example.org/p', meeting: "
             "{title: Board, held_on: 2024-05-01}, date")
    + """\
control: {version: "1", owner: The director, date: 2024-04-01}
delivers: [southtown/growing-up#every-child]
organisations: [{code: school, name: A school, kind: school}]
ways_of_working: [{code: a, text: A}]
themes: [{code: b, text: B}]
foundations: [{code: c, text: C}]
expectations: [{code: d, text: D}]
successes: [{code: e, text: E}]
governance: [{code: f, text: F}]
foreword: [{code: g, text: G}]
context: [{code: h, text: H}]
measures:
  - {code: said, title: What is said, narrative: Words.}
  - {code: births, title: Births, indicator: live-births, baseline: {value: 1, day: 2020-12-31}}
actions: [{code: forum, title: Forum}]
"""
)  # fmt: skip
