"""Which network a link leads into, and the name of the thing behind it.

Two links to one post give one name, whatever tracking, language or app prefix they carry.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from zueinander.networks.texts import MAX_ID, web_address


class Recognised(NamedTuple):
    """`network` is a key ("instagram", "web" for anything else), `native_id` names the post, `author` may be empty."""

    network: str
    native_id: str
    author: str
    url: str


_SHAPES: tuple[tuple[str, str, str], ...] = (
    # (network, host, path): sources are the networks' own share links
    ("bluesky", r"bsky\.app", r"/profile/(?P<author>[^/]+)/post/(?P<id>[a-z0-9]+)"),
    ("x", r"(?:mobile\.)?(?:x|twitter)\.com", r"/(?P<author>[^/]+)/status(?:es)?/(?P<id>\d+)"),
    ("instagram", r"instagram\.com", r"(?:/(?P<author>[\w.]+))?/(?:p|reel|reels|tv)/(?P<id>[\w-]+)"),
    ("instagram", r"instagram\.com", r"/stories/(?P<author>[\w.]+)/(?P<id>\d+)"),
    ("threads", r"threads\.(?:net|com)", r"/(?P<author>@[\w.]+)/post/(?P<id>[\w-]+)"),
    ("tiktok", r"tiktok\.com", r"/(?P<author>@[\w.-]+)/video/(?P<id>\d+)"),
    ("telegram", r"(?:t|telegram)\.me", r"/(?:s/)?(?P<author>\w+)/(?P<id>\d+)"),
    ("facebook", r"(?:m\.|mbasic\.)?facebook\.com", r"/groups/(?P<author>[^/]+)/(?:posts|permalink)/(?P<id>\d+)"),
    ("facebook", r"(?:m\.|mbasic\.)?facebook\.com", r"/(?P<author>[^/]+)/(?:posts|videos)/(?:[^/]+/)?(?P<id>\w+)"),
    ("facebook", r"(?:m\.|mbasic\.)?facebook\.com", r"/share/(?:[pvr]/)?(?P<id>\w+)"),
    ("mastodon", r"[^/]+", r"/(?P<author>@[\w.-]+(?:@[\w.-]+)?)/(?P<id>\d{6,})"),
    ("mastodon", r"[^/]+", r"/users/(?P<author>[\w.-]+)/statuses/(?P<id>\d{6,})"),
)
_COMPILED = tuple((name, re.compile(rf"(?:www\.)?{host}"), re.compile(rf"{path}/?")) for name, host, path in _SHAPES)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|igsh|ref|ref_src|s|si|t|mibextid|share_id", re.IGNORECASE)


def recognise(link: str) -> Recognised | None:
    """What lies behind a pasted link, or None when it is no web address at all."""
    url = web_address(link.strip())
    if not url:
        return None
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removesuffix(".")
    for name, host_shape, path_shape in _COMPILED:
        if host_shape.fullmatch(host) and (match := path_shape.fullmatch(parts.path)):
            return _named(name, host, match, url)
    return _story(host, parts.query, url) or _any_page(host, parts.path, parts.query, url)


def _named(name: str, host: str, match: re.Match[str], url: str) -> Recognised:
    found = match.groupdict()
    author = (found.get("author") or "").lower()
    number = found["id"]
    if name == "mastodon":
        # a post's number is the server's own, so the server belongs to its name
        return Recognised(name, f"mastodon:{host}/{number}", "@" + author.lstrip("@") if author else "", url)
    if name in ("bluesky", "telegram"):
        return Recognised(name, f"{name}:{author}/{number}", author, url)
    return Recognised(name, f"{name}:{number}", "" if author in ("i", "groups") else author, url)


def _story(host: str, query: str, url: str) -> Recognised | None:
    if not re.fullmatch(r"(?:[\w-]+\.)?facebook\.com", host):
        return None
    values = parse_qs(query)
    for key in ("story_fbid", "fbid", "v"):
        if values.get(key):
            return Recognised("facebook", f"facebook:{values[key][0]}"[:MAX_ID], "", url)
    return None


def _any_page(host: str, path: str, query: str, url: str) -> Recognised:
    kept = urlencode(sorted((key, value) for key, value in parse_qsl(query) if not _TRACKING.fullmatch(key)))
    name = f"web:{host.removeprefix('www.')}{path.rstrip('/')}" + (f"?{kept}" if kept else "")
    return Recognised("web", name[:MAX_ID], "", url)
