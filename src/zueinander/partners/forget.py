"""What this room holds about a person."""

from __future__ import annotations

from zueinander.partners.models import Referral
from zueinander.shared.forgetting import Held

HOLDS = (Held(Referral, "person"),)
