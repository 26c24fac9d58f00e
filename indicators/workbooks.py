"""Reads a spreadsheet that a stranger sent, in a process of its own with bounded memory and time.

A damaged XLS file of a few kilobytes can make the reader ask for gigabytes and end its process. That process is not
the one that serves pages. It hands over some rows at a time, so that a large sheet is never whole in memory here.
"""

import os
import resource
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection

from django.utils.translation import gettext as _

from indicators import sheetcells
from indicators.rows import Chunk
from indicators.sheetcells import Sheet, UnreadableError, Workbook

MOST_MEMORY = 3 * 1024**3
MOST_SECONDS = 180
# Where the rows end.
END = None


class WorkbookError(Exception):
    """Why a spreadsheet cannot be read, as a sentence."""


def sheets(content: bytes, kind: str) -> list[Sheet]:
    """The visible sheets with anything on them, at least one; `kind` as for `Workbook`. Raises WorkbookError."""
    return list(_told(give_sheets, content, kind))


def chunks(content: bytes, kind: str, sheet: str, size: int) -> Iterator[Chunk]:
    """The rows of a sheet with anything in them, `size` at a time, with their numbers. Raises WorkbookError."""
    return _told(give_chunks, content, kind, sheet, size)


def give_sheets(content: bytes, kind: str) -> Iterator[Sheet]:
    yield from Workbook(content, kind).sheets()


def give_chunks(content: bytes, kind: str, sheet: str, size: int) -> Iterator[Chunk]:
    numbers, rows = [], []
    for number, cells in enumerate(Workbook(content, kind).rows(sheet), 1):
        if any(map(str.strip, cells)):
            numbers.append(number)
            rows.append(cells)
            if len(rows) == size:
                yield numbers, rows
                numbers, rows = [], []
    if rows:
        yield numbers, rows


def _told(give: Callable[..., Iterator], content: bytes, *about: object) -> Iterator:
    """What `give` yields in the other process, one after another."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_tell, args=(theirs, give, about), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.send_bytes(content)
        while (message := ours.recv()) is not END:
            if isinstance(message, UnreadableError):
                raise WorkbookError(_sentence(message))
            yield message
    except (EOFError, OSError) as error:
        raise WorkbookError(_sentence(UnreadableError("damaged"))) from error
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _tell(connection: Connection, give: Callable[..., Iterator], about: tuple) -> None:
    """Runs in the other process. What it cannot tell, its end tells."""
    _bound()
    try:
        for message in give(connection.recv_bytes(), *about):
            connection.send(message)
        connection.send(END)
    except UnreadableError as error:
        connection.send(error)


def _bound() -> None:
    """Limits this process, and silences what the reader would print when it fails."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _sentence(error: UnreadableError) -> str:
    if error.reason == "far":
        return _(
            "the sheet '%(sheet)s' reaches to row %(row)s, column %(column)s: delete what stands far from the table"
        ) % {"sheet": error.sheet, "row": error.row, "column": error.column}
    most = {"most": sheetcells.MOST_BYTES_UNPACKED // 1_000_000}
    return {
        "damaged": _("the spreadsheet is damaged: open it, save it again and upload that"),
        "protected": _("the spreadsheet is protected by a password: save it without one"),
        "large": _("the spreadsheet unpacks to more than %(most)s MB: save the table alone, as CSV") % most,
        "empty": _("the spreadsheet has no visible sheet with anything on it"),
    }[error.reason]
