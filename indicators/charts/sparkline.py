"""A spark line: one series, small enough to stand beside its figure."""

from dataclasses import dataclass

from indicators.charts.caption import summary
from indicators.charts.chart import new_series
from indicators.charts.geometry import pixels, scale
from indicators.figures import Yardstick
from indicators.series import Point, Series

WIDTH, HEIGHT, MARGIN = 120, 32, 4


@dataclass(frozen=True)
class Spark:
    """Pixels. Each segment is a "x,y x,y" line; `breaks` are the x where a new series begins; `ends` the last point."""

    width: int
    height: int
    segments: tuple[str, ...]
    breaks: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    sentence: str


def spark(series: Series, yardstick: Yardstick) -> Spark | None:
    """None where there is no number to draw. Points stand at the ends of their periods."""
    numbers = [point for point in series.points if point.is_number]
    if not numbers:
        return None
    across = scale([point.period.end.toordinal() for point in numbers], WIDTH, MARGIN)
    values = scale([point.value for point in numbers], HEIGHT, MARGIN)

    def place(point: Point) -> tuple[str, str]:
        return pixels(across(point.period.end.toordinal())), pixels(HEIGHT - values(point.value))

    runs = [run if len(run) > 1 else run * 2 for run in series.segments]
    breaks = [
        pixels((across(step.before.period.end.toordinal()) + across(step.after.period.end.toordinal())) / 2)
        for step in new_series(series)
    ]
    return Spark(
        WIDTH,
        HEIGHT,
        tuple(" ".join(",".join(place(point)) for point in run) for run in runs),
        tuple(breaks),
        (place(numbers[-1]),),
        summary(series, yardstick),
    )
