"""python manage.py suppress [INDICATOR ...]"""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from indicators import suppression
from indicators.models import Indicator, Suppression


class Command(BaseCommand):
    help = (
        "Decides anew which figures are hidden from readers, after a rule or the tree of areas has changed. What is no "
        "longer needed is shown again: whoever kept an earlier page may then work out what was hidden beside it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "indicators", nargs="*", metavar="INDICATOR", help="codes; without one all that have a rule"
        )

    def handle(self, *, indicators: list[str], **options) -> None:
        found = self._wanted(indicators)
        if unknown := set(indicators) - {one.code for one in found}:
            self.stderr.write(_("There is no indicator %(code)s.") % {"code": ", ".join(sorted(unknown))})
            sys.exit(2)
        for one in suppression.recompute(indicators=found):
            changes = f"hidden={one.hidden} added={one.added} removed={one.removed}"
            self.stdout.write(f"{one.indicator.code}: {changes}")

    def _wanted(self, codes: list[str]) -> QuerySet[Indicator]:
        if codes:
            return Indicator.objects.filter(code__in=codes)
        hidden = Suppression.objects.filter(indicator=OuterRef("pk"))
        return Indicator.objects.filter(Q(suppress_below__isnull=False) | Exists(hidden))
