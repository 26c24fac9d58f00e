"""Every period of a series as a row of a table: the figure, what it rests on, and the file and row it came in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import versions
from indicators.figures import Figure, Yardstick, figure, flag_words
from indicators.judgement import Benchmark
from indicators.numbers import count_text, number_text
from indicators.series import Point, Series


@dataclass(frozen=True)
class PeriodRow:
    """One period of the area beside its benchmark, with the file and the row that the area's figure came in.

    `days` names the period in an address. The file is that of the partnership with the slug `file_of`; others may know
    its name where that is public. A figure that was summed has no row of its own.
    """

    period: str
    days: str
    figure: Figure
    limits: str
    numerator: str
    denominator: str
    remarks: str
    benchmark: Figure | None
    file: str
    file_of: str
    file_is_public: bool
    row: int


@dataclass(frozen=True)
class PeriodTable:
    """Newest first. `beside` names what stands beside the figures, empty for nothing."""

    rows: tuple[PeriodRow, ...]
    beside: str = ""

    @property
    def benchmark(self) -> str:
        """Its name, where it has a figure for any of the periods."""
        return self.beside if any(row.benchmark for row in self.rows) else ""

    @property
    def has_limits(self) -> bool:
        return any(row.limits for row in self.rows)

    @property
    def has_counts(self) -> bool:
        return any(row.numerator or row.denominator for row in self.rows)


def period_table(series: Series, benchmark: Benchmark | None, stick: Yardstick) -> PeriodTable:
    """`benchmark` is what the area is compared with."""
    beside = benchmark.series if benchmark else None
    rows = tuple(_row(series, point, beside, stick) for point in reversed(series.points))
    return PeriodTable(rows, benchmark.name if benchmark else "")


def _row(series: Series, point: Point, benchmark: Series | None, stick: Yardstick) -> PeriodRow:
    other = benchmark.at(point.period) if benchmark else None
    return PeriodRow(
        period=point.period.label,
        days=versions.days_of(point.period),
        figure=figure(series, point, stick, unit=False),
        limits=limits_text(point, stick),
        numerator="" if point.numerator is None else count_text(point.numerator),
        denominator="" if point.denominator is None else count_text(point.denominator),
        remarks="; ".join(filter(None, [flag_words(point.flags), point.note])),
        benchmark=figure(benchmark, other, stick, unit=False) if other else None,
        file=point.source.file_name if point.source else "",
        file_of=point.source.partnership if point.source else "",
        file_is_public=point.source is not None and point.source.is_public,
        row=point.row,
    )


def limits_text(point: Point, stick: Yardstick) -> str:
    """ "64.0 to 70.9" as published, with an ellipsis for a limit that is not known; empty without limits."""
    if point.lower is None and point.upper is None:
        return ""
    lower, upper = (
        "…" if limit is None else number_text(limit, stick.decimals) for limit in (point.lower, point.upper)
    )
    return _("%(lower)s to %(upper)s") % {"lower": lower, "upper": upper}
