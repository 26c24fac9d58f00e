"""The dashboard: how every measure of a strategy stands in one area, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actions import register
from actions.models import KeyAction
from indicators import charts, sources, standings, summaries, versions
from indicators.charts import Dot, Spark, Spread
from indicators.comparators import Comparator
from indicators.sources import SourceLine
from indicators.standing import Place, Places, Standing
from indicators.standings import Question, Surroundings
from indicators.territory import Territory
from outcomes import measures
from outcomes.measures import MeasureGroup
from outcomes.models import Measure, Origin, Strategy
from partnerships.models import Area


@dataclass(frozen=True)
class Row:
    """One measure. A measure told in words has neither standing nor pictures.

    `sentence` says what the figures support beyond themselves, and is empty where that is nothing.
    `history` is the address of all versions of its latest figure, empty where there is none.
    """

    measure: Measure
    address: str
    history: str
    standing: Standing | None
    sentence: str
    spark: Spark | None
    spread: Spread | None
    spread_period: str
    is_new: bool
    is_demonstration: bool


@dataclass(frozen=True)
class Head:
    """Of a column: its word, how wide the column is, and where the word is explained."""

    text: str
    width: str = ""
    address: str = ""


@dataclass(frozen=True)
class RowAction:
    """A key action meant to move the measures of a group; `address` is empty for a reader who may not open it."""

    action: KeyAction
    address: str
    due: str
    is_demonstration: bool


@dataclass(frozen=True)
class Group:
    """The measures of one element, or of the strategy as a whole (element None)."""

    code: str
    title: str
    word: str
    trail: tuple[str, ...]
    is_demonstration: bool
    rows: tuple[Row, ...]
    actions: tuple[RowAction, ...]


@dataclass(frozen=True)
class Dashboard:
    strategy: Strategy
    area: Area
    comparator: Comparator | None
    as_known_on: date | None
    summary: str
    heads: tuple[Head, ...]
    groups: tuple[Group, ...]
    sources: tuple[SourceLine, ...]


def dashboard(
    strategy: Strategy,
    area: Area,
    territory: Territory,
    *,
    comparator: Comparator | None,
    as_known_on: date | None = None,
    seen_since: datetime | None = None,
    is_member: bool = False,
) -> Dashboard:
    """How the strategy's measures stand in an area of the territory, loaded with its ancestors. Ten queries.

    `comparator` is what they are compared with, None for a nation. `as_known_on` draws it as it was known at the end of
    that day. Figures published after `seen_since` are marked new. `is_member` tells whether the reader may open actions
    and uploaded files.
    """
    groups = measures.groups_of(strategy)
    wanted = [one for group in groups for one in group.measures]
    shown = [one for one in wanted if one.measure.indicator]
    has_targets = area in territory.footprint
    answers = standings.standings(
        [Question(one.measure.indicator, one.measure.breakdown, one.aim if has_targets else None) for one in shown],
        area,
        Surroundings(comparator, territory.peers_of(area), territory.wholes),
        as_known_on=as_known_on,
        today=as_known_on or timezone.localdate(),
    )
    found = {one.measure.pk: standing for one, standing in zip(shown, answers.standings, strict=True)}
    setting = _Setting(area, as_known_on, seen_since)
    rows = {one.measure.pk: _row(one.measure, found.get(one.measure.pk), setting) for one in wanted}
    actions = _actions(strategy, is_member)
    return Dashboard(
        strategy=strategy,
        area=area,
        comparator=comparator,
        as_known_on=as_known_on,
        summary=summaries.page_sentence(answers.standings),
        heads=_heads(comparator),
        groups=tuple(_group(group, rows, actions) for group in groups),
        sources=sources.lines(
            {one.measure.indicator for one in shown}, answers.figures, strategy.partnership, originals_open=is_member
        ),
    )


@dataclass(frozen=True)
class _Setting:
    """What all rows of a dashboard share."""

    area: Area
    as_known_on: date | None
    seen_since: datetime | None


def _row(measure: Measure, found: Standing | None, setting: _Setting) -> Row:
    is_demonstration = measure.origin == Origin.DEMONSTRATION
    if found is None:
        return Row(measure, "", "", None, "", None, None, "", is_new=False, is_demonstration=is_demonstration)
    return Row(
        measure=measure,
        address=indicator_address(measure, setting.area, setting.as_known_on),
        history=_history_address(measure, found, setting.as_known_on),
        standing=found,
        sentence=summaries.sentence(found) if summaries.claims_something(found) else "",
        spark=charts.spark(found.series, found.yardstick),
        spread=_spread(found.places),
        spread_period=found.places.period if found.places else "",
        is_new=bool(setting.seen_since and found.source and found.source.published_at > setting.seen_since),
        is_demonstration=is_demonstration,
    )


def indicator_address(measure: Measure, area: Area, as_known_on: date | None = None) -> str:
    """The page of the measure's indicator, open at this area and at the measure's own targets, drawn for that day."""
    query = {"area": area.code, "breakdown": measure.breakdown, "strategy": measure.strategy.slug}
    return _address("indicator", measure, query, as_known_on)


def _history_address(measure: Measure, found: Standing, as_known_on: date | None) -> str:
    newest = found.series.newest
    if newest is None:
        return ""
    query = {"area": found.series.area, "period": versions.days_of(newest.period), "breakdown": measure.breakdown}
    return _address("history", measure, query, as_known_on)


@lru_cache(maxsize=10_000)
def _path(page: str, partnership: str, indicator: str) -> str:
    """Looked up once: two of them stand in every row."""
    return reverse(page, args=[partnership, indicator])


def _address(page: str, measure: Measure, query: Mapping[str, str], as_known_on: date | None) -> str:
    path = _path(page, measure.strategy.partnership.slug, measure.indicator.code)
    query = {**query, "as_known_on": as_known_on.isoformat() if as_known_on else ""}
    return f"{path}?{urlencode({name: text for name, text in query.items() if text})}"


def _spread(places: Places | None) -> Spread | None:
    if places is None:
        return None
    dots = [_dot(place) for place in places.places]
    return charts.spread(dots, _dot(places.benchmark) if places.benchmark else None, places.period)


def _dot(place: Place) -> Dot:
    return Dot(f"{place.name} {place.text}", place.value, place.is_this)


def _heads(comparator: Comparator | None) -> tuple[Head, ...]:
    against = _("Against %(name)s") % {"name": comparator.full_name} if comparator else _("Against the nation")
    method = reverse("method")
    return (
        Head(_("Measure"), "measure"),
        Head(_("Latest figure"), "figure", f"{method}#interval"),
        Head(_("Over time"), "picture"),
        Head(_("Trend"), address=f"{method}#trend"),
        Head(_("Against target"), address=f"{method}#target"),
        Head(against, address=f"{method}#comparison"),
        Head(_("Beside other areas"), "strip", f"{method}#rank"),
    )


def _group(group: MeasureGroup, rows: Mapping[int, Row], actions: Mapping[int | None, Sequence[RowAction]]) -> Group:
    element = group.element
    return Group(
        code=element.code if element else "strategy",
        title=element.title if element else _("The strategy as a whole"),
        word=element.level.word if element else "",
        trail=tuple(above.title for above in group.trail),
        is_demonstration=element is not None and element.origin == Origin.DEMONSTRATION,
        rows=tuple(rows[one.measure.pk] for one in group.measures),
        actions=tuple(action for pk in group.moved_from for action in actions.get(pk, ())),
    )


def _actions(strategy: Strategy, is_member: bool) -> dict[int | None, list[RowAction]]:
    """By the element that each serves. One query."""
    found: dict[int | None, list[RowAction]] = defaultdict(list)
    for action in register.of_partnership(strategy.partnership).filter(strategy=strategy).select_related(None):
        action.strategy = strategy
        due = _("due %(day)s") % {"day": date_text(action.due_on, "j F Y")} if action.due_on else ""
        address = register.address(action, strategy.partnership) if is_member else ""
        row = RowAction(action, address, due, is_demonstration=action.origin == Origin.DEMONSTRATION)
        found[action.element_id].append(row)
    return found
