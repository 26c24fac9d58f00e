import json
from datetime import date

import plotly.graph_objects as go
import pytest

from indicators.aims import STEPS, Aim, TargetPoint
from indicators.charts.chart import Line
from indicators.charts.timeseries import chart
from indicators.figures import Yardstick
from indicators.paths import target_standing
from indicators.signals import signal
from tests.indicators.charts.ground import PER_CENT, REFORM, counted, quarters, series

AIM = Aim((TargetPoint(75.0, date(2026, 12, 31), "2026"),), 60.0, date(2018, 12, 31), "2018")
OWN = series({"2018": 60, "2019": 61, "2021": 65, "2023": 66}, (REFORM,), limits=1.5)
ENGLAND = series({"2018": 62, "2019": 63, "2021": 64})


def drawn(own=OWN, beside=ENGLAND, stick=PER_CENT, **options):
    lines = [Line("England", beside), Line("North West", series({}))]
    return chart("Ready for school", Line("Lancashire", own), lines, stick, signal=signal(own, stick), **options)


def trace(drawing, name: str) -> dict:
    return next(one for one in drawing.figure["data"] if one["name"] == name)


def names(drawing) -> list[str]:
    return [one["name"] for one in drawing.figure["data"]]


def test_no_line_runs_across_a_gap_or_a_break():
    for name, values in {"Lancashire": [60, 61, None, 65, None, 66], "England": [62, 63, None, 64]}.items():
        assert trace(drawn(), name)["y"] == values
        assert trace(drawn(), name)["connectgaps"] is False


def test_breaks_and_gaps_are_labelled_and_a_break_has_a_line():
    layout = drawn().figure["layout"]
    assert [(note["text"], note["x"]) for note in layout["annotations"]] == [
        ("new series", "2020-12-30"),
        ("no figure", "2022-12-31"),
    ]
    assert [shape["x0"] for shape in layout["shapes"]] == ["2020-12-30"]


def test_an_area_without_figures_is_left_out():
    assert names(drawn()) == ["95% interval as published", "England", "Lancashire"]


def test_published_intervals_are_solid_and_upright():
    interval = trace(drawn(), "95% interval as published")
    assert interval["x"][:3] == ["2018-12-31", "2018-12-31", None]
    assert interval["y"][:3] == [58.5, 61.5, None]
    assert interval["line"]["dash"] == "solid"


def test_intervals_computed_from_counts_are_dotted_and_called_so():
    chart = drawn(counted({"2022": (120, 200), "2023": (124, 200)}))
    assert names(chart)[0] == "95% interval computed from the counts"
    assert trace(chart, "95% interval computed from the counts")["line"]["dash"] == "dot"
    assert chart.table.rows[0][2] == "55.1 to 68.4, computed"


def test_the_path_runs_from_the_baseline_and_every_period_since_has_what_was_wanted():
    chart = drawn(aim=AIM)
    assert trace(chart, "Path to the target")["y"] == [60.0, 75.0]
    assert trace(chart, "Targets")["hovertext"] == ["75.0% in 2026"]
    assert chart.table.columns[-1] == "Path to the target"
    assert chart.table.rows[0] == ("2026", "", "", "", "75.0%")
    assert [row[-1] for row in chart.table.rows if row[0] in ("2018", "2023")] == ["69.4%", "60.0%"]


def test_a_target_in_the_period_of_a_figure_shares_its_row():
    aim = Aim((TargetPoint(70.0, date(2023, 12, 31), "2023"),))
    assert drawn(aim=aim).table.rows[0] == ("2023", "66.0%", "64.5 to 67.5", "", "70.0%")
    assert trace(drawn(aim=aim), "Target")["y"] == [70.0, 70.0]


def test_steps_stand_until_their_day_and_a_range_has_two_edges():
    targets = (TargetPoint(62.0, date(2021, 12, 31), "2021"), TargetPoint(66.0, date(2026, 12, 31), "2026", upper=70.0))
    chart = drawn(aim=Aim(targets, shape=STEPS))
    path = trace(chart, "Path to the target")
    assert path["x"][:4] == ["2018-12-31", "2021-12-31", "2022-01-01", "2026-12-31"]
    assert path["y"] == [62, 62, 66, 66, None, 62, 62, 70, 70]
    assert [row[-1] for row in chart.table.rows[:2]] == ["66.0% to 70.0%", "66.0% to 70.0%"]


def test_a_forecast_is_a_mark_with_its_interval_on_the_day_of_the_target_and_no_line():
    own = series({"2019": 60, "2020": 61.5, "2021": 62, "2022": 63.5, "2023": 64})
    aim = Aim((TargetPoint(70.0, date(2025, 12, 31), "2025"),))
    target = target_standing(aim, own, PER_CENT, date(2024, 6, 1))
    chart = drawn(own, aim=aim, target=target)
    mark = trace(chart, "Forecast")
    assert (mark["mode"], mark["x"], mark["y"]) == ("markers", ["2025-12-31"], [target.forecast.value])
    interval = trace(chart, "95% prediction interval")
    assert (interval["x"], interval["y"]) == (["2025-12-31"] * 2, [target.forecast.lower, target.forecast.upper])
    assert chart.table.columns[-1] == "Forecast"
    assert chart.table.rows[0][-1].startswith("66.1% (")


def test_where_no_forecast_is_made_none_is_drawn():
    target = target_standing(AIM, OWN, PER_CENT, date(2024, 6, 1))
    assert target.forecast is None or target.forecast.value is None
    assert "Forecast" not in names(drawn(aim=AIM, target=target))


def test_figures_stand_in_the_table_newest_first_without_empty_columns():
    table = drawn(series({"2018": 60, "2023": 66})).table
    assert table.columns == ("Period", "Lancashire", "England")
    assert table.rows[0] == ("2023", "66.0%", "")
    assert table.rows[-1] == ("2018", "60.0%", "62.0%")


def test_figures_of_unlike_periods_that_end_on_one_day_have_rows_of_their_own():
    rows = drawn(series({"2021 - 23": 64, "2023": 66})).table.rows
    assert [row[:2] for row in rows[:2]] == [("2023", "66.0%"), ("2021 - 23", "64.0%")]


def test_the_sentence_gives_the_tested_trend():
    five = series({str(year): 60 + year - 2019 for year in range(2019, 2024)}, limits=0.2)
    assert drawn(five).summary == ("60.0% in 2019, 64.0% in 2023; recent trend: increasing and getting better.")


def test_a_control_chart_has_a_mean_and_limits_in_place_of_intervals():
    chart = drawn(quarters([90, 91] * 8, limits=0.5))
    assert names(chart)[:2] == ["Mean", "Limits of usual variation"]
    assert not any("interval" in name for name in names(chart))
    assert set(trace(chart, "Mean")["y"]) == {90.5}
    limits = trace(chart, "Limits of usual variation")
    assert limits["y"][0] == pytest.approx(90.5 + 2.66)
    assert limits["y"][-1] == pytest.approx(90.5 - 2.66)
    assert limits["y"][16] is None, "the pen is lifted between the two"
    assert chart.summary.endswith("; all 16 figures lie within their usual variation.")


@pytest.mark.parametrize(
    ("polarity", "name", "symbol", "words"),
    [
        ("high", "Special cause, worse", "triangle-down", "below the limits, worse"),
        ("low", "Special cause, better", "triangle-up", "below the limits, better"),
        ("none", "Special cause", "diamond", "below the limits"),
    ],
)
def test_a_special_cause_has_a_shape_its_rule_under_the_pointer_and_in_the_table(polarity, name, symbol, words):
    chart = drawn(quarters([90, 92] * 8 + [80]), stick=Yardstick("gld", "%", 1, polarity))
    marks = trace(chart, name)
    assert (marks["mode"], marks["marker"]["symbol"], marks["y"]) == ("markers", symbol, [80])
    assert marks["hovertext"] == [f"Lancashire, 2024 Q1: 80.0%: {words}"]
    assert chart.table.columns[-1] == "Signal"
    assert chart.table.rows[0][-1] == words
    assert chart.summary.endswith("; 1 of 17 figures is more than usual variation.")


def test_each_long_run_of_a_control_chart_has_limits_of_its_own():
    chart = drawn(quarters([90, 91] * 6 + [None] + [70, 71] * 6))
    assert [value for value in trace(chart, "Mean")["y"] if value] == [90.5] * 12 + [70.5] * 12
    assert trace(chart, "Mean")["y"][12] is None


def test_limits_of_twelve_figures_are_called_provisional():
    assert "; the limits are provisional, since they rest on few figures." in drawn(quarters([90, 91] * 6)).summary


def test_the_newest_label_of_many_periods_is_always_shown():
    labels = drawn(quarters([90, 91] * 8)).figure["layout"]["xaxis"]["ticktext"]
    assert len(labels) == 8
    assert labels[-1] == "2023 Q4"


@pytest.mark.parametrize("own", [OWN, quarters([90, 92] * 8 + [80]), counted({"2022": (120, 200)})])
def test_a_drawing_is_plain_json_of_which_plotly_knows_every_word(own):
    figure = drawn(own, aim=AIM).figure
    go.Figure(json.loads(json.dumps(figure, allow_nan=False)))
    assert json.loads(json.dumps(figure)) == figure
