"""The invented day on the desk: is it there, play it, take it away."""

from __future__ import annotations

from zueinander.campaigns.models import Campaign
from zueinander.intake import demo as played


def running() -> bool:
    return Campaign.objects.filter(demonstration=True).exists()


def start() -> None:
    played.start()


def remove() -> int:
    return played.remove()
