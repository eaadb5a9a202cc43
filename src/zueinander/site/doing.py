"""What the pages set going in the rooms below, each in one call."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zueinander.campaigns.models import Campaign
from zueinander.intake.actions import submit_form
from zueinander.introductions import actions as introductions
from zueinander.introductions.models import Ask, FollowUp, Introduction, Message
from zueinander.journal.actions import name_of, record
from zueinander.listings import actions as listings
from zueinander.listings.confirming import rest
from zueinander.listings.models import Listing, Side
from zueinander.networks.actions import looks_in_themselves, tell
from zueinander.networks.form import Answers
from zueinander.networks.texts import mail_address
from zueinander.partners.actions import consent
from zueinander.partners.models import Referral
from zueinander.people.actions import mail_keys, make_link, raise_attention
from zueinander.people.models import AgeBand, Attention, Handle, Person, PersonalLink
from zueinander.shared.config import config
from zueinander.shared.forgetting import erase as forget
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.understanding.rules import place

from .forms import ANY_DAY, SEEK_NEEDS

LOOK_AT_MINOR_WITHIN = timedelta(hours=24)


def send_new_link(*, mail: str) -> None:
    """A new link to whoever gave us this address; nothing for an unknown one. At most one an hour."""
    keys = mail_keys(mail_address(mail).casefold())
    handle = Handle.objects.select_related("person").filter(key__in=keys, gone_at=None).first()
    if handle is None:
        return
    person = handle.person
    link = config().address + reverse("site:enter", args=[make_link(person=person, use=PersonalLink.Use.OWN_PAGE)])
    with translation.override(person.lang):
        text = _("Hier ist der neue Link zu deiner Seite: %(link)s Gib ihn niemandem weiter.") % {"link": link}
        subject = _("Dein neuer Link")
    key = f"link:{person.pk}:{timezone.now():%Y%m%d%H}"
    tell(person=person, text=text, about=name_of(person), key=key, subject_line=subject)


def take_form(campaign: Campaign, answers: Answers) -> str:
    """Sent twice it is one message: the token decides. Returns a link's token for whoever left no way to write to
    them, else "": their link is sent to them."""
    post = submit_form(answers=answers, campaign=campaign)
    if post.handle is None or not looks_in_themselves(post.handle.person):
        return ""
    return make_link(person=post.handle.person, use=PersonalLink.Use.OWN_PAGE)


def answer_questions(*, listing: Listing, person: Person, answers: dict[str, Any], purposes: list[str]) -> None:
    """The person's own answers open or change their listing. A place nobody knows stays as written."""
    spot = place(answers["place"])
    seeks, keys = answers["side"] == Side.SEEK, answers["occasions"]
    days = [o.pk for o in listing.campaign.occasions.all() if o.key in keys or ANY_DAY in keys]
    given = listings.Answers(
        first_name=answers["first_name"], side=answers["side"], place=str(spot.get("name") or answers["place"]),
        country=str(spot.get("country") or ""), lat=spot.get("lat"), lon=spot.get("lon"), radius_km=listing.radius_km,
        dates=[(pk, answers["party"]) for pk in days], party=answers["party"],
        needs=_kept(listing.needs, answers["conditions"]) if seeks else [],
        accepts=[] if seeks else _kept(listing.accepts, answers["conditions"]),
        household_wish=answers["household"], household_is=answers["household_is"], age_band=answers["age_band"],
        text=answers["text"], purposes=purposes,
    )  # fmt: skip
    listings.confirm(listing, answers=given, actor=name_of(person))


def _kept(before: list[str], ticked: list[str]) -> list[str]:
    """What was ticked, and what we understood beyond the boxes of the page."""
    boxes = {key for key, _label in SEEK_NEEDS}
    return [key for key in before if key not in boxes] + ticked


@transaction.atomic
def note_minor(*, person: Person) -> None:
    """They say they are under 18: never matched, whatever stood before, and a human has a look."""
    due = timezone.now() + LOOK_AT_MINOR_WITHIN
    raise_attention(kind=Attention.Kind.BY_HAND, subject=person, person=person, deadline=due)
    Person.objects.filter(pk=person.pk).update(age_band=AgeBand.UNDER_18)
    record("said under 18", person, actor=name_of(person))
    rest(person, "under 18")


def pause(*, listing: Listing) -> None:
    """Again is harmless, and so are `resume` and `withdraw`."""
    with suppress(ForbiddenStep):
        listings.pause(listing, actor=name_of(listing.person))


def resume(*, listing: Listing) -> None:
    with suppress(ForbiddenStep):
        listings.resume(listing, actor=name_of(listing.person))


def withdraw(*, listing: Listing) -> None:
    with suppress(ForbiddenStep):
        listings.withdraw(listing, actor=name_of(listing.person))


def erase(*, person: Person) -> None:
    """Everything about the person in every room; seats they held go back to the others."""
    forget(person.pk)


def answer_referral(*, referral: Referral, yes: bool) -> None:
    """Harmless when it was answered before or has been handed over."""
    with suppress(ForbiddenStep):
        consent(referral, yes=yes, actor=name_of(referral.person))


def answer(*, ask: Ask, yes: bool) -> bool:
    """False when the proposal does not wait for an answer any more."""
    try:
        introductions.answer(ask, yes=yes, actor=name_of(ask.listing.person))
    except introductions.TooLate:
        return False
    return True


def say(*, introduction: Introduction, author: Person, text: str, token: str) -> bool:
    """False when the two do not write to each other any more."""
    try:
        introductions.write(introduction, author=author, text=text, token=token)
    except introductions.Refused:
        return False
    return True


def report(*, introduction: Introduction, by: Person, message: Message | None, text: str) -> None:
    introductions.report(introduction, by=by, text=text, message=message)


def block(*, introduction: Introduction, by: Person) -> None:
    introductions.block_other(introduction, by=by)


def answer_follow_up(*, follow_up: FollowUp, answers: dict[str, Any]) -> None:
    introductions.answer_follow_up(follow_up, actor=name_of(follow_up.person), **answers)
