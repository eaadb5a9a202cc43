"""The queue: its order, its parts, what is new, who is in it, and what it says when it is empty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.desk.conftest import World, at_desk
from tests.pairs import introduction
from zueinander.campaigns.models import Campaign
from zueinander.desk import actions, searching
from zueinander.people.actions import meet
from zueinander.people.models import Attention, Person, Volunteer


def lines(ada: Volunteer, tail: str = "") -> list[str]:
    return [str(one.row.subject) for one in at_desk(ada).get(reverse("desk:queue") + tail).context["queue"]]


def wait(subject: str, hours: float, **values: object) -> Attention:
    deadline = timezone.now() + timedelta(hours=hours)
    return Attention.objects.create(**{"kind": "by_hand", "subject": subject, "deadline": deadline, **values})


def test_danger_first_then_by_the_answer_deadline_of_the_channel(db: None, ada: Volunteer) -> None:
    wait("late", 90)
    wait("soon", 2)
    wait("danger", 99, kind="danger", urgent=True)
    wait("over", -1)
    assert lines(ada) == ["danger", "over", "soon", "late"]
    page = at_desk(ada).get(reverse("desk:queue")).content.decode()
    assert "Antwortfrist 1 Std." in page
    assert "Antwortfrist seit 1 Std. vorbei" in page


def test_one_works_on_a_part_of_it_and_stays_there(world: World, ada: Volunteer) -> None:
    other = Campaign.objects.create(
        slug="andere", name="Andere", hashtags=["x"], season_start=timezone.localdate(),
        season_end=timezone.localdate(), state="open",
    )  # fmt: skip
    wait("ohne", 1)
    assert len(lines(ada)) == 3
    assert len(lines(ada, "?aktion=kba")) == 2
    assert lines(ada, f"?aktion={other.slug}") == []
    assert lines(ada, "?art=proposal") == [world.proposal.subject]
    desk = at_desk(ada)
    empty = desk.get(reverse("desk:queue") + "?aktion=andere").content.decode()
    assert "In diesem Teil wartet niemand" in empty
    went = desk.post(reverse("desk:next"), {"art": "by_hand", "aktion": "kba"})
    assert went.headers["Location"] == reverse("desk:case", args=[world.case.pk]) + "?aktion=kba&art=by_hand"
    went = desk.post(reverse("desk:done", args=[world.case.pk]), {"art": "by_hand", "aktion": "kba"})
    assert went.headers["Location"] == reverse("desk:queue") + "?aktion=kba&art=by_hand"


def test_what_is_new_is_counted_and_said_once(world: World, ada: Volunteer) -> None:
    desk = at_desk(ada)
    newest = desk.get(reverse("desk:queue")).context["newest"]
    address = reverse("desk:news")
    assert desk.get(address, {"nach": newest, "bekannt": "0"}).status_code == 204
    wait("a", 1)
    wait("b", 1)
    wait("c", 1, kind="danger", urgent=True)
    said = desk.get(address, {"nach": newest, "bekannt": "0"}).content.decode()
    assert "3 neue Fälle, einer mit Gefahr" in said
    assert desk.get(address, {"nach": newest, "bekannt": "3"}).status_code == 204
    assert desk.get(address, {"nach": newest, "art": "danger"}).content.decode().count("1 neuer Fall") == 1
    assert desk.get(address, {"nach": "viel"}).status_code == 204


def test_after_the_last_case_stands_who_found_company_today(db: None, ada: Volunteer) -> None:
    introduction()
    Attention.objects.update(cleared_at=timezone.now(), cleared_by=ada)
    page = at_desk(ada).get(reverse("desk:queue")).content.decode()
    assert "Heute haben 2 Menschen Gesellschaft gefunden." in page
    assert "Ada und Bo: Heiligabend, Worms" in page
    assert "Gute Nacht" in page


def test_somebody_is_found_by_name_place_or_address(world: World, ada: Volunteer) -> None:
    mail = meet(network="mail", native_id="jo@example.org", visible_name="J. Beispiel", address="jo@example.org").person
    for asked, who in (("mir", world.seeker), ("Worms", world.host), ("JO@example.org", mail), ("beispiel", mail)):
        assert who in [one.person for one in searching.people(asked).people], asked
    desk = at_desk(ada)
    page = desk.get(reverse("desk:search"), {"q": "Mira"}).content.decode()
    assert reverse("desk:person", args=[world.seeker.pk]) in page
    assert "Niemand. Vielleicht anders geschrieben?" in desk.get(reverse("desk:search"), {"q": "zzz"}).content.decode()


def test_a_search_that_was_not_complete_says_so(world: World, ada: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "NAMES_READ", 1)
    assert not searching.people("zzz").whole
    page = at_desk(ada).get(reverse("desk:search"), {"q": "zzz"}).content.decode()
    assert "Es gibt mehr, als hier steht." in page
    assert Person.objects.count() == 2


def test_a_proposal_is_not_ticked_off_but_decided(world: World, ada: Volunteer) -> None:
    actions.answered_by_hand(world.case, by=ada)
    desk = at_desk(ada)
    page = desk.get(reverse("desk:person", args=[world.seeker.pk])).content.decode()
    assert "Zum Vorschlag" in page
    assert "Von Hand beantwortet" not in page
    there = reverse("desk:proposal", args=[world.match.pk])
    assert desk.post(reverse("desk:done", args=[world.proposal.pk])).headers["Location"] == there
    chosen = desk.post(reverse("desk:done", args=[world.proposal.pk]), {"art": "proposal"})
    assert chosen.headers["Location"] == there + "?art=proposal"
    world.proposal.refresh_from_db()
    assert world.proposal.cleared_at is None


def test_acute_danger_is_due_at_once(world: World, ada: Volunteer) -> None:
    wait("a", 0, kind="danger", urgent=True)
    page = at_desk(ada).get(reverse("desk:queue")).content.decode()
    assert "Antwort sofort" in page
    assert "vorbei" not in page
