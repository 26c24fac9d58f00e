"""The world of the tests, built by the program's own writers from tests/world/: two partnerships and six people.

Northshire is public, a county with three districts; Southtown is private. Alice administers Northshire, Olive is its
officer, Bob sits on its board. Charlie administers Southtown and is a stranger to Northshire. Stella keeps the site.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.test import Client

from actions import updates
from actions.models import KeyAction, Status
from indicators import catalogue, savedlayouts, uploads
from indicators.models import Layout, Upload
from indicators.rules import Scope
from indicators.scope import scope_of
from outcomes.models import Measure
from partnerships import areas, comparatorsets, members
from partnerships.models import Area, ComparatorSet, Membership, Partnership, Role, User
from tests import uploading

FILES = Path(__file__).parent / "world"
PASSPHRASE = "a long enough phrase"
MEMBERS = {
    "alice": ("northshire", Role.ADMINISTRATOR),
    "olive": ("northshire", Role.OFFICER),
    "bob": ("northshire", Role.BOARD),
    "charlie": ("southtown", Role.ADMINISTRATOR),
}
# What an address of a partnership needs beside its slug.
ARGUMENTS = {
    "northshire": {
        "strategy": "start-well",
        "measure": "school-ready",
        "area": "E10000099",
        "indicator": "school-ready",
        "action": "safer-sleep",
    },
    "southtown": {
        "strategy": "growing-up",
        "measure": "ready",
        "area": "E06000099",
        "indicator": "school-ready",
        "action": "story-time",
    },
}


@dataclass(frozen=True)
class World:
    """Reads what build() made; every test sees the same, and what it changes is rolled back."""

    indicator: str = "school-ready"

    def user(self, person: str) -> User:
        return User.objects.get(email=email(person))

    def partnership(self, slug: str = "northshire") -> Partnership:
        return Partnership.objects.get(slug=slug)

    def action(self, code: str) -> KeyAction:
        return KeyAction.objects.get(code=code)

    def upload(self, slug: str = "northshire") -> Upload:
        return Upload.objects.get(partnership__slug=slug)

    def sign_in(self, client: Client, person: str) -> None:
        """Signs the person in without the form; "anonymous" is nobody."""
        client.logout()
        if person != "anonymous":
            client.force_login(self.user(person), backend="django.contrib.auth.backends.ModelBackend")

    def argument(self, slug: str, kind: str) -> str | int:
        if kind == "upload":
            return self.upload(slug).pk
        if kind == "received":
            return self.received(slug).pk
        if kind == "layout":
            return self.layout(slug).pk
        if kind == "member":
            return Membership.objects.filter(partnership__slug=slug).latest("pk").pk
        if kind == "comparator_set":
            return self.comparator_set(slug).pk
        return ARGUMENTS[slug][kind]

    def comparator_set(self, slug: str = "northshire", *, title: str = "Like us", by: str = "stella") -> ComparatorSet:
        """Birkdale and Cotterham, to compare the partnership's main area with."""
        partnership, members = self.partnership(slug), Area.objects.filter(code__in=["E07000902", "E07000903"])
        made = {"title": title, "members": list(members), "note": "", "by": self.user(by)}
        return comparatorsets.make(partnership=partnership, area=partnership.area, **made)

    def received(self, slug: str) -> Upload:
        """A file of which nobody has said yet how it is read."""
        file = io.BytesIO(b"place,year,births\nAshby,2023,5\n")
        return uploads.receive(
            file=file, file_name="births.csv", partnership=self.partnership(slug), by=self.user("stella")
        )

    def layout(self, slug: str) -> Layout:
        data = {"area": {"columns": ["place"]}, "period": {"columns": ["year"]}, "figures": [{"value": "births"}]}
        return savedlayouts.keep(partnership=self.partnership(slug), title="Births", data=data, by=self.user("stella"))

    def scope(self, person: str, slug: str = "northshire") -> Scope:
        return scope(self.partnership(slug), self.user(person))


def email(person: str) -> str:
    return f"{person}@example.org"


def build() -> None:
    read = {name: (FILES / name).read_bytes() for name in ("areas.csv", "partnerships.yaml", "indicators.yaml")}
    areas.load(files={name: read[name] for name in ("areas.csv", "partnerships.yaml")})
    catalogue.load(files={"indicators.yaml": read["indicators.yaml"]}, whole=True)
    stella = people()
    # Twice, since each of the two strategies links to the other.
    for _round in range(2):
        for name in ("northshire.yaml", "southtown.yaml"):
            call_command("load_strategy", str(FILES / name), stdout=io.StringIO(), stderr=io.StringIO())
    for slug in ARGUMENTS:
        publish(slug, stella)
    members.set_visibility(partnership=Partnership.objects.get(slug="northshire"), is_public=True, by=stella)
    updates.record(
        action=KeyAction.objects.get(code="safer-sleep"),
        status=Status.AT_RISK,
        progress=40,
        note="Two wards have no leaflet yet.",
        by=User.objects.get(email=email("olive")),
        seen_version=0,
        milestones_reached=["leaflet"],
    )


def people() -> User:
    """Makes everybody and returns Stella."""
    stella = User.objects.create_superuser(email("stella"), PASSPHRASE, name="Stella")
    for name, (slug, role) in MEMBERS.items():
        User.objects.create_user(email(name), PASSPHRASE, name=name.title())
        partnership = Partnership.objects.get(slug=slug)
        members.add(partnership=partnership, email=email(name), name=name.title(), role=role, by=stella)
    return stella


def scope(partnership: Partnership, by: User) -> Scope:
    used = Measure.objects.of_partnership(partnership).standing().values_list("indicator__code", flat=True)
    return scope_of(partnership=partnership, indicators=filter(None, used), by=by)


def publish(slug: str, by: User) -> Upload:
    partnership = Partnership.objects.get(slug=slug)
    content = (FILES / f"{slug}.csv").read_bytes()
    upload = uploading.bring(content, f"{slug}.csv", partnership, scope(partnership, by), by)
    return uploads.publish(upload=upload, by=by, confirm_doubtful=True)
