"""A whole strategy file, actions and all: compare it with what stands, load it, and write what stands as a file."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions import plan
from outcomes import differences, strategies, strategytext
from outcomes.differences import Row
from outcomes.models import Strategy
from outcomes.strategies import Reachable
from outcomes.strategytree import StrategyFile
from partnerships import access
from partnerships.changes import UNCHANGED, Change, counts
from partnerships.models import Partnership, User
from partnerships.problems import Problem
from partnerships.yamlfile import Rejected, did_you_mean, reject


class NotAsSeen(Exception):
    """Loading the file would no longer do what somebody saw that it would; `loading` says what it would do now."""

    def __init__(self, loading: "Loading"):
        self.loading = loading
        super().__init__()


@dataclass(frozen=True)
class Loading:
    """What loading a file does; the tree is what of the file can be loaded now.

    `notes` say what is left out of it: links and leads that nobody knows yet.
    """

    file: StrategyFile
    tree: StrategyFile
    partnership: Partnership
    strategy: Strategy | None
    links: Reachable
    changes: tuple[Change, ...]
    notes: tuple[Problem, ...]

    @property
    def effective(self) -> list[Change]:
        return [change for change in self.changes if change.kind != UNCHANGED]

    @property
    def digest(self) -> str:
        """The same for the same file as long as loading it changes the same."""
        return sha256(repr((self.file, self.tree, self.changes)).encode()).hexdigest()

    def counts(self) -> str:
        """ "added=N changed=N moved=N retired=N unchanged=N"."""
        return counts(self.changes, differences.KINDS)


def compare(tree: StrategyFile, *, by: User | None, partnership: Partnership | None = None) -> Loading:
    """What loading the file would do, in a fixed number of queries; nothing is written.

    `by` is who loads it, None for the command line: links reach the partnerships that they may see. Where a partnership
    is given, the file must be its own. Raises Rejected with all that the database does not have or cannot give up.
    """
    found = _partnership_of(tree, partnership)
    strategy = strategies.find(found, tree.slug)
    visible = Partnership.objects.all() if by is None else access.visible_partnerships(by)
    links = strategies.reachable(tree, strategy, visible)
    reject(chain(strategies.problems(tree, strategy, links), plan.problems(tree, found)))
    linked, unknown_links = strategies.without_unknown_links(tree, links)
    known, unknown_leads = plan.without_unknown_leads(linked)
    notes = tuple(sorted((*unknown_links, *unknown_leads), key=lambda note: note.line))
    changes = differences.compare(
        _standing_rows(strategy, found, known), differences.rows(known), retired=_retired(strategy)
    )
    return Loading(tree, known, found, strategy, links, changes, notes)


@transaction.atomic
def load(
    tree: StrategyFile, *, by: User | None, partnership: Partnership | None = None, seen: str | None = None
) -> Loading:
    """Loads the file, all or nothing.

    `seen` is the digest of what somebody was shown. Raises NotAsSeen where that is not what would be done now, and
    Rejected as compare does; then nothing is changed.
    """
    # Two who load files of one partnership at once wait for each other.
    Partnership.objects.select_for_update().filter(slug=tree.partnership).first()
    found = compare(tree, by=by, partnership=partnership)
    if seen is not None and seen != found.digest:
        raise NotAsSeen(found)
    now = timezone.now()
    strategy = strategies.load(
        tree=found.tree,
        partnership=found.partnership,
        links=found.links,
        now=now,
        is_change=bool(found.effective),
    )
    plan.load(tree=found.tree, strategy=strategy, now=now)
    if by and found.effective:
        action = CHANGE if found.strategy else ADDITION
        message = _("Strategy file loaded: %(counts)s") % {"counts": found.counts()}
        LogEntry.objects.log_actions(by.pk, [strategy], action, change_message=message, single_object=True)
    return found


def complete(earlier: Loading, *, by: User | None) -> Loading:
    """Loads a file again for what was left out of it, and answers for both loads together."""
    if not earlier.notes:
        return earlier
    later = load(earlier.file, by=by)
    both = zip(earlier.changes, later.changes, strict=False)
    changes = [second if first.kind == UNCHANGED else first for first, second in both]
    return replace(later, changes=(*changes, *earlier.changes[len(changes) :]))


def dump(strategy: Strategy, *, visible: Collection[str] | None = None, with_accounts: bool = True) -> str:
    """The strategy as the text of a file; loading it again changes nothing.

    A copy for everybody leaves out the accounts of leads and the links to partnerships not in `visible` (slugs).
    """
    tree = _whole(strategy)
    if visible is not None:
        tree = _without_links_beyond(tree, visible)
    if not with_accounts:
        tree = tree.with_actions(lambda action: replace(action, lead_account=""))
    return strategytext.write(tree)


def _partnership_of(tree: StrategyFile, partnership: Partnership | None) -> Partnership:
    if partnership is not None and tree.partnership != partnership.slug:
        message = _("This file is for another partnership: here it must be “%(slug)s”.")
        raise Rejected([tree.problem("partnership", message % {"slug": partnership.slug})])
    found = Partnership.objects.filter(slug=tree.partnership).first()
    if found is None:
        offer = did_you_mean(tree.partnership, Partnership.objects.values_list("slug", flat=True))
        raise Rejected([tree.problem("partnership", _("There is no partnership with this address.") + offer)])
    return found


def _whole(strategy: Strategy) -> StrategyFile:
    tree = plan.with_stored_actions(strategies.stored(strategy), strategy)
    owners = {action.owner for action in tree.all_actions()}
    return replace(tree, organisations=strategies.stored_organisations(strategy.partnership, owners))


def _standing_rows(strategy: Strategy | None, partnership: Partnership, new: StrategyFile) -> Iterator[Row]:
    """What a file is compared with. An organisation counts where the file names it: no file takes it away."""
    named = {organisation.code for organisation in new.organisations}
    yield from differences.organisation_rows(strategies.stored_organisations(partnership, named))
    if strategy:
        yield from differences.rows(plan.with_stored_actions(strategies.stored(strategy), strategy))


def _retired(strategy: Strategy | None) -> set[differences.Key]:
    return strategies.retired(strategy) | plan.retired(strategy) if strategy else set()


def _without_links_beyond(tree: StrategyFile, visible: Collection[str]) -> StrategyFile:
    def seen(links: Collection[str]) -> tuple[str, ...]:
        return tuple(link for link in links if "#" not in link or link.partition("/")[0] in visible)

    linked = tree.with_elements(lambda element: replace(element, serves=seen(element.serves)))
    return replace(linked, delivers=seen(tree.delivers))
