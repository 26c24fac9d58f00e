"""What is shown of series that are not as one would like them: word, comparison, target and sentence of each.

A figure is written "66.4", with its limits "66.4 [65.1 67.9]", with its counts "66.4 {664/1000}", with a flag "66.4 b",
or as a marker "c". Years run from the one named first, one figure a year, unless the row names its periods.
"""

import re
from datetime import date

import pytest

from indicators import periods, standing, summaries
from indicators.aims import Aim, TargetPoint
from indicators.charts.sparkline import spark
from indicators.judgement import Benchmark
from indicators.models import Indicator
from indicators.reading import Figures
from indicators.series import Break, Point, Series
from partnerships.models import Area

TODAY = date(2026, 6, 1)
FIGURE = re.compile(
    r"(?P<value>-?[\d.]+)(?: \[(?P<lower>\S+) (?P<upper>\S+)])?(?: \{(?P<x>\d+)/(?P<n>\d+)})?(?: (?P<flags>[a-z]))?"
)
NO_CHANGE, UNTESTED = "no significant change", "cannot be calculated"
RISING = ["60 {600/1000}", "63 {630/1000}", "66 {660/1000}", "69 {690/1000}", "72 {720/1000}"]
FALLING = RISING[::-1]
FLAT = ["60 {600/1000}", "61 {610/1000}", "60 {600/1000}", "61 {610/1000}", "60 {600/1000}"]
BARE = ["60", "63", "66", "69", "72"]
STEADY = ["50", "52", "49", "51", "50", "48", "52", "50", "49", "51", "50", "52"]


def figure(label: str, text: str) -> Point:
    found = FIGURE.fullmatch(text)
    if found is None:
        return Point(periods.read(label), None, text)
    numbers = {name: float(found[name]) if found[name] else None for name in ("value", "lower", "upper", "x", "n")}
    return Point(
        periods.read(label),
        numbers["value"],
        flags=found["flags"] or "",
        lower=numbers["lower"],
        upper=numbers["upper"],
        numerator=numbers["x"],
        denominator=numbers["n"],
    )


def years(figures: list[str], start: int = 2019) -> dict[str, str]:
    return {str(start + place): text for place, text in enumerate(figures)}


def quarters(figures: list[str], start: int = 2021) -> dict[str, str]:
    return {f"{start + place // 4} Q{place % 4 + 1}": text for place, text in enumerate(figures)}


def months(figures: list[str], start: int = 2021) -> dict[str, str]:
    return {f"{start + place // 12}-{place % 12 + 1:02}": text for place, text in enumerate(figures)}


def stands(
    facts: dict[str, str],
    *,
    england: dict[str, str] | None = None,
    polarity: str = "high",
    value_type: str = "proportion",
    multiplier: float = 100,
    breaks: tuple[Break, ...] = (),
    aim: Aim | None = None,
    benchmark_kind: str = "nation",
) -> standing.Standing:
    kinds = {"value_type": value_type, "multiplier": multiplier, "polarity": polarity}
    unit = "%" if value_type == "proportion" else ""
    indicator, area = Indicator(code="x", unit=unit, decimals=1, **kinds), Area(pk=1, code="A", name="Ashby")
    points = tuple(figure(label, text) for label, text in facts.items())
    beside = tuple(figure(label, text) for label, text in (england or {}).items())
    benchmark = Benchmark("England", Series("x", "E", "", beside), benchmark_kind) if england is not None else None
    figures = Figures({("x", "A", ""): Series("x", "A", "", points, breaks)}, {})
    return standing.standing(figures, indicator, area, benchmark=benchmark, aim=aim, today=TODAY)


def break_in(year: int) -> tuple[Break, ...]:
    return (Break(date(year, 1, 1), str(year), "Counted anew."),)


# What is said of the trend: the word, and the reason where nothing is said.
TRENDS = [
    ("no figures at all", {}, {}, UNTESTED, "there are no figures yet"),
    ("one point", years(RISING[:1]), {}, UNTESTED, "one figure of 5 needed"),
    ("two points", years(RISING[:2]), {}, UNTESTED, "2 figures of 5 needed"),
    ("four points", years(RISING[:4]), {}, UNTESTED, "4 figures of 5 needed"),
    ("five that rise", years(RISING), {}, "increasing and getting better", ""),
    ("five that rise where low is good", years(RISING), {"polarity": "low"}, "increasing and getting worse", ""),
    ("five that rise where nothing is good", years(RISING), {"polarity": "none"}, "increasing", ""),
    ("five that fall", years(FALLING), {}, "decreasing and getting worse", ""),
    ("five that fall where low is good", years(FALLING), {"polarity": "low"}, "decreasing and getting better", ""),
    ("five that fall where nothing is good", years(FALLING), {"polarity": "none"}, "decreasing", ""),
    ("five that waver", years(FLAT), {}, NO_CHANGE, ""),
    ("all equal", years(["60 {600/1000}"] * 5), {}, NO_CHANGE, ""),
    ("all equal, with limits", years(["60 [58 62]"] * 5), {}, NO_CHANGE, ""),
    ("all zeros, with counts", years(["0 {0/1000}"] * 5), {}, NO_CHANGE, ""),
    ("some zeros", years(["0 {0/50}", "2 {1/50}", "0 {0/50}", "2 {1/50}", "2 {1/50}"]), {}, NO_CHANGE, ""),
    ("everybody counted", years(["100 {40/40}"] * 5), {}, UNTESTED, "the counts leave nothing to test"),
    (
        "small numbers that rise",
        years(["20 {2/10}", "30 {3/10}", "40 {4/10}", "50 {5/10}", "60 {6/10}"]),
        {},
        NO_CHANGE,
        "",
    ),
    ("one outlier makes the rise", years(["60 {600/1000}"] * 4 + ["75 {750/1000}"]), {}, NO_CHANGE, ""),
    ("six, of which the newest five count", years(["90 {900/1000}", *RISING]), {}, "increasing and getting better", ""),
    ("no counts and no limits", years(BARE), {}, UNTESTED, "2019 has neither counts nor a margin of error"),
    (
        "limits, no counts",
        years(["60 [59 61]", "63 [62 64]", "66 [65 67]", "69 [68 70]", "72 [71 73]"]),
        {},
        "increasing and getting better",
        "",
    ),
    (
        "limits in all years but one",
        years(["60 [59 61]", "63", "66 [65 67]", "69 [68 70]", "72 [71 73]"]),
        {},
        UNTESTED,
        "2020 has neither counts nor a margin of error",
    ),
    (
        "counts of something else",
        years(["60 {100/1000}", *RISING[1:]]),
        {},
        UNTESTED,
        "2019 has neither counts nor a margin of error",
    ),
    (
        "a rate with limits",
        years(["6 [5 7]", "7 [6 8]", "8 [7 9]", "9 [8 10]", "12 [11 13]"]),
        {"value_type": "rate", "polarity": "low"},
        "increasing and getting worse",
        "",
    ),
    (
        "a rate with counts",
        years(["5 {50/10000}", "6 {60/10000}", "7 {70/10000}", "9 {90/10000}", "12 {120/10000}"]),
        {"value_type": "rate", "multiplier": 1000, "polarity": "low"},
        "increasing and getting worse",
        "",
    ),
    (
        "a count",
        years(["500", "600", "700", "800", "900"]),
        {"value_type": "count", "polarity": "none"},
        UNTESTED,
        "a count follows the size of the population",
    ),
    (
        "a gap of a year",
        {**years(RISING[:3], 2015), **years(RISING[3:], 2020)},
        {},
        UNTESTED,
        "2 figures of 5 needed: there are no figures between 2017 and 2020",
    ),
    ("a gap before five", {"2015": "50 {500/1000}", **years(RISING)}, {}, "increasing and getting better", ""),
    (
        "a suppressed year among them",
        years([*RISING[:2], "c", *RISING[2:]]),
        {},
        UNTESTED,
        "3 figures of 5 needed: 2021 is suppressed",
    ),
    ("the latest suppressed", years([*RISING, "c"]), {}, UNTESTED, "2024 is suppressed"),
    ("the latest not available", years([*RISING, "x"]), {}, UNTESTED, "2024 is not available"),
    ("only markers", years(["c", "c", "c"]), {}, UNTESTED, "2021 is suppressed"),
    (
        "a break of the catalogue",
        years(RISING),
        {"breaks": break_in(2022)},
        UNTESTED,
        "2 figures of 5 needed: a new series began in 2022",
    ),
    (
        "a break before five",
        years(["50 {500/1000}", *RISING], 2018),
        {"breaks": break_in(2019)},
        "increasing and getting better",
        "",
    ),
    (
        "a flag of a break",
        years([*RISING[:2], "66 {660/1000} b", *RISING[3:]]),
        {},
        UNTESTED,
        "3 figures of 5 needed: a new series began in 2021",
    ),
    (
        "a break at the newest",
        years(RISING),
        {"breaks": break_in(2023)},
        UNTESTED,
        "one figure of 5 needed: a new series began in 2023",
    ),
    ("provisional figures", years([f"{text} p" for text in RISING]), {}, "increasing and getting better", ""),
    (
        "three-year periods",
        {
            "2017 - 19": "5 [4 6]",
            "2018 - 20": "6 [5 7]",
            "2019 - 21": "7 [6 8]",
            "2020 - 22": "8 [7 9]",
            "2021 - 23": "9 [8 10]",
        },
        {"value_type": "rate"},
        UNTESTED,
        "each figure covers 3 years",
    ),
    (
        "years, then a quarter",
        {**years(RISING), "2024 Q1": "75 {750/1000}"},
        {},
        UNTESTED,
        "one figure of 12 needed: 2023 and 2024 Q1 are of different length",
    ),
    ("quarters, eleven of them", quarters(STEADY[:11]), {}, UNTESTED, "11 figures of 12 needed"),
    ("quarters, twelve that waver", quarters(STEADY), {}, NO_CHANGE, ""),
    ("quarters, the newest far above", quarters([*STEADY, "70"]), {}, "increasing and getting better", ""),
    ("quarters, the newest far below", quarters([*STEADY, "30"]), {}, "decreasing and getting worse", ""),
    (
        "quarters, far above where low is good",
        quarters([*STEADY, "70"]),
        {"polarity": "low"},
        "increasing and getting worse",
        "",
    ),
    ("quarters, far above where nothing is good", quarters([*STEADY, "70"]), {"polarity": "none"}, "increasing", ""),
    ("quarters, a spike that is over", quarters([*STEADY, "70", "50"]), {}, NO_CHANGE, ""),
    ("quarters, all equal", quarters(["50"] * 12), {}, NO_CHANGE, ""),
    (
        "quarters with a gap",
        {**quarters(STEADY[:8], 2018), **quarters(STEADY[8:], 2021)},
        {},
        UNTESTED,
        "4 figures of 12 needed: there are no figures between 2019 Q4 and 2021 Q1",
    ),
    ("quarters of a count", quarters(STEADY), {"value_type": "count"}, NO_CHANGE, ""),
    ("months, twelve that waver", months(STEADY), {}, NO_CHANGE, ""),
    ("months, seven in a row above the mean", months([*STEADY, *["53"] * 7]), {}, "increasing and getting better", ""),
    (
        "a year on the way each second year",
        {"2015": RISING[0], "2017": RISING[1], "2019": RISING[2], "2021": RISING[3], "2023": RISING[4]},
        {},
        UNTESTED,
        "the figures are not yearly",
    ),
]


@pytest.mark.parametrize(
    ("facts", "options", "word", "reason"), [row[1:] for row in TRENDS], ids=[row[0] for row in TRENDS]
)
def test_a_trend_is_said_only_where_it_can_be_tested(facts, options, word, reason):
    found = stands(facts, **options)
    assert (found.signal.word, found.signal.reason) == (word, reason)
    assert bool(found.signal.reason) == (not found.signal.is_tested)
    assert f'data-trend="{word}"' in found.attributes


@pytest.mark.parametrize(("facts", "options"), [row[1:3] for row in TRENDS], ids=[row[0] for row in TRENDS])
def test_no_colour_arrow_or_word_goes_beyond_the_figures(facts, options):
    found = stands(facts, **options)
    sentence = summaries.sentence(found)
    if not found.signal.is_tested:
        assert (found.signal.direction, found.signal.code) == ("none", "none")
        assert not re.search("rising|falling|better|worse|significant|usual", sentence)
    if options.get("polarity") == "none":
        assert found.signal.code == "none"
        assert not re.search("better|worse", sentence)
    drawn = spark(found.series, found.yardstick)
    numbers = [point for point in found.series.points if point.is_number]
    assert (drawn is None) == (not numbers)
    if drawn:
        assert len(drawn.segments) == len(found.series.segments)
    assert sentence.endswith(".")


# What is said beside England: the word, and the reason where nothing is said.
COMPARISONS = [
    ("clear above", {"2023": "72 {720/1000}"}, {"2023": "60"}, {}, "better", ""),
    ("clear above where low is good", {"2023": "72 {720/1000}"}, {"2023": "60"}, {"polarity": "low"}, "worse", ""),
    (
        "clear above where nothing is good",
        {"2023": "72 {720/1000}"},
        {"2023": "60"},
        {"polarity": "none"},
        "higher",
        "",
    ),
    ("clear below where nothing is good", {"2023": "50 {500/1000}"}, {"2023": "60"}, {"polarity": "none"}, "lower", ""),
    ("within the interval", {"2023": "62 {620/1000}"}, {"2023": "60"}, {}, "similar", ""),
    ("at the very limit", {"2023": "62 [60 64]"}, {"2023": "60"}, {}, "similar", ""),
    ("a tiny place", {"2023": "80 {8/10}"}, {"2023": "60"}, {}, "similar", ""),
    ("none of ten", {"2023": "0 {0/10}"}, {"2023": "60"}, {}, "worse", ""),
    (
        "no interval here",
        {"2023": "72"},
        {"2023": "60 [59 61]"},
        {},
        "not compared",
        "2023 has neither counts nor a margin of error",
    ),
    (
        "one limit only",
        {"2023": "72"},
        {"2023": "60"},
        {},
        "not compared",
        "2023 has neither counts nor a margin of error",
    ),
    (
        "England has another year",
        {"2023": "72 {720/1000}"},
        {"2022": "60"},
        {},
        "not compared",
        "there is no figure for England in 2023",
    ),
    (
        "England has a longer period",
        {"2023": "72 {720/1000}"},
        {"2021 - 23": "60"},
        {},
        "not compared",
        "there is no figure for England in 2023",
    ),
    (
        "England is suppressed",
        {"2023": "72 {720/1000}"},
        {"2023": "c"},
        {},
        "not compared",
        "England in 2023 is suppressed",
    ),
    (
        "the latest here is suppressed",
        {"2022": "72 {720/1000}", "2023": "c"},
        {"2022": "60", "2023": "60"},
        {},
        "not compared",
        "there is no figure to compare",
    ),
    (
        "a count",
        {"2023": "720"},
        {"2023": "9000"},
        {"value_type": "count"},
        "not compared",
        "a count follows the size of the area",
    ),
    ("the nation itself", {"2023": "72 {720/1000}"}, None, {}, "not compared", "this is a whole nation"),
    (
        "two overlapping intervals",
        {"2023": "72 [69 75]"},
        {"2023": "67 [64 70]"},
        {"benchmark_kind": "region"},
        "similar",
        "",
    ),
    (
        "two intervals that touch",
        {"2023": "72 [70 74]"},
        {"2023": "67 [64 70]"},
        {"benchmark_kind": "region"},
        "similar",
        "",
    ),
    ("two intervals apart", {"2023": "72 [71 73]"}, {"2023": "67 [64 70]"}, {"benchmark_kind": "parent"}, "better", ""),
    (
        "a mean of areas, without interval",
        {"2023": "72 [71 73]"},
        {"2023": "67"},
        {"benchmark_kind": "set"},
        "better",
        "",
    ),
]


@pytest.mark.parametrize(
    ("facts", "england", "options", "word", "reason"),
    [row[1:] for row in COMPARISONS],
    ids=[row[0] for row in COMPARISONS],
)
def test_a_comparison_is_said_only_where_the_intervals_tell(facts, england, options, word, reason):
    found = stands(facts, england=england, **options)
    assert (found.comparison.word, found.comparison.reason) == (word, reason)
    if word == "not compared":
        assert not re.search("better|worse|similar|higher|lower", summaries.sentence(found))


def aim(*targets: tuple[float, int], baseline: tuple[float, int] | None = None, tolerance: float | None = None) -> Aim:
    points = tuple(TargetPoint(value, date(year, 12, 31), str(year)) for value, year in targets)
    start = (baseline[0], date(baseline[1], 12, 31), str(baseline[1])) if baseline else (None, None, "")
    return Aim(points, *start, tolerance)


# What is said against the target.
TARGETS = [
    ("no target", years(RISING), None, {}, "no target"),
    ("a target and no figures", {}, aim((70, 2027)), {}, "not judged"),
    ("a target and only markers", years(["c", "c"]), aim((70, 2027)), {}, "not judged"),
    ("already reached", years(RISING), aim((70, 2027)), {}, "met"),
    (
        "already reached where low is good",
        years(FALLING),
        aim((65, 2027), baseline=(72, 2019)),
        {"polarity": "low"},
        "met",
    ),
    ("past its day and reached", years(RISING), aim((70, 2023)), {}, "met"),
    ("past its day and not reached", years(RISING), aim((75, 2023)), {}, "missed"),
    ("on the straight path", years(FLAT), aim((64, 2027), baseline=(56, 2019)), {}, "on course"),
    ("below the straight path", years(FLAT), aim((80, 2027), baseline=(60, 2019)), {}, "off course"),
    ("within the tolerance", years(FLAT), aim((68, 2027), baseline=(60, 2019), tolerance=4), {}, "on course"),
    (
        "a target of zero, not reached",
        years(["4 {4/100}"] * 5),
        aim((0, 2027), baseline=(4, 2019)),
        {"polarity": "low"},
        "off course",
    ),
    (
        "a target of zero, reached",
        years(["0 {0/100}"] * 5),
        aim((0, 2027), baseline=(4, 2019)),
        {"polarity": "low"},
        "met",
    ),
]


@pytest.mark.parametrize(
    ("facts", "wanted", "options", "word"), [row[1:] for row in TARGETS], ids=[row[0] for row in TARGETS]
)
def test_a_target_is_judged_by_the_newest_figure_that_there_is(facts, wanted, options, word):
    assert stands(facts, aim=wanted, **options).target.word == word
