"""The sections of the method page: what they say follows from the functions that pages use."""

import re

import pytest

from indicators import methods
from indicators.figures import FLAGS
from indicators.numbers import MARKERS
from indicators.paths import TARGET_LABELS
from outcomes.scatter import FEWEST_TO_CORRELATE
from outcomes.spine import LEAST

# Other pages, and whoever kept a link, lead to these.
ANCHORS = (
    "interval", "change", "trend", "control-chart", "comparison", "target", "forecast", "rank", "spread", "neighbours",
    "combined", "break", "funnel", "gap", "spine", "map", "scatter", "suppressed", "markers", "known-on",
)  # fmt: skip
# Where the words of an example rest on what the functions make of it, in its order.
SAID = {
    "interval": ("65.6% to 67.2%", "56.3% to 74.5%", "2.1 per 1,000 to 7.0 per 1,000", "no interval"),
    "known-on": ("66.1%", "66.4%"),
    "markers": ("52.1%, provisional", "not available"),
    "suppressed": ("Northshire 60, Ashby suppressed, Birch suppressed, Cole 22, Dale 18", "17 is shown as 15"),
    "change": ("Up 1.4 percentage points from 2019/20", "2020/21 is not available"),
    "trend": (
        "Increasing and getting better",
        "No significant change",
        "No significant change",
        "Not tested: 2 figures of 5 needed",
    ),
    "control-chart": ("by none of the rules: “No significant change”", "by rule 1: “Increasing and getting better”"),
    "break": ("A new series began in 2021/22", "of different length"),
    "comparison": (
        "worse than Northland",
        "similar to Northland",
        "similar to Northshire",
        "Not compared",
    ),
    "neighbours": ("average of 2 areas, 53.3%", "mean of 2 areas, 40.0%"),
    "combined": ("53.3%", "no figure for both"),
    "rank": ("Birch: 4 of 6, worse fifth. Cole: 2= of 6, middle fifth.",),
    "spread": ("highest first: Elm 74.1%",),
    "forecast": ("is likely to be met", "is unlikely to be met", "cannot be told", "No forecast"),
    "gap": ("54.0%, 60.0%", "no change of the gap can be told from chance"),
    "funnel": ("within the 95% limits", "below the lower 99.8% limit", "2 of 5 areas lie outside"),
    "map": ("66.0% worst fifth",),
}


@pytest.fixture(scope="module")
def sections() -> dict[str, methods.Section]:
    return {section.anchor: section for group in methods.groups() for section in group.sections}


def test_every_anchor_is_there_once():
    anchors = [section.anchor for group in methods.groups() for section in group.sections]
    assert sorted(anchors) == sorted(ANCHORS)


@pytest.mark.parametrize("anchor", SAID)
def test_an_example_says_what_its_words_rest_on(sections, anchor):
    example = sections[anchor].example
    assert len(example) == len(SAID[anchor])
    for sentence, words in zip(example, SAID[anchor], strict=True):
        assert words in sentence


def test_the_target_is_judged_in_every_way(sections):
    said = " ".join(sections["target"].example).casefold()
    assert [word for word in TARGET_LABELS if f"“{TARGET_LABELS[word]}”" in said] == [
        "met", "on-course", "off-course", "missed",
    ]  # fmt: skip
    assert {term.word for term in sections["target"].terms} == {str(label) for label in TARGET_LABELS.values()}


def test_every_marker_and_flag_is_explained(sections):
    letters = [re.search(r"\[(\w+)]", term.word)[1] for term in sections["markers"].terms]
    assert letters == [*MARKERS, *FLAGS]


def test_numbers_that_pages_need_are_those_of_the_pages(sections):
    assert f"With {FEWEST_TO_CORRELATE} areas" in " ".join(sections["scatter"].text)
    assert f"fewer than {LEAST} areas" in " ".join(sections["spine"].text)


def test_nothing_was_left_unfilled(sections):
    for section in sections.values():
        said = [*section.text, *section.example, *section.formulas, *(term.meaning for term in section.terms)]
        assert all(said)
        assert not [text for text in said if re.search(r"%\(|%%|\bnan\b", text)]
