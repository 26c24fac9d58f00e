from datetime import date
from itertools import product

import pytest

from indicators.models import YearType
from indicators.periods import FIRST_MONTH, STYLES, Period, PeriodError, read

CALENDAR = [
    # text, first day, last day, label, kind: the same whatever a split year means
    ("2023", "2023-01-01", "2023-12-31", "2023", "year"),
    (" 2023 ", "2023-01-01", "2023-12-31", "2023", "year"),
    ("2023.0", "2023-01-01", "2023-12-31", "2023", "year"),
    ("2017 - 19", "2017-01-01", "2019-12-31", "2017 - 19", "years"),
    ("2017-19", "2017-01-01", "2019-12-31", "2017-19", "years"),
    ("2017 -19", "2017-01-01", "2019-12-31", "2017 - 19", "years"),
    ("2017 – 2019", "2017-01-01", "2019-12-31", "2017 – 2019", "years"),
    ("2017–19", "2017-01-01", "2019-12-31", "2017–19", "years"),
    ("2017-2019", "2017-01-01", "2019-12-31", "2017-2019", "years"),
    ("2017 to 2019", "2017-01-01", "2019-12-31", "2017 to 2019", "years"),
    ("1998 - 00", "1998-01-01", "2000-12-31", "1998 - 00", "years"),
    ("2009 - 11", "2009-01-01", "2011-12-31", "2009 - 11", "years"),
    ("2009–11", "2009-01-01", "2011-12-31", "2009–11", "years"),
    ("2009-2011", "2009-01-01", "2011-12-31", "2009-2011", "years"),
    ("2024 Q2", "2024-04-01", "2024-06-30", "2024 Q2", "quarter"),
    ("2024Q1", "2024-01-01", "2024-03-31", "2024 Q1", "quarter"),
    ("2024-q4", "2024-10-01", "2024-12-31", "2024 Q4", "quarter"),
    ("Q3 2024", "2024-07-01", "2024-09-30", "2024 Q3", "quarter"),
    ("2024-05", "2024-05-01", "2024-05-31", "2024-05", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "2024-02", "month"),
    ("2005-05", "2005-05-01", "2005-05-31", "2005-05", "month"),
    ("1998-05", "1998-05-01", "1998-05-31", "1998-05", "month"),
    ("May 2024", "2024-05-01", "2024-05-31", "May 2024", "month"),
    ("sept 2024", "2024-09-01", "2024-09-30", "September 2024", "month"),
    ("November 2009", "2009-11-01", "2009-11-30", "November 2009", "month"),
    ("2022-01-01/P3Y", "2022-01-01", "2024-12-31", "2022 - 24", "years"),
    ("2022-01-01T00:00:00/P1Y", "2022-01-01", "2022-12-31", "2022", "year"),
    ("1998-01-01/P3Y", "1998-01-01", "2000-12-31", "1998 - 2000", "years"),
    ("2022-01-01/P2Y", "2022-01-01", "2023-12-31", "2022-01-01 to 2023-12-31", "years"),
    ("2024-04-01/P3M", "2024-04-01", "2024-06-30", "2024 Q2", "quarter"),
    ("2024-12-01/P3M", "2024-12-01", "2025-02-28", "2024-12-01 to 2025-02-28", "quarter"),
    ("2024-05-01/P1M", "2024-05-01", "2024-05-31", "May 2024", "month"),
    ("2024-05-01/P7D", "2024-05-01", "2024-05-07", "2024-05-01 to 2024-05-07", "other"),
    ("2023-01-31/P1M", "2023-01-31", "2023-02-27", "2023-01-31 to 2023-02-27", "other"),
    ("2024-01-01/2024-12-31", "2024-01-01", "2024-12-31", "2024", "year"),
    ("2024-03-15 to 2024-03-15", "2024-03-15", "2024-03-15", "2024-03-15 to 2024-03-15", "other"),
    ("Mar-2024", "2024-03-01", "2024-03-31", "March 2024", "month"),
    ("2025 January", "2025-01-01", "2025-01-31", "January 2025", "month"),
    ("Quarter 2 2024", "2024-04-01", "2024-06-30", "2024 Q2", "quarter"),
    ("2024 Qtr 2", "2024-04-01", "2024-06-30", "2024 Q2", "quarter"),
    ("Calendar year 2025", "2025-01-01", "2025-12-31", "2025", "year"),
    ("2025 Reporting year", "2025-01-01", "2025-12-31", "2025", "year"),
    ("Year to March 2024", "2023-04-01", "2024-03-31", "Year ending March 2024", "split-year"),
    ("Year ending 31 Mar 2024", "2023-04-01", "2024-03-31", "Year ending 31 March 2024", "split-year"),
    ("Financial year ending March 2024", "2023-04-01", "2024-03-31", "Year ending March 2024", "split-year"),
    ("year ended 5 April 2024", "2023-04-06", "2024-04-05", "Year ending 5 April 2024", "other"),
    ("Year ending 29 February 2024", "2023-03-01", "2024-02-29", "Year ending 29 February 2024", "split-year"),
    ("12 months to June 2024", "2023-07-01", "2024-06-30", "12 months to June 2024", "split-year"),
    ("36 months to December 2024", "2022-01-01", "2024-12-31", "36 months to December 2024", "years"),
    ("Quarter to June 2024", "2024-04-01", "2024-06-30", "Quarter ending June 2024", "quarter"),
    ("April 2023 to March 2024", "2023-04-01", "2024-03-31", "April 2023 to March 2024", "split-year"),
    ("Apr-Jun 2024", "2024-04-01", "2024-06-30", "April to June 2024", "quarter"),
    ("October to March 2024", "2023-10-01", "2024-03-31", "October 2023 to March 2024", "other"),
    ("April 2024 to April 2024", "2024-04-01", "2024-04-30", "April 2024", "month"),
    ("31 March 2010", "2010-03-31", "2010-03-31", "31 March 2010", "other"),
    ("as at 31st March 2010", "2010-03-31", "2010-03-31", "31 March 2010", "other"),
    ("1 March 2010", "2010-03-01", "2010-03-01", "1 March 2010", "other"),
    ("1 January to 31 December 2023", "2023-01-01", "2023-12-31", "2023", "year"),
    ("Tax year 2021-22", "2021-04-06", "2022-04-05", "2021-04-06 to 2022-04-05", "other"),
    ("Autumn term 2021/22", "2021-09-01", "2021-12-31", "2021/22 Autumn term", "other"),
    ("202122 Spring term", "2022-01-01", "2022-03-31", "2021/22 Spring term", "quarter"),
    ("2021/22 Summer term", "2022-04-01", "2022-08-31", "2021/22 Summer term", "other"),
    ("202122 Autumn and spring term", "2021-09-01", "2022-03-31", "2021/22 Autumn and spring term", "other"),
    ("2024-07-01 – 2025-06-30", "2024-07-01", "2025-06-30", "2024-07-01 to 2025-06-30", "split-year"),
]

SPLIT = [
    # text, first and last year as an April or September start makes them, label, kind
    ("2023/24", 2023, 1, "2023/24", "split-year"),
    ("2023-24", 2023, 1, "2023-24", "split-year"),
    ("2023 / 24", 2023, 1, "2023/24", "split-year"),
    ("2023 – 24", 2023, 1, "2023–24", "split-year"),
    ("2023/2024", 2023, 1, "2023/2024", "split-year"),
    ("2023-2024", 2023, 1, "2023-2024", "split-year"),
    ("2023 to 2024", 2023, 1, "2023 to 2024", "split-year"),
    ("2011-12", 2011, 1, "2011-12", "split-year"),
    ("2010-11", 2010, 1, "2010-11", "split-year"),
    ("2000-01", 2000, 1, "2000-01", "split-year"),
    ("1999/00", 1999, 1, "1999/00", "split-year"),
    ("202425", 2024, 1, "2024/25", "split-year"),
    ("202425.0", 2024, 1, "2024/25", "split-year"),
    ("199900", 1999, 1, "1999/00", "split-year"),
    ("2016/17 - 18/19", 2016, 3, "2016/17 - 18/19", "years"),
    ("2016/17 - 2018/19", 2016, 3, "2016/17 - 2018/19", "years"),
    ("2016/17-18/19", 2016, 3, "2016/17-18/19", "years"),
    ("2016/17 – 18/19", 2016, 3, "2016/17 – 18/19", "years"),
    ("2016-17 to 2018-19", 2016, 3, "2016-17 to 2018-19", "years"),
    ("2022/23 - 23/24", 2022, 2, "2022/23 - 23/24", "years"),
    ("1998/99 - 00/01", 1998, 3, "1998/99 - 00/01", "years"),
]


@pytest.mark.parametrize("year_type", YearType.values)
@pytest.mark.parametrize(("text", "start", "end", "label", "kind"), CALENDAR)
def test_reads_what_means_the_same_for_every_indicator(text, start, end, label, kind, year_type):
    period = read(text, year_type=year_type)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert (period.label, period.kind) == (label, kind)


@pytest.mark.parametrize(("text", "first", "years", "label", "kind"), SPLIT)
def test_a_split_year_starts_where_the_indicator_says(text, first, years, label, kind):
    financial, academic = read(text), read(text, year_type="academic")
    assert (financial.start, financial.end) == (date(first, 4, 1), date(first + years, 3, 31))
    assert (academic.start, academic.end) == (date(first, 9, 1), date(first + years, 8, 31))
    assert financial.label == academic.label == label
    assert financial.kind == academic.kind == kind


@pytest.mark.parametrize(
    ("text", "year_type", "start", "end"),
    [
        ("2023/24 Q2", "financial", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023/24 Q4", "financial", date(2024, 1, 1), date(2024, 3, 31)),
        ("2013/2014 Q1", "financial", date(2013, 4, 1), date(2013, 6, 30)),
        ("2013/2014 Q2", "financial", date(2013, 7, 1), date(2013, 9, 30)),
        ("2023-24 Q2", "academic", date(2023, 12, 1), date(2024, 2, 29)),
    ],
)
def test_quarters_of_a_split_year_are_counted_from_its_first_month(text, year_type, start, end):
    period = read(text, year_type=year_type)
    assert (period.start, period.end, period.label, period.kind) == (start, end, text, "quarter")


def test_dates_get_the_label_of_a_split_year_only_where_it_would_read_as_the_same_dates():
    assert read("2024-09-01/2025-08-31", year_type="academic").label == "2024/25"
    assert read("2024-09-01/P1Y", year_type="academic").label == "2024/25"
    assert read("2024-09-01/2025-08-31", year_type="financial").label == "2024-09-01 to 2025-08-31"
    assert read("2021-04-01/P3Y", year_type="financial").label == "2021/22 - 2023/24"


def test_every_year_type_of_an_indicator_has_a_first_month():
    assert set(FIRST_MONTH) == set(YearType.values)


def forms(year: int) -> list[str]:
    following, third = f"{(year + 1) % 100:02}", f"{(year + 2) % 100:02}"
    return [
        f"{year}",
        f"{year}/{following}",
        f"{year}-{following}",
        f"{year}{following}",
        f"{year} - {third}",
        f"{year} – {year + 2}",
        f"{year}/{following} - {third}/{(year + 3) % 100:02}",
        *(f"{year} Q{quarter}" for quarter in (1, 2, 3, 4)),
        *(f"{year}/{following} Q{quarter}" for quarter in (1, 2, 3, 4)),
        *(f"{month} {year}" for month in ("January", "Feb", "Sept", "December")),
        *(
            f"{year}-{month:02}-01/{length}"
            for month, length in product(range(1, 13), ("P1Y", "P2Y", "P3Y", "P1M", "P3M"))
        ),
        f"{year}-02-03 to {year + 1}-02-02",
    ]


@pytest.mark.parametrize("year_type", YearType.values)
@pytest.mark.parametrize("year", [1900, 1949, 1950, 1997, 1998, 1999, 2000, 2001, 2008, 2009, 2011, 2024, 2096])
def test_a_label_reads_again_as_the_same_period_with_the_same_label(year, year_type):
    for text in forms(year):
        period = read(text, year_type=year_type)
        again = read(period.label, year_type=year_type)
        assert (again, again.label) == (period, period.label), text
        assert len(period.label) <= 40, "the database has room for no more"


def test_periods_are_ordered_by_their_end_and_then_by_their_start():
    texts = ["2024 Q4", "2022 - 24", "2024/25", "2023", "2024", "2023/24"]
    ordered = [period.label for period in sorted(read(text) for text in texts)]
    assert ordered == ["2023", "2023/24", "2022 - 24", "2024", "2024 Q4", "2024/25"]
    assert read("2023") <= read("2023")


def test_the_label_does_not_tell_periods_apart():
    assert read("2023/24") == read("2023-24") == Period(date(2023, 4, 1), date(2024, 3, 31), "anything")
    assert len({read("2023/24"), read("202324"), read("2023 - 24")}) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "there is no period"),
        ("   ", "there is no period"),
        ("last year", "this is not a period"),
        ("23/24", "this is not a period"),
        ("２０２３", "this is not a period"),
        ("2023.5", "this is not a period"),
        ("2016/17 - 2018/19 Q3", "this is not a period"),
        ("2024-05-01/P1W", "this is not a period"),
        ("2023/25", "25 is not the year after 2023"),
        ("2023/23", "23 is not the year after 2023"),
        ("2017/2019", "2019 is not the year after 2017"),
        ("202405", "05 is not the year after 2024"),
        ("2024 Q5", "Q1 to Q4"),
        ("2024 Q0", "Q1 to Q4"),
        ("Q12 2024", "Q1 to Q4"),
        ("2017 - 19 Q2", "a quarter belongs to one year"),
        ("2024-13", "neither a later year nor a month"),
        ("2024-00", "neither a later year nor a month"),
        ("2019 - 2017", "neither a later year nor a month"),
        ("2017 - 17", "neither a later year nor a month"),
        ("2019 - 17", "neither a later year nor a month"),
        ("2009-11", "November 2009 or the years 2009 to 2011"),
        ("1998-02", "February 1998 or the years 1998 to 2002"),
        ("2016/18 - 18/19", "each part must be a split year"),
        ("2016/17 - 18/20", "each part must be a split year"),
        ("2018/19 - 16/17", "the last year is not after the first"),
        ("2016/17 - 16/17", "the last year is not after the first"),
        ("2025-08-31/2024-09-01", "the last day is before the first"),
        ("2024-02-30/2024-03-31", "no such day as 2024-02-30"),
        ("2024-13-01/P1Y", "no such day as 2024-13-01"),
        ("2024-01-01/P", "the period has no length"),
        ("2024-01-01/P0D", "the period has no length"),
        ("1899", "between the years 1900 and 2100"),
        ("0000", "between the years 1900 and 2100"),
        ("2101", "between the years 1900 and 2100"),
        ("2100/01", "between the years 1900 and 2100"),
        ("2098 - 2101", "between the years 1900 and 2100"),
        ("1899-12-31/1900-12-30", "between the years 1900 and 2100"),
        ("2100-06-01/P1Y", "between the years 1900 and 2100"),
        ("2024-01-01/P999Y", "between the years 1900 and 2100"),
        ("2100-01-01/P99999D", "between the years 1900 and 2100"),
        ("0", "this is not a period"),
        ("20175", "this is not a period"),
        ("2018 (Rev)", "this is not a period"),
        ("Mar-24", "this is not a period"),
        ("31/03/2010", "this is not a period"),
        ("31 February 2010", "no such day as 2010-02-31"),
        ("Year ending 31 June 2024", "no such day as 2024-06-31"),
        ("99 months to May 2024", "write a period of 1 to 60 months"),
        ("13 months to January 1900", "between the years 1900 and 2100"),
        ("Academic year 2021", "such a year runs into the next: write 2023/24"),
        ("Academic year 2021/23", "23 is not the year after 2021"),
        ("Calendar year 2021/22", "a calendar year is one year: write 2023"),
        ("April 2024 to March 2024", "the last month is before the first"),
        ("31 March 2024 to 1 March 2024", "the last day is before the first"),
        ("2021/22 Winter term", "this is not a period"),
        ("2024-05-01", "this is one day, perhaps made of a period by a spreadsheet"),
        ("2024-05-01 00:00:00", "this is one day, perhaps made of a period by a spreadsheet"),
    ],
)
def test_says_what_is_wrong_and_what_to_write(text, sentence):
    with pytest.raises(PeriodError) as error:
        read(text)
    assert sentence in str(error.value)


@pytest.mark.parametrize("year_type", YearType.values)
def test_a_year_that_says_its_type_starts_when_it_says(year_type):
    for text in ("Academic year 2021/22", "202122 Academic year", "2021-22 academic year", "School year 2021/2022"):
        period = read(text, year_type=year_type)
        assert (period.start, period.end) == (date(2021, 9, 1), date(2022, 8, 31))
        assert read(period.label, year_type=year_type) == period
    for text in ("Financial year 2021/22", "202122 Financial year", "FYE 2022", "Financial year ending 2022"):
        period = read(text, year_type=year_type)
        assert (period.start, period.end) == (date(2021, 4, 1), date(2022, 3, 31))
        assert read(period.label, year_type=year_type) == period
    quarter = read("202122 Financial year Q1", year_type=year_type)
    assert (quarter.start, quarter.end) == (date(2021, 4, 1), date(2021, 6, 30))
    assert read(quarter.label, year_type=year_type) == quarter


MARKED = [
    # text, the same without its marks
    ("20175", "2017"),
    ("2017(5)", "2017"),
    ("2017 (1, 2)", "2017"),
    ("2017 [note 5]", "2017"),
    ("2017¹", "2017"),
    ("2017*", "2017"),
    ("2017/185", "2017/18"),
    ("2017-18*", "2017-18"),
    ("2018 (Rev)", "2018"),
    ("2020 (Final)", "2020"),
    ("2025 (prov)", "2025"),
    ("2016-17 (OT)", "2016-17"),
    ("2017/18 (provisional) [note 2]", "2017/18"),
    ("2024p", "2024"),
    ("2023/24 r", "2023/24"),
    ("2024 [p]", "2024"),
    ("Year ending March 2024 (p)", "Year ending March 2024"),
    ("Mar-24", "March 2024"),
    ("Sept 99", "September 1999"),
    ("31/03/2010", "31 March 2010"),
    ("31.3.2010", "31 March 2010"),
    ("2010-03-31", "31 March 2010"),
    ("2010-03-31 00:00:00", "31 March 2010"),
    ("2014-16", "2014-16"),
    ("201718", "2017/18"),
]


@pytest.mark.parametrize("style", STYLES[1:])
@pytest.mark.parametrize(("text", "bare"), MARKED)
def test_passes_over_the_marks_of_published_periods(text, bare, style):
    period = read(text, style=style)
    assert (period, period.label) == (read(bare), bare)


def test_a_layout_says_what_a_hyphen_means():
    assert read("2009-11", style="years") == read("2009 - 11")
    assert read("2009-11", style="months") == read("November 2009")
    assert read("2011-12", style="years") == read("2011/12")
    assert read("2011-12", style="months") == read("December 2011")
    assert read("2024-05", style="years") == read("2024-05", style="months") == read("May 2024")
    assert read("2010/11", style="months") == read("2010/11")
    with pytest.raises(PeriodError, match="November 2009 or the years 2009 to 2011"):
        read("2009-11", style="published")


@pytest.mark.parametrize("text", ["2024-05-01", "01/05/2024", "1.5.2024", "2024-05-01 00:00:00"])
def test_the_first_of_a_month_is_a_month_only_where_a_layout_has_months(text):
    assert read(text, style="months") == read("May 2024")
    for style in ("own", "published", "years"):
        with pytest.raises(PeriodError):
            read(text, style=style)


@pytest.mark.parametrize(
    "text", ["0", "", "20170", "2017-195", "201712", "Rev", "(1)", "17/18", "32/01/2024", "2099¹ x"]
)
def test_what_is_no_period_without_its_marks_is_none_with_them(text):
    for style in STYLES:
        with pytest.raises(PeriodError):
            read(text, style=style)


LAIT = """
2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2014-16 2015-17 2016-18 2017-19 2018-20 2019-21 2020-22
2015-16 2016-17 2017-18 2018-19 2019-20 2020-21 2021-22 2022-23 2023-24 2024-25 2025-26
2015/16 2016/17 2017/18 2018/19 2019/20 2020/21 2021/22 2022/23 2023/24
2013/14-15/16 2014/15-16/17 2015/16-17/18 2016/17-18/19 2017/18-19/20 2018/19-20/21 2019/20-21/22 2020/21-22/23
2021/22-23/24 2016-17(OT) 2017-18(OT) 2018-19(OT) 2019-20(OT) 2020-21(OT) 2021-22(OT) 2022-23(OT) 2023-24(OT)
2024-25(OT) 2018(Rev) 2019(Rev) 2022(Rev) 2023(Rev) 2024(Rev) 2025(Rev) 2020(Final) 2021(Final) 2025(prov)
"""


def test_reads_every_form_of_the_local_authority_interactive_tool():
    lengths = {"year": 12, "split-year": 12, "years": 36}
    forms = LAIT.replace("(", " (").split("\n")
    forms = [form.replace("|", " ") for line in forms for form in line.replace(" (", "|(").split()]
    assert len(forms) == 64, "the 65th is 0, which is no period"
    for text in forms:
        period = read(text, style="years")
        assert (period.end - period.start).days // 30 == lengths[period.kind], text
        assert text.startswith(period.label)
        assert read(period.label) == period
