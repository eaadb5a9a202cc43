"""Sealed bytes."""

from __future__ import annotations

from typing import Any

from zueinander.shared.sealed import SealedTextField


class SealedBytesField(SealedTextField):
    """Bytes that only the application can read."""

    description = "sealed bytes"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", bytes)
        super().__init__(*args, **kwargs)

    def dump(self, value: Any) -> bytes:
        return bytes(value or b"")

    def load(self, plain: bytes) -> Any:
        return plain
