"""One case, one pair of hands: whatever changes a case is refused, by name, while somebody else has it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections, transaction
from django.urls import get_resolver, reverse

from tests.desk.conftest import World, at_desk, make_world, member
from tests.desk.test_access import patterns
from zueinander.calls.models import Call
from zueinander.desk import actions
from zueinander.introductions.models import Introduction, Report
from zueinander.journal.models import Entry
from zueinander.matching.models import Match
from zueinander.networks.models import Send
from zueinander.partners.models import Partner, Referral
from zueinander.people.models import Attention, Person, Volunteer

FREE = {  # what changes no case, or says itself whose it is
    "next", "take", "take_over", "take_out", "play", "unplay", "keys", "campaign_state", "calls_draft", "call_publish",
}  # fmt: skip


OURS = {
    f"zueinander.desk.views.{name}"
    for name in ("accounts", "calls", "campaigns", "case", "common", "correct", "decide", "listing", "more", "partners",
                 "proposal", "queue", "runs", "team")
}  # fmt: skip


def ours() -> dict[str, Any]:
    """Every view of the desk by the name of its address."""
    return {str(p.name): p.callback for address, p in patterns(get_resolver()) if address.startswith("/schreibtisch/")}


@pytest.fixture
def rows(world: World) -> dict[type[Any], Any]:
    partner = Partner.objects.create(name="Treff", contact="x")
    return {
        Person: world.seeker, Attention: world.case, Match: world.match,
        Send: Send.objects.create(person=world.seeker, kind="direct", about="x", idempotency_key="a", state="unclear"),
        Referral: Referral.objects.create(person=world.seeker, partner=partner),
        Report: Report.objects.create(by=world.seeker, introduction=Introduction.objects.create(match=world.match)),
    }  # fmt: skip


def guarded() -> list[tuple[str, type[Any]]]:
    found = [(str(name), view.guards) for name, view in ours().items() if hasattr(view, "guards")]
    return sorted(found, key=lambda item: item[0])


def arguments(name: str, row: Any) -> list[Any]:
    extra = {"listing": ["pause"], "referral": ["abgelehnt"]}
    return [row.pk, *extra.get(name, [])]


def test_everything_that_changes_a_case_is_refused_by_name_while_another_has_it(
    world: World, ada: Volunteer, bo: Volunteer, rows: dict[type[Any], Any]
) -> None:
    actions.claim(by=member("Cleo"), pk=world.case.pk)
    rows |= {type(world.reading): world.reading, type(world.match.seek): world.match.seek}
    before = Entry.objects.count()
    for name, model in guarded():
        if model is Call:
            continue  # a call is about no person
        answer = at_desk(bo).post(
            reverse(f"desk:{name}", args=arguments(name, rows[model])),
            {"intent": "offer", "grund": "too_far", "alter": "0-17", "text": "Hallo", "andere": str(world.host.pk)},
            follow=True,
        )
        assert "Diesen Fall hat gerade Cleo." in answer.content.decode(), name
    assert Entry.objects.count() == before
    assert len(guarded()) > 16


def test_no_button_of_the_desk_forgets_to_ask_who_has_the_case(world: World, bo: Volunteer) -> None:
    """Every address of the desk that takes nothing but POST is guarded, or is named above as changing no case."""
    desk = at_desk(bo)
    posting = {
        str(pattern.name)
        for address, pattern in patterns(get_resolver())
        if address.startswith("/schreibtisch/") and desk.get(address).status_code == 405
    }
    ours_only = {name for name in posting if ours()[name].__module__ in OURS}
    assert len(ours_only) > 20
    assert {name for name in ours_only if not hasattr(ours()[name], "guards")} <= FREE


def test_a_case_is_taken_over_openly(world: World, ada: Volunteer, bo: Volunteer) -> None:
    actions.claim(by=bo, pk=world.case.pk)
    desk = at_desk(ada)
    page = desk.get(reverse("desk:case", args=[world.case.pk])).content.decode()
    assert "Diesen Fall hat gerade Bo." in page
    assert "Von Bo übernehmen" in page
    assert "Von Hand beantwortet" not in page
    page = desk.post(reverse("desk:take_over", args=[world.case.pk]), follow=True).content.decode()
    assert "Du hast den Fall von Bo übernommen." in page
    assert "Ada hat den Fall übernommen" in page
    assert "Diesen Fall hat gerade Ada." in (
        at_desk(bo).post(reverse("desk:stop", args=[world.seeker.pk]), follow=True).content.decode()
    )
    desk.post(reverse("desk:done", args=[world.case.pk]))
    world.case.refresh_from_db()
    assert world.case.cleared_by == ada


def test_a_proposal_belongs_to_the_case_of_both(world: World, ada: Volunteer, bo: Volunteer) -> None:
    about_the_host = Attention.objects.create(
        kind="report", subject="report:1", person=world.host, deadline=world.case.deadline
    )
    actions.claim(by=bo, pk=about_the_host.pk)
    page = at_desk(ada).post(reverse("desk:yes", args=[world.match.pk]), follow=True).content.decode()
    assert "Diesen Fall hat gerade Bo." in page
    world.match.refresh_from_db()
    assert world.match.state == "proposed"


def test_nobody_gets_a_line_of_a_person_whom_somebody_else_has(world: World, ada: Volunteer, bo: Volunteer) -> None:
    actions.claim(by=bo, pk=world.case.pk)
    assert actions.claim(by=ada) is None
    assert actions.claim(by=ada, pk=world.proposal.pk) is None
    actions.put_down(world.case, by=bo)
    assert actions.claim(by=ada) == world.case


def elsewhere(act: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Starts it on a connection of its own; what it returned is in the list once the thread is over."""
    said: list[object] = []

    def run() -> None:
        try:
            said.append(act())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by_name", [True, False])
def test_of_two_who_reach_for_two_lines_of_one_person_at_once_one_gets_the_person(by_name: bool) -> None:
    world, ada, bo = make_world(), member("Ada"), member("Bo")
    with transaction.atomic():
        assert actions.claim(by=ada, pk=world.case.pk) == world.case
        second, got = elsewhere(lambda: actions.claim(by=bo, pk=world.proposal.pk if by_name else None))
        second.join(0.5)
        assert second.is_alive(), "the second waits until it is known what the first took"
    second.join(20)
    assert got == [None]
    assert Attention.objects.filter(claimed_by=bo).count() == 0


@pytest.mark.django_db(transaction=True)
def test_taking_over_one_line_leaves_nobody_else_another_line_of_that_person() -> None:
    world, ada, bo = make_world(), member("Ada"), member("Bo")
    with transaction.atomic():
        actions.claim(by=ada, pk=world.case.pk)
        second, got = elsewhere(lambda: actions.take_over(world.proposal, by=bo))
        second.join(0.5)
        assert second.is_alive()
    second.join(20)
    assert got == [ada]
    assert {line.claimed_by for line in Attention.objects.exclude(claimed_by=None)} == {bo}
