"""The world of the tests without its figures, and short ways to upload some.

Northshire's measures use every indicator but healthy-teeth; Ashby has a Welsh name.
"""

from dataclasses import dataclass

from django.utils import timezone

from indicators import uploads
from indicators.models import OriginalFile, Upload, Value
from indicators.rules import Scope
from indicators.views.scope import scope_for
from outcomes.models import Measure
from partnerships.models import Area, Partnership, User
from tests import uploading
from tests.universe import World

ASHBY, BIRKDALE, ENGLAND, SOUTHTOWN = "E07000901", "E07000902", "E92000001", "E06000099"
COUNTS = ("added", "changed", "unchanged", "left_out", "rejected")
HEADER = "indicator,area,period,value,lower,upper,numerator,denominator,breakdown,note"
UNUSED = "healthy-teeth"


def table(*rows: str, header: str = HEADER) -> bytes:
    """A CSV file; missing cells at the end of a row are filled."""
    width = header.count(",")
    return "\n".join([header, *(row + "," * max(0, width - row.count(",")) for row in rows)]).encode() + b"\n"


def counts(upload: Upload) -> dict[str, int]:
    """Those that are not nothing."""
    return {name: getattr(upload, name) for name in COUNTS if getattr(upload, name)}


def current() -> dict[tuple[str, str], float | str]:
    """What stands: area and period -> number or marker."""
    values = Value.objects.current().select_related("area")
    return {(value.area.code, value.period_label): value.marker or value.value for value in values}


@dataclass(frozen=True)
class Ground:
    northshire: Partnership
    southtown: Partnership
    people: dict[str, User]

    def scope(self, by: str = "olive", partnership: Partnership | None = None) -> Scope:
        return scope_for(partnership or self.northshire, self.people[by])

    def check(self, *rows: str, by: str = "olive", content: bytes | None = None, **given) -> Upload:
        partnership = given.pop("partnership", self.northshire)
        header = {"header": given.pop("header")} if "header" in given else {}
        return uploading.bring(
            table(*rows, **header) if content is None else content,
            given.pop("file_name", "figures.csv"),
            partnership,
            self.scope(by, partnership),
            self.people[by],
            **given,
        )

    def publish(self, *rows: str, by: str = "olive", accept_valid: bool = False, **given) -> Upload:
        upload = self.check(*rows, by=by, **given)
        return uploads.publish(upload=upload, by=self.people[by], accept_valid=accept_valid, confirm_doubtful=True)


def lay(world: World) -> Ground:
    Value.objects.all().delete()
    Upload.objects.all().delete()
    OriginalFile.objects.all().delete()
    Area.objects.filter(code=ASHBY).update(name_cy="Trefonnen")
    Measure.objects.filter(indicator__code=UNUSED).update(retired_at=timezone.now())
    people = {name: world.user(name) for name in ("alice", "olive", "bob", "charlie", "stella")}
    return Ground(world.partnership("northshire"), world.partnership("southtown"), people)
