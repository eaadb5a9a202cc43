"""Queues what people receive about a proposal or an introduction, each with a personal link of its own."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone

from zueinander.introductions.words import day, moment, say
from zueinander.journal.actions import name_of
from zueinander.listings.models import Listing
from zueinander.matching.models import Match
from zueinander.networks import actions as sending
from zueinander.networks.models import SENDING, Send, Sending
from zueinander.people.actions import has_consented, make_link
from zueinander.people.models import Purpose
from zueinander.shared.config import config
from zueinander.shared.lifecycle import ForbiddenStep


def tell(
    name: str,
    match: Match,
    to: Listing,
    *,
    use: str,
    subject: models.Model | None,
    deadline: datetime | None = None,
    key: str = "",
) -> Send | None:
    """Says the words called `name` to one side of a match; the same key is said once. None: nothing lets the machine
    write, and a human is asked to find a way, unless they said stop.

    The other's name, area and words are in it only as far as the other consented to show them.
    """
    key = key or f"{name}:{name_of(subject or match)}:{to.pk}"
    known = Send.objects.filter(idempotency_key=key).first()
    if known:
        return known
    other = match.offer if to.pk == match.seek_id else match.seek
    shown = has_consented(other.person, Purpose.SHARE)
    person = to.person
    link = f"{config().address}/l/{make_link(person=person, use=use, subject=subject)}"
    until = moment(timezone.localtime(deadline), person.lang) if deadline else ""
    words = say(
        name, person.lang, me=person.first_name, link=link, occasion=day(match.occasion.name, match.occasion.on),
        other=other.person.first_name if shown else "", place=other.place if shown else "",
        own_words=other.text if shown else "", deadline=until,
    )  # fmt: skip
    send = sending.tell(
        person=person, text=words.text, about=name_of(subject or match), key=key, subject_line=words.subject
    )
    if send is None:
        sending.find_a_way(person=person, subject=subject or to, deadline=deadline)
    return send


def hush(to: Listing, subjects: list[models.Model]) -> None:
    """What still waits to be said to somebody about these rows is not said any more."""
    waiting = Send.objects.filter(person=to.person, about__in=[name_of(s) for s in subjects], state=Sending.QUEUED)
    for send in waiting:
        try:
            SENDING.move(send, Sending.REFUSED, reason="blocked", finished_at=timezone.now())
        except ForbiddenStep:
            continue  # it is on its way already
