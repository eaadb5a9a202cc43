"""The one door: bytes of whatever a person uploads in, statements or a refusal out."""

from __future__ import annotations

import re

from zueinander.banks.camt import read_camt
from zueinander.banks.model import Refusal, StatementFile
from zueinander.banks.mt940 import read_mt940
from zueinander.banks.raw import MAX_FILE, decode, is_zip, unzip
from zueinander.banks.table import Layout
from zueinander.banks.table_read import read_table

_MT940 = re.compile(r"^\s*:(?:20|25|28C?|60[FM]|61):", re.MULTILINE)
_XLS = b"\xd0\xcf\x11\xe0"


def read(data: bytes, *, layout: Layout | None = None) -> StatementFile:
    """Reads camt (plain or zipped), MT940, MT942 or a bank's CSV, told apart by content and never by file name.

    `layout` is a mapping saved by the wizard; it overrides detection for tables. Raises Refusal (also its subclass
    UnknownLayout, which asks for the wizard) and nothing else. Nothing of a refused file may be used.
    """
    if len(data) > MAX_FILE:
        raise Refusal("die Datei ist zu groß")
    if not data.strip():
        raise Refusal("die Datei ist leer")
    if is_zip(data):
        return _read_zip(data, layout)
    if data.startswith(b"%PDF"):
        raise Refusal("ein PDF ist kein lesbarer Kontoauszug; bitte camt, MT940 oder CSV herunterladen")
    if data.startswith(_XLS):
        raise Refusal("eine alte Excel-Datei; bitte als CSV speichern")
    if is_xml(data):
        return read_camt(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    text = decode(data)
    if layout is None and _MT940.search(text) and re.search(r"^\s*:(?:60[FM]|61|34F|90[CD]):", text, re.MULTILINE):
        return read_mt940(text)
    return read_table(text, layout)


def is_xml(data: bytes) -> bool:
    start = data[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def read_each(data: bytes, *, layout: Layout | None = None) -> list[tuple[str, StatementFile]]:
    """For the import: every file of an archive on its own, with its name (a plain file alone, with ""), all or nothing.

    Files of one archive may overlap, so each is compared with the books after the one before it.
    """
    if not is_zip(data):
        return [("", read(data, layout=layout))]
    members = unzip(data)
    if any(name == "[Content_Types].xml" for name, _ in members):
        raise Refusal("eine Excel-Datei; bitte die Umsätze als CSV oder camt herunterladen")
    files = []
    for name, content in members:
        try:
            files.append((name, read(content, layout=layout)))
        except Refusal as refusal:
            raise type(refusal)(f"{name}: {refusal.reason}", refusal.line) from None
    if not files:
        raise Refusal("das Archiv ist leer")
    return files


def _read_zip(data: bytes, layout: Layout | None) -> StatementFile:
    files = [file for _, file in read_each(data, layout=layout)]
    formats = list(dict.fromkeys(file.format for file in files))
    return StatementFile(
        format=formats[0] if len(formats) == 1 else "+".join(formats),
        statements=tuple(statement for file in files for statement in file.statements),
        warnings=tuple(warning for file in files for warning in file.warnings),
    )
