"""Runs pytest on PostgreSQL: the one that TEST_POSTGRES_URL names, or one that answers on 127.0.0.1:5432."""

import os
import sys

import psycopg2
import pytest

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"


def main(arguments: list[str]) -> int:
    named = os.environ.get("TEST_POSTGRES_URL")
    url = named or LOCAL
    try:
        psycopg2.connect(url, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        if named:
            sys.exit(f"TEST_POSTGRES_URL is set but its server does not answer: {error}")
        print(
            "Database tests on PostgreSQL left out: TEST_POSTGRES_URL is not set and nothing answers at 127.0.0.1:5432"
        )
        return 0
    print(f"Database tests on PostgreSQL ({'TEST_POSTGRES_URL' if named else '127.0.0.1:5432'})", flush=True)
    os.environ["DATABASE_URL"] = url
    return pytest.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
