"""One pass over a text for most patterns of the reader at once, with Hyperscan.

Every pattern that is asked of a folded text is enrolled here. A compiled set of them tells in some forty microseconds
which can match; those that Hyperscan only approximates are then tried by Python's `re`. Compiling takes seconds: it
happens once per machine, into a cache, and only in a process that reads a lot. Until then, and where Hyperscan does not
run, every pattern with its literals in the text is tried (`sieve.py`).

Hyperscan 5.4 has been seen to overlook one pattern with counted groups (`UNTRUSTED`); danger never depends on it.

Hyperscan looks at bytes: letters beyond ASCII stand in for themselves as capitals, which folded text does not have.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

hyperscan: Any = importlib.import_module("hyperscan") if importlib.util.find_spec("hyperscan") else None

WORTH_COMPILING = 2_000
"""Texts a process reads before it compiles the set itself."""

UNTRUSTED = r"(?: \w+){0,3} (?:koch\w*|back\w*"
"""Words of the pattern that Hyperscan overlooks now and then; it is always tried."""

_SIGNS = "°€♪♫🎵🎶😂😄😅😜🙄🙈🤣"
_LETTERS = {"ä": "A", "ö": "O", "ü": "U"}
_PLAIN = {**_LETTERS, **{sign: chr(14 + i) for i, sign in enumerate(_SIGNS)}}
_LOOKS = re.compile(r"\(\?[=!<]")
_START = re.compile(r"(?<![\[\\])\^")


class _Bytes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        known = _PLAIN.get(char) or ("0" if char.isdecimal() else "Z" if char.isalnum() else "\x7f")
        if len(self) < 60_000:
            self[code] = known
        return known


_TABLE = _Bytes({code: chr(code) for code in range(128)})


def _expression(pattern: str) -> bytes:
    """The pattern over the bytes that stand for folded text; it matches at least where the pattern does."""
    out = []
    for char in _START.sub("", pattern):
        known = char if char.isascii() else _PLAIN.get(char, "\x7f")
        out.append(known if known.isprintable() else f"\\x{ord(known):02x}")
    return "".join(out).encode()


def _note(number: int, start: int, end: int, flags: int, found: list[int]) -> None:
    found.append(number)


class Scanner:
    """The enrolled patterns and, once there is one, their compiled set."""

    def __init__(self) -> None:
        self._expressions: list[bytes] = []
        self._exact: list[bool] = []
        self._untrusted: set[int] = set()
        self._database: Any = None
        self._texts = 0
        self._looked = hyperscan is None
        self._lock = threading.Lock()
        self._last = threading.local()

    def enrol(self, pattern: re.Pattern[str]) -> int:
        """The number under which the pattern is found."""
        source = pattern.pattern
        self._expressions.append(_expression(source))
        self._exact.append(not _LOOKS.search(source) and not _START.search(source))
        number = len(self._expressions) - 1
        if UNTRUSTED in source or self._database is not None:  # or too late to be in the set
            self._untrusted.add(number)
        return number

    def exact(self, number: int) -> bool:
        """Whether a find is a match without a second look."""
        return self._exact[number]

    def trusted(self, number: int) -> bool:
        """Whether nothing found means nothing there."""
        return number not in self._untrusted

    def find(self, low: str) -> frozenset[int] | None:
        """Numbers of the patterns that may match; all others do not. None: nothing is known."""
        if self._database is None and not self._ready():
            return None
        last = self._last
        if getattr(last, "low", None) is not low:
            found: list[int] = []
            data = low.encode() if low.isascii() else low.translate(_TABLE).encode()
            if getattr(last, "scratch", None) is None:
                last.scratch = hyperscan.Scratch(self._database)  # a workspace serves one thread at a time
            self._database.scan(data, match_event_handler=_note, context=found, scratch=last.scratch)
            last.low, last.found = low, frozenset(found)
        known: frozenset[int] = last.found
        return known

    def _ready(self) -> bool:
        if hyperscan is None:
            return False
        with self._lock:
            if not self._looked:
                self._looked = True
                self._database = _load(self._file())
            self._texts += 1  # one text is asked for by several parts, this only has to be about right
            if self._database is None and self._texts > WORTH_COMPILING * 8:
                self.compile()
        return self._database is not None

    def compile(self) -> None:
        """Compiles the set and keeps it for the next process of this machine."""
        if hyperscan is None:
            return
        size = len(self._expressions)
        base = hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_ALLOWEMPTY
        flags = [base | (0 if sure else hyperscan.HS_FLAG_PREFILTER) for sure in self._exact]
        database = hyperscan.Database()
        database.compile(expressions=self._expressions, flags=flags, ids=list(range(size)), elements=size)
        self._database = database
        _keep(self._file(), hyperscan.dumpb(database))

    def _file(self) -> Path:
        mark = hashlib.sha256(b"\n".join([hyperscan.__version__.encode(), *self._expressions])).hexdigest()[:16]
        data = os.environ.get("ZUEINANDER_DATA")
        root = Path(data) / "cache" if data else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return root / f"zueinander-patterns-{mark}"


def _load(path: Path) -> Any:
    try:
        return hyperscan.loadb(path.read_bytes(), hyperscan.HS_MODE_BLOCK)
    except (OSError, hyperscan.error):  # none yet, or made on another machine
        return None


def _keep(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)
    except OSError:
        return  # a read-only home: the next process compiles again


SCANNER = Scanner()


class Gated:
    """A compiled pattern that is only tried on folded text in which it can match."""

    __slots__ = ("_number", "pattern", "search_always")

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.search_always = self.pattern.search
        self._number = SCANNER.enrol(self.pattern)

    def search(self, low: str) -> re.Match[str] | None:
        found = SCANNER.find(low)
        if found is not None and self._number not in found:
            return None
        return self.search_always(low)

    def finditer(self, low: str) -> Iterator[re.Match[str]]:
        found = SCANNER.find(low)
        if found is not None and self._number not in found:
            return iter(())
        return self.pattern.finditer(low)
