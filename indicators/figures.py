"""A figure as a page shows it: its text, and what a program needs to know which figure it is."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext

from indicators.numbers import marker_words, number_text, plain_number, rounded, with_unit
from indicators.series import Point, Series

PERCENT, COUNT = "%", "count"
FLAGS = {
    "p": gettext_lazy("provisional"),
    "r": gettext_lazy("revised"),
    "e": gettext_lazy("estimated"),
    "b": gettext_lazy("break in series"),
    "u": gettext_lazy("low reliability"),
}


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What must be known of an indicator to show its figures and to judge them.

    `counted` is what a proportion is a share of, in the words of its unit ("pupils"); empty where these do not tell.
    """

    code: str
    unit: str = ""
    decimals: int = 1
    polarity: str = "none"
    value_type: str = "other"
    multiplier: float = 1
    counted: str = ""

    @property
    def is_count(self) -> bool:
        return self.value_type == COUNT

    def shown(self, value: float) -> float:
        """The number as a reader sees it. What looks the same to a reader is judged the same."""
        return rounded(value, self.decimals)

    def bare_text(self, value: float) -> str:
        return number_text(value, self.decimals)

    def text(self, value: float) -> str:
        return with_unit(self.bare_text(value), self.unit)

    def difference_text(self, difference: float) -> str:
        """A difference, without its sign: "2.1 percentage points", "0.4 per 1,000"."""
        if self.unit == PERCENT:
            number = self.bare_text(abs(difference))
            text = ngettext("%(number)s percentage point", "%(number)s percentage points", 1 if number == "1" else 2)
            return text % {"number": number}
        return self.text(abs(difference))


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with its text. `value` is the number as stored, written for programs; empty where there is none."""

    indicator: str
    area: str
    period: str
    breakdown: str
    value: str
    marker: str
    text: str
    title: str = ""


def data_attributes(figure: Figure, **more: str) -> SafeString:
    """What a program reads at an element that shows the figure; `more` of it by name ("target_status")."""
    names = {name: getattr(figure, name) for name in ("indicator", "area", "period", "breakdown", "value", "marker")}
    return SafeString(
        "".join(f' data-{name.replace("_", "-")}="{escape(text)}"' for name, text in (names | more).items())
    )


def no_figure(series: Series) -> Figure:
    """What stands for a series without any figure."""
    return Figure(series.indicator, series.area, "", series.breakdown, "", "", "")


def figure(series: Series, point: Point, yardstick: Yardstick, *, unit: bool = True) -> Figure:
    """`unit` is False in a table whose head names the unit."""
    number = (yardstick.text if unit else yardstick.bare_text)(point.value) if point.is_number else ""
    return Figure(
        indicator=series.indicator,
        area=series.area,
        period=point.period.label,
        breakdown=series.breakdown,
        value=plain_number(point.value) if point.is_number else "",
        marker=point.marker,
        text=number or marker_words(point.marker),
        title=flag_words(point.flags),
    )


def flag_words(flags: str) -> str:
    """What the letters beside a number say: "provisional, estimated"."""
    return ", ".join(str(FLAGS[letter]) for letter in flags if letter in FLAGS)
