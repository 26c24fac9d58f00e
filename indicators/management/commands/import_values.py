"""python manage.py import_values FILE --partnership SLUG --by EMAIL [--layout NAME] [--check] [--accept-valid]"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from indicators import uploads
from indicators.examination import FileRefused, examine
from indicators.management.actors import BadCall, person
from indicators.management.progressbar import ProgressBar
from indicators.models import Layout
from indicators.views.scope import scope_for
from partnerships.access import Level
from partnerships.models import Partnership
from partnerships.problems import Problem

REFUSED, BAD_CALL = 1, 2
COUNTS = ("added", "changed", "unchanged", "left_out", "rejected")


class Command(BaseCommand):
    help = "Checks a file of figures and publishes it. Exit 0: published, or would be; 1: refused; 2: bad call."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="Who publishes: an officer at least.")
        parser.add_argument("--layout", metavar="NAME", help="A saved mapping of the file's columns to ours.")
        parser.add_argument("--check", action="store_true", help="Say what would happen, and leave nothing behind.")
        parser.add_argument("--accept-valid", action="store_true", help="Publish the good rows where others are wrong.")
        parser.add_argument("--publisher", default="", help="Where not the one that the catalogue names.")
        parser.add_argument("--source", default="", metavar="TITLE", help="The title of the publication.")
        parser.add_argument("--source-url", default="", metavar="ADDRESS")
        parser.add_argument("--licence", default="")

    def handle(self, *, file: Path, **options) -> None:
        try:
            accepted = self._import(file, options)
        except BadCall as error:
            self.stderr.write(str(error))
            sys.exit(BAD_CALL)
        except FileRefused as refused:
            self._write_problems(file, refused.problems)
            self._write_counts(dict.fromkeys(COUNTS, 0))
            accepted = False
        if not accepted:
            sys.exit(REFUSED)

    def _import(self, file: Path, options: dict) -> bool:
        """Whether the file was taken, or with --check would be. Raises BadCall and FileRefused."""
        partnership = _partnership(options["partnership"])
        by = person(options["by"], partnership, Level.OFFICER)
        scope = scope_for(partnership, by)
        given = {
            "content": _content(file),
            "file_name": file.name,
            "scope": scope,
            "layout": _layout(options["layout"]),
        }
        found = examine(**given, progress=ProgressBar(self.stderr, _("Checking")))
        self._write_problems(file, found.problems)
        if found.ignored_columns:
            columns = ", ".join(found.ignored_columns)
            self.stdout.write(
                _("These columns are not known here and were not read: %(columns)s.") % {"columns": columns}
            )
        taken = _is_acceptable(found.counts, accept_valid=options["accept_valid"])
        if taken and not options["check"] and found.comparison.differences:
            taken = self._publish({**given, "found": found, "partnership": partnership, "by": by}, options)
        self._write_counts(found.counts)
        return taken

    def _publish(self, given: dict, options: dict) -> bool:
        source = uploads.Source(options["publisher"], options["source"], options["source_url"], options["licence"])
        bar = ProgressBar(sys.stderr, _("Publishing"))
        try:
            with transaction.atomic():
                upload = uploads.keep(**given, source=source)
                uploads.publish(upload=upload, by=given["by"], accept_valid=options["accept_valid"], progress=bar)
        except uploads.Refused as refused:
            self.stderr.write(str(refused))
            return False
        return True

    def _write_problems(self, file: Path, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.stderr.write(str(replace(problem, file=str(file))))

    def _write_counts(self, counts: dict[str, int]) -> None:
        self.stdout.write(" ".join(f"{name}={counts[name]}" for name in COUNTS))


def _is_acceptable(counts: dict[str, int], *, accept_valid: bool) -> bool:
    good = counts["added"] + counts["changed"] + counts["unchanged"]
    return not counts["rejected"] or (accept_valid and good > 0)


def _partnership(slug: str) -> Partnership:
    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Partnership.objects.order_by("slug").values_list("slug", flat=True))
        raise BadCall(_("There is no partnership %(slug)s. There are: %(known)s") % {"slug": slug, "known": known})
    return found


def _layout(name: str | None) -> Layout | None:
    found = Layout.objects.filter(name=name).first() if name else None
    if name and found is None:
        known = ", ".join(Layout.objects.values_list("name", flat=True)) or _("none")
        raise BadCall(_("There is no layout %(name)s. There are: %(known)s") % {"name": name, "known": known})
    return found


def _content(file: Path) -> bytes:
    """The bytes, or one more than the most that is read, so that a huge file is refused without reading it all."""
    try:
        with file.open("rb") as opened:
            return opened.read(settings.UPLOAD_MAX_BYTES + 1)
    except OSError as error:
        raise BadCall(f"{file}: {error.strerror}") from error
