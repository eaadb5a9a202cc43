"""How the desk says things: spans of time, evidence in a text, what the journal's verbs mean. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

INTENTS = {
    "seek": lazy("sucht Gesellschaft"), "offer": lazy("bietet Platz an"),
    "both": lazy("sucht oder bietet"), "amplify": lazy("teilt weiter"),
    "thanks": lazy("bedankt sich"), "comment": lazy("kommentiert"),
    "spam": lazy("Werbung"), "crisis": lazy("in Not"), "other": lazy("etwas anderes"),
}  # fmt: skip
DANGERS = {
    "none": lazy("keine Gefahr"), "distress": lazy("belastet"), "acute": lazy("akute Gefahr"),
}  # fmt: skip
NEEDS = {
    "dog": lazy("mit Hund"), "cat": lazy("mit Katze"), "animals": lazy("mit Tier"),
    "no-animals": lazy("ohne Tiere"), "children": lazy("mit Kindern"), "smoker": lazy("raucht"),
    "non-smoker": lazy("rauchfrei"), "wheelchair": lazy("rollstuhlgerecht"),
    "no-stairs": lazy("ohne Treppen"), "vegetarian": lazy("vegetarisch"), "vegan": lazy("vegan"),
    "gluten-free": lazy("glutenfrei"), "lactose-free": lazy("laktosefrei"),
    "alcohol-free": lazy("ohne Alkohol"), "overnight": lazy("mit Übernachtung"),
    "allergy": lazy("Allergie"), "women-only": lazy("nur Frauen"),
}  # fmt: skip
_KINDS = {
    "place": lazy("Ort"), "when": lazy("Termin"), "danger": lazy("Gefahr"),
    "contact": lazy("Kontakt"), "seek": lazy("sucht"), "offer": lazy("bietet"),
}  # fmt: skip
_VERBS = {
    "stopped": lazy("hat Stopp gesagt"), "consented": lazy("hat eingewilligt"),
    "blocked": lazy("gesperrt"), "joined": lazy("ist im Team"), "cleared": lazy("erledigt"),
    "answered_by_hand": lazy("von Hand beantwortet"), "noted_minor": lazy("als unter 18 vermerkt"),
    "created": lazy("angelegt"), "changed": lazy("geändert"), "read": lazy("gelesen"),
    "corrected": lazy("Lesart berichtigt"), "sent": lazy("gesendet"),
    "refused": lazy("Versand abgelehnt"), "proposed": lazy("vorgeschlagen"),
    "approved": lazy("Vorschlag angenommen"), "rejected": lazy("Vorschlag verworfen"),
    "asked": lazy("beide gefragt"), "answered": lazy("hat geantwortet"),
    "introduced": lazy("bekannt gemacht"), "paused": lazy("ruht"), "resumed": lazy("wieder offen"),
    "withdrawn": lazy("zurückgezogen"), "confirmed": lazy("bestätigt"), "stored": lazy("eingegangen"),
    "reported": lazy("gemeldet"), "settled": lazy("geklärt"), "pasted": lazy("eingefügt"),
    "listed": lazy("aufgenommen"), "referred": lazy("Weitergabe erbeten"),
    "opened": lazy("geöffnet"), "closed": lazy("beendet"), "queued": lazy("Nachricht bereitgelegt"),
    "connected": lazy("verbunden"), "deleted": lazy("gelöscht"), "edited": lazy("geändert"),
}  # fmt: skip


def span(length: timedelta) -> str:
    """ "3 Std.", "2 Tage", "gerade eben": one unit, rounded down."""
    minutes = int(abs(length.total_seconds()) // 60)
    if minutes < 1:
        return _("unter 1 Min.")
    if minutes < 60:
        return _("%d Min.") % minutes
    if minutes < 48 * 60:
        return _("%d Std.") % (minutes // 60)
    return _("%d Tage") % (minutes // (24 * 60))


def deadline(left: timedelta) -> str:
    """The answer deadline as a fact, before and after it."""
    if left.total_seconds() < 0:
        return _("Antwortfrist seit %s vorbei") % span(left)
    return _("Antwortfrist %s") % span(left)


def need(name: str) -> str:
    return str(NEEDS.get(name, name))


def verb(name: str) -> str:
    return str(_VERBS.get(name, name.replace("_", " ")))


class Piece(NamedTuple):
    """A stretch of a text; `kind` is "" for words that led to nothing, else a class name; `label` says it in German."""

    text: str
    kind: str = ""
    label: str = ""


def pieces(text: str, found: Mapping[str, Any]) -> list[Piece]:
    """The text cut at the evidence of a reading. Joined, the pieces are the text again, whatever the offsets say."""
    done, cut = 0, []
    for start, end, kind in sorted(_spans(found)):
        if not done <= start < end <= len(text):
            continue  # overlapping, empty or outside: the text itself matters more
        cut += [Piece(text[done:start]), Piece(text[start:end], kind, str(_KINDS.get(kind, kind)))]
        done = end
    cut.append(Piece(text[done:]))
    return [p for p in cut if p.text]


def _spans(found: Mapping[str, Any]) -> Iterable[tuple[int, int, str]]:
    for name, kind in (("danger_evidence", "danger"), ("places", "place"), ("when", "when"), ("contact", "contact")):
        for item in found.get(name) or ():
            if isinstance(item, Mapping) and type(item.get("start")) is int and type(item.get("end")) is int:
                yield item["start"], item["end"], kind
    for item in found.get("cues") or ():
        if isinstance(item, Mapping) and item.get("kind") in ("seek", "offer"):
            yield int(item["start"]), int(item["end"]), str(item["kind"])


def doubt(found: Mapping[str, Any], confidence: float) -> list[str]:
    """What the reader is not sure of, in sentences; empty when all is well."""
    said = []
    if confidence < 0.6:
        said.append(_("Nicht sicher, was gemeint ist (%d %%).") % round(confidence * 100))
    said += [
        _("%s: Es gibt mehrere Orte dieses Namens.") % place.get("name", "")
        for place in found.get("places") or ()
        if place.get("confidence", 1) < 0.6
    ]
    if found.get("intent") in ("seek", "offer", "both"):
        if not found.get("places"):
            said.append(_("Kein Ort gefunden."))
        if not found.get("when"):
            said.append(_("Kein Anlass gefunden."))
    return said
