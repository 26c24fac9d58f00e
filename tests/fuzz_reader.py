"""Throws damaged files and texts at the reader: nothing may come out of it but rows or its own errors.

    python tests/fuzz_reader.py --minutes 10

Files are real ones with bytes changed, also within the parts of a workbook, where a changed archive would be refused
before anything is read; texts are made of the pieces of which markers, periods and names are made. What comes out is
checked for what the reader promises. The first failure is shown as small as it can be made, and ends the run.
"""

import argparse
import io
import os
import pickle
import random
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
MOST_ROWS_LOOKED_AT = 200
MEMORY = 2 * 1024**3

PIECES = [
    *("2017", "2018", "18", "2009-11", "2024-05-01", "31", "01", "20175", "Q1", "Q", "/", "-", "–", " to ", " - ", " "),
    *("Academic year", "Financial year", "Calendar year", "Tax year", "Year ending", "12 months to", "to", "as at"),
    *("March", "Sept", "Apr", "Feb", "29", "Autumn term", "Summer term", "FYE", "P1Y", "P3M", "T00:00", "00:00", ".0"),
    *("(Rev)", "(OT)", "[note 1]", "(1)", "[p]", "(r)", "(!!)", "*", "†", "¹", "²", "٣", "p", "r", "[", "]", "(", ")"),
    *("c", "x", "low", "..", ":", "~", "#", "<", "≤", "5", "0", "1,234", ".", "65.2", "%", "£", "E-05", "E+999", "NaN"),
    *(
        "inf",
        "=",
        "#DIV/0!",
        "\u00a0",
        "\u2009",
        "\u200b",
        "\n",
        "\0",
        "ß",
        "İ",
        "Wales",
        "WALES",
        "6",
        "km²",
        "'",
        ",",
    ),
]


def seeds() -> dict[str, list[bytes]]:
    """Files by the ending of their name."""
    from tests.indicators.files import XLS, merged, ods, ods_empty, ods_number, ods_row, ods_text, xlsx

    table = 'area,"no\nte",2022/23\r\nYnys Môn,"a ""b""",65.2\r\n\r\nSir Ddinbych – Denbighshire,,"1,234"\r\n'
    crosstab = "Births;;\n\nYear: 2023;;\n;2022;;2023;\nArea;Boys;Girls;Boys;Girls\nPowys (1);1,5;<5;..;-\n"
    encoded = [text.encode(name) for text in (table, "sep=;\r\n" + crosstab) for name in ("utf-8-sig", "utf-16")]
    covered = '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>2023</text:p>'
    covered += "</table:table-cell><table:covered-table-cell/>"
    error = '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>Err:502</text:p>'
    rows = ods_row(covered) + ods_row(ods_text("a"), ods_number(0.5, "percentage"), ods_empty(9), repeated=2)
    return {
        "csv": [*encoded, table.encode(), crosstab.encode("cp1252"), table.replace(",", "\t").encode()],
        "xls": [XLS],
        "xlsx": [merged(), xlsx(["area", 2023, 0.5, True], [], ["X", "=A1", -1e-7, None])],
        "ods": [ods(rows, ods_row(error + "</table:table-cell>"))],
    }


@st.composite
def files(draw: st.DrawFn, found: dict[str, list[bytes]]) -> tuple[bytes, str]:
    ending = draw(st.sampled_from(sorted(found)))
    content = draw(st.sampled_from(found[ending]))
    if ending in ("xlsx", "ods") and draw(st.integers(0, 4)):
        content = _within(draw, content)
    else:
        content = _changed(draw, content)
    return content, f"fuzz.{ending}"


def _within(draw: st.DrawFn, content: bytes) -> bytes:
    """A workbook with one part changed."""
    from tests.indicators.files import unzipped, zipped

    parts = unzipped(content)
    name = draw(st.sampled_from(sorted(part for part in parts if part.endswith((".xml", ".rels")))))
    return zipped(parts | {name: _changed(draw, parts[name])})


def _changed(draw: st.DrawFn, content: bytes) -> bytes:
    for _change in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from((0, 0, 1, 1, 2, 4, 8, 64, 1024))))
        middle = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(
                    (b'"', b"\r", b"\n", b",", b";", b"\t", b"\0", b"\xff", b"\xc3", b"<", b">", b"&", b"/")
                ),
                st.sampled_from(
                    (b"1048576", b"XFD1048576", b"99999999", b"-1", b"0", b'"" ', b"\xef\xbb\xbf", b"\x85")
                ),
                st.just(content[start:end] * draw(st.integers(0, 3))),
            )
        )
        content = content[:start] + middle + content[end:]
    return content


def check_file(content: bytes, name: str) -> None:
    """Raises whatever is wrong with the reader; its own errors are right."""
    from indicators.headers import guess_header, header_names, same_name
    from indicators.tables import TableError, open_book

    problems = ()
    try:
        book = open_book(io.BytesIO(content), name)
        for sheet in book.sheets:
            rows = list(book.rows(sheet))
            assert all(one.number < other.number for one, other in pairwise(rows))
            assert all(any(map(str.strip, row.cells)) for row in rows)
            assert rows == [] or 1 <= rows[0].number <= rows[-1].number <= max(book.size_hint(sheet), len(content))
            first, height = guess_header(rows)
            assert rows == [] or (height >= 1 and first + height <= len(rows))
            names = header_names(rows[first : first + height])
            assert len(set(map(same_name, names))) == len(names)
            for row in rows[:MOST_ROWS_LOOKED_AT]:
                for cell in row.cells[:50]:
                    check_text(cell)
    except TableError as error:
        problems = error.problems
    assert all(problem.message and problem.file == name for problem in problems)


def check_text(text: str) -> None:
    from indicators import periods, shorthand
    from indicators.headers import clean_name

    cleaned = clean_name(text)
    assert clean_name(cleaned) == cleaned
    for markers in (None, shorthand.PUBLISHED):
        try:
            reading = shorthand.read(text, markers)
            assert reading.value is None or abs(reading.value) < shorthand.LARGEST_NUMBER
        except shorthand.ShorthandError:
            pass
    for style in periods.STYLES:
        for year_type in periods.FIRST_MONTH:
            try:
                period = periods.read(text, year_type=year_type, style=style)
                again = periods.read(period.label, year_type=year_type)
            except periods.PeriodError:
                continue
            assert (again, again.label) == (period, period.label), (text, style, year_type)
            assert period.start <= period.end
            assert len(period.label) <= 40


def forked(give: Callable[..., Iterator], content: bytes, *about: object) -> Iterator:
    """Stands in for the process in which workbooks are read: a hundred times as fast, and it tells every exception.

    That the library may end its process is known; an exception of our own code would be hidden by that.
    """
    from indicators import workbooks
    from indicators.sheetcells import UnreadableError

    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        _give(write_end, give, content, about)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    kind, what = pickle.loads(told) if told else ("unreadable", UnreadableError("damaged"))
    assert kind != "wrong", what
    if kind == "unreadable":
        raise workbooks.WorkbookError(workbooks._sentence(what))
    yield from what


def _give(write_end: int, give: Callable[..., Iterator], content: bytes, about: tuple) -> None:
    """Ends this process, whatever happens."""
    from indicators.sheetcells import UnreadableError

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    told: tuple = ()
    try:
        told = ("given", list(give(content, *about)))
    except UnreadableError as error:
        told = ("unreadable", error)
    finally:
        kind = sys.exc_info()[0]
        # A panic of the library is no Exception, and memory may end.
        if kind is not None and issubclass(kind, Exception) and not issubclass(kind, MemoryError):
            told = ("wrong", traceback.format_exc())
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(pickle.dumps(told) if told else b"")
        os._exit(0)


def run(examples: int, start: int) -> None:
    """Raises the first failure."""
    how = settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False
    )
    found = seeds()

    @seed(start)
    @how
    @given(files(found))
    def damaged_files(file: tuple[bytes, str]) -> None:
        check_file(*file)

    @seed(start)
    @how
    @given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=20))
    def odd_texts(text: str) -> None:
        check_text(text)

    damaged_files()
    odd_texts()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=None, help="of the first round; the next is one more")
    arguments = parser.parse_args()
    first = random.randrange(2**32) if arguments.seed is None else arguments.seed
    end, rounds = time.monotonic() + 60 * arguments.minutes, 0
    while time.monotonic() < end:
        print(f"seed {first + rounds}", flush=True)
        run(300, first + rounds)
        rounds += 1
    print(f"{rounds} rounds of 300 files and 300 texts: nothing found")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from indicators import workbooks

    workbooks._told = forked
    main()
