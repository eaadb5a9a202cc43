"""Somebody with a plain browser and no script in it, who tries again when the page does not come."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

import httpx
from lxml import html

PATIENCE_S = 300.0
Answers = Mapping[str, str | list[str] | bool]


class Visitor:
    """`address`: where they come from, as a proxy would say. What was sent once is sent again with the same words."""

    def __init__(self, address: str = "203.0.113.1") -> None:
        self._client = httpx.Client(follow_redirects=True, timeout=60, headers={"x-forwarded-for": address})
        self.page: Any = None
        self.url = ""

    def open(self, url: str) -> Visitor:
        return self._keep(self._patiently("GET", urljoin(self.url, url)))

    def send(self, answers: Answers, *, action: str = "") -> Visitor:
        """Fills in the page's form (the one that asks for this and whose action ends with `action`) and sends it off.

        A list ticks exactly these boxes of the name, True and False tick a single one; other fields stay as they are.
        """
        form = next(
            form
            for form in self.page.forms
            if form.method == "POST" and (form.action or "").endswith(action) and all(_asks(form, n) for n in answers)
        )
        given = [(name, value) for name, value in _filled_in(form) if name not in answers]
        for name, value in answers.items():
            if isinstance(value, bool):
                given += [(name, "on")] if value else []
            else:
                given += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        data: dict[str, list[str]] = {}
        for name, value in given:
            data.setdefault(str(name), []).append(str(value))
        return self._keep(self._patiently("POST", urljoin(self.url, form.action or self.url), data))

    def has(self, *names: str) -> bool:
        """Whether the page asks for these."""
        return any(form.method == "POST" and all(_asks(form, name) for name in names) for form in self.page.forms)

    def links(self, part: str) -> list[str]:
        return [str(link) for link in self.page.xpath("//a/@href") if part in link]

    def _patiently(self, method: str, url: str, data: Mapping[str, list[str]] | None = None) -> httpx.Response:
        until = time.monotonic() + PATIENCE_S
        while True:
            with suppress(httpx.TransportError):
                answer = self._client.request(method, url, data=data)
                if answer.status_code not in (502, 503, 504):  # what the process in front says while ours is away
                    return answer
            assert time.monotonic() < until, f"{method} {url} was never answered"
            time.sleep(0.2)

    def _keep(self, answer: httpx.Response) -> Visitor:
        assert answer.status_code < 500, f"{answer.status_code} at {answer.url}: {answer.text[:2000]}"
        self.page, self.url, self.status = html.fromstring(answer.content), str(answer.url), answer.status_code
        assert self.status != 422, f"{self.url} does not take it: {self.text[:1000]}"
        return self

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())


def _asks(form: Any, name: str) -> bool:
    return bool(form.xpath(".//*[@name=$name]", name=name))


def _filled_in(form: Any) -> Iterator[tuple[str, str]]:
    """What a browser would send of it as it stands, without any button."""
    for field in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        ticks = field.get("type") in ("radio", "checkbox")
        if field.get("type") in ("submit", "button") or (ticks and field.get("checked") is None):
            continue
        yield field.get("name"), field.get("value", "on") if ticks else str(field.value or "")
