"""Poster and press kit as PDF, from templates; nothing is fetched from anywhere while they are made."""

from __future__ import annotations

import base64
import io
from typing import Any

import segno
from django.utils import timezone

from zueinander.giving.queries import money_of
from zueinander.site.story.parts import Files, Page
from zueinander.story.pictures import smaller


class _Offline:
    """The fetcher weasyprint gets: data in the page itself, and nothing else."""

    def __call__(self, url: str, *args: Any, **kwargs: Any) -> Any:
        if not url.startswith("data:"):
            raise ValueError(f"{url} lies outside the page")
        from weasyprint import default_url_fetcher

        return default_url_fetcher(url, *args, **kwargs)


def pdf(html: str) -> bytes:
    from weasyprint import HTML

    made: bytes = HTML(string=html, url_fetcher=_Offline()).write_pdf()
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
