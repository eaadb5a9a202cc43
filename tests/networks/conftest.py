"""Everything here runs against real servers on this machine, or against bytes they once sent."""

from testnet.plugin import *  # noqa: F403
