"""What a review keeps of what was found."""

from indicators import examination, review
from indicators.models import Layout
from tests.indicators.ground import ASHBY, SOUTHTOWN, counts


def test_a_long_report_is_cut_and_says_how_much_more_there_is(ground, monkeypatch):
    monkeypatch.setattr(examination, "MOST_PROBLEMS", 2)
    monkeypatch.setattr(examination, "MOST_LEFT_OUT", 2)
    monkeypatch.setattr(review, "MOST_DIFFERENCES", 2)
    years = range(2001, 2006)
    upload = ground.check(
        *(f"school-ready,{ASHBY},{year},70" for year in years),
        *(f"school-ready,{SOUTHTOWN},{year},70" for year in years),
        *(f"scool-ready,{ASHBY},{year},70" for year in years),
    )
    for name in ("problems", "differences", "left_out"):
        assert len(upload.report[name]) == 2
        assert upload.report[f"{name}_more"] == 3
    assert upload.report["left_out_for"][0]["rows"] == 5
    assert counts(upload) == {"added": 5, "left_out": 5, "rejected": 5}


def test_rows_that_repeat_earlier_ones_are_counted_as_one_reason_and_each_names_its_own(ground):
    lines = [f"{ASHBY},{year},70" for year in (2021, 2022, 2023)]
    layout = {
        "name": "theirs",
        "title": "Theirs",
        "area": {"columns": ["Where"]},
        "period": {"columns": ["When"]},
        "indicator": {"constant": "school-ready"},
        "figures": [{"value": "What"}],
        "repeats": "same left out",
    }
    content = "\n".join(["Where,When,What", *lines, *lines[:2]]).encode()
    theirs = Layout.objects.create(name="theirs", title="Theirs", data=layout)
    upload = ground.check(content=content, layout=theirs)
    assert counts(upload) == {"added": 3, "left_out": 2}
    assert upload.report["left_out_for"] == [{"reason": "the same as an earlier row of the file", "rows": 2}]
    assert [one["reason"] for one in upload.report["left_out"]] == ["the same as row 2", "the same as row 3"]
