import pytest

from indicators.models import LARGEST_NUMBER, Marker
from indicators.numbers import MARKERS, plain_number
from indicators.shorthand import LARGEST_NUMBER as LARGEST_READ
from indicators.shorthand import PUBLISHED, Reading, ShorthandError, folded, number, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("65.2", 65.2),
        (" 65.2 ", 65.2),
        ("\u00a065.2", 65.2),
        ("0", 0),
        ("007", 7),
        (".5", 0.5),
        ("5.", 5),
        ("+5", 5),
        ("-5.5", -5.5),
        ("−5.5", -5.5),
        ("- 5", -5),
        ("65.2%", 65.2),
        ("65.2 %", 65.2),
        ("-3%", -3),
        ("1,234", 1234),
        ("1,234,567.8", 1234567.8),
        ("1\u2009234\u2009567", 1234567),
        ("1\u00a0234", 1234),
        ("£7,629", 7629),
        ("-£5", -5),
        ("£ 5", 5),
        ("1.2E-05", 1.2e-05),
        ("1e+03", 1000),
        ("999999999999999", 999999999999999),
        ("1E-999", 0),
    ],
)
def test_reads_numbers_as_files_write_them(text, value):
    assert read(text) == Reading(value)
    assert number(text) == value


def test_there_is_no_minus_zero():
    assert plain_number(read("-0").value) == "0"
    assert str(read("-0.0").value) == "0.0"


@pytest.mark.parametrize("marker", MARKERS)
def test_reads_every_marker_bare_and_in_brackets_in_any_case(marker):
    for text in (marker, marker.upper(), f"[{marker}]", f"[{marker.upper()}]", f" [ {marker} ] "):
        assert read(text) == Reading(None, marker)
        assert number(text) is None


def test_markers_and_the_largest_number_are_those_of_the_model():
    assert list(MARKERS) == Marker.values
    assert LARGEST_READ == LARGEST_NUMBER


@pytest.mark.parametrize(
    ("text", "value", "flags"),
    [
        ("65.2 [p]", 65.2, "p"),
        ("65.2[P]", 65.2, "p"),
        ("65.2 [p][r]", 65.2, "pr"),
        ("65.2 [r] [p]", 65.2, "pr"),
        ("65.2 [p, r]", 65.2, "pr"),
        ("65.2 [u,e]", 65.2, "eu"),
        ("65.2 [pr]", 65.2, "pr"),
        ("65.2 [p][p]", 65.2, "p"),
        ("65.2p", 65.2, "p"),
        ("65.2 b", 65.2, "b"),
        ("5e", 5, "e"),
        ("1,234 [u]", 1234, "u"),
        ("65.2% [e]", 65.2, "e"),
        ("1.2E+05 [e]", 120000, "e"),
        ("-5 [b]", -5, "b"),
    ],
)
def test_reads_the_flags_beside_a_number_each_once_and_in_one_order(text, value, flags):
    assert read(text) == Reading(value, flags=flags)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-", "write z where not applicable, x where not available, or 0"),
        ("–", "publishers use '–' for different things"),
        (".", "publishers use '.' for different things"),
        ("..", "publishers use '..' for different things"),
        ("...", "publishers use '...' for different things"),
        (":", "publishers use ':' for different things"),
        ("n/a", "publishers use 'n/a' for different things"),
        ("NULL", "publishers use 'NULL' for different things"),
        ("NaN", "publishers use 'NaN' for different things"),
        ("#N/A", "publishers use '#N/A' for different things"),
        ("*", "write c for a figure that is suppressed"),
        ("**", "write c for a figure that is suppressed"),
        ("<5", "not one number: write c where the figure is suppressed, k where it is low"),
        ("≥ 95", "not one number"),
        ("~10", "not one number"),
        ("=1+1", "a formula, not a number"),
        ("=A1", "a formula, not a number"),
        ("#REF!", "the spreadsheet could not work this out"),
        ("#DIV/0!", "the spreadsheet could not work this out"),
        ("12,34", "commas stand between thousands"),
        ("65,2", "commas stand between thousands"),
        ("1234,567", "commas stand between thousands"),
        ("1,23,456", "commas stand between thousands"),
        ("1,2345", "commas stand between thousands"),
        ("inf", "not a number"),
        ("-Infinity", "not a number"),
        ("sixty", "not a number"),
        ("65.2.1", "not a number"),
        ("65 2", "not a number"),
        ("1 234", "not a number"),
        ("1_000", "not a number"),
        ("0x1F", "not a number"),
        ("1e5", "not a number"),
        ("６５", "not a number"),
        ("٦٥", "not a number"),
        ("--5", "not a number"),
        ("5-6", "not a number"),
        ("65.2%%", "not a number"),
        ("$5", "not a number"),
        ("65.2 [q]", "not a number"),
        ("65.2 []", "not a number"),
        ("65.2 [p", "not a number"),
        ("c [p]", "not a number"),
        ("[c", "not a number"),
        ("cx", "not a number"),
        ("1000000000000000", "too large"),
        ("-1E+15", "too large"),
        ("1E+999", "too large"),
    ],
)
def test_says_what_is_wrong_and_what_to_write(text, sentence):
    for reader in (read, number):
        with pytest.raises(ShorthandError) as error:
            reader(text)
        assert sentence in str(error.value)


@pytest.mark.parametrize("text", ["b", "[b]", "[p]", "p", "u", "[p][r]", "[p, r]"])
def test_a_flag_alone_is_refused(text):
    with pytest.raises(ShorthandError, match="a flag stands beside a number"):
        read(text)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
def test_a_value_must_say_something_but_a_limit_or_count_need_not(text):
    with pytest.raises(
        ShorthandError, match="empty: write a number, or why there is none: c suppressed, x not available"
    ):
        read(text)
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        *((text, "c") for text in ("c", "[C]", "(c)", "*", "**", "#", "suppressed", "[Confidential]", "SUPP")),
        *((text, "c") for text in ("<5", "< 5", "<10", "<=4", "≤ 4", ">95", ">95%", ">=95%", "≥ 95", "less than 5")),
        *((text, "c") for text in ("fewer than 10", "Under 5", "[c][p]", "c [r]", "* [note 2]")),
        *((text, "x") for text in ("x", "[x]", "..", "...", "…", ":", "-", "–", "—", "−", "--", "n/a", "NA")),
        *((text, "x") for text in ("NULL", "#N/A", "None", "[note 3]", "[x] [note 3]", "Not available", "missing")),
        *((text, "z") for text in ("z", "[z]", ".", "not applicable", "NE")),
        *((text, "low") for text in ("low", "[Low]", "~", "0~", "<0.5", "≤0.1%")),
        *((text, "w") for text in ("w", "[w]", "u", "[u]", "withheld", "LOWCOV")),
        *((text, "k") for text in ("k", "[k]", "K")),
        *((text, "") for text in ("", "  ", "\u00a0")),
    ],
)
def test_reads_the_markers_of_published_files_where_a_layout_says_so(text, marker):
    assert read(text, PUBLISHED) == Reading(None, marker)
    assert number(text, PUBLISHED) is None


@pytest.mark.parametrize(
    ("text", "value", "flags"),
    [
        ("65.2 [note 1]", 65.2, ""),
        ("65.2 (see note 4)", 65.2, ""),
        ("65.2*", 65.2, ""),
        ("65.2% †", 65.2, ""),
        ("34.3(r)", 34.3, "r"),
        ("34.3 (R)(p)", 34.3, "pr"),
        ("29.9 (!!)", 29.9, "u"),
        ("29.9!", 29.9, "u"),
        ("1,234 [p]", 1234, "p"),
        ("-5", -5, ""),
        ("−5", -5, ""),
        ("0", 0, ""),
        ("7.0000000000000007E-2", 0.07, ""),
    ],
)
def test_passes_over_the_marks_beside_a_number_of_a_published_file(text, value, flags):
    assert read(text, PUBLISHED) == Reading(value, flags=flags)


@pytest.mark.parametrize("text", ["NaN", "inf", "-Infinity", "#DIV/0!", "#REF!", "sixty", "12,34", "(5.2)", "65.2 [q]"])
def test_what_is_no_number_in_our_own_layout_is_none_in_a_published_file(text):
    with pytest.raises(ShorthandError):
        read(text, PUBLISHED)


@pytest.mark.parametrize("text", ["..", ":", "-", "*", "~", "<5", "n/a", "u", "65.2*", "65.2 [note 1]", "34.3 (r)", ""])
def test_our_own_layout_knows_no_markers_but_ours(text):
    with pytest.raises(ShorthandError):
        read(text)


def test_a_layout_says_what_its_file_means():
    markers = {**PUBLISHED, "x": "c", "<5": "k", "-": "", "0": "low", "9999": "x", "[q]": "w", "1-4": "c"}
    meant = {"x": "c", "[X]": "c", "<5": "k", "< 5": "k", "<10": "c", "–": "", "0": "low", "9999": "x", "[q]": "w"}
    assert {text: read(text, markers).marker for text in meant} == meant
    assert read("1-4", markers) == Reading(None, "c")
    assert read("10", markers) == Reading(10)


def test_every_marker_of_published_files_is_one_of_ours_or_leaves_the_cell_out():
    assert set(PUBLISHED.values()) == {*MARKERS, ""}
    assert [
        text for text in PUBLISHED if text not in (folded(text), folded(text.replace("n", "5")).replace("5", "n"))
    ] == []
