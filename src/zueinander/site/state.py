"""How a person's case stands, in the words and the dots of their own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from zueinander.introductions.models import Answer, Ask, Introduction
from zueinander.listings.models import Listing, Standing
from zueinander.matching.models import Match, Matching
from zueinander.networks.actions import can_only_be_handed
from zueinander.people.actions import has_consented
from zueinander.people.models import Person, Purpose


@dataclass(frozen=True, slots=True)
class Case:
    """`step` of the two dots: 0 written, 1 read, 2 proposed, 3 agreed, 4 met. `tone`: good, waiting or empty."""

    listing: Listing
    step: int
    tone: str
    words: str
    next: str
    asks: list[Ask]
    introductions: list[Introduction]


def cases(person: Person) -> list[Case]:
    rows = person.listings.prefetch_related("dates__occasion").order_by("created_at")
    shown = [row for row in rows if row.state != Standing.WITHDRAWN] or list(rows)[-1:]
    return [_case(row) for row in shown]


def _case(listing: Listing) -> Case:
    live = Match.objects.filter(Q(seek=listing) | Q(offer=listing))
    asks = list(
        Ask.objects.filter(listing=listing, answer=Answer.NONE, match__state=Matching.APPROVED).order_by("deadline")
    )
    open_ones = list(
        Introduction.objects.filter(match__in=live, closed_at=None).select_related("match").order_by("opened_at")
    )
    met = Introduction.objects.filter(
        Exists(Match.objects.filter(pk=OuterRef("match_id")).filter(Q(seek=listing) | Q(offer=listing))),
        follow_ups__met=Answer.YES,
    ).exists()
    given = Ask.objects.filter(listing=listing, answer=Answer.YES, match__state=Matching.APPROVED).exists()
    return Case(listing, *_words(listing, bool(asks), given, bool(open_ones), met), asks, open_ones)


def _words(listing: Listing, asked: bool, given: bool, introduced: bool, met: bool) -> tuple[int, str, str, str]:
    still: dict[str, tuple[int, str, str, str]] = {
        Standing.WITHDRAWN: (0, "", _("Zurückgezogen"), _("Wir suchen nicht mehr für dich.")),
        Standing.DRAFT: (
            0,
            "waiting",
            _("Wir brauchen noch ein paar Antworten von dir"),
            _("Danach fangen wir an zu suchen."),
        ),
        Standing.PAUSED: (1, "", _("Gerade ist Pause"), _("Wir schlagen dir niemanden vor, bis du wieder suchst.")),
    }
    if met:
        return 4, "good", _("Ihr habt euch getroffen"), _("Schön, dass du da warst.")
    if introduced:
        return 3, "good", _("Ihr habt beide Ja gesagt"), _("Jetzt könnt ihr euch schreiben.")
    if listing.state in still:
        return still[listing.state]
    if asked:
        return 2, "waiting", _("Wir haben einen Vorschlag für dich"), _("Schau ihn dir an und sag Ja oder Nein.")
    if given:
        return 2, "waiting", _("Du hast Ja gesagt"), after_a_yes(listing.person)
    if can_only_be_handed(listing.person):
        return 1, "waiting", _("Wir suchen"), _("Sobald jemand passt, steht es hier. Schau am besten jeden Tag nach.")
    return 1, "waiting", _("Wir suchen"), _("Sobald jemand passt, schreiben wir dir. Du musst nichts weiter tun.")


def after_a_yes(person: Person) -> str:
    """What happens next, for whoever has said yes and waits for the other's answer."""
    if can_only_be_handed(person):
        return _("Sobald der andere Mensch geantwortet hat, steht es hier. Schau am besten jeden Tag nach.")
    return _("Sobald der andere Mensch geantwortet hat, schreiben wir dir.")


def other_side(listing: Listing, match: Match) -> dict[str, Any]:
    """All that one side may know of the other before both have agreed, as consented to."""
    other = match.offer if match.seek_id == listing.pk else match.seek
    shown = has_consented(other.person, Purpose.SHARE)
    return {
        "first_name": other.person.first_name if shown else "",
        "area": other.place if shown else "",
        "occasion": f"{match.occasion.name}, {match.occasion.on:%d.%m.%Y}",
        "text": other.text if shown else "",
    }
