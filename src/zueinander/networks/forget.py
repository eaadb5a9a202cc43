"""What this room holds about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Now

from zueinander.networks.models import Send, Sending, WayBack
from zueinander.shared.forgetting import Held, Kept

HOLDS: tuple[Held, ...] = (Held(Send, "person"), Held(Send, "handle__person"), Held(WayBack, "handle__person"))


def _said(moment: datetime) -> models.QuerySet[Any]:
    """Words of ours that are out, or never will be; they may hold another person's words."""
    over = [Sending.SENT, Sending.REFUSED]
    return Send.objects.filter(state__in=over, created_at__lt=moment, emptied_at=None).exclude(kind="public")


def _empty(sends: models.QuerySet[Any]) -> None:
    """The row stays, so that the same thing is never said again."""
    sends.update(
        text="", fallback="", withheld="", in_reply_to="", native_id="", url="", unsubscribe="", emptied_at=Now()
    )


KEEPS = (Kept("our messages", lambda settings: settings.keep_message_days, _said, _empty),)
