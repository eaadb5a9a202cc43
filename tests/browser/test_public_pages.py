"""What people see who write to us: every public page, the form without an account, their own page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page

from zueinander.campaigns.models import Campaign, Occasion, Running
from zueinander.intake.models import Post
from zueinander.introductions.models import Ask, FollowUp, Introduction, Message
from zueinander.listings.models import Listing, ListingDate
from zueinander.matching.models import Match
from zueinander.people.actions import give_consent, make_link
from zueinander.people.models import Person, PersonalLink, Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(390, "light"), (1280, "dark")]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.fixture
def campaign() -> Campaign:
    year = timezone.localdate().year + 1
    made = Campaign.objects.create(
        slug="keiner-bleibt-allein", name="Keiner bleibt allein", hashtags=["KeinerBleibtAllein"], countries=["DE"],
        season_start=date(year, 11, 1), season_end=date(year, 12, 31), state=Running.OPEN,
    )  # fmt: skip
    for month, day, name in ((12, 24, "Heiligabend"), (12, 25, "1. Weihnachtstag"), (12, 31, "Silvester")):
        Occasion.objects.create(campaign=made, on=date(year, month, day), name=name)
    return made


class Pair:
    """Two invented people who were introduced, and a guest's listing that is still a draft."""

    def __init__(self, campaign: Campaign) -> None:
        occasion = campaign.occasions.first()
        assert occasion
        self.guest = Person.objects.create(first_name="Testa", age_band="30-44")
        self.host = Person.objects.create(first_name="Probian", age_band="45-59")
        self.seek = self._listing(campaign, self.guest, "seek", "Worms", "Ich bringe meinen Hund mit.")
        self.offer = self._listing(campaign, self.host, "offer", "Mannheim", "Bei uns gibt es Kartoffelsalat.")
        by = Volunteer.objects.create_user("vera@example.org", role="volunteer", name="Vera")
        self.match = Match.objects.create(
            campaign=campaign,
            seek=self.seek,
            offer=self.offer,
            occasion=occasion,
            party=1,
            state="approved",
            decided_by=by,
        )
        deadline = timezone.now() + timedelta(days=2)
        self.ask = Ask.objects.create(match=self.match, listing=self.seek, deadline=deadline)
        Ask.objects.create(match=self.match, listing=self.offer, deadline=deadline)

    def _listing(self, campaign: Campaign, person: Person, side: str, place: str, text: str) -> Listing:
        listing = Listing.objects.create(
            person=person, campaign=campaign, side=side, place=place, state="open", text=text
        )
        for occasion in campaign.occasions.all()[:1]:
            ListingDate.objects.create(listing=listing, occasion=occasion, taken=1)
        give_consent(person=person, purposes=["match", "share"])
        return listing

    def introduce(self) -> Introduction:
        Ask.objects.update(answer="yes", answered_at=timezone.now())
        Match.objects.filter(pk=self.match.pk).update(state="introduced")
        introduction = Introduction.objects.create(match=self.match)
        Message.objects.create(introduction=introduction, author=self.guest, text="Hallo, ich freue mich.", token="a")
        Message.objects.create(
            introduction=introduction,
            author=self.host,
            text="Schreib mir bei WhatsApp.",
            token="b",
            warnings=["messenger"],
        )
        return introduction


@pytest.fixture
def pair(campaign: Campaign) -> Pair:
    return Pair(campaign)


def link_for(person: Person, use: str = PersonalLink.Use.OWN_PAGE, subject: Any = None) -> str:
    return f"/l/{make_link(person=person, use=use, subject=subject)}"


def look_at(page: Page, live_server: Any, path: str, expect: int = 200) -> None:
    """Opens a page and insists: nothing from elsewhere, nothing the policy refused, and what `check` asks for."""
    strangers: list[str] = []
    refused: list[str] = []
    home = urlsplit(live_server.url).netloc
    page.on("request", lambda r: strangers.append(r.url) if urlsplit(r.url).netloc not in ("", home) else None)
    page.on("console", lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None)
    response = page.goto(live_server.url + path)
    assert response is not None
    assert response.status == expect, path
    check(page, path)
    assert not strangers, path
    assert not refused, path


def check(page: Page, name: str) -> None:
    """Light on a phone and dark on a wide screen: axe finds nothing, nothing runs out of the page."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} scrolls sideways by {wide} px at {width}"
        found = Axe().run(page, options=RULES)
        assert not found.response["violations"], f"{name} {width} {scheme}\n{found.generate_report()}"
    assert page.locator("aside.helpline a[href^='tel:']").count() >= 3, f"{name} shows no help numbers"
    assert page.locator("h1").count() == 1, f"{name} has not one heading"


PUBLIC = [
    "/",
    "/aktion/keiner-bleibt-allein/",
    "/hilfe/",
    "/unter-18/",
    "/datenschutz/",
    "/impressum/",
    "/mein-link/",
    "/geloescht/",
]


def test_public_pages_are_accessible_and_self_contained(page: Page, live_server: Any, campaign: Campaign) -> None:
    for path in PUBLIC:
        look_at(page, live_server, path)
    look_at(page, live_server, "/gibt-es-nicht/", expect=404)
    look_at(page, live_server, "/l/kein-gueltiger-link", expect=410)
    assert "kein-gueltiger-link" not in page.url


def test_personal_pages_are_accessible_and_self_contained(page: Page, live_server: Any, pair: Pair) -> None:
    look_at(page, live_server, link_for(pair.guest))
    for path in (
        f"/meins/fragen/{pair.seek.pk}/", f"/meins/{pair.seek.pk}/zurueckziehen/", "/meins/loeschen/",
        f"/meins/vorschlag/{pair.ask.pk}/",
    ):  # fmt: skip
        look_at(page, live_server, path)
    introduction = pair.introduce()
    follow_up = FollowUp.objects.create(introduction=introduction, person=pair.guest, due_at=timezone.now())
    for path in ("", "melden/", "sperren/"):
        look_at(page, live_server, f"/meins/gespraech/{introduction.pk}/{path}")
    look_at(page, live_server, f"/meins/wie-war-es/{follow_up.pk}/")


def fill_in(page: Page, live_server: Any) -> None:
    """Walks from the home page to the last question."""
    page.goto(live_server.url + "/")
    page.get_by_role("button", name="Gesellschaft suchen").click()
    page.get_by_label("30–44").check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Wie heißt du?").fill("Testa")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Wo bist du?").fill("Worms")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Heiligabend").check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Zu wievielt seid ihr?").fill("1")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Ich bringe einen Hund mit").check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Möchtest du etwas dazu schreiben?").fill("Ich koche gern.")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Wie erreichen wir dich?").fill("testa@example.org")
    page.get_by_role("button", name="Weiter").click()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the form handed on; what becomes of it is another test's."""
    got: list[Any] = []
    monkeypatch.setattr("zueinander.site.views.joining.take_form", lambda campaign, answers: got.append(answers))
    return got


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_form_needs_no_account_and_no_javascript(
    chromium: Browser, live_server: Any, campaign: Campaign, taken: list[Any], scripts: bool
) -> None:
    context = chromium.new_context(locale="de-DE", java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(10_000)
    fill_in(page, live_server)
    assert page.get_by_text("testa@example.org").is_visible()
    page.get_by_role("button", name="Abschicken").click()
    assert page.get_by_role("link", name="Ohne dieses Ja können wir niemanden für dich suchen.").is_visible()
    page.get_by_label("Wir dürfen nach passenden Menschen suchen").check()
    page.get_by_label("Wir dürfen Vorname, Gegend").check()
    page.get_by_role("button", name="Abschicken").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Danke, deine Nachricht ist da"
    assert [(a.first_name, a.mail, a.extra["conditions"], a.extra["consents"]) for a in taken] == [
        ("Testa", "testa@example.org", "dog", "match share")
    ]
    assert "Suche Gesellschaft für Heiligabend in Worms." in taken[0].text
    context.close()


def test_every_question_is_accessible_also_when_something_is_wrong(
    page: Page, live_server: Any, campaign: Campaign, taken: list[Any]
) -> None:
    page.goto(live_server.url + f"/mitmachen/{campaign.slug}/wunsch/")
    check(page, "wunsch")
    page.get_by_role("button", name="Weiter").click()
    check(page, "wunsch with an error")
    fill_in(page, live_server)
    check(page, "einwilligung")
    for step in ("alter", "name", "ort", "anlass", "personen", "bedingungen", "worte", "kontakt"):
        page.goto(live_server.url + f"/mitmachen/{campaign.slug}/{step}/")
        check(page, step)


def test_an_error_summary_leads_to_the_field(page: Page, live_server: Any, campaign: Campaign) -> None:
    page.goto(live_server.url + f"/mitmachen/{campaign.slug}/wunsch/")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "side"


def test_going_back_loses_nothing(page: Page, live_server: Any, campaign: Campaign) -> None:
    fill_in(page, live_server)
    page.goto(live_server.url + f"/mitmachen/{campaign.slug}/worte/")
    assert page.get_by_label("Möchtest du etwas dazu schreiben?").input_value() == "Ich koche gern."
    page.get_by_role("link", name="Zurück").click()
    assert page.get_by_label("Ich bringe einen Hund mit").is_checked()


def test_an_unknown_postcode_is_answered_kindly(page: Page, live_server: Any, campaign: Campaign) -> None:
    fill_in(page, live_server)
    page.goto(live_server.url + f"/mitmachen/{campaign.slug}/ort/")
    page.get_by_label("Wo bist du?").fill("00000")
    page.get_by_role("button", name="Weiter").click()
    assert page.get_by_role(
        "link", name="Diese Postleitzahl kennen wir nicht. Schreib uns einfach den Ort."
    ).is_visible()
    assert page.get_by_label("Wo bist du?").input_value() == "00000"


def test_under_18_is_led_to_help_and_nothing_is_sent(
    page: Page, live_server: Any, campaign: Campaign, taken: list[Any]
) -> None:
    page.goto(live_server.url + "/")
    page.get_by_role("button", name="Platz anbieten").click()
    page.get_by_label("unter 18").check()
    page.get_by_role("button", name="Weiter").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Gut, dass du schreibst"
    assert page.get_by_role("main").get_by_role("link", name="116 111").is_visible()
    assert not taken


def test_english_is_one_click_away_and_stays(page: Page, live_server: Any, campaign: Campaign) -> None:
    page.goto(live_server.url + "/hilfe/")
    page.get_by_role("button", name="English").click()
    assert urlsplit(page.url).path == "/hilfe/"
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(live_server.url + "/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_personal_link_leaves_the_address_at_once(page: Page, live_server: Any, pair: Pair) -> None:
    path = link_for(pair.guest)
    page.goto(live_server.url + path)
    assert urlsplit(page.url).path == "/meins/"
    assert page.get_by_role("heading", name="Du suchst Gesellschaft").is_visible()
    assert path.rsplit("/", 1)[1] not in page.content()


def test_report_and_block_stand_beside_every_message_of_the_other(page: Page, live_server: Any, pair: Pair) -> None:
    introduction = pair.introduce()
    page.goto(live_server.url + link_for(pair.guest, PersonalLink.Use.CONVERSATION, introduction))
    assert page.get_by_role("heading", name="Bevor ihr euch trefft").is_visible()
    theirs = page.locator(".thread .theirs")
    assert theirs.count() == 1
    assert theirs.get_by_role("link", name="Melden").is_visible()
    assert theirs.get_by_role("link", name="Sperren").is_visible()
    assert theirs.get_by_text("Vorsicht").is_visible()


def test_sent_twice_is_one_message(page: Page, live_server: Any, campaign: Campaign) -> None:
    fill_in(page, live_server)
    page.get_by_label("Wir dürfen nach passenden Menschen suchen").check()
    page.get_by_label("Wir dürfen Vorname, Gegend").check()
    page.evaluate(
        "const f = document.querySelector('form.questions'); fetch('', {method: 'POST', body: new FormData(f)})"
    )
    page.get_by_role("button", name="Abschicken").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Danke, deine Nachricht ist da"
    page.go_back()
    page.goto(live_server.url + f"/mitmachen/{campaign.slug}/einwilligung/")
    assert urlsplit(page.url).path.endswith("/danke/")
    assert Post.objects.filter(network="form").count() == 1


def test_yes_of_both_opens_the_conversation(page: Page, live_server: Any, pair: Pair) -> None:
    page.goto(live_server.url + link_for(pair.guest, PersonalLink.Use.ANSWER, pair.ask))
    assert page.get_by_text("Bei uns gibt es Kartoffelsalat.").is_visible()
    shown = page.get_by_role("main").inner_text()
    assert "Probian" in shown
    assert "45–59" not in shown, "first name, area, day and words; nothing more before both have agreed"
    page.get_by_role("button", name="Ja, gern").click()
    assert page.get_by_text("Du hast Ja gesagt.").is_visible()
    page.goto(live_server.url + link_for(pair.host))
    page.get_by_role("link", name="Vorschlag ansehen und antworten").click()
    page.get_by_role("button", name="Ja, gern").click()
    page.get_by_role("link", name="Zu eurem Gespräch").click()
    page.get_by_label("Deine Nachricht").fill("Schön, dass du kommst.")
    page.get_by_role("button", name="Schicken").click()
    assert page.locator(".thread .mine .said").inner_text() == "Schön, dass du kommst."


def test_a_link_for_one_page_opens_no_other(page: Page, live_server: Any, pair: Pair) -> None:
    introduction = pair.introduce()
    page.goto(live_server.url + link_for(pair.guest, PersonalLink.Use.ANSWER, pair.ask))
    for path in ("/meins/", "/meins/daten.json", "/meins/loeschen/", f"/meins/gespraech/{introduction.pk}/"):
        response = page.goto(live_server.url + path)
        assert response is not None
        assert response.status == 410, path


def test_nobody_reads_what_belongs_to_another(page: Page, live_server: Any, pair: Pair) -> None:
    introduction = pair.introduce()
    stranger = Person.objects.create(first_name="Fremda")
    page.goto(live_server.url + link_for(stranger))
    for path in (
        f"/meins/gespraech/{introduction.pk}/",
        f"/meins/vorschlag/{pair.ask.pk}/",
        f"/meins/fragen/{pair.seek.pk}/",
    ):
        response = page.goto(live_server.url + path)
        assert response is not None
        assert response.status in (404, 410), path
        assert "Kartoffelsalat" not in page.content()


def test_blocking_ends_the_conversation_at_once(page: Page, live_server: Any, pair: Pair) -> None:
    introduction = pair.introduce()
    page.goto(live_server.url + link_for(pair.guest, PersonalLink.Use.CONVERSATION, introduction))
    page.locator(".thread .theirs").get_by_role("link", name="Sperren").click()
    page.get_by_role("button", name="Ja, sperren").click()
    assert page.get_by_text("Diese Person kann dir nicht mehr schreiben.").is_visible()
    assert page.get_by_role("button", name="Schicken").count() == 0


def test_questions_open_the_listing_and_leave_a_page_of_ones_own(page: Page, live_server: Any, pair: Pair) -> None:
    Match.objects.all().delete()
    Listing.objects.filter(pk=pair.seek.pk).update(state="draft")
    path = link_for(pair.guest, PersonalLink.Use.QUESTIONS, pair.seek)
    page.goto(live_server.url + path)
    assert page.get_by_label("Wo bist du?").input_value() == "Worms"
    page.get_by_label("Ich bringe einen Hund mit").check()
    page.get_by_role("button", name="Abschicken").click()
    own = page.get_by_label("Adresse deiner Seite").input_value()
    pair.seek.refresh_from_db()
    assert (pair.seek.state, pair.seek.needs) == ("open", ["dog"])
    used = page.goto(live_server.url + path)
    assert used is not None
    assert used.status == 410
    page.goto(live_server.url + urlsplit(own).path)
    assert page.get_by_text("Wir suchen", exact=True).is_visible()


def test_erasing_leaves_nothing(page: Page, live_server: Any, pair: Pair) -> None:
    page.goto(live_server.url + link_for(pair.guest))
    page.get_by_role("link", name="Alles löschen").click()
    page.get_by_role("button", name="Ja, alles löschen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Alles ist gelöscht"
    assert not Listing.objects.filter(pk=pair.seek.pk).exists()
    assert not PersonalLink.objects.filter(person_id=pair.guest.pk).exists()


def test_how_it_was_asks_why_not(page: Page, live_server: Any, pair: Pair) -> None:
    follow_up = FollowUp.objects.create(introduction=pair.introduce(), person=pair.guest, due_at=timezone.now())
    page.goto(live_server.url + link_for(pair.guest, PersonalLink.Use.FOLLOW_UP, follow_up))
    page.get_by_role("group", name="Habt ihr euch getroffen?").get_by_label("Nein").check()
    page.get_by_role("button", name="Abschicken").click()
    page.get_by_role("alert").get_by_role("link", name="Sag uns, woran es lag.").click()
    page.get_by_label("Krankheit").check()
    page.get_by_role("button", name="Abschicken").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Danke, dass du uns geantwortet hast"
    follow_up.refresh_from_db()
    assert (follow_up.met, follow_up.not_met) == ("no", "ill")
