"""The payment provider the operator has chosen by the settings, or none."""

from __future__ import annotations

from zueinander.giving.online.port import Provider
from zueinander.shared.config import config

NAME = "Mollie"


def switched_on() -> bool:
    """Whether the operator lets people give online at all."""
    return bool(config().pay_key)


def provider() -> Provider | None:
    """A new connection; None when nobody can give online. Outside production there is only play money."""
    if not switched_on():
        return None
    from zueinander.giving.online.mollie import Mollie  # half a second nobody needs who has no provider

    ours = config()
    return Mollie(token=ours.pay_key, profile=ours.pay_profile, live=ours.production, address=ours.pay_url)
