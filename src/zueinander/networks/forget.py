"""What this room holds about a person."""

from __future__ import annotations

from zueinander.networks.models import Send, WayBack
from zueinander.shared.forgetting import Held

HOLDS: tuple[Held, ...] = (Held(Send, "person"), Held(Send, "handle__person"), Held(WayBack, "handle__person"))
