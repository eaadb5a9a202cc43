"""The public form, filled in and sent: one message of the network "form", with its answers beside the words."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from zueinander.campaigns.models import Campaign
from zueinander.listings.models import Household, HouseholdIs
from zueinander.networks.form.adapter import Answers

from .draft import Draft
from .forms import ANY_DAY, NAMES, OFFER_ACCEPTS, SEEK_NEEDS

FIELD_OF = {
    "wunsch": "side", "alter": "age_band", "name": "first_name", "ort": "place", "anlass": "occasions",
    "personen": "party", "bedingungen": "conditions", "worte": "text", "kontakt": "mail",
}  # fmt: skip


def first_gap(draft: Draft, before: str = "einwilligung") -> str:
    """The first step before `before` that has no answer yet, or `before`."""
    for step in NAMES[: NAMES.index(before)]:
        if FIELD_OF[step] not in draft.answers:
            return step
    return before


def spoken(draft: Draft, campaign: Campaign) -> list[tuple[str, str, str]]:
    """The answers in words, with the step that changes each: (step, question, answer)."""
    given = draft.answers
    seeks = given["side"] == "seek"
    days = {o.key: o.name for o in campaign.occasions.all()} | {ANY_DAY: _("irgendein Tag")}
    needs = {key: str(label) for key, label in (SEEK_NEEDS if seeks else OFFER_ACCEPTS)}
    return [
        ("wunsch", _("Wunsch"), _("Ich suche Gesellschaft") if seeks else _("Ich habe einen Platz am Tisch")),
        ("name", _("Vorname"), given["first_name"]),
        ("alter", _("Alter"), given["age_band"].replace("75-", "75+")),
        ("ort", _("Ort"), given["place"]),
        ("anlass", _("Tage"), ", ".join(days.get(key, key) for key in given["occasions"])),
        ("personen", _("Personen") if seeks else _("Plätze"), str(given["party"])),
        ("bedingungen", _("Was passen muss"), ", ".join(needs[k] for k in given["conditions"] if k in needs) or "–"),
        ("bedingungen", _("Wer"), str(dict(Household.choices).get(given.get("household", ""), ""))),
        ("bedingungen", _("Ihr seid"), str(dict(HouseholdIs.choices).get(given.get("household_is", ""), ""))),
        ("worte", _("Deine Worte"), given["text"] or "–"),
        ("kontakt", _("Mail"), given["mail"] or _("keine")),
    ]


def message(draft: Draft, campaign: Campaign, purposes: list[str], lang: str) -> Answers:
    """What goes to intake: words that can be read like any other message, and in `extra` the answers."""
    given = draft.answers
    extra: dict[str, Any] = {
        "campaign": campaign.slug, "side": given["side"], "place": given["place"], "party": str(given["party"]),
        "occasions": " ".join(given["occasions"]), "conditions": " ".join(given["conditions"]),
        "household": given.get("household", ""), "household_is": given.get("household_is", ""),
        "age_band": given["age_band"], "consents": " ".join(purposes),
    }  # fmt: skip
    return Answers(draft.token, _sentence(given, campaign), given["first_name"], given["mail"], lang, extra)


def _sentence(given: dict[str, Any], campaign: Campaign) -> str:
    """German on purpose: it is what our reader and our volunteers read."""
    days = ", ".join(o.name for o in campaign.occasions.all() if o.key in given["occasions"]) or "einen Tag, der passt"
    count = given["party"]
    if given["side"] == "seek":
        head = f"Suche Gesellschaft für {days} in {given['place']}." + (f" Wir sind zu {count}." if count > 1 else "")
    else:
        head = f"Biete {count} {'Platz' if count == 1 else 'Plätze'} am Tisch für {days} in {given['place']}."
    labels = dict(SEEK_NEEDS if given["side"] == "seek" else OFFER_ACCEPTS)
    with translation.override("de"):
        wishes = [f"{labels[k]}." for k in given["conditions"] if k in labels]
    return "\n".join(filter(None, [head, " ".join(wishes), given["text"]]))
