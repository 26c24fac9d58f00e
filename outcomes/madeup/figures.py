"""Made-up figures of one indicator, whole columns at once: counts of the smallest areas, summed up to the nation.

The same seed gives an area the same figures, however many areas are wanted.
"""

from dataclasses import dataclass, fields
from functools import cache

import numpy as np

from outcomes.madeup.definitions import Definition
from outcomes.madeup.places import places

Z95 = 1.959963984540054
# A count of part of an area below this is suppressed, as publishers do.
SUPPRESSED_BELOW = 5
DECIMALS = 2
# A second file revises the figures of this period for everyone.
REVISED_PERIOD = -2


@dataclass(frozen=True)
class Figures:
    """Columns, a figure a row, in the order in which two files brought them; NaN stands for no number.

    `area` and `period` are places in places() and in the periods of the definition, `group` in its breakdowns counted
    from 1, with 0 for everyone. `file` is 0 or 1, `row` the row in it. A figure without a value is suppressed.
    """

    file: np.ndarray
    row: np.ndarray
    is_current: np.ndarray
    area: np.ndarray
    period: np.ndarray
    group: np.ndarray
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray

    def __len__(self) -> int:
        return len(self.value)

    def first(self, many: int) -> "Figures":
        return Figures(**{column.name: getattr(self, column.name)[:many] for column in fields(self)})


def rows(definition: Definition, *, areas: int) -> int:
    """How many figures that makes, without making them."""
    return areas * (len(definition.periods) * (1 + len(definition.breakdowns)) + 1)


def figures(definition: Definition, *, areas: int, seed: int) -> Figures:
    """Of the first so many areas of places()."""
    counted, cohort = (counts[:areas] for counts in _counts(definition, seed))
    shape = counted.shape
    # Rows go by period, then by group, then by area.
    area, group, period = (axis.transpose(2, 1, 0).ravel() for axis in np.indices(shape))
    numbers = _published(definition, counted.transpose(2, 1, 0).ravel(), cohort.transpose(2, 1, 0).ravel(), group)
    revised = (period == shape[2] + REVISED_PERIOD) & (group == 0)
    columns = {"area": area, "period": period, "group": group, **numbers}
    return _in_two_files(columns, revised)


def _counts(definition: Definition, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """What is counted and of how many, by area, group (everyone first) and period."""
    chance = np.random.default_rng([seed, definition.number])
    sums = _sums()
    groups, times = max(1, len(definition.breakdowns)), len(definition.periods)
    leaves = sums.shape[1]
    size = definition.kind.cohort * np.exp(chance.normal(0, 0.5, (leaves, 1, 1))) / groups
    cohort = np.rint(size * np.exp(chance.normal(0, 0.02, (leaves, groups, times)))) + 1
    low, high = definition.kind.base
    base = low * (high / low) ** chance.random()
    # In log odds: places differ, groups lie on a slope, and time goes up, down or nowhere.
    odds = np.log(base / (1 - base)) + chance.normal(0, 0.25, (leaves, 1, 1))
    odds = odds + np.linspace(0.4, -0.4, groups)[:, None] * (groups > 1)
    odds = odds + chance.choice([-0.4, -0.1, 0, 0, 0.1, 0.4]) * np.linspace(0, 1, times)
    share = 1 / (1 + np.exp(-odds))
    spread = np.sqrt(cohort * share * (1 - share)) * chance.normal(0, 1.2, cohort.shape)
    counted = np.clip(np.rint(cohort * share + spread), 0, cohort)
    return tuple(_with_everyone(np.tensordot(sums, counts, 1), groups) for counts in (counted, cohort))


@cache
def _sums() -> np.ndarray:
    """Which of the smallest areas (columns) each area (row) is made of, as ones and zeros."""
    containers = {place.parent for place in places()}
    leaves = [place for place in places() if place.code not in containers]
    parents, order = {place.code: place.parent for place in places()}, {p.code: n for n, p in enumerate(places())}
    sums = np.zeros((len(order), len(leaves)))
    for column, leaf in enumerate(leaves):
        code = leaf.code
        while code:
            sums[order[code], column] = 1
            code = parents[code]
    return sums


def _with_everyone(counts: np.ndarray, groups: int) -> np.ndarray:
    return counts if groups == 1 else np.concatenate([counts.sum(axis=1, keepdims=True), counts], axis=1)


def _published(
    definition: Definition, counted: np.ndarray, cohort: np.ndarray, group: np.ndarray
) -> dict[str, np.ndarray]:
    kind = definition.kind
    value = counted if kind.value_type == "count" else np.round(kind.multiplier * counted / cohort, DECIMALS)
    limits = (np.full(value.shape, np.nan),) * 2
    if kind.has_limits:
        shares = wilson_limits(counted, cohort) if kind.value_type == "proportion" else byar_limits(counted, cohort)
        limits = tuple(np.round(kind.multiplier * share, DECIMALS) for share in shares)
    counts = (counted, cohort) if kind.has_counts else (np.full(value.shape, np.nan),) * 2
    hidden = (counted < SUPPRESSED_BELOW) & (group > 0)
    names = ("value", "lower", "upper", "numerator", "denominator")
    return {name: np.where(hidden, np.nan, one) for name, one in zip(names, (value, *limits, *counts), strict=True)}


def wilson_limits(counted: np.ndarray, cohort: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95% limits of shares, between 0 and 1: Wilson's score interval, as indicators.statistics has it for one."""
    spread = Z95 * np.sqrt(Z95**2 + 4 * counted * (1 - counted / cohort))
    middle, bottom = 2 * counted + Z95**2, 2 * (cohort + Z95**2)
    lower, upper = (middle - spread) / bottom, (middle + spread) / bottom
    return np.where(counted > 0, lower, 0), np.where(counted < cohort, upper, 1)


def byar_limits(counted: np.ndarray, cohort: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95% limits of rates of one: Byar's approximation, for small counts too."""
    more, some = counted + 1, np.maximum(counted, 1)
    lower = np.where(counted > 0, counted * (1 - 1 / (9 * some) - Z95 / (3 * np.sqrt(some))) ** 3, 0)
    upper = more * (1 - 1 / (9 * more) + Z95 / (3 * np.sqrt(more))) ** 3
    return np.maximum(lower, 0) / cohort, upper / cohort


def _in_two_files(columns: dict[str, np.ndarray], revised: np.ndarray) -> Figures:
    """The first file brings everything; the second what is revised, which the first had a little lower and bare."""
    before = dict(columns)
    for name in ("lower", "upper", "numerator", "denominator"):
        before[name] = np.where(revised, np.nan, columns[name])
    before["value"] = np.where(revised, np.floor(columns["value"] * 0.99), columns["value"])
    both = {name: np.concatenate([before[name], columns[name][revised]]) for name in columns}
    again = int(revised.sum())
    return Figures(
        file=np.repeat([0, 1], [len(revised), again]),
        row=np.concatenate([np.arange(len(revised)), np.arange(again)]) + 2,
        is_current=np.concatenate([~revised, np.ones(again, dtype=bool)]),
        **both,
    )
