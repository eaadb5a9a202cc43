"""Finding somebody by place, name or address. Names lie sealed, so they are read one by one, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from zueinander.desk.naming import known_as
from zueinander.listings.models import Listing
from zueinander.networks.registry import KEYS
from zueinander.people.actions import handle_key
from zueinander.people.models import Handle, Person

SHOWN = 50
NAMES_READ = 20_000


@dataclass(frozen=True)
class Found:
    person: Person
    who: str
    listings: list[Listing]


@dataclass(frozen=True)
class Answer:
    """`whole`: everybody was looked at; else only the newest `NAMES_READ`."""

    people: list[Found]
    whole: bool


def people(asked: str) -> Answer:
    """Up to 50 people, those whose place it is first."""
    keys = list(dict.fromkeys([*_by_place(asked), *_by_address(asked)]))[:SHOWN]
    names, whole = _by_name(asked.casefold(), SHOWN - len(keys))
    keys = list(dict.fromkeys([*keys, *names]))
    rows = Person.objects.filter(pk__in=keys).prefetch_related("handles", "listings__campaign")
    by_key = {row.pk: row for row in rows}
    found = [Found(by_key[key], known_as(by_key[key]), list(by_key[key].listings.all())) for key in keys]
    return Answer(found, whole)


def _by_place(asked: str) -> Iterator[UUID]:
    rows = Listing.objects.filter(place__icontains=asked).order_by("-created_at")
    yield from rows.values_list("person_id", flat=True)[:SHOWN]


def _by_address(asked: str) -> Iterator[UUID]:
    """A network's own id or a mail address, which a blind index knows."""
    index = [handle_key(network, asked) for network in KEYS]
    yield from Handle.objects.filter(key__in=index).values_list("person_id", flat=True)[:SHOWN]


def _by_name(asked: str, most: int) -> tuple[list[UUID], bool]:
    """Only the columns with names are unsealed."""
    people = Person.objects.order_by("-created_at").values_list("pk", "first_name")[: NAMES_READ + 1]
    handles = Handle.objects.order_by("-person__created_at").values_list("person_id", "visible_name", "address")
    shown = ((key, f"{name}\n{address}") for key, name, address in handles[: NAMES_READ + 1])
    found = [key for key, names in chain(people, shown) if asked in names.casefold()]
    unique = list(dict.fromkeys(found))
    return unique[: max(0, most)], len(people) <= NAMES_READ and len(unique) <= most
