import json
from datetime import date

from indicators import periods
from indicators.charts import Dot, Line, chart, spark, spread, summary
from indicators.figures import Yardstick
from indicators.judgement import Aim, TargetPoint
from indicators.series import Break, Point, Series

PER_CENT = Yardstick("gld", "%", 1, "high")
REFORM = Break(date(2021, 1, 1), "2021", "New.")


def series(facts: dict[str, float | str], breaks: tuple[Break, ...] = (), limits: float | None = None) -> Series:
    points = []
    for label, fact in facts.items():
        if isinstance(fact, str):
            points.append(Point(periods.read(label), None, fact))
        else:
            lower, upper = (fact - limits, fact + limits) if limits else (None, None)
            points.append(Point(periods.read(label), fact, lower=lower, upper=upper))
    return Series("gld", "E10000017", "", tuple(points), breaks)


def test_a_spark_line_is_one_segment_where_nothing_interrupts():
    drawn = spark(series({"2021": 60, "2022": 65, "2023": 70}), PER_CENT)
    assert drawn.segments == ("4.0,28.0 60.0,16.0 116.0,4.0",)
    assert drawn.breaks == ()
    assert drawn.last == ("116.0", "4.0")
    assert drawn.sentence == "60.0% in 2021, 70.0% in 2023."


def test_a_spark_line_lifts_the_pen_at_gaps_and_marks_breaks():
    drawn = spark(
        series({"2018": 60, "2019": 61, "2021": 65, "2022": 66, "2023": "c", "2024": 68}, (REFORM,)), PER_CENT
    )
    assert len(drawn.segments) == 3
    assert drawn.segments[2].split()[0] == drawn.segments[2].split()[1], "a lone point is drawn as a dot"
    assert len(drawn.breaks) == 1
    assert drawn.sentence == "60.0% in 2018, 68.0% in 2024; a new series began in 2021; 2023 is suppressed."


def test_a_spark_line_of_equal_figures_lies_in_the_middle():
    assert spark(series({"2022": 5, "2023": 5}), PER_CENT).segments == ("4.0,16.0 116.0,16.0",)


def test_without_a_number_there_is_no_spark_line():
    assert spark(series({}), PER_CENT) is None
    assert spark(series({"2022": "c"}), PER_CENT) is None


def test_the_summary_of_a_single_figure_says_that_it_is_the_only_one():
    assert summary(series({"2022": 5}), PER_CENT) == "5.0% in 2022, the only figure."
    assert summary(series({}), PER_CENT) == "There are no figures yet."


def test_a_strip_draws_its_own_area_on_top_and_names_all_from_the_highest():
    dots = [Dot("Ashby 72.5%", 72.5, is_this=True), Dot("Birkdale 66.0%", 66.0), Dot("Cotterham 62.0%", 62.0)]
    drawn = spread(dots, Dot("England 69.5%", 69.5), "2023")
    assert [label for _x, label, _this in drawn.dots] == ["Birkdale 66.0%", "Cotterham 62.0%", "Ashby 72.5%"]
    assert drawn.dots[-1] == ("152.0", "Ashby 72.5%", True)
    assert drawn.line == "110.9"
    assert drawn.sentence == "2023, highest first: Ashby 72.5%; Birkdale 66.0%; Cotterham 62.0%; England 69.5%"


def test_a_strip_without_a_comparator_has_no_line():
    assert spread([Dot("A 1", 1), Dot("B 2", 2)], None, "2023").line is None


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
    aim = Aim((TargetPoint(75.0, date(2026, 12, 31), "2026"),), 60.0, date(2018, 12, 31), "2018")
    path = drawn_chart(aim=aim).figure["data"][-1]
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
