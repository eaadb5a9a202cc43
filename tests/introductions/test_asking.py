"""Both are asked; only two yes make an introduction; a no or silence frees both."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import pairs
from tests.matching_stage.test_deciding import at_once
from zueinander.house.checks import invariants
from zueinander.introductions import actions
from zueinander.introductions.models import Ask, FollowUp, Introduction
from zueinander.introductions.queries import silent_too_often
from zueinander.introductions.rules import answer_deadline, reminder_due
from zueinander.introductions.tasks import all_steps
from zueinander.journal.models import Entry
from zueinander.listings.models import Listing
from zueinander.matching import actions as matching
from zueinander.matching.models import Match, Matching
from zueinander.networks.models import Send
from zueinander.people.actions import block, open_link, stop, withdraw_consent
from zueinander.people.models import Attention, Person
from zueinander.shared.config import config
from zueinander.shared.forgetting import erase
from zueinander.site.state import other_side

BERLIN = ZoneInfo("Europe/Berlin")


def approved(**host: object) -> Match:
    of = pairs.campaign()
    seek = pairs.listing(of, "seek", "Ada", place="Worms")
    match = pairs.proposal(of, seek, pairs.listing(of, "offer", "Bo", place="Mannheim", **host))  # type: ignore[arg-type]
    return matching.approve(match, by=pairs.volunteer())


def said_to(person: Person) -> list[str]:
    return [s.text for s in Send.objects.filter(person=person).order_by("created_at")]


def token_in(text: str) -> str:
    return text.split(f"{config().address}/l/")[1].split()[0]


def ask_of(match: Match, side: str) -> Ask:
    return match.asks.get(listing=getattr(match, side))


@pytest.mark.django_db
def test_each_side_is_asked_once_in_private_with_the_other_s_first_name_area_and_words() -> None:
    match = approved()
    assert actions.ask_approved() == 1
    assert actions.ask_approved() == 0
    for me, other, place in (("seek", "Bo", "Mannheim"), ("offer", "Ada", "Worms")):
        person = getattr(match, me).person
        (text,) = said_to(person)
        assert f"Hallo {person.first_name}, " in text
        for part in (other, place, "Heiligabend", f"Worte von {other}", "ja oder nein"):
            assert part in text
        link = open_link(token_in(text))
        assert link is not None
        assert (link.person, link.use, link.subject) == (person, "answer", f"ask:{ask_of(match, me).pk}")
    assert set(Send.objects.values_list("kind", flat=True)) == {"direct"}


@pytest.mark.django_db
def test_whoever_reads_english_is_asked_in_english_and_unshared_words_stay_unshared() -> None:
    match = approved()
    Person.objects.filter(pk=match.seek.person_id).update(lang="en")
    withdraw_consent(person=match.offer.person, purpose="share")
    actions.ask_approved()
    (text,) = said_to(match.seek.person)
    assert "Hello Ada, " in text
    for part in ("Bo", "Mannheim", "Worte"):
        assert part not in text.replace("Both", "")
    assert "Ada" in said_to(match.offer.person)[0]


@pytest.mark.django_db
def test_the_page_behind_the_question_shows_no_more_than_was_allowed() -> None:
    match = approved()
    assert other_side(match.seek, match)["first_name"] == "Bo"
    withdraw_consent(person=match.offer.person, purpose="share")
    shown = other_side(match.seek, match)
    assert (shown["first_name"], shown["area"], shown["text"]) == ("", "", "")


@pytest.mark.django_db
def test_one_yes_reveals_nothing_and_two_introduce() -> None:
    match = approved()
    actions.ask_approved()
    assert actions.answer(ask_of(match, "seek"), yes=True) is None
    assert not Introduction.objects.exists()
    assert len(said_to(match.offer.person)) == 1
    made = actions.answer(ask_of(match, "offer"), yes=True)
    assert made is not None
    match.refresh_from_db()
    assert match.state == Matching.INTRODUCED
    assert actions.answer(ask_of(match, "offer"), yes=True) == made
    assert Introduction.objects.count() == 1
    for person, other in ((match.seek.person, "Bo"), (match.offer.person, "Ada")):
        texts = said_to(person)
        assert len(texts) == 2
        assert other in texts[1]
        assert open_link(token_in(texts[1])).use == "conversation"  # type: ignore[union-attr]
    assert {row.state for row in Listing.objects.all()} == {"done"}
    assert actions.other_side(made, match.seek.person) == match.offer
    verbs = set(Entry.objects.filter(subjects__contains=[f"match:{match.pk}"]).values_list("verb", flat=True))
    assert {"proposed", "approved", "asked", "answered", "introduced"} <= verbs
    assert invariants() == []


@pytest.mark.django_db
def test_a_host_with_seats_left_stays_open_for_others() -> None:
    intro = pairs.introduction(seats=3)
    assert intro.match.offer.state == "open"
    other = pairs.listing(intro.match.campaign, "seek", "Eva")
    assert pairs.proposal(intro.match.campaign, other, intro.match.offer)


@pytest.mark.django_db
def test_a_host_with_two_places_is_introduced_to_both_whom_they_are_for() -> None:
    of, vera = pairs.campaign(), pairs.volunteer()
    host = pairs.listing(of, "offer", "Bo", seats=2)
    for name in ("Ada", "Cem"):
        matching.approve(pairs.proposal(of, pairs.listing(of, "seek", name), host), by=vera)
    actions.ask_approved()
    for ask in Ask.objects.order_by("match_id", "pk"):
        actions.answer(ask, yes=True)
    assert Introduction.objects.count() == 2
    host.refresh_from_db()
    assert (host.state, pairs.taken(host)) == ("done", [2])
    assert invariants() == []


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["seek", "offer"])
def test_who_has_paused_meanwhile_is_not_introduced_and_the_other_hears_it(side: str) -> None:
    match = approved()
    actions.ask_approved()
    actions.answer(ask_of(match, "seek"), yes=True)
    Listing.objects.filter(pk=getattr(match, side).pk).update(state="paused")
    assert actions.answer(ask_of(match, "offer"), yes=True) is None
    other = match.offer if side == "seek" else match.seek
    assert "Wir suchen weiter" in said_to(other.person)[-1]
    assert (pairs.taken(match.seek), pairs.taken(match.offer)) == ([0], [0])
    assert invariants() == []


@pytest.mark.django_db
def test_a_no_frees_both_the_other_hears_it_kindly_and_the_next_proposal_comes() -> None:
    match = approved()
    third = pairs.listing(match.campaign, "offer", "Cem", at=pairs.MANNHEIM)
    actions.ask_approved()
    actions.answer(ask_of(match, "offer"), yes=True)
    actions.answer(ask_of(match, "offer"), yes=False)  # a yes may become a no
    actions.answer(ask_of(match, "offer"), yes=False)
    assert len(said_to(match.offer.person)) == 1
    assert "Das liegt nicht an dir" in said_to(match.seek.person)[1]
    assert (pairs.taken(match.seek), pairs.taken(match.offer)) == ([0], [0])
    with pytest.raises(actions.TooLate):
        actions.answer(ask_of(match, "seek"), yes=True)
    assert pairs.proposal(match.campaign, match.seek, third)
    assert not Introduction.objects.exists()
    assert invariants() == []


@pytest.mark.django_db
def test_silence_is_reminded_once_then_frees_both() -> None:
    match = approved()
    third = pairs.listing(match.campaign, "offer", "Cem", at=pairs.MANNHEIM)
    actions.ask_approved()
    actions.answer(ask_of(match, "seek"), yes=True)
    assert (actions.remind(), actions.expire_silent()) == (0, 0)
    now = timezone.now()
    Ask.objects.update(asked_at=now - timedelta(hours=40), deadline=now + timedelta(hours=8))
    assert (actions.remind(), actions.remind()) == (1, 0)
    assert "Beides ist in Ordnung" in said_to(match.offer.person)[-1]
    Ask.objects.update(deadline=now - timedelta(minutes=1))
    assert (actions.expire_silent(), actions.expire_silent()) == (1, 0)
    match.refresh_from_db()
    assert match.state == Matching.EXPIRED
    assert "nichts von dir gehört" in said_to(match.offer.person)[-1]
    assert "Wir suchen weiter" in said_to(match.seek.person)[-1]
    with pytest.raises(actions.TooLate):
        actions.answer(ask_of(match, "offer"), yes=True)
    assert pairs.proposal(match.campaign, match.seek, third)
    assert invariants() == []


@pytest.mark.django_db
def test_people_blocked_between_the_two_yes_are_not_introduced() -> None:
    match = approved()
    actions.ask_approved()
    actions.answer(ask_of(match, "seek"), yes=True)
    block(one=match.seek.person, other=match.offer.person, actor="machine")
    assert actions.answer(ask_of(match, "offer"), yes=True) is None
    assert not Introduction.objects.exists()
    assert invariants() == []


@pytest.mark.django_db
def test_when_one_withdraws_while_both_are_asked_the_other_hears_it_and_is_free() -> None:
    match = approved()
    actions.ask_approved()
    match.offer.state = "withdrawn"
    match.offer.save()
    all_steps()
    match.refresh_from_db()
    assert match.state == Matching.DECLINED
    assert "Wir suchen weiter" in said_to(match.seek.person)[-1]
    assert len(said_to(match.offer.person)) == 1
    assert invariants() == []


@pytest.mark.django_db
def test_whom_the_machine_cannot_reach_a_human_is_asked_to() -> None:
    match = approved(who=pairs.person("Bo", reachable=False))
    actions.ask_approved()
    line = Attention.objects.get(kind="by_hand", cleared_at=None)
    assert line.person == match.offer.person
    actions.answer(ask_of(match, "offer"), yes=True)
    assert not Attention.objects.filter(kind="by_hand", cleared_at=None).exists()


@pytest.mark.django_db
def test_when_one_is_erased_the_other_hears_it_and_is_free() -> None:
    intro = pairs.introduction()
    host = intro.match.offer
    erase(intro.match.seek.person_id)
    assert not Introduction.objects.exists()
    assert "beendet" in said_to(host.person)[-1]
    host.refresh_from_db()
    assert (host.state, pairs.taken(host)) == ("open", [0])
    assert invariants() == []


@pytest.mark.django_db
def test_looking_after_everybody_who_was_asked_takes_one_question_however_many_they_are(
    django_assert_num_queries: Any,
) -> None:
    of, vera = pairs.campaign(), pairs.volunteer()
    for name in ("Ada", "Cem", "Eva"):
        seek, host = pairs.listing(of, "seek", name), pairs.listing(of, "offer", f"Wirtin {name}")
        match = matching.pin(seek=seek, offer=host, occasion=of.occasions.all()[0], by=vera)
        matching.approve(match, by=vera)
    with django_assert_num_queries(1):
        assert actions.part_those_who_must_not_meet() == 0
    block(one=match.seek.person, other=match.offer.person, actor="machine")
    assert actions.part_those_who_must_not_meet() == 1


@pytest.mark.django_db
def test_every_step_at_once_and_twice_changes_nothing_more() -> None:
    approved()
    all_steps()
    sends = Send.objects.count()
    all_steps()
    assert Send.objects.count() == sends == 2


@pytest.mark.django_db(transaction=True)
def test_two_yes_at_the_same_moment_make_one_introduction() -> None:
    match = approved()
    at_once(actions.ask_approved, actions.ask_approved)
    asks = list(match.asks.all())
    assert len(asks) == 2
    assert Send.objects.count() == 2
    results = at_once(*[lambda a=a: actions.answer(Ask.objects.get(pk=a.pk), yes=True) for a in asks * 2])
    assert not [r for r in results if isinstance(r, Exception)], results
    assert Introduction.objects.count() == 1
    assert FollowUp.objects.count() == 2
    assert Send.objects.count() == 4
    assert invariants() == []


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_no_at_the_same_moment_never_introduce_half() -> None:
    match = approved()
    actions.ask_approved()
    seek, offer = ask_of(match, "seek"), ask_of(match, "offer")
    at_once(lambda: actions.answer(seek, yes=True), lambda: actions.answer(offer, yes=False), actions.expire_silent)
    match.refresh_from_db()
    assert match.state == Matching.DECLINED
    assert not Introduction.objects.exists()
    assert invariants() == []


def test_the_answer_may_take_two_days_less_when_the_occasion_is_near_but_never_under_two_hours() -> None:
    now = datetime(2026, 12, 20, 10, tzinfo=BERLIN)
    day = datetime(2027, 1, 10).date()
    assert answer_deadline(now, day, BERLIN) == now + timedelta(hours=48)
    near = answer_deadline(now, datetime(2026, 12, 21).date(), BERLIN)
    assert near == now + timedelta(hours=13)
    assert answer_deadline(now, now.date(), BERLIN) == now + timedelta(hours=2)
    assert now < reminder_due(now, near) < near


@pytest.mark.django_db
def test_nobody_the_machine_cannot_write_to_is_dropped_whatever_there_is_to_say() -> None:
    of = pairs.campaign()
    quiet = pairs.listing(of, "offer", who=pairs.person("Bo", reachable=False))
    match = matching.approve(pairs.proposal(of, pairs.listing(of, "seek", "Ada"), quiet), by=pairs.volunteer())
    actions.ask_approved()
    ask = ask_of(match, "offer")
    line = Attention.objects.get(kind="by_hand", cleared_at=None)
    assert (line.person, line.subject, line.deadline) == (quiet.person, f"ask:{ask.pk}", ask.deadline)
    actions.answer(ask, yes=True)  # said by telephone, say
    intro = actions.answer(ask_of(match, "seek"), yes=True)
    assert intro is not None
    assert Attention.objects.get(kind="by_hand", cleared_at=None).subject == f"introduction:{intro.pk}"
    actions.block_other(intro, by=match.seek.person)
    subjects = set(Attention.objects.filter(kind="by_hand", cleared_at=None).values_list("subject", flat=True))
    assert f"listing:{quiet.pk}" in subjects  # that it is over reaches them by a human, too


@pytest.mark.django_db
def test_who_said_stop_is_left_alone_by_humans_too() -> None:
    match = approved()
    stop(person=match.offer.person, actor="machine")
    actions.ask_approved()
    assert not Attention.objects.filter(kind="by_hand", person=match.offer.person).exists()


def go_silent(match: Match, *, but: str = "") -> None:
    """Both were asked; the time passes without a word of the one, and the other says yes."""
    actions.ask_approved()
    Send.objects.filter(about__startswith="ask:").update(state="sent")
    if but:
        actions.answer(ask_of(match, but), yes=True)
    match.asks.update(deadline=timezone.now() - timedelta(minutes=1))
    assert actions.expire_silent() == 1


@pytest.mark.django_db
def test_who_is_silent_again_and_again_rests_and_is_told_so() -> None:
    of, vera = pairs.campaign(), pairs.volunteer()
    host = pairs.listing(of, "offer", "Bo", seats=3)
    for name in ("Ada", "Cem"):
        assert Listing.objects.get(pk=host.pk).state == "open"
        seek = pairs.listing(of, "seek", name)
        go_silent(matching.approve(pairs.proposal(of, seek, host), by=vera), but="seek")
        Listing.objects.filter(pk=seek.pk).update(state="paused")
    host.refresh_from_db()
    assert host.state == "paused"
    first, second = [text for text in said_to(host.person) if "nichts von dir gehört" in text]
    assert "ruht" not in first
    assert "ruht dein Eintrag" in second
    link = open_link(token_in(second))
    assert link is not None
    assert link.use == "own"
    assert Entry.objects.filter(verb="paused", subjects__contains=[f"listing:{host.pk}"], actor="machine").exists()


@pytest.mark.django_db
def test_an_answer_in_between_or_an_ask_that_never_went_out_is_no_silence() -> None:
    of, vera = pairs.campaign(), pairs.volunteer()
    host = pairs.listing(of, "offer", "Bo", seats=5)
    for name, how in (("Ada", "silent"), ("Cem", "no"), ("Dan", "silent"), ("Eva", "refused")):
        seek = pairs.listing(of, "seek", name)
        match = matching.approve(pairs.proposal(of, seek, host), by=vera)
        if how == "no":
            actions.ask_approved()
            actions.answer(ask_of(match, "offer"), yes=False)
        else:
            go_silent(match, but="seek")
        if how == "refused":
            continue
        Listing.objects.filter(pk=seek.pk).update(state="paused")
        host.refresh_from_db()
        assert host.state == "open", name
    asked = host.asks.order_by("-asked_at").first()
    assert asked is not None
    Send.objects.filter(about=f"ask:{asked.pk}").update(state="refused")
    assert not silent_too_often(host)
