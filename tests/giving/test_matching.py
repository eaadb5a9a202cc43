"""Only an exact reference assigns money by itself; everything near, odd or outgoing is put before a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zueinander.banks.model import Entry
from zueinander.giving.rules.matching import Due, Kind, judge, split_exactly
from zueinander.giving.rules.references import Issued, complete
from zueinander.shared.money import Money

CODE, OTHER = complete("ACDEFH"), complete("234679")
ISSUED = Issued([CODE, OTHER])


def entry(text: str, cents: int = 500, **more: Any) -> Entry:
    return Entry(date(2015, 3, 5), Money(cents, more.pop("currency", "EUR")), text=text, **more)


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (entry(f"für Kim {CODE[:3]} {CODE[3:]}"), Kind.SURE),
        (entry("x", reference=CODE.lower()), Kind.SURE),
        (entry(f"für Kim {CODE[1:]}"), Kind.PROPOSED),
        (entry(f"{CODE} {OTHER}"), Kind.PROPOSED),
        (entry("für Kim"), Kind.UNKNOWN),
        (entry(CODE, returned=True), Kind.RETURNED),
        (entry(CODE, currency="CHF"), Kind.FOREIGN),
        (entry(CODE, -500), Kind.OUTGOING),
        (entry(CODE, status="PDNG"), Kind.NOTHING),
        (entry(CODE, 0), Kind.NOTHING),
    ],
)
def test_an_entry_is_judged(one: Entry, kind: Kind) -> None:
    verdict = judge(one, ISSUED, currency="EUR")
    assert verdict.kind == kind
    assert (verdict.reference == CODE) == (kind == Kind.SURE)
    if kind == Kind.PROPOSED:
        assert CODE in verdict.proposals


def test_outgoing_money_that_we_owe_is_proposed_with_its_account_first() -> None:
    due = [Due("a", Money(500, "EUR"), "X"), Due("b", Money(500, "EUR"), "DE02"), Due("c", Money(501, "EUR"), "DE02")]
    verdict = judge(entry("", -500, iban="DE02"), ISSUED, currency="EUR", due=due)
    assert (verdict.kind, verdict.proposals) == (Kind.EXPECTED, ("b", "a"))


@pytest.mark.parametrize("parts", [[], [499], [250, 251], [600, -100], [500, 0]])
def test_a_transfer_is_split_exactly_or_not_at_all(parts: list[int]) -> None:
    with pytest.raises(ValueError, match="Teil"):
        split_exactly(Money(500, "EUR"), [Money(part, "EUR") for part in parts])
    assert split_exactly(Money(500, "EUR"), [Money(200, "EUR"), Money(300, "EUR")])
