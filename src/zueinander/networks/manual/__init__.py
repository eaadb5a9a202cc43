"""Pasted by a human, with its link."""

from __future__ import annotations

from zueinander.networks.manual.adapter import RULES, ManualAdapter, Paste, Unusable, make
from zueinander.networks.manual.links import Recognised, recognise
from zueinander.networks.registry import Network

NETWORK = Network(
    key="manual",
    label="Eingefügt",
    fields=(),
    make=make,
    rules=RULES,
    can_see="Was jemand aus dem Team mit Link und Text einfügt, aus jedem Netz.",
    cannot_see="Ob der Beitrag später geändert oder gelöscht wird. Bitte schau vor dem Vermitteln noch einmal nach.",
    always_there=True,
)

__all__ = ["NETWORK", "ManualAdapter", "Paste", "Recognised", "Unusable", "recognise"]
