"""Sentences about pairs and about those without one, made from the very terms and rules that decided."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from .instance import Instance
from .result import Language, Nearest
from .scoring import common_interests, rank_of, travel_km

_TEXT: dict[str, dict[Language, str]] = {
    "near": {"de": "{km} km Weg.", "en": "{km} km to travel."},
    "here": {"de": "Fast nebenan, unter 1 km Weg.", "en": "Almost next door, less than 1 km to travel."},
    "interests": {"de": "Gemeinsam: {names}.", "en": "In common: {names}."},
    "first": {"de": "Das ist der Wunschtermin: {day}.", "en": "This is the occasion they asked for first: {day}."},
    "later": {"de": "Termin nach Wunsch Nummer {rank}: {day}.", "en": "Their choice number {rank}: {day}."},
    "pin_day": {"de": "Von Hand gesetzt für {day}.", "en": "Set by hand for {day}."},
    "waiting": {"de": "Wartet seit {days} Tagen.", "en": "Waiting for {days} days."},
    "waiting1": {"de": "Wartet seit einem Tag.", "en": "Waiting for one day."},
    "languages": {"de": "Gemeinsame Sprache: {names}.", "en": "Common language: {names}."},
    "household": {"de": "Der Haushalt ist wie gewünscht: {name}.", "en": "The household is as wished: {name}."},
    "pinned": {"de": "Von Hand festgelegt.", "en": "Set by hand."},
    "override": {"de": "Bewusst trotz: {names}.", "en": "Deliberately despite: {names}."},
    "minor": {
        "de": "Unter {age} Jahren: hier vermittelt nie die Maschine.",
        "en": "Under {age}: never matched by the machine.",
    },
    "no_occasion": {"de": "Es ist noch kein Termin genannt.", "en": "No occasion is named yet."},
    "no_host": {"de": "Für {days} gibt es noch kein Angebot.", "en": "There is no offer for {days} yet."},
    "distance": {
        "de": "Kein passender Platz im Umkreis von {radius} km für {days}",
        "en": "No fitting place within {radius} km for {days}",
    },
    "rules": {"de": "Kein Platz für {days}, der alles erfüllt", "en": "No place for {days} that meets everything"},
    "taken": {
        "de": "Alle {n} passenden Plätze für {days} sind für andere vorgesehen, "
        "die sonst allein blieben oder weniger Auswahl haben",
        "en": "All {n} fitting places for {days} are kept for others who would otherwise be alone or have less choice",
    },
    "taken1": {
        "de": "Der eine passende Platz für {days} ist für jemanden vorgesehen, der sonst allein bliebe "
        "oder weniger Auswahl hat",
        "en": "The one fitting place for {days} is kept for somebody who would otherwise be alone or has less choice",
    },
    "nearest": {
        "de": "; der nächste passende ist am {day}{place}, {far}.",
        "en": "; the nearest fitting one is on {day}{place}, {far}.",
    },
    "closest": {
        "de": "; am nächsten kommt ein Angebot für {day}{place}, {far}, dort passt nicht: {misses}.",
        "en": "; the closest is an offer for {day}{place}, {far}, which fails on: {misses}.",
    },
    "place": {"de": " in {name}", "en": " in {name}"},
    "far": {"de": "{km} km", "en": "{km} km away"},
    "next_door": {"de": "weniger als 1 km", "en": "less than 1 km away"},
}
_RULES: dict[str, dict[Language, str]] = {
    "adult": {"de": "Volljährigkeit", "en": "being of age"},
    "occasion": {"de": "der Termin", "en": "the occasion"},
    "seats": {"de": "die Zahl der Plätze", "en": "the number of seats"},
    "distance": {"de": "die Entfernung", "en": "the distance"},
    "conditions": {"de": "was gebraucht wird", "en": "what is needed"},
    "requires": {"de": "eine Bedingung der Gastgebenden", "en": "a condition of the hosts"},
    "age": {"de": "das Alter", "en": "the age"},
    "forbidden": {"de": "von Hand ausgeschlossen", "en": "ruled out by hand"},
}


def say(key: str, language: Language, **values: object) -> str:
    """A sentence; a date at its end brings its own full stop."""
    return re.sub(r"\.\.$", ".", _TEXT[key][language].format(**values))


def kilometres(km: float, language: Language) -> str:
    """Whole kilometres, one decimal below ten."""
    if km >= 9.95:
        return str(round(km))
    text = f"{km:.1f}"
    return text.replace(".", ",") if language == "de" else text


def day(name: str, language: Language) -> str:
    """An occasion as people say it: `2026-12-24` is "24.12." in German: a season has a day once."""
    parts = re.fullmatch(r"(?:(\d{4})-)?(\d{2})-(\d{2})", name)
    if parts is None or language == "en":
        return name
    return f"{int(parts[3])}.{int(parts[2])}."


def days(names: Sequence[str], language: Language) -> str:
    """Several occasions, joined with "oder"."""
    told = [day(name, language) for name in names]
    link = " oder " if language == "de" else " or "
    return told[0] if len(told) == 1 else ", ".join(told[:-1]) + link + told[-1]


def rule_names(rules: Sequence[str], language: Language) -> str:
    return ", ".join(_RULES[rule][language] for rule in rules)


def reasons(
    instance: Instance, seeker: int, host: int, occasion: int, terms: Mapping[str, float], language: Language = "de"
) -> list[str]:
    """One sentence for the way and one for every other term above 0, the weightiest first.

    A term that adds nothing is not mentioned, so what is said always speaks for the score.
    """
    told = [
        (terms[name], text) for name, text in _sentences(instance, seeker, host, occasion, language) if terms[name] > 0
    ]
    told.sort(key=lambda pair: -pair[0])
    return [text for _, text in told]


def _sentences(instance: Instance, seeker: int, host: int, occasion: int, language: Language) -> list[tuple[str, str]]:
    s, h, names = instance.seekers, instance.hosts, instance.vocabulary
    one, two, three = (np.array([row], dtype=np.int64) for row in (seeker, host, occasion))
    km = float(travel_km(instance, one, two)[0])
    rank = int(rank_of(instance, one, three)[0])
    date = day(names.occasions[occasion], language)
    waited = math.floor(s.waiting_days[seeker])
    out = [("closeness", say("here", language) if km < 1 else say("near", language, km=kilometres(km, language)))]
    if common_interests(instance, one, two)[0]:
        both = s.interests[seeker] & h.interests[host]
        out.append(("interests", say("interests", language, names=", ".join(_bits(both, names.interests)))))
    if rank >= 0:
        out.append(("preference", say("first" if rank == 0 else "later", language, day=date, rank=rank + 1)))
    if waited >= 1:
        out.append(("waiting", say("waiting1" if waited == 1 else "waiting", language, days=waited)))
    tongues = _bits(np.array([s.languages[seeker] & h.languages[host]]), names.languages)
    if tongues:
        out.append(("languages", say("languages", language, names=", ".join(tongues))))
    if s.household[seeker] >= 0 and s.household[seeker] == h.household[host]:
        out.append(("household", say("household", language, name=names.households[s.household[seeker]])))
    return out


def _bits(words: Sequence[np.uint64] | np.ndarray, names: Sequence[str]) -> list[str]:
    return [name for n, name in enumerate(names) if int(words[n // 64]) >> (n % 64) & 1]


def pin_reasons(instance: Instance, overridden: Sequence[str], language: Language) -> list[str]:
    """What is said about a pair set by hand."""
    out = [say("pinned", language)]
    if overridden:
        out.append(say("override", language, names=rule_names(overridden, language)))
    return out


def unmatched_reason(
    instance: Instance,
    seeker: int,
    code: str,
    fitting: int,
    nearest: Nearest | None,
    host: int,
    language: Language = "de",
) -> str:
    """Why a seeker stays without company. Codes: minor, no_occasion, no_host, distance, rules, taken."""
    s, names = instance.seekers, instance.vocabulary.occasions
    if code == "minor":
        return say("minor", language, age=round(instance.weights.adult_age))
    if code == "no_occasion":
        return say("no_occasion", language)
    wanted = days([names[o] for o in s.occ[s.occ_ptr[seeker] : s.occ_ptr[seeker + 1]]], language)
    told = "taken1" if code == "taken" and fitting == 1 else code
    text = say(told, language, days=wanted, radius=kilometres(float(s.radius_km[seeker]), language), n=fitting)
    if nearest is None:
        return text if text.endswith(".") else text + "."
    text = text.removesuffix(".") if code == "no_host" else text
    name = instance.hosts.places[host]
    where = say("place", language, name=name) if name else ""
    date = day(nearest.occasion, language)
    far = say("next_door" if nearest.km < 1 else "far", language, km=kilometres(nearest.km, language))
    key = "closest" if set(nearest.misses) - {"occasion", "distance"} else "nearest"
    return text + say(key, language, day=date, place=where, far=far, misses=rule_names(nearest.misses, language))
