"""How the desk says things: spans of time, needs, doubts, verdicts. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from zueinander.listings.words import TAGS, tag

NEEDS, need = TAGS, tag
INTENTS = {
    "seek": lazy("sucht Gesellschaft"), "offer": lazy("bietet Platz an"),
    "both": lazy("sucht oder bietet"), "amplify": lazy("teilt weiter"),
    "thanks": lazy("bedankt sich"), "comment": lazy("kommentiert"),
    "spam": lazy("Werbung"), "crisis": lazy("in Not"), "other": lazy("etwas anderes"),
}  # fmt: skip
DANGERS = {
    "none": lazy("keine Gefahr"), "distress": lazy("belastet"), "acute": lazy("akute Gefahr"),
}  # fmt: skip
COMMON_NEEDS = ("dog", "kids", "wheelchair", "non-smoker", "vegetarian", "alcohol-free")
PURPOSES = {"match": lazy("vermitteln"), "share": lazy("zeigen"), "partner": lazy("Partner einbeziehen")}
SIDES = {"seek": lazy("Gesuch"), "offer": lazy("Angebot")}
WARNINGS = {
    "messenger": lazy("will zu einem Messenger"), "link": lazy("Link"), "iban": lazy("Kontonummer"),
    "gift_card": lazy("Gutschein"), "money": lazy("Geld"),
}  # fmt: skip
VERDICTS = {
    "safe": lazy("Kann jetzt entschieden werden: Warten bringt erfahrungsgemäß niemandem mehr."),
    "open": lazy(
        "Lieber einen Tag offen lassen: Erfahrungsgemäß kommt noch, was besser passt, oder wer den Platz nötiger hat."
    ),
    "soon": lazy("Jetzt entscheiden: Der Tag ist nah."),
}  # fmt: skip
APART = {
    "same": lazy("Das ist dieselbe Person."), "minor": lazy("Jemand von beiden ist unter 18."),
    "stopped": lazy("Jemand von beiden hat Stopp gesagt."), "merged": lazy("Das ist dieselbe Person."),
    "blocked": lazy("Diese beiden sind gesperrt."), "past": lazy("Der Anlass ist vorbei."),
    "listing": lazy("Eines von beiden ist nicht mehr offen."),
}  # fmt: skip
WEIGHTS = {
    "closeness": lazy("Nähe"), "closeness_km": lazy("Nähe zählt nur noch ein gutes Drittel nach (km)"),
    "interests": lazy("Gemeinsames"), "preference": lazy("Wunschtag"), "waiting": lazy("Wartezeit"),
    "waiting_full_days": lazy("Wartezeit zählt voll nach (Tagen)"), "languages": lazy("Gemeinsame Sprache"),
    "household": lazy("Wunschhaushalt"), "hard_to_place": lazy("Schwer zu Vermittelnde zuerst"),
    "hard_party": lazy("Schwer zu vermitteln: Gruppen ab (Personen)"),
    "hard_population": lazy("Schwer zu vermitteln: Orte mit weniger Menschen als"),
    "keep": lazy("Vorschläge nicht ohne Not ändern"),
    "detour_factor": lazy("Weg auf der Straße, so viel Mal die Luftlinie"),
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


def at_once() -> str:
    return _("Antwort sofort")


def answer(given: str) -> str:
    return {"yes": _("ja"), "no": _("nein")}.get(given, _("keine Angabe"))


def together(one: str, other: str, occasion: str, place: str) -> str:
    """ "Mira und Jost: Heiligabend, Worms"."""
    return _("%(one)s und %(other)s") % {"one": one, "other": other} + ": " + ", ".join(filter(None, (occasion, place)))


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
    names = list(dict.fromkeys(place.get("name", "") for place in found.get("places") or ()))
    if len(names) > 1:
        said.append(_("Mehrere Orte genannt: %s.") % ", ".join(names))
    if found.get("intent") in ("seek", "offer", "both"):
        if not found.get("places"):
            said.append(_("Kein Ort gefunden."))
        if not found.get("when"):
            said.append(_("Kein Anlass gefunden."))
    return said


def apart(reason: str) -> str:
    """Why two listings cannot be put together."""
    return str(APART.get(reason, _("Über diese beiden ist schon entschieden.")))


def more(number: int) -> str:
    """What a change would bring, in people with company."""
    if number == 0:
        return _("Das ändert nicht, wie viele Gesellschaft haben.")
    if number < 0:
        fewer = -number
        return (
            ngettext("%d Mensch weniger hätte Gesellschaft.", "%d Menschen weniger hätten Gesellschaft.", fewer) % fewer
        )
    return ngettext("%d Mensch mehr hätte Gesellschaft.", "%d Menschen mehr hätten Gesellschaft.", number) % number


def bonus(hard: int, told: Mapping[str, Any]) -> list[str]:
    """What serving the hard to place first brought, and its price."""
    found, plain = told["hard_with"], told["hard_without"]
    said = [_("%(n)d von %(all)d mit Vorschlag.") % {"n": found, "all": hard}]
    if found == plain:
        said.append(_("Ohne Vorrang wären es genauso viele."))
    else:
        said.append(_("Ohne Vorrang wären es %d.") % plain)
    fewer = told["matched_without"] - told["matched_with"]
    if fewer > 0:
        lost = ngettext(
            "Dafür bleibt %d anderer Mensch ohne Vorschlag.", "Dafür bleiben %d andere Menschen ohne Vorschlag.", fewer
        )
        said.append(lost % fewer)
    percent = 100 * told["price"]
    if percent < 0.005:
        said.append(_("Der Vorrang kostet nichts."))
    else:
        price = formats.localize(round(percent, 2), use_l10n=True)
        said.append(_("Der Vorrang kostet %s %% davon, wie gut alle zusammenpassen.") % price)
    return said
