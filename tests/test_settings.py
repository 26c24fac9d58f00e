"""Production settings, as a real process sees them."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": "z" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "outcomes.example.org",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {key: value for key, value in os.environ.items() if key not in PRODUCTION}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env=clean | environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_check_deploy_is_clean():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEBUG": "False"}, "SECRET_KEY is not set"),
        ({"DEBUG": "yes"}, "DEBUG is 'yes': write True or False."),
    ],
)
def test_a_wrong_setting_stops_the_program_with_a_sentence(variables, sentence):
    result = manage("check", **variables)
    assert result.returncode != 0
    assert sentence in result.stderr


def test_a_server_is_production_unless_told_otherwise():
    clean = {key: value for key, value in os.environ.items() if key not in PRODUCTION}
    result = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=settings.BASE_DIR, env=clean, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "SECRET_KEY is not set" in result.stderr
