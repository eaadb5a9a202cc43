"""Every write of this room, by the name others use."""

from __future__ import annotations

from zueinander.story.consent import add_picture, agree, family_link, save_fact, withdraw
from zueinander.story.newsletter import ask, forget_unconfirmed, leave, order_issue, say_yes, send_issues
from zueinander.story.telling import (
    close_story,
    correct_update,
    publish_due,
    publish_story,
    publish_update,
    retract,
    save_story,
    schedule,
    take_offline,
    unschedule,
    write_update,
)

__all__ = [
    "add_picture", "agree", "ask", "close_story", "correct_update", "family_link", "forget_unconfirmed", "leave",
    "order_issue", "publish_due", "publish_story", "publish_update", "retract", "save_fact", "save_story", "say_yes",
    "schedule", "send_issues", "take_offline", "unschedule", "withdraw", "write_update",
]  # fmt: skip
