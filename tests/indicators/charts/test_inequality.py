import json

import plotly.graph_objects as go
import pytest

from indicators.charts.inequality import gap_chart
from indicators.groups import dimensions
from tests.indicators.charts.ground import PER_CENT, counted, series

FIFTHS = ("Most deprived", "Second", "Third", "Fourth", "Least deprived")
ELIGIBLE = {"2022": (500, 1000), "2023": (520, 1000)}
OTHERS = {"2022": (1400, 2000), "2023": (1300, 2000)}


def drawn(eligible=ELIGIBLE, others=OTHERS):
    found = [counted(eligible, "free school meals: Eligible"), counted(others, "free school meals: Not eligible")]
    return gap_chart("Gap", dimensions(found)[0], PER_CENT, unit_words="per cent of children")


def trace(chart, name: str) -> dict:
    return next(one for one in chart.figure["data"] if one["name"] == name)


def test_the_gap_is_a_line_with_upright_intervals_over_a_scale_from_zero():
    chart = drawn()
    assert trace(chart, "Not eligible minus Eligible")["y"] == pytest.approx([20, 13])
    assert trace(chart, "Not eligible minus Eligible")["hovertext"][1] == "2023: 13.0 percentage points"
    interval = trace(chart, "95% interval of the gap")["y"]
    assert interval[0] < 20 < interval[1]
    assert chart.figure["layout"]["yaxis"]["rangemode"] == "tozero"
    assert chart.figure["layout"]["yaxis"]["title"] == {"text": "percentage points"}


def test_the_table_has_both_groups_the_gap_and_the_ratio_newest_first():
    table = drawn().table
    assert table.columns == (
        "Period", "Not eligible", "Eligible", "Gap (percentage points)", "95% interval of the gap", "Ratio",
        "95% interval of the ratio",
    )  # fmt: skip
    assert table.rows[0] == ("2023", "65.0%", "52.0%", "13.0", "9.3 to 16.7", "1.25", "1.17 to 1.34")


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"2022": (1400, 2000), "2023": (1110, 2000)}, "the gap has narrowed by more than chance"),
        ({"2022": (1040, 2000), "2023": (1400, 2000)}, "the gap has widened by more than chance"),
        (OTHERS, "the intervals of the two overlap, so no change of the gap can be told from chance"),
        ({"2022": (800, 2000), "2023": (1400, 2000)}, "the groups have changed places by more than chance"),
    ],
)
def test_the_sentence_claims_only_what_the_intervals_allow(others, words):
    assert f"; {words}." in drawn(others=others).summary


def test_the_sentence_gives_first_and_newest_gap_and_the_ratio():
    assert drawn().summary.startswith(
        "Not eligible minus Eligible: 20.0 percentage points in 2022, 13.0 percentage points in 2023; ratio 1.25; "
    )
    alone = drawn({"2023": (500, 1000)})
    assert alone.summary == "Not eligible minus Eligible: 15.0 percentage points in 2023; ratio 1.30."


def test_without_intervals_no_change_is_claimed_and_the_columns_are_left_out():
    found = [series({"2022": 50, "2023": 90}, ()), series({"2022": 60, "2023": 91})]
    (dimension,) = dimensions([
        type(one)(one.indicator, one.area, f"sex: {name}", one.points) for one, name in zip(found, "MF", strict=True)
    ])  # fmt: skip
    chart = gap_chart("Gap", dimension, PER_CENT)
    assert chart.summary.endswith("; without intervals no change of the gap can be told from chance.")
    assert chart.table.columns == ("Period", "F", "M", "Gap (percentage points)", "Ratio")
    assert [one["name"] for one in chart.figure["data"]] == ["F minus M"]


def test_five_groups_of_deprivation_have_a_slope_too():
    shares = {"Most deprived": 600, "Second": 640, "Third": 660, "Fourth": 690, "Least deprived": 720}
    found = [counted({"2023": (share, 1000)}, f"deprivation: {name}") for name, share in shares.items()]
    chart = gap_chart("Gap", dimensions(found)[0], PER_CENT)
    assert chart.table.columns[-1] == "Slope index"
    assert chart.table.rows[0][-1] == "14.5"
    assert (
        "; slope index of inequality, from the most to the least deprived, 14.5 percentage points (95% interval "
        in chart.summary
    )
    assert chart.summary.endswith("), relative 1.25.")


def test_there_is_no_gap_between_groups_without_an_order():
    found = [counted({"2023": (5, 10)}, f"need: {name}") for name in "abc"]
    assert gap_chart("Gap", dimensions(found)[0], PER_CENT) is None


def test_a_drawing_is_plain_json_of_which_plotly_knows_every_word():
    figure = drawn().figure
    go.Figure(json.loads(json.dumps(figure, allow_nan=False)))
    assert json.loads(json.dumps(figure)) == figure
