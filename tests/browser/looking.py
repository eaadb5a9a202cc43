"""Looking at a page as axe, a phone and a wide screen do."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(390, "light"), (1280, "dark")]


class Watched:
    """A page whose every request and every refusal of the content policy is noted."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.strangers: list[str] = []
        self.refused: list[str] = []
        host = urlsplit(home).netloc
        page.on("request", lambda r: self.strangers.append(r.url) if urlsplit(r.url).netloc not in ("", host) else None)
        page.on("console", lambda m: self.refused.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("pageerror", lambda e: self.refused.append(str(e)))

    def open(self, path: str, expect: int = 200) -> Page:
        response = self.page.goto(self.home + path)
        assert response is not None
        assert response.status == expect, (path, response.status)
        return self.page

    def look(self, path: str, expect: int = 200) -> Page:
        """Opens it and insists: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere."""
        page = self.open(path, expect)
        self.check(path)
        return page

    def check(self, name: str) -> None:
        self.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        for width, scheme in LOOKS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            problems = violations(self.page)
            assert not problems, f"{name} at {width} {scheme}: {problems}"
        assert not self.strangers, (name, self.strangers)
        assert not self.refused, (name, self.refused)


def violations(page: Page) -> list[Any]:
    found: list[Any] = [
        (v["id"], [n["html"][:200] for n in v["nodes"]]) for v in Axe().run(page, options=RULES).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(("scrolls sideways", wide))
    if page.locator("h1").count() != 1:
        found.append(("headings of the first rank", page.locator("h1").count()))
    return found
