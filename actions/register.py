"""The register of a partnership's key actions: which ones there are, and which one an address means."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.http import urlencode

from actions.models import ENDED_STATUSES, KeyAction, Milestone, Status, StatusUpdate
from actions.workload import Window, bounds
from outcomes.models import Element, Measure
from partnerships.models import Partnership, User

# In place of an organisation's code: the actions that none has taken on.
NO_OWNER = "none"
# As they stand on the plan on a page: by element, those of the strategy as a whole last.
IN_ORDER_OF_THE_PLAN = (
    "strategy__position",
    "strategy__title",
    F("element__level__depth").asc(nulls_last=True),
    F("element__level__position").asc(nulls_last=True),
    F("element__parent__position").asc(nulls_first=True),
    F("element__position").asc(nulls_last=True),
    "position",
    "pk",
)


def of_partnership(partnership: Partnership) -> QuerySet[KeyAction]:
    """The standing actions of all its strategies, in the strategies' order, with what a list shows of each.

    `shares_code` tells that another of its strategies has an action of the same code.
    """
    namesakes = (
        KeyAction.objects.standing()
        .filter(strategy__partnership=partnership, code=OuterRef("code"))
        .exclude(strategy=OuterRef("strategy"))
    )
    return (
        KeyAction.objects.standing()
        .filter(strategy__partnership=partnership)
        .select_related("strategy", "element__level", "owner", "lead")
        .annotate(shares_code=Exists(namesakes))
        .order_by(*IN_ORDER_OF_THE_PLAN)
    )


def with_last_update(actions: QuerySet[KeyAction]) -> QuerySet[KeyAction]:
    """Adds `updated_at`: when the action was last reported on, or None."""
    latest = StatusUpdate.objects.filter(action=OuterRef("pk")).order_by("-version")
    return actions.annotate(updated_at=Subquery(latest.values("made_at")[:1]))


def with_milestones(actions: QuerySet[KeyAction]) -> QuerySet[KeyAction]:
    """Adds `standing_milestones`, in the order of the plan, each with the update it was reached in."""
    milestones = Milestone.objects.standing().select_related("reached_in__made_by")
    return actions.prefetch_related(Prefetch("milestones", milestones, to_attr="standing_milestones"))


def narrowed(
    actions: QuerySet[KeyAction], *, status: str = "", owner: str = "", due: str = "", today: date
) -> QuerySet[KeyAction]:
    """The actions with that status, owner (an organisation's code or NO_OWNER) and due date (a Window's word)."""
    if status:
        actions = actions.filter(status=status)
    if owner:
        actions = actions.filter(owner=None) if owner == NO_OWNER else actions.filter(owner__code=owner)
    if due == Window.NONE.value:
        return actions.filter(due_on=None)
    if due:
        start, end = bounds(Window(due), today)
        actions = actions.filter(due_on__lte=end)
        actions = actions.filter(due_on__gte=start) if start else actions.exclude(status__in=ENDED_STATUSES)
    return actions


def counts_by_status(partnership: Partnership) -> list[tuple[Status, int]]:
    """How many standing actions have each status, in the order of Status, none left out."""
    rows = KeyAction.objects.standing().filter(strategy__partnership=partnership).order_by()
    counts = dict(rows.values_list("status").annotate(Count("pk")))
    return [(status, counts.get(status.value, 0)) for status in Status]


def owed_by(user: User, partnership: Partnership) -> QuerySet[KeyAction]:
    """The actions that a person leads and that have not ended."""
    return with_milestones(of_partnership(partnership).filter(lead=user).exclude(status__in=ENDED_STATUSES))


def without_lead(partnership: Partnership) -> QuerySet[KeyAction]:
    """The actions that have not ended and that nobody leads."""
    return with_milestones(of_partnership(partnership).filter(lead=None).exclude(status__in=ENDED_STATUSES))


def find(partnership: Partnership, code: str, *, strategy: str = "") -> KeyAction | None:
    """The standing action that an address means.

    A code is unique in its strategy only. Where two strategies of a partnership share one, the address says which
    by the strategy's slug; without it the first strategy by position has precedence.
    """
    actions = with_milestones(of_partnership(partnership).filter(code=code))
    # Compared here, not there: what somebody wrote into an address may be nothing that a database takes.
    return next((action for action in actions if not strategy or action.strategy.slug == strategy), None)


def address(action: KeyAction, partnership: Partnership, *, page: str = "action") -> str:
    """Where an action of this register, or another page of it by name, is found. Names the strategy only if it must."""
    path = reverse(page, args=[partnership.slug, action.code])
    return f"{path}?{urlencode({'strategy': action.strategy.slug})}" if action.shares_code else path


def measures_moved_by(action: KeyAction) -> list[Measure]:
    """The measures an action is meant to move: those of the element it serves or, where that has none, of the nearest
    element above it, in the end of the strategy as a whole.
    """
    chain: list[int | None] = [None]
    element = action.element
    while element is not None:
        chain.insert(-1, element.pk)
        element = element.parent
    measures = Measure.objects.standing().filter(strategy=action.strategy).select_related("indicator")
    by_element = {pk: [measure for measure in measures if measure.element_id == pk] for pk in chain}
    return next((found for found in by_element.values() if found), [])


def served_elsewhere(action: KeyAction) -> list[Element]:
    """What the action's element serves in turn, elsewhere in its strategy or in another of the same partnership."""
    if action.element is None:
        return []
    served = action.element.serves.standing().filter(strategy__partnership=action.strategy.partnership_id)
    return list(served.select_related("level", "strategy"))
