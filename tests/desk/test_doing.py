"""Every button of a case, of the calls, accounts, partners and reports: pressed as a volunteer presses it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import pairs
from tests.desk.conftest import World, at_desk
from tests.flowing import make_account
from zueinander.calls.models import Call
from zueinander.introductions.actions import ask_approved, report
from zueinander.matching.actions import approve, propose
from zueinander.matching.models import Match
from zueinander.networks.models import Account, Send
from zueinander.networks.registry import network
from zueinander.partners.models import Partner, Referral
from zueinander.people.actions import are_blocked, give_consent, make_link, meet
from zueinander.people.models import Attention, Person, PersonalLink, Volunteer


def press(who: Volunteer | Client, button: str, /, *args: Any, **form: Any) -> str:
    desk = who if isinstance(who, Client) else at_desk(who)
    return str(desk.post(reverse(f"desk:{button}", args=args), form, follow=True).content.decode())


def test_a_listing_rests_comes_back_and_ends(world: World, ada: Volunteer) -> None:
    row = world.match.seek
    press(ada, "listing", row.pk, "pause")
    press(ada, "listing", row.pk, "weiter")
    row.refresh_from_db()
    assert row.state == "paused", "nobody is looked for without their yes"
    give_consent(person=world.seeker, purposes=["match"])
    press(ada, "listing", row.pk, "weiter")
    for step, state in (("pause", "paused"), ("weiter", "open"), ("zurueckziehen", "withdrawn")):
        press(ada, "listing", row.pk, step)
        row.refresh_from_db()
        assert row.state == state
    assert "Inzwischen hat sich etwas geändert" in press(ada, "listing", row.pk, "pause")
    assert at_desk(ada).post(reverse("desk:listing", args=[row.pk, "sonstwas"])).status_code == 404


def test_stop_block_and_age_are_done_where_the_person_stands(world: World, ada: Volunteer) -> None:
    assert "Wir schreiben dieser Person nicht mehr." in press(ada, "stop", world.seeker.pk)
    assert "nicht mehr zusammengebracht" in press(ada, "block", world.seeker.pk, andere=world.host.pk)
    assert are_blocked(world.seeker, world.host)
    press(ada, "block", world.seeker.pk, andere="niemand")
    press(ada, "age", world.host.pk, alter="60-74")
    press(ada, "age", world.host.pk, alter="unsinn")
    assert Person.objects.get(pk=world.host.pk).age_band == "60-74"


def test_an_answer_goes_out_once_or_says_why_not(world: World, ada: Volunteer) -> None:
    key = "11111111-1111-4111-8111-111111111111"
    assert "Da steht noch keine Antwort." in press(ada, "answer", world.seeker.pk, key=key, text="")
    assert "antworte im Netz" in press(ada, "answer", world.seeker.pk, key=key, text="Hallo")
    person = pairs.person("Tilda")
    for _ in range(2):
        assert "bereitgelegt" in press(ada, "answer", person.pk, key=key, text="Hallo Tilda")
    assert Send.objects.get(person=person).text == "Hallo Tilda"


def test_a_lost_link_ends_and_a_new_one_goes_out_once(world: World, ada: Volunteer) -> None:
    person = pairs.person("Tilda")
    lost = make_link(person=person, use=PersonalLink.Use.OWN_PAGE)
    for _ in range(2):
        assert "Ein neuer geht gleich hinaus." in press(
            ada, "relink", person.pk, key="22222222-2222-4222-8222-222222222222"
        )
    sent = Send.objects.get(person=person)
    link = re.search(r"/l/(\S+)", sent.text)
    assert link
    assert sent.kind == "direct"
    assert Client().get(f"/l/{lost}", follow=True).redirect_chain[-1][0] == reverse("site:gone")
    assert Client().get(f"/l/{link[1]}", follow=True).redirect_chain[-1][0] == reverse("site:own")
    page = at_desk(ada).get(reverse("desk:person", args=[person.pk])).content.decode()
    assert page.count("hat alle alten Links dieser Person ungültig gemacht") == 1


def test_whom_no_new_link_reaches_is_left_to_a_human(world: World, ada: Volunteer) -> None:
    make_link(person=world.seeker, use=PersonalLink.Use.OWN_PAGE)
    assert "Link verloren" in at_desk(ada).get(reverse("desk:person", args=[world.seeker.pk])).content.decode()
    said = press(ada, "relink", world.seeker.pk, key="33333333-3333-4333-8333-333333333333")
    assert "Einen neuen können wir hier nicht senden." in said
    assert not PersonalLink.objects.filter(person=world.seeker, revoked_at=None).exists()
    assert Attention.objects.filter(kind="by_hand", person=world.seeker, cleared_at=None).exists()


def test_whom_we_cannot_write_to_gets_a_new_link_from_a_human_who_checked(world: World, ada: Volunteer) -> None:
    person = meet(network="form", native_id="form:tilda").person
    lost = make_link(person=person, use=PersonalLink.Use.OWN_PAGE)
    page = at_desk(ada).get(reverse("desk:person", args=[person.pk])).content.decode()
    assert "neuen Link von Hand geben" in page
    assert "alten sperren, neuen senden" not in page
    assert "Bitte prüf zuerst" in press(ada, "hand_link", person.pk)
    assert Client().get(f"/l/{lost}", follow=True).redirect_chain[-1][0] == reverse("site:own")
    given = at_desk(ada).post(reverse("desk:hand_link", args=[person.pk]), {"geprueft": "ja"})
    link = re.search(r"/l/([\w-]{43})", given.content.decode())
    assert link
    assert "no-store" in given.headers["Cache-Control"]
    assert Client().get(f"/l/{lost}", follow=True).redirect_chain[-1][0] == reverse("site:gone")
    assert Client().get(f"/l/{link[1]}", follow=True).redirect_chain[-1][0] == reverse("site:own")
    page = at_desk(ada).get(reverse("desk:person", args=[person.pk])).content.decode()
    assert "Ada hat geprüft, wer es ist, und einen neuen Link von Hand gegeben" in page
    assert link[1] not in page


def test_who_can_be_written_to_gets_the_link_in_their_own_network_only(world: World, ada: Volunteer) -> None:
    person = pairs.person("Tilda")
    lost = make_link(person=person, use=PersonalLink.Use.OWN_PAGE)
    page = press(ada, "hand_link", person.pk, geprueft="ja")
    assert "von Hand geben" not in page
    assert "/l/" not in page
    assert Client().get(f"/l/{lost}", follow=True).redirect_chain[-1][0] == reverse("site:own")


@pytest.mark.parametrize(("button", "state"), [("angekommen", "sent"), ("nochmal", "queued")])
def test_a_message_nobody_knows_of_is_settled(world: World, ada: Volunteer, button: str, state: str) -> None:
    send = Send.objects.create(
        person=world.seeker, kind="direct", about="x", idempotency_key="a", state="unclear", text="Liebe Mira",
    )  # fmt: skip
    page = at_desk(ada).get(reverse("desk:person", args=[world.seeker.pk])).content.decode()
    assert "Unklar, ob es ankam." in page
    assert "Liebe Mira" in page
    press(ada, "settle", send.pk, ergebnis=button)
    send.refresh_from_db()
    assert send.state == state
    assert "Inzwischen hat sich etwas geändert" in press(ada, "settle", send.pk, ergebnis=button)


def test_a_case_is_handed_over_step_by_step(world: World, ada: Volunteer, bo: Volunteer) -> None:
    partner = Partner.objects.create(name="Treff am Bach", contact="Frau Beispiel")
    assert "erst, wenn die Person eingewilligt hat" in press(
        ada, "refer", world.seeker.pk, partner=partner.pk, note="Wohnung"
    )
    row = Referral.objects.get()
    for step, state in (("eingewilligt", "consented"), ("weitergegeben", "handed"), ("uebernommen", "taken"),
                        ("fertig", "closed")):  # fmt: skip
        assert (
            reverse("desk:referral", args=[row.pk, step]) in at_desk(bo).get(reverse("desk:partners")).content.decode()
        )
        press(bo, "referral", row.pk, step)
        row.refresh_from_db()
        assert row.state == state
    assert "abgeschlossen" in at_desk(ada).get(reverse("desk:person", args=[world.seeker.pk])).content.decode()
    press(ada, "refer", world.seeker.pk, partner=partner.pk)
    again = Referral.objects.exclude(pk=row.pk).get()
    press(bo, "referral", again.pk, "abgelehnt")
    again.refresh_from_db()
    assert again.state == "refused"
    assert "Bitte wähle eine Einrichtung." in press(ada, "refer", world.seeker.pk, partner="0")


def test_a_report_is_read_and_settled(db: None, bo: Volunteer) -> None:
    row = report(pairs.introduction(), by=Person.objects.get(pk=Match.objects.get().seek.person_id), text="Komisch.")
    page = at_desk(bo).get(reverse("desk:reports")).content.decode()
    assert "Komisch." in page
    press(bo, "report_settle", row.pk)
    row.refresh_from_db()
    assert row.settled_by == bo
    assert not Attention.objects.filter(kind="report", cleared_at=None).exists()


def test_two_who_were_asked_are_let_go_and_hear_it(db: None, ada: Volunteer) -> None:
    campaign = pairs.campaign()
    match = pairs.proposal(campaign, pairs.listing(campaign, "seek", "Ina"), pairs.listing(campaign, "offer", "Ole"))
    approve(match, by=ada)
    ask_approved()
    assert "Beide wieder freigeben" in at_desk(ada).get(reverse("desk:proposal", args=[match.pk])).content.decode()
    page = press(ada, "release", match.pk)
    assert "Beide sind wieder frei" in page
    assert "v. Ada" not in page
    match.refresh_from_db()
    assert (match.state, [d.taken for d in match.offer.dates.all()]) == ("declined", [0])
    assert Send.objects.filter(person__in=[match.seek.person, match.offer.person]).count() == 4
    assert "Inzwischen hat sich etwas geändert" in press(ada, "release", match.pk)


def test_somebody_looks_further_and_puts_two_together_by_hand_or_apart(db: None, ada: Volunteer) -> None:
    campaign = pairs.campaign()
    seek, near, far = (
        pairs.listing(campaign, "seek", "Ina"), pairs.listing(campaign, "offer", "Ole"),
        pairs.listing(campaign, "offer", "Zita", at=pairs.MANNHEIM),
    )  # fmt: skip
    day = campaign.occasions.first()
    assert day
    page = at_desk(ada).get(reverse("desk:candidates", args=[seek.pk])).content.decode()
    assert page.index("Ole") < page.index("Zita")
    assert "Gefragt werden beide erst nach deinem Ja" in press(
        ada, "together", seek.pk, mit=far.pk, anlass=day.pk, was="ja"
    )
    assert Match.objects.get(seek=seek, offer=far).by_hand
    press(ada, "together", near.pk, mit=seek.pk, anlass=day.pk, was="nie")
    propose(campaign)
    assert not Match.objects.filter(seek=seek, offer=near, state="proposed").exists()
    assert "Ole" not in at_desk(ada).get(reverse("desk:candidates", args=[seek.pk])).content.decode()
    said = press(ada, "together", near.pk, mit=seek.pk, anlass=day.pk, was="ja")
    assert "Über diese beiden ist schon entschieden." in said
    assert at_desk(ada).post(reverse("desk:together", args=[seek.pk]), {"mit": "x"}).status_code == 404


@pytest.fixture
def call(world: World) -> Call:
    for name in ("wir", "wir auch"):
        world.campaign.accounts.add(make_account("replay", name, settings={"day": "heiligabend-naht"}))
    world.campaign.accounts.add(make_account("mail", "post@example.org"))
    return Call.objects.create(
        campaign=world.campaign,
        occasion=world.occasion,
        area="im Raum Worms",
        waiting=4,
        text="Für Heiligabend suchen 4",
    )


def test_a_call_is_shown_as_each_account_will_say_it(call: Call, bo: Volunteer) -> None:
    page = at_desk(bo).get(reverse("desk:calls")).content.decode()
    assert page.count("24 von ") == 2  # the two that can speak to everybody, not the mail account
    long = press(bo, "call_publish", call.pk, text="ä" * 2_900, vorschau="1")
    assert "Zeichen zu lang" in long
    account = call.campaign.accounts.get(name="wir")
    refused = press(bo, "call_publish", call.pk, text="ä" * 2_900, accounts=account.pk)
    assert "ist der Text um" in refused
    assert "ä" * 2_900 in refused
    assert "Da fehlt noch etwas" in press(bo, "call_publish", call.pk, text="Kurz")
    call.refresh_from_db()
    assert (call.state, Send.objects.count()) == ("draft", 0)


def test_a_call_goes_out_in_our_words_or_is_dropped(call: Call, bo: Volunteer) -> None:
    account = call.campaign.accounts.get(name="wir")
    assert "Der Aufruf geht jetzt hinaus." in press(
        bo, "call_publish", call.pk, text="Wer deckt auf?", accounts=account.pk
    )
    call.refresh_from_db()
    assert (call.state, call.sends.get().text) == ("published", "Wer deckt auf?")
    assert "Inzwischen hat sich etwas geändert" in press(bo, "call_drop", call.pk)
    other = Call.objects.create(campaign=call.campaign, occasion=call.occasion, area="in Bayern", waiting=3, text="x")
    press(bo, "call_drop", other.pk)
    other.refresh_from_db()
    assert other.state == "dropped"
    assert "Kein neuer Entwurf" in press(bo, "calls_draft", call.campaign_id)


@pytest.mark.parametrize(("key", "wrong"), [("mastodon", {}), ("bluesky", {"f_wire": "Rauch"}), ("mail", {})])
def test_an_account_that_cannot_work_is_told_field_by_field(bo: Volunteer, key: str, wrong: dict[str, str]) -> None:
    fields = network(key).fields
    page = press(bo, "connect", key, name="wir")
    assert "Da fehlt noch etwas" in page
    assert all(f'href="#id_f_{f.name}"' in page for f in fields if f.required and not f.default and not f.choices)
    filled = {f"f_{f.name}": f.default or (f.choices[0][0] if f.choices else "ein Unsinn ://") for f in fields}
    page = press(bo, "connect", key, name="wir", **filled | wrong)
    assert 'href="#id_f_' in page
    assert "ein Unsinn ://" in page
    secret = next(f.name for f in fields if f.secret)
    assert f'name="f_{secret}" value=' not in page
    assert not Account.objects.exists()


def test_a_gap_and_a_trouble_are_explained(db: None, bo: Volunteer) -> None:
    make_account("mastodon", "@wir@example.org", gap="Vom 3. bis 5. Dezember fehlt etwas.", trouble="Zugang abgelaufen")
    page = at_desk(bo).get(reverse("desk:accounts")).content.decode()
    for said in (
        "Vom 3. bis 5. Dezember fehlt etwas.",
        "füge ein, was fehlt",
        "Zugang abgelaufen",
        "Zugang neu eingeben",
    ):
        assert said in page


def test_a_line_is_put_back_and_next_goes_on(world: World, ada: Volunteer) -> None:
    press(ada, "take", world.case.pk)
    press(ada, "put_back", world.case.pk)
    world.case.refresh_from_db()
    assert world.case.claimed_by is None
    Attention.objects.filter(pk=world.case.pk).update(
        claimed_by=Volunteer.objects.create_user("c@example.org", name="Cleo"),
        claimed_until=timezone.now() + timedelta(minutes=5),
    )
    assert "Diesen Fall hat gerade jemand anderes." in press(ada, "take", world.case.pk)
