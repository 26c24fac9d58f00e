import json

import plotly.graph_objects as go
import pytest

from indicators import periods
from indicators.charts.funnel import Measured, funnel
from indicators.figures import Yardstick
from indicators.series import Point
from indicators.statistics import benchmark
from tests.indicators.charts.ground import PER_CENT

PERIOD = periods.read("2023")
RATE = Yardstick("deaths", "per 1,000", 1, "low", "rate", 1000)
COUNTS = {
    "Ashby": (700, 1000),
    "Birkdale": (1280, 2000),
    "Cotterham": (318, 500),
    "Dalby": (500, 800),
    "Eyam": (30, 60),
}


def areas(counts=COUNTS, stick=PER_CENT, this="Cotterham") -> list[Measured]:
    return [
        Measured(name, Point(PERIOD, stick.multiplier * x / n, numerator=float(x), denominator=float(n)), name == this)
        for name, (x, n) in counts.items()
    ]


def drawn(found=None, stick=PER_CENT):
    return funnel("Ready for school", areas() if found is None else found, stick, period="2023")


def trace(chart, name: str) -> dict:
    return next(one for one in chart.figure["data"] if one["name"] == name)


def test_each_area_says_where_it_lies_as_the_tested_function_does():
    words = {"Not significant": "within the 95% limits", "High (0.001)": "above the upper 99.8% limit",
             "High (0.025)": "above the upper 95% limit", "Low (0.025)": "below the lower 95% limit"}  # fmt: skip
    table = drawn().table
    assert table.columns == ("Area", "Denominator", "Figure", "Where it lies")
    baseline = sum(x for x, _n in COUNTS.values()) / sum(n for _x, n in COUNTS.values())
    for name, _size, _figure, where in table.rows:
        assert where == words[benchmark.funnel(*COUNTS[name], baseline)]
    assert table.rows[0] == ("Ashby", "1\u2009000", "70.0%", "above the upper 99.8% limit")
    assert table.rows[-1] == ("Eyam", "60", "50.0%", "below the lower 95% limit")


def test_the_sentence_names_those_outside():
    assert drawn().summary == (
        "In 2023, 2 of 5 areas lie outside the 95% limits around their average, 64.9%: Ashby (above the upper 99.8% "
        "limit) and Eyam (below the lower 95% limit)."
    )
    level = areas(dict.fromkeys("abcde", (50, 100)), this="")
    assert drawn(level).summary == "In 2023, all 5 areas lie within the 95% limits around their average, 50.0%."


def test_areas_are_told_apart_by_shape_and_those_of_note_have_a_name():
    within, outside, this = drawn().figure["data"][-3:]
    assert [one["marker"]["symbol"] for one in (within, outside, this)] == ["circle-open", "diamond", "square"]
    assert "text" not in within
    assert outside["text"] == ["Ashby", "Eyam"]
    assert (this["name"], this["text"], this["textposition"]) == ("Cotterham", ["Cotterham"], ["middle right"])
    assert within["hovertext"][0] == "Birkdale: 64.0%, within the 95% limits"


def test_of_two_close_names_the_upper_stands_higher():
    close = areas({"a": (800, 1000), "b": (795, 1010), "c": (300, 900), "d": (500, 1000), "e": (5000, 10000)}, this="")
    outside = next(one for one in drawn(close).figure["data"] if one["name"] == "Outside the 95% limits")
    places = dict(zip(outside["text"], outside["textposition"], strict=True))
    assert (places["a"], places["b"], places["c"]) == ("top right", "bottom right", "middle right")


def test_the_limits_narrow_with_size_and_the_average_is_level():
    chart = drawn()
    assert set(trace(chart, "Average of these areas, 64.9%")["y"]) == {64.862}
    limits = trace(chart, "95% limits")["y"]
    assert limits[0] < limits[39] < 64.862 < limits[-1] < limits[41]
    assert limits[40] is None


def test_the_limits_of_rates_are_those_of_poisson_counts():
    found = areas({"a": (4, 1000), "b": (40, 1000), "c": (4, 1000), "d": (2, 1000), "e": (0, 1000)}, RATE)
    chart = funnel("Deaths", found, RATE, period="2023")
    assert chart.table.rows[0][3] == "above the upper 99.8% limit"
    lower, upper = benchmark.rate_limits([900], 10, unit=1000, z=benchmark.Z95)
    limits = trace(chart, "95% limits")["y"]
    assert (limits[0], limits[41]) == (pytest.approx(lower[0], abs=0.001), pytest.approx(upper[0], abs=0.001))


@pytest.mark.parametrize(
    ("found", "stick"),
    [
        (areas()[:4], PER_CENT),
        ([Measured(str(n), Point(PERIOD, 60.0)) for n in range(9)], PER_CENT),
        ([Measured(one.name, one.point._replace(value=one.point.value + 9)) for one in areas()], PER_CENT),
        (areas(), Yardstick("pupils", value_type="count")),
        (areas(), Yardstick("score", value_type="mean")),
    ],
    ids=["four areas", "no counts", "counts that are not the figure", "counts alone", "means"],
)
def test_there_is_no_funnel_of_what_has_no_limits(found, stick):
    assert funnel("", found, stick, period="2023") is None


def test_areas_without_counts_are_left_out_of_the_average_too():
    assert len(drawn([*areas(), Measured("Fenby", Point(PERIOD, 99.0))]).table.rows) == 5


def test_nobody_and_everybody_can_be_drawn():
    for share in (0, 100):
        assert drawn(areas(dict.fromkeys("abcde", (share, 100)))).table.rows[0][3] == "within the 95% limits"


def test_a_drawing_is_plain_json_of_which_plotly_knows_every_word():
    figure = drawn().figure
    go.Figure(json.loads(json.dumps(figure, allow_nan=False)))
    assert json.loads(json.dumps(figure)) == figure
