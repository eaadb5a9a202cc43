"""MT940 and MT942 by our own splitter: every statement of a file apart, every :61: read or refused with its line.

The format is SWIFT's Category 9 (MT940 customer statement, MT942 interim report). What banks really write is wider:
messages without SWIFT blocks, blank fields, missing transaction types, value dates such as 30 February (banks count
months of thirty days), clock times at the start of a wrapped line that look like tags.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from zueinander.banks.model import Entry, Refusal, Statement, StatementFile, Status, one_line, prove
from zueinander.banks.mt940_text import purpose
from zueinander.shared.money import AmountError, Money, checked_currency, parse_amount

_TAG = re.compile(r":(20|21|25P?|28C?|60[FM]?|61|62[FM]?|64|65|86|34F|13D?|90[DC]|NS|940):(.*)", re.ASCII | re.DOTALL)
_CLOCK = re.compile(r":[0-5]\d:[0-5]\d(\D|$)", re.ASCII)
_BALANCE = re.compile(r"([CD])\s*(\d{6})\s*([A-Z]{3})\s*([\d.,' ]+)", re.ASCII)
_TURNOVER = re.compile(r"\s*(\d*)\s*([A-Z]{3})\s*([\d.,]+)\s*", re.ASCII)
_LINE_61 = re.compile(
    r"(?P<valuta>\d{6})(?P<booked>\d{4}|[ ]{4})?[ ]*"
    r"(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?[ ]*"
    r"(?P<amount>\d[\d.]*(?:,\d*)?|,\d+)(?![\d.,])"
    r"(?P<rest>.*)",
    re.ASCII,
)
_UNFINISHED = re.compile(r"\d{6}(\d{4})?(R?[CD][A-Z]?)?", re.ASCII)
_MAX_LINE = 1000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufeff]")
_TYPE = re.compile(r"[ ]*(?P<type>[NFS][A-Z0-9 ]{3}|[NFS][ ]{3})?(?P<refs>.*)", re.ASCII)
_SIGN = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}
_NO_REFERENCE = {"NONREF", "NOREF", "NOTPROVIDED", "KREF+", ""}


@dataclass(slots=True)
class _Field:
    """One tag with all its lines; `line` is where it starts."""

    tag: str
    lines: list[str]
    line: int


@dataclass(slots=True)
class _Block:
    """The fields of one statement, sorted as they come."""

    account: str = ""
    number: str = ""
    interim: bool = False
    opening: _Field | None = None
    closing: _Field | None = None
    floor: str = ""
    totals: list[_Field] = field(default_factory=list)
    movements: list[tuple[_Field, list[_Field]]] = field(default_factory=list)
    line: int = 0


def read_mt940(text: str) -> StatementFile:
    """Every statement of the text, in order. Raises Refusal naming the line of the first thing that cannot be read."""
    blocks = list(_blocks(_fields(text)))
    if not blocks:
        raise Refusal("kein MT940: keine Zeile beginnt mit :20:, :25: oder :60F:")
    warnings: list[str] = []
    statements = tuple(_statement(block, warnings) for block in blocks)
    kind = "mt942" if all(block.interim for block in blocks) else "mt940"
    return StatementFile(kind, statements, tuple(dict.fromkeys(warnings)))


def _fields(text: str) -> Iterator[_Field]:
    """The tags in order. What stands before the first, and bank headers between messages, belongs to nobody."""
    current: _Field | None = None
    body = False  # between an opening and a closing balance a clock time may start a line
    for number, raw in enumerate(re.split(r"\r\r?\n|\n|\r", text), start=1):
        line = _CONTROL.sub("", raw)
        match = _TAG.match(line.lstrip() if line.lstrip().startswith(":61:") else line)
        if match and body and current and current.tag in {"86", "61"} and _CLOCK.match(line):
            match = None
        if match:
            if current:
                yield current
            current = _Field(match[1], [match[2]], number)
            body = match[1] in {"61", "86"} if match[1] in {"61", "86", "62F", "62M", "20"} else body
        elif line.strip() in {"-", "-}"} or line.startswith(("-}", "{1:")):
            if current:
                yield current
            current, body = None, False
        elif current:
            current.lines.append(line)
        elif re.match(r"\s*:\s*61\s*:", line):
            raise Refusal("eine Buchungszeile steht außerhalb eines Auszugs", number)
    if current:
        yield current


def _blocks(fields: Iterator[_Field]) -> Iterator[_Block]:
    block: _Block | None = None
    for item in fields:
        if item.tag in {"NS", "940", "13", "21"} and block is None:
            continue
        starts = item.tag == "20" or (block is not None and item.tag[:2] == "60" and block.opening is not None)
        if block is None or starts:
            if block is not None and _has_content(block):
                yield block
            follows = block if item.tag[:2] == "60" else None
            block = _Block(line=item.line, account=follows.account if follows else "")
        _take(block, _short(item))
    if block is not None and _has_content(block):
        yield block


def _short(item: _Field) -> _Field:
    """The field, refused when a line that is no text is long enough to stall the patterns."""
    if len(item.lines[0]) > _MAX_LINE and item.tag not in {"86", "NS"}:
        raise Refusal(f":{item.tag}: ist zu lang", item.line)
    return item


def _has_content(block: _Block) -> bool:
    return bool(block.account or block.opening or block.closing or block.movements or block.floor)


def _take(block: _Block, item: _Field) -> None:
    tag, value = item.tag[:2], item.lines[0].strip()
    if tag == "25" and block.movements:
        block.movements[-1][1].append(item)  # a broken export writes :25: where :86: belongs
    elif tag == "25":
        block.account = re.sub(r"\s+", "", value)
    elif tag == "28":
        block.number = value
    elif tag == "60":
        block.opening = item
    elif tag == "62":
        block.closing = item
    elif tag == "61":
        block.movements.append((item, []))
    elif tag in {"86", "NS"} and block.movements and block.closing is None:
        block.movements[-1][1].append(item)
    elif tag == "34":
        block.interim, block.floor = True, value[:3]
    elif tag == "90":
        block.totals.append(item)


def _statement(block: _Block, warnings: list[str]) -> Statement:
    opening = _balance(block.opening) if block.opening else None
    closing = _balance(block.closing) if block.closing else None
    currency = opening[1].currency if opening else closing[1].currency if closing else _interim_currency(block)
    status: Status = "PDNG" if block.interim else "BOOK"
    entries = tuple(_entry(item, texts, currency, status, warnings) for item, texts in block.movements)
    start_money, end_money = opening[1] if opening else None, closing[1] if closing else None
    balanced = _totals_agree(block, entries) if block.interim else prove(entries, start_money, end_money)
    name = f"Auszug {block.number or block.line}"
    if balanced is False:
        warnings.append(f"{name} (Zeile {block.line}): Anfangsstand, Buchungen und Endstand passen nicht zusammen.")
    elif balanced is None:
        warnings.append(f"{name} (Zeile {block.line}): ohne Endstand, die Summe lässt sich nicht prüfen.")
    days = [entry.booked for entry in entries]
    return Statement(
        account=_account(block.account, currency),
        currency=currency,
        entries=entries,
        start=opening[0] if opening else min(days, default=None),
        end=closing[0] if closing else max(days, default=None),
        opening=start_money,
        closing=end_money,
        balanced=balanced,
        number=block.number,
    )


def _account(stated: str, currency: str) -> str:
    """The account without the currency some banks append to it ("NL00… EUR")."""
    return stated[:-3] if currency and stated.endswith(currency) and len(stated) > 8 else stated


def _interim_currency(block: _Block) -> str:
    found = _TURNOVER.match(block.totals[0].lines[0]) if block.totals else None
    code = found[2] if found else block.floor
    return code if re.fullmatch("[A-Z]{3}", code) else ""


def _balance(item: _Field) -> tuple[date | None, Money]:
    """Day and amount of a balance; some banks fill the day with zeros, which is no reason to refuse the money."""
    found = _BALANCE.fullmatch(item.lines[0].strip())
    if not found:
        raise Refusal(f":{item.tag}: {item.lines[0].strip()!r} ist kein Saldo", item.line)
    sign = 1 if found[1] == "C" else -1
    day = _day(found[2], item.line)[0] if found[2][2:4] != "00" else None
    return day, _money(found[4].strip(), found[3], item.line) * sign


def _totals_agree(block: _Block, entries: tuple[Entry, ...]) -> bool | None:
    """Whether the turnover totals of an MT942 (:90D:, :90C:) are those of its entries; None without totals."""
    agree: bool | None = None
    for item in block.totals:
        found = _TURNOVER.fullmatch(item.lines[0])
        if not found:
            raise Refusal(f":{item.tag}: {item.lines[0].strip()!r} ist keine Umsatzsumme", item.line)
        sign = 1 if item.tag == "90C" else -1
        mine = [entry.amount.units * sign for entry in entries if entry.amount.units * sign > 0]
        stated = _money(found[3], found[2], item.line).units
        agree = agree is not False and sum(mine) == stated
    return agree


def _entry(item: _Field, texts: list[_Field], currency: str, status: Status, warnings: list[str]) -> Entry:
    if _UNFINISHED.fullmatch("".join(item.lines[0].split())) and len(item.lines) > 1:  # broken before the amount began
        item.lines[:2] = [item.lines[0].rstrip() + item.lines[1].lstrip()]
    found = _LINE_61.fullmatch(item.lines[0].rstrip())
    if not found:
        raise Refusal(f"die Buchungszeile {item.lines[0].strip()[:40]!r} ist nicht zu lesen", item.line)
    if not found["rest"].strip() and re.match(r"[\d,.]", "".join(item.lines[1:2])):
        raise Refusal("die Buchungszeile bricht mitten im Betrag um", item.line)
    amount = _money(found["amount"], currency, item.line) * _SIGN[found["mark"]]
    valuta, moved = _day(found["valuta"], item.line)
    booked = _booked(found["booked"], valuta, item.line) or valuta
    if moved:
        day = f"{found['valuta'][4:]}.{found['valuta'][2:4]}."
        warnings.append(f"Zeile {item.line}: den {day} gibt es nicht, wir nehmen den Monatsletzten.")
    kind, customer, bank = _references(found["rest"])
    told = purpose([line for text in texts for line in ([*text.lines, "\n"] if len(texts) > 1 else text.lines)])
    return Entry(
        booked=booked,
        valuta=valuta,
        amount=amount,
        counterparty=told.counterparty,
        iban=told.iban,
        reference=told.reference or customer,
        text=told.text or one_line(*item.lines[1:]),
        bank_ref=bank,
        status=status,
        line=item.line,
        returned=found["mark"] in {"RC", "RD"} or kind[1:] == "RTI" or told.returned,
    )


def _references(rest: str) -> tuple[str, str, str]:
    """Transaction type, the payer's reference and the bank's own from the tail of a :61: line."""
    split = _TYPE.fullmatch(rest)
    kind, refs = (split["type"] or "", split["refs"]) if split else ("", rest)
    customer, _, bank = refs.partition("//")
    clean = [one_line(part) for part in (customer, bank)]
    customer, bank = ("" if part.upper() in _NO_REFERENCE else part for part in clean)
    return kind.strip(), customer, bank


def _money(text: str, currency: str, line: int) -> Money:
    """SWIFT's comma, or a point followed by at most two digits; anything with both is refused."""
    decimal = "." if re.fullmatch(r"\d+\.\d{0,2}", text, re.ASCII) else ","
    try:
        if decimal == "," and not re.fullmatch(r"\d*,?\d*", text, re.ASCII):
            raise AmountError(f"{text!r} ist kein Betrag nach SWIFT")
        return parse_amount(
            _unpadded(text), decimal="." if decimal == "." else ",", currency=checked_currency(currency)
        )
    except AmountError as error:
        raise Refusal(str(error), line) from None


def _unpadded(text: str) -> str:
    return text.lstrip("0") if text.lstrip("0")[:1].isdigit() else "0" + text.lstrip("0")


def _day(text: str, line: int) -> tuple[date, bool]:
    """The day from YYMMDD, and whether a day beyond its month's end (up to 31) was moved to the last."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    year += 2000 if year < 80 else 1900
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise Refusal(f"{text!r} ist kein Datum", line)
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day, last)), day > last


def _booked(text: str | None, valuta: date, line: int) -> date | None:
    """The booking day from MMDD in the year that lies nearest to the value date."""
    if not text or not text.strip():
        return None
    near = [_day(f"{(valuta.year + step) % 100:02d}{text}", line)[0] for step in (-1, 0, 1)]
    return min(near, key=lambda day: abs((day - valuta).days))
