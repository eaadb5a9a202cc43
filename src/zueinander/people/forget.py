"""What this room holds about a person. `Stop` stays: only a blind index, so that we never write to them again."""

from __future__ import annotations

from zueinander.people.models import Attention, Block, Consent, Handle, Person, PersonalLink
from zueinander.shared.forgetting import Held

HOLDS = (
    Held(Attention, "person"),
    Held(PersonalLink, "person"),
    Held(Consent, "person"),
    Held(Block, "first"),
    Held(Block, "second"),
    Held(Handle, "person"),
    Held(Person, "pk"),
)
