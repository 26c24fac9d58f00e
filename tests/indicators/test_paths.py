from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from indicators.aims import LINE, STEPS, Aim, TargetPoint
from indicators.figures import Yardstick
from indicators.paths import TargetStanding, target_standing
from indicators.series import Break, Point, Series

HIGH = Yardstick("gld", "%", 1, "high")
LOW = Yardstick("infant-deaths", "per 1,000", 1, "low")
NEITHER = Yardstick("births", "", 0, "none")
TODAY = date(2025, 6, 1)


def series(facts: dict[str, float | str], breaks: tuple[Break, ...] = ()) -> Series:
    """Numbers, or markers, by period."""
    points = [
        Point(periods.read(label), None, fact) if isinstance(fact, str) else Point(periods.read(label), fact)
        for label, fact in facts.items()
    ]
    return Series("gld", "E10000017", "", tuple(points), breaks)


def aim(
    *targets: tuple[float, str] | TargetPoint,
    baseline: tuple[float, str] | None = None,
    tolerance: float | None = None,
    shape: str = LINE,
) -> Aim:
    points = tuple(
        one if isinstance(one, TargetPoint) else TargetPoint(one[0], date.fromisoformat(one[1])) for one in targets
    )
    if baseline is None:
        return Aim(points, tolerance=tolerance, shape=shape)
    return Aim(points, baseline[0], date.fromisoformat(baseline[1]), tolerance=tolerance, shape=shape)


def status(wanted: Aim, facts: dict[str, float | str], yardstick: Yardstick = HIGH, today: date = TODAY) -> str:
    return target_standing(wanted, series(facts), yardstick, today).word


# From 60.0 at the end of 2020 to 70.0 at the end of 2030: 64.0 at the end of 2024.
RISING = aim((70.0, "2030-12-31"), baseline=(60.0, "2020-12-31"))


def test_without_a_target_there_is_nothing_to_judge():
    assert status(aim(), {"2024": 65.0}) == "no target"


def test_without_a_figure_a_target_is_not_judged():
    found = target_standing(RISING, series({"2024": "c"}), HIGH, TODAY)
    assert (found.word, found.value_text, found.judged_by) == ("not judged", "70.0%", "")


@pytest.mark.parametrize(
    ("value", "word"), [(70.0, "met"), (69.96, "met"), (69.9, "on course"), (64.0, "on course"), (63.9, "off course")]
)
def test_before_it_is_due_a_target_is_judged_by_the_path_from_the_baseline(value, word):
    assert status(RISING, {"2024": value}) == word


@pytest.mark.parametrize(("value", "word"), [(4.0, "met"), (4.6, "on course"), (4.7, "off course")])
def test_the_path_falls_where_low_is_good(value, word):
    falling = aim((4.0, "2030-12-31"), baseline=(5.0, "2020-12-31"))
    assert status(falling, {"2024": value}, LOW) == word


@pytest.mark.parametrize(("value", "word"), [(63.0, "on course"), (62.9, "off course")])
def test_the_tolerance_lies_under_the_path(value, word):
    tolerant = aim((70.0, "2030-12-31"), baseline=(60.0, "2020-12-31"), tolerance=1)
    assert status(tolerant, {"2024": value}) == word


@pytest.mark.parametrize(("value", "word"), [(70.0, "met"), (68.0, "on course"), (67.9, "off course")])
def test_without_a_baseline_the_tolerance_lies_under_the_target(value, word):
    assert status(aim((70.0, "2030-12-31"), tolerance=2), {"2024": value}) == word


@pytest.mark.parametrize(("value", "word"), [(70.0, "met"), (69.9, "missed")])
def test_once_due_a_target_is_met_or_missed_whatever_the_tolerance(value, word):
    due = aim((70.0, "2024-12-31"), baseline=(60.0, "2020-12-31"), tolerance=5)
    assert status(due, {"2024": value}) == word


def test_a_target_is_due_on_its_day():
    assert status(aim((70.0, "2024-12-31"), tolerance=5), {"2024": 69.0}, today=date(2024, 12, 30)) == "on course"
    assert status(aim((70.0, "2024-12-31"), tolerance=5), {"2024": 69.0}, today=date(2024, 12, 31)) == "missed"


def test_a_due_target_is_judged_by_the_period_it_was_for_not_by_what_came_later():
    found = target_standing(aim((70.0, "2022-12-31")), series({"2022": 69.0, "2023": 71.0}), HIGH, TODAY)
    assert (found.word, found.judged_by) == ("missed", "2022")


def test_a_due_target_without_any_earlier_figure_is_judged_by_the_newest():
    assert status(aim((70.0, "2020-12-31")), {"2022": 69.0, "2023": 71.0}) == "met"


def test_of_several_targets_the_next_one_counts_and_the_path_runs_through_the_earlier():
    stepped = aim((66.0, "2022-12-31"), (70.0, "2026-12-31"), baseline=(60.0, "2020-12-31"))
    assert status(stepped, {"2024": 68.0}) == "on course"
    assert status(stepped, {"2024": 67.9}) == "off course"
    assert target_standing(stepped, series({"2024": 68.0}), HIGH, TODAY).value_text == "70.0%"


@pytest.mark.parametrize(("value", "word"), [(900, "met"), (950, "on course"), (970, "off course")])
def test_where_no_direction_is_good_the_target_lies_the_way_from_the_baseline(value, word):
    fewer = aim((900.0, "2030-12-31"), baseline=(1000.0, "2020-12-31"))
    assert status(fewer, {"2025": value}, NEITHER, date(2026, 1, 1)) == word


@pytest.mark.parametrize(("value", "word"), [(900, "met"), (910, "on course"), (890, "on course"), (911, "off course")])
def test_where_no_way_is_known_the_target_is_the_number_itself(value, word):
    assert status(aim((900.0, "2030-12-31"), tolerance=10), {"2024": value}, NEITHER) == word


def of_period(value: float, label: str, upper: float | None = None) -> TargetPoint:
    return TargetPoint(value, periods.read(label).end, label, upper=upper)


def stand(wanted: Aim, facts: dict, yardstick: Yardstick = HIGH, today: date = TODAY, **more) -> TargetStanding:
    return target_standing(wanted, series(facts, **more), yardstick, today)


# A target that is due


def test_a_target_stays_open_until_the_figure_for_its_day_is_published():
    due = aim(of_period(70.0, "2024"), baseline=(60.0, "2020-12-31"))
    found = stand(due, {"2022": 64.0, "2023": 68.0})
    assert (found.word, found.expected, found.judged_by) == ("on course", 67.5, "2023")
    assert found.sentence.endswith(" There is no figure for 2024 yet.")
    assert stand(due, {"2022": 64.0, "2023": 68.0, "2024": 68.0}).word == "missed"


def test_a_target_is_closed_by_the_last_figure_that_can_come_before_its_day():
    by_march = aim((70.0, "2025-03-31"), baseline=(60.0, "2020-03-31"))
    assert stand(by_march, {"2022": 64.0, "2023": 66.0, "2024": 69.0}).word == "missed"
    assert stand(by_march, {"2022": 64.0, "2023": 66.0, "2024": 70.0}).word == "met"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"2022": 64.0, "2023": 68.0, "2024": "c"}, "2024 is suppressed"),
        ({"2021": 64.0, "2022": 68.0, "2025 Q1": 68.0}, ""),
        ({"2021": 64.0, "2022": 68.0, "2023": "x"}, "2023 is not available"),
    ],
)
def test_a_marker_where_the_deciding_figure_should_be_leaves_a_due_target_unjudged(facts, reason):
    found = stand(aim(of_period(70.0, "2024"), baseline=(60.0, "2020-12-31")), facts)
    assert found.reason == reason
    assert found.word == ("not judged" if reason else "on course")


def test_a_hole_where_the_deciding_figure_should_be_leaves_a_due_target_unjudged():
    found = stand(aim(of_period(70.0, "2023")), {"2021": 64.0, "2022": 68.0, "2024": 71.0})
    assert (found.word, found.reason) == ("not judged", "there is no figure for 2023")
    assert found.sentence == "Not judged: there is no figure for 2023."


def test_that_all_figures_are_too_late_is_said():
    found = stand(aim((70.0, "2020-12-31")), {"2022": 69.0, "2023": 71.0})
    assert found.sentence == (
        "71.0% in 2023 is 1.0 percentage points better than the target of 70.0% by 31 December 2020."
        " There is no figure for 31 December 2020 or before."
    )


# Shapes, ranges, zero


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"2021": 65.9}, "off course"),
        ({"2021": 66.0}, "on course"),
        ({"2022": 66.0}, "on course"),
        ({"2023": 66.0}, "off course"),
        ({"2023": 69.9}, "off course"),
        ({"2023": 70.0}, "met"),
    ],
)
def test_in_steps_a_target_counts_from_the_day_after_the_one_before(facts, word):
    steps = aim((66.0, "2022-12-31"), (70.0, "2026-12-31"), baseline=(60.0, "2020-12-31"), shape=STEPS)
    assert status(steps, facts) == word


def test_in_steps_a_figure_of_the_baselines_own_day_is_held_against_the_baseline():
    steps = aim((70.0, "2026-12-31"), baseline=(60.0, "2020-12-31"), shape=STEPS)
    assert status(steps, {"2020": 60.0}) == "on course"


@pytest.mark.parametrize(
    ("yardstick", "value", "word", "distance", "text"),
    [
        (HIGH, 59.9, "missed", -0.1, "0.1 percentage points short of the target"),
        (HIGH, 60.0, "met", 0.0, "within the range of the target"),
        (HIGH, 65.0, "met", 5.0, "within the range of the target"),
        (HIGH, 71.0, "met", 11.0, "11.0 percentage points better than the target"),
        (LOW, 70.1, "missed", -0.1, "0.1 per 1,000 short of the target"),
        (LOW, 70.0, "met", 0.0, "within the range of the target"),
        (LOW, 50.0, "met", 20.0, "20.0 per 1,000 better than the target"),
        (NEITHER, 59, "missed", -1.0, "1 below the target"),
        (NEITHER, 60, "met", 0.0, "within the range of the target"),
        (NEITHER, 70, "met", 0.0, "within the range of the target"),
        (NEITHER, 75, "missed", -5.0, "5 above the target"),
    ],
)
def test_a_range_is_met_within_it_and_on_its_better_side(yardstick, value, word, distance, text):
    found = stand(aim(of_period(60.0, "2024", 70.0), baseline=(50.0, "2020-12-31")), {"2024": value}, yardstick)
    assert (found.word, found.distance, found.distance_text) == (word, pytest.approx(distance), text)
    assert found.value_text == f"{yardstick.text(60)} to {yardstick.text(70)}"
    assert (found.expected, found.expected_upper) == (60.0, 70.0)


def test_the_path_to_a_range_is_as_wide_as_the_way_gone():
    found = stand(aim(of_period(60.0, "2030", 70.0), baseline=(50.0, "2020-12-31")), {"2025": 56.0}, today=TODAY)
    assert (found.word, found.expected, found.expected_upper) == ("on course", 55.0, 60.0)
    assert found.distance_text == "within the range of the path"


@pytest.mark.parametrize(("value", "word"), [(0.0, "met"), (0.04, "met"), (3.0, "on course"), (3.1, "off course")])
def test_a_target_of_zero(value, word):
    assert status(aim((0.0, "2030-12-31"), baseline=(5.0, "2020-12-31")), {"2024": value}, LOW) == word


# What cannot be compared

BASELINE_BEFORE = aim(of_period(70.0, "2026/27"), baseline=(60.0, "2020-03-31"))
NEW_SERIES = (Break(date(2021, 4, 1), "2021/22", "New."),)


def test_a_path_from_an_old_series_does_not_judge_a_new_one():
    found = stand(BASELINE_BEFORE, {"2020/21": 62.0, "2022/23": 71.0}, breaks=NEW_SERIES)
    reason = "a new series began in 2021/22, after the baseline, 31 March 2020"
    assert (found.word, found.reason, found.forecast) == ("not judged", reason, None)
    assert (found.expected, found.distance, found.distance_text, found.children) == (None, None, "", None)


def test_a_figure_of_the_old_series_is_still_judged_by_its_path():
    assert stand(BASELINE_BEFORE, {"2020/21": 62.0}, breaks=NEW_SERIES).word == "on course"


def test_a_baseline_in_the_new_series_judges_it():
    anew = aim(of_period(70.0, "2026/27"), baseline=(65.0, "2022-03-31"))
    assert stand(anew, {"2020/21": 62.0, "2022/23": 66.0}, breaks=NEW_SERIES).word == "on course"


def test_an_earlier_target_from_the_old_series_breaks_the_path_too():
    found = stand(aim(of_period(60.0, "2020/21"), of_period(70.0, "2026/27")), {"2022/23": 66.0}, breaks=NEW_SERIES)
    assert found.reason == "a new series began in 2021/22, after the target for 2020/21"


def test_a_target_alone_is_of_the_series_that_stands():
    assert stand(aim(of_period(70.0, "2026/27")), {"2022/23": 70.0}, breaks=NEW_SERIES).word == "met"


def test_a_break_that_only_a_flag_tells_counts_as_well():
    points = (Point(periods.read("2020/21"), 62.0), Point(periods.read("2021/22"), 66.0, flags="b"))
    found = target_standing(BASELINE_BEFORE, Series("gld", "E10000017", "", points), HIGH, TODAY)
    assert found.reason == "a new series began in 2021/22, after the baseline, 31 March 2020"


@pytest.mark.parametrize(
    ("wanted", "facts", "reason"),
    [
        (RISING, {}, "there are no figures yet"),
        (RISING, {"2019": 61.0}, "2019 is before the baseline, 31 December 2020"),
        (
            aim(of_period(70.0, "2026/27")),
            {"2024 Q4": 66.0},
            "2024 Q4 and the target for 2026/27 are of different length",
        ),
        (
            Aim((TargetPoint(70.0, date(2026, 12, 31)),), 60.0, date(2020, 12, 31), "2018 - 20"),
            {"2024": 66.0},
            "2024 and the baseline, 2018 - 20, are of different length",
        ),
    ],
)
def test_what_is_not_judged_says_why(wanted, facts, reason):
    found = stand(wanted, facts)
    assert (found.word, found.reason, found.judged_by) == ("not judged", reason, "")
    assert found.sentence == f"Not judged: {reason}."
    assert found.text


def test_of_figures_of_several_lengths_those_as_long_as_the_target_judge_it():
    facts = {"2023": 65.0, "2024": 66.0, "2025 Q1": 90.0}
    assert stand(aim(of_period(70.0, "2026")), facts).judged_by == "2024"


def test_a_target_that_names_only_its_day_is_a_level_for_every_length():
    assert stand(aim((70.0, "2027-03-31")), {"2024 Q4": 70.0}).word == "met"


def test_where_the_newest_is_suppressed_the_figure_before_it_judges_and_that_is_said():
    found = stand(RISING, {"2022": 64.0, "2023": 64.0, "2024": "c"})
    assert (found.word, found.judged_by) == ("on course", "2023")
    assert found.sentence.endswith(" 2024 is suppressed.")


# What is said of the distance


@pytest.mark.parametrize(
    ("wanted", "facts", "yardstick", "sentence"),
    [
        (
            RISING,
            {"2024": 64.0},
            HIGH,
            "64.0% in 2024 is exactly on the path to the target of 70.0% by 31 December 2030.",
        ),
        (
            RISING,
            {"2024": 61.9},
            HIGH,
            "61.9% in 2024 is 2.1 percentage points short of the path to the target of 70.0% by 31 December 2030.",
        ),
        (
            aim(of_period(4.0, "2030"), baseline=(5.0, "2020-12-31")),
            {"2024": 4.2},
            LOW,
            "4.2 per 1,000 in 2024 is 0.4 per 1,000 better than the path to the target of 4.0 per 1,000 in 2030.",
        ),
        (
            aim(of_period(70.0, "2030"), baseline=(60.0, "2020-12-31"), tolerance=1),
            {"2024": 63.5},
            HIGH,
            "63.5% in 2024 is 0.5 percentage points short of the path to the target of 70.0% in 2030."
            " That is within the tolerance of 1.0 percentage points.",
        ),
        (
            aim(of_period(70.0, "2024")),
            {"2024": 70.0},
            HIGH,
            "70.0% in 2024 is exactly at the target of 70.0% in 2024.",
        ),
        (
            aim(of_period(900, "2030"), baseline=(1000, "2020-12-31")),
            {"2024": 950},
            NEITHER,
            "950 in 2024 is 10 beyond the path to the target of 900 in 2030.",
        ),
        (
            aim(of_period(900, "2030")),
            {"2024": 950},
            NEITHER,
            "950 in 2024 is 50 above the path to the target of 900 in 2030.",
        ),
    ],
)
def test_the_sentence_gives_figure_distance_and_target(wanted, facts, yardstick, sentence):
    assert stand(wanted, facts, yardstick).sentence == sentence


@pytest.mark.parametrize(
    ("yardstick", "value", "distance"),
    [(HIGH, 65.0, 1.0), (HIGH, 63.0, -1.0), (LOW, 65.0, 5.0), (LOW, 71.0, -7.0), (NEITHER, 65, 1.0), (NEITHER, 63, -1)],
)
def test_a_distance_is_positive_on_the_better_side(yardstick, value, distance):
    rising = aim((70.0, "2030-12-31"), baseline=(60.0, "2020-12-31"))
    assert stand(rising, {"2024": value}, yardstick).distance == pytest.approx(distance)


SHARE = Yardstick("gld", "%", 1, "high", "proportion", 100, "children")
FEWER = Yardstick("smoking", "%", 1, "low", "proportion", 100, "mothers")


def counted(wanted: Aim, value: float, denominator: float | None, yardstick: Yardstick = SHARE, **more):
    point = Point(periods.read("2024"), value, denominator=denominator, **more)
    return target_standing(wanted, Series("gld", "E10000017", "", (point,)), yardstick, TODAY)


@pytest.mark.parametrize(
    ("value", "denominator", "children", "text"),
    [
        (61.9, 15238, 320, "about 320 children too few"),
        (61.9, 15239, 321, "about 321 children too few"),
        (63.9, 500, 1, "about one too few of the children"),
        (63.9, 20, 1, "about one too few of the children"),
        (63.0, 1200000, 12000, "about 12\u2009000 children too few"),
        (64.0, 500, 0, ""),
        (64.5, 500, 2, ""),
        (61.9, None, None, ""),
        (61.9, 0, None, ""),
    ],
)
def test_the_distance_of_a_proportion_in_children(value, denominator, children, text):
    found = counted(RISING, value, denominator)
    assert (found.children, found.children_text) == (children, text)
    assert (f", {text}." in found.sentence) == bool(text)


def test_where_low_is_good_there_are_too_many_of_those_that_the_unit_names():
    falling = aim(of_period(6.0, "2024"), baseline=(10.0, "2020-12-31"))
    found = counted(falling, 8.0, 1000, FEWER)
    assert found.sentence == (
        "8.0% in 2024 is 2.0 percentage points short of the target of 6.0% in 2024, about 20 mothers too many."
    )


@pytest.mark.parametrize("value_type", ["rate", "count", "mean", "other"])
def test_only_a_proportion_is_a_number_of_children(value_type):
    assert counted(RISING, 61.9, 1000, Yardstick("x", "", 1, "high", value_type, 100, "children")).children is None


def test_without_words_for_what_is_counted_only_the_number_is_given():
    found = counted(RISING, 61.9, 1000, Yardstick("x", "%", 1, "high", "proportion", 100))
    assert (found.children, found.children_text) == (21, "")


@pytest.mark.parametrize(
    ("lower", "upper", "is_within"), [(61.0, 64.0, True), (61.0, 66.0, True), (61.0, 63.9, False), (None, None, False)]
)
def test_a_path_within_the_margin_of_the_figure_is_said_and_changes_no_status(lower, upper, is_within):
    found = counted(RISING, 62.0, None, HIGH, lower=lower, upper=upper)
    assert (found.word, found.is_within_margin) == ("off course", is_within)
    assert ("The path lies within the margin of the figure, 61.0% to" in found.sentence) == is_within


def test_a_target_just_met_is_tempered_too():
    found = counted(aim(of_period(70.0, "2024")), 71.0, None, HIGH, lower=68.0, upper=74.0)
    assert found.word == "met"
    assert found.sentence.endswith(" The target lies within the margin of the figure, 68.0% to 74.0%.")


# A count, and whatever a series may hold

COUNT = Yardstick("looked-after", "", 0, "low", "count")


@pytest.mark.parametrize(
    ("value", "word", "text"),
    [
        (2000, "met", "exactly at the target"),
        (2060, "on course", "exactly on the path"),
        (2061, "off course", "1 short of the path"),
    ],
)
def test_a_count_is_held_against_its_path_like_any_number(value, word, text):
    found = stand(aim((2000, "2030-12-31"), baseline=(2100, "2020-12-31")), {"2024": value}, COUNT)
    assert (found.word, found.distance_text) == (word, text)


LABELS = ("2019", "2020", "2021", "2022", "2023", "2024")
VALUES = st.integers(0, 1000).map(lambda number: number / 10)


def mirrored(wanted: Aim) -> Aim:
    targets = tuple(
        TargetPoint(-one.wanted.upper, one.due_on, one.label, upper=None if one.upper is None else -one.value)
        for one in wanted.targets
    )
    return Aim(targets, -wanted.baseline_value, wanted.baseline_on, tolerance=wanted.tolerance, shape=wanted.shape)


@st.composite
def aims(draw) -> Aim:
    labels = draw(st.lists(st.sampled_from(("2022", "2024", "2026", "2028")), min_size=1, unique=True).map(sorted))
    widths = draw(st.lists(st.sampled_from([None, 2.0]), min_size=4, max_size=4))
    targets = []
    for label, width in zip(labels, widths, strict=False):
        value = draw(VALUES)
        targets.append(of_period(value, label, value + width if width else None))
    tolerance = draw(st.sampled_from([None, 0.5, 3.0]))
    return Aim(tuple(targets), draw(VALUES), date(2020, 12, 31), "", tolerance, draw(st.sampled_from([LINE, STEPS])))


FACTS = st.dictionaries(st.sampled_from(LABELS), st.one_of(VALUES, st.just("c")), min_size=1).map(
    lambda facts: dict(sorted(facts.items()))
)


@given(wanted=aims(), facts=FACTS, polarity=st.sampled_from(["high", "low", "none"]))
def test_the_mirror_image_has_the_same_status_and_distance(wanted, facts, polarity):
    opposite = {"high": "low", "low": "high", "none": "none"}[polarity]
    negated = {label: fact if isinstance(fact, str) else -fact for label, fact in facts.items()}
    found = stand(wanted, facts, Yardstick("x", "", 1, polarity))
    image = stand(mirrored(wanted), negated, Yardstick("x", "", 1, opposite))
    assert (found.status, found.distance, found.reason) == (image.status, image.distance, image.reason)


@given(wanted=aims(), facts=FACTS)
def test_more_tolerance_never_takes_a_measure_off_course(wanted, facts):
    order = {"off-course": 0, "on-course": 1}
    found = [
        stand(Aim(wanted.targets, wanted.baseline_value, wanted.baseline_on, "", tolerance), facts).status
        for tolerance in (None, 1.0, 5.0, 1000.0)
    ]
    places = [order.get(status) for status in found]
    assert places == [None] * 4 or (None not in places and places == sorted(places))


@given(wanted=aims(), facts=FACTS, polarity=st.sampled_from(["high", "low", "none"]))
def test_status_distance_and_words_never_contradict_each_other(wanted, facts, polarity):
    found = stand(wanted, facts, Yardstick("x", "", 1, polarity))
    assert found.sentence.endswith(".")
    if found.status == "not-judged":
        assert found.reason
        assert found.distance is None
        return
    is_short = any(word in found.distance_text.split() for word in ("short", "below", "above"))
    assert is_short == (found.distance < 0)
    assert is_short or found.status in ("met", "on-course")
    assert not (is_short and found.status == "met")
