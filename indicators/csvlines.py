"""Rows as the lines of a CSV file, one at a time."""

import csv
from collections.abc import Iterable, Iterator


class _Line:
    """What csv writes to: hands back each line as it is written."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    return map(csv.writer(_Line()).writerow, rows)
