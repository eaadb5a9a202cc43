"""GiroCode: the QR code a banking app turns into a transfer (EPC069-12, version 002, character set UTF-8).

Built by ourselves, because ready-made builders refuse an open amount, accept an IBAN with a wrong check digit, and
leave out the ECI header, without which zbar reads names with umlauts wrongly. The holder's name is written exactly as
the bank knows it (Verification of Payee compares it); purpose and reference in SEPA's basic Latin set.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass

import segno
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from zueinander.shared.money import Money

MAX_BYTES = 331
MAX_NAME = 70
MAX_TEXT = 140
MAX_CENTS = 99_999_999_999
_SEPA = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
# NFKD leaves these alone or drops them
_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS", "ø": "oe", "Ø": "Oe",
        "å": "aa", "Å": "Aa", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
        "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N",
        "&": "+", "€": "EUR",
        "„": "'", "“": "'", "”": "'", "‚": "'", "‘": "'", "’": "'", '"': "'", "–": "-", "—": "-", "…": "...", ";": ",",
        "_": "-", "#": "",
    }
)  # fmt: skip


class GiroCodeError(ValueError):
    """Something a banking app would refuse or read wrongly; says what."""


@dataclass(frozen=True, slots=True)
class GiroCode:
    """One transfer. `amount` None leaves it to the giver. `text` is the purpose, the payment reference included."""

    holder: str
    iban: str
    amount: Money | None = None
    text: str = ""

    def payload(self) -> str:
        """The text inside the code. Raises GiroCodeError when a rule of EPC069-12 or the IBAN's check digits fail."""
        lines = ["BCD", "002", "1", "SCT", "", _holder(self.holder), checked_iban(self.iban), _amount(self.amount)]
        lines += ["", "", _purpose(self.text)]
        payload = "\n".join(lines).rstrip("\n")
        if len(payload.encode()) > MAX_BYTES:
            raise GiroCodeError(f"mehr als {MAX_BYTES} Bytes")
        return payload

    def svg(self) -> str:
        """An inline SVG that takes the size it is given, black on white with the quiet zone of four modules.

        Without ids or styles that could clash.
        """
        out = io.BytesIO()
        self._code().save(out, kind="svg", omitsize=True, border=4, xmldecl=False, svgns=True, light="#fff", nl=False)
        return out.getvalue().decode()

    def png(self, *, scale: int = 6) -> bytes:
        """A PNG of `scale` pixels per module."""
        out = io.BytesIO()
        self._code().save(out, kind="png", scale=scale, border=4)
        return out.getvalue()

    def _code(self) -> segno.QRCode:
        code = segno.make(self.payload(), encoding="utf-8", eci=True, error="m", boost_error=False, micro=False)
        if int(code.version) > 13:  # the guideline's largest; 331 bytes always fit
            raise GiroCodeError("zu viel Text für einen GiroCode")
        return code


def checked_iban(text: str) -> str:
    """The IBAN without blanks, its length and check digits right for its country, or GiroCodeError."""
    try:
        return str(IBAN(text).compact)
    except (SchwiftyException, ValueError) as error:
        raise GiroCodeError(f"die IBAN stimmt nicht: {error}") from None


def sepa_text(text: str) -> str:
    """The text in the characters every SEPA bank passes on; letters are rewritten, the rest becomes blanks."""
    spelled = unicodedata.normalize("NFC", text).translate(_LETTERS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))
    return " ".join(_SEPA.sub(" ", plain.translate(_LETTERS)).split())


def _holder(name: str) -> str:
    exact = unicodedata.normalize("NFC", name)
    if not exact.strip() or exact != exact.strip() or len(exact) > MAX_NAME:
        raise GiroCodeError(f"der Name des Kontos braucht 1 bis {MAX_NAME} Zeichen ohne Leerzeichen am Rand")
    if any(unicodedata.category(char)[0] in "CZ" and char != " " for char in exact):
        raise GiroCodeError("der Name des Kontos enthält unsichtbare Zeichen")
    return exact


def _amount(amount: Money | None) -> str:
    if amount is None:
        return ""
    if amount.currency != "EUR" or not 1 <= amount.units <= MAX_CENTS:
        raise GiroCodeError("ein GiroCode trägt 0,01 bis 999.999.999,99 Euro")
    return f"EUR{amount.plain()}"


def _purpose(text: str) -> str:
    plain = sepa_text(text)
    if len(plain) > MAX_TEXT:
        raise GiroCodeError(f"der Verwendungszweck ist länger als {MAX_TEXT} Zeichen")
    return plain
