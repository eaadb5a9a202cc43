"""Walking through the pages in a real browser: people behind their personal links, and the team at the desk."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.beginning import season

LINK = re.compile(r"http://localhost:\d+/l/[\w-]+")
PATIENCE_S = 600.0


def until(found: Callable[[], object], what: str, seconds: float = PATIENCE_S) -> object:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s for {what}")


def new_page(browser: Browser) -> Page:
    context: BrowserContext = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.set_default_timeout(300_000)
    return page


class Somebody:
    """One of the people: `texts` is what their network says reached them; in their browser they have no account."""

    def __init__(self, name: str, page: Page, texts: Callable[[], list[str]]) -> None:
        self.name, self.page, self.texts, self.seen = name, page, texts, set[str]()

    def follow(self, leads_to: str, what: str) -> Page:
        """Opens the links that arrive until one leads to this page."""

        def there() -> bool:
            for link in dict.fromkeys(LINK.findall(" ".join(self.texts()))):
                if link not in self.seen:
                    self.seen.add(link)
                    self.page.goto(link)
                    assert "/l/" not in self.page.url, "the token stays in the address"
                    if leads_to in self.page.url:
                        return True
            return False

        until(there, f"{self.name}: {what}")
        return self.page

    def newest(self) -> str:
        """The last that reached them."""
        return (self.texts() or [""])[-1]

    def answer_questions(self, place: str, age_band: str = "30-44") -> None:
        """The page of questions, prefilled from what was understood."""
        page = self.follow("/meins/fragen/", "the answer with the questions")
        assert page.locator("[name=place]").input_value() == place
        page.locator("[name=first_name]").fill(self.name)
        page.locator(f"[name=age_band][value='{age_band}']").check()
        for purpose in ("match", "share"):
            page.locator(f"[name={purpose}]").check()
        page.locator("form.questions button").last.click()
        page.wait_for_load_state()
        assert not page.locator("#errors").count(), page.content()

    def answer(self, yes: bool) -> str:
        """Says yes or no to the next proposal; returns what the page told about the other."""
        button = self.page.locator(f"button[name=answer][value={'yes' if yes else 'no'}]")
        self.follow("/meins/vorschlag/", "the question whether they want to meet")
        while not button.count():  # an older one that does not wait any more
            self.follow("/meins/vorschlag/", "the question whether they want to meet")
        page = self.page
        told = page.locator("main").inner_text()
        button.first.click()
        page.wait_for_load_state()
        return told

    def write(self, words: str) -> str:
        """Writes to the other in the conversation that is open; returns the page."""
        page = self.page
        page.get_by_role("textbox").first.fill(words)
        page.get_by_role("button", name="Schicken").click()
        page.get_by_text(words).wait_for()
        return page.content()

    def fill_in_form(self, address: str, slug: str, **answers: str) -> None:
        """The public form, one question a screen, without any account."""
        page = self.page
        page.goto(f"{address}/mitmachen/{slug}/")
        while not page.url.endswith("/danke/"):
            before = page.url
            for name, value in answers.items():
                field = page.locator(f"form.questions [name={name}]")
                if field.count():
                    ticks = field.first.get_attribute("type") in ("radio", "checkbox")
                    page.locator(f"[name={name}][value='{value}']").check() if ticks else field.first.fill(value)
            for purpose in ("match", "share"):
                if page.locator(f"form.questions [name={purpose}]").count():
                    page.locator(f"form.questions [name={purpose}]").check()
            page.locator("form.questions button").last.click()
            page.wait_for_load_state()
            assert page.url != before, page.locator("main").inner_text()


class Team:
    """A coordinator at the desk."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def sign_up(self, link: str) -> None:
        """By the link that the first start prints; it works once."""
        page = self.page
        page.goto(link)
        page.locator("[name=email]").fill("kim@example.org")
        page.locator("[name=password1]").fill("ein langes Kennwort")
        page.locator("[name=password1]").press("Enter")
        page.wait_for_url("**/schreibtisch/**")
        assert page.request.get(link).status == 410

    def create_campaign(self, name: str, hashtags: list[str]) -> str:
        """In the browser; returns the slug."""
        page, year = self.page, season()
        page.goto(f"{self.address}/schreibtisch/aktionen/neu/")
        page.locator("[name=name]").fill(name)
        page.locator("[name=hashtags]").fill(" ".join(f"#{tag}" for tag in hashtags))
        for country in ("DE", "AT", "CH"):
            page.locator(f"[name=countries][value={country}]").check()
        page.locator("[name=season_start]").fill(min(datetime.now(UTC).date().isoformat(), f"{year}-12-01"))
        page.locator("[name=season_end]").fill(f"{year}-12-31")
        days = "24.12.{0} Heiligabend\n25.12.{0} 1. Weihnachtstag\n26.12.{0} 2. Weihnachtstag\n31.12.{0} Silvester"
        page.locator("[name=occasions]").fill(days.format(year))
        for box in page.locator("[name=accounts]").all():
            box.check()
        page.get_by_role("button", name="Speichern").click()
        page.wait_for_url("**/schreibtisch/aktionen/")
        page.locator("button[name=zustand][value=open]").click()
        page.locator("button[name=zustand][value=closed]").wait_for()
        page.goto(self.address)
        found = re.search(r"/(?:mitmachen|aktion)/([\w-]+)/", page.content())
        assert found, page.content()
        return found[1]

    def paste(self, link: str, text: str, name: str) -> None:
        page = self.page
        page.goto(f"{self.address}/schreibtisch/einfuegen/")
        page.locator("[name=link]").fill(link)
        page.locator("[name=text]").fill(text)
        page.locator("[name=author_name]").fill(name)
        page.get_by_role("button", name="Speichern").click()
        page.get_by_text("der Beitrag ist da").wait_for()

    def open_case(self, *words: str) -> Page:
        """The first line of the queue with these words: what it is about, who it is."""
        lines = self.page.locator("ul.queue a")
        for word in words:
            lines = lines.filter(has_text=word)

        def there() -> bool:
            self.page.goto(f"{self.address}/schreibtisch/")
            return lines.count() > 0

        until(there, f"{words} in the queue")
        lines.first.click()
        self.page.wait_for_load_state("networkidle")
        return self.page

    def say_yes(self) -> str:
        """To the next proposal, by keyboard; returns what was shown side by side."""
        page = self.open_case("Vorschlag")
        page.locator("button[data-key=y]").wait_for()
        shown = page.locator("main").inner_text()
        with page.expect_navigation():
            page.keyboard.press("y")
        return shown

    def text(self, path: str) -> str:
        self.page.goto(f"{self.address}{path}")
        return self.page.locator("main").inner_text()
