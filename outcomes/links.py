"""What delivers what: the links between strategies, and between elements, in both directions."""

from dataclasses import dataclass

from django.db.models import F, Model, Q, QuerySet, Value

from outcomes.models import Element, Strategy
from partnerships.models import Partnership


@dataclass(frozen=True)
class End:
    """One end of a link: an element, or with `code` and `element` empty a whole strategy."""

    partnership: str
    slug: str
    strategy: str
    code: str
    element: str


@dataclass(frozen=True)
class Link:
    """`source` delivers `goal`."""

    source: End
    goal: End


def of_strategy(strategy: Strategy, *, visible: QuerySet[Partnership]) -> list[Link]:
    """Every link from or to the strategy or one of its elements whose other end is in a partnership that the reader
    may know of. Retired elements have none. One query.
    """
    whole = _rows(Strategy.serves.through, "strategy", None, "element", visible)
    parts = _rows(Element.serves.through, "from_element__strategy", "from_element", "to_element", visible)
    rows = whole.filter(_touches(strategy, "strategy", "element")).union(
        parts.filter(_touches(strategy, "from_element__strategy", "to_element")), all=True
    )
    return [Link(End(*row[2:7]), End(*row[7:])) for row in sorted(rows, key=_place)]


def _place(row: tuple) -> tuple:
    """By strategy, and within one as its elements stand in it."""
    source_position, goal_position, *ends = row
    return ends[:3], source_position, ends[5:8], goal_position, ends


def _touches(strategy: Strategy, source: str, goal: str) -> Q:
    return Q(**{source: strategy}) | Q(**{f"{goal}__strategy": strategy})


def _rows(through: type[Model], source: str, source_element: str | None, goal: str, visible: QuerySet) -> QuerySet:
    """Rows of the positions of source and goal, and the ten fields of two Ends."""
    rows = through.objects.filter(
        **{
            f"{source}__partnership__in": visible,
            f"{goal}__strategy__partnership__in": visible,
            f"{goal}__retired_at__isnull": True,
        }
    )
    if source_element:
        rows = rows.filter(**{f"{source_element}__retired_at__isnull": True})
    whole = {"position": Value(0), "code": Value(""), "title": Value("")}
    own = {name: F(f"{source_element}__{name}") if source_element else empty for name, empty in whole.items()}
    strategy_fields = ("partnership__slug", "slug", "title")
    return rows.annotate(**{f"source_{name}": field for name, field in own.items()}).values_list(
        *("source_position", f"{goal}__position"),
        *(f"{source}__{name}" for name in strategy_fields),
        *("source_code", "source_title"),
        *(f"{goal}__strategy__{name}" for name in strategy_fields),
        *(f"{goal}__code", f"{goal}__title"),
    )
