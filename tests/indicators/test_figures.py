import pytest

from indicators import periods
from indicators.figures import Yardstick, data_attributes, figure, flag_words, no_figure
from indicators.series import Point, Series

SERIES = Series("gld", "E10000017", "sex: Female")


def test_a_figure_carries_what_a_program_needs():
    point = Point(periods.read("2022/23"), 65.24, flags="pu")
    shown = figure(SERIES, point, Yardstick("gld", "%", 1, "high"))
    assert (shown.indicator, shown.area, shown.period, shown.breakdown) == (
        "gld",
        "E10000017",
        "2022/23",
        "sex: Female",
    )
    assert (shown.value, shown.marker, shown.text) == ("65.24", "", "65.2%")
    assert shown.title == "provisional, low reliability"


def test_where_there_is_no_number_the_reason_stands_in_words():
    shown = figure(SERIES, Point(periods.read("2022/23"), None, "c"), Yardstick("gld", "%", 1, "high"))
    assert (shown.value, shown.marker, shown.text) == ("", "c", "suppressed")


@pytest.mark.parametrize(
    ("unit", "difference", "text"),
    [("%", -2.1, "2.1 percentage points"), ("per 1,000", 0.4, "0.4 per 1,000"), ("", -12.0, "12.0")],
)
def test_a_difference_of_per_cents_is_in_percentage_points(unit, difference, text):
    assert Yardstick("x", unit, 1).difference_text(difference) == text


def test_one_percentage_point_is_singular():
    assert Yardstick("x", "%", 0).difference_text(-1) == "1 percentage point"
    assert Yardstick("x", "%", 1).difference_text(1) == "1.0 percentage points"


def test_what_is_shown_is_rounded_half_up():
    assert Yardstick("x", decimals=1).shown(0.25) == 0.3
    assert Yardstick("x", decimals=0).shown(-2.5) == -3


def test_all_flags_have_words():
    assert flag_words("prebu") == "provisional, revised, estimated, break in series, low reliability"
    assert flag_words("") == ""


def test_attributes_are_written_for_programs_and_escaped():
    series = Series("gld", "E10000017", 'sex: "Other"')
    shown = figure(series, Point(periods.read("2022/23"), 65.24), Yardstick("gld", "%", 1, "high"))
    assert data_attributes(shown, target_status="on course") == (
        ' data-indicator="gld" data-area="E10000017" data-period="2022/23" data-breakdown="sex: &quot;Other&quot;"'
        ' data-value="65.24" data-marker="" data-target-status="on course"'
    )


def test_a_series_without_figures_has_attributes_too():
    assert ' data-period="" data-breakdown="sex: Female" data-value=""' in data_attributes(no_figure(SERIES))


def test_in_a_table_whose_head_names_the_unit_a_figure_goes_without():
    assert figure(SERIES, Point(periods.read("2022/23"), 65.24), Yardstick("gld", "%"), unit=False).text == "65.2"
