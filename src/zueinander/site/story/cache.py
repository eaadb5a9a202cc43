"""What is costly to make (PDF, pictures) and the same as last time; kept outside the published tree. Pure."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path


class Cache:
    """Bytes by what they were made from. What was not asked for since it was opened is forgotten by `forget_rest`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        name = hashlib.sha256(key.encode()).hexdigest()
        self._used.add(name)
        path = self.folder / name
        if path.exists():
            return path.read_bytes()
        made = make()
        waiting = path.with_suffix(".part")
        waiting.write_bytes(made)
        os.replace(waiting, path)
        return made

    def forget_rest(self) -> None:
        for path in self.folder.iterdir():
            if path.name not in self._used:
                path.unlink(missing_ok=True)
