"""The cases of a file, as parameters of a test."""

import json
from pathlib import Path

import pytest


def cases(name: str) -> list:
    return [
        pytest.param(case, id=case["id"]) for case in json.loads((Path(__file__).parent / f"{name}.json").read_text())
    ]
