"""python manage.py dump_strategy PARTNERSHIP/STRATEGY"""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from outcomes import loading
from outcomes.models import Strategy
from partnerships.yamlfile import did_you_mean


class Command(BaseCommand):
    help = "Writes a strategy to standard output as a file that load_strategy takes and that then changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", metavar="PARTNERSHIP/STRATEGY")

    def handle(self, *, address: str, **options) -> None:
        standing = Strategy.objects.select_related("partnership")
        known = {f"{strategy.partnership.slug}/{strategy.slug}": strategy for strategy in standing}
        if address not in known:
            self.stderr.write(f"There is no strategy {address}.{did_you_mean(address, known)}")
            sys.exit(2)
        self.stdout.write(loading.dump(known[address]), ending="")
