"""What somebody owes, and by when: thinking over rows, without a database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Where nobody announces the next release, figures are late once two of their intervals have gone by without any.
INTERVALS_BEFORE_LATE = 2
DAYS_IN_A_MONTH = 30.44


@dataclass(frozen=True)
class Step:
    """A milestone: something with its own date on the way to an action's end."""

    title: str
    due_on: date | None
    is_reached: bool


@dataclass(frozen=True)
class Duty:
    """What is owed next on one action. `due_on` is the earlier of the next step's date and the action's own."""

    next_step: Step | None
    due_on: date | None
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def timing(self) -> str:
        return timing_words(self.days_left)

    @property
    def urgency(self) -> tuple[bool, date]:
        """Sorts the most urgent first; what has no date comes last."""
        return (self.due_on is None, self.due_on or date.max)


def duty(*, due_on: date | None, steps: Iterable[Step], today: date) -> Duty:
    """What is owed on an action that is due then and has those steps, in the order of its plan."""
    open_steps = [step for step in steps if not step.is_reached]
    next_step = min(open_steps, key=lambda step: step.due_on or date.max, default=None)
    dates = [day for day in (due_on, next_step and next_step.due_on) if day]
    earliest = min(dates, default=None)
    return Duty(next_step, earliest, (earliest - today).days if earliest else None)


def timing_words(days_left: int | None) -> str:
    if days_left is None:
        return _("no date set")
    if days_left == 0:
        return _("due today")
    if days_left < 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", -days_left) % {"days": -days_left}
    return ngettext("due in %(days)d day", "due in %(days)d days", days_left) % {"days": days_left}


class Window(Enum):
    """The spans of time that the list of actions can be narrowed to, by the word in its address."""

    OVERDUE = "overdue"
    MONTH = "month"
    QUARTER = "quarter"
    NONE = "none"


# A month and a quarter are counted from today, so that the answer does not jump on the first of a month.
DAYS_OF_WINDOW = {Window.MONTH: 30, Window.QUARTER: 90}


def bounds(window: Window, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of a window, both included; None is open. NONE has neither: no date at all."""
    if window is Window.OVERDUE:
        return None, today - timedelta(days=1)
    if window in DAYS_OF_WINDOW:
        return today, today + timedelta(days=DAYS_OF_WINDOW[window])
    return None, None


@dataclass(frozen=True)
class Series:
    """What is known of one indicator's figures in a partnership. `frequency` is in the words of the catalogue."""

    code: str
    name: str
    frequency: str
    next_update_on: date | None
    note: str
    latest_period_end: date | None
    published_on: date | None


@dataclass(frozen=True)
class FiguresDue:
    """Figures to look for. `is_announced`: the publisher's date has passed; otherwise they are merely old."""

    series: Series
    since: date
    is_announced: bool

    @property
    def reason(self) -> str:
        if self.is_announced:
            return _("New figures were announced for %(day)s.") % {"day": date_format(self.since, "j F Y")}
        return _("The latest figures run to %(end)s, which is old for figures that are %(frequency)s.") % {
            "end": date_format(self.series.latest_period_end, "j F Y"),
            "frequency": self.series.frequency,
        }


def figures_due(series: Iterable[Series], *, today: date) -> list[FiguresDue]:
    """What to look for, longest due first: first what a publisher announced, then what is merely old."""
    found = [due for one in series if (due := _due(one, today))]
    return sorted(found, key=lambda due: (not due.is_announced, due.since, due.series.name))


def _due(series: Series, today: date) -> FiguresDue | None:
    announced = series.next_update_on
    if announced and announced <= today and (series.published_on is None or series.published_on < announced):
        return FiguresDue(series, announced, is_announced=True)
    months = months_between_releases(series.frequency)
    if (announced and announced > today) or months is None or series.latest_period_end is None:
        return None
    late_from = series.latest_period_end + timedelta(days=round(INTERVALS_BEFORE_LATE * months * DAYS_IN_A_MONTH))
    return FiguresDue(series, late_from, is_announced=False) if late_from < today else None


def months_between_releases(frequency: str) -> int | None:
    """Reads the catalogue's words: "annual", "quarterly", "every two years", "three-year rolling" (each year)."""
    words = frequency.lower()
    if re.search(r"\b(every two|every second|biennial)", words):
        return 24
    if "quarter" in words:
        return 3
    if "month" in words:
        return 1
    return 12 if re.search(r"\b(annual|year|yearly|rolling)", words) else None
