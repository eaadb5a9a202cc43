"""What people see who give online, and what coordinators see of it: nothing is promised that is not known."""

from __future__ import annotations

import html
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.conftest import at_desk
from tests.giving.mollie import World
from tests.giving.test_online import given, later, opened, tell
from tests.giving.world import account, campaign, coordinator
from zueinander.giving.actions.online_round import go_round
from zueinander.giving.models import Gift, Movement, OnlineAccount, Payment
from zueinander.giving.queries import money_of
from zueinander.shared.config import UnsafeConfig, config
from zueinander.site.story.cache import Cache
from zueinander.site.story.parts import Page
from zueinander.story import actions
from zueinander.story.models import Story
from zueinander.story.queries import told

pytestmark = pytest.mark.django_db
FORM = "/geben/buch-fuer-kim/"


def seen(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def filled(**more: str) -> dict[str, str]:
    return {"amount": "12,50", "named": "nein", "name": "", "key": str(uuid.uuid4()), **more}


def test_from_the_form_to_the_provider_and_back(provider: World) -> None:
    opened()
    client = Client()
    shown = client.get(FORM)
    policy = shown.headers["Content-Security-Policy"]
    assert f"form-action 'self' {provider.address};" in policy
    assert "default-src 'none'" in policy
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', shown.content.decode())
    assert key
    answer = client.post(FORM, filled(key=key[1], named="ja", name="Füsun"))
    row = Payment.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{provider.address}/checkout/{row.number}")
    asked = provider.payments[row.number]
    assert asked["amount"]["value"] == "12.50"
    assert asked["description"] == f"Ein Buch für Kim {row.reference}"
    assert "Füsun" not in str(asked)
    mine = f"/zahlung/{row.pk}/"
    assert asked["redirectUrl"].endswith(mine)
    assert "Wir wissen es noch nicht" in seen(client, mine)
    provider.pays(row.number)
    assert "Wir wissen es noch nicht" in seen(client, mine), "looking changes nothing"
    tell(provider)
    go_round()
    page = seen(client, mine)
    assert "Danke, dein Geld ist unterwegs" in page
    assert str(row.reference) in page
    assert Gift.objects.get().name == "Füsun"
    assert client.post(FORM, filled(key=key[1])).headers["Location"] == mine, "the old form leads to what is known"
    provider.goes_back(row.number, 1250, word="chargeback")
    later()
    assert "zurückgegangen" in seen(client, mine)


@pytest.mark.parametrize(
    ("more", "word"),
    [({"amount": "12.5"}, "verstehen wir nicht"), ({"amount": "0,50"}, "1 bis 10.000"), ({"amount": ""}, "field"),
     ({"amount": "99999"}, "1 bis 10.000"), ({"named": "ja"}, "Schreib den Namen"), ({"key": "x"}, "Da fehlt")],
)  # fmt: skip
def test_what_is_missing_is_said_and_nobody_is_asked(provider: World, more: dict[str, str], word: str) -> None:
    opened()
    answer = Client().post(FORM, filled(**more))
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert (provider.payments, Payment.objects.count()) == ({}, 0)


def test_a_provider_that_is_away_is_said_with_everything_still_in_the_form(provider: World) -> None:
    opened()
    provider.broken = 1
    form = filled(amount="20")
    answer = Client().post(FORM, form)
    assert "antwortet gerade nicht" in answer.content.decode()
    assert form["key"] in answer.content.decode()
    assert Client().post(FORM, form).status_code == 302
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("state", ["pending", "failed", "canceled", "expired"])
def test_the_page_says_what_is_known(provider: World, state: str) -> None:
    row = given(provider)
    provider.gives_up(row.number, state)
    later()
    words = {"pending": "wird geprüft", "failed": "nicht geklappt", "canceled": "abgebrochen", "expired": "Zeit zum"}
    assert words[state] in seen(Client(), f"/zahlung/{row.pk}/")


def test_other_pages_keep_the_narrow_policy(provider: World) -> None:
    row = given(provider)
    for path in ("/", "/datenschutz/", f"/zahlung/{row.pk}/"):
        assert "form-action 'self';" in Client().get(path).headers["Content-Security-Policy"]


def test_the_privacy_page_names_the_provider_only_when_there_is_one(provider: World) -> None:
    assert "Mollie" not in seen(Client(), "/datenschutz/")
    opened()
    assert "Mollie" in seen(Client(), "/datenschutz/")


def front(tmp_path: Path) -> str:
    story = Story.objects.first() or actions.save_story(
        campaign(), texts={"title": "Ein Buch"}, goal_cents=100_000, actor="volunteer:1"
    )
    page = Page(told(story), Cache(tmp_path))
    return page.render("give.html", accounts=[]).decode() + page.render("books.html", months=[], sums=[]).decode()


def test_the_story_offers_it_only_when_it_is_on_and_says_where_the_money_lies(provider: World, tmp_path: Path) -> None:
    account()
    assert "/geben/" not in front(tmp_path)
    provider.pays(given(provider).number)
    later()
    shown = front(tmp_path)
    assert f'href="{FORM}"' in shown
    assert "Online geben" in shown
    assert "Online spenden" not in shown, "a gift to a family is no donation"
    assert re.search(r"beim Zahlungsanbieter.*24,71", shown)
    OnlineAccount.objects.update(closed_at=timezone.now())
    assert "/geben/" not in front(tmp_path)


def test_a_coordinator_opens_it_settles_what_is_unclear_and_closes_it(provider: World) -> None:
    account()
    desk = at_desk(coordinator())
    session = desk.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    place = reverse("desk:online", args=[campaign().pk])
    assert "Online geben erlauben" in seen(desk, place)
    desk.post(reverse("desk:online_switch", args=[campaign().pk, "auf"]))
    provider.pays(given(provider).number)
    provider.something("balance-correction", -300)
    provider.pays_out()
    later()
    shown = seen(desk, place)
    for word in ("balance-correction", "1234567.2611.01", "Noch einmal versuchen"):
        assert word in shown
    assert "wartet etwas auf dich" in seen(desk, reverse("desk:money"))
    move = Movement.objects.get(state="asked")
    assert desk.post(reverse("desk:movement", args=[move.pk, "x"])).status_code == 404
    desk.post(reverse("desk:movement", args=[move.pk, "nochmal"]))
    desk.post(reverse("desk:movement", args=[move.pk, "kosten"]))
    assert money_of(campaign()).fees == 329
    assert "Was ist das?" not in seen(desk, place)
    desk.post(reverse("desk:online_switch", args=[campaign().pk, "zu"]))
    assert Client().get(FORM).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAY_KEY", "live_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM"), ("PAY_PROFILE", ""), ("PAY_URL", "https://example.org"),
     ("PAY_PROFILE", "x")],
)  # fmt: skip
def test_settings_that_cannot_work_stop_the_start(
    provider: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"ZUEINANDER_{name}", value)
    config.cache_clear()
    with pytest.raises(UnsafeConfig):
        config()


def test_play_money_never_counts_in_production(provider: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "production", True)
    monkeypatch.setattr(config(), "base_url", "http://example.org")
    said = " ".join(config().unsafe())
    assert "ZUEINANDER_PAY_URL is for tests" in said
    assert "https://" in said


def test_too_many_forms_from_one_place_are_refused(provider: World) -> None:
    opened()
    client = Client()
    answers = [client.post(FORM, filled()).status_code for _ in range(22)]
    assert (answers[:20], answers[-1]) == ([302] * 20, 429)
    assert timezone.now() - Payment.objects.latest("begun_at").begun_at < timedelta(minutes=5)
