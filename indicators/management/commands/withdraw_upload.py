"""python manage.py withdraw_upload ID --by EMAIL"""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from indicators import uploads
from indicators.management.actors import BadCall, person
from indicators.models import Upload
from partnerships.access import Level


class Command(BaseCommand):
    help = "Withdraws a published file: what its figures replaced stands again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("upload", type=int, metavar="ID")
        parser.add_argument("--by", required=True, metavar="EMAIL")

    def handle(self, *, upload: int, by: str, **options) -> None:
        try:
            found = Upload.objects.select_related("partnership").filter(pk=upload).first()
            if found is None:
                raise BadCall(_("There is no upload %(number)s.") % {"number": upload})
            restored, removed = uploads.withdraw(upload=found, by=person(by, found.partnership, Level.OFFICER))
        except BadCall as error:
            self.stderr.write(str(error))
            sys.exit(2)
        except uploads.Refused as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        self.stdout.write(f"restored={restored} removed={removed}")
