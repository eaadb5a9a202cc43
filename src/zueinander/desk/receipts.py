"""Official receipts as PDF/A: the pattern of the Federal Ministry of Finance for gifts of money (§ 10b EStG)."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from weasyprint import HTML

from zueinander.giving.models import Gift, Receipt
from zueinander.shared.money import Money

_DIGITS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")


def in_words(cents: int) -> str:
    """The amount digit by digit: "eins – zwei Euro, fünf – null Cent"; nothing can be written in between."""
    euros, rest = divmod(cents, 100)
    return f"{_spelled(str(euros))} Euro, {_spelled(f'{rest:02}')} Cent"


def _spelled(digits: str) -> str:
    return " – ".join(_DIGITS[int(digit)] for digit in digits)


def draw(receipt: Receipt, gifts: Sequence[Gift]) -> bytes:
    """The receipt as PDF/A-3b."""
    page = render_to_string(
        "desk/money/receipt_pdf.html",
        {
            "receipt": receipt, "gifts": gifts, "basis": receipt.campaign.basis, "words": in_words(receipt.cents),
            "amount": Money(receipt.cents, "EUR").german(),
            "rows": [(gift.on, Money(gift.cents, "EUR").german()) for gift in gifts],
        },
    )  # fmt: skip
    found: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/a-3b")
    return found
