"""Pure rules of the story: places for facts and pictures, Markdown to harmless HTML, texts that fit a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

import nh3
from markdown_it import MarkdownIt

PLACE = re.compile(r"\[\[([a-z0-9][a-z0-9_-]{0,39})\]\]")
PICTURE = re.compile(r"^[ \t]*!\[Bild (\d{1,9})\][ \t]*$", re.M | re.I)
"""Where a picture stands in a text: its number, alone in a line."""
_ANY_PICTURE = re.compile(r"!\[Bild[^\]\n]*\]", re.I)
_SPOT = "\ue000"  # of private use: it marks a picture's place while the Markdown around it is rendered
_BEGINS = re.compile(r"(?:(?:^|\n)\s*(?:[-*>#]+\s+)?|[.:?]\s+)\Z")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~:])")
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image").enable("table")
_TAGS = {
    "p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "hr", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SHIFT = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


def places(text: str) -> set[str]:
    """Keys of the facts a text names."""
    return set(PLACE.findall(text))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with every place filled, with a capital where a sentence begins; a place nobody knows becomes empty."""

    def said(place: re.Match[str]) -> str:
        value = facts.get(place[1], "")
        return value[:1].upper() + value[1:] if _BEGINS.search(place.string, 0, place.start()) else value

    return PLACE.sub(said, text)


def placed(text: str) -> list[int]:
    """Numbers of the pictures that stand in a text."""
    return [int(number) for number in PICTURE.findall(text)]


def astray(text: str) -> str:
    """The first mention of a picture that does not stand alone in its line, or has no number; mostly ""."""
    left = _ANY_PICTURE.search(PICTURE.sub("", text))
    return left[0] if left else ""


def html(markdown: str, facts: Mapping[str, str] | None = None, figures: Mapping[int, str] | None = None) -> str:
    """Harmless HTML: no raw HTML, no pictures from elsewhere, headings below the page's own, links that tell nobody.

    `figures`: for each picture that may be seen its HTML, as `figure` makes it; without one the text closes up.
    """
    escaped = {key: _SPECIAL.sub(r"\\\1", value) for key, value in (facts or {}).items()}
    marked = PICTURE.sub(rf"\n\n{_SPOT}\1{_SPOT}\n\n", markdown.replace(_SPOT, ""))
    rendered = _MARKDOWN.render(fill(marked, escaped))
    shifted = re.sub(r"<(/?)(h[1-6])>", lambda m: f"<{m[1]}{_SHIFT[m[2]]}>", rendered)
    clean = nh3.clean(
        shifted, tags=_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )  # fmt: skip
    shown = re.sub(rf"<p>{_SPOT}(\d+){_SPOT}</p>\n?", lambda m: (figures or {}).get(int(m[1]), ""), clean)
    return re.sub(rf"{_SPOT}\d+{_SPOT}", "", shown)


def figure(url: str, *, alt: str, caption: str, size: tuple[int, int], lang: str = "", lazy: bool = True) -> str:
    """A picture with its size, so that nothing moves when it comes. `lang`: of its words, if not the page's."""
    later = ' loading="lazy" decoding="async"' if lazy else ""
    said = f' lang="{escape(lang)}"' if lang else ""
    below = f'<figcaption class="small soft">{escape(caption)}</figcaption>' if caption else ""
    return (
        f'<figure{said}><img src="{escape(url)}" alt="{escape(alt)}" width="{size[0]}" height="{size[1]}"{later}>'
        f"{below}</figure>\n"
    )


def plain(markdown: str, facts: Mapping[str, str] | None = None) -> str:
    """The words alone, paragraphs apart by an empty line; links keep their address, pictures are left out."""
    linked = re.sub(r"\[([^\]\[]+)\]\((\S+?)\)", r"\1 (\2)", fill(PICTURE.sub("", markdown), facts or {}))
    lines = [re.sub(r"^\s{0,3}(#{1,6}|>|[*+-])\s+", "", line) for line in linked.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(\*\*|__|[*`])", "", "\n".join(lines))).strip()


def short(text: str, length: int) -> str:
    """At most `length` characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def said_openly(text: str, facts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Facts (key, text) that stand in a text as themselves instead of as a place: a withdrawal would not reach them."""
    bare = PLACE.sub("", text).casefold()
    return [
        (key, value)
        for key, value in facts
        if len(value.strip()) > 2 and re.search(rf"(?<!\w){re.escape(value.strip().casefold())}(?!\w)", bare)
    ]
