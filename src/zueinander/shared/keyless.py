"""Texts without the keys in them: what a personal link or an invitation opens is nobody else's."""

from __future__ import annotations

import re

_KEYS = re.compile(r"(/l/|/einladung/|/familie/|/newsletter/ja/|/newsletter/ab/|/zahlung/)[^\s/?#\"'<>]+")


def keyless(text: str) -> str:
    """The same with "…" for what comes after the addresses that take a key."""
    return _KEYS.sub(r"\1…", text)
