from datetime import date

import pytest

from indicators.aims import TargetPoint
from outcomes import measures
from outcomes.models import Element, Measure, Strategy


@pytest.fixture
def strategy(world) -> Strategy:
    return Strategy.objects.get(slug="start-well")


def codes(group: measures.MeasureGroup) -> list[str]:
    return [one.measure.code for one in group.measures]


def test_groups_follow_the_tree_and_the_strategys_own_measures_come_last(strategy):
    found = [(group.element.code if group.element else "", codes(group)) for group in measures.groups_of(strategy)]
    assert found == [
        ("healthy-start", ["infant-deaths", "births"]),
        ("healthy-mouths", ["healthy-teeth", "healthy-teeth-most-deprived"]),
        ("ready-to-learn", ["school-ready", "families-say"]),
        ("", ["wellbeing"]),
    ]


def test_a_trail_leads_from_the_top_to_the_element(strategy):
    mouths = measures.groups_of(strategy)[1]
    assert [element.code for element in mouths.trail] == ["healthy-start"]


def test_two_queries_fetch_them_all(strategy, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert all(one.measure.code and one.aim for group in measures.groups_of(strategy) for one in group.measures)


def test_what_is_retired_is_not_shown(strategy):
    Measure.objects.filter(code="births").update(retired_at="2024-01-01T00:00Z")
    Element.objects.filter(code="ready-to-learn").update(retired_at="2024-01-01T00:00Z")
    assert [codes(group) for group in measures.groups_of(strategy)] == [
        ["infant-deaths"],
        ["healthy-teeth", "healthy-teeth-most-deprived"],
        ["wellbeing"],
    ]


def test_an_element_under_a_retired_one_stands_at_the_top(strategy):
    Element.objects.filter(code="healthy-start").update(retired_at="2024-01-01T00:00Z")
    mouths = next(group for group in measures.groups_of(strategy) if group.element.code == "healthy-mouths")
    assert mouths.trail == ()


def test_actions_of_an_element_without_measures_move_those_above_it(strategy):
    Measure.objects.filter(element__code="healthy-mouths").update(retired_at="2024-01-01T00:00Z")
    start = measures.groups_of(strategy)[0]
    assert start.moved_from == set(Element.objects.filter(code__startswith="healthy").values_list("pk", flat=True))


def test_an_aim_has_baseline_tolerance_and_targets_in_the_order_of_their_days(strategy):
    found = {one.measure.code: one.aim for one in measures.with_aims(strategy)}
    aim = found["infant-deaths"]
    assert (aim.baseline_value, aim.baseline_on, aim.tolerance) == (4.8, date(2018, 12, 31), 0.3)
    assert aim.targets == (
        TargetPoint(4.2, date(2022, 12, 31), "2020 - 22"),
        TargetPoint(3.5, date(2025, 12, 31), "2023 - 25", is_demonstration=True),
    )
    assert found["births"].targets == ()
    for one in measures.with_aims(strategy):
        assert measures.aim_of(one.measure) == one.aim


def test_an_aim_has_the_shape_of_its_path_and_the_upper_ends_of_ranges(strategy):
    measure = Measure.objects.get(code="infant-deaths")
    Measure.objects.filter(pk=measure.pk).update(path_shape="steps")
    measure.targets.filter(label="2023 - 25").update(upper=3.9)
    (found,) = (one for one in measures.with_aims(strategy) if one.measure == measure)
    assert (found.aim.shape, [target.upper for target in found.aim.targets]) == ("steps", [None, 3.9])
    assert measures.aim_of(found.measure) == found.aim
