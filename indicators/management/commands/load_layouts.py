"""python manage.py load_layouts: brings the layouts of fixtures/layouts into the database."""

from django.core.management.base import BaseCommand

from indicators import savedlayouts


class Command(BaseCommand):
    help = "Brings the layouts of published tables that the site ships into the database. Idempotent."

    def handle(self, **options) -> None:
        self.stdout.write(" ".join(f"{name}={number}" for name, number in savedlayouts.load_shipped().items()))
