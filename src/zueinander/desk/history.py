"""What the journal says, in plain words: who did what, and what is worth knowing about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zueinander.desk import words
from zueinander.introductions.models import NotMet
from zueinander.journal.models import Entry
from zueinander.matching.models import Matching
from zueinander.people.models import AgeBand, Role, Volunteer

VERBS = {
    "account": lazy("das Konto in seinem Netz hat sich geändert"),
    "answered": lazy("hat auf den Vorschlag geantwortet"),
    "answered_by_hand": lazy("hat von Hand geantwortet"),
    "approved": lazy("hat den Vorschlag angenommen"),
    "arrived": lazy("hat einen Beitrag aufgenommen"),
    "asked": lazy("hat beide gefragt"),
    "asked_how_it_was": lazy("hat gefragt, wie es war"),
    "blocked": lazy("hat gesperrt: diese beiden kommen nicht mehr zusammen"),
    "changed": lazy("hat etwas geändert"),
    "cleared": lazy("hat die Aufgabe erledigt"),
    "closed": lazy("hat die Bekanntmachung beendet"),
    "closed campaign": lazy("hat die Aktion beendet"),
    "connected": lazy("hat das Konto verbunden"),
    "consented": lazy("hat gesagt, was wir dürfen"),
    "corrected": lazy("hat die Lesart berichtigt"),
    "created": lazy("hat die Aktion angelegt"),
    "deleted": lazy("hat den Beitrag gelöscht"),
    "deleted at the source": lazy("hat den Entwurf gelöscht, weil der Beitrag im Netz gelöscht ist"),
    "drafted": lazy("hat einen Entwurf gemacht"),
    "dropped": lazy("hat den Aufruf verworfen"),
    "edited": lazy("hat den geänderten Beitrag übernommen"),
    "introduced": lazy("hat die beiden bekannt gemacht"),
    "joined": lazy("ist jetzt im Team"),
    "kept silent": lazy("hat nicht geschrieben"),
    "lapsed": lazy("hat den Vorschlag zurückgenommen, weil ein anderer besser ist"),
    "noted_age": lazy("hat das Alter vermerkt"),
    "opened": lazy("hat das Gesuch oder Angebot bestätigt"),
    "opened campaign": lazy("hat die Aktion gestartet"),
    "partner_kept": lazy("hat die Partnereinrichtung gespeichert"),
    "pasted": lazy("hat den Beitrag eingefügt"),
    "paused": lazy("lässt das Gesuch oder Angebot ruhen"),
    "proposed": lazy("hat einen Vorschlag gemacht"),
    "published": lazy("hat den Aufruf veröffentlicht"),
    "queued": lazy("hat eine Nachricht bereitgelegt"),
    "read": lazy("hat den Beitrag gelesen"),
    "referral_answered": lazy("hat zur Weitergabe geantwortet"),
    "referral_begun": lazy("möchte an eine Partnereinrichtung weitergeben"),
    "referral_closed": lazy("hat die Weitergabe abgeschlossen"),
    "referral_handed": lazy("hat an die Partnereinrichtung weitergegeben"),
    "referral_returned": lazy("hat vermerkt: kam von der Partnereinrichtung zurück"),
    "referral_taken": lazy("hat vermerkt: die Partnereinrichtung hat übernommen"),
    "refused": lazy("konnte die Nachricht nicht senden"),
    "rejected": lazy("hat den Vorschlag abgelehnt"),
    "released": lazy("hat die beiden wieder freigegeben"),
    "reported": lazy("hat etwas gemeldet"),
    "rested": lazy("hat Gesuche und Angebote ruhen lassen"),
    "rested_minor": lazy("hat das Gesuch ruhen lassen: unter 18"),
    "resumed": lazy("hat das Gesuch oder Angebot wieder geöffnet"),
    "said under 18": lazy("hat gesagt: unter 18"),
    "sent": lazy("hat die Nachricht gesendet"),
    "set_by_hand": lazy("hat die beiden von Hand zusammengestellt"),
    "settled": lazy("hat beide Zusagen eingetragen"),
    "settled report": lazy("hat sich um die Meldung gekümmert"),
    "settled send": lazy("hat geklärt, ob die Nachricht ankam"),
    "stopped": lazy("hat Stopp gesagt"),
    "taken_over": lazy("hat den Fall übernommen"),
    "told_how_it_was": lazy("hat erzählt, wie es war"),
    "unclear": lazy("weiß nicht, ob die Nachricht ankam"),
    "undelivered": lazy("hat die Nachricht als unzustellbar zurückbekommen"),
    "weighed": lazy("hat die Gewichte geändert"),
    "withdrawn": lazy("hat das Gesuch oder Angebot zurückgezogen"),
    "wrote": lazy("hat der anderen Person geschrieben"),
}  # fmt: skip
REASONS = {
    "blocked": lazy("gesperrt"), "erased": lazy("Daten gelöscht"), "feeling": lazy("kein gutes Gefühl"),
    "known": lazy("kennen sich schon"), "listing": lazy("zurückgezogen"), "merged": lazy("dieselbe Person"),
    "minor": lazy("unter 18"), "no": lazy("eine Absage"), "other": lazy("etwas anderes"),
    "over": lazy("der Anlass ist vorbei"), "same": lazy("dieselbe Person"), "silence": lazy("keine Antwort"),
    "stop": lazy("hat Stopp gesagt"), "stopped": lazy("hat Stopp gesagt"), "team": lazy("vom Team beendet"),
    "too_far": lazy("zu weit"), "under 18": lazy("unter 18"), "wishes": lazy("die Wünsche passen nicht"),
    "no account of ours reaches them": lazy("kein Konto von uns erreicht sie"),
    "they said stop": lazy("hat Stopp gesagt"), "their account is gone": lazy("das Konto gibt es nicht mehr"),
    "a human looks first: somebody may be in danger": lazy("erst schaut ein Mensch: vielleicht in Gefahr"),
    "under 18: only a human writes": lazy("unter 18: nur ein Mensch schreibt"),
    "they never turned to us": lazy("hat sich nie an uns gewandt"),
    "the network's time to answer is over": lazy("die Frist des Netzes ist vorbei"),
    "empty or too long for the network": lazy("leer oder zu lang für das Netz"),
}  # fmt: skip
_FIELDS = {
    "age": lazy("Alter"), "danger": lazy("Gefahr"), "intent": lazy("Absicht"), "minor": lazy("unter 18"),
    "needs": lazy("Bedarf"), "people": lazy("Personenzahl"), "places": lazy("Ort"), "when": lazy("Anlass"),
}  # fmt: skip
_BASES = {
    "direct": lazy("Nachricht an uns"), "form": lazy("Formular"), "hashtag": lazy("nur mit Hashtag"),
    "mention": lazy("erwähnt uns"), "pasted": lazy("eingefügt"), "reply": lazy("Antwort an uns"),
}  # fmt: skip


def _named(table: Mapping[str, Any]) -> Callable[[Any], str]:
    return lambda value: str(table.get(value, value))


def _each(table: Mapping[str, Any]) -> Callable[[Any], str]:
    return lambda values: ", ".join(str(table.get(value, value)) for value in values)


def _only_if(sentence: Any) -> Callable[[Any], str]:
    return lambda value: str(sentence) if value else ""


def _yes_or_no(value: Any) -> str:
    return _("ja") if value else _("nein")


def _nothing(value: Any) -> str:
    return ""


DETAILS: dict[str, Callable[[Any], str]] = {
    "about": _nothing, "as_sent": lambda value: _("angekommen") if value else _("kam nicht an"),
    "automatic": _only_if(lazy("automatisch")), "band": _named(dict(AgeBand.choices)), "basis": _named(_BASES),
    "danger": lambda value: "" if value == "none" else str(words.DANGERS.get(value, value)),
    "felt_wrong": _only_if(lazy("etwas fühlte sich falsch an")), "fields": _each(_FIELDS), "had": _nothing,
    "intent": _named(words.INTENTS), "met": lambda value: _("getroffen: %s") % words.answer(value),
    "minor": _only_if(lazy("unter 18")), "network": str, "not_met": _named(dict(NotMet.choices)),
    "permanent": _only_if(lazy("auf Dauer")), "purposes": _each(words.PURPOSES), "reason": _named(REASONS),
    "role": _named(dict(Role.choices)), "side": _named(words.SIDES), "status": str,
    "to": _named(dict(Matching.choices)),
    "waiting": lambda value: _("%d warten") % value, "warnings": _each(words.WARNINGS), "why": _named(REASONS),
    "values": lambda value: ", ".join(f"{words.WEIGHTS.get(k, k)} {v:g}" for k, v in value.items()),
    "yes": _yes_or_no,
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One line of a case's history."""

    at: datetime
    who: str
    what: str
    detail: str


def verb(entry: Entry) -> str:
    """What was done; some verbs mean something else of another kind of row."""
    kind = entry.subjects[0].partition(":")[0] if entry.subjects else ""
    return str(VERBS.get(f"{entry.verb} {kind}") or VERBS.get(entry.verb) or entry.verb.replace("_", " "))


def detail(entry: Entry, team: Mapping[str, str]) -> str:
    said = [DETAILS[name](value) for name, value in entry.detail.items() if name in DETAILS]
    if "had" in entry.detail:
        said.append(_("vorher bei %s") % team.get(entry.detail["had"].partition(":")[2], _("Team")))
    return ", ".join(filter(None, said))


def events(entries: Iterable[Entry]) -> list[Event]:
    """The journal's entries as a history, in the order given."""
    rows = list(entries)
    actors = {e.actor for e in rows} | {e.detail["had"] for e in rows if "had" in e.detail}
    keys = {a.partition(":")[2] for a in actors if a.startswith("volunteer:")}
    team = {str(v.pk): str(v) for v in Volunteer.objects.filter(pk__in=keys)}

    def who(actor: str) -> str:
        kind, __, key = actor.partition(":")
        return {"volunteer": team.get(key, _("Team")), "person": _("die Person")}.get(kind, _("die Maschine"))

    return [Event(e.at, who(e.actor), verb(e), detail(e, team)) for e in rows]
