"""A database of its own, of the kind that the tests run on, for real processes that are killed."""

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection

WORLD = Path(__file__).parent.parent / "world"
PATIENCE = 60


class Scratch:
    """A database of its own, the commands that work on it, and a connection that asks it."""

    def __init__(self, url: str, connect: Callable):
        self.environment = {**os.environ, "DATABASE_URL": url}
        self.connect = connect

    def run(self, *arguments: str, script: Path = settings.BASE_DIR / "manage.py") -> str:
        """Standard output of a command that must not fail."""
        done = subprocess.run(
            [sys.executable, str(script), *arguments],
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

    def start_and_pause(self, signal: Path, *arguments: str, script: Path) -> subprocess.Popen:
        """Starts a script that stops in the middle of its work, and waits until it has."""
        process = subprocess.Popen(
            [sys.executable, str(script), str(signal), *arguments],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not signal.exists():
            assert process.poll() is None, process.stdout.read()
            assert time.monotonic() < deadline, "the script never came to its middle"
            time.sleep(0.05)
        return process


@contextmanager
def scratch_database(folder: Path) -> Iterator[Scratch]:
    if connection.vendor != "postgresql":
        file = folder / "scratch.sqlite3"
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


def lay(scratch: Scratch) -> None:
    """The areas and indicators of the tests' world, and its steward."""
    scratch.run("migrate", "--verbosity", "0")
    scratch.run("load_areas", str(WORLD / "areas.csv"), str(WORLD / "partnerships.yaml"))
    scratch.run("load_indicators", str(WORLD / "indicators.yaml"))
    scratch.run("createsuperuser", "--no-input", "--email", "stella@example.org", "--name", "Stella")
