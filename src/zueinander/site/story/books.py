"""The open account: every public figure, how it comes about, and the book behind it, as page, CSV and PDF."""

from __future__ import annotations

import csv
import io

from django.utils import timezone
from django.utils.translation import gettext as _

from zueinander.giving.months import months_of
from zueinander.giving.queries import LedgerRow, ledger_rows, money_of
from zueinander.site.story.kit import cached_pdf
from zueinander.site.story.parts import Files, Page

FOLDER = "rechnung/"


def books(page: Page) -> Files:
    """The page and the whole book, without names."""
    campaign = page.told.story.campaign
    rows = list(ledger_rows(campaign))
    return {
        **page.at(FOLDER, "books.html", months=months_of(campaign), sums=sums(rows)),
        f"{page.folder}{FOLDER}kassenbuch.csv": ledger(rows),
    }


def paper(page: Page) -> Files:
    """The account as PDF, as of the last full hour."""
    hour = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    campaign = page.told.story.campaign
    rows = list(ledger_rows(campaign, as_of=hour))
    money = money_of(campaign, as_of=hour)
    made = cached_pdf(page, "books_pdf.html", money=money, hour=hour, sums=sums(rows))
    return {f"{page.folder}{FOLDER}rechnung.pdf": made}


def sums(rows: list[LedgerRow]) -> list[tuple[str, int]]:
    """What the lines of each account of the book add up to; all together they are 0."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.account] = found.get(row.account, 0) + row.cents
    return sorted(found.items())


def ledger(rows: list[LedgerRow]) -> bytes:
    """One line of the book a line; amounts in cents and days in ISO 8601, so that no program takes them for others."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("nummer"), _("tag"), _("konto"), _("text"), _("cent"), _("quelle")])
    for row in rows:
        writer.writerow([row.number, row.on.isoformat(), row.account, row.text_without_names, row.cents, row.source])
    return out.getvalue().encode()
