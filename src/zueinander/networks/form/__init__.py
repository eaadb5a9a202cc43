"""The public form: for everybody who is in no network."""

from __future__ import annotations

from zueinander.networks.form.adapter import RULES, Answers, FormAdapter, make
from zueinander.networks.registry import Network

NETWORK = Network(
    key="form",
    label="Formular",
    fields=(),
    make=make,
    rules=RULES,
    can_see="Was über das Formular auf unserer Seite geschrieben wird.",
    cannot_see="Nichts weiter. Ohne Mailadresse sieht die Person unsere Antwort nur auf ihrer eigenen Seite.",
    always_there=True,
)

__all__ = ["NETWORK", "Answers", "FormAdapter"]
