"""camt.052, camt.053 and camt.054 in every version, read by local element name.

Names are matched without their namespace and no schema is consulted: real files bind odd prefixes, and a fifth of them
fail the schema they declare. The money is the entry's own amount (`Ntry/Amt`); the single payments inside (`TxDtls`)
only split it when they add up. Message definitions: ISO 20022 Bank-to-Customer Cash Management.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from lxml import etree

from zueinander.banks.model import Entry, Refusal, Statement, StatementFile, Status, one_line, prove
from zueinander.shared.money import AmountError, Money, checked_currency, parse_plain

Node = etree._Element
_GROUPS = {"Stmt": "camt.053", "Rpt": "camt.052", "Ntfctn": "camt.054"}
_ROOTS = {"BkToCstmrStmt": "camt.053", "BkToCstmrAcctRpt": "camt.052", "BkToCstmrDbtCdtNtfctn": "camt.054"}
_VERSION = re.compile(r"camt\.05[234]\.001\.\d\d")
_ABSENT = {"", "NOTPROVIDED", "NOTAVAILABLE"}
_SIGN = {"CRDT": 1, "CREDIT": 1, "DBIT": -1, "DEBIT": -1}
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.,]+)?\s*(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)


def read_camt(data: bytes) -> StatementFile:
    """Every statement, report or notification of the message. Raises Refusal with the line of what it cannot read."""
    root = _parse(data)
    names = (re.sub(r"V\d\d$", "", _local(node)) for node in root.iter(etree.Element))  # version 01 names itself there
    kind = next((_ROOTS[name] for name in names if name in _ROOTS), None)
    groups = [node for node in root.iter(etree.Element) if _local(node) in _GROUPS]
    if kind is None:
        raise Refusal("keine camt-Nachricht: das Element BkToCstmrStmt, BkToCstmrAcctRpt oder …Ntfctn fehlt")
    statements = tuple(_statement(node, _GROUPS[_local(node)]) for node in groups)
    warnings = tuple(text for statement in statements for text in _doubts(statement, kind))
    return StatementFile(_declared(root) or kind, statements, warnings)


def _parse(data: bytes) -> Node:
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


def _declared(root: Node) -> str:
    for uri in root.nsmap.values():
        if uri and (found := _VERSION.search(uri)):
            return found[0]
    for child in root.iter(etree.Element):
        if found := _VERSION.search(etree.QName(child).namespace or ""):
            return found[0]
    return ""


def _statement(node: Node, kind: str) -> Statement:
    account = _text(node, "Acct/Id/IBAN") or _text(node, "Acct/Id/Othr/Id") or _text(node, "Acct/Id/PrtryAcct/Id")
    entries = tuple(_entry(child, kind) for child in _each(node, "Ntry"))
    opening, closing = _balances(node)
    named = checked(_text(node, "Acct/Ccy"), node)
    seen = {entry.amount.currency for entry in entries} | {b.currency for b in (opening, closing) if b}
    days = sorted(entry.booked for entry in entries)
    start = _day_at(node, "FrToDt/FrDtTm") or _day_at(node, "FrToDt/FrDt") or (days[0] if days else None)
    end = _day_at(node, "FrToDt/ToDtTm") or _day_at(node, "FrToDt/ToDt") or (days[-1] if days else None)
    return Statement(
        account=account.replace(" ", ""),
        currency=named or (seen.pop() if len(seen) == 1 else ""),
        entries=entries,
        start=start,
        end=end,
        opening=opening,
        closing=closing,
        balanced=_proof(node, entries, opening, closing),
        number=_text(node, "LglSeqNb") or _text(node, "ElctrncSeqNb") or _text(node, "Id"),
    )


def _proof(node: Node, entries: tuple[Entry, ...], opening: Money | None, closing: Money | None) -> bool | None:
    """The balances, contradicted also by totals that the bank states and the entries do not reach."""
    by_balance = prove(entries, opening, closing)
    totals = [
        t for sign, path in ((1, "TtlCdtNtries/Sum"), (-1, "TtlDbtNtries/Sum")) if (t := _total(node, path, sign))
    ]
    for sign, stated in totals:
        if any(entry.amount.currency != stated.currency for entry in entries):
            continue
        seen = sum(entry.amount.units for entry in entries if entry.amount.units * sign > 0)
        if seen != stated.units * sign:
            return False
    return by_balance


def _total(node: Node, path: str, sign: int) -> tuple[int, Money] | None:
    stated = next(_each(node, f"TxsSummry/{path}"), None)
    currencies = {child.get("Ccy", "") for child in _each(node, "Ntry/Amt")}
    if stated is None or len(currencies) != 1:
        return None
    return sign, _money(stated, currencies.pop())


def _balances(node: Node) -> tuple[Money | None, Money | None]:
    """Opening and closing booked balance. A previous closing or an interim balance stands in for a missing one.

    Interim balances come in pairs (from the page before, to the next page), first in the file first.
    """
    found: dict[str, list[Money]] = {}
    for balance in _each(node, "Bal"):
        code = _text(balance, "Tp/CdOrPrtry/Cd") or _text(balance, "Tp/Cd")
        amount = next(_each(balance, "Amt"), None)
        if code not in {"OPBD", "PRCD", "CLBD", "ITBD"} or amount is None:
            continue
        # a balance without indicator counts as credit; the proof below fails if it was not
        sign = _direction(balance) if _text(balance, "CdtDbtInd") else 1
        found.setdefault(code, []).append(_money(amount) * sign)
    interim = found.get("ITBD", [])
    opening = found.get("OPBD") or found.get("PRCD") or (interim[:1] if len(interim) == 2 or "CLBD" in found else [])
    closing = found.get("CLBD") or interim[1:2] or (interim[:1] if "OPBD" in found or "PRCD" in found else [])
    return (opening[0] if opening else None), (closing[-1] if closing else None)


def _entry(node: Node, kind: str) -> Entry:
    amount_node = next(_each(node, "Amt"), None)
    if amount_node is None:
        raise Refusal("Buchung ohne Betrag", _line(node))
    amount = _money(amount_node) * _direction(node)
    details = [tx for group in _each(node, "NtryDtls") for tx in _each(group, "TxDtls")] or list(_each(node, "TxDtls"))
    return _described(
        Entry(
            booked=_booked(node, details),
            valuta=_day_at(node, "ValDt"),
            amount=amount,
            bank_ref=_text(node, "AcctSvcrRef"),
            status=_status(node, kind),
            line=_line(node),
            dated=_day_at(node, "BookgDt") is not None or _day_at(node, "ValDt") is not None,
            parts=_parts(details, amount),
            returned=_returned(node, details),
        ),
        node,
        details,
    )


def _booked(node: Node, details: list[Node]) -> date:
    """The booking day; where the entry names none, its value date, its payments' one date, or the statement's day.

    The statement's day is that of its closing balance, else its period's end, else the day it was made.
    """
    own = _day_at(node, "BookgDt") or _day_at(node, "ValDt")
    if own:
        return own
    settled = {_day_at(tx, f"RltdDts/{name}") for tx in details for name in ("IntrBkSttlmDt", "TxDtTm")} - {None}
    if len(settled) == 1:
        return settled.pop() or date.min
    statement = node.getparent()
    if statement is not None:
        closing = [b for b in _each(statement, "Bal") if _text(b, "Tp/CdOrPrtry/Cd") in {"CLBD", "ITBD"}]
        for place, path in [(b, "Dt") for b in closing] + [(statement, "FrToDt/ToDtTm"), (statement, "CreDtTm")]:
            if day := _day_at(place, path):
                return day
    raise Refusal("Buchung ohne Buchungstag", _line(node))


def _returned(node: Node, details: list[Node]) -> bool:
    marked = _text(node, "RvslInd").lower() in {"true", "1"}
    return marked or any(next(_each(tx, "RtrInf"), None) is not None for tx in details)


def _described(entry: Entry, node: Node, details: list[Node]) -> Entry:
    """The entry with names and texts; those of a batch are named only when all its payments agree."""
    incoming = entry.amount.units >= 0
    names = [_party(tx, incoming) for tx in details]
    ibans = [_party_account(tx, incoming) for tx in details]
    references = [_reference(tx) for tx in details]
    purposes = [one_line(*(n.text for n in _each(tx, "RmtInf/Ustrd")), *_structured(tx)) for tx in details]
    refs = [_text(tx, "Refs/AcctSvcrRef") for tx in details]
    return replace(
        entry,
        counterparty=_agreed(names),
        iban=_agreed(ibans),
        reference=_agreed(references),
        text=one_line(*purposes, _text(node, "AddtlNtryInf")),
        bank_ref=entry.bank_ref or _agreed(refs),
    )


def _parts(details: list[Node], amount: Money) -> tuple[Money, ...]:
    """Amounts of the single payments, signed like the entry, or none when they do not add up to it exactly."""
    if len(details) < 2:
        return ()
    parts = []
    for tx in details:
        node = next(_each(tx, "Amt"), None)
        node = node if node is not None else next(_each(tx, "AmtDtls/TxAmt/Amt"), None)
        try:
            part = _money(node) if node is not None else None
        except Refusal:
            part = None
        if part is None or part.currency != amount.currency:
            return ()
        sign = _SIGN.get(_text(tx, "CdtDbtInd"), 1 if amount.units >= 0 else -1)
        parts.append(part * sign)
    return tuple(parts) if sum(part.units for part in parts) == amount.units else ()


def _status(node: Node, kind: str) -> Status:
    """Text in old versions, a code inside in new ones; missing means booked in a statement and nothing elsewhere."""
    code = (_text(node, "Sts/Cd") or _text(node, "Sts") or ("BOOK" if kind == "camt.053" else "INFO")).upper()
    if code == "BOOK":
        return "BOOK"
    return "PDNG" if code in {"PDNG", "FUTR"} else "INFO"


def _party(tx: Node, incoming: bool) -> str:
    """The other side: who paid an incoming amount, who got an outgoing one; the ultimate party first."""
    side = "Dbtr" if incoming else "Cdtr"
    for path in (f"Ultmt{side}", side):
        for deeper in ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm"):
            if name := _text(tx, f"RltdPties/{path}/{deeper}"):
                return one_line(name)
    return ""


def _party_account(tx: Node, incoming: bool) -> str:
    account = f"RltdPties/{'Dbtr' if incoming else 'Cdtr'}Acct/Id"
    return (_text(tx, f"{account}/IBAN") or _text(tx, f"{account}/Othr/Id")).replace(" ", "")


def _reference(tx: Node) -> str:
    value = _text(tx, "Refs/EndToEndId")
    return "" if value.upper().replace(" ", "") in _ABSENT else one_line(value)


def _structured(tx: Node) -> list[str]:
    paths = ("CdtrRefInf/Ref", "CdtrRefInf/CdtrRef", "AddtlRmtInf")
    return [_text(node, path) for node in _each(tx, "RmtInf/Strd") for path in paths]


def _agreed(values: list[str]) -> str:
    known = {value for value in values if value}
    return known.pop() if len(known) == 1 else ""


def _direction(node: Node) -> int:
    code = _text(node, "CdtDbtInd").upper()
    if code not in _SIGN:
        raise Refusal(f"ob Gutschrift oder Belastung, ist nicht zu lesen: CdtDbtInd {code!r}", _line(node))
    return _SIGN[code]


def _money(node: Node, currency: str = "") -> Money:
    if any(isinstance(child.tag, str) for child in node):
        raise Refusal("Betrag mit Elementen darin", _line(node))
    code = node.get("Ccy") or currency or _account_currency(node)
    try:
        return parse_plain(_own_text(node), checked_currency(code))
    except AmountError as error:
        raise Refusal(str(error), _line(node)) from None


def _account_currency(node: Node) -> str:
    """The account's currency for an amount that names none; "" where the account names none either."""
    statement = next((above for above in node.iterancestors() if _local(above) in _GROUPS), None)
    return _text(statement, "Acct/Ccy") if statement is not None else ""


def checked(code: str, node: Node) -> str:
    """The currency code, refused with its line when it is none."""
    try:
        return checked_currency(code)
    except AmountError as error:
        raise Refusal(str(error), _line(node)) from None


def _day_at(node: Node, path: str) -> date | None:
    """The day at `path`, or in its Dt or DtTm; the calendar day as written, whatever its time zone."""
    for candidate in (f"{path}/Dt", f"{path}/DtTm", path):
        found = next(_each(node, candidate), None)
        if found is None or not (text := _own_text(found)):
            continue
        match = _DATE.fullmatch(text)
        try:
            if match:
                return date.fromisoformat(match[1])
        except ValueError:
            pass
        raise Refusal(f"{text!r} ist kein Datum", _line(found))
    return None


def _doubts(statement: Statement, kind: str) -> Iterator[str]:
    where = f"Auszug {statement.number}" if statement.number else "Auszug"
    if statement.balanced is False:
        yield f"{where}: Anfangsstand, Buchungen und Endstand passen nicht zusammen."
    if any(entry.status == "BOOK" and not entry.dated for entry in statement.entries):
        yield f"{where}: Buchungen ohne eigenes Datum; wir nehmen den Tag des Auszugs."
    if kind == "camt.053" and statement.balanced is None:
        yield f"{where}: ohne Anfangs- und Endstand, die Summe lässt sich nicht prüfen."


def _each(node: Node, path: str) -> Iterator[Node]:
    """Elements at the path of local names below `node`, in document order."""
    head, _, rest = path.partition("/")
    for child in node:
        if _local(child) == head:
            if rest:
                yield from _each(child, rest)
            else:
                yield child


def _text(node: Node, path: str) -> str:
    found = next(_each(node, path), None)
    return _own_text(found) if found is not None else ""


def _own_text(node: Node) -> str:
    """All character data directly inside, comments skipped; elements inside are not text."""
    return "".join([node.text or "", *(child.tail or "" for child in node)]).strip()


def _local(node: Node) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _line(node: Node) -> int:
    line = node.sourceline
    return line if isinstance(line, int) else 0
