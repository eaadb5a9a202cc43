"""Poster and press kit as PDF, from templates; nothing is fetched from anywhere while they are made."""

from __future__ import annotations

import base64
import io
from typing import Any

import segno
from django.utils import timezone

from zueinander.giving.queries import money_of
from zueinander.site.story.parts import Files, Page
from zueinander.story.pictures import for_print


def pdf(html: str) -> bytes:
    """What the page names must be in it (data:): nothing is fetched, from anywhere."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    offline = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    made: bytes = HTML(string=html, url_fetcher=offline).write_pdf()
    return made


def cached_pdf(page: Page, template: str, **more: Any) -> bytes:
    """The template as PDF; the same words are not drawn twice."""
    html = page.render(template, **more).decode()
    return page.cache.get(html, lambda: pdf(html))


def link_code(url: str) -> str:
    """An inline SVG of the address that takes the size it is given."""
    out = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(out, kind="svg", omitsize=True, border=4, xmldecl=False, light="#fff", nl=False)
    return out.getvalue().decode()


def paper(page: Page) -> Files:
    """Poster and press kit. Figures are those of the last full hour, so that a wave of gifts makes no wave of PDFs."""
    told = page.told
    if told.papers != told.url:
        return {}
    hour = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    money = money_of(told.story.campaign, as_of=hour)
    cleared = [
        (one, f"data:image/jpeg;base64,{base64.b64encode(_printed(page, one.name, one.row.image)).decode()}")
        for one in told.shown
        if one.row.for_press
    ]
    account = told.accounts[0] if told.accounts else None
    code = account.girocode().svg() if account else ""
    found = {f"{page.folder}presse.pdf": cached_pdf(page, "press.html", money=money, hour=hour, cleared=cleared)}
    if not told.closed:
        found[f"{page.folder}plakat.pdf"] = cached_pdf(
            page, "poster.html", account=account, girocode=code, link_code=link_code(told.short_url)
        )
    return found


def _printed(page: Page, name: str, image: bytes) -> bytes:
    return page.cache.get(f"press|{name}", lambda: for_print(image))
