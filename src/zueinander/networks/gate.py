"""Gathers from the tables what the consent gate wants to know."""

from __future__ import annotations

from zueinander.networks import registry
from zueinander.networks.models import Account, WayBack
from zueinander.networks.port import Rules
from zueinander.networks.rules import Facts
from zueinander.people.models import Attention, Handle, Person, Stop


def rules_of(account: Account) -> Rules:
    return registry.network(account.network).rules


def facts_about(*, person: Person | None, handle: Handle | None, kind: str, text: str, automatic: bool) -> Facts:
    """As the tables stand now: a stop or a danger of a moment ago counts."""
    way = WayBack.objects.filter(handle=handle).first() if handle else None
    return Facts(
        kind=kind,
        text=text,
        automatic=automatic,
        to_somebody=person is not None or handle is not None,
        stopped=_stopped(person, handle),
        gone=handle is not None and handle.gone_at is not None,
        in_danger=person is not None and in_danger(person),
        minor=person is not None and person.is_minor,
        turned_to_us_at=way.at if way else None,
    )


def _stopped(person: Person | None, handle: Handle | None) -> bool:
    if person is not None and Person.objects.filter(pk=person.pk, stopped_at__isnull=False).exists():
        return True
    return handle is not None and Stop.objects.filter(network=handle.network, key=handle.key).exists()


def in_danger(person: Person) -> bool:
    """Whether a human has yet to look at words of theirs that may mean danger."""
    return Attention.objects.filter(person=person, kind=Attention.Kind.DANGER, cleared_at=None).exists()
