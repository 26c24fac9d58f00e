"""Names of columns, until tables.py offers them."""

from collections.abc import Sequence

from indicators.tables import Row


def clean_name(text: str) -> str:
    return " ".join(text.split())


def header_names(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(clean_name(" ".join(parts)) for parts in zip(*(row.cells for row in rows), strict=False))
