"""Brings whole columns into a table: by COPY on PostgreSQL, by executemany on SQLite."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

import numpy as np
from django.db import connection, transaction

# PostgreSQL's COPY in its text form.
NOTHING = r"\N"
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
Column = np.ndarray | Sequence[int] | Sequence[str] | int | str


def bring(table: str, columns: Mapping[str, Column]) -> None:
    """All or nothing. A column is an array (NaN is nothing), a list of numbers or of texts, or one for every row."""
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "postgresql":
        lines = io.StringIO("\n".join(map("\t".join, zip(*_copied(columns.values()), strict=False))))
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)
    else:
        marks = ", ".join(["%s"] * len(columns))
        rows = zip(*_bound(columns.values()), strict=False)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _bound(columns: Iterable[Column]) -> Iterator[Iterable]:
    for column in columns:
        if isinstance(column, np.ndarray):
            numbers = column.tolist()
            yield [None if number != number else number for number in numbers] if np.isnan(column).any() else numbers
        else:
            yield repeat(column) if isinstance(column, int | str) else column


def _copied(columns: Iterable[Column]) -> Iterator[Iterable[str]]:
    for column in columns:
        if isinstance(column, np.ndarray) and np.isnan(column).any():
            yield [NOTHING if number != number else repr(number) for number in column.tolist()]
        elif isinstance(column, np.ndarray):
            yield map(repr, column.tolist())
        elif isinstance(column, int | str):
            yield repeat(str(column).translate(ESCAPES))
        elif isinstance(column[0], int):
            yield map(str, column)
        else:
            escaped = {text: text.translate(ESCAPES) for text in set(column)}
            yield map(escaped.__getitem__, column)
