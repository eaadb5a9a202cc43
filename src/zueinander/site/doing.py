"""What the pages set going in the rooms below, each in one call."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zueinander.campaigns.models import Campaign
from zueinander.introductions.models import Ask, FollowUp, Introduction, Message
from zueinander.journal.actions import name_of, record
from zueinander.listings.models import Listing
from zueinander.networks.actions import tell
from zueinander.networks.form.adapter import Answers, mail_address
from zueinander.people.actions import handle_key, make_link
from zueinander.people.models import AgeBand, Handle, Person, PersonalLink
from zueinander.shared.config import config


def send_new_link(*, mail: str) -> None:
    """A new link to whoever gave us this address; nothing for an unknown one. At most one an hour."""
    address = mail_address(mail).casefold()
    keys = [handle_key("form", f"mailto:{address}"), handle_key("mail", address), handle_key("mail", f"mailto:{address}")]
    handle = Handle.objects.select_related("person").filter(network__in=["form", "mail"], key__in=keys, gone_at=None).first()
    if handle is None:
        return
    person = handle.person
    link = config().address + reverse("site:enter", args=[make_link(person=person, use=PersonalLink.Use.OWN_PAGE)])
    with translation.override(person.lang):
        text = _("Hier ist der neue Link zu deiner Seite: %(link)s Gib ihn niemandem weiter.") % {"link": link}
        subject = _("Dein neuer Link")
    key = f"link:{person.pk}:{timezone.now():%Y%m%d%H}"
    tell(person=person, text=text, about=name_of(person), key=key, subject_line=subject)


def take_form(campaign: Campaign, answers: Answers) -> None:
    from zueinander.intake import actions

    actions.take_form(campaign=campaign, answers=answers)


def answer_questions(*, listing: Listing, person: Person, answers: dict[str, Any], purposes: list[str]) -> None:
    from zueinander.listings import actions

    actions.answer_questions(listing=listing, answers=answers, purposes=purposes)


def note_minor(*, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(age_band=AgeBand.UNDER_18)
    record("said under 18", person, actor=name_of(person))


def pause(*, listing: Listing) -> None:
    from zueinander.listings import actions

    actions.pause(listing=listing)


def resume(*, listing: Listing) -> None:
    from zueinander.listings import actions

    actions.resume(listing=listing)


def withdraw(*, listing: Listing) -> None:
    from zueinander.listings import actions

    actions.withdraw(listing=listing)


def erase(*, person: Person) -> None:
    from zueinander.people import actions

    actions.erase(person=person)


def answer(*, ask: Ask, yes: bool) -> None:
    from zueinander.introductions import actions

    actions.answer(ask=ask, yes=yes)


def say(*, introduction: Introduction, author: Person, text: str, token: str) -> bool:
    from zueinander.introductions import actions

    return bool(actions.say(introduction=introduction, author=author, text=text, token=token))


def report(*, introduction: Introduction, by: Person, message: Message | None, text: str) -> None:
    from zueinander.introductions import actions

    actions.report(introduction=introduction, by=by, message=message, text=text)


def block(*, introduction: Introduction, by: Person, other: Person) -> None:
    from zueinander.introductions import actions

    actions.block(introduction=introduction, by=by)


def answer_follow_up(*, follow_up: FollowUp, **answers: Any) -> None:
    from zueinander.introductions import actions

    actions.answer_follow_up(follow_up=follow_up, **answers)
