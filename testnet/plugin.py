"""Fixtures of the local real networks, for any test: `from testnet.plugin import *` in a conftest.

Each server is started once for a test run, when first asked for. Tests keep apart by making accounts of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from testnet.bluesky import BlueskyNetwork
from testnet.bluesky import bluesky_network as start_bluesky
from testnet.mail import MailServer
from testnet.mail import mail_server as start_mail
from testnet.mastodon import MastodonServer
from testnet.mastodon import mastodon_server as start_mastodon

__all__ = ["bluesky_full", "bluesky_network", "mail_server", "mastodon_server"]


@pytest.fixture(scope="session")
def bluesky_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlueskyNetwork]:
    """PLC, PDS, chat and Jetstream; no AppView."""
    with start_bluesky(tmp_path_factory.mktemp("bluesky")) as network:
        yield network


@pytest.fixture(scope="session")
def bluesky_full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlueskyNetwork]:
    """The same with AppView: notifications, threads, profiles, moderation."""
    with start_bluesky(tmp_path_factory.mktemp("bluesky-full"), full=True) as network:
        yield network


@pytest.fixture(scope="session")
def mastodon_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MastodonServer]:
    with start_mastodon(tmp_path_factory.mktemp("mastodon")) as server:
        yield server


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    with start_mail() as server:
        yield server
