"""Secret keys in files outside the database: one for signing, and dated ones for sealed fields.

``signing`` holds Django's secret key; ``fields`` holds one line a key, ``<id> <hex>``, the last is the one in use;
``backup`` holds the one for backups. All are made once, readable by their owner only.
"""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path


class MissingKeysError(RuntimeError):
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


def backup_key(folder: Path) -> bytes:
    """What backups are encrypted with (32 bytes), made on first use."""
    return bytes.fromhex(_made_once(folder / "backup", secrets.token_hex(32)))


def field_keys(folder: Path) -> dict[bytes, bytes]:
    """All field keys by id (4 bytes), oldest first; the last one seals. A rotation is seen at once by every process."""
    path = folder / "fields"
    if not path.exists():
        _made_once(path, _line())
    return _keys_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _keys_of(path: Path, changed: int) -> dict[bytes, bytes]:
    lines = path.read_text().strip().splitlines()
    return {bytes.fromhex(a): bytes.fromhex(b) for a, b in (line.split() for line in lines)}


def add_field_key(folder: Path) -> None:
    """A new key becomes the one in use; the old ones stay for reading until everything is sealed again."""
    _rewrite(folder, [*_lines(folder), _line()])


def drop_old_field_keys(folder: Path) -> None:
    """Forget all but the newest two: a value that was being sealed during a rotation may still need the second."""
    _rewrite(folder, _lines(folder)[-2:])


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
