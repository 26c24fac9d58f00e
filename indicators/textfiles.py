"""Text with a separator (CSV) -> rows, a block at a time: a file of any size is never in memory.

The file is read through once before its first row, for what would spoil every row: the encoding, characters that no
text has, a line without end. UTF-8 and UTF-16 with a byte order mark are what they say; without one a text is in UTF-8
or else in Windows-1252. What stands between cells, Excel's first line `sep=;` tells, or else what the first lines have
regularly: comma, semicolon or tab.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from indicators.rows import Chunk, TableError, refuse_wide
from partnerships.problems import Problem

MOST_ROWS = 2_000_000
LONGEST_LINE = 100_000
BLOCK = 1 << 20
LINES_TO_JUDGE_BY = 50

CONTROL_CHARACTERS = bytes(code for code in range(0x20) if chr(code) not in "\t\n\v\f\r")
CONTROL_CHARACTER = re.compile(f"[{re.escape(CONTROL_CHARACTERS.decode())}]")
SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?(?:\r\n|\n|\r|$)', re.IGNORECASE)
LINE_END = re.compile(r"\r\n|\n|\r")
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class TextFile:
    """`start` is the first byte after a byte order mark; `first` the line on which the table may start."""

    file: BinaryIO
    name: str
    encoding: str
    start: int
    lines: int
    delimiter: str
    first: int = 1
    notes: tuple[str, ...] = ()


def examined(file: BinaryIO, name: str) -> TextFile:
    """Raises TableError where any line of the file cannot be read."""
    file.seek(0)
    head = file.read(4)
    mark = next((mark for mark in MARKS if head.startswith(mark)), b"")
    encoding, notes = MARKS.get(mark, "utf-8"), ()
    try:
        lines = _examined_lines(file, name, len(mark), encoding)
    except _WrongEncoding as error:
        if mark:
            raise TableError(Problem(_broken_promise(encoding), name, error.line)) from error
        encoding, notes = "cp1252", (_("The file is not in UTF-8 and was read as Windows-1252."),)
        lines = _lines_of_windows(file, name)
    first_lines = next(_blocks(file, len(mark), encoding), "")
    separator = SEPARATOR_LINE.match(first_lines)
    delimiter = separator[1] if separator else _delimiter(first_lines)
    return TextFile(file, name, encoding, len(mark), lines, delimiter, 2 if separator else 1, notes)


def chunks(text: TextFile, size: int) -> Iterator[Chunk]:
    """Every row with anything in it, `size` at a time, with the line on which it starts. Raises TableError.

    A cell in quotation marks may run over several lines.
    """
    blocks = (io.StringIO(block, newline="").readlines() for block in _blocks(text.file, text.start, text.encoding))
    lines = chain.from_iterable(blocks)
    before = text.first - 1
    for _skipped in range(before):
        next(lines)
    reader = csv.reader(lines, delimiter=text.delimiter, strict=True)
    numbers, rows, read, line = [], [], 0, text.first
    try:
        for cells in reader:
            if cells and (cells[0].strip() or any(map(str.strip, cells))):
                numbers.append(line)
                rows.append(cells)
                if len(rows) == size:
                    yield _checked((numbers, rows), read, text.name)
                    read += size
                    numbers, rows = [], []
            line = reader.line_num + before + 1
    except csv.Error as error:
        sentence = _("a quotation mark in this row is not closed, or stands inside a cell without being doubled")
        raise TableError(Problem(sentence, text.name, line)) from error
    if rows:
        yield _checked((numbers, rows), read, text.name)
    elif not read:
        raise TableError(Problem(_("the file is empty"), text.name))


def _checked(chunk: Chunk, read: int, name: str) -> Chunk:
    refuse_wide(chunk, name)
    numbers, _rows = chunk
    if read + len(numbers) > MOST_ROWS:
        sentence = _("the file has more than %(most)s rows: upload it in parts")
        raise TableError(Problem(sentence % {"most": MOST_ROWS}, name, numbers[MOST_ROWS - read]))
    return chunk


class _WrongEncoding(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _broken_promise(encoding: str) -> str:
    if encoding == "utf-8":
        return _("this line is not in UTF-8, as the file says that it is: save the table again as 'CSV UTF-8'")
    return _("this line is not in UTF-16, as the file says that it is: save the table again as 'CSV UTF-8'")


def _lines_of_windows(file: BinaryIO, name: str) -> int:
    try:
        return _examined_lines(file, name, 0, "cp1252")
    except _WrongEncoding as error:
        sentence = _("this line is neither in UTF-8 nor in Windows-1252: save the table again as 'CSV UTF-8'")
        raise TableError(Problem(sentence, name, error.line)) from error


def _examined_lines(file: BinaryIO, name: str, start: int, encoding: str) -> int:
    """How many lines there are. Raises TableError for what no table has, _WrongEncoding."""
    lines = 0
    try:
        for block in _blocks(file, start, encoding):
            _refuse_spoilt(block, name, lines + 1)
            lines += _line_ends(block)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding)
        raise _WrongEncoding(lines + 1 + _line_ends(before)) from error
    return lines + 1


def _refuse_spoilt(block: str, name: str, line: int) -> None:
    # Deleting them and comparing lengths takes a tenth of the time of searching for them.
    content = block.encode()
    if len(content.translate(None, CONTROL_CHARACTERS)) != len(content):
        line += _line_ends(block[: CONTROL_CHARACTER.search(block).start()])
        sentence = _("this line holds characters that no text has: save the table again as 'CSV UTF-8'")
        raise TableError(Problem(sentence, name, line))
    if (start := _long_line(block)) is not None:
        sentence = _("this line has more than %(longest)s characters: a table has one row a line")
        raise TableError(Problem(sentence % {"longest": LONGEST_LINE}, name, line + _line_ends(block[:start])))


def _long_line(block: str) -> int | None:
    """Where a line starts that is too long. Looks at one line end in every so many characters."""
    start = 0
    while len(block) - start > LONGEST_LINE:
        window = start, start + LONGEST_LINE
        end = block.rfind("\n", *window)
        end = block.rfind("\r", *window) if end < 0 else end
        if end < 0:
            return start
        start = end + 1
    return None


def _line_ends(text: str) -> int:
    return text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)


def _blocks(file: BinaryIO, start: int, encoding: str) -> Iterator[str]:
    """The text in blocks that end where a line ends, unless a line is as long as a block. Raises UnicodeDecodeError.

    Others may read the same file meanwhile.
    """
    decoder, position, rest = codecs.getincrementaldecoder(encoding)(), start, ""
    while True:
        file.seek(position)
        content = file.read(BLOCK)
        position += len(content)
        text = rest + _decoded(decoder, content, rest)
        if not content:
            if text:
                yield text
            return
        end = _end_of_lines(text) or (len(text) if len(text) > LONGEST_LINE else 0)
        rest = text[end:]
        if end:
            yield text[:end]


def _decoded(decoder: codecs.IncrementalDecoder, content: bytes, rest: str) -> str:
    try:
        return decoder.decode(content, final=not content)
    except UnicodeDecodeError as error:
        # What is left of the block before belongs to the bytes among which lines are counted.
        before = rest.encode(error.encoding)
        shifted = error.start + len(before), error.end + len(before)
        raise UnicodeDecodeError(error.encoding, before + error.object, *shifted, error.reason) from error


def _end_of_lines(text: str) -> int:
    """A carriage return at the very end may be half of a line end."""
    return (text.rfind("\n") + 1) or (text.rfind("\r", 0, len(text) - 1) + 1)


def _delimiter(text: str) -> str:
    """The one of comma, semicolon and tab that most lines have equally often; of equals, what the first has most of."""
    lines = [line for line in LINE_END.split(re.sub(r'"[^"]*"', "", text[:LONGEST_LINE])) if line.strip()]
    lines = lines[:LINES_TO_JUDGE_BY]
    header = next((line for line in lines if any(sign in line for sign in ",;\t")), "")

    def regularity(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max(counts.values(), default=0), header.count(sign)

    return max(",;\t", key=regularity)
