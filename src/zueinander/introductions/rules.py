"""Deadlines and warnings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

ANSWER_WITHIN = timedelta(hours=48)
SHORTEST = timedelta(hours=2)
SILENT_TIMES = 2  # so often unanswered in a row, and a listing rests
FIRST_MESSAGES = 3
LONGEST_MESSAGE = 4_000
NOTIFY_AGAIN_AFTER = timedelta(minutes=10)
ASK_HOW_IT_WAS_AT = time(11)


def answer_deadline(now: datetime, occasion: date, zone: tzinfo) -> datetime:
    """Two days, less when the occasion is near, so that there is time for somebody else; at least two hours."""
    eve = datetime.combine(occasion, time(12), zone)
    return max(now + SHORTEST, min(now + ANSWER_WITHIN, now + (eve - now) / 2))


def reminder_due(asked: datetime, deadline: datetime) -> datetime:
    """Once, when three quarters of the time are over."""
    return asked + (deadline - asked) * 3 / 4


def follow_up_due(occasion: date, zone: tzinfo) -> datetime:
    return datetime.combine(occasion + timedelta(days=1), ASK_HOW_IT_WAS_AT, zone)


_MESSENGERS = re.compile(
    r"\b(whats?\s?app|wa\.me|telegram|t\.me|signal|threema|viber|skype|snapchat|kik|wechat|hangouts|google\s?chat|"
    r"discord|icq|zangi)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"\bhttps?://|\bhxxps?://|\bwww\.|\b[\w-]{2,}\s?(?:\.|\(dot\)|\[\.\])\s?(?:com|net|org|info|de|at|ch|io|me|ru|xyz|top|"
    r"link|online|shop|site|club|app|cc|co|ly)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_GIFT_CARDS = re.compile(
    r"\b(gift\s?cards?|gutschein(?:karten?|codes?|e|s)?|guthabenkarten?|paysafe(?:card|karten?)?|steam\s?(?:cards?|karten?)|"
    r"(?:google\s?play|apple|itunes|amazon|neosurf)[\s-]?(?:cards?|karten?|codes?|gutscheine?))\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(bitcoin|btc|ethereum|usdt|krypto\w*|crypto\w*|western\s?union|moneygram|paypal|revolut|überweis\w*|ueberweis\w*|"
    r"geld|vorkasse|kontonummer|bankverbindung|wire\s?transfer|send\s+money)\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


_IBAN_LENGTHS = {  # ISO 13616 registry
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI NL", 19: "SI", 20: "AT EE LT LU", 21: "CH HR LI LV", 22: "BG DE GB GI IE ME RS",
        24: "AD CZ ES RO SE SK", 25: "PT", 26: "IS TR", 27: "FR GR IT MC SM", 28: "CY HU PL", 29: "UA", 31: "MT",
    }.items()
    for country in countries.split()
}  # fmt: skip


def has_iban(text: str) -> bool:
    """An account number of its country's length with right check digits (ISO 7064 mod 97-10), spaced or not."""
    for found in _IBAN.finditer(text):
        packed = re.sub(r"[^A-Z0-9]", "", found[0].upper())
        length = _IBAN_LENGTHS.get(packed[:2], 99)
        if len(packed) >= length and _checks(packed[:length]):
            return True
    return False


def _checks(iban: str) -> bool:
    return int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1


def warnings(text: str, earlier_by_author: int) -> list[str]:
    """What the recipient is warned of, in a fixed order: messenger, link, iban, gift_card, money.

    Leaving for another channel is normal among people who know each other, so messenger and link count in an author's
    first three messages only; asking for money is a warning at any time. Nothing is ever held back for it.
    """
    seen = _HIDDEN.sub("", text)
    early = earlier_by_author < FIRST_MESSAGES
    found = {
        "messenger": early and bool(_MESSENGERS.search(seen)),
        "link": early and bool(_LINKS.search(_MAIL.sub(" ", seen))),
        "iban": has_iban(seen),
        "gift_card": bool(_GIFT_CARDS.search(seen)),
        "money": bool(_MONEY.search(seen)),
    }
    return [name for name, holds in found.items() if holds]


def clean(text: str) -> str:
    """What is kept of a message: no control and bidi signs, line ends as "\\n", at most 4,000 characters."""
    kept = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", text.replace("\r\n", "\n")
    )
    return kept.strip()[:LONGEST_MESSAGE].rstrip()


def both_yes(answers: Iterable[str]) -> bool:
    given = list(answers)
    return len(given) == 2 and all(a == "yes" for a in given)
