"""Which account somebody tries to open, for django-axes, which counts the failures of each."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

# What the column of django-axes holds. No address of an account is longer.
LONGEST_KEPT = 255


def account_tried(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """One text for every spelling of an email address that opens the same account.

    Signing in does not tell capitals from small letters; told apart here, each spelling would have failures of its own.
    To capitals first, since a database may take a letter such as the dotless i for the one that has the same capital.
    """
    typed = (request.POST if credentials is None else credentials).get("username") or ""
    return typed.upper().lower()[:LONGEST_KEPT]
