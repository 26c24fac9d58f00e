"""What the benchmarks share: production settings, databases of their own, and a page beside its ready-made twin."""

import os
import secrets
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 60
LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
READY_MADE = "/ready-made/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Filled with what each page answered; served by ready_made.
bytes_of_page = {}


def production(url: str) -> dict[str, str]:
    """The environment of a process that serves as in production, over this database."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "False",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": url,
    }


@contextmanager
def databases(folder: str, *names: str) -> Iterator[dict[str, list[str]]]:
    """By the system, the addresses of an empty database for each name; the folder and the server are left as found."""
    found = {"SQLite": [f"sqlite:///{folder}/{name}.sqlite3" for name in names]}
    server = _server()
    if server is None:
        print("PostgreSQL left out: no server answers at TEST_POSTGRES_URL or 127.0.0.1:5432.")
        yield found
        return
    base = _server_url().rpartition("/")[0]
    with server.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP DATABASE IF EXISTS bench_{name}")
            cursor.execute(f"CREATE DATABASE bench_{name}")
    try:
        yield found | {"PostgreSQL": [f"{base}/bench_{name}" for name in names]}
    finally:
        with server.cursor() as cursor:
            for name in names:
                cursor.execute(f"DROP DATABASE bench_{name} WITH (FORCE)")
        server.close()


def _server_url() -> str:
    return os.environ.get("TEST_POSTGRES_URL", LOCAL_POSTGRES)


def _server():
    """A connection to the PostgreSQL server; None where none answers."""
    import psycopg2

    try:
        server = psycopg2.connect(_server_url(), connect_timeout=3)
    except psycopg2.OperationalError:
        return None
    server.autocommit = True
    return server


def serve(url: str) -> None:
    """Makes this process one that serves over the database, with the ready-made view at an address of its own."""
    os.environ |= production(url)
    import django

    django.setup()
    from django.urls import path

    from config import urls

    urls.urlpatterns.insert(0, path(READY_MADE.lstrip("/"), ready_made))


def ready_made(request):
    from django.http import HttpResponse

    return HttpResponse(bytes_of_page[request.GET["page"]])


def clients(officer: str) -> dict:
    """A visitor, and the officer with this e-mail address signed in."""
    from django.test import Client

    from partnerships.models import User

    member = Client()
    member.force_login(User.objects.get(email=officer), BACKEND)
    return {"a visitor": Client(), "an officer": member}


def measure(client, address: str) -> tuple[float, float]:
    """The median seconds of the page and of its ready-made twin, taking turns."""
    keep(client, address)
    return medians(once(client, address) for _round in range(ROUNDS))


def keep(client, address: str) -> None:
    """Keeps what the page answers for its twin, and warms both up."""
    bytes_of_page[address] = client.get(address, secure=True).content
    once(client, address)


def once(client, address: str) -> tuple[float, float]:
    return seconds(client, address), seconds(client, READY_MADE, {"page": address})


def medians(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
    page, twin = (statistics.median(times) for times in zip(*pairs, strict=True))
    return page, twin


def seconds(client, address: str, parameters: dict | None = None) -> float:
    start = time.perf_counter()
    response = client.get(address, parameters, secure=True, headers={"accept-encoding": "gzip"})
    taken = time.perf_counter() - start
    assert response.status_code == 200, (address, response.status_code)
    return taken


def queries(client, address: str) -> int:
    """How many the page asks of the database."""
    from django.db import connection

    asked = []

    def count(execute, sql, *arguments):
        asked.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(count):
        client.get(address, secure=True)
    return len(asked)
