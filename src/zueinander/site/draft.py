"""What somebody has filled in so far: sealed in their session, so that going back loses nothing and nobody reads it."""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest

from zueinander.shared.keys import MissingKeysError
from zueinander.shared.sealed import seal, unseal

_CONTEXT = "site.draft"


class Draft:
    """`token` is drawn when the form is begun: sending it twice is one message. `sent`: it has arrived."""

    def __init__(self, request: HttpRequest, slug: str) -> None:
        self._session, self._key = request.session, f"draft:{slug}"
        kept = self._load()
        self.answers: dict[str, Any] = kept.get("answers", {})
        self.token: str = kept.get("token", "") or secrets.token_urlsafe(24)
        self.sent: bool = kept.get("sent", False)

    def _load(self) -> dict[str, Any]:
        try:
            return dict(json.loads(unseal(base64.b64decode(self._session.get(self._key, "")), _CONTEXT)))
        except (ValueError, InvalidTag, MissingKeysError):
            return {}

    def _save(self) -> None:
        plain = json.dumps({"answers": self.answers, "token": self.token, "sent": self.sent}).encode()
        self._session[self._key] = base64.b64encode(seal(plain, _CONTEXT)).decode()

    def keep(self, **answers: Any) -> None:
        """A draft that was sent begins anew with the first answer kept after it."""
        if self.sent:
            self.answers, self.token, self.sent = {}, secrets.token_urlsafe(24), False
        self.answers.update(answers)
        self._save()

    def finish(self) -> None:
        """Keeps only what the page of thanks needs."""
        self.answers, self.sent = {k: self.answers[k] for k in ("side", "mail") if k in self.answers}, True
        self._save()
