import pytest

from tests.cast import Cast
from tests.voices.booth import Booth


@pytest.fixture
def booth(cast: Cast) -> Booth:
    return Booth(cast)
