"""Functions of characters over many texts at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class Table:
    """Values by code point; each is asked for once."""

    def __init__(self, function: Callable[[int], int], kind: type[np.unsignedinteger[Any]] = np.uint32) -> None:
        self._function = function
        self._unknown = int(np.iinfo(kind).max)
        self._values = np.full(0x110000, self._unknown, kind)

    def __call__(self, codes: Array) -> Array:
        values = self._values[codes]
        missing = values == self._unknown
        if missing.any():
            for code in {*codes[missing].tolist()}:  # np.unique would import masked arrays
                self._values[code] = self._function(code)
            values = self._values[codes]
        return values


def codes(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text(codes: Array) -> str:
    return codes.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
