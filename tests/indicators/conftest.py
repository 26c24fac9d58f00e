from collections.abc import Iterator
from pathlib import Path

import pytest

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
