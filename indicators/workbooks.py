"""Reads a spreadsheet that a stranger sent, in a process of its own with bounded memory and time.

A damaged XLS file of a few kilobytes can make the reader ask for gigabytes and end its process. That process is not
the one that serves pages.
"""

import os
import resource
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pickle import PicklingError

from django.utils.translation import gettext as _

from indicators import sheetcells

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 60


class WorkbookError(Exception):
    """Why a spreadsheet cannot be read, as a sentence."""


def read(content: bytes, kind: str) -> sheetcells.Sheet:
    """The first sheet with anything on it; see `sheetcells.read`. Raises WorkbookError."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_bound) as process:
        try:
            return process.submit(sheetcells.read, content, kind).result()
        except sheetcells.UnreadableError as error:
            raise WorkbookError(_sentence(error)) from error
        except (BrokenProcessPool, PicklingError, MemoryError) as error:
            raise WorkbookError(_sentence(sheetcells.UnreadableError("damaged"))) from error


def _bound() -> None:
    """Limits this process, and silences what the reader would print when it fails."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _sentence(error: sheetcells.UnreadableError) -> str:
    if error.reason == "far":
        return _(
            "the sheet '%(sheet)s' reaches to row %(row)s, column %(column)s: delete what stands far from the table"
        ) % {"sheet": error.sheet, "row": error.row, "column": error.column}
    return {
        "damaged": _("the spreadsheet is damaged: open it, save it again and upload that"),
        "protected": _("the spreadsheet is protected by a password: save it without one"),
        "large": _("the spreadsheet unpacks to more than 100 MB: save the table alone, as CSV"),
        "empty": _("the spreadsheet has no visible sheet with anything on it"),
    }[error.reason]
