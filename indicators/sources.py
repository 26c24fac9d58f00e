"""Where the figures of a page come from, so that each can be traced from the page itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from indicators.models import Indicator
from indicators.reading import Figures
from indicators.series import Source
from partnerships.models import Partnership


@dataclass(frozen=True)
class SourceLine:
    """One file behind the figures of one indicator, as components/sources.html shows it."""

    indicator: str
    publisher: str
    publication: str
    address: str
    licence: str
    file: str
    file_url: str
    published_on: date


def lines(
    indicators: Iterable[Indicator], figures: Figures, partnership: Partnership, *, originals_open: bool
) -> tuple[SourceLine, ...]:
    """A line for each indicator and each file that its figures came in, by indicator, newest first.

    `originals_open` tells whether the reader may open the files of this partnership. The name of a file that another,
    private partnership brought is not told.
    """
    found: dict[str, set[Source]] = defaultdict(set)
    for series in figures.series.values():
        found[series.indicator] |= {point.source for point in series.points if point.source}
    return tuple(
        _line(indicator, source, partnership, originals_open=originals_open)
        for indicator in sorted(indicators, key=lambda indicator: indicator.name)
        for source in sorted(found[indicator.code], key=lambda source: source.upload, reverse=True)
    )


def _line(indicator: Indicator, source: Source, partnership: Partnership, *, originals_open: bool) -> SourceLine:
    """What the upload says of its source; where it says nothing, what the catalogue says of the indicator."""
    is_ours = source.partnership == partnership.slug
    address = reverse("upload-original", args=[partnership.slug, source.upload]) if is_ours and originals_open else ""
    return SourceLine(
        indicator=indicator.name,
        publisher=source.publisher or indicator.publisher,
        publication=source.title or indicator.source,
        address=source.url or indicator.source_url,
        licence=source.licence or indicator.licence,
        file=source.file_name if is_ours or source.is_public else "",
        file_url=address,
        published_on=timezone.localdate(source.published_at),
    )
