"""Looking again is tried against a real server."""

from testnet.plugin import *  # noqa: F403
