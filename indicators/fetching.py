"""Which rows of the table of values a page needs, found by one look into the index for each series: SQL.

A table of ten million figures is read no slower than one of a hundred thousand, since nothing is read but what is
shown. Django's ORM has no words for a product of two lists, so the ids are found in SQL and the rest asked by it.
"""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import connection
from django.db.models.expressions import RawSQL

NEWEST = """
    SELECT (
        SELECT v.id FROM indicators_value v
        WHERE v.is_current AND v.indicator_id = asked.indicator AND v.area_id = place.id
        AND v.breakdown = asked.breakdown ORDER BY v.period_end DESC, v.period_start DESC LIMIT 1
    )
    FROM (SELECT CAST(column1 AS bigint) AS indicator, column2 AS breakdown FROM (VALUES {asked}) AS listed) AS asked
    CROSS JOIN partnerships_area place WHERE place.id IN ({areas})
"""
BESIDE = """
    SELECT COALESCE(
        (
            SELECT v.id FROM indicators_value v
            WHERE v.is_current AND v.indicator_id = asked.indicator AND v.area_id = place.id
            AND v.period_start = asked.first_day AND v.period_end = asked.last_day AND v.breakdown = asked.breakdown
        ),
        (
            SELECT v.id FROM indicators_value v
            WHERE v.is_current AND v.indicator_id = asked.indicator AND v.area_id = place.id
            AND v.breakdown = asked.breakdown ORDER BY v.period_end DESC, v.period_start DESC LIMIT 1
        )
    )
    FROM (
        SELECT CAST(column1 AS bigint) AS indicator, column2 AS breakdown, column3 AS first_day, column4 AS last_day
        FROM (VALUES {asked}) AS listed
    ) AS asked
    CROSS JOIN partnerships_area place WHERE place.id IN ({areas})
"""


def newest(asked: Collection[tuple[int, str]], areas: Collection[int]) -> RawSQL | None:
    """The ids of the newest current value of each indicator and breakdown in each area; None where none are asked."""
    return _ids(NEWEST, "(%s, %s)", sorted(asked), areas)


def beside(asked: Collection[tuple[int, str, date | None, date | None]], areas: Collection[int]) -> RawSQL | None:
    """For each indicator, breakdown and period (first and last day) the id of its current value in each area.

    Where an area has none for that period, or where the days are None, the id of its newest.
    """
    day = "CAST(%s AS date)" if connection.vendor == "postgresql" else "%s"
    rows = [(*row[:2], *(one and one.isoformat() for one in row[2:])) for row in sorted(asked, key=str)]
    return _ids(BESIDE, f"(%s, %s, {day}, {day})", rows, areas)


def _ids(sql: str, mark: str, rows: Sequence[tuple], areas: Collection[int]) -> RawSQL | None:
    """Only the number of marks for parameters is put into the text."""
    if not rows or not areas:
        return None
    text = sql.format(asked=", ".join([mark] * len(rows)), areas=", ".join(["%s"] * len(areas)))
    if connection.vendor == "postgresql":
        # It takes an array for short and looks its ids up, where it would else read a table of up to a million whole.
        text = f"SELECT unnest(ARRAY({text}))"
    return RawSQL(text, [*(cell for row in rows for cell in row), *sorted(areas)])
