"""What a database says when a named constraint refuses a row."""

import re

import pytest
from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint


def refuses(model: type[Model], name: str):
    """Expects the refusal of this constraint. SQLite names the columns of one that is unique, not the constraint."""
    (constraint,) = [one for one in model._meta.constraints if one.name == name]
    said = re.escape(name)
    if isinstance(constraint, UniqueConstraint) and constraint.fields:
        columns = [f"{model._meta.db_table}.{model._meta.get_field(field).column}" for field in constraint.fields]
        said += "|" + re.escape("UNIQUE constraint failed: " + ", ".join(columns)) + "$"
    return pytest.raises(IntegrityError, match=said)


def names(*models: type[Model]) -> set[str]:
    return {constraint.name for model in models for constraint in model._meta.constraints}
