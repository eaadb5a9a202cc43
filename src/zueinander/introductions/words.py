"""What people receive from us about a proposal and an introduction: German and English, short, always with a way on.

They carry words of another person, so they go out in private only (`networks.actions.tell`). Subjects name nobody: they
lie readable in our database and in mailboxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

QUOTED = 160  # characters of the other's own words; all of them are on the page behind the link


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str


_TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "ask": {
        "de": (
            "Jemand für {occasion}?",
            "Hallo {me}, vielleicht haben wir jemanden für dich: {other}{area}, {occasion}.{words} "
            "Magst du? Sag bis {deadline} ja oder nein: {link} Erst wenn ihr beide ja sagt, stellen "
            "wir euch einander vor.",
        ),
        "en": (
            "Company for {occasion}?",
            "Hello {me}, we may have somebody for you: {other}{area}, {occasion}.{words} "
            "Would you like that? Say yes or no until {deadline}: {link} Only when both of you say yes "
            "do we introduce you.",
        ),
    },
    "remind": {
        "de": (
            "Noch offen: {occasion}",
            "Hallo {me}, wir warten noch auf dein Ja oder Nein für {occasion}, bis {deadline}. Beides "
            "ist in Ordnung: {link}",
        ),
        "en": (
            "Still open: {occasion}",
            "Hello {me}, we are waiting for your yes or no for {occasion}, until {deadline}. Both are fine: {link}",
        ),
    },
    "not_this_time": {
        "de": (
            "{occasion}: wir suchen weiter",
            "Hallo {me}, aus dem Vorschlag für {occasion} wird leider nichts. Das liegt nicht an dir. "
            "Wir suchen weiter und "
            "melden uns. Deine Seite: {link}",
        ),
        "en": (
            "{occasion}: we keep looking",
            "Hello {me}, the proposal for {occasion} did not work out. It is not about you. We keep "
            "looking and will write "
            "to you. Your page: {link}",
        ),
    },
    "no_answer": {
        "de": (
            "{occasion}: keine Antwort",
            "Hallo {me}, wir haben zu {occasion} nichts von dir gehört und den Platz wieder frei "
            "gegeben. Wir suchen weiter "
            "für dich. Wenn du das nicht mehr möchtest, sag es hier: {link}",
        ),
        "en": (
            "{occasion}: no answer",
            "Hello {me}, we have not heard from you about {occasion} and let the place go. We keep "
            "looking for you. If you "
            "do not want that any more, tell us here: {link}",
        ),
    },
    "resting": {
        "de": (
            "{occasion}: wir machen eine Pause",
            "Hallo {me}, wir haben wieder nichts von dir gehört. Damit niemand vergeblich auf dich wartet, ruht dein "
            "Eintrag jetzt. Das ist in Ordnung. Magst du wieder dabei sein, genügt ein Klick auf deiner Seite: {link}",
        ),
        "en": (
            "{occasion}: we pause for now",
            "Hello {me}, again we have not heard from you. So that nobody waits for you in vain, your entry rests now. "
            "That is fine. If you want to join again, one click on your page is enough: {link}",
        ),
    },
    "introduced": {
        "de": (
            "Ihr habt euch: {occasion}",
            "Hallo {me}, {other} und du habt beide ja gesagt zu {occasion}. Hier könnt ihr einander schreiben: {link}",
        ),
        "en": (
            "You have each other: {occasion}",
            "Hello {me}, {other} and you both said yes to {occasion}. Here you can write to each other: {link}",
        ),
    },
    "message": {
        "de": (
            "Eine Nachricht für dich",
            "Hallo {me}, {other} hat dir geschrieben. Hier liest du es und antwortest: {link}",
        ),
        "en": ("A message for you", "Hello {me}, {other} has written to you. Read it and answer here: {link}"),
    },
    "over": {
        "de": (
            "{occasion}: Bekanntmachung beendet",
            "Hallo {me}, eure Bekanntmachung für {occasion} ist beendet; bitte geh nicht davon aus, "
            "dass ihr euch trefft. "
            "Deine Seite: {link}",
        ),
        "en": (
            "{occasion}: introduction ended",
            "Hello {me}, your introduction for {occasion} has ended; please do not count on meeting. Your page: {link}",
        ),
    },
    "how_was_it": {
        "de": (
            "Wie war es?",
            "Hallo {me}, wie war {occasion}? Habt ihr euch getroffen, war es gut, hat sich etwas falsch angefühlt? "
            "Drei kurze Fragen: {link}",
        ),
        "en": (
            "How was it?",
            "Hello {me}, how was {occasion}? Did you meet, was it good, did something feel wrong? "
            "Three short questions: {link}",
        ),
    },
}
_SOMEBODY = {"de": "jemand", "en": "somebody"}
_NEAR = {"de": " aus der Gegend {place}", "en": " from the area of {place}"}
_SAYS = {"de": " „{text}“", "en": " “{text}”"}
NAMES = frozenset(_TEXTS)


def language(lang: str) -> str:
    return "en" if lang == "en" else "de"


def shortened(text: str, most: int = QUOTED) -> str:
    """One line of at most `most` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(",.;: ") + "…"


def day(occasion_name: str, on: date) -> str:
    return f"{occasion_name} ({on.day}.{on.month}.)" if occasion_name else f"{on.day}.{on.month}."


def moment(at: datetime, lang: str) -> str:
    """A deadline as people say it, in local time."""
    return f"{at:%d.%m.}, {at:%H:%M} Uhr" if language(lang) == "de" else f"{at.day} {at:%B}, {at:%H:%M}"


def say(
    name: str, lang: str, *, me: str, link: str, occasion: str, other: str = "", place: str = "", own_words: str = "",
    deadline: str = "",
) -> Words:  # fmt: skip
    """The words called `name` for somebody who reads `lang`. The other's name, place and words may be empty."""
    code = language(lang)
    subject, text = _TEXTS[name][code]
    values = {
        "me": me, "link": link, "occasion": occasion, "deadline": deadline, "other": other or _SOMEBODY[code],
        "area": _NEAR[code].format(place=place) if place else "",
        "words": _SAYS[code].format(text=shortened(own_words)) if own_words.strip() else "",
    }  # fmt: skip
    return Words(subject.format(**values)[:200], _tidy(text.format(**values), me))


def _tidy(text: str, me: str) -> str:
    return text if me else text.replace("Hallo ,", "Hallo,", 1).replace("Hello ,", "Hello,", 1)
