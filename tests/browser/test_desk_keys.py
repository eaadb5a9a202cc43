"""Working at the desk with the keyboard alone: every key that is shown does what it says, and none while typing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.desk.conftest import World, at_desk, make_world, member
from zueinander.listings.models import ListingDate
from zueinander.people.models import Attention, Role, Volunteer
from zueinander.understanding.models import Reading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    made = make_world()
    made.reading.found |= {"when": [{"date": "12-24", "text": "Heiligabend", "start": 31, "end": 42}], "needs": []}
    made.reading.save()
    return made


@pytest.fixture
def bo(transactional_db: None) -> Volunteer:
    return member("Bo", Role.COORDINATOR)


@pytest.fixture
def desk(page: Page, live_server: Any, bo: Volunteer) -> Page:
    """A wide screen with somebody of the team signed in."""
    session = at_desk(bo).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


def keys_shown(page: Page) -> set[str]:
    """What stands in the little boxes; "g" and the like open a group whose numbers follow."""
    return {text.strip() for text in page.locator("kbd").all_inner_texts()}


def open_case(desk: Page, live_server: Any, world: World) -> Page:
    desk.goto(live_server.url + reverse("desk:case", args=[world.case.pk]))
    desk.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    return desk


def pressed(desk: Page, *keys: str) -> None:
    """Presses keys of which the last one sends a form."""
    with desk.expect_navigation():
        for key in keys:
            desk.keyboard.press(key)


def test_every_key_of_a_reading_corrects_it(desk: Page, live_server: Any, world: World) -> None:
    open_case(desk, live_server, world)
    shown = keys_shown(desk)
    intents = desk.locator('button[name="intent"]').evaluate_all("all => all.map(b => [b.dataset.key, b.value])")
    assert {"g", "o", "w", "p", "b", "a"} | {key for key, _ in intents} <= shown
    assert len(intents) == 9
    for key, intent in intents:
        pressed(desk, key)
        assert reading(world).intent == intent, key
    pressed(desk, "g", "2")
    assert reading(world).danger == "distress"
    pressed(desk, "p", "4")
    assert reading(world).found["people"] == 4
    pressed(desk, "b", "1")
    pressed(desk, "b", "3")
    assert reading(world).found["needs"] == ["dog", "wheelchair"]
    pressed(desk, "b", "1")
    assert reading(world).found["needs"] == ["wheelchair"]
    days = desk.locator('button[name^="when_"]').evaluate_all("all => all.map(b => b.value)")
    pressed(desk, "w", "1")
    assert days[0] in [when["date"] for when in reading(world).found["when"]]
    desk.keyboard.press("o")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Speyer")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert reading(world).found["places"][0]["name"] == "Speyer"
    desk.keyboard.press("a")
    desk.keyboard.type("44")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert reading(world).found["age"] == 44


def reading(world: World) -> Reading:
    return Reading.objects.get(pk=world.reading.pk)


def test_the_keys_of_a_case_take_it_put_it_back_and_clear_it(
    desk: Page, live_server: Any, world: World, bo: Volunteer
) -> None:
    open_case(desk, live_server, world)
    assert {"h", "t", "x"} <= keys_shown(desk)
    pressed(desk, "t")
    world.case.refresh_from_db()
    assert world.case.claimed_by == bo
    pressed(desk, "z")
    world.case.refresh_from_db()
    assert world.case.claimed_by is None
    open_case(desk, live_server, world)
    pressed(desk, "h")
    world.case.refresh_from_db()
    assert world.case.cleared_by == bo
    expect(desk.get_by_text("Nah beieinander.")).to_be_visible()


@pytest.mark.parametrize("number", range(1, 6))
def test_no_with_each_reason(desk: Page, live_server: Any, world: World, number: int) -> None:
    desk.goto(live_server.url + reverse("desk:proposal", args=[world.match.pk]))
    reason = desk.locator(f'button[name="grund"][data-key="{number}"]').get_attribute("value")
    desk.keyboard.press(str(number))  # alone it decides nothing
    world.match.refresh_from_db()
    assert world.match.state == "proposed"
    pressed(desk, "n", str(number))
    world.match.refresh_from_db()
    assert (world.match.state, world.match.reject_reason) == ("rejected", reason)


def test_yes_and_next(desk: Page, live_server: Any, world: World) -> None:
    desk.goto(live_server.url + reverse("desk:proposal", args=[world.match.pk]))
    assert {"y", "n", "x", "t", "1", "2", "3", "4", "5"} <= keys_shown(desk)
    pressed(desk, "x")
    assert f"/fall/{world.case.pk}/" in desk.url
    desk.goto(live_server.url + reverse("desk:proposal", args=[world.match.pk]))
    pressed(desk, "y")
    world.match.refresh_from_db()
    assert world.match.state == "approved"
    assert ListingDate.objects.get(listing=world.match.offer).taken == 1


def test_j_and_k_walk_and_enter_opens(desk: Page, live_server: Any, world: World) -> None:
    desk.goto(live_server.url + reverse("desk:queue"))
    assert {"j", "k", "Enter", "x", "/"} <= keys_shown(desk)
    lines = desk.locator(".queue a")
    for key, focused in (("j", 0), ("j", 1), ("j", 1), ("k", 0), ("k", 0)):
        desk.keyboard.press(key)
        expect(lines.nth(focused)).to_be_focused()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert f"/fall/{world.case.pk}/" in desk.url
    desk.keyboard.press("j")  # from the case that is open, on to the one behind it
    expect(desk.locator(".queue a").nth(1)).to_be_focused()
    desk.goto(live_server.url + reverse("desk:queue"))
    desk.keyboard.press("/")
    expect(desk.get_by_label("Jemanden suchen")).to_be_focused()


def test_nothing_happens_while_somebody_types(desk: Page, live_server: Any, world: World) -> None:
    open_case(desk, live_server, world)
    before = desk.url, reading(world).found, Attention.objects.filter(cleared_at=None).count()
    typed = "yn1xhtzjkgwpb/oa2"
    desk.get_by_label("Deine Antwort").fill("")
    desk.get_by_label("Deine Antwort").press_sequentially(typed)
    expect(desk.get_by_label("Deine Antwort")).to_have_value(typed)
    desk.get_by_label("Orte").press_sequentially("jk1h")
    desk.get_by_label("Alter", exact=True).focus()
    desk.keyboard.press("h")
    assert (desk.url, reading(world).found, Attention.objects.filter(cleared_at=None).count()) == before


def test_with_a_modifier_a_key_belongs_to_the_browser(desk: Page, live_server: Any, world: World) -> None:
    open_case(desk, live_server, world)
    for key in ("Control+h", "Alt+t", "Meta+x"):
        desk.keyboard.press(key)
    world.case.refresh_from_db()
    assert (world.case.cleared_at, world.case.claimed_by) == (None, None)


def test_keys_can_be_switched_off(desk: Page, live_server: Any, world: World) -> None:
    desk.goto(live_server.url + reverse("desk:queue"))
    with desk.expect_navigation():
        desk.get_by_role("button", name="Tasten ausschalten").click()
    open_case(desk, live_server, world)
    assert desk.locator("kbd:visible").count() == 0
    desk.keyboard.press("h")
    desk.keyboard.press("1")
    desk.wait_for_timeout(200)
    world.case.refresh_from_db()
    assert world.case.cleared_at is None


def test_new_cases_are_announced_and_nothing_moves(desk: Page, live_server: Any, world: World) -> None:
    desk.goto(live_server.url + reverse("desk:queue"))
    place = desk.locator(".arrivals")
    assert place.get_attribute("aria-live") == "polite"
    lines = desk.locator(".queue a").all_inner_texts()
    soon = timezone.now() + timedelta(hours=1)
    for number in range(3):
        Attention.objects.create(kind="by_hand", subject=f"post:{number}", deadline=soon)
    spot = desk.locator(".queue a").first.bounding_box()
    ask(desk)
    expect(place).to_contain_text("3 neue Fälle")
    assert desk.locator(".queue a").all_inner_texts() == lines
    assert desk.locator(".queue a").first.bounding_box() == spot
    desk.evaluate("document.querySelector('.arrivals a').dataset.same = 'yes'")
    ask(desk)
    assert desk.locator(".arrivals a[data-same]").count() == 1  # not said twice
    with desk.expect_navigation():
        place.get_by_role("link").click()
    assert desk.locator(".queue a").count() == 5


def ask(desk: Page) -> None:
    """What the clock does every half minute."""
    with desk.expect_response("**/neues/**"):
        desk.evaluate("htmx.trigger('.arrivals', 'ask')")


def test_whoever_is_signed_out_is_told_and_not_shown_a_form(desk: Page, live_server: Any, world: World) -> None:
    desk.goto(live_server.url + reverse("desk:queue"))
    desk.context.clear_cookies()
    desk.evaluate("htmx.trigger('.arrivals', 'ask')")
    expect(desk.locator(".arrivals")).to_contain_text("Du bist abgemeldet.")
    assert desk.locator(".arrivals form").count() == 0
