"""What make run loads: areas, indicators, accounts, strategies, published figures and a few reports on actions."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from actions import updates
from actions.demonstration import REPORTS
from actions.models import KeyAction
from indicators import savedlayouts, uploads
from indicators.rules import Scope
from indicators.scope import scope_of
from outcomes.models import Measure
from partnerships import members
from partnerships.demonstration import DEMO_ACCOUNTS, DEMO_SIGN_IN_WORD, DemoAccount
from partnerships.models import Membership, Partnership, User

VALUES = settings.FIXTURES_DIR / "values"


class Command(BaseCommand):
    help = "Makes the tables and loads the demonstration, once: run again, it changes nothing."

    def handle(self, *args, **options) -> None:
        call_command("migrate", verbosity=0)
        load("load_layouts")
        if is_loaded():
            self.stdout.write(_("The demonstration is loaded already; nothing was changed."))
            return
        steps = [
            (_("Areas and partnerships"), lambda steward: load("load_areas")),
            (_("Indicators"), lambda steward: load("load_indicators")),
            (_("Accounts"), make_accounts),
            (_("Strategies"), lambda steward: load("load_strategy", *strategy_files())),
            (_("Published figures"), publish_figures),
            (_("Reports on actions"), report_on_actions),
            (_("Opening the partnerships to the public"), open_partnerships),
        ]
        steward = None
        for title, step in steps:
            self.stdout.write(title)
            steward = step(steward) or steward


def is_loaded() -> bool:
    """Memberships come in the last step, all or none, so a demonstration that was interrupted is loaded again."""
    return Membership.objects.filter(user__email__in=[account.email for account in DEMO_ACCOUNTS]).exists()


def load(command: str, *arguments: str) -> None:
    """Runs a command without its line for every change."""
    call_command(command, *arguments, stdout=io.StringIO())


def strategy_files() -> list[str]:
    return sorted(map(str, (settings.FIXTURES_DIR / "strategies").glob("*.yaml")))


def make_accounts(_steward: None) -> User:
    """Makes what is missing of the accounts and returns the steward, who comes first."""
    steward, *_others = [
        User.objects.filter(email=account.email).first() or make_account(account) for account in DEMO_ACCOUNTS
    ]
    return steward


def make_account(account: DemoAccount) -> User:
    return User.objects.create_user(
        account.email, DEMO_SIGN_IN_WORD, name=account.name, is_steward=not account.partnership
    )


def publish_figures(steward: User) -> None:
    """Every file of fixtures/values, as an upload of its partnership with the source that sources.csv names."""
    sources = dict(read_sources())
    for partnership in Partnership.objects.filter(slug__in={name.split("/")[0] for name in sources}):
        used = Measure.objects.of_partnership(partnership).standing().values_list("indicator__code", flat=True)
        scope = scope_of(partnership=partnership, indicators=filter(None, used), by=steward)
        for name, source in sources.items():
            if name.startswith(f"{partnership.slug}/"):
                publish_file(VALUES / name, partnership, scope, source, steward)


def read_sources() -> Iterator[tuple[str, uploads.Source]]:
    with (VALUES / "sources.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["file"], uploads.Source(row["publisher"], row["title"], row["address"], row["licence"])


def publish_file(path: Path, partnership: Partnership, scope: Scope, source: uploads.Source, steward: User) -> None:
    with path.open("rb") as file:
        upload = uploads.receive(
            file=file,
            file_name=path.name,
            partnership=partnership,
            by=steward,
            how=savedlayouts.own(),
            source=source,
        )
    upload = uploads.check(upload=upload, scope=scope)
    if upload.rejected:
        raise CommandError(_("%(file)s has errors: %(report)s") % {"file": path, "report": upload.report["problems"]})
    if upload.added or upload.changed:
        uploads.publish(upload=upload, by=steward, confirm_doubtful=True)
    else:
        uploads.discard(upload=upload, by=steward)


def report_on_actions(_steward: User) -> None:
    for report in REPORTS:
        action = KeyAction.objects.get(
            strategy__partnership__slug=report.partnership, strategy__slug=report.strategy, code=report.action
        )
        if action.version == 0:
            updates.record(
                action=action,
                status=report.status,
                progress=report.progress,
                note=report.note,
                by=User.objects.get(email=f"officer.{report.partnership}@example.org"),
                seen_version=0,
                milestones_reached=report.milestones,
            )


@transaction.atomic
def open_partnerships(steward: User) -> None:
    """Makes the demonstration's partnerships public and lets its people in."""
    partnerships = {one.slug: one for one in Partnership.objects.all()}
    for partnership in partnerships.values():
        members.set_visibility(partnership=partnership, is_public=True, by=steward)
    for account in DEMO_ACCOUNTS:
        if account.partnership:
            members.add(
                partnership=partnerships[account.partnership],
                email=account.email,
                name=account.name,
                role=account.role,
                by=steward,
            )
