from __future__ import annotations

from testnet.plugin import bluesky_network, mail_server, mastodon_server

__all__ = ["bluesky_network", "mail_server", "mastodon_server"]
