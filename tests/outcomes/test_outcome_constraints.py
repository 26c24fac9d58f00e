"""What the database itself refuses of a strategy, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.db.models import Model

from indicators.models import Indicator
from outcomes.models import (
    Element,
    GlossaryTerm,
    Horizon,
    Level,
    Measure,
    Statement,
    Strategy,
    Target,
)
from partnerships.models import Partnership
from tests.constraints import names, refuses

TODAY = date(2026, 3, 31)
MODELS = (Strategy, Level, Element, Measure, Target, Statement, Horizon, GlossaryTerm)


@pytest.fixture
def make(world):
    """Makes a row that the database takes, but for what is given."""
    strategy = Strategy.objects.get(slug="start-well")
    defaults = {
        Strategy: {
            "partnership": Partnership.objects.get(slug="northshire"),
            "slug": "other",
            "title": "Other",
            "vision": "All is well.",
            "source": "A plan",
        },
        Level: {"code": "more", "kind": "objective", "depth": 3, "word": "More", "plural": "Mores"},
        Element: {"code": "more", "title": "More", "level": strategy.levels.get(code="priority")},
        Measure: {"code": "more", "title": "More", "narrative": "Words."},
        Target: {"measure": strategy.measures.get(code="births"), "value": 1.0, "due_on": TODAY},
        Statement: {"kind": "value", "code": "more", "text": "More"},
        Horizon: {"years": 7, "title": "Soon", "text": "More"},
        GlossaryTerm: {"term": "More", "meaning": "Not less"},
    }

    def made(model: type[Model], **changes) -> Model:
        of_strategy = {"strategy": strategy} if model not in (Strategy, Target) else {}
        return model.objects.create(**of_strategy | defaults[model] | changes)

    return made


REFUSED = [
    (Strategy, "strategy_slug_once_in_a_partnership", {"slug": "start-well"}),
    (Strategy, "strategy_slug_not_reserved", {"slug": "load"}),
    (Strategy, "strategy_ends_after_it_starts", {"starts_on": TODAY, "ends_on": TODAY}),
    (Level, "level_code_once_in_a_strategy", {"code": "priority"}),
    (Level, "level_kind_in_set", {"kind": "wish"}),
    (Level, "level_depth_from_1", {"depth": 0}),
    (Element, "element_code_once_in_a_strategy", {"code": "healthy-start"}),
    (Element, "element_origin_in_set", {"origin": "rumour"}),
    (Measure, "measure_code_once_in_a_strategy", {"code": "births"}),
    (Measure, "measure_indicator_or_narrative", {"narrative": ""}),
    (Measure, "measure_baseline_and_its_date_both_or_neither", {"baseline_value": 1.0}),
    (Measure, "measure_baseline_and_its_date_both_or_neither", {"baseline_on": TODAY}),
    (Measure, "measure_tolerance_from_0", {"tolerance": -0.1}),
    (Measure, "measure_tolerance_from_0", {"tolerance": float("inf")}),
    (Measure, "measure_path_shape_in_set", {"path_shape": "curve"}),
    (Measure, "measure_origin_in_set", {"origin": "rumour"}),
    (Target, "target_is_finite", {"value": float("inf")}),
    (Target, "target_is_finite", {"value": -1e15}),
    (Target, "target_range_ends_above_its_start", {"upper": 1.0}),
    (Target, "target_range_ends_above_its_start", {"upper": -2.0}),
    (Target, "target_range_ends_above_its_start", {"upper": float("inf")}),
    (Target, "target_origin_in_set", {"origin": "rumour"}),
    (Statement, "statement_code_once_in_a_strategy", {"code": "honesty", "kind": "theme"}),
    (Statement, "statement_kind_in_set", {"kind": "slogan"}),
    (Statement, "statement_origin_in_set", {"origin": "rumour"}),
    (Horizon, "horizon_once_at_a_distance", {"years": 3}),
    (GlossaryTerm, "glossary_term_once_in_a_strategy", {"term": "Reception"}),
    (GlossaryTerm, "glossary_term_origin_in_set", {"origin": "rumour"}),
]
# These need more than one row, and have tests of their own below.
IN_PAIRS = {"measure_indicator_once_on_an_element", "measure_indicator_once_on_a_strategy", "target_once_on_a_day"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_as_it_should_be_is_taken(make, model):
    assert make(model).pk


@pytest.mark.parametrize(("model", "name", "changes"), REFUSED, ids=[f"{name}: {made}" for _m, name, made in REFUSED])
def test_a_row_that_cannot_be_is_refused(make, model, name, changes):
    with refuses(model, name):
        make(model, **changes)


def test_every_constraint_is_tested():
    assert {name for _model, name, _changes in REFUSED} | IN_PAIRS == names(*MODELS)


def test_a_measure_has_an_indicator_or_a_narrative_not_both(make):
    with refuses(Measure, "measure_indicator_or_narrative"):
        make(Measure, indicator=Indicator.objects.get(code="infant-deaths"))


@pytest.mark.parametrize("breakdown", ["", "sex: Female"])
def test_an_indicator_with_a_breakdown_once_on_an_element(make, breakdown):
    where = {"element": Element.objects.get(code="ready-to-learn"), "narrative": "", "breakdown": breakdown}
    indicator = Indicator.objects.get(code="infant-deaths")
    make(Measure, code="a", indicator=indicator, **where)
    make(Measure, code="b", indicator=indicator, **where | {"breakdown": "sex: Male"})
    with refuses(Measure, "measure_indicator_once_on_an_element"):
        make(Measure, code="c", indicator=indicator, **where)


def test_an_indicator_once_on_a_strategy_and_again_once_retired(make):
    where = {"narrative": "", "indicator": Indicator.objects.get(code="infant-deaths")}
    make(Measure, code="a", retired_at="2026-01-01T00:00Z", **where)
    make(Measure, code="b", **where)
    with refuses(Measure, "measure_indicator_once_on_a_strategy"):
        make(Measure, code="c", **where)


def test_a_target_once_on_a_day(make):
    make(Target)
    with refuses(Target, "target_once_on_a_day"):
        make(Target, value=2.0)


TRIGGER = "element_parent_in_same_strategy_and_higher"


def test_a_parent_is_at_a_higher_level(make):
    level = Level.objects.get(code="priority")
    with pytest.raises(IntegrityError, match=TRIGGER):
        make(Element, level=level, parent=Element.objects.get(code="healthy-start"))


def test_a_parent_is_in_the_same_strategy(make):
    level = Level.objects.get(code="objective")
    with pytest.raises(IntegrityError, match=TRIGGER):
        make(Element, level=level, parent=Element.objects.get(code="every-child"))


def test_a_level_is_in_the_same_strategy(make):
    with pytest.raises(IntegrityError, match=TRIGGER):
        make(Element, level=Level.objects.get(code="aim"))


@pytest.mark.parametrize(
    "changes",
    [{"level": "priority"}, {"level": "aim"}, {"parent": "every-child"}, {"parent": "healthy-mouths"}],
    ids=str,
)
def test_an_element_is_not_changed_so_either(world, changes):
    kinds = {"level": Level, "parent": Element}
    values = {name: kinds[name].objects.get(code=code) for name, code in changes.items()}
    with pytest.raises(IntegrityError, match=TRIGGER):
        Element.objects.filter(code="healthy-mouths").update(**values)


def test_an_element_may_move_below_a_higher_one(world):
    goal = Element.objects.get(code="ready-to-learn")
    assert Element.objects.filter(code="healthy-mouths").update(parent=goal) == 1
