"""The words behind each conclusion: a text cut at the evidence of its reading. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as lazy

_KINDS = {
    "danger": lazy("Gefahr"), "place": lazy("Ort"), "when": lazy("Termin"), "contact": lazy("Kontakt"),
    "cue": lazy("Absicht"), "need": lazy("Bedarf"),
}  # fmt: skip
_FIELDS = (
    ("danger_evidence", "danger"), ("places", "place"), ("when", "when"), ("contact", "contact"),
    ("needs_evidence", "need"), ("cues", "cue"),
)  # fmt: skip


class Piece(NamedTuple):
    """A stretch of a text. `kinds`: class names of what it led to, "" for nothing; `label`: what ends here."""

    text: str
    kinds: str = ""
    label: str = ""


class Span(NamedTuple):
    start: int
    end: int
    kind: str


def pieces(text: str, found: Mapping[str, Any]) -> list[Piece]:
    """Spans may overlap or hold one another. Joined, the pieces are the text again, whatever the offsets say."""
    spans = sorted({span for span in _spans(found) if 0 <= span.start < span.end <= len(text)})
    cuts = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    made, standing, waiting = [], list[Span](), iter(spans)
    following = next(waiting, None)
    for start, end in pairwise(cuts):
        while following and following.start <= start:
            standing.append(following)
            following = next(waiting, None)
        ending = [span for span in standing if span.end == end]
        made.append(Piece(text[start:end], _names(standing), _labels(ending)))
        standing = [span for span in standing if span.end > end]
    return made


def _names(spans: Iterable[Span]) -> str:
    return " ".join(dict.fromkeys(span.kind for span in spans))


def _labels(spans: Iterable[Span]) -> str:
    return ", ".join(dict.fromkeys(str(_KINDS[span.kind]) for span in spans))


def _spans(found: Mapping[str, Any]) -> Iterator[Span]:
    for name, kind in _FIELDS:
        for item in found.get(name) or ():
            if isinstance(item, Mapping) and type(item.get("start")) is int and type(item.get("end")) is int:
                yield Span(item["start"], item["end"], kind)
