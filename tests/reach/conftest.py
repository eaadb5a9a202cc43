"""Our own figures are asked for at a real server."""

from testnet.plugin import mastodon_server

__all__ = ["mastodon_server"]
