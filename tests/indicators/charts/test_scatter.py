import plotly.graph_objects as go

from indicators.charts.scatter import Axis, Dot, figure

NAMES = {"own": "Areas of Northshire", "beside": "To compare", "whole": "Larger areas"}
DOTS = [
    Dot("whole", 3, 4, "England: 3, 4"),
    Dot("own", 1, 2, "Ashby: 1, 2"),
    Dot("own", 2, 1, "Birkdale: 2, 1"),
]


def drawn(across: str = "Teeth"):
    return figure(DOTS, NAMES, Axis(across, "%"), Axis("Births"))


def test_each_kind_of_area_that_occurs_has_a_name_and_a_shape_of_its_own():
    traces = drawn()["data"]
    assert [(trace["name"], trace["x"], trace["y"]) for trace in traces] == [
        ("Areas of Northshire", [1, 2], [2, 1]),
        ("Larger areas", [3], [4]),
    ]
    assert len({trace["marker"]["symbol"] for trace in traces}) == 2
    assert traces[0]["text"] == ["Ashby: 1, 2", "Birkdale: 2, 1"]


def test_long_titles_of_axes_are_broken_into_lines():
    title = drawn("Children at the expected level of development at the end of reception")["layout"]["xaxis"]["title"]
    assert title["text"].split("<br>") == ["Children at the expected level of", "development at the end of reception"]
    assert drawn()["layout"]["xaxis"]["ticksuffix"] == "%"


def test_plotly_takes_the_figure():
    assert go.Figure(drawn())
