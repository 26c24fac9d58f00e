"""A program that dies in the middle of publishing leaves nothing of it: a real process, killed, on a real database.

The database is a scratch one of the same kind as that of the test run, and the commands are those of an operator.
"""

from pathlib import Path

from tests.indicators.ground import HEADER
from tests.indicators.scratch import PATIENCE, lay

PAUSING = Path(__file__).parent / "import_and_pause.py"
AREAS = ("E10000099", "E07000901", "E07000902", "E07000903")
GROUPS = [f"group: {letter}{number}" for letter in "abcde" for number in range(10)]


def figures(file: Path, value: float) -> Path:
    """2,400 rows: every area, a dozen years, fifty groups."""
    rows = [
        f"school-ready,{area},{year},{value},,,,,{group},"
        for area in AREAS
        for year in range(2010, 2022)
        for group in GROUPS
    ]
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


CURRENT = "SELECT value, count(*) FROM indicators_value WHERE is_current GROUP BY value"
EVERYTHING = """SELECT (SELECT count(*) FROM indicators_value), (SELECT count(*) FROM indicators_upload),
                       (SELECT count(*) FROM indicators_originalfile)"""


def test_nothing_of_it_stands_and_publishing_again_gives_all_of_it(scratch, tmp_path):
    lay(scratch)
    by_stella = ("--partnership", "northshire", "--by", "stella@example.org")
    first, second = figures(tmp_path / "first.csv", 60), figures(tmp_path / "second.csv", 61)
    scratch.run("import_values", str(first), *by_stella)
    assert scratch.ask(CURRENT) == [(60, 2400)]

    process = scratch.start_and_pause(tmp_path / "writing", "import_values", str(second), *by_stella, script=PAUSING)
    assert scratch.ask(CURRENT) == [(60, 2400)], "somebody else sees a half-written upload"
    process.kill()
    process.communicate(timeout=PATIENCE)

    assert scratch.ask(CURRENT) == [(60, 2400)]
    assert scratch.ask(EVERYTHING) == [(2400, 1, 1)]
    published = scratch.run("import_values", str(second), *by_stella)
    assert published.splitlines()[-1] == "added=0 changed=2400 unchanged=0 left_out=0 rejected=0"
    assert scratch.ask(CURRENT) == [(61, 2400)]
    assert scratch.ask(EVERYTHING) == [(4800, 2, 2)]
