"""Sealed bytes, for uploaded files."""

from __future__ import annotations

from typing import Any

from zueinander.shared.sealed import SealedTextField


class SealedBytesField(SealedTextField):
    """A file that only the application can read; b"" is stored empty."""

    description = "sealed bytes"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", bytes)
        super().__init__(*args, **kwargs)

    def dump(self, value: Any) -> bytes:
        return bytes(value) if value else b""

    def load(self, plain: bytes) -> Any:
        return plain
