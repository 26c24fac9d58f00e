"""The day that a page is drawn for: what was known at its end, or what is known now.

The day stands in the address (`as_known_on=2026-01-31`), so that a link leads to exactly what was seen. Pages call
`asked_for` once; their links keep `KnownOn.kept`, and the banner (components/known_on.html) says which day it is.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

PARAMETER = "as_known_on"


@dataclass(frozen=True)
class KnownOn:
    """`day` is None for now; `mistake` is a sentence where the address names no day that can be."""

    day: date | None = None
    mistake: str = ""

    @property
    def kept(self) -> QueryDict:
        """What every link of the page keeps; empty for now. Templates hand it to {% querystring %}."""
        query = QueryDict(mutable=True)
        if self.day:
            query[PARAMETER] = self.day.isoformat()
        return query

    @property
    def file_suffix(self) -> str:
        """So that the name of a downloaded file says of which day its figures are."""
        return f"-as-known-on-{self.day.isoformat()}" if self.day else ""


def asked_for(request: HttpRequest) -> KnownOn:
    """The day that the address of the page names. Also leaves it with the request, for the links of the frame."""
    request.known_on = KnownOn(*day_typed(request.GET.get(PARAMETER, "").strip()))
    return request.known_on


def day_typed(text: str) -> tuple[date | None, str]:
    """The day as typed in an address, and otherwise a sentence about what is wrong with it; neither of no text."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        typed = {"typed": text[:40]}
        return None, _(
            "“%(typed)s” is not a day: write one such as 2026-01-31. The page shows what is known now."
        ) % typed
    if day > timezone.localdate():
        typed = {"day": date_text(day, "j F Y")}
        return None, _("%(day)s has not come yet. The page shows what is known now.") % typed
    return day, ""
