"""What the reader's tags are called: needs, interests, languages and households, in words for people."""

from __future__ import annotations

from functools import cache

from babel import Locale
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as lazy

from zueinander.listings.models import Household, HouseholdIs

LANGUAGE = "language:"
TAGS = {
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
_SIGNED = {"dgs": lazy("Deutsche Gebärdensprache")}  # no written language, so the lists of names do not have it
_HOUSEHOLDS = {**dict(HouseholdIs.choices), **dict(Household.choices)}


def tag(name: str) -> str:
    """ "mit Hund", "Persisch" (of "language:fa"); what nobody has named stays as it is."""
    if name.startswith(LANGUAGE):
        return language(name.removeprefix(LANGUAGE))
    return str(TAGS.get(name, name))


def language(code: str) -> str:
    """A language's name in the language people read now, with a capital."""
    known = Locale.parse(get_language() or "de", sep="-").languages.get(code, "")
    return str(_SIGNED.get(code, "")) or known[:1].upper() + known[1:] or code


@cache
def german(name: str) -> str:
    """A tag as our reasons name it, which are written once for all who read them."""
    with override("de"):
        return tag(name)


@cache
def german_household(name: str) -> str:
    with override("de"):
        return str(_HOUSEHOLDS.get(name, name))
