"""What is written of one measure and of a page, by table: no more than the figures support."""

import pytest

from indicators import summaries
from tests.indicators.test_awkward_series import FALLING, FLAT, RISING, STEADY, aim, quarters, stands, years

SENTENCES = [
    ({}, {}, "There are no figures yet."),
    (years(["c", "c"]), {}, "2020 is suppressed, and there is no earlier figure."),
    (years([*RISING, "c"]), {}, "2024 is suppressed; the last figure is 72.0% in 2023."),
    (years(["66.4"]), {}, "66.4% in 2019."),
    (years(["66.4", "67.6"]), {}, "67.6% in 2020: up 1.2 percentage points from 2019, not tested for chance."),
    (years(["66.4", "66.4"]), {}, "66.4% in 2020."),
    (years(FLAT), {}, "60.0% in 2023: no significant change over the last five years."),
    (years(RISING), {}, "72.0% in 2023: it has been rising over the last five years, which is better."),
    (
        years(RISING),
        {"polarity": "low"},
        "72.0% in 2023: it has been rising over the last five years, which is worse.",
    ),
    (years(FALLING), {"polarity": "none"}, "60.0% in 2023: it has been falling over the last five years."),
    (quarters(STEADY), {}, "52.0% in 2023 Q4: within its usual variation."),
    (quarters([*STEADY, "70"]), {}, "70.0% in 2024 Q1: higher than its usual variation, which is better."),
    (
        years(FLAT),
        {"england": years(["70"] * 5)},
        "60.0% in 2023: no significant change over the last five years; worse than England (70.0%).",
    ),
    (
        years(["66.4"]),
        {"england": years(["70"])},
        "66.4% in 2019.",
    ),
    (
        years(FLAT),
        {"aim": aim((80, 2027), baseline=(60, 2019))},
        "60.0% in 2023: no significant change over the last five years; off course for the target of 80.0% in 2027.",
    ),
    (
        years(["66.4"]),
        {"aim": aim((60, 2027))},
        "66.4% in 2019: the target of 60.0% in 2027 is met.",
    ),
]


@pytest.mark.parametrize(("facts", "options", "sentence"), SENTENCES)
def test_a_sentence_says_no_more_than_the_figures_support(facts, options, sentence):
    assert summaries.sentence(stands(facts, **options)) == sentence


@pytest.mark.parametrize(
    ("facts", "options", "claims"),
    [
        ({}, {}, False),
        (years(["66.4", "67.6"]), {}, False),
        (years(FLAT), {}, True),
        (years(["66 {660/1000}"]), {"england": years(["70"])}, True),
        (years(["66"]), {"england": years(["70"])}, False),
        (years(["66"]), {"aim": aim((60, 2027))}, True),
    ],
)
def test_a_sentence_that_only_repeats_the_figure_claims_nothing(facts, options, claims):
    assert summaries.claims_something(stands(facts, **options)) is claims


@pytest.mark.parametrize(
    ("standings", "sentence"),
    [
        ([], "Of 0 measures."),
        ([stands(years(RISING))], "Of 1 measure, 1 is getting better."),
        (
            [stands(years(RISING)), stands(years(RISING)), stands(years(FALLING)), stands(years(FLAT))],
            "Of 4 measures, 2 are getting better, 1 is getting worse and 1 shows no significant change.",
        ),
        (
            [stands(years(RISING), polarity="none"), stands(years(["5"])), stands({})],
            "Of 3 measures, 1 moves where no direction is good, 1 cannot be tested and 1 has no figures.",
        ),
        (
            [stands(years(RISING), aim=aim((70, 2027))), stands(years(RISING), aim=aim((75, 2023)))],
            "Of 2 measures, 2 are getting better, 1 meets its target and 1 missed its target.",
        ),
    ],
)
def test_the_sentence_of_a_page_counts(standings, sentence):
    assert summaries.page_sentence(standings) == sentence
