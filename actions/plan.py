"""The actions of a strategy from its file: what they are and when they are due, never how they stand.

Status, progress, completion and version belong to actions.updates; loading a file leaves them as they are, and so does
retiring an action and bringing it back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from actions.models import KeyAction, Milestone
from outcomes import strategytree
from outcomes.differences import Key
from outcomes.models import Strategy
from outcomes.strategies import as_node, upsert
from outcomes.strategytree import StrategyFile
from partnerships.models import Partnership, User
from partnerships.problems import Problem
from partnerships.yamlfile import did_you_mean

STRUCTURE = (
    "element",
    "title",
    "description",
    "owner",
    "lead_title",
    "lead",
    "starts_on",
    "due_on",
    "position",
    "origin",
    "details_origin",
    "retired_at",
)


def with_stored_actions(tree: StrategyFile, strategy: Strategy) -> StrategyFile:
    """The tree of a standing strategy, with the actions that stand under it. Two queries."""
    found: dict[str, tuple[strategytree.Action, ...]] = defaultdict(tuple)
    standing = strategy.actions.standing().select_related("element", "owner", "lead").order_by("position", "pk")
    milestones = _stored_milestones(strategy)
    for action in standing:
        found[action.element.code if action.element else ""] += (
            as_node(
                strategytree.Action,
                action,
                owner=action.owner.code if action.owner else "",
                lead_account=action.lead.email if action.lead else "",
                milestones=milestones[action.pk],
            ),
        )
    placed = tree.with_elements(lambda element: replace(element, actions=found[element.code]))
    return replace(placed, actions=found[""])


def _stored_milestones(strategy: Strategy) -> dict[int, tuple[strategytree.Milestone, ...]]:
    found: dict[int, tuple[strategytree.Milestone, ...]] = defaultdict(tuple)
    standing = Milestone.objects.standing().filter(action__strategy=strategy).order_by("position", "pk")
    for milestone in standing:
        found[milestone.action_id] += (as_node(strategytree.Milestone, milestone),)
    return found


def retired(strategy: Strategy) -> set[Key]:
    """What once stood and went, as outcomes.differences knows it."""
    actions = strategy.actions.filter(retired_at__isnull=False).values_list("code", flat=True)
    milestones = Milestone.objects.filter(action__strategy=strategy, retired_at__isnull=False)
    return {("action", code) for code in actions} | {
        ("milestone", f"{action}/{code}") for action, code in milestones.values_list("action__code", "code")
    }


def problems(tree: StrategyFile, partnership: Partnership) -> Iterator[Problem]:
    """Owners that the partnership does not have."""
    organisations = {*partnership.organisations.values_list("code", flat=True)}
    organisations |= {organisation.code for organisation in tree.organisations}
    for action in tree.all_actions():
        if action.owner and action.owner not in organisations:
            offer = did_you_mean(action.owner, organisations)
            yield action.problem("owner", _("The partnership has no organisation with this code.") + offer)


def without_unknown_leads(tree: StrategyFile) -> tuple[StrategyFile, list[Problem]]:
    """The tree without the accounts that nobody has, and a note for each; the others spelt as they are kept."""
    accounts = _accounts(tree)
    message = _("There is no account with this email address: the action has no lead until this file is loaded again.")
    notes = [
        action.entry.part("lead").problem("account", message)
        for action in tree.all_actions()
        if action.lead_account and action.lead_account.lower() not in accounts
    ]

    def known(action: strategytree.Action) -> strategytree.Action:
        lead = accounts.get(action.lead_account.lower())
        return replace(action, lead_account=lead.email if lead else "")

    return tree.with_actions(known), notes


def _accounts(tree: StrategyFile) -> dict[str, User]:
    """By the email address in small letters."""
    named = {action.lead_account.lower() for action in tree.all_actions() if action.lead_account}
    found = User.objects.filter(is_active=True).alias(small=Lower("email")).filter(small__in=named)
    return {user.email.lower(): user for user in found}


@transaction.atomic
def load(*, tree: StrategyFile, strategy: Strategy, now: datetime) -> None:
    """Brings the actions to what the tree says, in a number of queries that does not grow with it.

    The elements and organisations must be loaded already, and the tree have no problems.
    """
    strategy.actions.standing().update(retired_at=now)
    _write_actions(tree, strategy)
    _write_milestones(tree, strategy, now)


def _write_actions(tree: StrategyFile, strategy: Strategy) -> None:
    elements = dict(strategy.elements.values_list("code", "pk"))
    organisations = dict(strategy.partnership.organisations.values_list("code", "pk"))
    accounts = _accounts(tree)
    rows = [
        KeyAction(
            strategy=strategy,
            code=action.code,
            element_id=None if owner is tree else elements[owner.code],
            title=action.title,
            description=action.description,
            owner_id=organisations.get(action.owner),
            lead_title=action.lead_title,
            lead=accounts.get(action.lead_account.lower()),
            starts_on=action.starts_on,
            due_on=action.due_on,
            position=position,
            origin=action.origin,
            details_origin=action.details_origin,
        )
        for owner in tree.owners()
        for position, action in enumerate(owner.actions)
    ]
    upsert(rows, KeyAction, ("strategy", "code"), STRUCTURE)


def _write_milestones(tree: StrategyFile, strategy: Strategy, now: datetime) -> None:
    """Those of an action that was retired stay with it as they are."""
    keys: Mapping[str, int] = dict(strategy.actions.values_list("code", "pk"))
    Milestone.objects.standing().filter(action__strategy=strategy, action__retired_at__isnull=True).update(
        retired_at=now
    )
    rows = [
        Milestone(
            action_id=keys[action.code],
            code=milestone.code,
            title=milestone.title,
            due_on=milestone.due_on,
            position=position,
        )
        for action in tree.all_actions()
        for position, milestone in enumerate(action.milestones)
    ]
    upsert(rows, Milestone, ("action", "code"), ("title", "due_on", "position", "retired_at"))
