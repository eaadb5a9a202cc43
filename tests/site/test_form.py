"""The form's promises that need no browser: what is kept, for how long, and for whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import pairs
from tests.flowing import flow
from zueinander.campaigns.models import Campaign, Occasion, Running
from zueinander.intake.models import Post
from zueinander.listings.models import Listing
from zueinander.people.actions import make_link
from zueinander.people.models import Attention
from zueinander.site.models import Attempts, forget_old
from zueinander.site.tasks import forget_attempts
from zueinander.site.views import meeting

pytestmark = pytest.mark.django_db
ANSWERS: dict[str, dict[str, Any]] = {
    "wunsch": {"side": "offer"},
    "alter": {"age_band": "45-59"},
    "name": {"first_name": "Probian"},
    "ort": {"place": "Mannheim"},
    "anlass": {"occasions": ["12-24"]},
    "personen": {"party": "2"},
    "bedingungen": {"conditions": ["dog"], "household": ""},
    "worte": {"text": "Es gibt Kanariensuppe."},
    "kontakt": {"mail": "probian@example.org"},
}
YES = {"match": "on", "share": "on"}


@pytest.fixture
def campaign() -> Campaign:
    year = timezone.localdate().year + 1
    made = Campaign.objects.create(
        slug="probe", name="Probe", hashtags=["Probe"], season_start=date(year, 1, 1), season_end=date(year, 12, 31),
        state=Running.OPEN,
    )  # fmt: skip
    Occasion.objects.create(campaign=made, on=date(year, 12, 24), name="Heiligabend")
    return made


def fill(client: Client) -> None:
    for step, answers in ANSWERS.items():
        assert client.post(f"/mitmachen/probe/{step}/", answers).status_code == 302, step


def send(client: Client) -> Any:
    return client.post("/mitmachen/probe/einwilligung/", YES)


def test_what_is_filled_in_lies_sealed_until_it_is_sent(client: Client, campaign: Campaign) -> None:
    fill(client)
    kept = Session.objects.get()
    assert "Kanariensuppe" not in str(kept.get_decoded())
    assert client.get("/mitmachen/probe/worte/").content.decode().count("Kanariensuppe") == 1


def test_a_later_question_waits_for_the_earlier_ones(client: Client, campaign: Campaign) -> None:
    client.post("/mitmachen/probe/wunsch/", ANSWERS["wunsch"])
    assert client.get("/mitmachen/probe/kontakt/").headers["Location"] == "/mitmachen/probe/alter/"


def test_a_new_message_can_follow_the_first(client: Client, campaign: Campaign) -> None:
    for _ in range(2):
        fill(client)
        assert send(client).headers["Location"] == "/mitmachen/probe/danke/"
        assert send(client).headers["Location"] == "/mitmachen/probe/danke/"
    assert Post.objects.filter(network="form").count() == 2


def test_too_many_messages_from_one_place_wait_and_lose_nothing(client: Client, campaign: Campaign) -> None:
    for _ in range(10):
        fill(client)
        send(client)
    fill(client)
    assert send(client).status_code == 429
    assert Post.objects.filter(network="form").count() == 10
    assert b"Kanariensuppe" in client.get("/mitmachen/probe/einwilligung/").content


def test_nobody_is_flooded_by_somebody_with_a_link(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting, "PER_PERSON", 2)
    intro = pairs.introduction()
    client.get("/l/" + make_link(person=intro.match.seek.person, use="own"))
    where = f"/meins/gespraech/{intro.pk}/"
    said = [client.post(where, {"text": "Hallo", "token": f"t{n}"}).status_code for n in range(3)]
    assert said == [302, 302, 429]
    assert intro.messages.count() == 2


def test_the_counter_knows_no_address(client: Client, campaign: Campaign) -> None:
    fill(client)
    send(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM site_attempts")
        (key,) = cursor.fetchone()
    assert len(key) == 64
    assert "127.0.0.1" not in key
    Attempts.objects.update(since=timezone.now() - timedelta(hours=25))
    assert forget_old() == 1


def test_an_unknown_or_closed_campaign_is_a_kind_404(client: Client, campaign: Campaign) -> None:
    Campaign.objects.update(state=Running.CLOSED)
    for path in ("/mitmachen/probe/wunsch/", "/mitmachen/gibtsnicht/", "/aktion/probe/"):
        response = client.get(path)
        assert response.status_code == 404
        assert "Diese Seite gibt es nicht" in response.content.decode()


def test_nul_bidi_and_absurd_answers_are_refused_or_cleaned(client: Client, campaign: Campaign) -> None:
    client.post("/mitmachen/probe/wunsch/", {"side": "offer"})
    client.post("/mitmachen/probe/alter/", {"age_band": "45-59"})
    assert client.post("/mitmachen/probe/name/", {"first_name": "A\x00B"}).status_code == 422
    assert client.post("/mitmachen/probe/name/", {"first_name": "x" * 5000}).status_code == 422
    fill(client)
    assert client.post("/mitmachen/probe/personen/", {"party": "9999999999999"}).status_code == 422
    client.post("/mitmachen/probe/worte/", {"text": "Hallo\u202e Welt"})
    send(client)
    assert "\u202e" not in Post.objects.get(network="form").text


@pytest.mark.parametrize("address", ["/meins/", "/meins/daten.json", "/meins/loeschen/"])
def test_without_a_link_personal_pages_stay_closed(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"] == "/link-abgelaufen/"


def test_a_new_link_says_the_same_to_everybody(client: Client) -> None:
    response = client.post("/mein-link/", {"mail": "niemand@example.org"})
    assert "Wenn wir diese Adresse kennen" in response.content.decode()


def test_the_language_switch_leads_nowhere_else(client: Client) -> None:
    response = client.post("/sprache/", {"language": "en", "next": "https://boese.example/"})
    assert response.headers["Location"] == "/"
    assert client.get("/hilfe/").headers["Content-Language"] == "en"
    assert "Help by telephone" in client.get("/hilfe/").content.decode()


def test_without_a_mail_address_there_is_a_link_to_keep_shown_once_and_never_a_dead_end(
    client: Client, campaign: Campaign
) -> None:
    fill(client)
    assert client.post("/mitmachen/probe/kontakt/", {"mail": ""}).status_code == 302
    thanks = client.get(send(client).headers["Location"]).content.decode()
    link = thanks.split('id="own-link"')[1].split(">")[1].split("<")[0]
    assert "zeigen ihn nur jetzt" in thanks
    assert "jeden Tag auf deine Seite" in thanks
    assert "Mail mit einem Link" not in thanks
    assert "hörst du von uns" not in thanks
    again = client.get("/mitmachen/probe/danke/").content.decode()
    assert link not in again
    assert 'href="/meins/"' in again
    assert client.get("/meins/").status_code == 200
    elsewhere = Client()
    page = elsewhere.get("/l/" + link.rpartition("/")[2], follow=True)
    assert page.request["PATH_INFO"] == "/meins/"
    flow()
    assert Listing.objects.get().state == "open"
    assert not Attention.objects.filter(kind="by_hand").exists()  # nobody is sent to write to who cannot be written to
    mine = elsewhere.get("/meins/").content.decode()
    assert "Kanariensuppe" in mine
    assert "steht es hier" in mine
    assert "schreiben wir dir" not in mine


def test_who_gave_an_address_gets_the_link_there_and_not_on_the_page(client: Client, campaign: Campaign) -> None:
    fill(client)
    thanks = client.get(send(client).headers["Location"]).content.decode()
    assert "Mail mit einem Link" in thanks
    assert "/l/" not in thanks
    assert client.get("/meins/").status_code == 302


@pytest.mark.parametrize(("place", "says"), [("Hintertupfing", "nächsten größeren Ort"), ("00000", "Postleitzahl")])
def test_a_place_nobody_knows_is_asked_for_again_because_nobody_could_be_found_there(
    client: Client, campaign: Campaign, place: str, says: str
) -> None:
    fill(client)
    again = client.post("/mitmachen/probe/ort/", {"place": place})
    assert again.status_code == 422
    assert says in again.content.decode()


def test_a_wrong_address_is_asked_for_again(client: Client, campaign: Campaign) -> None:
    fill(client)
    assert client.post("/mitmachen/probe/kontakt/", {"mail": "niemand@"}).status_code == 422


def test_days_that_are_over_are_not_offered(client: Client, campaign: Campaign) -> None:
    Occasion.objects.create(campaign=campaign, on=timezone.localdate() - timedelta(days=1), name="Gestern")
    Occasion.objects.create(campaign=campaign, on=timezone.localdate(), name="Heute")
    fill(client)
    for page in ("/", "/mitmachen/probe/anlass/"):
        shown = client.get(page).content.decode()
        assert "Gestern" not in shown
        assert "Heute" in shown


def test_who_said_they_are_under_18_does_not_become_older_by_asking_again(client: Client, campaign: Campaign) -> None:
    fill(client)
    send(client)
    flow()
    listing = Listing.objects.get()
    client.get("/l/" + make_link(person=listing.person, use="own"))
    answers = {
        "side": "offer", "first_name": "P", "place": "Mannheim", "occasions": ["12-24"], "party": "2", "text": "", **YES
    }  # fmt: skip
    where = f"/meins/fragen/{listing.pk}/"
    for age_band in ("0-17", "45-59"):
        assert client.post(where, {**answers, "age_band": age_band}).headers["Location"] == "/unter-18/"
        client.post(f"/meins/{listing.pk}/weiter/")
    listing.refresh_from_db()
    assert (listing.state, listing.person.age_band) == ("paused", "0-17")
    assert Attention.objects.filter(kind="by_hand", cleared_at=None).exists()


def test_a_yes_taken_back_on_the_own_page_ends_the_search(client: Client, campaign: Campaign) -> None:
    fill(client)
    send(client)
    flow()
    listing = Listing.objects.get()
    client.get("/l/" + make_link(person=listing.person, use="own"))
    client.post("/meins/ja/", {"purposes": ["share"]})
    assert "Gerade ist Pause" in client.get("/meins/").content.decode()
    again = client.post(f"/meins/{listing.pk}/weiter/", follow=True).content.decode()
    assert "Ohne dieses Ja" in again
    assert "Gerade ist Pause" in again


def test_what_was_filled_in_and_never_sent_goes_with_its_session(client: Client, campaign: Campaign) -> None:
    fill(client)
    forget_attempts(0)
    assert Session.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    forget_attempts(0)
    assert not Session.objects.exists()


def test_who_they_are_is_asked_on_the_same_screen_and_reaches_the_listing(client: Client, campaign: Campaign) -> None:
    fill(client)
    given = {"conditions": ["dog"], "household": "family", "household_is": "women"}
    client.post("/mitmachen/probe/bedingungen/", given)
    assert "eine Frau oder mehrere Frauen" in client.get("/mitmachen/probe/einwilligung/").content.decode()
    send(client)
    flow()
    listing = Listing.objects.get()
    assert (listing.household_wish, listing.household_is) == ("family", "women")
    client.get("/l/" + make_link(person=listing.person, use="own"))
    where = f"/meins/fragen/{listing.pk}/"
    assert 'name="household_is"' in client.get(where).content.decode()
    answers = {
        "side": "offer", "first_name": "P", "age_band": "45-59", "place": "Mannheim", "occasions": ["12-24"],
        "party": "2", "household": "", "household_is": "couple", "text": "", **YES,
    }  # fmt: skip
    assert client.post(where, answers).status_code == 302
    listing.refresh_from_db()
    assert (listing.household_wish, listing.household_is) == ("", "couple")
