"""A tree of files that changes as a whole: readers see all of the old or all of the new, whatever dies in between.

    <root>/current -> releases/<name>     switched by one rename
    <root>/releases/<name>/...            never changed once it has its name

Beside each text lie its compressed variants (.gz, .br). What did not change is the same file by hard link, so that its
time and with it a web server's ETag stay. Pure: no Django.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import brotli

COMPRESSED = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt")
VARIANTS = (".gz", ".br")


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """One writer at a time, also among processes; the lock goes with the process that held it."""
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o755)  # whatever the umask: a web server of another user reads it
    with open(root / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def current(root: Path) -> Path | None:
    """The folder readers see now."""
    try:
        return root / os.readlink(root / "current")
    except FileNotFoundError:
        return None


def digest(files: Mapping[str, bytes]) -> str:
    """One hash over names and contents, in any order."""
    lines = sorted(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def replace(root: Path, *, prefixes: tuple[str, ...], files: Mapping[str, bytes]) -> Path:
    """Puts `files` (path below the root of the site -> bytes) in the place of everything under `prefixes`.

    The rest of the tree stays. Older trees are removed. To be called under `locked`.
    """
    for name in files:
        if not name.startswith(prefixes) or ".." in name.split("/"):
            raise ValueError(f"{name} lies outside {prefixes}")
    old, releases = current(root), root / "releases"
    name = f"{time.time_ns():020d}"
    building = releases / f"{name}.part"
    building.mkdir(parents=True)
    releases.chmod(0o755)
    if old is not None:
        _carry_over(old, building, prefixes)
    for path, data in files.items():
        _put(building, path, data, old)
    _sync_folders(building)
    done = releases / name
    os.rename(building, done)
    _switch(root, f"releases/{name}")
    _remove_others(releases, done)
    return done


def _carry_over(old: Path, new: Path, prefixes: tuple[str, ...]) -> None:
    for found in old.rglob("*"):
        path = found.relative_to(old).as_posix()
        if found.is_file() and not path.startswith(prefixes):
            _link(found, new / path)


def _link(there: Path, here: Path) -> None:
    here.parent.mkdir(parents=True, exist_ok=True)
    os.link(there, here)


def _put(new: Path, path: str, data: bytes, old: Path | None) -> None:
    before = old / path if old is not None else None
    if before is not None and before.is_file() and before.read_bytes() == data:
        for suffix in ("", *VARIANTS):
            if (same := before.with_name(before.name + suffix)).is_file():
                _link(same, new / (path + suffix))
        return
    _write(new / path, data)
    if path.endswith(COMPRESSED):
        _write(new / f"{path}.gz", gzip.compress(data, 9, mtime=0))
        _write(new / f"{path}.br", brotli.compress(data, quality=11))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def _sync_folders(top: Path) -> None:
    for folder in (top, *(found for found in top.rglob("*") if found.is_dir())):
        folder.chmod(0o755)
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _switch(root: Path, target: str) -> None:
    waiting = root / ".next"
    waiting.unlink(missing_ok=True)
    os.symlink(target, waiting)
    os.replace(waiting, root / "current")
    _sync(root)


def _remove_others(releases: Path, kept: Path) -> None:
    """Also what a killed writer left half done."""
    for one in releases.iterdir():
        if one != kept:
            shutil.rmtree(one, ignore_errors=True)
