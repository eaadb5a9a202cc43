"""What several tests of giving share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.giving import mollie
from zueinander.shared.config import config


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[mollie.World]:
    """A payment provider on this machine, and an installation that uses it."""
    with mollie.running() as world:
        monkeypatch.setenv("ZUEINANDER_PAY_KEY", mollie.TOKEN)
        monkeypatch.setenv("ZUEINANDER_PAY_PROFILE", mollie.PROFILE)
        monkeypatch.setenv("ZUEINANDER_PAY_URL", world.address)
        config.cache_clear()
        yield world
    config.cache_clear()
