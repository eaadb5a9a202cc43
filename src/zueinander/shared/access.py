"""Who may open which page. Everything is closed unless a view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Door(StrEnum):
    ANYONE = "anyone"  # the public
    LINK = "link"  # a person with a personal link
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"


def door(of: Door) -> Callable[[View], View]:
    """Opens a view to these people; the middleware of `house.access` enforces it."""

    def mark(view: View) -> View:
        view.door = of  # type: ignore[attr-defined]
        return view

    return mark
