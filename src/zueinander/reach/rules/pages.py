"""What a page says of itself: title, outlet and day, by schema.org (JSON-LD) or OpenGraph, else by its `<title>`.

Sources: schema.org `Article` with `headline`, `publisher`, `datePublished`; ogp.me with `og:title`, `og:site_name`,
`article:published_time`. Whatever is missing or unreadable is empty; nothing raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

import orjson
from lxml import etree, html

DEEPEST = 4
MOST_THINGS = 200


@dataclass(frozen=True, slots=True)
class Described:
    outlet: str = ""
    title: str = ""
    published_on: date | None = None


def described(body: bytes, type: str, url: str, zone: tzinfo) -> Described:
    """`type`: the content type as it came. `zone`: where the day is taken. The outlet is at least the host's name."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    tree = _tree(body, type) if "html" in type else None
    if tree is None:
        return Described(outlet=host)
    article = next(_articles(tree), {})
    graph = {tag.get("property") or tag.get("name") or "": tag.get("content") or "" for tag in tree.iter("meta")}
    publisher = article.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    return Described(
        outlet=_first(named, graph.get("og:site_name"), host),
        title=_first(article.get("headline"), graph.get("og:title"), tree.findtext(".//title")),
        published_on=_day(article.get("datePublished"), zone) or _day(graph.get("article:published_time"), zone),
    )


def _tree(body: bytes, type: str) -> Any:
    encoding = type.partition("charset=")[2].split(";")[0].strip(" \"'") or None
    try:
        parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    except LookupError:
        parser = html.HTMLParser(no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            said = orjson.loads(script.text or "")
        except orjson.JSONDecodeError:
            continue
        for thing in list(_things(said, DEEPEST))[:MOST_THINGS]:
            kinds = thing.get("@type")
            if any(isinstance(kind, str) and kind.endswith(("Article", "Posting")) for kind in _list(kinds)):
                yield thing


def _things(said: Any, deep: int) -> Iterator[dict[str, Any]]:
    if isinstance(said, dict):
        yield said
        said = [said.get("@graph"), said.get("mainEntity"), said.get("mainEntityOfPage")]
    if isinstance(said, list) and deep:
        for one in said[:MOST_THINGS]:
            yield from _things(one, deep - 1)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(*words: Any) -> str:
    """The first that says something, on one line, without control characters."""
    for word in words:
        told = "".join(c if c.isprintable() else " " for c in word) if isinstance(word, str) else ""
        if told.split():
            return " ".join(told.split())
    return ""


def _day(said: Any, zone: tzinfo) -> date | None:
    if not isinstance(said, str):
        return None
    try:
        moment = datetime.fromisoformat(said.strip())
        return (moment.astimezone(zone) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None
