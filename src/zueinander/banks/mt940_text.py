"""The purpose field :86: in its dialects: German ?20 subfields with SEPA keywords, SWIFT /KEY/ words, plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zueinander.banks.model import one_line

_SUBFIELD = re.compile(r"(?<!\?)([?>~^])(\d\d)")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\s?\+")
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|BENM|ORDP|ID|CNTP|MARF|CSID|PREF|ISDT|RTRN|PURP|ULTC|ULTD|SVCL|TRCD|BBAN|INIT)/"
)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_RETURNS = {"108", "109", "159", "184"}
_ABSENT = {"NOTPROVIDED", "NONREF", ""}


@dataclass(frozen=True, slots=True)
class Told:
    """What a :86: field tells; empty text where it is silent."""

    text: str = ""
    counterparty: str = ""
    iban: str = ""
    reference: str = ""
    returned: bool = False


def purpose(lines: list[str]) -> Told:
    """Reads the lines of one :86: (a line "\\n" parts several fields). Never fails: unknown dialects are plain text."""
    joined = "".join(lines).replace("\n", " ")
    marks = _SUBFIELD.findall(joined)
    if marks and re.match(r"\d{0,3} ?[?>~^]\d\d", joined.lstrip()):
        return _subfields(joined)
    if _SLASHED.search(joined):
        return _slashed(joined)
    return Told(text=one_line(*lines))


def _subfields(joined: str) -> Told:
    """The German dialect (DK-Vereinbarung, Anlage 3): ?00 kind, ?20-29 and ?60-63 purpose, ?31 account, ?32-33 name."""
    mark = re.search(r"[?>~^]", joined)
    pieces = re.split(rf"{re.escape(mark[0]) if mark else '?'}(\d\d)", joined)
    code, values = pieces[0].strip()[:3], list(zip(pieces[1::2], pieces[2::2], strict=False))
    parts = [value for number, value in values if "20" <= number <= "29" or "60" <= number <= "63"]
    words = _keywords(parts)
    name = one_line("".join(value for number, value in values if number in {"32", "33"}))
    account = one_line(*(value for number, value in values if number == "31")).replace(" ", "").upper()
    iban = account or words.get("IBAN", "").replace(" ", "").upper()
    kind = one_line(*(value for number, value in values if number == "00"))
    reference = one_line(words.get("EREF") or words.get("KREF") or "")
    return Told(
        text=one_line(words.get("SVWZ") or words.get("") or "".join(parts), kind),
        counterparty=name,
        iban=iban,
        reference="" if reference.upper() in _ABSENT else reference,
        returned=code in _RETURNS,
    )


def _keywords(parts: list[str]) -> dict[str, str]:
    """SEPA keywords of the purpose; a keyword may itself be cut at a subfield's end, so cuts are closed first.

    Without SVWZ the whole purpose without keywords is under "".
    """
    joined = "".join(parts)
    pieces = _SEPA.split(joined)
    found = {"": pieces[0] if len(pieces) > 1 else " ".join(parts)}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=False):
        found[key] = f"{found[key]} {value}" if key in found else value
    return found


def _slashed(joined: str) -> Told:
    pieces = _SLASHED.split(joined)
    found: dict[str, str] = {}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=False):
        found.setdefault(key, value)
    iban, name = found.get("IBAN", ""), found.get("NAME", "")
    if "CNTP" in found:
        iban, _, more = found["CNTP"].partition("/")
        name = name or ([*more.split("/"), "", ""])[1]
    reference = one_line(found.get("EREF", "").strip("/ "))
    remitted = re.sub(r"^(USTD|STRD)/", "", found.get("REMI", "").strip("/")).strip("/")
    return Told(
        text=one_line(remitted, found.get("TRTP", "").strip("/ ")) or one_line(joined),
        counterparty=one_line(name.strip("/ ")),
        iban=one_line(iban.strip("/ ")).replace(" ", ""),
        reference="" if reference.upper().replace(" ", "") in _ABSENT else reference,
        returned="RTRN" in found,
    )
