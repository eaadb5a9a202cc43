"""Every write about people: handles, stops, consents, blocks, links, invitations, attention."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from itertools import product

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.people.models import (
    Apart,
    Attention,
    Block,
    Consent,
    Handle,
    Invitation,
    Person,
    PersonalLink,
    Purpose,
    Role,
    Stop,
    Volunteer,
)
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.sealed import blind_index

LINK_LIFETIME = timedelta(days=60)
INVITATION_LIFETIME = timedelta(days=7)


def handle_key(network: str, native_id: str) -> str:
    return blind_index("handle", network, native_id.strip().lower() if network in ("mail", "form") else native_id)


def mail_keys(address: str) -> list[str]:
    """The keys a mail address has as a handle, whether they wrote from it or gave it in the form."""
    whole = f"mailto:{address}"
    return [handle_key("form", whole), handle_key("mail", address), handle_key("mail", whole)]


@transaction.atomic
def meet(*, network: str, native_id: str, visible_name: str = "", address: str = "", url: str = "") -> Handle:
    """The handle of somebody in a network, with its person; made the first time, its shown name renewed later."""
    key = handle_key(network, native_id)
    found = Handle.objects.select_related("person").filter(network=network, key=key).first()
    if found is None:
        try:
            with transaction.atomic():
                apart_from = _apart_from(key)
                stop = Stop.objects.filter(network=network, key=key).first()
                person = Person.objects.create(stopped_at=stop.at if stop else None)
                made = Handle.objects.create(
                    person=person, network=network, key=key, native_id=native_id, visible_name=visible_name,
                    address=address, url=url,
                )  # fmt: skip
                for other in Person.objects.filter(handles__key__in=apart_from).distinct():
                    block(one=person, other=other, actor=MACHINE)
                return made
        except IntegrityError:
            found = Handle.objects.select_related("person").get(network=network, key=key)
    address, url = address or found.address, url or found.url
    if visible_name and (found.visible_name, found.address, found.url) != (visible_name, address, url):
        found.visible_name, found.address, found.url, found.gone_at = visible_name, address, url, None
        found.save(update_fields=["visible_name", "address", "url", "gone_at"])
    return found


@transaction.atomic
def stop(*, person: Person, actor: str) -> None:
    """They said stop: final, on every handle, and remembered after erasure. Again is harmless."""
    for handle in person.handles.all():
        Stop.objects.get_or_create(network=handle.network, key=handle.key)
    if Person.objects.filter(pk=person.pk, stopped_at=None).update(stopped_at=timezone.now()):
        record("stopped", person, actor=actor)
    person.refresh_from_db()


@transaction.atomic
def give_consent(*, person: Person, purposes: list[str]) -> None:
    """Consents to exactly these purposes stand afterwards; others are withdrawn."""
    for purpose in Purpose.values:
        if purpose in purposes:
            Consent.objects.get_or_create(person=person, purpose=purpose, withdrawn_at=None)
        else:
            withdraw_consent(person=person, purpose=purpose)
    record("consented", person, actor=name_of(person), purposes=sorted(purposes))


def withdraw_consent(*, person: Person, purpose: str) -> None:
    Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=timezone.now())


def has_consented(person: Person, purpose: str) -> bool:
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).exists()


def block(*, one: Person, other: Person, actor: str) -> Block:
    """The two are never put together again, also when one of them is forgotten and comes back. Again is harmless."""
    first, second = sorted((one, other), key=lambda p: p.pk)
    row, made = Block.objects.get_or_create(first=first, second=second, defaults={"made_by": actor})
    if made:
        keep_apart(row)
        record("blocked", first, second, actor=actor)
    return row


def keep_apart(block: Block) -> None:
    """Fingerprints of both people's addresses as they are now; they stay when block and people are forgotten."""
    pairs = product(_keys_of(block.first), _keys_of(block.second))
    ordered = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    Apart.objects.bulk_create([Apart(one=one, other=other) for one, other in sorted(ordered)], ignore_conflicts=True)


def _keys_of(person: Person) -> set[str]:
    """By which they would be met again; a mail address is the same in a mail and in the form."""
    keys = set[str]()
    for handle in person.handles.all():
        address = handle.native_id.strip().lower().removeprefix("mailto:")
        keys |= {handle.key, *(mail_keys(address) if handle.network in ("mail", "form") and "@" in address else ())}
    return keys


def _apart_from(key: str) -> list[str]:
    """Fingerprints of the addresses this one is kept apart from. Locked, so that of two who come back at the same
    moment the second finds the first."""
    rows = Apart.objects.select_for_update(no_key=True).filter(models.Q(one=key) | models.Q(other=key)).order_by("pk")
    return [row.other if row.one == key else row.one for row in rows]


def are_blocked(one: Person, other: Person) -> bool:
    first, second = sorted((one.pk, other.pk))
    return Block.objects.filter(first=first, second=second).exists()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(*, person: Person, use: str, subject: models.Model | None = None) -> str:
    """A new personal link's token (43 characters); it is shown once and stored only as a hash."""
    token = secrets.token_urlsafe(32)
    PersonalLink.objects.create(
        token_hash=_hash(token), person=person, use=use, subject=name_of(subject) if subject else "",
        expires_at=timezone.now() + LINK_LIFETIME,
    )  # fmt: skip
    return token


def open_link(token: str) -> PersonalLink | None:
    """The link of a token, or None when it is unknown, expired or revoked."""
    return (
        PersonalLink.objects.select_related("person")
        .filter(token_hash=_hash(token), revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )


def revoke_links(*, person: Person) -> None:
    PersonalLink.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())


def invite(*, role: str = Role.VOLUNTEER, invited_by: Volunteer | None = None) -> str:
    """Token of a new invitation to the team."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        token_hash=_hash(token), role=role, invited_by=invited_by, expires_at=timezone.now() + INVITATION_LIFETIME
    )
    return token


def standing_invitation(token: str) -> Invitation | None:
    return Invitation.objects.filter(token_hash=_hash(token), used_at=None, expires_at__gt=timezone.now()).first()


class InvitationGone(Exception):  # noqa: N818
    """The invitation was used, has expired or never was."""


@transaction.atomic
def accept_invitation(token: str, user: Volunteer) -> Volunteer:
    """Saves the new team member in the invitation's role; an invitation works once."""
    found = (
        Invitation.objects.select_for_update(no_key=True)
        .filter(token_hash=_hash(token), used_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if found is None:
        raise InvitationGone
    user.role = found.role
    user.save()
    found.used_at, found.used_by = timezone.now(), user
    found.save(update_fields=["used_at", "used_by"])
    record("joined", user, actor=name_of(user), role=user.role)
    return user


@transaction.atomic
def take_out(volunteer: Volunteer, *, by: Volunteer) -> None:
    """Out of the team from this moment: no session of theirs opens anything any more, nobody joins by a link they made,
    and what they had in hand is free for others. Nobody does so to themselves, so somebody always stays."""
    if volunteer.pk == by.pk:
        raise ForbiddenStep("Nobody takes themselves out.")
    Volunteer.objects.filter(pk=volunteer.pk).update(is_active=False)
    Attention.objects.filter(claimed_by=volunteer).update(claimed_by=None, claimed_until=None)
    Invitation.objects.filter(invited_by=volunteer, used_at=None).update(expires_at=timezone.now())
    record("left", volunteer, actor=name_of(by))


def raise_attention(
    *, kind: str, subject: models.Model, deadline: datetime, person: Person | None = None, urgent: bool = False
) -> Attention:
    """A line in the desk's queue; while it is open, raising it again only makes it sooner or more urgent."""
    row, made = Attention.objects.get_or_create(
        kind=kind, subject=name_of(subject), cleared_at=None,
        defaults={"person": person, "deadline": deadline, "urgent": urgent},
    )  # fmt: skip
    if not made and (deadline < row.deadline or (urgent and not row.urgent)):
        row.deadline, row.urgent = min(deadline, row.deadline), urgent or row.urgent
        row.save(update_fields=["deadline", "urgent"])
    return row


def clear_attention(*, subject: models.Model, kinds: list[str] | None = None, by: Volunteer | None = None) -> int:
    """Clears the open lines about a row; returns how many there were."""
    rows = Attention.objects.filter(subject=name_of(subject), cleared_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    count = rows.update(cleared_at=timezone.now(), cleared_by=by)
    if count:
        record("cleared", subject, actor=name_of(by) if by else MACHINE)
    return count
