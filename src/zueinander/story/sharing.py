"""Words for passing the story on, each within the rules of its network. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from zueinander.story.rules import short


@dataclass(frozen=True, slots=True)
class Network:
    """`link`: what an address counts there, whatever its length; None: as many characters as it has; 0: no links."""

    name: str
    length: int
    link: int | None
    tags: bool = True


NETWORKS = (
    Network("Mastodon", 500, 23),
    Network("Bluesky", 300, None),
    Network("X", 280, 23),
    Network("Threads", 500, None),
    Network("Facebook", 2_000, None),
    Network("Instagram", 2_200, 0),
    Network("LinkedIn", 3_000, None),
    Network("WhatsApp", 700, None, tags=False),
)


def count(network: Network, text: str, url: str) -> int:
    """Length as the network counts it: graphemes, addresses by its own rule; X counts wide characters twice."""
    parts = regex.findall(r"\X", text.replace(url, "") if network.link is not None else text)
    wide = sum(1 for part in parts if network.name == "X" and ord(part[0]) > 0x10FF and part[0] not in "„“”‚‘’–—…€")
    return len(parts) + wide + (network.link or 0) * text.count(url)


def share_texts(*, title: str, words: str, url: str, hashtags: list[str]) -> list[tuple[Network, str]]:
    """For each network a text with title, as much of the words as fits, address and hashtags."""
    return [(network, _text(network, title, words, url, hashtags)) for network in NETWORKS]


def _text(network: Network, title: str, words: str, url: str, hashtags: list[str]) -> str:
    tags = " ".join(f"#{tag}" for tag in hashtags) if network.tags else ""
    end = "\n\n".join(filter(None, [url if network.link != 0 else "Link im Profil", tags]))
    for room in range(len(words), 19, -10):
        text = "\n\n".join([title, short(words, room), end])
        if count(network, text, url) <= min(network.length, 600):
            return text
    return "\n\n".join([short(title, max(20, min(network.length, 600) - count(network, f"\n\n{end}", url))), end])
