"""What stands in the cells of published files: one text for each oddity, and exactly what is read of it."""

import pytest

from indicators import periods, shorthand
from indicators.headers import clean_name

VALUES = {
    # oddity: text, number, marker, flags
    "thousands commas": ("1,234,567", 1234567, "", ""),
    "thin spaces": ("1\u2009234", 1234, "", ""),
    "no-break spaces": ("\u00a01\u00a0234\u00a0", 1234, "", ""),
    "a percent sign": ("65.2 %", 65.2, "", ""),
    "a true minus": ("−5.5", -5.5, "", ""),
    "pounds": ("-£1,234.50", -1234.5, "", ""),
    "an exponent of Excel": ("7.0000000000000007E-2", 0.07, "", ""),
    "a provisional figure": ("65.2 [p]", 65.2, "", "p"),
    "a revised figure of StatsWales": ("36.1 (r)", 36.1, "", "r"),
    "a poor figure of StatsWales": ("29.9 (!!)", 29.9, "", "u"),
    "a footnote": ("65.2 [note 4]", 65.2, "", ""),
    "an asterisk beside a number": ("65.2*", 65.2, "", ""),
    "an asterisk": ("*", None, "c", ""),
    "fewer than five": ("<5", None, "c", ""),
    "four or fewer": ("≤4", None, "c", ""),
    "nearly all": (">95%", None, "c", ""),
    "rounded to nothing": ("[low]", None, "low", ""),
    "a tilde": ("~", None, "low", ""),
    "a stop": (".", None, "z", ""),
    "two stops": ("..", None, "x", ""),
    "a colon": (":", None, "x", ""),
    "a dash": ("–", None, "x", ""),
    "an NA of R": ("NA", None, "x", ""),
    "low reliability": ("u", None, "w", ""),
    "an empty cell": ("", None, "", ""),
}


@pytest.mark.parametrize("oddity", VALUES)
def test_values(oddity):
    text, value, marker, flags = VALUES[oddity]
    assert shorthand.read(text, shorthand.PUBLISHED) == shorthand.Reading(value, marker, flags)


NO_VALUES = {
    "a division by nothing": ("#DIV/0!", "the spreadsheet could not work this out"),
    "a formula": ("=A1/B1", "a formula, not a number"),
    "not a number, as programs say": ("NaN", "publishers use 'NaN' for different things"),
    "without end": ("inf", "not a number"),
    "a decimal comma": ("65,2", "commas stand between thousands"),
    "brackets for a minus": ("(5.2)", "not a number"),
    "an apostrophe": ("'5", "not a number"),
    "a plain space between thousands": ("1 234", "not a number"),
    "a range": ("5-9", "not a number"),
    "a day": ("2024-05-02", "not a number"),
}


@pytest.mark.parametrize("oddity", NO_VALUES)
def test_what_is_no_value(oddity):
    text, sentence = NO_VALUES[oddity]
    with pytest.raises(shorthand.ShorthandError, match=sentence):
        shorthand.read(text, shorthand.PUBLISHED)


PERIODS = {
    # oddity: text, style, what it says in our own layout
    "a footnote digit": ("20175", "published", "2017"),
    "a revised year": ("2018 (Rev)", "published", "2018"),
    "a year of outturn": ("2016-17 (OT)", "published", "2016/17"),
    "years pooled": ("2009-11", "years", "2009 - 11"),
    "split years pooled": ("2013/14-15/16", "own", "2013/14 - 15/16"),
    "a number of Excel": ("2023.0", "own", "2023"),
    "six digits": ("202122", "own", "2021/22"),
    "year and type in two columns": ("202122 Financial year", "own", "2021/22"),
    "year and quarter in two columns": ("2013/2014 Q2", "own", "2013/14 Q2"),
    "an interval": ("2022-01-01/P3Y", "own", "2022 - 24"),
    "a rolling year": ("Year to March 2024", "own", "2023-04-01 to 2024-03-31"),
    "a reference day": ("31 March 2010", "own", "2010-03-31 to 2010-03-31"),
    "a month that Excel shows": ("Mar-24", "published", "March 2024"),
    "a month that Excel made a date": ("2024-05-01", "months", "May 2024"),
}


@pytest.mark.parametrize("oddity", PERIODS)
def test_periods(oddity):
    text, style, same = PERIODS[oddity]
    assert periods.read(text, style=style) == periods.read(same)


NO_PERIODS = {
    "a nought": ("0", "this is not a period"),
    "a date that Excel made": ("2024-05-01", "this is one day, perhaps made of a period by a spreadsheet"),
    "a month or years": ("2009-11", "November 2009 or the years 2009 to 2011"),
    "two years apart": ("2021/23", "23 is not the year after 2021"),
}


@pytest.mark.parametrize("oddity", NO_PERIODS)
def test_what_is_no_period(oddity):
    text, sentence = NO_PERIODS[oddity]
    with pytest.raises(periods.PeriodError, match=sentence):
        periods.read(text, style="published")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ENGLAND AND WALES6", "ENGLAND AND WALES"),
        ("Flintshire (1)", "Flintshire"),
        ("Area [note 1]", "Area"),
        ("Total*", "Total"),
        ("Wales\u00a0", "Wales"),
        ("Key stage 2", "Key stage 2"),
        ("E06000001", "E06000001"),
        ("0-14", "0-14"),
    ],
)
def test_names(text, name):
    assert clean_name(text) == name
