"""Money: our bank accounts, what their statements say, what it was for, the book of it, and what a sold book brings."""

from __future__ import annotations

from zueinander.giving.models.accounts import CHANGING, BankAccount, Changing, IbanChange
from zueinander.giving.models.books import (
    SELLING,
    Channel,
    Edition,
    ProceedsRate,
    Product,
    Sale,
    SalesReport,
    Selling,
    ShopLink,
)
from zueinander.giving.models.gifts import (
    GIVING,
    LEAVING,
    Gift,
    Giving,
    Leaving,
    PaymentReference,
    Payout,
    Refund,
)
from zueinander.giving.models.layouts import SalesLayout
from zueinander.giving.models.ledger import Booking, BookingKind, Line, Period
from zueinander.giving.models.online import (
    ENTERED,
    PAYING,
    WAITING,
    Entered,
    Movement,
    Notice,
    OnlineAccount,
    Paying,
    Payment,
    Transfer,
)
from zueinander.giving.models.receipts import Basis, Receipt, ReceiptLine, Wording
from zueinander.giving.models.statements import (
    BOOKED,
    ENTERING,
    TAKING,
    Entering,
    Span,
    StatementEntry,
    StatementFile,
    Taking,
)

__all__ = [
    "BOOKED", "CHANGING", "ENTERED", "ENTERING", "GIVING", "LEAVING", "PAYING", "SELLING", "TAKING", "WAITING",
    "BankAccount", "Basis", "Booking", "BookingKind", "Changing", "Channel", "Edition", "Entered", "Entering", "Gift",
    "Giving", "IbanChange", "Leaving", "Line", "Movement", "Notice", "OnlineAccount", "Paying", "Payment",
    "PaymentReference", "Payout", "Period", "ProceedsRate", "Product", "Receipt", "ReceiptLine", "Refund", "Sale",
    "SalesLayout", "SalesReport", "Selling", "ShopLink", "Span", "StatementEntry", "StatementFile", "Taking",
    "Transfer", "Wording",
]  # fmt: skip
