"""All networks by name: how they are called in German, what is needed to connect one, and how its adapter is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from zueinander.networks.port import Adapter, BadSettings, Connection, Rules, Tools


@dataclass(frozen=True, slots=True)
class Field:
    """One question when an account is connected. `label` and `help` are German and can be shown as they are.

    `secret` answers are stored sealed and never shown again.
    """

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """`always_there` needs no account; `make` raises `BadSettings` when the connection cannot work as given.
    `tells_deletions`: what an author deletes is reported while we listen; elsewhere only looking again finds it.

    `can_see` and `cannot_see` are German sentences shown to volunteers beside the source.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    make: Callable[[Connection, Tools], Adapter]
    rules: Rules
    can_see: str
    cannot_see: str
    always_there: bool = False
    tells_deletions: bool = False


_MODULES = {
    "bluesky": "zueinander.networks.bluesky",
    "mastodon": "zueinander.networks.mastodon",
    "mail": "zueinander.networks.mail",
    "form": "zueinander.networks.form",
    "manual": "zueinander.networks.manual",
    "replay": "zueinander.networks.replay",
}

KEYS = tuple(_MODULES)


def network(key: str) -> Network:
    """The network of this name; KeyError for an unknown one. Its client library is imported only now."""
    found = import_module(_MODULES[key]).NETWORK
    assert isinstance(found, Network)
    return found


def networks() -> Mapping[str, Network]:
    """All of them, in the order in which they are offered."""
    return {key: network(key) for key in KEYS}


def make(connection: Connection, tools: Tools) -> Adapter:
    """The adapter of a connection; `BadSettings` names the field that is missing or wrong."""
    chosen = network(connection.network)
    for needed in chosen.fields:
        given = connection.secrets if needed.secret else connection.settings
        if needed.required and not given.get(needed.name, needed.default).strip():
            raise BadSettings(needed.name, f"{needed.label} fehlt.")
    return chosen.make(connection, tools)
