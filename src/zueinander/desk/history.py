"""What the journal says, in plain words: who did what, and what is worth knowing about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zueinander.desk import words
from zueinander.desk.verbs import REASONS, VERBS
from zueinander.introductions.models import NotMet
from zueinander.journal.models import Entry
from zueinander.matching.models import Matching
from zueinander.people.models import AgeBand, Role, Volunteer

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
    "about": _nothing, "affiliate": _only_if(lazy("zahlt uns für den Klick")),
    "after": lambda value: _("nachher %s") % value, "at": _nothing,
    "as_sent": lambda value: _("angekommen") if value else _("kam nicht an"),
    "automatic": _only_if(lazy("automatisch")), "band": _named(dict(AgeBand.choices)), "basis": _named(_BASES),
    "before": lambda value: _("vorher %s") % value,
    "cents": lambda value: f"{value / 100:.2f} €".replace(".", ","),
    "child": _only_if(lazy("auch für das Kind")), "count": str,
    "danger": lambda value: "" if value == "none" else str(words.DANGERS.get(value, value)),
    "felt_wrong": _only_if(lazy("etwas fühlte sich falsch an")), "fields": _each(_FIELDS), "had": _nothing,
    "gap_settled": _only_if(lazy("die Lücke ist geklärt")),
    "intent": _named(words.INTENTS), "met": lambda value: _("getroffen: %s") % words.answer(value),
    "minor": _only_if(lazy("unter 18")), "network": str,
    "new": lambda value: _("%d neu") % value, "not_met": _named(dict(NotMet.choices)),
    "parts": lambda value: _("%d Teile") % value if value != 1 else "",
    "permanent": _only_if(lazy("auf Dauer")), "purposes": _each(words.PURPOSES), "reason": _named(REASONS),
    "role": _named(dict(Role.choices)), "side": _named(words.SIDES), "status": str,
    "rows": lambda value: _("%d Zeilen") % value,
    "same": lambda value: _("dieselbe") if value else _("eine andere"), "to": _named(dict(Matching.choices)),
    "waiting": lambda value: _("%d warten") % value, "warnings": _each(words.WARNINGS), "why": _named(REASONS),
    "values": lambda value: ", ".join(f"{words.WEIGHTS.get(k, k)} {v:g}" for k, v in value.items()),
    "what": str, "wording": str, "yes": _yes_or_no,
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
