"""What the pages of a story say about giving online."""

from __future__ import annotations

from django import template

from zueinander.giving.queries import online_of
from zueinander.story.queries import Told

register = template.Library()


@register.simple_tag
def online_provider(told: Told) -> str:
    """The provider by which people can give online for this story now, "" when they cannot or it is over."""
    return "" if told.closed else online_of(told.story.campaign)
