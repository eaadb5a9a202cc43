"""Secret keys in files outside the database: one for signing, and dated ones for sealed fields.

``signing`` holds Django's secret key; ``fields`` holds one line a key, ``<id> <hex>``, the last is the one in use.
Both are made once, readable by their owner only.
"""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path


class MissingKeys(RuntimeError):
    """Values are sealed with a key that is not in the key folder; nothing can be read without it."""


def _made_once(path: Path, content: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        return path.read_text().strip()
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when another process was first: then its key counts
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()


def secret_key(folder: Path) -> str:
    """Django's signing key, made on first use."""
    return _made_once(folder / "signing", secrets.token_urlsafe(64))


def _line() -> str:
    return f"{secrets.token_hex(4)} {secrets.token_hex(32)}"


@lru_cache(maxsize=4)
def field_keys(folder: Path) -> dict[bytes, bytes]:
    """All field keys by id (4 bytes), oldest first; the last one seals."""
    lines = _made_once(folder / "fields", _line()).splitlines()
    return {bytes.fromhex(a): bytes.fromhex(b) for a, b in (line.split() for line in lines)}


def add_field_key(folder: Path) -> None:
    """A new key becomes the one in use; the old ones stay for reading until everything is sealed again."""
    _rewrite(folder, [*_lines(folder), _line()])


def keep_newest_field_key(folder: Path) -> None:
    """Forget all but the newest key, once nothing is sealed with the others."""
    _rewrite(folder, _lines(folder)[-1:])


def _lines(folder: Path) -> list[str]:
    field_keys(folder)
    return (folder / "fields").read_text().strip().splitlines()


def _rewrite(folder: Path, lines: list[str]) -> None:
    path, draft = folder / "fields", folder / f"fields.{os.getpid()}"
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    field_keys.cache_clear()
