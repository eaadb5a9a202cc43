"""Handing a case to an institution, with the person's consent, and back."""

from __future__ import annotations

from django.db import transaction

from zueinander.journal.actions import name_of, record
from zueinander.partners.models import OVER, REFERRING, Partner, Referral, Referring
from zueinander.people.actions import has_consented
from zueinander.people.models import Person, Purpose, Volunteer
from zueinander.shared.lifecycle import ForbiddenStep


@transaction.atomic
def add_partner(*, name: str, area: str = "", offers: str = "", contact: str = "", by: Volunteer) -> Partner:
    """A partner by its name; again changes what is known of it."""
    values = {"area": area, "offers": offers, "contact": contact, "active": True}
    partner, _ = Partner.objects.update_or_create(name=name.strip(), defaults=values)
    record("partner_kept", partner, actor=name_of(by))
    return partner


@transaction.atomic
def refer(*, person: Person, partner: Partner, note: str, by: Volunteer) -> Referral:
    """Begins a referral, consented already when the person allows partners in general, else still to be asked.

    A standing referral of the same person to the same partner is returned as it is. Raises `ForbiddenStep` for a
    partner who takes nobody any more.
    """
    if not partner.active:
        raise ForbiddenStep("This partner takes nobody any more.")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    standing = Referral.objects.filter(person=person, partner=partner).exclude(state__in=OVER).first()
    if standing:
        return standing
    referral = Referral.objects.create(person=person, partner=partner, note=note, by=by)
    record("referral_begun", referral, person, partner, actor=name_of(by))
    if has_consented(person, Purpose.PARTNER):
        consent(referral, yes=True, actor=name_of(person))
    return referral


@transaction.atomic
def consent(referral: Referral, *, yes: bool, actor: str) -> Referral:
    """The person's answer; a no ends it, also after an earlier yes while nothing has been handed over."""
    REFERRING.move(referral, Referring.CONSENTED if yes else Referring.REFUSED)
    record("referral_answered", referral, referral.person, actor=actor, yes=yes)
    return referral


@transaction.atomic
def hand_over(referral: Referral, *, by: Volunteer) -> Referral:
    """The partner has the case now. Raises `ForbiddenStep` without consent, also when it was withdrawn meanwhile."""
    return _step(referral, Referring.HANDED, by)


def taken(referral: Referral, *, by: Volunteer) -> Referral:
    return _step(referral, Referring.TAKEN, by)


def returned(referral: Referral, *, by: Volunteer) -> Referral:
    """The way back: the partner cannot help; the case is ours again."""
    return _step(referral, Referring.RETURNED, by)


def close(referral: Referral, *, by: Volunteer) -> Referral:
    return _step(referral, Referring.CLOSED, by)


@transaction.atomic
def _step(referral: Referral, to: str, by: Volunteer) -> Referral:
    REFERRING.move(referral, to)
    record(f"referral_{to}", referral, referral.person, referral.partner, actor=name_of(by))
    return referral
