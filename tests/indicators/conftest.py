from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.indicators.ground import Ground, lay
from tests.indicators.scratch import Scratch, scratch_database
from tests.universe import World


@pytest.fixture
def ground(world: World) -> Ground:
    return lay(world)


@pytest.fixture
def scratch(tmp_path: Path, db) -> Iterator[Scratch]:
    with scratch_database(tmp_path) as scratch:
        yield scratch


@pytest.fixture
def browse(ground: Ground, client: Client):
    """Opens or posts to a page of Northshire by its name, signed in as somebody, and follows where it leads."""

    signed_in = []

    def browse(
        name: str,
        *arguments: int,
        by: str = "olive",
        post: dict | None = None,
        partnership: str = "northshire",
        query: str = "",
    ):
        if signed_in[-1:] != [by]:
            client.force_login(ground.people[by], backend="django.contrib.auth.backends.ModelBackend")
            signed_in.append(by)
        address = reverse(name, args=[partnership, *arguments]) + query
        return client.get(address) if post is None else client.post(address, post, follow=True)

    return browse
