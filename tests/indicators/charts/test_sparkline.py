from indicators.charts.sparkline import spark, summary
from tests.indicators.charts.ground import PER_CENT, REFORM, series


def test_a_spark_line_is_one_segment_where_nothing_interrupts():
    drawn = spark(series({"2021": 60, "2022": 65, "2023": 70}), PER_CENT)
    assert drawn.segments == ("4.0,28.0 60.0,16.0 116.0,4.0",)
    assert drawn.breaks == ()
    assert drawn.ends == (("116.0", "4.0"),)
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
