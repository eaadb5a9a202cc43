"""Published files in memory, ready to be sent: each with its compressed variants, headers and strong ETags. Pure.

A tree is read as a whole before anybody sees it; it never changes once it has its name (`site.story.tree`).
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

OURS = ("/fuer/", "/f/")  # nothing below these is the application's
LOOK_S = 0.5

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8", ".xml": "application/atom+xml; charset=utf-8",
    ".pdf": "application/pdf", ".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
_HASHED = re.compile(r"-[0-9a-f]{12}\.\w+$")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One variant of one file. `headers` go with the bytes, `unchanged` with 304, `empty` with HEAD."""

    etag: str
    body: bytes
    headers: list[Header]
    unchanged: list[Header]
    empty: list[Header]


@dataclass(frozen=True, slots=True)
class Entry:
    """`by` the encoding that was agreed on: "", "gzip" or "br"; where a variant is missing, it is the plain one."""

    by: Mapping[str, Answer]


Shelf = Mapping[str, Entry]


def read(root: Path, *, more: tuple[Header, ...] = ()) -> Shelf:
    """All files below `root` by their public address. `more`: headers for every answer."""
    found: dict[str, Entry] = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in (".gz", ".br"):
            name = "/" + path.relative_to(root).as_posix()
            found[name.removesuffix("index.html")] = _entry(path, name, more)
    return found


def _entry(path: Path, name: str, more: tuple[Header, ...]) -> Entry:
    plain = path.read_bytes()
    variants = {"": plain}
    for encoding, suffix in (("gzip", ".gz"), ("br", ".br")):
        other = path.with_name(path.name + suffix)
        variants[encoding] = other.read_bytes() if other.is_file() else plain
    tag = hashlib.sha256(plain).hexdigest()[:24]
    return Entry({e: _answer(name, tag, e if data is not plain else "", data, more) for e, data in variants.items()})


def _answer(name: str, tag: str, encoding: str, body: bytes, more: tuple[Header, ...]) -> Answer:
    etag = f'"{tag}{"-" + encoding if encoding else ""}"'
    common = [("etag", etag), ("cache-control", _lasts(name)), ("vary", "Accept-Encoding"), *more]
    headers = [
        *common, ("content-type", TYPES.get(Path(name).suffix, "application/octet-stream")),
        ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"),
        ("content-security-policy", CSP + ("*" if "/widget/" in name else "'none'")),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"),
    ]  # fmt: skip
    if name.endswith((".json", ".xml")):
        headers.append(("access-control-allow-origin", "*"))
    if encoding:
        headers.append(("content-encoding", encoding))
    return Answer(etag, body, headers, common, [*headers, ("content-length", str(len(body)))])


def _lasts(name: str) -> str:
    """Names with a hash of their content last; of everything else a withdrawal must be seen soon."""
    return "public, max-age=31536000, immutable" if _HASHED.search(name) else "public, max-age=5"


@lru_cache(maxsize=512)
def encoding(accepted: str) -> str:
    """What to send to whoever accepts this: "br", "gzip" or "" (RFC 9110, 12.5.3)."""
    wishes: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";")
        found = re.fullmatch(r"\s*q=([0-9.]+)\s*", weight)
        try:
            wishes[name.strip()] = float(found[1]) if found else 1.0
        except ValueError:
            wishes[name.strip()] = 0.0
    best = max(("br", "gzip"), key=lambda name: wishes.get(name, wishes.get("*", 0.0)))
    return best if wishes.get(best, wishes.get("*", 0.0)) > 0 else ""


def same(known: str, etag: str) -> bool:
    """Whether If-None-Match names this variant (weak comparison, as RFC 9110 wants it)."""
    return known.strip() == "*" or etag in (part.strip().removeprefix("W/") for part in known.split(","))


class Watched:
    """The newest tree, read again within a second of its switch; until it is read whole, the one before is served."""

    def __init__(self, root: Path, *, more: tuple[Header, ...] = ()) -> None:
        self.shelf: Shelf = {}
        self._root, self._more, self._seen = root, more, ""

    def look(self) -> bool:
        """Reads the tree when it is another one; True when it did."""
        try:
            target = os.readlink(self._root / "current")
        except OSError:
            return False
        if target == self._seen:
            return False
        try:
            shelf = read(self._root / target, more=self._more)
        except OSError:  # the next publication has just taken its place
            return False
        if not (self._root / target).is_dir():
            return False
        self.shelf, self._seen = shelf, target
        return True

    def keep_looking(self, pause: Callable[[float], object]) -> None:
        while True:
            pause(LOOK_S)
            self.look()

    def start(self) -> None:
        import time

        self.look()
        threading.Thread(target=self.keep_looking, args=(time.sleep,), daemon=True, name="tree").start()
