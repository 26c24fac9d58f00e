"""python manage.py import_values FILE --partnership SLUG --by EMAIL [--layout NAME] [--check] [--accept-valid]"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from indicators import layouts, savedlayouts, uploads
from indicators.doubtwords import in_words
from indicators.examination import FileRefused, Reading, open_book
from indicators.management.actors import BadCall, person
from indicators.management.progressbar import ProgressBar
from indicators.models import Layout, Upload
from indicators.rules import Scope
from indicators.tables import Book, TableError
from indicators.views.scope import scope_for
from partnerships.access import Level
from partnerships.models import Partnership, User
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
        layout = _layout(options["layout"], partnership)
        with _opened(file) as content, transaction.atomic():
            upload = uploads.receive(
                file=content,
                file_name=file.name,
                partnership=partnership,
                by=by,
                how=_how(content, file, partnership, scope, layout),
                source=_source(options),
            )
            upload = uploads.check(**self._checking(upload, scope, file))
            self._write_what_was_not_read(upload)
            taken = _is_acceptable(upload, accept_valid=options["accept_valid"])
            if taken and not options["check"] and (upload.added or upload.changed):
                taken = self._publish(upload, by, options)
            else:
                # Nothing is left behind.
                transaction.set_rollback(True)
        self._write_counts({name: getattr(upload, name) for name in COUNTS})
        return taken

    def _checking(self, upload: Upload, scope: Scope, file: Path) -> dict:
        return {
            "upload": upload,
            "scope": scope,
            "progress": ProgressBar(self.stderr, _("Checking")),
            "told": partial(self._write_problems, file),
        }

    def _publish(self, upload: Upload, by: User, options: dict) -> bool:
        bar = ProgressBar(self.stderr, _("Publishing"))
        try:
            uploads.publish(
                upload=upload, by=by, accept_valid=options["accept_valid"], confirm_doubtful=True, progress=bar
            )
        except uploads.Refused as refused:
            self.stderr.write(str(refused))
            transaction.set_rollback(True)
            return False
        return True

    def _write_what_was_not_read(self, upload: Upload) -> None:
        if columns := ", ".join(upload.report["ignored_columns"]):
            sentence = _("These columns are not known here and were not read: %(columns)s.")
            self.stdout.write(sentence % {"columns": columns})
        for one in upload.report["differences"]:
            if one["doubt"]:
                self.stdout.write(_("Row %(row)s: %(doubt)s") % {"row": one["row"], "doubt": in_words(one)})

    def _write_problems(self, file: Path, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.stderr.write(str(replace(problem, file=str(file))))

    def _write_counts(self, counts: dict[str, int]) -> None:
        self.stdout.write(" ".join(f"{name}={counts[name]}" for name in COUNTS))


def _is_acceptable(upload: Upload, *, accept_valid: bool) -> bool:
    good = upload.added + upload.changed + upload.unchanged
    return not upload.rejected or (accept_valid and good > 0)


def _source(options: dict) -> uploads.Source:
    return uploads.Source(options["publisher"], options["source"], options["source_url"], options["licence"])


def _how(
    content: IO[bytes], file: Path, partnership: Partnership, scope: Scope, layout: Layout | None
) -> uploads.HowRead:
    """As the layout says, or as one is recognised. Raises FileRefused."""
    book = open_book(content, file.name)
    try:
        how = savedlayouts.recognised(book, partnership, scope, layout=layout)
    except TableError as error:
        raise FileRefused(error.problems) from error
    if how is None:
        raise FileRefused(_unrecognised(book))
    return how


def _unrecognised(book: Book) -> list[Problem]:
    """What the file lacks to be read by our own columns, and what else can be done."""
    hint = _("no layout recognises this table: map its columns once on the page for uploads, then name it by --layout")
    try:
        next(Reading(book, "", layouts.OWN).batches(), None)
    except FileRefused as refused:
        return [*refused.problems, Problem(hint)]
    return [Problem(hint)]


def _partnership(slug: str) -> Partnership:
    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Partnership.objects.order_by("slug").values_list("slug", flat=True))
        raise BadCall(_("There is no partnership %(slug)s. There are: %(known)s") % {"slug": slug, "known": known})
    return found


def _layout(name: str | None, partnership: Partnership) -> Layout | None:
    known = savedlayouts.of_partnership(partnership)
    found = next((layout for layout in known if layout.name == name), None)
    if name and found is None:
        names = ", ".join(layout.name for layout in known) or _("none")
        raise BadCall(_("There is no layout %(name)s. There are: %(known)s") % {"name": name, "known": names})
    return found


def _opened(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        raise BadCall(f"{file}: {error.strerror}") from error
