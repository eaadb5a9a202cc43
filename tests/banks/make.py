"""Writes statements of invented people in every format, from one plain truth; the tests' own bank."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

FIRST = ["Ada", "Bruno", "Cem", "Dörte", "Edda", "Füsun", "Gül", "Hjördis", "Ilka", "Jörg", "Käthe", "Łukasz"]
LAST = ["Ahornblatt", "Birkenfeld", "Çınar", "Dünenhof", "Eschenbruch", "Fährmann", "Groß", "Hügelland"]
PURPOSES = ["für Kim", "Fuer Kim und die Kinder", "Alles Gute!", "Buch für Kim", "5 EUR, von Herzen", "Spende Kim"]
OWN = "DE89370400440532013000"


@dataclass(frozen=True)
class Truth:
    """One booking as it really happened; `cents` signed."""

    number: int
    day: date
    cents: int
    name: str
    iban: str
    purpose: str
    bank_ref: str = ""

    @property
    def amount(self) -> Decimal:
        return Decimal(self.cents) / 100


def truths(chance: random.Random, count: int, days: int = 8, *, twins: bool = True) -> list[Truth]:
    """Bookings in the order the bank books them; every fourth repeats the one before it."""
    made: list[Truth] = []
    for number in range(count):
        if twins and made and chance.random() < 0.25:
            last = made[-1]
            made.append(Truth(number, last.day, last.cents, last.name, last.iban, last.purpose, ""))
            continue
        day = date(2015, 3, 2) + timedelta(days=chance.randrange(days))
        cents = chance.choice([500, 1000, 2500, 500, 1234, 99_999, -2000, -95])
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        iban = f"DE{chance.randrange(10**20):020d}"
        ref = f"B{number:011d}" if chance.random() < 0.5 else ""
        made.append(Truth(number, day, cents, name, iban, chance.choice(PURPOSES), ref))
    return sorted(made, key=lambda truth: truth.day)


def _entry_xml(one: Truth, status: str) -> str:
    side = "Dbtr" if one.cents >= 0 else "Cdtr"
    ref = f"<AcctSvcrRef>{one.bank_ref}</AcctSvcrRef>" if one.bank_ref else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{abs(one.amount):.2f}</Amt>'
        f"<CdtDbtInd>{'CRDT' if one.cents >= 0 else 'DBIT'}</CdtDbtInd>{status}"
        f"<BookgDt><Dt>{one.day}</Dt></BookgDt><ValDt><Dt>{one.day}</Dt></ValDt>{ref}"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>"
        f"<{side}><Nm>{escape(one.name)}</Nm></{side}><{side}Acct><Id><IBAN>{one.iban}</IBAN></Id></{side}Acct>"
        f"</RltdPties><RmtInf><Ustrd>{escape(one.purpose)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def camt(kept: list[Truth], *, opening: int = 100_000, message: str = "053", version: str = "08") -> bytes:
    """One camt message with one statement; from version 04 on the status is an element of its own."""
    root, group = {
        "052": ("BkToCstmrAcctRpt", "Rpt"),
        "053": ("BkToCstmrStmt", "Stmt"),
        "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    }[message]
    status = "<Sts><Cd>BOOK</Cd></Sts>" if int(version) >= 4 else "<Sts>BOOK</Sts>"
    closing = opening + sum(one.cents for one in kept)
    first = kept[0].day if kept else date(2015, 3, 2)
    last = kept[-1].day if kept else first
    balances = "" if message == "054" else _balance_xml("OPBD", opening, first) + _balance_xml("CLBD", closing, last)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{message}.001.{version}"><{root}>'
        f"<GrpHdr><MsgId>M1</MsgId><CreDtTm>2015-04-01T06:00:00</CreDtTm></GrpHdr><{group}><Id>A1</Id>\n"
        f"<Acct><Id><IBAN>{OWN}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n{balances}"
        f"{''.join(_entry_xml(one, status) for one in kept)}</{group}></{root}></Document>\n"
    ).encode()


def _balance_xml(code: str, cents: int, day: date) -> str:
    sign = "CRDT" if cents >= 0 else "DBIT"
    amount = f"{abs(Decimal(cents) / 100):.2f}"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n'
    )


def _swift(cents: int) -> str:
    return f"{abs(Decimal(cents) / 100):.2f}".replace(".", ",")


def mt940(kept: list[Truth], *, opening: int = 100_000) -> bytes:
    """One German MT940 statement in ISO 8859-1, umlauts as banks lose them."""
    closing = opening + sum(one.cents for one in kept)
    first = kept[0].day if kept else date(2015, 3, 2)
    last = kept[-1].day if kept else first
    lines = [":20:STARTUMSE", f":25:37040044/{OWN[-10:]}", ":28C:00001/001"]
    lines.append(f":60F:{'C' if opening >= 0 else 'D'}{first:%y%m%d}EUR{_swift(opening)}")
    for one in kept:
        sign = "C" if one.cents >= 0 else "D"
        bank = f"//{one.bank_ref}" if one.bank_ref else ""
        lines.append(f":61:{one.day:%y%m%d}{one.day:%m%d}{sign}R{_swift(one.cents)}N051NONREF{bank}")
        kind = "166?00GUTSCHRIFT" if one.cents >= 0 else "105?00LASTSCHRIFT"
        text = f"{kind}?20SVWZ+{one.purpose}?30COLSDE33?31{one.iban}?32{one.name}"
        lines.append(f":86:{text[:61]}")
        lines.extend(text[at : at + 65] for at in range(61, len(text), 65))
    lines += [f":62F:{'C' if closing >= 0 else 'D'}{last:%y%m%d}EUR{_swift(closing)}", "-", ""]
    return "\r\n".join(lines).encode("cp1252", "replace")


def table(kept: list[Truth], *, opening: int = 100_000) -> bytes:
    """A cooperative bank's CSV: newest first, with the balance after each booking."""
    head = (
        "Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;"
        "Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;"
        "Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung\r\n"
    )
    rows, balance = [], opening
    for one in kept:
        balance += one.cents
        cells = [
            "Hilfskonto", OWN, "COLSDE33", "Testbank", f"{one.day:%d.%m.%Y}", f"{one.day:%d.%m.%Y}", one.name, one.iban,
            "GENODEF1", "Gutschrift" if one.cents >= 0 else "Lastschrift", one.purpose, german(one.cents), "EUR",
            german(balance), "",
        ]  # fmt: skip
        rows.append(";".join(cells) + "\r\n")
    return ("\ufeff" + head + "".join(reversed(rows))).encode()


def german(cents: int) -> str:
    """ "-1.234,50" without U+2212."""
    return f"{Decimal(cents) / 100:,.2f}".translate(str.maketrans(",.", ".,"))
