"""An appeal from its first day to its closing: every public figure against a computation of its own.

The shape is that of a real one of 2015 (a rate per copy that rose from 2.82 to 7.68 EUR, a rank from 60,570 to 1,
reports of the press that disagree); people, amounts, texts and dates are invented.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from tests.banks.make import OWN, Truth, camt
from tests.story.conftest import TEXTS, add_fact
from zueinander.campaigns.models import Campaign
from zueinander.giving.actions import accounts, assigning, imports, leaving, posting, references, selling
from zueinander.giving.actions.assigning import Part
from zueinander.giving.models import BankAccount, Edition, PaymentReference, StatementEntry
from zueinander.giving.rules.sales import Sold
from zueinander.house.checks import invariants
from zueinander.people.models import Role, Volunteer
from zueinander.reach import actions as reach
from zueinander.reach.models import Measure
from zueinander.shared.config import config
from zueinander.site.story import publisher, tree
from zueinander.story import actions as telling
from zueinander.story.models import Story

pytestmark = pytest.mark.django_db
FIRST = date(2015, 9, 1)
DAYS = 60
GIFTS = 1500
FAMILY = "DE02120300000000202051"
CHANGE = date(2015, 9, 21)
RANKS = (60570, 9800, 311, 42, 1)
GOAL = 2_000_000
TEAM = "volunteer:1"


@dataclass
class Truths:
    """What really happened, kept apart from everything the product stores; cents."""

    bank: list[Truth] = field(default_factory=list)
    given: int = 0
    back: int = 0
    passed_on: int = 0
    copies: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})  # by: after the change of the rate

    @property
    def expected(self) -> int:
        return self.copies[False] * 282 + self.copies[True] * 768


@dataclass
class World:
    campaign: Campaign
    account: BankAccount
    edition: Edition
    story: Story
    bo: Volunteer
    al: Volunteer
    truth: Truths
    root: Path


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> World:
    monkeypatch.setattr(config(), "keys", config().key_folder)
    monkeypatch.setattr(config(), "data", tmp_path)
    bo, al = (Volunteer.objects.create_user(f"{n}@example.org", role=Role.COORDINATOR, name=n) for n in ("Bo", "Al"))
    campaign = Campaign.objects.create(
        slug="buch-fuer-balduin", name="Buch für Balduin", hashtags=["BuchFuerBalduin"], countries=["DE"],
        season_start=FIRST, season_end=date(2015, 12, 31), state="open",
    )  # fmt: skip
    account = accounts.open_account(campaign=campaign, holder="Käthe Groß", iban=OWN, by=bo)
    edition = selling.add_edition(
        campaign=campaign, title="Der lange Abend", author="Balduin", name="E-Book", isbn="978-3-16-148410-0",
        channels=["Laden am Markt"], by=bo,
    )  # fmt: skip
    story = telling.save_story(campaign, texts={"title": "Ein Buch"}, goal_cents=GOAL, actor=TEAM)
    name = add_fact(story, "vater", "Balduin", instead="ein Vater")
    add_fact(story, "diagnose", "Schlaganfall", instead="es ist ernst")
    telling.agree(name, given_by="Mutter der Kinder", how="am Telefon", covers_child=False, by=bo)
    story = telling.save_story(campaign, texts=TEXTS, goal_cents=GOAL, actor=TEAM)
    story = telling.publish_story(story, actor=TEAM)
    return World(campaign, account, edition, story, bo, al, Truths(), tmp_path / "public")


def file(world: World, name: str) -> bytes:
    seen = tree.current(world.root)
    assert seen is not None
    return (seen / "fuer" / world.campaign.slug / name).read_bytes()


def page(world: World, name: str = "index.html") -> str:
    return file(world, name).decode()


def shown(cents: int) -> str:
    """As the pages write it, put together here on its own: "1.234,50 €"."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", ".") + f",{rest:02}"


def gifts(world: World, common: PaymentReference) -> list[Truth]:
    """1,500 of them; most with the campaign's reference, some without any, some twins; a few taken back by the bank."""
    chance = random.Random(2015)
    made: list[Truth] = []
    for number in range(GIFTS):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        if made and chance.random() < 0.05:
            last = made[-1]
            made.append(Truth(number, last.day, last.cents, last.name, last.iban, last.purpose))
            continue
        words = common.code if chance.random() < 0.8 else chance.choice(["für Balduin", "Alles Gute", ""])
        made.append(Truth(number, day, chance.choice([500, 1000, 1917, 2500, 5000]), f"Mensch {number}",
                          f"DE{chance.randrange(10**20):020d}", words))  # fmt: skip
    world.truth.given = sum(one.cents for one in made)
    return sorted(made, key=lambda one: one.day)


def weekly(rows: list[Truth]) -> Iterator[bytes]:
    """Each week's file begins two days before the last ended, in changing versions; every third comes twice."""
    start, opening = FIRST, 100_000
    while start <= rows[-1].day:
        kept = [one for one in rows if start - timedelta(days=2) <= one.day < start + timedelta(days=7)]
        before = sum(one.cents for one in rows if one.day < start - timedelta(days=2))
        if kept:
            number = (start - FIRST).days // 7
            data = camt(kept, opening=opening + before, message="053", version=("02", "04", "08")[number % 3])
            yield data
            if number % 3 == 0:
                yield data
        start += timedelta(days=7)


def take_in(world: World, rows: list[Truth]) -> None:
    for data in weekly(rows):
        imports.take_in(imports.receive(account=world.account, data=data, by=world.bo), by=world.bo)
    posting.post_all()
    waiting = StatementEntry.objects.filter(state="posted", units__gt=0)
    assigning.assign_as_gifts(list(waiting), campaign=world.campaign, by=world.bo)


def sell(world: World) -> None:
    channel = world.edition.channels.get()
    selling.set_rate(channel, cents=282, first=FIRST, source="Vertrag mit dem Laden", by=world.bo)
    selling.set_rate(channel, cents=768, first=CHANGE, source="Der Laden verzichtet auf seinen Anteil", by=world.bo)
    chance = random.Random(7)
    rows = []
    for offset in range(40):
        day, copies = FIRST + timedelta(days=offset), chance.randrange(1, 400)
        world.truth.copies[day >= CHANGE] += copies
        rows.append(Sold(day, day, "9783161484100", "", "Laden am Markt", copies, None, offset))
    selling.take_sales(campaign=world.campaign, rows=rows, state="provisional", source="Laden am Markt", by=world.bo)


def observe(world: World) -> None:
    for number, rank in enumerate(RANKS):
        at = datetime(2015, 9, 2 + number, 9, tzinfo=UTC)
        reach.note(campaign=world.campaign, measure=Measure.RANK, subject="E-Book", value=rank, at=at, source="Laden")
    at = datetime(2015, 9, 4, 12, tzinfo=UTC)
    for source, value in (("Tagblatt", 10_000), ("Radio am Fluss", 12_500)):
        reach.note(
            campaign=world.campaign, measure=Measure.SHARES, subject="Beitrag", value=value, at=at, source=source
        )
    reach.cover(
        campaign=world.campaign, outlet="Tagblatt", title="Ein Buch geht herum", published_on=date(2015, 9, 4),
        kind="print", url="https://tagblatt.example/1", quote="Alle reden davon.", by=world.bo,
    )  # fmt: skip


def tell(world: World) -> None:
    for number in range(1, 41):
        draft = telling.write_update(world.story, title=f"Tag {number}", text=f"Es geht voran: {number}.", actor=TEAM)
        telling.publish_update(draft, actor=TEAM)


def check_money(world: World) -> None:
    """All places that show a figure show the same one, and it is the true one."""
    truth = world.truth
    held = truth.given - truth.back - truth.passed_on
    figures = json.loads(file(world, "zahlen.json"))
    assert figures["received"] == truth.given
    assert figures["returned"] == truth.back
    assert (figures["passed_on"], figures["on_its_way"], figures["held"]) == (truth.passed_on, 0, held)
    assert figures["expected_proceeds"] == truth.expected
    assert figures["gifts"] == GIFTS - (1 if truth.back else 0)
    account = page(world, "rechnung/index.html")
    for name, cents in (
        ("erhalten", truth.given), ("zurueck", truth.back), ("weitergegeben", truth.passed_on), ("da", held),
    ):  # fmt: skip
        cell = re.search(rf'id="{name}">(.*?)</td>', account)
        assert cell is not None
        assert shown(cents) in cell.group(1), name
    assert shown(truth.expected) in account
    assert shown(truth.given) in page(world)
    rows = list(csv.DictReader(io.StringIO(page(world, "rechnung/kassenbuch.csv"))))
    assert sum(int(row["cent"]) for row in rows) == 0
    fund = [row for row in rows if row["konto"] == "Für die Familie"]
    assert -sum(int(row["cent"]) for row in fund) == held
    assert all("Mensch" not in value for row in rows for value in row.values())
    last = page(world, "chronik/index.html")
    assert shown(truth.given) in last
    paper = pypdfium2.PdfDocument(file(world, "rechnung/rechnung.pdf"))
    assert "Die offene Rechnung" in paper[0].get_textpage().get_text_range()


def pay_out(world: World, rows: list[Truth]) -> None:
    """One gift is taken back by its bank; everything else goes to the family. Both are seen in a last statement."""
    taken = next(one for one in rows if one.cents == 5000)
    world.truth.back = taken.cents
    held = world.truth.given - taken.cents
    payout = leaving.order_payout(
        campaign=world.campaign, cents=held, payee="Familie", iban=FAMILY, on=date(2015, 11, 9), by=world.al
    )
    day = date(2015, 11, 10)
    later = [
        Truth(9001, day, -taken.cents, taken.name, taken.iban, "Rueckgabe", "R9001"),
        Truth(9002, day, -held, "Familie", FAMILY, "Fuer euch", "P9002"),
    ]
    opening = 100_000 + world.truth.given
    imports.take_in(imports.receive(account=world.account, data=camt(later, opening=opening), by=world.bo), by=world.bo)
    posting.post_all()
    returned = StatementEntry.objects.get(units=-taken.cents, booked=day)
    gift = world.campaign.gifts.filter(cents=taken.cents, on=taken.day).first()
    assert gift is not None
    assigning.assign(returned, [Part("returned", -taken.cents, world.campaign, subject=gift)], by=world.bo)
    seen = StatementEntry.objects.get(units=-held)
    assigning.assign(seen, [Part("payout", -held, world.campaign, subject=payout)], by=world.bo)
    leaving.attach_evidence(payout, content=b"%PDF-1.4 quittiert", name="quittung.pdf", by=world.bo)
    world.truth.passed_on = held


def test_an_appeal_from_its_first_day_to_its_closing(world: World) -> None:
    publisher.publish(world.story)
    assert "Balduin" in page(world)
    assert "Schlaganfall" not in page(world)
    assert OWN in re.sub(r"\s", "", page(world))

    rows = gifts(world, references.common_reference(world.campaign))
    take_in(world, rows)
    tell(world)
    sell(world)
    observe(world)
    publisher.publish(world.story)
    check_money(world)
    assert world.truth.given > GOAL
    assert page(world, "neues/index.html").count("<time ") == 40
    wide = page(world, "weit/index.html")
    assert "60.570" in wide
    assert "10.000 (Tagblatt), 12.500 (Radio am Fluss)" in re.sub(r"<[^<>]+>", "", wide)
    account = page(world, "rechnung/index.html")
    assert "2,82" in account
    assert "7,68" in account

    pay_out(world, rows)
    telling.close_story(world.story, thanks="Danke euch allen.", surplus="Mehr geht an die Klinik.", actor=TEAM)
    publisher.publish(world.story)
    check_money(world)
    front = page(world)
    assert "Danke euch allen." in front
    assert "Mehr geht an die Klinik." in front
    assert OWN not in re.sub(r"\s", "", front)
    assert page(world, "chronik/index.html").count("<tr>") >= 4
    assert invariants() == []
