"""Poster and press kit as PDF, from templates; nothing is fetched from anywhere while they are made."""

from __future__ import annotations

import base64
import io
import logging
from typing import Any

import segno
from django.utils import timezone

from zueinander.giving.queries import money_of
from zueinander.site.story.parts import Files, Page
from zueinander.story.pictures import smaller


def pdf(html: str) -> bytes:
    """What the page names must be in it (data:): nothing is fetched, from anywhere."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.WARNING)
    offline = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    made: bytes = HTML(string=html, url_fetcher=offline).write_pdf()
    return made


def _cached(page: Page, template: str, **more: Any) -> bytes:
    html = page.render(template, **more).decode()
    return page.cache.get(html, lambda: pdf(html))


def link_code(url: str) -> str:
    """An inline SVG of the address."""
    out = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(out, kind="svg", scale=5, border=4, xmldecl=False, light="#fff", nl=False)
    return out.getvalue().decode()


def paper(page: Page) -> Files:
    """Poster and press kit. Figures are those of the last full hour, so that a wave of gifts makes no wave of PDFs."""
    told = page.told
    hour = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    money = money_of(told.story.campaign, as_of=hour)
    cleared = [
        (one, f"data:image/webp;base64,{base64.b64encode(_light(page, one.name, one.row.image)).decode()}")
        for one in told.pictures
        if one.row.for_press
    ]
    account = told.accounts[0] if told.accounts else None
    code = account.girocode().svg(scale=4) if account else ""
    found = {f"{page.folder}presse.pdf": _cached(page, "press.html", money=money, hour=hour, cleared=cleared)}
    if not told.closed:
        found[f"{page.folder}plakat.pdf"] = _cached(
            page, "poster.html", account=account, girocode=code, link_code=link_code(told.short_url)
        )
    return found


def _light(page: Page, name: str, image: bytes) -> bytes:
    return page.cache.get(f"press|{name}", lambda: smaller(bytes(image), width=1200, max_bytes=160_000).data)
