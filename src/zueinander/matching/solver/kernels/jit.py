"""One decorator for all compiled functions, typed so that mypy sees through it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Compile on first call and keep the machine code on disk beside the module (or in NUMBA_CACHE_DIR)."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: Function) -> Function:
    """A helper of kernels that allocates nothing: no references are counted, which makes it ten times faster."""
    return cast(Function, numba.njit(nogil=True, error_model="numpy", _nrt=False)(function))  # type: ignore[call-overload]


def allocating(function: Function) -> Function:
    """A helper of kernels that makes arrays of its own."""
    return cast(Function, numba.njit(nogil=True, error_model="numpy")(function))
