"""Brings a row of the database to what a file says of it, and says what that changes."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from partnerships.changes import ADDED, CHANGED, UNCHANGED, Change, FieldChange


def bring(one: models.Model, values: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Sets the fields that differ, in memory, and says which."""
    changed = []
    for name, value in values.items():
        old = getattr(one, name, None)
        if old != value:
            changed.append(FieldChange(verbose_name(one, name), _shown(old), _shown(value)))
            setattr(one, name, value)
    return tuple(changed)


def verbose_name(one: models.Model, name: str) -> str:
    return str(one._meta.get_field(name).verbose_name)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def change_of(what: str, code: str, title: str, is_new: bool, fields: tuple[FieldChange, ...]) -> Change:
    """Of something new the fields go without saying."""
    if is_new:
        return Change(ADDED, what, code, title)
    return Change(CHANGED if fields else UNCHANGED, what, code, title, fields)
