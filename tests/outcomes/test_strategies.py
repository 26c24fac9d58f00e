"""The structure of a strategy as the database keeps it: what is written, what is found again, what stays."""

import re
from datetime import date

import pytest
from django.utils import timezone

from outcomes import loading, strategies, strategyfile, strategytree
from outcomes.models import (
    Element,
    GlossaryTerm,
    Horizon,
    Level,
    LevelKind,
    Measure,
    Statement,
    StatementKind,
    Strategy,
    Target,
)
from outcomes.strategytree import StrategyFile
from partnerships.models import Document, DocumentKind, Meeting, Organisation, OrganisationKind
from tests.outcomes.bad_files import FILE, GOOD
from tests.universe import FILES

TEXT = (FILES / "northshire.yaml").read_text()


def load(text: str) -> Strategy:
    loaded = loading.load(strategyfile.read(text.encode(), file=FILE), by=None)
    return Strategy.objects.get(partnership=loaded.partnership, slug=loaded.tree.slug)


def edit(*pairs: tuple[str, str], text: str = TEXT) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def strategy(world) -> Strategy:
    return Strategy.objects.get(slug="start-well")


def test_the_strategy_itself_is_kept(strategy):
    assert (strategy.title, strategy.version, strategy.dated) == ("Start Well in Northshire", "1.2", date(2021, 5, 1))
    assert strategy.source == "Start Well in Northshire 2021 to 2026"
    assert strategy.loaded_at <= timezone.now()


def test_elements_know_parent_level_and_place(strategy):
    mouths = strategy.elements.get(code="healthy-mouths")
    assert (mouths.parent.code, mouths.level.code, mouths.position) == ("healthy-start", "objective", 0)
    assert strategy.elements.get(code="ready-to-learn").position == 1


def test_a_baseline_has_its_period_and_its_last_day(strategy):
    measure = strategy.measures.get(code="infant-deaths")
    assert (measure.baseline_value, measure.baseline_label) == (4.8, "2016 - 18")
    assert measure.baseline_on == date(2018, 12, 31)
    assert list(measure.targets.values_list("value", "due_on", "label", "origin")) == [
        (4.2, date(2022, 12, 31), "2020 - 22", "source"),
        (3.5, date(2025, 12, 31), "2023 - 25", "demonstration"),
    ]


def test_a_school_year_ends_when_its_indicator_says(world):
    text = edit(("indicator: school-ready", "indicator: wellbeing-score"), ('"2018"', "2018/19"), text=GOOD)
    measure = load(text.replace('period: "2026"', "period: 2026/27")).measures.get(code="ready")
    assert measure.baseline_on == date(2019, 8, 31)
    assert measure.targets.first().due_on == date(2027, 8, 31)


def test_a_narrative_has_words_and_no_numbers(strategy):
    measure = strategy.measures.get(code="families-say")
    assert (measure.indicator, measure.narrative) == (None, "What families tell us at the yearly forum.")


def test_links_lead_to_elements_here_and_elsewhere(strategy):
    assert [one.code for one in strategy.elements.get(code="ready-to-learn").serves.all()] == ["healthy-start"]
    (goal,) = strategy.elements.get(code="healthy-start").serves.all()
    assert (goal.strategy.slug, goal.code) == ("growing-up", "every-child")


def test_a_strategy_delivers_elements_of_another(world):
    strategy = load(GOOD + "delivers: [northshire/start-well#ready-to-learn]\n")
    assert [element.code for element in strategy.serves.all()] == ["ready-to-learn"]
    assert not load(GOOD).serves.exists()


def test_documents_have_their_meetings_and_belong_to_the_partnership(strategy):
    paper = strategy.documents.get(code="teeth-paper")
    assert (paper.partnership, paper.meeting.title) == (strategy.partnership, "Board of the partnership")
    assert paper.meeting.held_on == date(2022, 2, 14)


def test_an_organisation_of_the_file_is_added_to_the_partnership(strategy):
    assert strategy.partnership.organisations.get(code="ashby-nurseries").kind == "charity"


def test_what_stands_is_found_again_as_the_tree_that_was_loaded(strategy):
    tree = strategyfile.read(TEXT.encode(), file=FILE)
    found = strategies.stored(strategy)
    for name in ("title", "levels", "measures", "statements", "horizons", "glossary", "documents", "delivers"):
        assert getattr(found, name) == getattr(tree, name), name
    assert structure(found) == structure(tree)


def structure(tree: StrategyFile) -> list[tuple]:
    return [
        (one.code, parent and parent.code, one.level, one.title, one.text, one.serves, one.measures)
        for one, parent in tree.placed_elements()
    ]


@pytest.mark.parametrize(
    ("without", "things", "code"),
    [
        (r"  - code: ready-to-learn\n(    .*\n)+", "elements", "ready-to-learn"),
        (r"      - code: school-ready\n(        .*\n)+", "measures", "school-ready"),
        (r"  - \{code: honesty.*\n", "statements", "honesty"),
    ],
)
def test_what_goes_is_retired_and_comes_back_as_the_same(strategy, without, things, code):
    before = getattr(strategy, things).get(code=code)
    load(re.sub(without, "", TEXT))
    retired = getattr(strategy, things).get(code=code)
    assert retired.retired_at is not None
    load(re.sub(without, "", TEXT))
    assert getattr(strategy, things).get(code=code).retired_at == retired.retired_at, "it keeps the day it went"
    load(TEXT)
    after = getattr(strategy, things).get(code=code)
    assert (after.pk, after.retired_at) == (before.pk, None)


def test_retiring_an_element_retires_what_hangs_on_it(strategy):
    load(re.sub(r"  - code: ready-to-learn\n(    .*\n)+", "", TEXT))
    assert set(strategy.measures.filter(retired_at__isnull=False).values_list("code", flat=True)) == {
        "school-ready",
        "families-say",
    }
    assert strategy.elements.get(code="ready-to-learn").serves.exists(), "its links stay with it"


def test_horizons_terms_and_targets_are_deleted(strategy):
    load(
        edit(
            ("  - {years: 3, title: In three years, text: One child in four.}\n", ""),
            ("term: Reception", "term: First year"),
            ('          - {value: 4.2, period: "2020 - 22"}\n', ""),
        )
    )
    assert list(strategy.horizons.values_list("years", flat=True)) == [0, 10]
    assert list(strategy.glossary.values_list("term", flat=True)) == ["First year"]
    assert Target.objects.filter(measure__code="infant-deaths").count() == 1


def test_a_target_that_stays_is_the_same_row(strategy):
    before = Target.objects.get(measure__code="infant-deaths", due_on=date(2022, 12, 31)).pk
    load(edit(("value: 4.2", "value: 4.1")))
    after = Target.objects.get(measure__code="infant-deaths", due_on=date(2022, 12, 31))
    assert (after.pk, after.value) == (before, 4.1)


def test_two_measures_change_places_in_one_load(strategy):
    swapped = TEXT.replace("indicator: infant-deaths", "indicator: x").replace(
        "indicator: live-births", "indicator: infant-deaths"
    )
    load(swapped.replace("indicator: x", "indicator: live-births"))
    assert strategy.measures.get(code="births").indicator.code == "infant-deaths"
    assert strategy.measures.get(code="infant-deaths").indicator.code == "live-births"


def test_a_new_measure_takes_over_an_indicator_from_one_that_goes(strategy):
    load(edit(("code: school-ready\n", "code: ready-for-school\n")))
    assert strategy.measures.get(code="school-ready").retired_at is not None
    assert strategy.measures.get(code="ready-for-school").indicator.code == "school-ready"


def test_parent_and_child_change_places_in_one_load(world):
    below = """\
elements:
  - code: top
    level: aim
    title: Top
    elements:
      - {code: bottom, level: step, title: Bottom}
"""
    head = GOOD[: GOOD.index("elements:")]
    strategy = load(head + below)
    load(head + below.replace("top", "x").replace("bottom", "top").replace("x", "bottom"))
    assert strategy.elements.get(code="top").parent.code == "bottom"
    assert strategy.elements.get(code="bottom").parent is None


def test_a_level_becomes_deeper_while_a_retired_element_still_belongs_to_it(world):
    head = GOOD[: GOOD.index("elements:")]
    load(head + "elements:\n  - {code: a, level: aim, title: A, elements: [{code: b, level: step, title: B}]}\n")
    load(head + "elements:\n  - {code: a, level: aim, title: A}\n")
    deeper = head.replace("depth: 1", "depth: 3")
    strategy = load(deeper + "elements:\n  - {code: a, level: aim, title: A}\n")
    load(deeper + "elements:\n  - {code: c, level: aim, title: C}\n")
    assert strategy.elements.get(code="b").retired_at is not None
    assert strategy.levels.get(code="aim").depth == 3


def test_a_level_without_elements_may_go(world):
    leap = "  - {code: leap, kind: objective, depth: 3, word: Leap, plural: Leaps}\n"
    strategy = load(edit(("plural: Steps}\n", "plural: Steps}\n" + leap), text=GOOD))
    assert strategy.levels.count() == 3
    load(GOOD)
    assert strategy.levels.count() == 2


def test_a_document_held_by_another_strategy_is_not_retired(strategy):
    load(GOOD.replace("code: paper,", "code: teeth-paper,"))
    load(re.sub(r"  - code: teeth-paper\n(    .*\n)+", "", TEXT))
    paper = Document.objects.get(code="teeth-paper")
    assert paper.retired_at is None
    assert [one.slug for one in paper.strategies.all()] == ["new-plan"]
    load(GOOD.replace("code: paper,", "code: other,"))
    paper.refresh_from_db()
    assert paper.retired_at is not None
    load(TEXT)
    paper.refresh_from_db()
    assert paper.retired_at is None


def test_another_strategy_is_left_alone(strategy):
    before = list(Element.objects.filter(strategy__slug="growing-up").values())
    load(edit(("title: A healthy start", "title: A good start")))
    load(GOOD)
    assert list(Element.objects.filter(strategy__slug="growing-up").values()) == before


@pytest.mark.parametrize(
    ("path", "model", "field"),
    [
        ("properties.title", Strategy, "title"),
        ("properties.slug", Strategy, "slug"),
        ("properties.source.document", Strategy, "source"),
        ("properties.control.version", Strategy, "version"),
        ("properties.control.owner", Strategy, "owner"),
        ("$defs.url", Strategy, "source_url"),
        ("$defs.url", Document, "url"),
        ("$defs.organisation.code", Organisation, "code"),
        ("$defs.organisation.name", Organisation, "name"),
        ("$defs.level.code", Level, "code"),
        ("$defs.level.word", Level, "word"),
        ("$defs.level.plural", Level, "plural"),
        ("$defs.element.code", Element, "code"),
        ("$defs.element.title", Element, "title"),
        ("$defs.measure.code", Measure, "code"),
        ("$defs.measure.title", Measure, "title"),
        ("$defs.measure.breakdown", Measure, "breakdown"),
        ("$defs.measure.baseline.period", Measure, "baseline_label"),
        ("$defs.target.period", Target, "label"),
        ("$defs.horizon.title", Horizon, "title"),
        ("$defs.term.term", GlossaryTerm, "term"),
        ("$defs.document.code", Document, "code"),
        ("$defs.document.title", Document, "title"),
        ("$defs.document.meeting.title", Meeting, "title"),
        ("$defs.statements.items.group", Statement, "group"),
        ("$defs.statements.items.said_by", Statement, "said_by"),
    ],
)
def test_the_schema_allows_as_many_letters_as_the_database(path, model, field):
    schema = strategyfile.schema()
    node = schema
    for name in path.split("."):
        node = node["properties"][name] if name not in node else node[name]
    while "maxLength" not in node:
        node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
    assert node["maxLength"] == model._meta.get_field(field).max_length


def test_the_schema_knows_every_kind_that_the_database_knows():
    definitions = strategyfile.schema()["$defs"]
    assert definitions["organisation"]["properties"]["kind"]["enum"] == OrganisationKind.values
    assert definitions["document"]["properties"]["kind"]["enum"] == DocumentKind.values
    assert set(definitions["level"]["properties"]["kind"]["enum"]) == set(LevelKind.values)
    assert list(strategytree.STATEMENT_KINDS.values()) == StatementKind.values
