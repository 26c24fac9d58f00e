"""Brings figures to the world of the tests, as people do."""

import io
from typing import TYPE_CHECKING

from django.db import transaction

from indicators import savedlayouts, uploads
from indicators.examination import open_book
from indicators.models import Layout, Upload
from indicators.rules import Scope
from partnerships.models import Partnership, User

if TYPE_CHECKING:
    from tests.universe import World

HEADER = "indicator,area,period,value,lower,upper,numerator,denominator,breakdown,note"


@transaction.atomic
def bring(
    content: bytes,
    file_name: str,
    partnership: Partnership,
    scope: Scope,
    by: User,
    *,
    layout: Layout | None = None,
    **given,
) -> Upload:
    """A file received and checked, by the layout that is recognised or else by our own. Raises FileRefused."""
    file = io.BytesIO(content)
    how = savedlayouts.recognised(open_book(file, file_name), partnership, scope, layout=layout) or savedlayouts.own()
    upload = uploads.receive(file=file, file_name=file_name, partnership=partnership, by=by, how=how, **given)
    return uploads.check(upload=upload, scope=scope)


def publish(world: "World", *lines: str, by: str = "stella", file_name: str = "more.csv") -> Upload:
    """Publishes the lines of a value file for Northshire. Cells that a line lacks at its end are empty."""
    filled = (line + "," * (HEADER.count(",") - line.count(",")) for line in lines)
    content = "\n".join([HEADER, *filled]).encode()
    checked = bring(content, file_name, world.partnership(), world.scope(by), world.user(by))
    return uploads.publish(upload=checked, by=world.user(by), confirm_doubtful=True)


def counts(upload: Upload) -> dict[str, int]:
    return {name: getattr(upload, name) for name in ("added", "changed", "unchanged", "left_out", "rejected")}
