import pytest

from tests.indicators.ground import Ground, lay
from tests.universe import World


@pytest.fixture
def ground(world: World) -> Ground:
    return lay(world)
