"""What this room holds about a person."""

from __future__ import annotations

from zueinander.shared.forgetting import Held
from zueinander.understanding.models import Reading

HOLDS: tuple[Held, ...] = (Held(Reading, "post__handle__person"),)
