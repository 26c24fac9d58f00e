"""A program that dies in the middle of publishing leaves nothing of it: a real process, killed, on a real database.

The database is a scratch one of the same kind as that of the test run, and the commands are those of an operator.
"""

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from tests.indicators.ground import HEADER

HERE = Path(__file__).parent
WORLD = HERE.parent / "world"
AREAS = ("E10000099", "E07000901", "E07000902", "E07000903")
GROUPS = [f"group: {letter}{number}" for letter in "abcde" for number in range(10)]
PATIENCE = 60


class Scratch:
    """A database of its own, the commands that work on it, and a connection that asks it."""

    def __init__(self, url: str, connect: Callable):
        self.environment = {**os.environ, "DATABASE_URL": url}
        self.connect = connect

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]

    def run(self, *arguments: str) -> str:
        """Standard output of a command that must not fail."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, query: str) -> list[tuple]:
        with closing(self.connect()) as asking, closing(asking.cursor()) as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def start_and_pause(self, signal: Path, *arguments: str) -> subprocess.Popen:
        """Starts a command that stops in the middle of writing figures, and waits until it has."""
        process = subprocess.Popen(
            [sys.executable, str(HERE / "import_and_pause.py"), str(signal), *arguments],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not signal.exists():
            assert process.poll() is None, process.stdout.read()
            assert time.monotonic() < deadline, "the command never came to writing figures"
            time.sleep(0.05)
        return process


@pytest.fixture
def scratch(tmp_path: Path, db) -> Iterator[Scratch]:
    if connection.vendor != "postgresql":
        file = tmp_path / "scratch.sqlite3"
        yield Scratch(f"sqlite:///{file}", partial(sqlite3.connect, file))
        return
    given = connection.settings_dict
    place = {"host": given["HOST"], "port": given["PORT"] or 5432, "user": given["USER"], "password": given["PASSWORD"]}
    name = f"scratch_{uuid.uuid4().hex}"
    server = psycopg2.connect(dbname="postgres", **place)
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {name}")
    credentials = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    url = f"postgres://{credentials}@{place['host']}:{place['port']}/{name}"
    yield Scratch(url, partial(psycopg2.connect, dbname=name, **place))
    server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


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
    scratch.run("migrate", "--verbosity", "0")
    scratch.run("load_areas", str(WORLD / "areas.csv"), str(WORLD / "partnerships.yaml"))
    scratch.run("load_indicators", str(WORLD / "indicators.yaml"))
    scratch.run("createsuperuser", "--no-input", "--email", "stella@example.org", "--name", "Stella")
    by_stella = ("--partnership", "northshire", "--by", "stella@example.org")
    first, second = figures(tmp_path / "first.csv", 60), figures(tmp_path / "second.csv", 61)
    scratch.run("import_values", str(first), *by_stella)
    assert scratch.ask(CURRENT) == [(60, 2400)]

    process = scratch.start_and_pause(tmp_path / "writing", "import_values", str(second), *by_stella)
    assert scratch.ask(CURRENT) == [(60, 2400)], "somebody else sees a half-written upload"
    process.kill()
    process.communicate(timeout=PATIENCE)

    assert scratch.ask(CURRENT) == [(60, 2400)]
    assert scratch.ask(EVERYTHING) == [(2400, 1, 1)]
    published = scratch.run("import_values", str(second), *by_stella)
    assert published.splitlines()[-1] == "added=0 changed=2400 unchanged=0 left_out=0 rejected=0"
    assert scratch.ask(CURRENT) == [(61, 2400)]
    assert scratch.ask(EVERYTHING) == [(4800, 2, 2)]
