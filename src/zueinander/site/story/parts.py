"""The pages of a story, each a part that gives files. A further page is one more function in `publisher.PARTS`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string

from zueinander.reach.queries import anything
from zueinander.shared.config import config
from zueinander.site.story import feeds
from zueinander.site.story.cache import Cache
from zueinander.site.story.cards import MAX_BYTES, share_card
from zueinander.story.pictures import smaller
from zueinander.story.queries import LANGUAGES, Told

STATIC = Path(__file__).parent.parent / "static" / "zueinander"
STYLES = ("tokens.css", "base.css", "site.css", "story.css", "plots.css")
FULL = 5  # updates told in full on the first page; the others have their own
WIDTH, MAX_PICTURE = 760, 24_000  # pixels and bytes of a picture on the page

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Page:
    """What every part gets: the story as it may be told, where its files go, and what is costly to make twice."""

    told: Told
    cache: Cache

    @property
    def root(self) -> str:
        """Where files lie that are the same in every language."""
        return f"fuer/{self.told.story.campaign.slug}/"

    @property
    def folder(self) -> str:
        """Where the pages of this language lie."""
        return self.root + LANGUAGES[self.told.language]

    def render(self, template: str, path: str = "", **more: Any) -> bytes:
        """`path`: of the page below its folder, the same in each language."""
        settings, told = config(), self.told
        context = {
            "told": told, "organisation": settings.organisation, "contact": settings.contact, "path": path,
            "site": settings.address, "styles": [f"{told.home}{style_name()}"], "script": f"{told.home}{script_name()}",
            "languages": [(code, f"{told.home}{folder}{path}") for code, folder in LANGUAGES.items()],
            "wide": anything(told.story.campaign), "card": f"{told.home}{self.card_name}", **more,
        }  # fmt: skip
        text = render_to_string(f"site/story/{template}", context)
        return re.sub(r"\n\s*\n+", "\n", text).encode()

    def at(self, path: str, template: str, **more: Any) -> Files:
        """The page with this address below the folder."""
        return {f"{self.folder}{path}index.html": self.render(template, path, **more)}

    @property
    def card(self) -> bytes:
        told = self.told
        near = 1.0 if told.closed else (told.percent or 0) // 25 / 4
        tag = f"#{told.hashtags[0]}   " if told.hashtags else ""
        line = told.words["thanks"].partition("\n")[0] if told.closed else told.subtitle
        foot = f"{tag}{told.short_url.partition('//')[2].rstrip('/')}"
        key = f"card|{told.title}|{line}|{foot}|{near}"
        made = self.cache.get(key, lambda: share_card(title=told.title, line=line, foot=foot, steps=near))
        assert len(made) <= MAX_BYTES
        return made

    @property
    def card_name(self) -> str:
        return f"karte-{_hash(self.card)}.png"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


@cache
def style() -> bytes:
    """One sheet from the tokens and styles of the public pages, without comments and spaces."""
    text = "\n".join((STATIC / name).read_text() for name in STYLES)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", text)).strip().encode()


@cache
def script() -> bytes:
    return (STATIC / "stand.js").read_bytes()


def style_name() -> str:
    return f"stil-{_hash(style())}.css"


def script_name() -> str:
    return f"stand-{_hash(script())}.js"


def front(page: Page) -> Files:
    """The page itself, with the counters in it, and what it is drawn with."""
    told = page.told
    codes = [account.girocode().svg() for account in told.accounts]
    share = {"text": quote(f"{told.title} {told.short_url}"), "url": quote(told.short_url)}
    template = "closed.html" if told.closed else "front.html"
    found = page.at(
        "", template, accounts=list(zip(told.accounts, codes, strict=True)), share=share,
        widget=feeds.widget_code(told), latest=told.updates[:FULL], older=told.updates[FULL:],
    )  # fmt: skip
    return {
        **found,
        f"{page.root}{style_name()}": style(),
        f"{page.root}{script_name()}": script(),
        f"{page.root}{page.card_name}": page.card,
    }


def updates(page: Page) -> Files:
    """Each update at its own address for good, and the list of all."""
    found = dict(page.at("neues/", "updates.html"))
    for update in page.told.updates:
        found |= page.at(f"neues/{update.number}/", "update.html", update=update)
    return found


def pictures(page: Page) -> Files:
    """The pictures that may be seen, light for the page; nothing of the others."""
    found: dict[str, bytes] = {}
    for one in page.told.shown:
        make = partial(_light, bytes(one.row.image))
        found[f"{page.root}bild/{one.name}.webp"] = page.cache.get(f"picture|{one.row.pk}|{one.name}", make)
    return found


def _light(image: bytes) -> bytes:
    return smaller(image, width=WIDTH, max_bytes=MAX_PICTURE).data


def machine(page: Page) -> Files:
    """Feeds, oEmbed, counters, and the page for other people's pages."""
    told, organisation = page.told, config().organisation
    card = f"{told.home}{page.card_name}"
    return {
        f"{page.folder}atom.xml": feeds.atom(told, organisation),
        f"{page.folder}feed.json": feeds.json_feed(told, organisation),
        f"{page.folder}oembed.json": feeds.oembed(told, organisation, config().address, card),
        f"{page.root}zahlen.json": feeds.figures(told),
        **page.at("widget/", "widget.html"),
    }


def short_link(page: Page) -> Files:
    """One for all languages; it leads to the German page, which leads to the others."""
    told = page.told
    return {f"f/{told.story.code}/index.html": page.render("short.html")} if told.language == "de" else {}
