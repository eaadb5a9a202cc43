"""Uploads become entries, entries become bookings: each gift once, whatever comes when, and every refusal says why."""

from __future__ import annotations

import random

import pytest
from django.db.models import Sum

from tests.banks.make import OWN, camt, mt940, table, truths
from tests.giving.scenarios import OPENING, Person, Upload, class_of, parts_of, scenario
from tests.giving.world import account, campaign, coordinator
from zueinander.banks.wizard import layout_from
from zueinander.giving.actions.imports import map_columns, receive, refuse, settle_doubt, take_in
from zueinander.giving.actions.posting import post_all
from zueinander.giving.faults import faults
from zueinander.giving.forget import empty_entries
from zueinander.giving.models import Booking, Entering, Line, StatementEntry, StatementFile, Taking
from zueinander.giving.queries import money_of
from zueinander.shared.lifecycle import ForbiddenStep

pytestmark = pytest.mark.django_db
ROUNDS = 60


def upload(data: bytes) -> StatementFile:
    return take_in(receive(account=account(), data=data, by=coordinator()))


def booked_cents() -> int:
    return Line.objects.filter(side="bank").aggregate(n=Sum("cents"))["n"] or 0


def answer_doubts(person: Person, one: Upload, file: StatementFile) -> None:
    """Every doubt of a file, answered by somebody who knows what really happened."""
    truth = {}
    for part, told in parts_of(one):
        entries = [entry for statement in part.statements for entry in statement.entries]
        truth.update({(part.format, entry.line): real for entry, real in zip(entries, told, strict=True)})
    for row in StatementEntry.objects.filter(file=file):
        real = truth[row.source.split(":")[0], row.line]
        if row.state == Entering.STORED:
            person.booked[class_of(real)] += 1
    for row in StatementEntry.objects.filter(file=file, state=Entering.DOUBTED).order_by("pk"):
        real = truth[row.source.split(":")[0], row.line]
        new = person.missing(real)
        settle_doubt(row, same=not new, by=coordinator())
        person.booked[class_of(real)] += new


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_ledger_is_the_truth_to_the_cent(seed: int) -> None:
    one, person = scenario(seed * 100 + 7), Person()
    for each in one.uploads:
        parts = parts_of(each)
        before = StatementFile.objects.count()
        file = upload(each.data)
        assert file.state == Taking.TAKEN
        if each.books and StatementFile.objects.count() > before:
            for _, told in parts:
                person.hears(told)
            answer_doubts(person, each, file)
        post_all()
        assert person.agrees()
    assert booked_cents() == one.cents
    assert StatementEntry.objects.booked().count() == len(one.truth)
    assert faults() == []
    assert money_of(campaign()).waiting == one.cents


def test_the_same_file_again_is_the_same_row() -> None:
    data = camt(truths(random.Random(1), 5))
    first, second = upload(data), upload(data)
    assert first == second
    assert first.new == StatementEntry.objects.count() == 5


def test_an_unreadable_amount_stops_the_file_with_line_and_reason() -> None:
    text = table(truths(random.Random(3), 6)).decode()
    lines = text.split("\r\n")
    cells = lines[3].split(";")
    cells[11] = "1,2,3"
    lines[3] = ";".join(cells)
    file = upload("\r\n".join(lines).encode())
    assert (file.state, file.line) == (Taking.REFUSED, 4)
    assert "1,2,3" in file.reason
    assert bytes(file.content) == b""
    assert not StatementEntry.objects.exists()
    assert upload(table(truths(random.Random(3), 6))).state == Taking.TAKEN


def test_a_contradicted_balance_waits_for_a_yes() -> None:
    data = camt(truths(random.Random(1), 3), opening=OPENING).replace(b">1000.00<", b">1000.01<")
    file = upload(data)
    assert file.state == Taking.ASKED
    assert not StatementEntry.objects.exists()
    assert take_in(file, confirmed=True, by=coordinator()).state == Taking.TAKEN
    assert StatementEntry.objects.count() == 3


def test_a_waiting_file_can_be_refused_and_then_comes_again() -> None:
    data = camt(truths(random.Random(1), 3)).replace(b">1000.00<", b">1000.01<")
    refuse(upload(data), by=coordinator())
    assert upload(data).state == Taking.ASKED
    assert StatementFile.objects.count() == 2


def test_a_table_nobody_knows_is_mapped_once_and_read_the_next_time() -> None:
    data = b"Wann;Wer;Was;Wieviel\n05.03.2026;Ada;Kim;1,50\n06.03.2026;Cem;Kim;1.234,00\n"
    file = upload(data)
    assert file.state == Taking.MAPPING
    roles = {0: "booked", 1: "counterparty", 2: "text", 3: "amount"}
    layout = layout_from(bytes(file.content), name="Wunderbank", roles=roles, header=0, decimal=",", unsigned="credit")
    assert map_columns(file, layout, by=coordinator()).state == Taking.TAKEN
    again = upload(data.replace(b"06.03", b"07.03"))
    assert again.state == Taking.TAKEN
    assert sorted(StatementEntry.objects.values_list("units", flat=True)) == [150, 123400, 123400]


def test_another_account_s_statement_is_refused() -> None:
    file = take_in(receive(account=account("DE02120300000000202051"), data=camt(truths(random.Random(1), 3))))
    assert file.state == Taking.REFUSED
    assert OWN in file.reason


def test_the_same_month_in_three_formats_is_booked_once() -> None:
    month = truths(random.Random(5), 30, days=20)
    for make in (camt, mt940, table):
        upload(make(month))
    post_all()
    assert StatementEntry.objects.booked().count() == 30
    assert not StatementEntry.objects.filter(state=Entering.DOUBTED).exists()
    assert booked_cents() == sum(one.cents for one in month)


def test_a_doubt_is_answered_once() -> None:
    month = truths(random.Random(5), 6, days=1)
    upload(camt(month))
    upload(mt940(month[:-1]))
    row = StatementEntry.objects.filter(state=Entering.DOUBTED).order_by("pk")[0]
    assert row.resembles
    settle_doubt(row, same=True, by=coordinator())
    with pytest.raises(ForbiddenStep):
        settle_doubt(row, same=False, by=coordinator())


def test_a_twin_told_alone_is_seen_by_the_balance() -> None:
    """Two equal gifts of one day in two files: indistinguishable from one told twice, but the balance tells."""
    one = truths(random.Random(8), 1)[0]
    upload(camt([one], opening=OPENING))
    upload(mt940([one], opening=OPENING + one.cents))
    post_all()
    assert any("laut Bank" in fault for fault in faults())


def test_erased_entries_are_still_known_when_the_statement_comes_again() -> None:
    month = truths(random.Random(5), 10)
    upload(camt(month))
    post_all()
    empty_entries(StatementEntry.objects.all())
    file = upload(camt(month) + b"\n")
    assert (file.new, file.same, file.doubted) == (0, 10, 0)
    assert Booking.objects.count() == 10


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_several_statements_of_one_day_prove_each_other_in_any_order(order: tuple[int, ...]) -> None:
    day = [one for one in truths(random.Random(4), 40, days=1) if one.bank_ref][:3]
    assert len({one.bank_ref for one in day}) == 3
    for number in order:
        upload(camt([day[number]], opening=OPENING + sum(one.cents for one in day[:number])))
    for row in StatementEntry.objects.filter(state=Entering.DOUBTED):
        settle_doubt(row, same=False, by=coordinator())
    post_all()
    assert faults() == []
    assert booked_cents() == sum(one.cents for one in day)
