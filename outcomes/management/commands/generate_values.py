"""python manage.py generate_values --values 10000000 [--seed N] [--into-existing]"""

import time
from argparse import ArgumentParser

from django.core.management import CommandError
from django.core.management.base import BaseCommand

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
            raise CommandError("--values is at least 1 and --seed at least 0.")
        refuse(into_existing)
        self.started = time.monotonic()
        filling.fill(values, seed=seed, progress=self.say)

    def say(self, done: int, total: int) -> None:
        """One line for every tenth part, and one at the end."""
        seconds = time.monotonic() - self.started
        self.stdout.write(f"{done:,} of {total:,} values in {seconds:.0f} s: {done / seconds:,.0f} a second")


def refuse(into_existing: bool) -> None:
    published = Upload.objects.filter(published_at__isnull=False).select_related("partnership")
    if published.filter(partnership__slug=PARTNERSHIP).exists():
        raise CommandError("This database has made-up figures already: start from an empty one.")
    real = published.exclude(partnership__slug=PARTNERSHIP).first()
    if real and not into_existing:
        raise CommandError(
            f"This database has published figures of {real.partnership.short_name}. Made-up figures do not belong beside "
            "them: use a database of its own (DATABASE_URL), or say --into-existing."
        )
