"""Tasks of all rooms, made known to the queue."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from procrastinate import App


def on_app_ready(app: App) -> None:
    for room in settings.ROOMS:
        name = f"zueinander.{room}.tasks"
        if find_spec(name):
            import_module(name)
