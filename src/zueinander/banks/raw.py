"""From the uploaded bytes to text: character sets, and zip archives opened with limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from zueinander.banks.model import Refusal

MAX_FILE = 64 * 1024 * 1024
"""Bytes of one file, packed or not. A year of 1,500 gifts a day is below this."""
MAX_MEMBERS = 1000
MAX_UNPACKED = 128 * 1024 * 1024
"""Bytes of a whole archive after unpacking, counted while reading: what the archive claims is not believed."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """The text, by byte order mark, then UTF-8, then Windows-1252, then ISO 8859-1, which never fails.

    Digits and separators are the same in all of them, so a wrong guess can spoil an umlaut and never an amount.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise Refusal(f"die Datei kündigt {encoding} an und ist es nicht") from None
    if b"\x00" in data[:4096]:
        raise Refusal("keine Textdatei")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("iso-8859-1")


def is_zip(data: bytes) -> bool:
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def unzip(data: bytes) -> list[tuple[str, bytes]]:
    """Name and content of every file in the archive, sorted by name. Bombs, nesting and passwords are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Refusal(f"das Archiv lässt sich nicht öffnen: {error}") from None


def _members(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    infos = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
    if len(infos) > MAX_MEMBERS:
        raise Refusal(f"das Archiv enthält mehr als {MAX_MEMBERS} Dateien")
    members, room = [], MAX_UNPACKED
    for info in sorted(infos, key=lambda info: info.filename):
        if info.flag_bits & 1:
            raise Refusal(f"{info.filename} ist mit einem Kennwort verschlossen")
        with archive.open(info) as stream:
            content = stream.read(min(room, MAX_FILE) + 1)
        room -= len(content)
        if room < 0 or len(content) > MAX_FILE:
            raise Refusal("das Archiv wird beim Auspacken zu groß")
        if is_zip(content):
            raise Refusal(f"{info.filename} ist selbst ein Archiv; bitte einzeln hochladen")
        members.append((info.filename, content))
    return members


def _hidden(name: str) -> bool:
    return PurePosixPath(name).name.startswith(".") or name.startswith("__MACOSX/")
