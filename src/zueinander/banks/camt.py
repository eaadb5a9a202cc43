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

from zueinander.banks.camt_nodes import (
    GROUPS,
    Node,
    checked,
    day_at,
    each,
    line_of,
    local,
    money,
    parse,
    text_at,
)
from zueinander.banks.model import Entry, Refusal, Statement, StatementFile, Status, one_line, prove
from zueinander.shared.money import Money

_ROOTS = {"BkToCstmrStmt": "camt.053", "BkToCstmrAcctRpt": "camt.052", "BkToCstmrDbtCdtNtfctn": "camt.054"}
_VERSION = re.compile(r"camt\.05[234]\.001\.\d\d")
_ABSENT = {"", "NOTPROVIDED", "NOTAVAILABLE"}
_SIGN = {"CRDT": 1, "CREDIT": 1, "DBIT": -1, "DEBIT": -1}


def read_camt(data: bytes) -> StatementFile:
    """Every statement, report or notification of the message. Raises Refusal with the line of what it cannot read."""
    root = parse(data)
    names = (re.sub(r"V\d\d$", "", local(node)) for node in root.iter(etree.Element))  # version 01 names itself there
    kind = next((_ROOTS[name] for name in names if name in _ROOTS), None)
    groups = [node for node in root.iter(etree.Element) if local(node) in GROUPS]
    if kind is None:
        raise Refusal("keine camt-Nachricht: das Element BkToCstmrStmt, BkToCstmrAcctRpt oder …Ntfctn fehlt")
    statements = tuple(_statement(node, GROUPS[local(node)]) for node in groups)
    warnings = tuple(text for statement in statements for text in _doubts(statement, kind))
    return StatementFile(_declared(root) or kind, statements, warnings)


def _declared(root: Node) -> str:
    for uri in root.nsmap.values():
        if uri and (found := _VERSION.search(uri)):
            return found[0]
    for child in root.iter(etree.Element):
        if found := _VERSION.search(etree.QName(child).namespace or ""):
            return found[0]
    return ""


def _statement(node: Node, kind: str) -> Statement:
    account = text_at(node, "Acct/Id/IBAN") or text_at(node, "Acct/Id/Othr/Id") or text_at(node, "Acct/Id/PrtryAcct/Id")
    entries = tuple(_entry(child, kind) for child in each(node, "Ntry"))
    opening, closing = _balances(node)
    named = checked(text_at(node, "Acct/Ccy"), node)
    seen = {entry.amount.currency for entry in entries} | {b.currency for b in (opening, closing) if b}
    days = sorted(entry.booked for entry in entries)
    start = day_at(node, "FrToDt/FrDtTm") or day_at(node, "FrToDt/FrDt") or (days[0] if days else None)
    end = day_at(node, "FrToDt/ToDtTm") or day_at(node, "FrToDt/ToDt") or (days[-1] if days else None)
    return Statement(
        account=account.replace(" ", ""),
        currency=named or (seen.pop() if len(seen) == 1 else ""),
        entries=entries,
        start=start,
        end=end,
        opening=opening,
        closing=closing,
        balanced=_proof(node, entries, opening, closing),
        number=text_at(node, "LglSeqNb") or text_at(node, "ElctrncSeqNb") or text_at(node, "Id"),
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
    stated = next(each(node, f"TxsSummry/{path}"), None)
    currencies = {child.get("Ccy", "") for child in each(node, "Ntry/Amt")}
    if stated is None or len(currencies) != 1:
        return None
    return sign, money(stated, currencies.pop())


def _balances(node: Node) -> tuple[Money | None, Money | None]:
    """Opening and closing booked balance. A previous closing or an interim balance stands in for a missing one.

    Interim balances come in pairs (from the page before, to the next page), first in the file first.
    """
    found: dict[str, list[Money]] = {}
    for balance in each(node, "Bal"):
        code = text_at(balance, "Tp/CdOrPrtry/Cd") or text_at(balance, "Tp/Cd")
        amount = next(each(balance, "Amt"), None)
        if code not in {"OPBD", "PRCD", "CLBD", "ITBD"} or amount is None:
            continue
        # a balance without indicator counts as credit; the proof below fails if it was not
        sign = _direction(balance) if text_at(balance, "CdtDbtInd") else 1
        found.setdefault(code, []).append(money(amount) * sign)
    interim = found.get("ITBD", [])
    opening = found.get("OPBD") or found.get("PRCD") or (interim[:1] if len(interim) == 2 or "CLBD" in found else [])
    closing = found.get("CLBD") or interim[1:2] or (interim[:1] if "OPBD" in found or "PRCD" in found else [])
    return (opening[0] if opening else None), (closing[-1] if closing else None)


def _entry(node: Node, kind: str) -> Entry:
    amount_node = next(each(node, "Amt"), None)
    if amount_node is None:
        raise Refusal("Buchung ohne Betrag", line_of(node))
    amount = money(amount_node) * _direction(node)
    details = [tx for group in each(node, "NtryDtls") for tx in each(group, "TxDtls")] or list(each(node, "TxDtls"))
    return _described(
        Entry(
            booked=_booked(node, details),
            valuta=day_at(node, "ValDt"),
            amount=amount,
            bank_ref=text_at(node, "AcctSvcrRef"),
            status=_status(node, kind),
            line=line_of(node),
            dated=day_at(node, "BookgDt") is not None or day_at(node, "ValDt") is not None,
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
    own = day_at(node, "BookgDt") or day_at(node, "ValDt")
    if own:
        return own
    settled = {day_at(tx, f"RltdDts/{name}") for tx in details for name in ("IntrBkSttlmDt", "TxDtTm")} - {None}
    if len(settled) == 1:
        return settled.pop() or date.min
    statement = node.getparent()
    if statement is not None:
        closing = [b for b in each(statement, "Bal") if text_at(b, "Tp/CdOrPrtry/Cd") in {"CLBD", "ITBD"}]
        for place, path in [(b, "Dt") for b in closing] + [(statement, "FrToDt/ToDtTm"), (statement, "CreDtTm")]:
            if day := day_at(place, path):
                return day
    raise Refusal("Buchung ohne Buchungstag", line_of(node))


def _returned(node: Node, details: list[Node]) -> bool:
    marked = text_at(node, "RvslInd").lower() in {"true", "1"}
    return marked or any(next(each(tx, "RtrInf"), None) is not None for tx in details)


def _described(entry: Entry, node: Node, details: list[Node]) -> Entry:
    """The entry with names and texts; those of a batch are named only when all its payments agree."""
    incoming = entry.amount.units >= 0
    names = [_party(tx, incoming) for tx in details]
    ibans = [_party_account(tx, incoming) for tx in details]
    references = [_reference(tx) for tx in details]
    purposes = [one_line(*(n.text for n in each(tx, "RmtInf/Ustrd")), *_structured(tx)) for tx in details]
    refs = [text_at(tx, "Refs/AcctSvcrRef") for tx in details]
    return replace(
        entry,
        counterparty=_agreed(names),
        iban=_agreed(ibans),
        reference=_agreed(references),
        text=one_line(*purposes, text_at(node, "AddtlNtryInf")),
        bank_ref=entry.bank_ref or _agreed(refs),
    )


def _parts(details: list[Node], amount: Money) -> tuple[Money, ...]:
    """Amounts of the single payments, signed like the entry, or none when they do not add up to it exactly."""
    if len(details) < 2:
        return ()
    parts = []
    for tx in details:
        node = next(each(tx, "Amt"), None)
        node = node if node is not None else next(each(tx, "AmtDtls/TxAmt/Amt"), None)
        try:
            part = money(node) if node is not None else None
        except Refusal:
            part = None
        if part is None or part.currency != amount.currency:
            return ()
        sign = _SIGN.get(text_at(tx, "CdtDbtInd"), 1 if amount.units >= 0 else -1)
        parts.append(part * sign)
    return tuple(parts) if sum(part.units for part in parts) == amount.units else ()


def _status(node: Node, kind: str) -> Status:
    """Text in old versions, a code inside in new ones; missing means booked in a statement and nothing elsewhere."""
    code = (text_at(node, "Sts/Cd") or text_at(node, "Sts") or ("BOOK" if kind == "camt.053" else "INFO")).upper()
    if code == "BOOK":
        return "BOOK"
    return "PDNG" if code in {"PDNG", "FUTR"} else "INFO"


def _party(tx: Node, incoming: bool) -> str:
    """The other side: who paid an incoming amount, who got an outgoing one; the ultimate party first."""
    side = "Dbtr" if incoming else "Cdtr"
    for path in (f"Ultmt{side}", side):
        for deeper in ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm"):
            if name := text_at(tx, f"RltdPties/{path}/{deeper}"):
                return one_line(name)
    return ""


def _party_account(tx: Node, incoming: bool) -> str:
    account = f"RltdPties/{'Dbtr' if incoming else 'Cdtr'}Acct/Id"
    return (text_at(tx, f"{account}/IBAN") or text_at(tx, f"{account}/Othr/Id")).replace(" ", "")


def _reference(tx: Node) -> str:
    value = text_at(tx, "Refs/EndToEndId")
    return "" if value.upper().replace(" ", "") in _ABSENT else one_line(value)


def _structured(tx: Node) -> list[str]:
    paths = ("CdtrRefInf/Ref", "CdtrRefInf/CdtrRef", "AddtlRmtInf")
    return [text_at(node, path) for node in each(tx, "RmtInf/Strd") for path in paths]


def _agreed(values: list[str]) -> str:
    known = {value for value in values if value}
    return known.pop() if len(known) == 1 else ""


def _direction(node: Node) -> int:
    code = text_at(node, "CdtDbtInd").upper()
    if code not in _SIGN:
        raise Refusal(f"ob Gutschrift oder Belastung, ist nicht zu lesen: CdtDbtInd {code!r}", line_of(node))
    return _SIGN[code]


def _doubts(statement: Statement, kind: str) -> Iterator[str]:
    where = f"Auszug {statement.number}" if statement.number else "Auszug"
    if statement.balanced is False:
        yield f"{where}: Anfangsstand, Buchungen und Endstand passen nicht zusammen."
    if any(entry.status == "BOOK" and not entry.dated for entry in statement.entries):
        yield f"{where}: Buchungen ohne eigenes Datum; wir nehmen den Tag des Auszugs."
    if kind == "camt.053" and statement.balanced is None:
        yield f"{where}: ohne Anfangs- und Endstand, die Summe lässt sich nicht prüfen."
