"""XML for camt: opened without letting it act, walked by local names, its amounts and days read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from zueinander.banks.model import Refusal
from zueinander.shared.money import AmountError, Money, checked_currency, parse_plain

Node = etree._Element
GROUPS = {"Stmt": "camt.053", "Rpt": "camt.052", "Ntfctn": "camt.054"}
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.,]+)?\s*(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)


def parse(data: bytes) -> Node:
    """The root element. A document type is refused before anything in it could act (entity bombs, external files)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(_readable(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise Refusal(f"kein lesbares XML: {str(error).splitlines()[0][:120]}", line) from None
    if root.getroottree().docinfo.internalDTD is not None or any(
        isinstance(node, etree._Entity) for node in root.iter()
    ):
        raise Refusal("die Datei bringt einen DOCTYPE mit; Kontoauszüge haben keinen", 1)
    return root


def _readable(data: bytes) -> bytes:
    """Bytes that call themselves UTF-8 and are not become UTF-8 from Windows-1252; the figures are the same in both."""
    declared = re.match(rb"<\?xml[^>]{0,200}\?>", data)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or (declared and not re.search(rb"utf-8", declared[0], re.IGNORECASE)):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").encode("utf-8")
    return data


def money(node: Node, currency: str = "") -> Money:
    if any(isinstance(child.tag, str) for child in node):
        raise Refusal("Betrag mit Elementen darin", line_of(node))
    code = node.get("Ccy") or currency or _account_currency(node)
    try:
        return parse_plain(own_text(node), checked_currency(code))
    except AmountError as error:
        raise Refusal(str(error), line_of(node)) from None


def _account_currency(node: Node) -> str:
    """The account's currency for an amount that names none; "" where the account names none either."""
    statement = next((above for above in node.iterancestors() if local(above) in GROUPS), None)
    return text_at(statement, "Acct/Ccy") if statement is not None else ""


def checked(code: str, node: Node) -> str:
    """The currency code, refused with its line when it is none."""
    try:
        return checked_currency(code)
    except AmountError as error:
        raise Refusal(str(error), line_of(node)) from None


def day_at(node: Node, path: str) -> date | None:
    """The day at `path`, or in its Dt or DtTm; the calendar day as written, whatever its time zone."""
    for candidate in (f"{path}/Dt", f"{path}/DtTm", path):
        found = next(each(node, candidate), None)
        if found is None or not (text := own_text(found)):
            continue
        match = _DATE.fullmatch(text)
        try:
            if match:
                return date.fromisoformat(match[1])
        except ValueError:
            pass
        raise Refusal(f"{text!r} ist kein Datum", line_of(found))
    return None


def each(node: Node, path: str) -> Iterator[Node]:
    """Elements at the path of local names below `node`, in document order."""
    head, _, rest = path.partition("/")
    for child in node:
        if local(child) == head:
            if rest:
                yield from each(child, rest)
            else:
                yield child


def text_at(node: Node, path: str) -> str:
    found = next(each(node, path), None)
    return own_text(found) if found is not None else ""


def own_text(node: Node) -> str:
    """All character data directly inside, comments skipped; elements inside are not text."""
    return "".join([node.text or "", *(child.tail or "" for child in node)]).strip()


def local(node: Node) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def line_of(node: Node) -> int:
    line = node.sourceline
    return line if isinstance(line, int) else 0
