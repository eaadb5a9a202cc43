from __future__ import annotations

import pytest

from zueinander.understanding.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()
