"""A captured or invented day, played as if it arrived now."""

from __future__ import annotations

from zueinander.networks.registry import Field, Network
from zueinander.networks.replay.adapter import RULES, ReplayAdapter, Settings, make

NETWORK = Network(
    key="replay",
    label="Probelauf",
    fields=(
        Field("day", "Welcher Tag", "Name eines mitgelieferten Tages.", default="heiligabend-naht"),
        Field("speed", "Tempo", "0 spielt alles sofort, 60 eine Stunde in einer Minute.", required=False, default="0"),
        Field("year", "Jahr der Saison", "Leer lassen für die laufende Saison.", required=False),
    ),
    make=make,
    rules=RULES,
    can_see="Alles, was an diesem erfundenen Tag geschrieben wurde.",
    cannot_see="Nichts aus der Wirklichkeit.",
    always_there=True,
    tells_deletions=True,
)

__all__ = ["NETWORK", "ReplayAdapter", "Settings"]
