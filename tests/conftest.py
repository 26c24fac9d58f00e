import pytest
from django.conf import settings
from django.db import connection

from tests import universe


@pytest.fixture(scope="session", autouse=True)
def _fast_tests():
    """The cheapest hash of passwords: the tests make and check many."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """SQLite in a file: in memory, two connections of one process cannot wait for each other."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Builds the world once; every test runs in a transaction that is rolled back."""
    with django_db_blocker.unblock():
        universe.build()


@pytest.fixture
def world(db) -> universe.World:
    return universe.World()
