"""Every address × every role, made from the list of addresses itself: none is open that does not say so."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.desk.conftest import World, at_desk
from zueinander.house.access import OPEN_ALLAUTH, TEAM_ALLAUTH
from zueinander.people.actions import make_link
from zueinander.people.models import Volunteer
from zueinander.shared.access import Door
from zueinander.site.links import LINK_IN_SESSION

ROLES = ("anonymous", "link", "volunteer", "coordinator")
LETS_IN = {
    Door.ANYONE: set(ROLES),
    Door.LINK: {"link"},
    Door.VOLUNTEER: {"volunteer", "coordinator"},
    Door.COORDINATOR: {"coordinator"},
    None: set(),
}
EXAMPLES = {
    "UUIDConverter": str(uuid.UUID(int=7)),
    "IntConverter": "987654",
    "SlugConverter": "pause",
    "StringConverter": "x",
}


def patterns(node: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for one in node.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + example(one.pattern))
        else:
            yield before + example(one.pattern), one


def example(pattern: Any) -> str:
    """An address this pattern matches."""
    if not hasattr(pattern, "_route"):
        return re.sub(r"\(\?P<\w+>[^)]*\)", "x", str(pattern).strip("^$"))
    route = str(pattern._route)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__
        for spelled in (f"<{name}>", f"<{kind.removesuffix('Converter').lower().replace('string', 'str')}:{name}>"):
            route = route.replace(spelled, EXAMPLES[kind])
    return route


ADDRESSES = sorted({address for address, _ in patterns(get_resolver())})


def declared(address: str) -> Door | None:
    match = resolve(address)
    found = getattr(match.func, "door", None)
    if found is None and match.view_name in OPEN_ALLAUTH:
        return Door.ANYONE
    return Door(found) if found else Door.VOLUNTEER if match.view_name in TEAM_ALLAUTH else None


@pytest.fixture
def clients(world: World, ada: Volunteer, bo: Volunteer) -> dict[str, Client]:
    anonymous, person = Client(), Client()
    person.get("/l/" + make_link(person=world.seeker, use="own"))
    session = person.session
    session.setdefault(LINK_IN_SESSION, "x")
    session.save()
    return {"anonymous": anonymous, "link": person, "volunteer": at_desk(ada), "coordinator": at_desk(bo)}


def turned_away(response: Any) -> bool:
    where = response.headers.get("Location", "")
    return bool(response.status_code == 403 or where.startswith(("/konto/login/?next=", "/link-abgelaufen/")))


def test_every_address_lets_in_exactly_whom_it_says(clients: dict[str, Client]) -> None:
    assert len(ADDRESSES) > 60
    wrong = []
    for address in ADDRESSES:
        if address == "/konto/logout/" or address.startswith("/static/"):
            continue
        door = declared(address)
        for role in ROLES:
            response = clients[role].get(address)
            inside = not turned_away(response)
            if door is Door.LINK and role != "link":
                inside = inside and response.status_code == 200
            if inside and role not in LETS_IN[door]:
                wrong.append(f"{role} gets into {address}: {response.status_code}")
            ours = not address.startswith("/konto/")  # there the library refuses what does not apply to an account
            if ours and response.status_code == 403 and role in LETS_IN[door]:
                wrong.append(f"{role} is kept out of {address}")
            if response.status_code >= 500 and address != "/healthz":
                wrong.append(f"{address} breaks for {role}")
    assert wrong == []


def test_the_desk_and_the_team_are_never_open_to_the_public(clients: dict[str, Client]) -> None:
    desk = [a for a in ADDRESSES if a.startswith("/schreibtisch/") and "/einladung/" not in a]
    assert len(desk) > 35
    for role in ("anonymous", "link"):
        for address in desk:
            for response in (clients[role].get(address), clients[role].post(address)):
                assert response.headers.get("Location", "").startswith("/konto/login/"), (role, address)
