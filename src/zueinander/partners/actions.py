"""Handing a case to an institution, with the person's consent, and back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zueinander.journal.actions import name_of, record
from zueinander.networks.actions import find_a_way, tell
from zueinander.partners.models import OVER, REFERRING, Partner, Referral, Referring
from zueinander.people.actions import clear_attention, has_consented, make_link
from zueinander.people.models import Attention, Person, PersonalLink, Purpose, Volunteer
from zueinander.shared.config import config
from zueinander.shared.lifecycle import ForbiddenStep


@transaction.atomic
def keep_partner(
    partner: Partner | None = None,
    *,
    name: str,
    area: str = "",
    offers: str = "",
    contact: str = "",
    active: bool = True,
    by: Volunteer,
) -> Partner:
    """A partner, new or changed; without one given it is known by its name."""
    row = partner or Partner.objects.filter(name=name.strip()).first() or Partner()
    row.name, row.area, row.offers, row.contact, row.active = name.strip(), area, offers, contact, active
    row.save()
    record("partner_kept", row, actor=name_of(by))
    return row


@transaction.atomic
def refer(*, person: Person, partner: Partner, note: str, by: Volunteer) -> Referral:
    """Begins a referral, consented already when the person allows partners in general; else they are asked, in private
    and with a link of their own, and a human asks where no machine may write.

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
        REFERRING.move(referral, Referring.CONSENTED)
        record("referral_answered", referral, person, actor=name_of(person), yes=True)
    else:
        _ask(referral)
    return referral


def _ask(referral: Referral) -> None:
    """The partner's name stands on the page only: it may say more than a message should."""
    person = referral.person
    link = f"{config().address}/l/{make_link(person=person, use=PersonalLink.Use.REFERRAL, subject=referral)}"
    with translation.override(person.lang):
        text = _(
            "Wir glauben, dass jemand anderes dir besser helfen kann als wir. Dürfen wir eine Einrichtung für dich "
            "fragen? Hier steht, welche, und du sagst ja oder nein: %(link)s Ohne dein Ja geben wir nichts weiter."
        ) % {"link": link}
        subject = _("Dürfen wir für dich fragen?")
    key = f"referral:{referral.pk}"
    if tell(person=person, text=text, about=name_of(referral), key=key, subject_line=subject) is None:
        find_a_way(person=person, subject=referral)


@transaction.atomic
def consent(referral: Referral, *, yes: bool, actor: str) -> Referral:
    """The person's answer; a no ends it, also after an earlier yes while nothing has been handed over. The same answer
    again changes nothing."""
    row = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
    to = Referring.CONSENTED if yes else Referring.REFUSED
    if row.state != to:
        REFERRING.move(row, to)
        record("referral_answered", row, row.person, actor=actor, yes=yes)
        clear_attention(subject=row, kinds=[Attention.Kind.BY_HAND])
    Referral.objects.filter(pk=row.pk).update(answered_at=timezone.now())
    referral.refresh_from_db()
    return referral


@transaction.atomic
def hand_over(referral: Referral, *, by: Volunteer) -> Referral:
    """The partner has the case now. Raises `ForbiddenStep` without consent, also when it was withdrawn meanwhile."""
    row = Referral.objects.select_for_update(no_key=True).select_related("person").get(pk=referral.pk)
    if row.answered_at is None and not has_consented(row.person, Purpose.PARTNER):
        raise ForbiddenStep("They have not said yes, or took it back.")
    if row.person.stopped_at is not None:
        raise ForbiddenStep("They said stop.")
    return _step(referral, Referring.HANDED, by)


def open_questions(person: Person) -> QuerySet[Referral]:
    """Referrals the person has yet to say yes or no to."""
    return (
        Referral.objects.filter(person=person, state=Referring.CONSENT_ASKED).select_related("partner").order_by("at")
    )


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
