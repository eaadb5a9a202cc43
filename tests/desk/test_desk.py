"""What the team can rely on at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.conftest import TEXT, World, at_desk, member
from zueinander.campaigns.models import Campaign
from zueinander.desk import actions
from zueinander.desk.evidence import pieces
from zueinander.desk.views.team import INVITATION
from zueinander.house.signup import INVITATION_IN_SESSION
from zueinander.journal.models import Entry
from zueinander.matching.models import Matching
from zueinander.networks.models import Account, Send
from zueinander.people.actions import invite
from zueinander.people.models import Attention, Person, Volunteer

PAGES = [
    "queue",
    "paste",
    "figures",
    "campaigns",
    "campaign_new",
    "accounts",
    "calls",
    "team",
    "partners",
    "partner_new",
    "reports",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens(world: World, bo: Volunteer, name: str) -> None:
    assert at_desk(bo).get(reverse(f"desk:{name}")).status_code == 200


@pytest.mark.parametrize("key", ["bluesky", "mastodon", "mail"])
def test_each_network_asks_its_own_questions(bo: Volunteer, key: str) -> None:
    page = at_desk(bo).get(reverse("desk:connect", args=[key]))
    assert page.status_code == 200
    assert "Wie sollen wir das Konto nennen?" in page.content.decode()


def test_looking_changes_nothing(world: World, bo: Volunteer) -> None:
    before = list(Attention.objects.values()), Entry.objects.count()
    desk = at_desk(bo)
    for name, args in (
        ("queue", []),
        ("case", [world.case.pk]),
        ("person", [world.seeker.pk]),
        ("proposal", [world.match.pk]),
    ):
        assert desk.get(reverse(f"desk:{name}", args=args)).status_code == 200
    for name, args in (("next", []), ("done", [world.case.pk]), ("stop", [world.seeker.pk]), ("yes", [world.match.pk])):
        assert desk.get(reverse(f"desk:{name}", args=args)).status_code == 405
    assert (list(Attention.objects.values()), Entry.objects.count()) == before


def test_the_case_shows_the_words_the_evidence_and_the_doubt(world: World, ada: Volunteer) -> None:
    page = at_desk(ada).get(reverse("desk:case", args=[world.case.pk])).content.decode()
    assert '<mark class="place">Worms<' in page
    assert "&lt;b&gt;in&lt;/b&gt;" in page
    assert "<b>in</b>" not in page
    assert "mehrere Orte dieses Namens" in page
    assert "Kein Anlass gefunden." in page


@pytest.mark.parametrize("span", [(-5, 3), (3, 1), (0, 10_000), (4, 4), ("a", 3), (None, None)])
def test_hostile_offsets_never_lose_a_letter(span: tuple[object, object]) -> None:
    places = [{"start": span[0], "end": span[1]}, {"start": 0, "end": 5}, {"start": 3, "end": 8}]
    assert "".join(p.text for p in pieces(TEXT, {"places": places})) == TEXT


def test_danger_comes_before_everything_then_the_deadline(world: World, ada: Volunteer) -> None:
    later = timezone.now() + timedelta(days=3)
    danger = Attention.objects.create(kind="danger", subject="post:x", urgent=True, deadline=later)
    got = [actions.claim(by=v) for v in (ada, member("Cleo"), member("Dan"))]
    assert [a and a.pk for a in got] == [danger.pk, world.case.pk, None]  # the proposal belongs to the case's person
    actions.put_down(world.case, by=Volunteer.objects.get(name="Cleo"))
    taken = actions.claim(by=member("Eva"), pk=world.proposal.pk)
    assert taken is not None


def test_next_goes_on_and_comes_round(world: World, ada: Volunteer) -> None:
    first = actions.claim(by=ada)
    assert first is not None
    second = actions.claim(by=ada, after=first.pk)
    assert second is not None
    assert (first.pk, second.pk) == (world.case.pk, world.proposal.pk)
    again = actions.claim(by=ada, after=second.pk)
    assert again is not None
    assert again.pk == first.pk


def test_what_somebody_else_holds_waits_until_they_let_go(world: World, ada: Volunteer, bo: Volunteer) -> None:
    actions.claim(by=bo, pk=world.case.pk)
    desk = at_desk(ada)
    desk.post(reverse("desk:done", args=[world.case.pk]))
    world.case.refresh_from_db()
    assert world.case.cleared_at is None
    Attention.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))
    desk.post(reverse("desk:done", args=[world.case.pk]))
    world.case.refresh_from_db()
    assert world.case.cleared_by == ada


def test_a_proposal_is_shown_side_by_side_and_a_yes_decides_it(world: World, ada: Volunteer) -> None:
    desk = at_desk(ada)
    page = desk.get(reverse("desk:case", args=[world.proposal.pk]), follow=True).content.decode()
    for shown in ("Mira", "Jost", "12 km", "Nah beieinander.", "Gebraucht, aber nicht zugesagt: mit Hund."):
        assert shown in page
    desk.post(reverse("desk:yes", args=[world.match.pk]))
    world.match.refresh_from_db()
    assert (world.match.state, world.match.decided_by) == (Matching.APPROVED, ada)
    again = desk.post(reverse("desk:yes", args=[world.match.pk]), follow=True)
    assert "gilt nicht mehr" in again.content.decode()


def test_a_no_needs_a_reason(world: World, ada: Volunteer) -> None:
    desk = at_desk(ada)
    desk.post(reverse("desk:no", args=[world.match.pk]))
    world.match.refresh_from_db()
    assert world.match.state == Matching.PROPOSED
    desk.post(reverse("desk:no", args=[world.match.pk]), {"grund": "too_far"})
    world.match.refresh_from_db()
    assert (world.match.state, world.match.reject_reason) == (Matching.REJECTED, "too_far")


def test_one_click_corrects_a_reading(world: World, ada: Volunteer) -> None:
    desk, address = at_desk(ada), reverse("desk:correct", args=[world.reading.pk])
    desk.post(address, {"intent": "offer"})
    desk.post(address, {"when_add": "12-24"})
    desk.post(address, {"intent": "nonsense"})
    world.reading.refresh_from_db()
    assert world.reading.intent == "offer"
    assert world.reading.found["when"][0]["date"] == "12-24"
    assert world.reading.corrected_by == ada


def test_stop_and_under_18_are_final_at_once(world: World, ada: Volunteer) -> None:
    desk = at_desk(ada)
    desk.post(reverse("desk:stop", args=[world.host.pk]))
    desk.post(reverse("desk:age", args=[world.seeker.pk]), {"alter": "0-17"})
    assert Person.objects.get(pk=world.host.pk).stopped_at is not None
    assert Person.objects.get(pk=world.seeker.pk).is_minor
    assert world.seeker.listings.get().state == "withdrawn"


def test_a_campaign_with_the_christmas_days_is_made_in_one_form(bo: Volunteer) -> None:
    desk = at_desk(bo)
    form = desk.get(reverse("desk:campaign_new")).context["form"]
    data = {**form.initial, "name": "Keiner bleibt allein", "hashtags": "#KeinerBleibtAllein"}
    assert desk.post(reverse("desk:campaign_new"), data).status_code == 302
    made = Campaign.objects.get()
    assert [f"{o.on:%d.%m.}" for o in made.occasions.all()] == ["24.12.", "25.12.", "26.12.", "31.12."]
    assert made.hashtags == ["KeinerBleibtAllein"]
    desk.post(reverse("desk:campaign_state", args=[made.pk]), {"zustand": "open"})
    made.refresh_from_db()
    assert made.state == "open"


def test_an_account_follows_the_hashtags_of_its_campaigns_and_keeps_them_when_its_access_is_renewed(
    bo: Volunteer,
) -> None:
    desk = at_desk(bo)
    where, given = reverse("desk:connect", args=["mastodon"]), {"name": "wir", "f_server": "https://m.example"}
    assert desk.post(where, {**given, "f_token": "alt"}).status_code == 302
    account = Account.objects.get()
    form = desk.get(reverse("desk:campaign_new")).context["form"]
    data = {**form.initial, "name": "K", "hashtags": "#KeinerBleibtAllein", "accounts": [account.pk]}
    assert desk.post(reverse("desk:campaign_new"), data).status_code == 302
    assert desk.post(where, {**given, "f_token": "neu"}).status_code == 302
    account.refresh_from_db()
    assert account.hashtags == ["KeinerBleibtAllein"]
    assert desk.post(reverse("desk:campaign", args=[Campaign.objects.get().pk]), data).status_code == 302
    account.refresh_from_db()
    assert account.hashtags == ["KeinerBleibtAllein"]


@pytest.mark.parametrize(("name", "value", "says"), [
    ("hashtags", "# ,", "Ein Hashtag besteht aus"), ("occasions", "bald Fest", "verstehen wir nicht"),
    ("season_end", "1999-01-01", "Das Ende liegt vor dem Anfang"),
])  # fmt: skip
def test_a_wrong_campaign_is_answered_clearly(bo: Volunteer, name: str, value: str, says: str) -> None:
    desk = at_desk(bo)
    data = {**desk.get(reverse("desk:campaign_new")).context["form"].initial, "name": "X", "hashtags": "X", name: value}
    assert says in desk.post(reverse("desk:campaign_new"), data).content.decode()
    assert not Campaign.objects.exists()


def test_why_something_was_not_sent_is_said_in_words(world: World, ada: Volunteer) -> None:
    for key, reason in (("a", "they said stop"), ("b", "HTTP 403: nope")):
        Send.objects.create(
            person=world.seeker, kind="direct", about="t", idempotency_key=key, state="refused", reason=reason, text="x"
        )
    page = at_desk(ada).get(reverse("desk:person", args=[world.seeker.pk])).content.decode()
    assert "hat Stopp gesagt" in page
    assert "they said stop" not in page
    assert "Das Netz sagt: HTTP 403: nope" in page


def test_who_is_taken_out_of_the_team_is_signed_out_at_once(world: World, ada: Volunteer, bo: Volunteer) -> None:
    hers, token = at_desk(ada), invite(invited_by=ada)
    claimed = actions.claim(by=ada)
    desk = at_desk(bo)
    assert desk.post(reverse("desk:take_out", args=[ada.pk])).status_code == 302
    assert "/konto/login/" in hers.get(reverse("desk:queue")).headers["Location"]
    assert Client().get(reverse("desk:invitation", args=[token])).status_code == 410
    assert claimed is not None
    claimed.refresh_from_db()
    assert claimed.claimed_by is None
    assert str(ada) not in desk.get(reverse("desk:team")).content.decode()
    desk.post(reverse("desk:take_out", args=[bo.pk]))
    assert desk.get(reverse("desk:queue")).status_code == 200  # somebody always stays


def test_a_pasted_post_arrives_once(world: World, ada: Volunteer) -> None:
    data = {"link": "https://www.instagram.com/p/Cabc123/", "text": "Suche Anschluss", "campaign": world.campaign.pk}
    for _ in range(2):
        assert at_desk(ada).post(reverse("desk:paste"), data).status_code == 302
    assert world.campaign.posts.count() == 2


def test_an_invitation_lets_one_person_in_and_only_once(db: None) -> None:
    assert INVITATION == INVITATION_IN_SESSION
    token = invite()
    client = Client()
    assert client.get(reverse("desk:invitation", args=[token]), follow=True).status_code == 200
    data = {"email": "neu@example.org", "password1": "ein langes Passwort 7"}
    assert client.post("/konto/signup/", data).status_code == 302
    assert Volunteer.objects.get().email == "neu@example.org"
    assert Client().get(reverse("desk:invitation", args=[token])).status_code == 410


def test_the_link_of_an_invitation_is_shown_once(bo: Volunteer) -> None:
    desk = at_desk(bo)
    assert "/schreibtisch/einladung/" in desk.post(reverse("desk:team"), {"role": "volunteer"}).content.decode()
    assert "/schreibtisch/einladung/" not in desk.get(reverse("desk:team")).content.decode()


def test_signing_in_and_out_is_in_german(db: None) -> None:
    assert "Hier meldet sich das Team an." in Client().get("/konto/login/").content.decode()


def test_after_the_last_case_there_is_a_good_night(world: World, ada: Volunteer) -> None:
    Attention.objects.update(cleared_at=timezone.now(), cleared_by=ada)
    assert "Gute Nacht" in at_desk(ada).get(reverse("desk:queue")).content.decode()


def test_nobody_reads_the_key_of_a_personal_link_at_the_desk(world: World, ada: Volunteer) -> None:
    Send.objects.create(
        person=world.seeker, kind="direct", about="x", idempotency_key="k", state="sent",
        text="Dein Link: https://hilfe.example/l/geheimgeheimgeheim Gib ihn niemandem weiter.",
    )  # fmt: skip
    page = at_desk(ada).get(reverse("desk:person", args=[world.seeker.pk])).content.decode()
    assert "https://hilfe.example/l/… Gib ihn niemandem" in page
    assert "geheimgeheim" not in page
