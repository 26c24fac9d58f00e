"""python manage.py generate_values --values 10000000 [--seed N] [--into-existing]"""

import time
from argparse import ArgumentParser

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from indicators.models import Upload
from outcomes.madeup.places import PARTNERSHIP
from outcomes.management import filling


class Command(BaseCommand):
    help = (
        "Fills the database of a benchmark with made-up figures: a country, a partnership with a strategy of sixty "
        "measures, and as many values as are asked for. Nothing of it is real."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--values", type=int, required=True, metavar="N", help="How many values to make.")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="Another number makes other figures.")
        parser.add_argument(
            "--into-existing", action="store_true", help="Although a real partnership has published figures here."
        )

    def handle(self, *, values: int, seed: int, into_existing: bool, **options) -> None:
        if values < 1 or seed < 0:
            raise CommandError(_("--values is at least 1 and --seed at least 0."))
        refuse_beside_figures(into_existing)
        self.started = time.monotonic()
        filling.fill(values, seed=seed, progress=self.say)

    def say(self, done: int, total: int) -> None:
        seconds = time.monotonic() - self.started
        words = {"done": f"{done:,}", "total": f"{total:,}", "rate": f"{done / seconds:,.0f}"}
        self.stdout.write(_("%(done)s of %(total)s values, %(rate)s a second") % words)


def refuse_beside_figures(into_existing: bool) -> None:
    """Raises CommandError where made-up figures would stand beside others."""
    published = Upload.objects.filter(published_at__isnull=False).select_related("partnership")
    if published.filter(partnership__slug=PARTNERSHIP).exists():
        raise CommandError(_("This database has made-up figures already: start from an empty one."))
    real = published.first()
    if real and not into_existing:
        message = _(
            "This database has published figures of %(partnership)s, and made-up figures do not belong beside them. "
            "Use a database of its own (DATABASE_URL), or say --into-existing."
        )
        raise CommandError(message % {"partnership": real.partnership.short_name})
