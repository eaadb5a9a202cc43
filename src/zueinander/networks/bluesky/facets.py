"""Rich text of AT Protocol posts: byte ranges with features (lexicon app.bsky.richtext.facet).

The server does not check them: offsets may lie outside the text, inside a letter, or be no numbers at all. Reading
takes only the features and never cuts a text by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TAG = "app.bsky.richtext.facet#tag"
_MENTION = "app.bsky.richtext.facet#mention"
_LINK = "app.bsky.richtext.facet#link"
_MAX_FACETS = 200
_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")
_WRITTEN_TAG = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")


def tags_and_mentions(record: Mapping[str, Any]) -> tuple[list[str], set[str]]:
    """Hashtags (facets first, then `tags`) and the DIDs mentioned; whatever is not as it should be is left out."""
    found: list[str] = []
    mentioned: set[str] = set()
    for feature in _features(record.get("facets")):
        kind, tag, did = feature.get("$type"), feature.get("tag"), feature.get("did")
        if kind == _TAG and isinstance(tag, str):
            found.append(tag)
        elif kind == _MENTION and isinstance(did, str):
            mentioned.add(did)
    extra = record.get("tags")
    if isinstance(extra, list):
        found.extend(tag for tag in extra[:_MAX_FACETS] if isinstance(tag, str))
    return found, mentioned


def _features(facets: object) -> Iterator[Mapping[str, Any]]:
    for facet in facets[:_MAX_FACETS] if isinstance(facets, list) else ():
        features = facet.get("features") if isinstance(facet, Mapping) else None
        for feature in features[:20] if isinstance(features, list) else ():
            if isinstance(feature, Mapping):
                yield feature


def facets_for(text: str, mentions: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Facets of our own text: links, hashtags, and each "@handle" whose DID `mentions` knows. Offsets are UTF-8."""
    spans: list[tuple[int, int, dict[str, str]]] = [
        (match.start(), match.end(), {"$type": _LINK, "uri": match[0]}) for match in _URL.finditer(text)
    ]
    covered = [(start, end) for start, end, _ in spans]
    spans.extend(
        (match.start(), match.end(), {"$type": _TAG, "tag": match[1]})
        for match in _WRITTEN_TAG.finditer(text)
        if not any(start <= match.start() < end for start, end in covered) and len(match[1]) <= 64
    )
    for handle, did in (mentions or {}).items():
        pattern = rf"(?<![\w.])@{re.escape(handle.lstrip('@'))}(?![\w-])"
        spans.extend(
            (match.start(), match.end(), {"$type": _MENTION, "did": did}) for match in re.finditer(pattern, text)
        )
    return [_facet(text, *span) for span in sorted(spans, key=lambda span: span[0])]


def _facet(text: str, start: int, end: int, feature: dict[str, str]) -> dict[str, Any]:
    before = len(text[:start].encode())
    return {
        "index": {"byteStart": before, "byteEnd": before + len(text[start:end].encode())},
        "features": [feature],
    }
