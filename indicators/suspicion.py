"""Holds the staged figures of a file against the series that stand, and marks what is doubtful."""

from datetime import date, timedelta

import numpy as np

from indicators import staging
from indicators.doubts import DOUBTS, Points, doubtful
from indicators.judging import Judge
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
    of_series, of_period = keys >> 32, keys & 0xFFFFFFFF
    series = _series(of_series, (ends - starts)[of_period])
    standing = _standing(upload, judge, ends, indicators, areas)
    wholes, is_count = _kinds(judge)
    numbered = np.concatenate((of_series, standing[0]))
    found = doubtful(
        Points(
            series=np.concatenate((series, _series(standing[0], standing[1]))),
            ends=np.concatenate((ends[of_period], standing[2])),
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
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """What stands of the series of the file, round about its periods: series, days, end and value."""
    first = max(date.fromordinal(int(ends.min())), date.min + AROUND) - AROUND
    last = date.fromordinal(int(ends.max())) + AROUND
    found = [
        (judge.series[key], (end - start).days, end.toordinal(), value)
        for indicator, area, group, start, end, value in staging.history(upload, first=first, last=last)
        if (key := (indicators[indicator], areas[area], group)) in judge.series
    ]
    columns = np.array(found, float).reshape(-1, 4).T
    return (*(column.astype(np.int64) for column in columns[:3]), columns[3])


def _kinds(judge: Judge) -> tuple[np.ndarray, np.ndarray]:
    """For each numbered series the whole of a share, NaN where it is none, and whether it counts."""
    rules: list[IndicatorRules] = [judge.indicators[code] for code, _area, _group in judge.series]
    wholes = [rule.multiplier if rule.value_type == "proportion" else np.nan for rule in rules]
    return np.array(wholes, float), np.array([rule.value_type == "count" for rule in rules], bool)
