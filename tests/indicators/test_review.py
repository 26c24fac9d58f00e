"""What a review keeps of what was found."""

from indicators import examination, review
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
