import json
from datetime import date

import plotly.graph_objects as go

from indicators.aims import Aim, TargetPoint
from indicators.charts.chart import Line
from indicators.charts.timeseries import chart
from tests.indicators.charts.ground import PER_CENT, REFORM, series

AIM = Aim((TargetPoint(75.0, date(2026, 12, 31), "2026"),), 60.0, date(2018, 12, 31), "2018")


def drawn_chart(**options):
    own = Line("Lancashire", series({"2018": 60, "2019": 61, "2021": 65, "2023": 66}, (REFORM,), limits=1.5))
    england = Line("England", series({"2018": 62, "2019": 63, "2021": 64}))
    return chart("Ready for school", own, [england, Line("North West", series({}))], PER_CENT, **options)


def test_no_line_of_a_chart_runs_across_a_gap_or_a_break():
    data = drawn_chart().figure["data"]
    own = [trace for trace in data if trace["name"] == "Lancashire"]
    assert [list(trace["y"]) for trace in own] == [[60, 61], [65], [66]]
    assert [trace["showlegend"] for trace in own] == [True, False, False]
    england = next(trace for trace in data if trace["name"] == "England")
    assert list(england["y"]) == [62, 63, None, 64, None]
    assert england["connectgaps"] is False


def test_a_chart_marks_the_break_and_shows_limits_as_published():
    figure = drawn_chart().figure
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["new series"]
    assert list(figure["data"][0]["error_y"]["array"]) == [1.5, 1.5]


def test_a_chart_leaves_out_an_area_without_figures():
    assert {trace["name"] for trace in drawn_chart().figure["data"]} == {"Lancashire", "England"}


def test_a_chart_draws_the_path_to_the_target():
    path = drawn_chart(aim=AIM).figure["data"][-1]
    assert (path["name"], list(path["y"])) == ("Path to the target", [60.0, 75.0])
    assert path["text"][-1] == "Path to the target, 2026: 75.0%"


def test_a_chart_has_its_figures_as_a_table_newest_first():
    table = drawn_chart().table
    assert table.columns == ("Period", "Lancashire", "England")
    assert table.rows[0] == ("2023", "66.0%", "")
    assert table.rows[-1] == ("2018", "60.0%", "62.0%")


def test_a_chart_goes_to_the_browser_as_plain_json():
    assert json.loads(json.dumps(drawn_chart().figure))["layout"]["xaxis"]["ticktext"] == [
        "2018",
        "2019",
        "2021",
        "2023",
    ]


def test_plotly_knows_every_word_of_a_chart():
    go.Figure(drawn_chart(aim=AIM).figure)
