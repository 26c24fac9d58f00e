"""Which uploaded files hold figures that a rule may hide, so that not every member of the partnership may open them."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from indicators.models import Indicator, Suppression, Upload


def ruled() -> QuerySet[Indicator]:
    """The indicators with a rule, or with facts that are hidden still."""
    hidden = Suppression.objects.filter(indicator=OuterRef("pk"))
    return Indicator.objects.filter(Q(suppress_below__isnull=False) | Q(round_to__isnull=False) | Exists(hidden))


def ruled_in(upload: Upload, used: Collection[str]) -> frozenset[str]:
    """The codes of those that the file has figures of. One query.

    Rows that are wrong or left out may be of any indicator that the partnership uses, and so may those of a file that
    was not checked yet; `used` are the codes of these.
    """
    codes = {row["indicator"] for row in upload.report.get("by_indicator", ())}
    if upload.rejected or upload.left_out or not upload.report:
        codes |= set(upload.report.get("indicators", used))
    return frozenset(ruled().filter(code__in=codes).values_list("code", flat=True))
