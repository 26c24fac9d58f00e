"""Whatever figures there are: written as a value file and read back they are the same. Without a database."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import periods, valuesfile
from indicators.batches import batches
from indicators.breakdowns import LONGEST
from indicators.judging import Judge
from indicators.layouts import OWN
from indicators.numbers import MARKERS
from indicators.recognition import recognise
from indicators.rules import IndicatorRules, Place, Scope
from indicators.series import Point, Series
from indicators.tables import open_book

CODES = ("first", "second")
# Words of a group that would say that it is none.
NOBODY = {"all", "everyone", "person", "persons", "people", "total"}
PLACES = ("E07000901", "E07000902", "W06000001")
SCOPE = Scope(
    footprint=frozenset(Place(code, f"Area {code}") for code in PLACES),
    comparators=frozenset(),
    elsewhere=frozenset(),
    indicators={code: IndicatorRules(code, "academic", "other", 1) for code in CODES},
    catalogue=frozenset(CODES),
    used=frozenset(CODES),
    may_change_comparators=False,
)
# Everything that can be seen, also what a spreadsheet would take for a formula.
WORDS = st.text(st.characters(blacklist_categories=("C", "Z"), max_codepoint=0x2FFF), min_size=1, max_size=12)
NUMBERS = st.floats(-1e14, 1e14, allow_nan=False, allow_subnormal=False).map(lambda number: float(f"{number:.12g}"))
COUNTS = st.integers(0, 10**9).map(float)
PERIODS = st.sampled_from(
    ["2023", "2023/24", "2017 - 19", "2016/17 - 18/19", "2024 Q2", "2023/24 Q3", "May 2024", "2024-02-03/2024-05-06"]
).map(lambda text: periods.read(text, year_type="academic"))
ANY_DAYS = st.tuples(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31))
).map(lambda days: periods.read(f"{min(days)}/{max(days)}", year_type="academic"))
GROUPS = st.one_of(
    st.just(""),
    st.tuples(st.sampled_from(["sex", "age", "deprivation"]), WORDS)
    .map(": ".join)
    .filter(lambda group: len(group) <= LONGEST and group.split(": ", 1)[1].casefold() not in NOBODY),
)


@st.composite
def points(draw) -> Point:
    period, note = draw(st.one_of(PERIODS, ANY_DAYS)), draw(st.one_of(st.just(""), WORDS))
    counts = {name: draw(st.one_of(st.none(), COUNTS)) for name in ("numerator", "denominator")}
    if draw(st.booleans()):
        return Point(period, None, draw(st.sampled_from(sorted(MARKERS))), note=note, **counts)
    value = draw(NUMBERS)
    flags = "".join(flag for flag in "preub" if draw(st.integers(0, 5)) == 0)
    lower = draw(st.one_of(st.none(), NUMBERS.map(lambda below: value - abs(below))))
    upper = draw(st.one_of(st.none(), NUMBERS.map(lambda above: value + abs(above))))
    limits = {"lower": rounded(lower, down=True, value=value), "upper": rounded(upper, down=False, value=value)}
    return Point(period, value, flags=flags, note=note, **limits, **counts)


def rounded(limit: float | None, *, down: bool, value: float) -> float | None:
    return None if limit is None else (min if down else max)(float(f"{limit:.12g}"), value)


SERIES = st.builds(
    Series,
    indicator=st.sampled_from(CODES),
    area=st.sampled_from(PLACES),
    breakdown=GROUPS,
    points=st.lists(points(), min_size=1, max_size=4, unique_by=lambda point: point.period).map(tuple),
    breaks=st.just(()),
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(SERIES, min_size=1, max_size=4, unique_by=lambda one: (one.indicator, one.area, one.breakdown)))
def test_what_is_written_is_read_back(written):
    content = "".join(valuesfile.lines(written)).encode()
    book = open_book(io.BytesIO(content), "values.csv")
    plan, _header = recognise(list(book.rows()), [OWN])
    judged = [Judge(SCOPE, plan).take(batch) for batch in batches(book.rows(), plan, file="values.csv")]
    assert [problem for one in judged for problem in one.problems] == []
    assert [said for one in judged for said in read_back(one.figures)] == [
        said for one in written for said in as_written(one)
    ]


def as_written(series: Series):
    for point in series.points:
        numbers = (point.value, point.lower, point.upper, point.numerator, point.denominator)
        about = (series.indicator, series.area, series.breakdown, point.period)
        yield (*about, point.marker, point.flags, point.note, *numbers)


def read_back(figures):
    names = ("value", "lower", "upper", "numerator", "denominator")
    columns = [[None if number != number else number for number in figures.numbers[name].tolist()] for name in names]
    yield from zip(
        figures.indicators, figures.areas, figures.breakdowns, figures.periods,
        figures.markers, figures.flags, figures.notes, *columns, strict=True,
    )  # fmt: skip
