import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.statistics import spc
from tests.indicators.stats.cases import cases

MIRRORED = {
    spc.ABOVE_LIMITS: spc.BELOW_LIMITS,
    spc.RISING: spc.FALLING,
    spc.TWO_ABOVE: spc.TWO_BELOW,
    spc.RUN_ABOVE: spc.RUN_BELOW,
}
MIRRORED |= {other: one for one, other in MIRRORED.items()} | {"": ""}
# Whole numbers and halves: means and ranges of them are exact enough to compare signals.
values = st.lists(st.integers(-200, 200).map(lambda number: number / 2), min_size=1, max_size=60)
# Level, with one step of 1 up and down again: mean near 10, ranges small.
CALM = [10, 11, 10, 9] * 4


def signals(values, **options) -> list[str]:
    return [point.signal for point in spc.xmr(values, direction="neutral", **options).points]


def near(found, wanted):
    return found == wanted if wanted is None else found == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", cases("control_chart"))
def test_a_control_chart_agrees_with_others(case):
    options = {name: case[name] for name in ("direction", "target", "rebase_at", "fix_after", "screen_outliers")}
    chart = spc.xmr(case["values"], **options)
    assert [segment.start for segment in chart.segments] == [start for start, *_ in case["segments"]]
    for segment, (_, mean, lower, upper) in zip(chart.segments, case["segments"], strict=True):
        assert near(segment.limits.mean, mean)
        assert near(segment.limits.lower, lower)
        assert near(segment.limits.upper, upper)
    found: dict[str, list[int]] = {}
    for index, point in enumerate(chart.points):
        if point.signal:
            found.setdefault(point.signal, []).append(index)
    assert found == case["signals"]
    assert [segment.has_trial_limits for segment in chart.segments] == case["trial"]
    assert (chart.variation, chart.assurance) == (case["variation"], case["assurance"])


def test_limits_by_hand():
    limits = spc.limits([10, 12, 11, 15], screen_outliers=False)
    assert limits.mean == 12
    moving_range = (2 + 1 + 4) / 3
    assert limits.upper == pytest.approx(12 + 2.66 * moving_range)
    assert limits.lower == pytest.approx(12 - 2.66 * moving_range)
    assert limits.near_upper == pytest.approx(12 + 2.66 * moving_range * 2 / 3)


def test_screening_leaves_out_a_great_leap_once():
    base = [10, 11, 10, 11, 10, 11, 40]
    assert spc.limits(base).upper - spc.limits(base).mean == pytest.approx(2.66)
    assert spc.limits(base, screen_outliers=False).upper - spc.limits(base).mean == pytest.approx(2.66 * 34 / 6)


def test_limits_are_never_clipped():
    assert spc.limits([1, 9, 1, 9]).lower < 0


@pytest.mark.parametrize("all_equal", [[5], [5, 5, 5, 5]])
def test_without_a_moving_range_there_are_no_limits_and_no_signal(all_equal):
    chart = spc.xmr(all_equal, direction="increase", target=4)
    assert (chart.points[-1].mean, chart.points[-1].lower, chart.points[-1].upper) == (5, None, None)
    assert (chart.variation, chart.assurance) == (spc.COMMON_CAUSE, "")


def test_a_point_beyond_the_limits():
    assert signals([*CALM, 30])[-1] == spc.ABOVE_LIMITS
    assert signals([*CALM, -10])[-1] == spc.BELOW_LIMITS


def test_seven_rising_points_are_a_trend_and_six_are_not():
    up = [1, 2, 3, 4, 5, 6, 7]
    wide = [0, 20, -10, 20]
    assert signals([*wide, *up])[-6:] == [spc.RISING] * 6
    assert spc.RISING not in signals([*wide, *up[:-1], 6])


def test_a_tie_breaks_a_trend():
    assert spc.RISING not in signals([0, 20, -10, 20, 1, 2, 3, 4, 4, 5, 6, 7])


def test_at_a_turn_the_step_to_the_next_point_tells():
    up_and_down = [10 + 0.1 * step for step in (0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0)]
    found = signals([0, 20, 0, 20, *up_and_down, 0, 20])
    turn = 4 + up_and_down.index(max(up_and_down))
    assert found[turn - 1 : turn + 2] == [spc.RISING, spc.FALLING, spc.FALLING]


def test_seven_points_on_one_side_are_a_shift_and_a_point_on_the_mean_breaks_it():
    low, high = [9, 6, 9, 6, 9, 6, 9], [11, 14, 11, 14, 11, 14, 11]
    assert signals([*low, *high]) == [spc.RUN_BELOW] * 7 + [spc.RUN_ABOVE] * 7
    broken = [9, 6, 9, 10, 9, 6, 9, 11, 14, 11, 10, 11, 14, 11]
    assert signals(broken) == [""] * 14


def test_two_of_three_near_a_limit():
    inside = spc.limits(CALM).near_upper + 0.01
    assert signals([*CALM, inside, 11, inside], fix_after=16)[-3:] == [spc.TWO_ABOVE, "", spc.TWO_ABOVE]
    assert signals([*CALM, inside, 9, inside], fix_after=16)[-3:] == ["", "", ""]


def test_nothing_runs_across_a_rebase():
    chart = spc.xmr([9, 8, 9, 8, 11, 12, 11, 12, 11], direction="increase", rebase_at=[4])
    assert [(segment.start, segment.stop) for segment in chart.segments] == [(0, 4), (4, 9)]
    assert chart.segments[0].limits == spc.limits([9, 8, 9, 8])
    assert [point.signal for point in chart.points] == [""] * 9


def test_fixed_limits_hold_for_what_comes_after():
    chart = spc.xmr([*CALM, 30, 31], direction="increase", fix_after=len(CALM))
    assert chart.segments[0].limits == spc.limits(CALM)
    assert chart.variation == "improvement high"


def test_limits_of_fewer_than_thirteen_points_are_trial_limits():
    assert spc.xmr(CALM[:12], direction="neutral").has_trial_limits
    assert not spc.xmr(CALM[:13], direction="neutral").has_trial_limits
    assert spc.xmr(CALM, direction="neutral", rebase_at=[8]).has_trial_limits


@pytest.mark.parametrize(
    ("signal", "direction", "variation"),
    [
        ("", "increase", "common cause"),
        (spc.ABOVE_LIMITS, "increase", "improvement high"),
        (spc.RISING, "decrease", "concern high"),
        (spc.TWO_BELOW, "increase", "concern low"),
        (spc.RUN_BELOW, "decrease", "improvement low"),
        (spc.FALLING, "neutral", "neutral low"),
        (spc.RUN_ABOVE, "neutral", "neutral high"),
    ],
)
def test_what_a_signal_means(signal, direction, variation):
    assert spc.variation(signal, direction) == variation


@pytest.mark.parametrize(
    ("target", "direction", "assurance"),
    [
        (8, "increase", "consistent fail"),
        (8, "decrease", "consistent pass"),
        (2, "increase", "consistent pass"),
        (2, "decrease", "consistent fail"),
        (5, "increase", "inconsistent"),
        (7, "increase", "inconsistent"),
        (3, "decrease", "inconsistent"),
        (8, "neutral", ""),
        (None, "increase", ""),
    ],
)
def test_a_target_beyond_the_limits_is_met_or_missed_for_certain(target, direction, assurance):
    assert spc.assurance(3, 7, target, direction=direction) == assurance
    assert spc.assurance(None, None, target, direction=direction) == ""


@given(values, st.integers(-100, 100))
def test_a_shift_moves_the_limits_and_no_signal(numbers, by):
    chart, moved = spc.limits(numbers), spc.limits([number + by for number in numbers])
    assert moved.mean == pytest.approx(chart.mean + by, abs=1e-9)
    if chart.upper is not None:
        assert moved.upper == pytest.approx(chart.upper + by, abs=1e-9)
        assert moved.lower == pytest.approx(chart.lower + by, abs=1e-9)


@given(values, st.sampled_from([0.25, 2, 8]))
def test_another_unit_scales_the_limits_and_keeps_the_signals(numbers, by):
    scaled = [number * by for number in numbers]
    chart, other = spc.xmr(numbers, direction="increase"), spc.xmr(scaled, direction="increase")
    assert [point.signal for point in other.points] == [point.signal for point in chart.points]
    if chart.points[0].upper is not None:
        assert other.points[0].upper == pytest.approx(chart.points[0].upper * by)


@given(values, st.lists(st.integers(0, 59), max_size=3), st.none() | st.integers(2, 20), st.booleans())
def test_the_mirror_image_has_the_opposite_signals(numbers, rebase_at, fix_after, screen_outliers):
    assume(all(index < len(numbers) for index in rebase_at))
    options = {"rebase_at": rebase_at, "fix_after": fix_after, "screen_outliers": screen_outliers}
    mirror = signals([-number for number in numbers], **options)
    assert mirror == [MIRRORED[signal] for signal in signals(numbers, **options)]


@given(values)
def test_values_of_common_cause_lie_within_their_limits(numbers):
    for point in spc.xmr(numbers, direction="neutral").points:
        outside = point.signal in (spc.ABOVE_LIMITS, spc.BELOW_LIMITS)
        assert point.upper is None or outside != (point.lower <= point.value <= point.upper)


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([], {}, "at least one value"),
        ([1, None, 3], {}, "cannot leave out a value"),
        ([1, 2, 3], {"rebase_at": [3]}, "one of 3 points"),
        ([1, 2, 3], {"rebase_at": [-1]}, "one of 3 points"),
        ([1, 2, 3], {"fix_after": 1}, "2 points or more"),
    ],
)
def test_what_makes_no_chart_is_refused(values, options, words):
    with pytest.raises(ValueError, match=words):
        spc.xmr(values, direction="increase", **options)
