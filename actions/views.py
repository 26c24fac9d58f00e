"""The pages of actions: the register, one action, reporting on it, and what somebody owes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions import figures, history, register, updates, workload
from actions.forms import ActionFilterForm, StatusUpdateForm
from actions.models import ENDED_STATUSES, KeyAction, Milestone
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership

ACTIONS_ON_A_PAGE = 50


@access.requires(Level.BOARD)
@require_safe
def action_list(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    today = timezone.localdate()
    filters = ActionFilterForm(request.GET, partnership=partnership)
    chosen = filters.chosen()
    actions = register.narrowed(register.of_partnership(partnership), today=today, **chosen)
    page = Paginator(register.with_last_update(actions), ACTIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    counts = register.counts_by_status(partnership)
    context = {
        "crumbs": [*_home(partnership), (_("Actions"), "")],
        "filters": filters,
        "ignored": filters.ignored(),
        "is_narrowed": any(chosen.values()),
        "counts": counts,
        "total": sum(count for _status, count in counts),
        "page": page,
        "shown": page.paginator.count,
        "rows": [_listed(action, partnership, today) for action in page],
    }
    return render(request, "actions/list.html", context)


@access.requires(Level.BOARD)
@require_safe
def action_detail(request: HttpRequest, partnership: Partnership, action: str) -> HttpResponse:
    found = _find(request, partnership, action)
    today = timezone.localdate()
    context = {
        **_page_of(found, partnership),
        "history": history.of_action(found)[::-1],
        "duty": _duty(found, today, milestones=[]),
        "today": today,
        "measures": register.measures_moved_by(found),
        "elsewhere": register.served_elsewhere(found),
        "update_address": register.address(found, partnership, page="action-update"),
    }
    return render(request, "actions/detail.html", context)


@access.requires(Level.OFFICER)
@require_http_methods(["GET", "POST"])
def action_update(request: HttpRequest, partnership: Partnership, action: str) -> HttpResponse:
    found = _find(request, partnership, action)
    post_to = register.address(found, partnership, page="action-update")
    if request.method == "GET":
        form = StatusUpdateForm(action=found, post_to=post_to)
        return render(request, "actions/update.html", {**_page_of(found, partnership), "form": form})
    prefix = StatusUpdateForm.prefix_for(found, request.POST)
    form = StatusUpdateForm(request.POST, action=found, post_to=post_to, prefix=prefix)
    if not form.is_valid():
        return render(request, "actions/update.html", {**_page_of(found, partnership), "form": form})
    try:
        updates.record(action=found, by=request.user, **form.report())
    except updates.Conflict as conflict:
        return _conflict_page(request, partnership, form, conflict)
    messages.success(request, _("Saved: %(action)s") % {"action": found.title})
    return redirect(_after(form, found, partnership))


@access.requires(Level.BOARD)
@require_safe
def mine(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """What the person owes. `open` in the address is the action whose form stands open, by its number."""
    today = timezone.localdate()
    owed = _by_urgency(register.owed_by(request.user, partnership), today)
    unled = _by_urgency(register.without_lead(partnership), today) if request.access.may_administer else []
    due = workload.figures_due(figures.in_use(partnership), today=today) if request.access.may_update else []
    context = {
        "crumbs": [*_home(partnership), (_("What I owe"), "")],
        "owed": _with_forms(owed, partnership, request.GET.get("open", "")),
        "unled": [_Owed(action, duty, register.address(action, partnership)) for action, duty in unled],
        "overdue": sum(duty.is_overdue for _action, duty in owed),
        "announced": [one for one in due if one.is_announced],
        "old": [one for one in due if not one.is_announced],
        "today": today,
    }
    return render(request, "actions/mine.html", context)


@dataclass(frozen=True)
class _Owed:
    """One action of a list, with what is owed on it and, where it can be reported on in place, the form."""

    action: KeyAction
    duty: workload.Duty
    address: str
    form: StatusUpdateForm | None = None
    is_open: bool = False


def _home(partnership: Partnership) -> list[tuple[str, str]]:
    return [(partnership.short_name, partnership.get_absolute_url())]


def _find(request: HttpRequest, partnership: Partnership, code: str) -> KeyAction:
    found = register.find(partnership, code, strategy=request.GET.get("strategy", ""))
    if found is None:
        raise Http404(_("There is no such action."))
    return found


def _page_of(action: KeyAction, partnership: Partnership) -> dict:
    address = register.address(action, partnership)
    list_address = reverse("actions", args=[partnership.slug])
    return {
        "action": action,
        "address": address,
        "crumbs": [*_home(partnership), (_("Actions"), list_address), (action.title, "")],
    }


def _listed(action: KeyAction, partnership: Partnership, today: date) -> _Owed:
    return _Owed(action, _duty(action, today, milestones=[]), register.address(action, partnership))


def _duty(action: KeyAction, today: date, *, milestones: Iterable[Milestone] | None = None) -> workload.Duty:
    """What is owed next; nothing on an action that has ended."""
    if action.status in ENDED_STATUSES:
        return workload.duty(due_on=None, steps=[], today=today)
    steps = [
        workload.Step(milestone.title, milestone.due_on, milestone.reached_in_id is not None)
        for milestone in (action.standing_milestones if milestones is None else milestones)
    ]
    return workload.duty(due_on=action.due_on, steps=steps, today=today)


def _by_urgency(actions: Iterable[KeyAction], today: date) -> list[tuple[KeyAction, workload.Duty]]:
    return sorted(((action, _duty(action, today)) for action in actions), key=lambda row: row[1].urgency)


def _with_forms(owed: list[tuple[KeyAction, workload.Duty]], partnership: Partnership, opened: str) -> list[_Owed]:
    """Each action with its own form, which names the action to open after it."""
    rows = []
    for (action, duty), following in zip_longest(owed, owed[1:]):
        form = StatusUpdateForm(
            action=action,
            post_to=register.address(action, partnership, page="action-update"),
            prefix=StatusUpdateForm.prefix_for(action),
            initial={"next": "mine", "then": following[0].pk if following else None},
        )
        address = register.address(action, partnership)
        rows.append(_Owed(action, duty, address, form, is_open=str(action.pk) == opened))
    return rows


def _conflict_page(
    request: HttpRequest, partnership: Partnership, form: StatusUpdateForm, conflict: updates.Conflict
) -> HttpResponse:
    current = register.with_milestones(register.of_partnership(partnership)).get(pk=conflict.current.pk)
    context = {
        **_page_of(current, partnership),
        "form": form.on_top_of(current, conflict.since),
        "since": conflict.since,
    }
    return render(request, "actions/conflict.html", context, status=409)


def _after(form: StatusUpdateForm, action: KeyAction, partnership: Partnership) -> str:
    """Back to where the form was filled in, with the next action open."""
    if form.cleaned_data["next"] != "mine":
        return register.address(action, partnership)
    mine = reverse("mine", args=[partnership.slug])
    then = form.cleaned_data["then"]
    return f"{mine}?open={then}#action-{then}" if then else mine
