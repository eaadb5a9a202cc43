"""Every page of the desk in a real browser: for everybody who sits there, on a phone and on a wide screen."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.looking import Watched
from tests.desk.conftest import World, at_desk, make_world, member
from tests.desk.test_access import patterns
from tests.desk.test_claims import OURS
from zueinander.calls.models import Call
from zueinander.desk.actions import claim
from zueinander.introductions.models import Introduction, Report
from zueinander.matching.models import Alone, Question, Run
from zueinander.matching.solver.result import Bonus
from zueinander.matching.whatif import Change, Effect, NewHosts
from zueinander.networks.models import Account, Send
from zueinander.networks.registry import networks
from zueinander.partners.models import Partner, Referral
from zueinander.people.actions import invite
from zueinander.people.models import Attention, Role, Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "drei Birnen im Korb"


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def bo(transactional_db: None) -> Volunteer:
    made = member("Bo", Role.COORDINATOR)
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def watched(page: Page, live_server: Any) -> Watched:
    page.set_viewport_size({"width": 1280, "height": 900})
    return Watched(page, live_server.url)


def sign_in(watched: Watched, who: Volunteer) -> None:
    page = watched.open("/konto/login/")
    page.get_by_label("Mailadresse").fill(who.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/schreibtisch/")


def test_signing_in_and_joining_is_accessible(watched: Watched, transactional_db: None) -> None:
    watched.look("/konto/login/")
    watched.look(reverse("desk:invitation", args=["abgelaufen"]), expect=410)
    watched.look("/konto/signup/")
    watched.look(reverse("desk:invitation", args=[invite()]))
    page = watched.page
    page.get_by_label("Mailadresse").fill("neu@example.org")
    page.get_by_label("Passwort").fill("kurz")
    page.get_by_label("Passwort").evaluate("box => box.removeAttribute('minlength')")
    page.get_by_role("button", name="Ins Team").click()
    page.get_by_text("Da fehlt noch etwas").wait_for()
    watched.check("a short password")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Ins Team").click()
    page.wait_for_url("**/schreibtisch/")
    watched.check("the empty desk")


def pages_of(world: World) -> list[str]:
    """Every page, each with something on it."""
    partner = Partner.objects.create(name="Treff am Bach", area="Worms", contact="Frau Beispiel")
    Referral.objects.create(person=world.seeker, partner=partner)
    told = Bonus(0.5, 1, 0, 1, 1, 0.5, 0.6).as_json()
    Run.objects.create(
        campaign=world.campaign, seekers=2, hosts=1, matched=1, matched_bound=2, gap=0.01, hard=1, bonus=told
    )
    Alone.objects.create(
        run=Run.objects.get(), listing=world.match.seek, code="distance", reason="Niemand in der Nähe."
    )
    account = Account.objects.create(
        network="replay", name="wir", settings={"day": "heiligabend-naht"}, gap="Vom 3. an."
    )
    world.campaign.accounts.add(account)
    Call.objects.create(
        campaign=world.campaign, occasion=world.occasion, area="in Worms", waiting=4, text="Wer hat Platz?"
    )
    Send.objects.create(
        person=world.seeker, kind="direct", about="x", idempotency_key="a", state="unclear", text="Hallo"
    )
    Report.objects.create(by=world.host, introduction=Introduction.objects.create(match=world.match), text="Komisch.")
    named: list[tuple[str, list[Any]]] = [
        ("queue", []), ("case", [world.case.pk]), ("person", [world.seeker.pk]), ("proposal", [world.match.pk]),
        ("candidates", [world.match.seek_id]), ("paste", []), ("campaigns", []), ("campaign_new", []),
        ("campaign", [world.campaign.pk]), ("accounts", []), ("calls", []), ("team", []), ("partners", []),
        ("partner_new", []), ("partner", [partner.pk]), ("reports", []), ("figures", []), ("runs", []),
        ("weights", [world.campaign.pk]),
    ]  # fmt: skip
    named += [("connect", [key]) for key, network in networks().items() if network.fields]
    what_if = reverse("desk:what_if", args=[world.campaign.pk])
    asked = {"campaign": world.campaign, "asked": asdict(Change(20, NewHosts("Kiel", 54.3, 10.1, 3, 2)))}
    reckoned = asdict(Effect(3, 1, 2, 0, 1, 0.5, 0.9, 1, 0))
    questions = [
        Question.objects.create(**asked, **more)
        for more in ({}, {"answer": reckoned}, {"answer": asdict(Effect(0))}, {"tries": 3})
    ]
    searched = [
        f"{reverse('desk:search')}?q=Mira",
        what_if,
        *(f"{what_if}?frage={question.pk}" for question in questions),
        f"{reverse('desk:queue')}?art=danger",
    ]
    return [reverse(f"desk:{name}", args=args) for name, args in named] + searched


def test_every_page_of_the_desk_is_accessible(watched: Watched, world: World, bo: Volunteer) -> None:
    sign_in(watched, bo)
    for path in pages_of(world):
        watched.look(path)
    claim(by=member("Cleo"), pk=world.case.pk)
    watched.look(reverse("desk:case", args=[world.case.pk]))
    assert watched.page.get_by_role("button", name="Von Cleo übernehmen").is_visible()
    Attention.objects.update(cleared_at=timezone.now(), cleared_by=bo)
    watched.look(reverse("desk:queue"))


def test_no_page_of_the_desk_is_left_out(world: World) -> None:
    """What can be looked at is in the list above; the rest is buttons, the invitation and parts of pages."""
    seen = {resolve(path.partition("?")[0]).url_name for path in pages_of(world)}
    desk = at_desk(member("Bo", Role.COORDINATOR))
    pages = {
        str(pattern.name)
        for address, pattern in patterns(get_resolver())
        if address.startswith("/schreibtisch/")
        and pattern.callback.__module__ in OURS
        and desk.get(address).status_code in (200, 404)
        and not hasattr(pattern.callback, "guards")
    }
    rest = {"invitation", "news", "what_if_answer", "take", "take_over", "campaign_state", "calls_draft"}
    assert pages - seen - rest == set()


def confirm_it_is_me(watched: Watched) -> None:
    """Whoever changes how they sign in says their password again."""
    watched.check("asked again")
    watched.page.get_by_label("Passwort").fill(PASSWORD)
    watched.page.get_by_role("button", name="Bestätigen").click()
    watched.page.wait_for_load_state()


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def with_app(watched: Watched) -> str:
    """Sets an app with codes up; returns its key."""
    page = watched.open(reverse("mfa_activate_totp"))
    confirm_it_is_me(watched)
    watched.check("an app with codes")
    secret = page.get_by_label("Schlüssel", exact=True).input_value()
    page.get_by_label("Code aus der App").fill("000000")
    page.get_by_role("button", name="Einrichten").click()
    watched.check("a wrong code")
    page.get_by_label("Code aus der App").fill(code_for(secret))
    page.get_by_role("button", name="Einrichten").click()
    page.wait_for_url("**recovery-codes/")
    return secret


def test_an_app_with_codes_protects_the_desk(watched: Watched, bo: Volunteer) -> None:
    sign_in(watched, bo)
    watched.look(reverse("mfa_index"))
    watched.look(reverse("account_change_password"))
    with_app(watched)
    watched.check("spare codes")
    code = watched.page.locator(".codes code").first.inner_text()
    for name in ("mfa_index", "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_deactivate_totp"):
        watched.look(reverse(name))
    watched.page.get_by_role("button", name="Abmelden").click()
    page = watched.open("/konto/login/")
    page.get_by_label("Mailadresse").fill(bo.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_text("Noch ein Schritt").wait_for()
    watched.check("the second step")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.wait_for_url("**/schreibtisch/")


def test_a_passkey_opens_the_desk_without_a_password(watched: Watched, bo: Volunteer, context: BrowserContext) -> None:
    device = context.new_cdp_session(watched.page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(watched, bo)
    page = watched.open(reverse("mfa_add_webauthn"))
    confirm_it_is_me(watched)
    watched.check("a passkey")
    page.get_by_label("Wie soll er heißen?").fill("Laptop")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.wait_for_url("**recovery-codes/**")
    page = watched.look(reverse("mfa_list_webauthn"))
    page.get_by_role("link", name="Umbenennen: Laptop").click()
    watched.check("another name")
    watched.open(reverse("mfa_list_webauthn")).get_by_role("link", name="Entfernen: Laptop").click()
    watched.check("taking a passkey away")
    watched.look(reverse("mfa_reauthenticate_webauthn"))
    page.get_by_role("button", name="Abmelden").click()
    watched.open("/konto/login/").get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/schreibtisch/")


def panes(page: Page) -> int:
    return page.locator(".pane:visible").count()


@pytest.mark.parametrize("name", ["case", "proposal"])
def test_three_panes_from_1200_px_and_one_with_a_way_back_below(
    watched: Watched, world: World, bo: Volunteer, name: str
) -> None:
    sign_in(watched, bo)
    path = reverse(f"desk:{name}", args=[world.case.pk if name == "case" else world.match.pk])
    page = watched.open(path)
    for width, queue_too in ((1200, True), (1199, False), (390, False)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("nav.queue-pane, section.pane").first.is_visible() is queue_too, width
        assert page.get_by_role("link", name="Zur Warteschlange").is_visible() is not queue_too, width
    page.get_by_role("link", name="Zur Warteschlange").click()
    page.wait_for_url("**/schreibtisch/")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_case_is_cleared_with_and_without_javascript(
    chromium: Browser, live_server: Any, world: World, bo: Volunteer, scripts: bool
) -> None:
    context = chromium.new_context(locale="de-DE", java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(10_000)
    sign_in(Watched(page, live_server.url), bo)
    page.get_by_role("button", name="Nächster Fall").click()
    page.get_by_role("button", name="Von Hand beantwortet").click()
    page.get_by_text("Nah beieinander.").wait_for()
    world.case.refresh_from_db()
    assert world.case.cleared_by == bo
    context.close()
