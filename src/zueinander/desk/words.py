"""How the desk says things: spans of time, needs, doubts, verdicts. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

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
    "dog": lazy("mit Hund"), "cat": lazy("mit Katze"), "animals": lazy("mit Tieren"),
    "no-animals": lazy("ohne Tiere"), "kids": lazy("mit Kindern"), "smoker": lazy("raucht"),
    "non-smoker": lazy("rauchfrei"), "wheelchair": lazy("mit Rollstuhl"), "no-stairs": lazy("ohne Treppen"),
    "vegetarian": lazy("vegetarisch"), "vegan": lazy("vegan"), "gluten-free": lazy("glutenfrei"),
    "lactose-free": lazy("laktosefrei"), "halal": lazy("halal"), "kosher": lazy("koscher"),
    "alcohol-free": lazy("ohne Alkohol"), "overnight": lazy("mit Übernachtung"), "allergy": lazy("Allergie"),
    "women": lazy("nur Frauen"), "men": lazy("nur Männer"), "quiet": lazy("ruhig"), "faith": lazy("gläubig"),
    "lgbtq": lazy("queer"), "no-dating": lazy("keine Partnersuche"), "no-fireworks": lazy("ohne Böller"),
    "pickup": lazy("abholen"), "free": lazy("kostenlos"), "boardgames": lazy("Brettspiele"), "games": lazy("Spiele"),
    "cards": lazy("Karten"), "food": lazy("Essen"), "baking": lazy("Backen"), "music": lazy("Musik"),
    "walks": lazy("Spazieren"), "films": lazy("Filme"), "books": lazy("Bücher"), "talk": lazy("Reden"),
    "senior": lazy("älter"), "students": lazy("Studierende"), "single-parent": lazy("alleinerziehend"),
    "widowed": lazy("verwitwet"), "newcomer": lazy("neu zugezogen"), "deaf": lazy("gehörlos"), "blind": lazy("blind"),
    "driver": lazy("mit Auto"), "parents": lazy("Eltern"), "refugee": lazy("geflüchtet"),
    "hospital": lazy("im Krankenhaus"), "chronic-illness": lazy("chronisch krank"), "autism": lazy("Autismus"),
    "anxiety": lazy("Ängste"), "muslim": lazy("muslimisch"), "jewish": lazy("jüdisch"), "rpg": lazy("Rollenspiele"),
    "crafts": lazy("Handarbeit"), "sport": lazy("Sport"), "nature": lazy("Natur"), "clothes": lazy("Kleidung"),
    "furniture": lazy("Möbel"), "paperwork": lazy("Papierkram"), "translation": lazy("Übersetzen"),
    "violence": lazy("Gewalt"), "homeless": lazy("ohne Wohnung"), "shopping": lazy("Einkaufen"),
    "repairs": lazy("Reparieren"), "snow": lazy("Schneeräumen"), "childcare": lazy("Kinder betreuen"),
    "visit": lazy("Besuch"),
}  # fmt: skip
COMMON_NEEDS = ("dog", "kids", "wheelchair", "non-smoker", "vegetarian", "alcohol-free")
PURPOSES = {"match": lazy("vermitteln"), "share": lazy("zeigen"), "partner": lazy("Partner einbeziehen")}
SIDES = {"seek": lazy("Gesuch"), "offer": lazy("Angebot")}
WARNINGS = {
    "messenger": lazy("will zu einem Messenger"), "link": lazy("Link"), "iban": lazy("Kontonummer"),
    "gift_card": lazy("Gutschein"), "money": lazy("Geld"),
}  # fmt: skip
VERDICTS = {
    "safe": lazy("Kann jetzt entschieden werden: Das kostet niemanden etwas."),
    "contested": lazy("Lieber einen Tag offen lassen: Jemand ohne Gesellschaft könnte auch auf diesem Platz sitzen."),
    "better_possible": lazy("Lieber einen Tag offen lassen: Es zeichnet sich etwas Besseres ab."),
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
    "keep": lazy("Vorschläge nicht ohne Not ändern"),
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
