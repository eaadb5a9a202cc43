"""Atom (RFC 4287), JSON Feed 1.1 and oEmbed 1.0 of a story, as bytes. Pure."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from xml.etree import ElementTree as ET

from zueinander.story.queries import ShownUpdate, Told

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LATEST = 20
WIDGET_SIZE = (360, 420)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _changed(told: Told) -> datetime:
    story = told.story
    times = [update.changed_at for update in told.updates]
    return max(filter(None, [*times, story.published_at, story.closed_at]), default=story.created_at)


def atom(told: Told, organisation: str) -> bytes:
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {LANG: told.language})
    _add(feed, "id", told.url)
    _add(feed, "title", told.title)
    if told.subtitle:
        _add(feed, "subtitle", told.subtitle)
    _add(feed, "updated", _changed(told).isoformat())
    _add(_add(feed, "author"), "name", organisation)
    _add(feed, "link", rel="alternate", href=told.url)
    _add(feed, "link", rel="self", href=f"{told.url}atom.xml")
    for update in told.updates[:LATEST]:
        _entry(feed, update)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, update: ShownUpdate) -> None:
    entry = _add(feed, "entry")
    if update.lang:
        entry.set(LANG, update.lang)
    _add(entry, "id", update.url)
    _add(entry, "title", update.title)
    _add(entry, "published", update.at.isoformat())
    _add(entry, "updated", update.changed_at.isoformat())
    _add(entry, "link", rel="alternate", href=update.url)
    _add(entry, "content", update.html or escape(update.reason), type="html")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text or None
    return child


def json_feed(told: Told, organisation: str) -> bytes:
    items = [
        {
            "id": update.url, "url": update.url, "title": update.title,
            "content_html": update.html or escape(update.reason),
            "date_published": update.at.isoformat(), "date_modified": update.changed_at.isoformat(),
        }
        for update in told.updates[:LATEST]
    ]  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": told.title, "home_page_url": told.url,
        "feed_url": f"{told.url}feed.json", "description": told.subtitle, "language": told.language,
        "authors": [{"name": organisation}], "items": items,
    }  # fmt: skip
    return _json(feed)


def widget_code(told: Told) -> str:
    """What somebody puts into their own page; no script."""
    width, height = WIDGET_SIZE
    return (
        f'<iframe src="{escape(told.url)}widget/" title="{escape(told.title)}" width="{width}" height="{height}" '
        'style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def oembed(told: Told, organisation: str, site: str, card: str) -> bytes:
    width, height = WIDGET_SIZE
    return _json(
        {
            "version": "1.0", "type": "rich", "title": told.title, "provider_name": organisation, "provider_url": site,
            "author_name": organisation, "author_url": told.url, "html": widget_code(told), "width": width,
            "height": height, "thumbnail_url": card, "thumbnail_width": 1200, "thumbnail_height": 630,
            "cache_age": 3600,
        }
    )  # fmt: skip


def figures(told: Told) -> bytes:
    """The counters alone, in cents, for the page's own script and for everybody else."""
    money = told.money
    return _json(
        {
            "currency": money.currency, "received": money.received, "returned": money.returned,
            "passed_on": money.passed_on, "on_its_way": money.on_its_way, "held": money.held, "fees": money.fees,
            "expected_proceeds": money.expected_proceeds, "gifts": money.gifts, "goal": told.goal,
            "last_statement": money.last_statement.isoformat() if money.last_statement else None,
        }
    )  # fmt: skip
