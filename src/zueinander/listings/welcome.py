"""The one automatic answer: thanks, what happens next, and the personal link, said in private."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from zueinander.intake.models import Post
from zueinander.journal.actions import name_of, record
from zueinander.listings.models import Listing, Standing
from zueinander.networks import registry
from zueinander.networks.actions import find_a_way, looks_in_themselves, tell
from zueinander.networks.models import Send, Sending
from zueinander.people.actions import make_link, raise_attention, revoke_links
from zueinander.people.models import Attention, Person, PersonalLink, Volunteer
from zueinander.shared.config import config

ENTRY = "/l/"
"""Where a personal link begins (site's address "enter")."""
OWN_WORDS = 180
"""Characters of a campaign's own welcome that fit beside the rest in the shortest network."""


def link_for(person: Person, use: str, listing: Listing | None = None) -> str:
    return f"{config().address}{ENTRY}{make_link(person=person, use=use, subject=listing)}"


def greet(listing: Listing, post: Post, person: Person) -> None:
    """Answers a wish once; where no machine may answer, a human is asked to. Again changes nothing.

    Many write in one thread, below a call of ours say: each of them gets their own answer.
    """
    if _has_link(person, listing) or looks_in_themselves(person):
        return
    send = None
    if post.automatic_allowed:
        send = tell(
            person=person, text=_text(listing, person), about=name_of(listing), key=f"welcome:{listing.pk}:{post.pk}",
            subject_line=_subject(person), interaction=f"{person.pk}:{post.thread or post.key}",
        )  # fmt: skip
    if send is None:
        within: timedelta = registry.network(post.network).rules.answer_within
        raise_attention(
            kind=Attention.Kind.BY_HAND, subject=post, person=person,
            deadline=(post.posted_at or post.arrived_at) + within,
        )  # fmt: skip


def _has_link(person: Person, listing: Listing) -> bool:
    """In private: a hint left in public carried none."""
    sends = Send.objects.filter(person=person, about=name_of(listing), kind="direct", automatic=True)
    return sends.exclude(state=Sending.REFUSED).exists()


def _text(listing: Listing, person: Person) -> str:
    with translation.override(person.lang):
        first = listing.campaign.welcome[:OWN_WORDS].strip() or _(
            "Danke, deine Nachricht ist da. Ein Mensch liest sie."
        )
        if listing.state == Standing.DRAFT:
            link = link_for(person, PersonalLink.Use.QUESTIONS, listing)
            second = _("Damit wir jemanden für dich finden, beantworte bitte vier kurze Fragen: %(link)s")
        else:
            link = link_for(person, PersonalLink.Use.OWN_PAGE)
            second = _("Hier siehst du, wie es steht, und kannst alles ändern oder löschen: %(link)s")
        third = _("Der Link gehört nur dir. Schreibst du „Stopp“, schreiben wir dir nicht mehr.")
        return f"{first} {second % {'link': link}}\n{third}"


def _subject(person: Person) -> str:
    with translation.override(person.lang):
        return _("Deine Nachricht ist da")


def _new_link(person: Person) -> str:
    with translation.override(person.lang):
        return _("Hier ist der neue Link zu deiner Seite: %(link)s Gib ihn niemandem weiter.") % {
            "link": link_for(person, PersonalLink.Use.OWN_PAGE)
        }


@transaction.atomic
def renew_links(person: Person, *, by: Volunteer, key: str) -> bool:
    """A lost link: no link of theirs opens anything any more, and one new one goes to them in their own network.

    False when nothing lets us write to them; then a human finds a way. The same `key` again changes nothing.
    """
    key = f"renewed:{key}"
    if Send.objects.filter(idempotency_key=key).exists():
        return True
    revoke_links(person=person)
    send = tell(
        person=person, text=_new_link(person), about=name_of(person), key=key, subject_line=_new_link_subject(person),
        automatic=False,
    )  # fmt: skip
    if send is None:
        revoke_links(person=person)  # the new one too: nobody has it
        find_a_way(person=person, subject=person)
    record("links_renewed", person, actor=name_of(by))
    return send is not None


@transaction.atomic
def hand_link(person: Person, *, by: Volunteer) -> str:
    """The address of a fresh link to their page, for a volunteer to hand on to somebody we cannot write to, after
    making sure that it is them. Every link before ends; the address is stored nowhere."""
    revoke_links(person=person)
    record("link_handed_out", person, actor=name_of(by))
    return link_for(person, PersonalLink.Use.OWN_PAGE)


def _new_link_subject(person: Person) -> str:
    with translation.override(person.lang):
        return _("Neuer Link")


def send_link(person: Person, post: Post) -> None:
    """They asked for their link again."""
    send = tell(
        person=person, text=_new_link(person), about=name_of(person), key=f"link:{post.pk}",
        subject_line=_new_link_subject(person), interaction=f"link:{post.pk}",
    )  # fmt: skip
    if send is None:
        find_a_way(person=person, subject=post)
