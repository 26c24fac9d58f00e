"""How a file that somebody brings is read, and the start of its check: what several pages need."""

from typing import IO

from indicators import layouts, runs, savedlayouts, tasks
from indicators.examination import FileRefused, Reading, open_book
from indicators.models import Deed, Layout, Run, Upload
from indicators.rules import Scope
from indicators.tables import TableError
from indicators.uploads import HowRead
from partnerships.models import Partnership, User


def how_read(
    file: IO[bytes], file_name: str, partnership: Partnership, scope: Scope, *, layout: Layout | None = None
) -> HowRead | None:
    """How a file can be read without asking; None where nobody can tell. Raises FileRefused.

    Its first rows are read that way, so that a header that does not fit is refused before anything is kept.
    """
    book = open_book(file, file_name)
    try:
        how = savedlayouts.recognised(book, partnership, scope, layout=layout)
    except TableError as error:
        raise FileRefused(error.problems) from error
    if how is not None:
        next(Reading(book, how.sheet, layouts.plan(how.plan)).batches(), None)
    return how


def start_check(upload: Upload, scope: Scope, by: User) -> Run:
    """Raises Busy."""
    return tasks.start(runs.ask(upload=upload, deed=Deed.CHECK, by=by, indicators=sorted(scope.used)))
