"""The figures of a file between reading and publishing, as rows of StagedValue: its only writer.

Everything is done to whole sets, by the same SQL on PostgreSQL and SQLite.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from django.db import connection
from django.db.models import Count

from indicators import bulk
from indicators.judging import COUNTS_AND_LIMITS, Figures
from indicators.models import FACT, Outcome, StagedValue, Suppression, Upload, Value

STAGED, VALUES, SUPPRESSED = (model._meta.db_table for model in (StagedValue, Value, Suppression))
NUMBERS = ("value", *COUNTS_AND_LIMITS)
TEXTS = ("marker", "flags", "note")
# What a figure brings along into the table of values.
CARRIED = ("row", "column", *FACT, "period_label", *NUMBERS, *TEXTS)
# The fields that each column of a file speaks for: limits go together, and so do the two counts.
SPOKEN_FOR = {
    "value": ("value", "marker", "flags"),
    "lower": ("lower", "upper"),
    "upper": ("lower", "upper"),
    "numerator": ("numerator", "denominator"),
    "denominator": ("numerator", "denominator"),
    "note": ("note",),
}
# A spreadsheet shows ten figures of a number and writes those into a CSV file.
SPREADSHEET_PRECISION = 1e-9
PLACES_AT_ONCE = 2000


def clear(upload: Upload) -> None:
    run(f"DELETE FROM {STAGED} WHERE upload_id = %s", [upload.pk])


def add(
    upload: Upload, figures: Figures, first: int, *, indicators: Mapping[str, int], areas: Mapping[str, int]
) -> None:
    """Brings figures in, the first of which has the place `first`; `indicators` and `areas` give the ids of codes."""
    if not len(figures):
        return
    columns = {"upload_id": upload.pk, "place": range(first, first + len(figures))}
    bulk.bring(STAGED, columns | _columns(figures, indicators, areas))


def _columns(figures: Figures, indicators: Mapping[str, int], areas: Mapping[str, int]) -> dict:
    """What figures bring, column by column, as lists and as arrays of numbers."""
    periods = figures.periods
    dates = {day: day.isoformat() for period in set(periods) for day in (period.start, period.end)}
    given = {name: figures.numbers.get(name) for name in NUMBERS}
    return {
        "row": figures.rows,
        "column": figures.columns,
        "indicator_id": [indicators[code] for code in figures.indicators],
        "area_id": [areas[code] for code in figures.areas],
        "period_start": [dates[period.start] for period in periods],
        "period_end": [dates[period.end] for period in periods],
        "period_label": [period.label for period in periods],
        "breakdown": figures.breakdowns,
        "marker": figures.markers,
        "flags": figures.flags,
        "note": figures.notes,
        **{name: numbers for name, numbers in given.items() if numbers is not None},
    }


def remove(upload: Upload, places: Sequence[int]) -> None:
    for some in _some(places):
        run(f"DELETE FROM {STAGED} WHERE upload_id = %s AND place IN ({_marks(some)})", [upload.pk, *some])


def spare(upload: Upload, places: Sequence[int]) -> None:
    """Figures that are to change nothing after all."""
    for some in _some(places):
        run(
            f"UPDATE {STAGED} SET outcome = %s WHERE upload_id = %s AND place IN ({_marks(some)})",
            [Outcome.UNCHANGED, upload.pk, *some],
        )


def spare_hidden(upload: Upload, marker: str) -> None:
    """The same for figures of hidden facts that have the marker by which readers see these."""
    fact = " AND ".join(f"h.{name} = s.{name}" for name in FACT)
    run(
        f"""UPDATE {STAGED} AS s SET outcome = %s WHERE s.upload_id = %s AND s.marker = %s
        AND s.outcome IN ('{Outcome.CHANGED}', '{Outcome.BARRED}')
        AND EXISTS (SELECT 1 FROM {SUPPRESSED} AS h WHERE {fact})""",
        [Outcome.UNCHANGED, upload.pk, marker],
    )


def doubt(upload: Upload, why: str, places: Sequence[int]) -> None:
    """Marks figures with what is doubtful about them."""
    for some in _some(places):
        run(
            f"UPDATE {STAGED} SET doubt = %s WHERE upload_id = %s AND place IN ({_marks(some)})",
            [why, upload.pk, *some],
        )


def compare(upload: Upload, *, columns: Iterable[str], protected: Sequence[int]) -> None:
    """Writes to every staged figure what stands now of its fact, and what publishing would do.

    `columns` are those of ours that the file has; what it has no column for stays as it stands where the figure itself
    is the same, and goes with the old figure where it is not. `protected` are the ids of areas whose standing figures
    this person may not change.
    """
    _analyse()
    spoken = {field for column in columns for field in SPOKEN_FOR.get(column, ())}
    beside = [name for name in (*NUMBERS, *TEXTS) if name not in ("value", "marker")]
    agree = {name: _agrees(name) for name in (*NUMBERS, *TEXTS)}
    same_figure = f"({agree['value']} AND {agree['marker']})"
    kept = [
        f'"{name}" = CASE WHEN {same_figure}{f" AND {agree[name]}" if name in spoken else ""}'
        f' THEN v."{name}" ELSE s."{name}" END'
        for name in (*beside, "value")
    ]
    everything = " AND ".join([same_figure, *(agree[name] for name in beside if name in spoken)])
    barred = f"s.area_id IN ({', '.join(map(str, protected))})" if protected else "1 = 0"
    run(
        f"""UPDATE {STAGED} AS s SET standing_id = v.id, {", ".join(kept)},
        outcome = CASE WHEN {everything} THEN '{Outcome.UNCHANGED}' WHEN {barred} THEN '{Outcome.BARRED}'
        ELSE '{Outcome.CHANGED}' END
        FROM {VALUES} AS v WHERE s.upload_id = %s AND {_same_fact()}""",
        [upload.pk],
    )


def _agrees(name: str) -> str:
    """Whether a field says the same: whole numbers exactly, others to the precision of a spreadsheet."""
    old, new = f'v."{name}"', f's."{name}"'
    if name in TEXTS:
        return f"{old} = {new}"
    whole = f"({old} = CAST({old} AS BIGINT) AND {new} = CAST({new} AS BIGINT))"
    near = f"(ABS({old} - {new}) <= {SPREADSHEET_PRECISION} * ABS({old}) AND NOT {whole})"
    return f"(({old} IS NULL AND {new} IS NULL) OR COALESCE({old} = {new} OR {near}, 1 = 0))"


def _same_fact() -> str:
    """Stands the joined value, of the fact of the staged figure?"""
    return " AND ".join(["v.is_current", *(f"v.{name} = s.{name}" for name in FACT)])


def is_as_compared(upload: Upload) -> bool:
    """Whether the same figures stand as when they were compared. A figure never changes, so its id says it all."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT 1 FROM {STAGED} AS s LEFT JOIN {VALUES} AS v ON {_same_fact()}
            WHERE s.upload_id = %s AND COALESCE(s.standing_id, 0) <> COALESCE(v.id, 0) LIMIT 1""",
            [upload.pk],
        )
        return cursor.fetchone() is None


def counts(upload: Upload) -> dict[str, int]:
    """How many staged figures have each outcome, by the name of the outcome."""
    found = dict(upload.staged.values_list("outcome").annotate(Count("pk")).order_by())
    return {outcome.name.lower(): found.get(outcome.value, 0) for outcome in Outcome}


def doubtful(upload: Upload) -> int:
    """How many of the figures that publishing would write are doubtful."""
    return upload.staged.filter(outcome__in=[Outcome.ADDED, Outcome.CHANGED]).exclude(doubt="").count()


def history(upload: Upload, *, first: date, last: date, fewer_than: int) -> Iterator[tuple]:
    """What stands, within these days, of the series that the file has some figures of, but fewer than so many.

    A row is indicator, area, breakdown, start, end and value.
    """
    series = ("indicator_id", "area_id", "breakdown")
    joined = " AND ".join(f"v.{name} = t.{name}" for name in series)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT v.indicator_id, v.area_id, v.breakdown, v.period_start, v.period_end, v.value
            FROM (SELECT {", ".join(series)} FROM {STAGED} WHERE upload_id = %s
                  GROUP BY {", ".join(series)} HAVING COUNT(*) < %s) AS t
            JOIN {VALUES} AS v ON {joined}
            WHERE v.is_current AND v.value IS NOT NULL AND v.period_end BETWEEN %s AND %s""",
            [upload.pk, fewer_than, first, last],
        )
        yield from cursor


def replaced(upload: Upload) -> list[tuple[int, float]]:
    """The places of the figures that would change a number, and that number."""
    changed = upload.staged.filter(outcome=Outcome.CHANGED, standing__value__isnull=False)
    return list(changed.values_list("place", "standing__value"))


def run(statement: str, parameters: Sequence) -> int:
    """How many rows the statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def _analyse() -> None:
    """PostgreSQL plans by what it knows of a table, and knows nothing of one that was filled just now."""
    if connection.vendor == "postgresql":
        run(f"ANALYZE {STAGED}", [])


def _some(items: Iterable) -> Iterator[list]:
    source = iter(items)
    while some := list(islice(source, PLACES_AT_ONCE)):
        yield some


def _marks(items: Sequence) -> str:
    return ", ".join(["%s"] * len(items))
