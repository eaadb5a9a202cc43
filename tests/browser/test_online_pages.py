"""Giving online in a real browser: its policy lets the form lead to the provider, and nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Watched
from tests.giving.conftest import provider
from tests.giving.mollie import World
from tests.giving.test_online import opened, tell
from zueinander.giving.actions.online_round import go_round
from zueinander.giving.models import Payment
from zueinander.shared.config import config

__all__ = ["provider"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_gift_from_the_form_to_the_thanks(
    page: Page, live_server: Any, provider: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZUEINANDER_BASE_URL", live_server.url)
    config.cache_clear()
    opened()
    page.set_default_timeout(30_000)  # the first page of a process is slow
    watched = Watched(page, live_server.url)
    watched.look("/geben/buch-fuer-kim/")
    page.get_by_role("button", name="Weiter zu Mollie").click()
    expect(page.get_by_role("heading", name="Da fehlt noch etwas")).to_be_visible()
    watched.check("form with a mistake")
    page.get_by_label("Wie viel Euro").fill("12,50")
    page.get_by_role("button", name="Weiter zu Mollie").click()
    page.wait_for_url(re.compile(f"{provider.address}/checkout/.*"))
    assert not watched.refused
    watched.strangers.clear()
    page.get_by_role("link", name="Pay").click()
    expect(page.get_by_role("heading", name="Wir wissen es noch nicht")).to_be_visible()
    watched.strangers.clear()
    watched.check("not known yet")
    tell(provider)
    go_round()
    page.reload()
    expect(page.get_by_role("heading", name="Danke, dein Geld ist unterwegs")).to_be_visible()
    watched.check("paid")
    assert Payment.objects.get().state == "paid"


def test_a_form_of_another_page_may_not_lead_there(page: Page, live_server: Any, provider: World) -> None:
    opened()
    page.set_default_timeout(30_000)
    page.goto(live_server.url + "/datenschutz/")
    watched = Watched(page, live_server.url)
    address = f"{provider.address}/checkout/x"
    page.locator("form").first.evaluate(
        "(form, to) => { form.action = to; form.method = 'get'; form.submit(); }", address
    )
    page.wait_for_timeout(300)
    assert page.url.endswith("/datenschutz/")
    assert any("form-action" in text for text in watched.refused)
