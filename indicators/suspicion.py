"""Holds the staged figures of a file against the series that stand, and marks what is doubtful.

A file that brings enough of a series is judged by itself and by what its figures replace; otherwise what stands round
about is read too.
"""

from datetime import date, timedelta

import numpy as np

from indicators import staging
from indicators.doubts import DOUBTS, FEWEST_TO_KNOW_SPREAD, Points, doubtful
from indicators.judging import PERIOD_BITS, Judge
from indicators.models import Upload
from indicators.repeats import Ledger
from indicators.rules import IndicatorRules

# Enough to know the spread of a series; more would only cost time.
AROUND = timedelta(days=366 * 12)
# Quarters and months differ by days; a year and a quarter by far more.
DAYS_OF_ONE_LENGTH = 14


def mark(upload: Upload, ledger: Ledger, judge: Judge, *, indicators: dict[int, str], areas: dict[int, str]) -> None:
    """Marks the staged figures that are doubtful. `indicators` and `areas` give the codes of ids."""
    keys, values = ledger.whole("keys"), ledger.whole("values")
    if not len(keys):
        return
    periods = list(judge.period_numbers)
    starts = np.array([period.start.toordinal() for period in periods], np.int64)
    ends = np.array([period.end.toordinal() for period in periods], np.int64)
    of_series, of_period = keys >> PERIOD_BITS, keys & ((1 << PERIOD_BITS) - 1)
    series = _series(of_series, (ends - starts)[of_period])
    standing = np.concatenate(
        (
            _standing(upload, judge, ends, indicators, areas),
            _replaced(upload, of_series, (ends - starts)[of_period], ends[of_period]),
        ),
        axis=1,
    )
    of_standing, days, ends_of_standing = standing[:3].astype(np.int64)
    wholes, is_count = _kinds(judge)
    numbered = np.concatenate((of_series, of_standing))
    found = doubtful(
        Points(
            series=np.concatenate((series, _series(of_standing, days))),
            ends=np.concatenate((ends[of_period], ends_of_standing)),
            values=np.concatenate((values, standing[3])),
            wholes=wholes[numbered],
            is_count=is_count[numbered],
            is_new=np.arange(len(numbered)) < len(keys),
        )
    )[: len(keys)]
    for number in np.unique(found[found > 0]):
        staging.doubt(upload, DOUBTS[number], np.flatnonzero(found == number).tolist())


def _series(number: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Periods of another length are another series: a quarter's count is no step from a year's."""
    return number * 10_000 + days // DAYS_OF_ONE_LENGTH


def _standing(
    upload: Upload, judge: Judge, ends: np.ndarray, indicators: dict[int, str], areas: dict[int, str]
) -> np.ndarray:
    """What stands of the series of the file, round about its periods: rows of series, days, ends and values."""
    first = max(date.fromordinal(int(ends.min())), date.min + AROUND) - AROUND
    last = date.fromordinal(int(ends.max())) + AROUND
    rows = staging.history(upload, first=first, last=last, fewer_than=FEWEST_TO_KNOW_SPREAD)
    found = [
        (judge.series[key], (end - start).days, end.toordinal(), value)
        for indicator, area, group, start, end, value in rows
        if (key := (indicators[indicator], areas[area], group)) in judge.series
    ]
    return np.array(found, float).reshape(-1, 4).T


def _replaced(upload: Upload, series: np.ndarray, days: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """What the figures of the file would replace, in the same rows."""
    found = staging.replaced(upload)
    places = np.array([place for place, _value in found], np.int64)
    values = np.array([value for _place, value in found], float)
    return np.stack((series[places], days[places], ends[places], values))


def _kinds(judge: Judge) -> tuple[np.ndarray, np.ndarray]:
    """For each numbered series the whole of a share, NaN where it is none, and whether it counts."""
    rules: list[IndicatorRules] = [judge.indicators[code] for code, _area, _group in judge.series]
    wholes = [rule.multiplier if rule.value_type == "proportion" else np.nan for rule in rules]
    return np.array(wholes, float), np.array([rule.value_type == "count" for rule in rules], bool)
